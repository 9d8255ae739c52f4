"""What we talk about: article, link, page, work, urls, dates, text, errors. Standard library and pydantic only."""
