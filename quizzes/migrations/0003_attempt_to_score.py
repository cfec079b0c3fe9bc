"""Leave attempts of other platforms out of the index of those that wait for scoring."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0002_attempt_storage")]

    operations = [
        migrations.RemoveIndex(model_name="attempt", name="attempt_to_score"),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(
                fields=["id"],
                condition=Q(
                    state="submitted", scored_with__isnull=True, origin="portal"
                ),
                name="attempt_to_score",
            ),
        ),
    ]
