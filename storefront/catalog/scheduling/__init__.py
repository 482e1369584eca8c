"""What happens by the clock: sales that begin and end, products that are published at a time."""
