"""The commands as they are typed, by group: parse, call, print. Everything heavy is imported where it is used."""
