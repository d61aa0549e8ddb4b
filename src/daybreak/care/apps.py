from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "daybreak.care"
    label = "care"
