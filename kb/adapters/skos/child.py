"""The process that reads one Turtle file and ends: the file comes on standard input, the answer goes to standard output."""

from __future__ import annotations

import sys

from kb.adapters.bounds import bind, forbid


def main(memory: str, cpu: str, output: str) -> None:
    """Read what is on standard input, and say what stands in it or why it is not read."""
    bind(int(memory), int(cpu), int(output))
    from kb.adapters.skos.reading import read

    read(b"@prefix a: <b:c> . a:d a a:e .")  # whatever rdflib loads at its first file is loaded now
    forbid()
    sys.stdout.write(read(sys.stdin.buffer.read()).model_dump_json(exclude_defaults=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
