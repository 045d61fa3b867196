"""From bytes to sentences: decode, normalise, tell the article from the page, cut sentences and segments."""
