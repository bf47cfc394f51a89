"""Comments under the owner's own posts, as blog exports hold them."""
