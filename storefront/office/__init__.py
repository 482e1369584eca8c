"""What staff need that belongs to no single domain."""
