from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "daybreak.interviews"
    label = "interviews"
