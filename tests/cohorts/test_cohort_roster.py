"""Inviting from a list, pasted or in a file: what each line does, the mail, and how people come in."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from checkpoint.accounts.models import User
from checkpoint.audit.models import AuditEntry
from checkpoint.cohorts.actions import give_role
from checkpoint.cohorts.models import Cohort, Invitation, Membership
from checkpoint.cohorts.roles import Role
from checkpoint.cohorts.rosters.actions import send_invitation, send_waiting, welcome
from checkpoint.cohorts.rosters.reading import MOST_LINES, UnreadableError, read_roster
from tests.builders import make_judged, make_learner, signed_in

PAGE = "/cohorts/autumn-group/members/roster/"
PEOPLE = "/cohorts/autumn-group/members/"


@pytest.fixture(autouse=True)
def at_once(settings: Settings) -> None:
    """Mails leave within the request that asks for them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def shown(page: str) -> list[tuple[int, str]]:
    """Line and what would happen to it."""
    found = re.findall(
        r'<th scope="row" class="num">(\d+)</th>.*?data-l="What happens">(.*?)</td>', page, re.S
    )
    return [(int(number), re.sub(r"<[^>]+>", "", words).strip()) for number, words in found]


def confirmed(user: User) -> User:
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


class TestReading:
    """A list, however it was copied."""

    @pytest.mark.parametrize(
        "text",
        [
            "Dana Reyes, dana@example.org, assistant",
            "Dana Reyes\tdana@example.org\tAssistant",
            "Dana Reyes;dana@example.org;ASSISTANT",
            '"Dana Reyes",DANA@example.org,assistant',
            "\ufeffrole,e-mail,name\nassistant,dana@example.org,Dana Reyes",
            'sep=;\r\nName;Email;Role\r\n"Dana Reyes";dana@example.org;assistant',
            '"Dana Reyes"\t"dana@example.org"\t"assistant"\r\n"";""\r\n',
            "\r\n\r\nDana   Reyes , dana@example.org , assistant\r\n,,\r\n",
        ],
    )
    def test_commas_semicolons_tabs_and_named_columns_are_understood(self, text: str) -> None:
        (line,) = read_roster(text)
        assert (line.name, line.email, line.role, line.problem) == (
            "Dana Reyes",
            "dana@example.org",
            "assistant",
            "",
        )

    def test_without_a_role_somebody_learns(self) -> None:
        assert [line.role for line in read_roster("Dana, dana@example.org\nbo@example.org")] == [
            "learner"
        ] * 2

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            ("Dana", "It has no email address."),
            ("Dana, dana at example.org", "is no email address."),
            (f"Dana, {'d' * 300}@example.org", "is no email address."),
            ("=HYPERLINK(1), dana@example.org", "begins with “=”"),
            ("@SUM(1), dana@example.org", "begins with “@”"),
            (f"{'D' * 81}, dana@example.org", "longer than 80"),
            ("Dana, dana@example.org, emperor", "“emperor” is no role."),
            ("Dana, dana@example.org, owner", "Nobody becomes an owner by a list."),
            ("Reyes, Dana, dana@example.org, learner", "It has 4 columns."),
        ],
    )
    def test_what_is_wrong_with_a_line_is_said(self, line: str, problem: str) -> None:
        first, second = read_roster(f"{line}\nBo, bo@example.org")
        assert problem in first.problem and second.problem == ""

    def test_an_address_counts_once(self) -> None:
        _, again = read_roster("Dana, dana@example.org\nDana R, DANA@example.org")
        assert again.problem == "Line 1 has the same address."

    def test_a_semicolon_between_quotation_marks_separates_nothing(self) -> None:
        (line,) = read_roster('"Reyes; Dana",dana@example.org')
        assert (line.name, line.email) == ("Reyes; Dana", "dana@example.org")

    def test_a_stray_quotation_mark_swallows_one_line_only(self) -> None:
        assert read_roster('"Dana, dana@example.org\nBo, bo@example.org')[1].email == "bo@example.org"

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", "nobody in it"),
            ("name,email\n", "nobody in it"),
            ("PK\0\0", "no text"),
            ("x" * 100_001, "too long"),
            ("a@example.org\n" * (MOST_LINES + 1), "501 lines"),
        ],
    )
    def test_what_is_no_list_is_refused_as_a_whole(self, text: str, words: str) -> None:
        with pytest.raises(UnreadableError, match=words):
            read_roster(text)


def test_a_try_shows_each_line_by_its_number_and_does_nothing(
    ivys: Client, cohort: Cohort, ivy: User, alice: User, otto: User
) -> None:
    Invitation.objects.create(cohort=cohort, email="bo@example.org")
    roster = (
        "Dana, dana@example.org\n\nAlice, alice@example.org\nBo, bo@example.org\nX, nowhere\n"
        "Alice, ALICE@example.org, observer\nOtto, otto@example.org, observer"
    )
    response = ivys.post(PAGE, {"do": "try", "roster": roster})
    page = response.content.decode()
    assert response.status_code == 200
    assert shown(page) == [
        (1, "Gets an invitation, as learner."),
        (3, "Is in the cohort already, as learner."),
        (4, "Is invited already, as learner."),
        (5, "Left out “nowhere” is no email address."),
        (6, "Left out Line 3 has the same address."),
        (7, "Gets an invitation, as observer."),
    ]
    assert "2 would be invited, 2 have a problem" in page and "X, nowhere" in page
    assert Invitation.objects.count() == 1 and mail.outbox == []


class TestFromAFile:
    """What a spreadsheet saved."""

    @pytest.fixture
    def send(self, ivys: Client, cohort: Cohort) -> Callable[..., HttpResponse]:
        def send(data: bytes, do: str = "try", **more: str) -> HttpResponse:
            return ivys.post(PAGE, {"do": do, "file": SimpleUploadedFile("people.csv", data), **more})

        return send

    @pytest.mark.parametrize("between", [",", ";", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
    def test_its_lines_are_shown_and_stand_in_the_field(
        self, send: Callable[..., HttpResponse], between: str, encoding: str
    ) -> None:
        lines = [["Name", "Email", "Role"], ["Zoë Ünal", "zoe@example.org", "learner"], ["X", "nowhere", ""]]
        text = "".join(between.join(cells) + "\r\n" for cells in lines)
        response = send(text.encode(encoding), roster="Old, old@example.org")
        page = response.content.decode()
        assert response.status_code == 200
        assert shown(page) == [
            (2, "Gets an invitation, as learner."),
            (3, "Left out “nowhere” is no email address."),
        ]
        assert "Zoë Ünal" in page and "people.csv" in page and "old@example.org" not in page

    def test_nobody_is_invited_before_its_lines_were_shown(self, send: Callable[..., HttpResponse]) -> None:
        assert "1 would be invited" in send(b"dana@example.org", do="invite").content.decode()
        assert not Invitation.objects.exists() and mail.outbox == []

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ("Zoë, zoe@example.org".encode("latin-1"), "isn’t written in UTF-8"),
            ("Zoë, zoe@example.org".encode("utf-16"), "isn’t written in UTF-8"),
            (b"PK\x03\x04\x14\0", "That’s a workbook."),
            (b"PK\x03\x04" + b"x" * 2_000_000, "That’s a workbook."),
            (b"Dana, dana@example.org\n" * 100_000, "The file has 2300 kB; at most 200 are read."),
        ],
    )
    def test_what_cant_be_read_is_said_and_the_field_stays(
        self, send: Callable[..., HttpResponse], data: bytes, words: str
    ) -> None:
        response = send(data, roster="Old, old@example.org")
        page = response.content.decode()
        assert response.status_code == 422
        assert words in page and 'id="roster-file-error"' in page and "Old, old@example.org" in page

    def test_an_empty_one_has_nobody_in_it(self, send: Callable[..., HttpResponse]) -> None:
        response = send(b"")
        assert response.status_code == 422 and "There is nobody in it." in response.content.decode()


def test_inviting_sends_each_a_mail_with_the_link_and_is_written_down(ivys: Client, cohort: Cohort) -> None:
    response = ivys.post(PAGE, {"do": "invite", "roster": "Dana, dana@example.org\nX, nowhere"}, follow=True)
    assert "1 invitation is on the way." in response.content.decode()
    (message,) = mail.outbox
    assert message.to == ["dana@example.org"] and message.subject == "Your invitation to Autumn group"
    assert f"/cohorts/join/{cohort.join_code}/" in message.body
    assert "Instructors of the cohort see your answers" in message.body
    assert AuditEntry.objects.get(what="invited").subject == "dana@example.org"
    assert "dana@example.org" in ivys.get(PEOPLE).content.decode()


def test_the_same_list_twice_invites_nobody_twice(ivys: Client, cohort: Cohort) -> None:
    for _ in range(2):
        ivys.post(PAGE, {"do": "invite", "roster": "Dana, dana@example.org"})
    assert Invitation.objects.count() == len(mail.outbox) == 1


def test_a_list_that_cant_be_read_stays_in_its_field(ivys: Client, cohort: Cohort) -> None:
    response = ivys.post(PAGE, {"do": "invite", "roster": "<script>," * 30_000})
    page = response.content.decode()
    assert response.status_code == 422 and "too long" in page
    assert "&lt;script&gt;" in page and "<script>," not in page


def test_an_instructor_invites_learners_only(cohort: Cohort, ivy: User, otto: User) -> None:
    give_role(cohort=cohort, user_id=otto.pk, role=Role.INSTRUCTOR, by=ivy)
    roster = "Dana, dana@example.org, observer\nBo, bo@example.org"
    page = signed_in(otto).post(PAGE, {"do": "try", "roster": roster}).content.decode()
    assert "Only an owner invites an observer." in page
    signed_in(otto).post(PAGE, {"do": "invite", "roster": roster})
    assert [(one.email, one.role) for one in Invitation.objects.all()] == [("bo@example.org", "learner")]


def test_nobody_mails_the_whole_world(ivys: Client, cohort: Cohort, ivy: User) -> None:
    Invitation.objects.bulk_create(
        Invitation(cohort=cohort, email=f"p{number}@example.org", by=ivy) for number in range(499)
    )
    response = ivys.post(
        PAGE,
        {"do": "invite", "roster": "a@example.org\nb@example.org"},
    )
    assert response.status_code == 422 and "You can invite 500 people a day." in response.content.decode()
    assert Invitation.objects.count() == 499 and mail.outbox == []


def test_lists_are_not_tried_without_end(ivys: Client, cohort: Cohort) -> None:
    seen = {ivys.post(PAGE, {"roster": ",a@example.org"}).status_code for _ in range(61)}
    assert seen == {200, 429}


class TestComingIn:
    @pytest.fixture
    def invited(self, cohort: Cohort, ivy: User) -> Invitation:
        return Invitation.objects.create(cohort=cohort, email="dana@example.org", role=Role.ASSISTANT, by=ivy)

    def test_whoever_signs_up_with_that_address_lands_once_it_is_confirmed(
        self, client: Client, invited: Invitation
    ) -> None:
        client.post("/accounts/signup/", {"email": "Dana@example.org", "password1": "a long password 7"})
        dana = User.objects.get(email="dana@example.org")
        assert not Membership.objects.filter(user=dana).exists(), "anybody can type an address"
        link = re.search(r"/accounts/confirm-email/\S+", mail.outbox[-1].body)[0]
        page = client.post(link, follow=True).content.decode()
        assert Membership.objects.get(user=dana).role == "assistant"
        assert "You’re in Autumn group now." in page
        assert not Invitation.objects.exists()
        assert AuditEntry.objects.filter(what="joined", by=dana).exists()

    def test_whoever_had_an_account_is_asked_first(self, invited: Invitation, cohort: Cohort) -> None:
        Invitation.objects.update(role=Role.LEARNER)
        dana = confirmed(make_learner("dana", date_joined=timezone.now() - timedelta(days=1)))
        make_judged(dana, "target")
        assert welcome(dana) == () and not Membership.objects.filter(user=dana).exists()
        danas = signed_in(dana)
        page = danas.get("/cohorts/").content.decode()
        assert f'href="/cohorts/join/{cohort.join_code}/">Look at it' in page
        asked = danas.get(f"/cohorts/join/{cohort.join_code}/").content.decode()
        assert "will see your answers and verdicts" in asked
        danas.post(f"/cohorts/join/{cohort.join_code}/")
        assert Membership.objects.get(user=dana).role == "learner"

    def test_joining_by_the_link_gives_the_role_one_was_invited_for(
        self, invited: Invitation, cohort: Cohort
    ) -> None:
        danas = signed_in(confirmed(make_learner("dana")))
        place = f"/cohorts/join/{cohort.join_code}/"
        assert "You’re invited to its team, as assistant" in danas.get(place).content.decode()
        assert "You’re an assistant there." in danas.post(place, follow=True).content.decode()

    def test_an_address_that_isnt_shown_to_be_ones_own_gives_no_role(
        self, invited: Invitation, cohort: Cohort
    ) -> None:
        eve = make_learner("dana")
        EmailAddress.objects.create(user=eve, email=eve.email, verified=False, primary=True)
        signed_in(eve).post(f"/cohorts/join/{cohort.join_code}/")
        assert Membership.objects.get(user=eve).role == "learner"
        assert Invitation.objects.exists()

    def test_a_member_keeps_their_role(self, invited: Invitation, cohort: Cohort, ivy: User) -> None:
        dana = confirmed(make_learner("dana"))
        give_role(cohort=cohort, user_id=dana.pk, role=Role.OBSERVER, by=ivy)
        assert welcome(dana) == ()
        assert Membership.objects.get(user=dana).role == "observer"

    def test_a_withdrawn_invitation_lets_nobody_in(self, ivys: Client, invited: Invitation) -> None:
        ivys.post(PEOPLE, {"do": "withdraw", "invitation": invited.pk})
        assert welcome(confirmed(make_learner("dana"))) == ()
        assert AuditEntry.objects.filter(what="invitation-withdrawn").exists()

    def test_another_cohorts_invitation_is_not_withdrawn(self, invited: Invitation, otto: User) -> None:
        response = signed_in(otto).post(
            "/cohorts/somewhere-else/members/", {"do": "withdraw", "invitation": invited.pk}
        )
        assert response.status_code == 404 and Invitation.objects.exists()


class TestTheMail:
    def test_it_is_sent_once_however_often_it_is_offered(self, cohort: Cohort) -> None:
        invitation = Invitation.objects.create(cohort=cohort, email="dana@example.org")
        for _ in range(2):
            send_invitation.call(invitation.pk)
        send_waiting(now=timezone.now() + timedelta(hours=1))
        assert len(mail.outbox) == 1
        invitation.refresh_from_db()
        assert invitation.sent_at

    def test_it_waits_for_a_mail_server_that_isnt_there(self, cohort: Cohort, settings: Settings) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
        invitation = Invitation.objects.create(cohort=cohort, email="dana@example.org")
        send_invitation.call(invitation.pk)
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert mail.outbox == []
        send_waiting(now=timezone.now() + timedelta(hours=1))
        assert len(mail.outbox) == 1

    def test_one_that_was_withdrawn_meanwhile_is_not_sent(self, cohort: Cohort) -> None:
        send_invitation.call(4711)
        assert mail.outbox == []


def test_the_number_of_queries_of_a_try_does_not_grow(ivys: Client, cohort: Cohort) -> None:
    def cost(lines: int) -> int:
        roster = "".join(f"P, p{number}@example.org\n" for number in range(lines))
        with CaptureQueriesContext(connection) as queries:
            assert ivys.post(PAGE, {"roster": roster}).status_code == 200
        return len(queries)

    cost(1)
    assert cost(2) == cost(400)
