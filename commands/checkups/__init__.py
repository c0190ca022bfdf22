"""What `dondoc doctor` looks at, room by room. Each check returns findings and changes nothing."""
