"""Prefect over its REST API, spoken without Prefect: runs planned, asked for, looked up."""
