"""The desk's pages for requests: parse, one action or query, render."""
