"""What a reorganisation of units means for directives that run: worked out before anything is changed (pure)."""
