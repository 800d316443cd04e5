"""The record in the browser, over HTTP and for assistants."""
