"""The command line: parse a request, call what does the work, render the answer."""
