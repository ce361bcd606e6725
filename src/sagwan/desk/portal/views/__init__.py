"""The portal's pages: filing, and one's requests."""
