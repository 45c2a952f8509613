"""The search engine: Whoosh behind the `SearchEngine` port.

Law: derived from the entries and disposable; never taken from a backup, an upload or a share, because opening an index
runs pickles. Totals, counts, suggestions, snippets and ranks are computed under the viewer's audience, never
filtered afterwards.
"""
