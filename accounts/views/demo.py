"""One press signs in as a demo role. The address does not exist outside the demo."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.demo import ADMIN_ROLES, ROLES
from accounts.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@require_POST
def sign_in(request):
    if not settings.DEMO or request.POST.get("role") not in ROLES:
        raise Http404
    user = get_object_or_404(User, username=request.POST["role"], is_active=True)
    login(request, user, backend=BACKEND)
    at_work = user.is_staff and user.username in ADMIN_ROLES
    return redirect("admin:index" if at_work else "home")
