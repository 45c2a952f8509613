"""Ours and the engines beside it, each doing all that a page of results needs; they know each other not at all."""
