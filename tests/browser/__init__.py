"""What only a real browser can show; skipped loudly where Chromium is missing."""
