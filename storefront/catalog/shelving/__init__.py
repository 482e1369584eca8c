"""The tree of shelves, as staff build it."""
