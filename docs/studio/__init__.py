"""The studio where the pictures of the demo catalog are made; the shop itself never comes here."""
