"""The page of an addressed unit: what it owes and why, and everything that its officers can do about it."""

from web.officer.page import Officer

__all__ = ["Officer"]
