"""The process that reads one stranger's file and ends: the file comes on standard input, the answer goes to standard output.

It is started by `reader` with nothing of the server's: no environment, no open files, no secrets. First it binds itself.
The arguments are the format and the function that makes Markdown of HTML, named in text because this family of adapters
does not know that one; whoever joins the adapters says which it is.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import cast

from kb.adapters.bounds import bind, forbid


def main(claimed: str, from_html: str, memory: str, cpu: str, output: str) -> None:
    """Read what is on standard input, and say what stands in it or why it is not read."""
    bind(int(memory), int(cpu), int(output))
    from kb.adapters.documents.reading import read, reader_of
    from kb.domain.document import DocumentFormat

    module, _, name = from_html.partition(":")
    converted = cast("Callable[[str], str]", getattr(importlib.import_module(module), name))
    reader = reader_of(DocumentFormat(claimed))
    forbid()
    answer = read(sys.stdin.buffer.read(), DocumentFormat(claimed), reader, converted)
    sys.stdout.write(answer.model_dump_json())


if __name__ == "__main__":
    main(*sys.argv[1:])
