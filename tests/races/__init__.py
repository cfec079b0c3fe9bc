"""Races on PostgreSQL, each beside a control that shows what its guard prevents."""
