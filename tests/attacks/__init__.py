"""Attacks, each refused with a clear answer; and after each the server still answers."""
