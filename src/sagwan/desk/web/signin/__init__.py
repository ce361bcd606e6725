"""Signing in: django-allauth's ways, narrowed to a passkey, or a password with a second factor."""
