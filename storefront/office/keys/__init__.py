"""Keys of programs, as owners make and revoke them."""
