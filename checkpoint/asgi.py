"""The ASGI application, for those who must; WSGI is what we measure and recommend."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "checkpoint.settings")
application = get_asgi_application()

from django.urls import reverse  # noqa: E402  (needs configured settings)

from checkpoint.library import start_library  # noqa: E402  (needs configured settings)

start_library()
# Before the workers are forked, as in wsgi.py.
reverse("overview")
