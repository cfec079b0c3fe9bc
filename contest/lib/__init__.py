"""
Plumbing without domain: clock, text, refusals, audit trail, processes.

Every app may import it. It imports no app of the project and knows no rule of any
contest; what belongs to one noun of the domain lives in that noun's app.
"""
