"""Settings, addresses and the health check; composes, decides nothing. The screens come later."""
