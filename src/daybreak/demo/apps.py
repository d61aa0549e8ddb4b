from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "daybreak.demo"
    label = "demo"
