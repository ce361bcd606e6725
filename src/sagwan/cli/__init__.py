"""The command line: one module a command or a small family of them, loaded only when it is called."""
