"""Kills, power cuts and full disks at every file operation."""
