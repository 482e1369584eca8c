"""Orders, lines, fulfilments and invoices: their moves and documents."""
