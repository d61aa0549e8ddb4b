from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "daybreak.audit"
    label = "audit"
