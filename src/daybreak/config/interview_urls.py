"""Every address of the interviews' process. The language stands in it: respondents get no cookie to keep it in."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from daybreak.web.interviews.pages import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    *i18n_patterns(path("", include("daybreak.web.interviews.urls"))),
]
