"""Addresses of accounts; allauth's own follow them."""

from allauth.account import views as allauth
from allauth.socialaccount.providers.github import views as github
from allauth.socialaccount.providers.openid_connect import views as openid
from django.urls import path

from checkpoint.accounts import views

urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("theme/", views.theme, name="theme"),
    path("signup/", views.again_if_taken(allauth.signup)),
    path("github/login/", views.leave_by_page(github.oauth2_login)),
    path("github/login/callback/", views.leave_by_page(github.oauth2_callback)),
    path("oidc/<slug:provider_id>/login/", views.leave_by_page(openid.login)),
    path("oidc/<slug:provider_id>/login/callback/", openid.callback),
    path("oidc/<path:other>", views.unknown_service),
]
