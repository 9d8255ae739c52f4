"""The JSON API under /api/v1, a module for each thing; models.py holds what goes in and out."""
