"""Instagram, and Threads inside of its export: the JSON form, every layout since 2018."""
