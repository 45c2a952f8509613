"""Whole homes, searched: what is done through the services and what every reader finds afterwards."""
