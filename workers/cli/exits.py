"""The exit codes: done, ended with problems, bad input, a service is not available, stopped."""

OK, PROBLEMS, BAD_INPUT, UNAVAILABLE, STOPPED = 0, 1, 2, 3, 130
