"""What people read, in their language: Vietnamese in the source, English from a Babel catalogue."""
