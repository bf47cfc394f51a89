"""One module a platform, found by its name: `write(world, folder)` writes the platform's export and returns its files."""
