"""terraform's `import` and `removed` blocks, and plans narrowed to single instances."""

from tests.core.sim.test_terraform import at_work

IMPORT = """import {
  to = terraform_data.old
  id = "abc"
}

resource "terraform_data" "old" {
}
"""
REMOVED = """removed {
  from = terraform_data.old
  lifecycle {
    destroy = false
  }
}
"""
SEVERAL = """resource "terraform_data" "many" {
  for_each = toset(["a", "b"])
  input    = each.key
}
"""
COUNTED = """resource "terraform_data" "many" {
  count = 2
  input = 1
  lifecycle {
    prevent_destroy = true
  }
}
"""


def test_an_import_block_is_planned_and_applied_also_from_a_file():
    terminal = at_work(main__tf=IMPORT)
    terminal("terraform init")
    planned = terminal("terraform plan -out=p")
    assert "terraform_data.old: Preparing import... [id=abc]\n" in planned.stdout
    assert "  # terraform_data.old will be imported\n" in planned.stdout
    assert "Plan: 1 to import, 0 to add, 0 to change, 0 to destroy.\n" in planned.stdout
    applied = terminal("terraform apply p")
    assert "terraform_data.old: Import complete [id=abc]\n" in applied.stdout
    assert "Resources: 1 imported, 0 added, 0 changed, 0 destroyed." in applied.stdout
    assert "No changes." in terminal("terraform plan").stdout


def test_an_import_that_also_changes_says_both():
    terminal = at_work(main__tf=IMPORT.replace('"old" {', '"old" {\n  input = 1'))
    terminal("terraform init")
    text = terminal("terraform apply -auto-approve").stdout
    assert '  # terraform_data.old will be updated in-place\n  # (imported from "abc")\n' in text
    assert "Resources: 1 imported, 0 added, 1 changed, 0 destroyed." in text


def test_an_import_without_its_resource_fails_the_plan():
    terminal = at_work(main__tf=IMPORT.partition("\n\n")[0] + "\n")
    terminal("terraform init")
    made = terminal("terraform plan")
    assert made.code == 1
    assert "Error: Configuration for import target does not exist" in made.stderr


def test_a_removed_block_lets_an_object_go_and_destroys_nothing():
    terminal = at_work(main__tf=IMPORT)
    terminal("terraform init; terraform apply -auto-approve")
    terminal(f"cat > main.tf <<'EOF'\n{REMOVED}EOF")
    planned = terminal("terraform plan").stdout
    assert (
        " # terraform_data.old will no longer be managed by Terraform, but will not be destroyed\n" in planned
    )
    assert "Plan: 0 to add, 0 to change, 0 to destroy.\n" in planned
    assert "Warning: Some objects will no longer be managed by Terraform" in planned
    assert "0 added, 0 changed, 0 destroyed" in terminal("terraform apply -auto-approve").stdout
    assert terminal("terraform state list").stdout == ""


def test_a_removed_block_beside_its_resource_is_an_error():
    terminal = at_work(main__tf=SEVERAL + REMOVED.replace("old", "many"))
    terminal("terraform init")
    made = terminal("terraform plan")
    assert (made.code, "Error: Removed resource still exists" in made.stderr) == (1, True)


def test_a_target_with_a_key_leaves_the_other_instances_alone():
    terminal = at_work(main__tf=SEVERAL)
    terminal("terraform init; terraform apply -auto-approve")
    made = terminal("terraform destroy -auto-approve -target='terraform_data.many[\"a\"]'").stdout
    assert "Plan: 0 to add, 0 to change, 1 to destroy." in made
    assert terminal("terraform state list").stdout == 'terraform_data.many["b"]\n'
    again = terminal("terraform apply -auto-approve -target='terraform_data.many[\"b\"]'").stdout
    assert "0 added, 0 changed, 0 destroyed" in again


def test_an_instance_that_must_stay_stops_a_smaller_count():
    terminal = at_work(main__tf=COUNTED)
    terminal("terraform init; terraform apply -auto-approve; sed -i 's/count = 2/count = 1/' main.tf")
    made = terminal("terraform plan")
    assert (made.code, "Error: Instance cannot be destroyed" in made.stderr) == (1, True)
