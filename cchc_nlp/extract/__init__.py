"""One module a kind of extraction; each is a function of an `Analysis` and fills one list of it."""
