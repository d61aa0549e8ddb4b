"""Every address of the web process."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [path("", include("daybreak.api.urls")), path("", include("daybreak.web.urls"))]
if settings.DEMO or settings.MODE == "test":
    urlpatterns.append(path("demo/", include("daybreak.demo.urls")))
