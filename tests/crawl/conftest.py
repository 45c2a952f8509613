"""Templates are compiled once for all homes that are visited."""

from tests.web.conftest import compiled_templates

__all__ = ["compiled_templates"]
