"""Pictures of products, as staff bring and order them."""
