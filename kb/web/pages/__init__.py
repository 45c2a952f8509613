"""Pages, one module and one template folder per noun.

Law: views of up to 25 lines without try; what a page shows comes from one service call under the acting account.
"""
