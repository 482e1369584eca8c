"""The grammar of the JSON API: what every operation takes, answers and refuses, whichever resource it is of."""
