"""Bring in the catalog a merchant already has: read it, compare it, change only what differs."""
