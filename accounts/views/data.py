"""My data: what the portal holds of the reader, to see, to keep, to take back."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Consent, Person
from accounts.services import consents, privacy
from contest.lib import clock

READABLE = {"ensure_ascii": False, "indent": 1}


def own_person(request):
    person = Person.objects.filter(user=request.user).select_related("unit").first()
    if person is None:
        raise Http404
    return person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request):
    """Everything held; a POST withdraws or gives one agreement."""
    person = Person.objects.filter(user=request.user).select_related("unit").first()
    if request.method == "POST":
        change_consent(request, own_person(request))
        return redirect("my-data")
    context = {"here": "mine", "person": person}
    if person is not None:
        context["sections"] = privacy.data_of(person)
        context["agreements"] = consents.agreements_of(person)
    return render(request, "accounts/data.html", context)


def change_consent(request, person):
    purpose = request.POST.get("purpose")
    if purpose not in Consent.Purpose.values:
        raise Http404
    if request.POST.get("act") == "withdraw":
        consents.withdraw(person, purpose, now=clock.now())
        messages.success(request, _("Đã ghi nhận bạn rút lại sự đồng ý."))
    else:
        consents.give(person, [purpose], now=clock.now())
        messages.success(request, _("Đã ghi nhận sự đồng ý của bạn."))


@never_cache
@require_safe
def document(request):
    """The same as one JSON file to keep."""
    data = privacy.document_of(own_person(request), now=clock.now())
    response = JsonResponse(
        data, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    response["Content-Disposition"] = 'attachment; filename="du-lieu-cua-toi.json"'
    return response
