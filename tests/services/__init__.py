"""Use cases over hand-written fakes of the ports."""
