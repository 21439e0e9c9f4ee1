"""Other graders, each used as its own documentation says."""
