"""The record: captures with all that was read from them, in a database that grows and forgets nothing."""
