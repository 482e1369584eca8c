"""What is taken off an order later: units that were cancelled or came back, and credit notes."""
