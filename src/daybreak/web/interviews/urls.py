"""The addresses of the interviews; each name stands in access.PAGES with who may open it."""

from django.urls import path

from daybreak.web.interviews import pages, promise, tickets, trustee

urlpatterns = [
    path("", pages.home, name="home"),
    path("promise", promise.promise, name="promise"),
    path("begin/<str:wave>", tickets.begin, name="begin"),
    path("back", tickets.back, name="back"),
    path("interview/<str:occasion>", pages.interview, name="interview"),
    path("interview/<str:occasion>/take-back", pages.take_back, name="take-back"),
    path("trustee", trustee.overview, name="trustee"),
    path("trustee/sign-in", trustee.sign_in, name="trustee-sign-in"),
    path("trustee/sign-out", trustee.sign_out, name="trustee-sign-out"),
    path("trustee/texts", trustee.next_text, name="trustee-texts"),
    path("trustee/texts/<uuid:text_id>", trustee.code, name="trustee-code"),
]
