from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "daybreak.tickets"
    label = "tickets"
