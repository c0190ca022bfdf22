"""The record of units: how they stood over directives and years, and the life of one obligation."""
