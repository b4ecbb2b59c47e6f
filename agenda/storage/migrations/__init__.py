"""The database's way from version to version; forward only, the way back is the backup."""
