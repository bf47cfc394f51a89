"""Answered shares and response lags, by dimension. Pure functions over frames."""
