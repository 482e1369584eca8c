"""Finding things: words, spelling, synonyms, and narrowing down by what products have in common."""
