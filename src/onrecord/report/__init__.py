"""What a person or a program gets to see of a reading: terminal, JSON Lines, a page."""
