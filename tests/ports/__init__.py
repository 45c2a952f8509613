"""One suite per port, run over every adapter and over the in-memory fake."""
