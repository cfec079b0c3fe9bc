"""
What every call of the HTTP API shares: bodies, errors, pages, sign-in, caching.

Plumbing of the REST framework without any domain; the apps' ``api`` packages build on
it.
"""
