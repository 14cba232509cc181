"""The request of somebody signed in, for the types of views behind `login_required`."""

from django.http import HttpRequest

from checkpoint.accounts.models import User


class PersonRequest(HttpRequest):
    user: User
