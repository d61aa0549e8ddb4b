"""Addresses of the demo, mounted under /demo/ and never in production."""

from django.urls import path

from daybreak.demo import call, mailbox, phone, views

app_name = "demo"
urlpatterns = [
    path("", views.first_page, name="first-page"),
    path("be/<uuid:person_id>", views.become, name="become"),
    path("phone/2010-04-01/Accounts/<str:account>/Messages.json", phone.take_message, name="take-message"),
    path("phones", phone.phones, name="phones"),
    path("phones/<str:number>", phone.phone, name="phone"),
    path("phones/<str:number>/call", call.call, name="call"),
    path("mail", mailbox.mail, name="mail"),
]
