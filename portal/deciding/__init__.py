"""The coordinator's page about one request for more time: granted or denied, nothing else."""
