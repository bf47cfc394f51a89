"""Assets, a module a group. Each takes tables as its parameters, calls a function of another room and returns its rows.

Dagster finds every asset of every module of this package; there is no list of them.
"""
