"""Contest files: JSON checked against a schema, version 1 turned into version 2."""
