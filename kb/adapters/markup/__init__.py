"""Markdown to safe HTML, and foreign HTML to Markdown.

Law: no HTML leaves this package without having passed bleach and then nh3. Raw Markdown is what is stored; it is
rendered anew each time, so that a stricter rule reaches old texts too.
"""
