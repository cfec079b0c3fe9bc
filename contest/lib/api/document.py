"""The API's own description, OpenAPI 3, as YAML or JSON."""

from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_page
from drf_spectacular.views import SpectacularAPIView

HOUR_S = 3600


@method_decorator(cache_page(HOUR_S), name="dispatch")
class Document(SpectacularAPIView):
    """Made once an hour and language, not once a request: that takes a second."""

    def _get_version_parameter(self, request):
        """No version from the query: it would go into a header as it came."""
        return
