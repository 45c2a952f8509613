"""What every entry store does."""
