"""The addresses of results; ``contest.api`` mounts them."""

urlpatterns = []
