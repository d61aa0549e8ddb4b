from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "daybreak.calendars"
    label = "calendars"
