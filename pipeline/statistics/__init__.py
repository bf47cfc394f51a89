"""Survival curves, intervals, bootstrap, shrinkage, concentration: arrays in, figures out, no word of the domain."""
