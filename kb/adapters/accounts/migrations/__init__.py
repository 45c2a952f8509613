"""How the accounts' schema came to be, one step per file; `kb.adapters.accounts.database` runs them at start."""
