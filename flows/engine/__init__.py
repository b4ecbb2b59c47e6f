"""The processes of Prefect as this product starts them, and who may speak to them."""
