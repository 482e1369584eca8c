"""Changes of many products at once, shown before they happen and made one product at a time."""
