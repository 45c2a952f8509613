"""Signing in and out, and the one-time links that set a password."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("account", __name__)
