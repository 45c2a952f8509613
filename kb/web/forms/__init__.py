"""Forms: what browsers send, turned into values of the domain.

Law: a form checks shapes and gives its sentences in the reader's language; rules of the domain stay in the domain.
"""
