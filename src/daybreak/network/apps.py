from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "daybreak.network"
    label = "network"
