"""The law that a request is judged under: packs of dated rules, and its check. Pure, but `library`."""
