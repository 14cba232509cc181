"""Tests of grading: no Django, no database."""
