"""Keys by which programs say who they are: shown once, kept as hashes, revoked at once."""
