"""`python -m kb`, and the command `kb`."""

from __future__ import annotations

from kb.cli.main import cli


def main() -> None:
    """Run the command line."""
    cli(prog_name="kb")


if __name__ == "__main__":
    main()
