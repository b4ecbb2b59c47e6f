"""What the plan says and what its dates mean. Knows no mail, no web and no Prefect."""
