"""The catalogue: a SQLite table derived from the entries, which answers lists and "may they see it" without opening files.

Law: disposable. The drain writes it, anyone may delete it, and nothing is stored here that the entries do not hold.
"""
