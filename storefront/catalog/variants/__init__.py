"""Choices of a product and what they cost, as staff write them."""
