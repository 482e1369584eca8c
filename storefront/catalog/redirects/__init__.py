"""Addresses of pages that moved, such as those of the shop before this one."""
