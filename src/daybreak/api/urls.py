"""The addresses of the API; each operation's name stands in access.ROUTES with its purpose."""

from django.urls import include, path, re_path

from daybreak.api.surface import api, nothing_here

NOTHING = [re_path(r"^.*$", nothing_here, name="nothing")]

urlpatterns = [path("api/v1/", api.urls), path("api/", include((NOTHING, "api-nothing")))]
