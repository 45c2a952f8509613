"""The words and rules of the knowledge base.

Law: frozen values and pure functions. Nothing here does I/O, reads a clock, draws a random number or knows which
library stores, searches or shows a record; pydantic alone is allowed, because values validate themselves. The package
`checks` also knows two libraries of numbering plans and checksums, and nothing else does.
"""
