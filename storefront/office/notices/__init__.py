"""What the shop itself is told by mail without asking: what runs low, and which jobs were given up."""
