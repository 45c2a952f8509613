"""Pages through the test client: what each role sees, and what it must not see."""
