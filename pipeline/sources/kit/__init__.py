"""Kit (ConvertKit): the subscriber CSV."""
