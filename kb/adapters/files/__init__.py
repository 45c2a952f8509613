"""The entry store: immutable revision files under `entries/`, which are the truth of the knowledge base.

Law: every touch of the file system goes through one module of this package, so that tests can cut the power, fill the
disk or kill the process at each operation. A revision appears by link(2) and is never written again.
"""
