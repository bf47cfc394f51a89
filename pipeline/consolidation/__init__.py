"""All stagings together: union without duplicates, whatever the order or repetition of the archives. Pure frames."""
