"""What the entry store does because its records are files that others can reach."""
