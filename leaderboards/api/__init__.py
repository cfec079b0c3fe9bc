"""The HTTP API of results: standings, units, awards, certificates, own results."""
