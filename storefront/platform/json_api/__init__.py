"""The grammar of the JSON API: what an operation takes, answers and refuses, whichever resource it is of."""
