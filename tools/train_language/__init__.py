"""Training and scoring of the language pipeline; not part of the package."""
