"""The HTTP API of contests and attempts, as ``docs/api.md`` promises it."""
