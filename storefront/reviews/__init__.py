"""What customers say of products, and what comes of it."""
