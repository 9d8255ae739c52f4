"""The commands of `wireroom`."""
