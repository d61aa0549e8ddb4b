from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "daybreak.people"
    label = "people"
