"""Everything that changes an account outside allauth."""

from datetime import date

from checkpoint.accounts.models import Theme, User


def change_settings(*, user: User, name: str, theme: str, single_key_shortcuts: bool) -> None:
    user.name, user.theme, user.single_key_shortcuts = name, theme, single_key_shortcuts
    user.save(update_fields=["name", "theme", "single_key_shortcuts"])


def choose_theme(*, user: User, theme: Theme) -> None:
    user.theme = theme
    user.save(update_fields=["theme"])


def note_visit(*, user: User, today: date) -> None:
    """Remember the day somebody was last here; writes at most once a day."""
    if user.last_seen_on == today:
        return
    user.last_seen_on = today
    User.objects.filter(pk=user.pk).update(last_seen_on=today)
