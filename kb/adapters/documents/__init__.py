"""Papers and slides read for their words: .docx by mammoth, .pptx by python-pptx.

Law: nothing of a stranger's file is opened in the process that serves pages. `reader` hands it to a child, which first
binds itself (`bounds`), then checks the package as a whole (`package`, `scanning`) and builds a clean one of what was
checked; the libraries see only that. They are imported in the child alone. Nothing is written to a disk.
"""
