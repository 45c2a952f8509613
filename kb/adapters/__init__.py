"""What fulfils the domain's ports with real files, databases and libraries, one package per family.

Law: an adapter knows the domain and the libraries it wraps. Families never import each other, services never import
an adapter, and `kb.bootstrap` alone names them.
"""
