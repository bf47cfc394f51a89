"""Instagram, and Threads inside its export: the JSON form, every layout since 2018."""
