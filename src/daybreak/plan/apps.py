from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "daybreak.plan"
    label = "plan"
