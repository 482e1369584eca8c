"""Where cart, stock, orders and payments meet: place, cancel, expire."""
