from django.apps import AppConfig


class DueConfig(AppConfig):
    name = "daybreak.due"
    label = "due"
