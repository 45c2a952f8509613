"""Everything is visited as everybody: no page, command, export or feed tells what the rules of audience hide."""
