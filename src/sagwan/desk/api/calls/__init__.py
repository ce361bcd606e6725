"""The calls of the API, one module an idea: officials' first, then the provider's."""
