"""The WSGI application. Refuses to start on broken content, with every problem named."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "checkpoint.settings")
application = get_wsgi_application()

from django.urls import reverse  # noqa: E402  (needs configured settings)

from checkpoint.library import start_library  # noqa: E402  (needs configured settings)

start_library()
# Django would load the addresses and their views with the first request, in each worker for itself. Loaded
# here, all workers share them, and no reader waits.
reverse("overview")
