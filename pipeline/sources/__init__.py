"""One package a platform; `registry.sources()` finds them."""
