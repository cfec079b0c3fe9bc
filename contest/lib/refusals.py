"""
Refusals: how a rule says no.

A rule that forbids an act raises a subclass of ``Refused``. Its ``code`` is stable
and for programs; its sentence is for people. A form shows the sentence, the API
answers 409 with both, a command prints the sentence and exits 1.
"""

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """
    An act that a rule forbids.

    Subclasses set ``code`` and ``sentence``; ``params`` fill the sentence's named
    places and travel with the API's answer.
    """

    code = "refused"
    sentence = _("Hệ thống không thực hiện được yêu cầu này.")

    def __init__(self, **params):
        self.params = params
        super().__init__(self.code)

    def __str__(self):
        return str(self.sentence) % self.params if self.params else str(self.sentence)
