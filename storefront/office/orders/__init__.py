"""The order desk: what staff see of orders, and how they move them on."""
