"""Concepts in Turtle by rdflib, in SKOS and, for what SKOS has no word for, in Dublin Core, ADMS and a few words of ours.

Law: a stranger's file is parsed in a child alone, which first binds itself (`kb.adapters.bounds`): no network, no other
file, so much memory and time. What it answers is believed only in the form that the domain knows. Writing needs no
parsing, so it happens in the process that was asked.
"""
