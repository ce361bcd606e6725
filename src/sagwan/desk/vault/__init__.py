"""Keys, encryption at rest, the blind index. What lies here may be destroyed; the journal may not."""
