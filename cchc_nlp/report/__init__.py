"""Records for human eyes: pages and tables."""
