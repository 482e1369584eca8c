"""Products, variants, prices, categories and images: what is described and what is sold."""
