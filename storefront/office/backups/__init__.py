"""Backups of the whole shop: made of one moment, checked, restored, and rehearsed."""
