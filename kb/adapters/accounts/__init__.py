"""Accounts, organisations, sessions, saved searches and the audit log: SQLAlchemy over SQLite, its schema kept by Alembic.

Law: what belongs to a person is kept here and nowhere else; knowledge is never kept here. Only hashes of session tokens,
one-time links and passwords are stored. The audit table is appended to, never changed.
"""
