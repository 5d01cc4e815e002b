"""Editors of boards, each a component that any page can hold."""
