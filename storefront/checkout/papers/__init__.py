"""Invoices and credit notes as people read them: one description, shown as a page and drawn as a PDF."""
