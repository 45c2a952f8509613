"""Casebook: the knowledge base of how investigations were done.

Law of the layers, from the top: `__main__`; `web | cli`; `bootstrap`; `adapters | services | config`; `paths`; `domain`.
A layer imports only what lies below it, siblings never import each other, and import-linter checks it
(`[tool.importlinter]` in pyproject.toml). This file imports nothing, so that importing any part costs only that part.
"""
