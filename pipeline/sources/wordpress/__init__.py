"""WordPress: WXR exports of a site (WXR 1.0, 1.1, 1.2; self-hosted and wordpress.com)."""
