"""One module a command: `arguments(parser)` and `main(options) -> exit status`."""
