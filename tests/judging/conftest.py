collect_ignore = ["submissions"]  # handed in by (made-up) students: data, run in the sandbox alone
