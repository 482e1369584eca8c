"""Public pages, built once and kept for everybody."""
