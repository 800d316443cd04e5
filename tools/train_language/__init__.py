"""Training and scoring of the language pipeline; run by `make model` and `make language-scores`, not part of the package."""
