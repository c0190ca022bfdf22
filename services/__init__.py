"""The processes of an installation, and how they are started, watched and stopped."""
