"""Tests of models/ and of the names that every room shares."""
