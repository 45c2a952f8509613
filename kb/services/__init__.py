"""Use cases: one module per noun, one method per thing that an actor does.

Law: the acting account comes first and the permission check is the first line. A service knows only the domain and
its ports: no request, session, global, framework or file format is read here, so that pages, commands and a later
HTTP API all go the same way.
"""
