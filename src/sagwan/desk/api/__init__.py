"""The API: the same actions for machines, each as a person, by a token with scopes and an end."""
