"""The addresses of the product; each name stands in access.PAGES with its purpose."""

from django.urls import path

from daybreak.web import about_sites, design, home, law, parents, places, providers, right_now, signing_in, texts

urlpatterns = [
    path("", home.home, name="home"),
    path("language", home.language, name="language"),
    path("healthz", home.healthz, name="healthz"),
    path("design", design.design, name="design"),
    path("law", law.places, name="law"),
    path("law/<str:place>", law.place, name="law-of"),
    path("texts", texts.inbound, name="texts"),
    path("sign-in", signing_in.ask_for_link, name="sign-in"),
    path("sign-in/sent", signing_in.link_sent, name="sign-in-sent"),
    path("sign-in/<str:token>", signing_in.follow_link, name="sign-in-link"),
    path("sign-out", signing_in.sign_out, name="sign-out"),
    path("ask", parents.who_and_when, name="ask"),
    path("ask/hours", parents.hours, name="ask-hours"),
    path("ask/check", parents.check, name="ask-check"),
    path("requests/<uuid:request_id>", parents.request_page, name="request"),
    path("requests/<uuid:request_id>/now", parents.request_now, name="request-now"),
    path("requests/<uuid:request_id>/cancel", parents.cancel, name="request-cancel"),
    path("places/<uuid:site_id>", places.place_page, name="place"),
    path("sites", providers.sites, name="sites"),
    path("sites/<uuid:site_id>/today", providers.day_page, name="site-today"),
    path("sites/<uuid:site_id>/offers", providers.offers, name="site-offers"),
    path("sites/<uuid:site_id>/hours", providers.hours, name="site-hours"),
    path("sites/<uuid:site_id>/new-bookings", providers.new_bookings, name="site-new-bookings"),
    path("sites/<uuid:site_id>/now", right_now.page, name="site-now"),
    path("sites/<uuid:site_id>/now/spots", right_now.spots, name="site-now-spots"),
    path("sites/<uuid:site_id>/now/staff", right_now.staff, name="site-now-staff"),
    path("sites/<uuid:site_id>/earned", about_sites.earned, name="site-earned"),
    path("sites/<uuid:site_id>/week", about_sites.week, name="site-week"),
    path("sites/<uuid:site_id>/about", about_sites.about, name="site-about"),
    path("bookings/<uuid:booking_id>/cannot-take", right_now.cannot_take, name="booking-cannot-take"),
    path("bookings/<uuid:booking_id>/answer", providers.answer, name="booking-answer"),
    path("bookings/<uuid:booking_id>/attendance", providers.attendance, name="booking-attendance"),
    path("bookings/<uuid:booking_id>/withdraw", providers.withdraw, name="booking-withdraw"),
]
