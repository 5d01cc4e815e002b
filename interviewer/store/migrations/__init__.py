"""Alembic's environment and revisions, packaged so that an installed wheel can migrate."""
