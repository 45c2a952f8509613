"""Commands: output, exit codes, and errors in one line."""
