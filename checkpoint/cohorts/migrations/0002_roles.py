"""More roles, and an owner for each cohort: who made it, or else its earliest instructor."""

from django.db import migrations, models
from django.db.models import F


def name_owners(apps, schema_editor):
    Membership = apps.get_model("cohorts", "Membership")
    owned = set()
    instructors = Membership.objects.filter(role="instructor").annotate(creator=F("cohort__created_by_id"))
    earliest_first = instructors.order_by("joined_at", "pk")
    for seat in sorted(earliest_first, key=lambda seat: seat.user_id != seat.creator):
        if seat.cohort_id not in owned:
            owned.add(seat.cohort_id)
            Membership.objects.filter(pk=seat.pk).update(role="owner")


def forget_owners(apps, schema_editor):
    """Assistants and observers stay as they are: to the code before, such a member sees nothing."""
    apps.get_model("cohorts", "Membership").objects.filter(role="owner").update(role="instructor")


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("owner", "Owner"),
                    ("instructor", "Instructor"),
                    ("assistant", "Assistant"),
                    ("observer", "Observer"),
                    ("learner", "Learner"),
                ],
                default="learner",
                max_length=10,
            ),
        ),
        migrations.RunPython(name_owners, forget_owners),
    ]
