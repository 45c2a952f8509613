"""Rules without I/O, tested without I/O."""
