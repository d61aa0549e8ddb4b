from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "daybreak.notices"
    label = "notices"
