"""In-memory fulfilments of the ports, honest enough to pass the same port suites as the real adapters."""
