"""Tests of mail/."""
