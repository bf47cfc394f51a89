"""beehiiv: the subscriber CSV of a publication."""
