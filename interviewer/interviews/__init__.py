"""Conducting interviews: replay, choose a move, perform it, append what happened."""
