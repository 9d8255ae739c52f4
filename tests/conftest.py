"""Fixtures that more than one folder of tests uses; each lives in a module of its own beside this one."""

pytest_plugins = ["postgres"]
