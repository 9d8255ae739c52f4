"""Other crawlers on the same pages. They run in an environment of their own and import nothing of Wireroom."""
