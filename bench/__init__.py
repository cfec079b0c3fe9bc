"""
How fast the portal is on the machine at hand, said in ratios that travel.

``python -m bench`` starts a private PostgreSQL with its durability on, a private
Valkey, the portal and its yardsticks, drives them over HTTP, checks that nothing that
was acknowledged is missing, and writes ``docs/benchmarks.md``.
"""
