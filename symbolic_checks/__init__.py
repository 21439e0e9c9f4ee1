"""From losses to everything that SymPy can derive from them; knows no student and no file."""
