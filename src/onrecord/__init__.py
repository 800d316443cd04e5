"""From what was said to what was done."""
