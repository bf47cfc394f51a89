"""Figures about contacts: standing, balance, levels, the dance. Pure functions over frames."""
