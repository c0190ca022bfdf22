"""Mail: rendering from templates, and SMTP."""
