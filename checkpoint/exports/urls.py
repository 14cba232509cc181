"""Addresses of a cohort's files: beside its page, the format as suffix."""

from django.urls import path, re_path

from checkpoint.exports import views
from checkpoint.exports.tables import TABLES

names = "|".join(TABLES)

urlpatterns = [
    path("<slug:slug>/exports/", views.exports, name="exports"),
    path("<slug:slug>/record.zip", views.export_record, name="export-record"),
    path("<slug:slug>/record.xlsx", views.export_workbook, name="export-workbook"),
    re_path(rf"^(?P<slug>[-\w]+)/(?P<table>{names})\.csv$", views.export_csv, name="export-csv"),
    re_path(rf"^(?P<slug>[-\w]+)/(?P<table>{names})\.xlsx$", views.export_xlsx, name="export-xlsx"),
]
