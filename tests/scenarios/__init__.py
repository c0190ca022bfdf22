"""The five founding directives, each from its start to its report (DOMAIN section 9)."""
