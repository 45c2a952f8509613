"""The measurements of speed, each a function from a base to a section, each alone runnable."""
