"""Mail: to a server by SMTP, or into a folder of the home while none is set.

Law: standard library alone. A mail is for one person, says who sent it and nothing of the machine, and never leaves in
the clear unless it stays on this machine.
"""
