"""The database (an event log per interview) and the reading of seed files."""
