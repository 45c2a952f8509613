"""The proof: `domain` and `services` completely, by branch; every port by one suite over all its adapters."""
