from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "daybreak.accounts"
    label = "accounts"
