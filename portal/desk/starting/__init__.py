"""The round that is not started yet: begun, changed piece by piece, started; and who may."""
