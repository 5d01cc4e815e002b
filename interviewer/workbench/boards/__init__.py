"""Boards: artefacts read from files, written to files, and drawn."""
