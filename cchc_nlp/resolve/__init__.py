"""What is meant: generic mentions to named bodies, roles to organisations, findings to units."""
