"""The door gunicorn knocks on; it stays shut while the settings are unsafe."""

import os

from django.core.wsgi import get_wsgi_application

from daybreak.cli.safety import refuse_if_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daybreak.config.settings")
refuse_if_unsafe()
application = get_wsgi_application()
