"""Catalogs that staff bring as files: rehearsed first, then imported, both by the worker."""
