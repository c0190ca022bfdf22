"""Tests of texts/."""
