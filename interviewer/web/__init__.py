"""The page: NiceGUI, thin projections of the event log; it holds no rule."""
