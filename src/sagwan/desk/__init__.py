"""The provider's side: event store, people, keys, the work on requests. All the Django there is."""
