"""The whole crawl beside other crawlers: `make bench`."""
