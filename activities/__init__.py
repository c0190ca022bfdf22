"""What cascades do to the world: record, deliver, report. Each gets its ports by constructor."""
