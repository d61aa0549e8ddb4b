from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_texts_stopped")]

    operations = [
        migrations.RemoveConstraint(model_name="role", name="a_role_is_known"),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "parent",
                            "co-parent",
                            "guardian",
                            "provider",
                            "caregiver",
                            "clerk",
                            "hr-reader",
                            "trustee",
                            "operator",
                        ],
                    )
                ),
                name="a_role_is_known",
            ),
        ),
    ]
