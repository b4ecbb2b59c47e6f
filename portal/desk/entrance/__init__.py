"""Who is let in to the desk: by mail, by the region's directory, and to Prefect behind it."""
