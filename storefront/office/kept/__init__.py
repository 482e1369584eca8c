"""The pages that are kept, to be looked at and forgotten."""
