"""What goes into a bundle as it is, for who has nothing of ours."""
