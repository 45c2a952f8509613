"""`python -m benchmarks.reader FOLDER`: a process that opens an index and answers the queries it is given, a line of JSON each.

An empty line is answered by how many there were; nothing of the benchmarks is loaded beside, so that its memory is a server's own.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kb.adapters.search.engine import WhooshSearchEngine
from kb.domain.query import SearchQuery


def main(folder: Path) -> None:
    """Answer until the input ends."""
    engine = WhooshSearchEngine(folder)
    answered = 0
    for line in sys.stdin:
        if line.strip():
            engine.search(SearchQuery.model_validate_json(line))
            answered += 1
        else:
            print(answered, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
