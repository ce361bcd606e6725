"""The desk in a browser: settings, sign-in, who may come where, the server; composes, decides nothing."""
