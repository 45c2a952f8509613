"""The `kb` command: what operators and scripts do, through the same services as the pages.

Law: results on standard output, errors as one line on standard error, exit codes that scripts can use; anything long
shows its progress. No adapter is imported.
"""
