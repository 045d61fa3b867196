"""Matters of judgement: what a segment says of the body assessed, and its field of the PAR Index."""
