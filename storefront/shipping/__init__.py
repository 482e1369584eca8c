"""Ways and prices of delivery."""
