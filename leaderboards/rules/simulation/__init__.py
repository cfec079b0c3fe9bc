"""
The simulated contest: who takes part, when, how able they are and what they choose.

A model with a seed, fitted to published figures. What was published is met exactly at
scale 1.0: a quota says how many take part and how many of them know everything; the
model says who. Papers, responses and scores are never written down here: a simulated
person gets a paper from the real drawing, chooses options, and is scored by the real
rules. What was not published is chosen, and ``targets`` says so.
"""
