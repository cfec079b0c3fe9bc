"""Pass phrases at rest."""

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher

# One pass phrase at a time in each web process. Hashing costs 16 ms of a core and lets
# other threads run meanwhile: without the turn a burst of sign-ins takes every core
# from those who are saving an answer.
TURN = threading.Lock()


class LightArgon2PasswordHasher(Argon2PasswordHasher):
    """
    Argon2id with 19 MiB, 2 passes, 1 lane: OWASP's choice, 16 ms on one core.

    Django's own choice takes 160 ms and 100 MB for every sign-in, which the minute in
    which a round opens cannot pay. The name stays ``argon2``: a pass phrase that was
    hashed with other figures is hashed anew at the next sign-in.
    """

    memory_cost = 19_456
    time_cost = 2
    parallelism = 1

    def encode(self, password, salt):
        with TURN:
            return super().encode(password, salt)

    def verify(self, password, encoded):
        with TURN:
            return super().verify(password, encoded)
