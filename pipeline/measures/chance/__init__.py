"""How many answers coincidence alone would produce. Pure functions over frames."""
