"""When things happen: the plan's activities as Prefect flows."""
