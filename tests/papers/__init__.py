"""Papers and slides built when they are needed: by python-docx and python-pptx, and hostile ones part by part."""
