"""The web application: server-rendered pages that work without JavaScript.

Law: a view parses, calls one service and renders. No adapter is imported and no error is caught here: `errors` alone
turns the core's errors into pages. No inline script or style exists, so that the content security policy allows none.
"""
