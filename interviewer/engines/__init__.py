"""The two engines, model and offline, behind the same two protocols."""
