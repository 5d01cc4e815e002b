"""What a candidate hands over on a board: each kind a table of rows, with its checks."""
