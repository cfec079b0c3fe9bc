"""The attempt page's plain form: what a browser without script sends back."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.rules import shape

SEPARATORS = re.compile(r"[\s.,]+")


class PredictionField(forms.CharField):
    """A whole number as people write it: 9.800, 9 800 or 9800; empty is None."""

    default_error_messages = {"number": _("Nhập một số nguyên, ví dụ 9.800.")}

    def clean(self, value):
        text = SEPARATORS.sub("", super().clean(value))
        if not text:
            return None
        try:
            return shape.check_prediction(int(text) if text.isdecimal() else text)
        except shape.Malformed:
            raise forms.ValidationError(
                self.error_messages["number"], code="number"
            ) from None


class AnswersForm(forms.Form):
    """
    Responses and prediction of one attempt.

    A page without items (``items`` absent) leaves the stored responses as they are;
    a page without the prediction leaves the stored one.
    """

    token = forms.CharField(max_length=500, widget=forms.HiddenInput)
    seq = forms.IntegerField(min_value=1, max_value=shape.MAX_SEQ)
    prediction = PredictionField(required=False, max_length=20)

    def __init__(self, data, attempt):
        super().__init__(data)
        self.attempt = attempt

    def clean(self):
        data = super().clean()
        data["responses"] = self.responses()
        if "prediction" not in self.data:
            data["prediction"] = self.attempt.prediction
        return data

    def responses(self):
        """The whole map of positions and letters that the page holds."""
        if "items" not in self.data:
            return self.attempt.responses
        positions = map(str, range(1, self.attempt.item_count + 1))
        chosen = {n: self.data.getlist(f"item-{n}") for n in positions}
        try:
            return shape.check_responses({n: c for n, c in chosen.items() if c})
        except shape.Malformed:
            raise forms.ValidationError(
                _("Câu trả lời gửi lên không đúng dạng."), code="responses"
            ) from None
