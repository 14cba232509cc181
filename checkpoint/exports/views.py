"""A cohort to take away: the page that offers the files, and the files."""

from collections.abc import Mapping

from django.http import FileResponse, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from checkpoint.accounts.requests import PersonRequest
from checkpoint.audit.actions import record
from checkpoint.cohorts.access import allowed
from checkpoint.cohorts.models import Cohort, Membership
from checkpoint.cohorts.roles import Permission
from checkpoint.exports import archive, csv_file, xlsx_file
from checkpoint.exports.asked import Asked, asked_of
from checkpoint.exports.tables import TABLES, Table
from checkpoint.parts import part_or_page


@require_safe
@allowed(Permission.EXPORT)
@never_cache
def exports(request: PersonRequest, membership: Membership) -> HttpResponse:
    """Which files there are, and under which names."""
    return _page(request, membership)


@require_safe
@allowed(Permission.EXPORT)
def export_csv(request: PersonRequest, membership: Membership, table: str) -> HttpResponseBase:
    """One table, sent as it is read."""
    asked, wanted = _asked(request, membership, f"{table}.csv"), TABLES[table]
    lines = csv_file.csv_lines(wanted.columns(), wanted.rows(asked))
    response = StreamingHttpResponse(lines, content_type=csv_file.MEDIA_TYPE)
    return _as_download(response, asked.cohort, f"{table}.csv")


@require_safe
@allowed(Permission.EXPORT)
def export_xlsx(request: PersonRequest, membership: Membership, table: str) -> HttpResponseBase:
    """One table as a workbook."""
    return _workbook(request, membership, table, {table: TABLES[table]})


@require_safe
@allowed(Permission.EXPORT)
def export_workbook(request: PersonRequest, membership: Membership) -> HttpResponseBase:
    """Every table as a sheet of one workbook."""
    return _workbook(request, membership, "record", TABLES)


@require_safe
@allowed(Permission.EXPORT)
def export_record(request: PersonRequest, membership: Membership) -> HttpResponseBase:
    """The whole record, packed."""
    asked = _asked(request, membership, "record.zip")
    response = FileResponse(archive.archive(asked, timezone.now()), content_type=archive.MEDIA_TYPE)
    return _as_download(response, asked.cohort, "record.zip")


# --- Pieces ------------------------------------------------------------------------


def _workbook(
    request: PersonRequest, membership: Membership, name: str, tables: Mapping[str, Table]
) -> HttpResponseBase:
    asked = _asked(request, membership, f"{name}.xlsx")
    try:
        file = xlsx_file.xlsx_file((one.name, one.columns(), one.rows(asked)) for one in tables.values())
    except xlsx_file.TooLongError as table:
        return _page(request, membership, too_long=str(table))
    response = FileResponse(file, content_type=xlsx_file.MEDIA_TYPE)
    return _as_download(response, asked.cohort, f"{name}.xlsx")


def _asked(request: PersonRequest, membership: Membership, file: str) -> Asked:
    """Whose rows and under which names; who took what away is kept."""
    named = _is_named(request.GET)
    record(
        cohort_id=membership.cohort_id,
        by=request.user,
        what="exported",
        subject=file,
        names="shown" if named else "hidden",
    )
    return asked_of(membership.cohort, named)


def _is_named(asked: QueryDict) -> bool:
    return asked.get("names") == "shown"


def _as_download(response: HttpResponseBase, cohort: Cohort, file: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{cohort.slug}-{file}"'
    response["Cache-Control"] = "no-store"
    return response


def _page(request: PersonRequest, membership: Membership, too_long: str = "") -> HttpResponse:
    context = {
        "cohort": membership.cohort,
        "membership": membership,
        "tables": TABLES.values(),
        "named": _is_named(request.GET),
        "too_long": too_long,
        "most_rows": xlsx_file.MOST_ROWS,
    }
    status = 422 if too_long else 200
    return part_or_page(request, "exports/_exports.html", "exports/exports.html", context, status)
