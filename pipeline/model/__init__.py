"""Records and rows, the codes of every table, schemas, normal forms of names. Imports nothing else of the project."""
