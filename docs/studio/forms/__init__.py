"""The things themselves, shelf by shelf."""
