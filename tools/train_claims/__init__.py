"""Trains the models of `onrecord.claims` from annotated stories; `train.py` is the command."""
