"""terraform beyond the recorded sessions: plans, states, locks, drift, and what happened."""

import json
import zlib
from dataclasses import replace

import pytest

from checkpoint.core.sim.actors import Due, plan
from checkpoint.core.sim.parts.terraform.stores import Stores, lock_of
from checkpoint.core.sim.start import changed_by, world_from
from tests.core.sim.conftest import Terminal

MAIN = """variable "nodes" {
  type    = number
  default = 3
}

resource "terraform_data" "network" {
  input = "10.0.0.0/16"
}

resource "terraform_data" "cluster" {
  input = {
    network = terraform_data.network.output
    nodes   = var.nodes
  }
}

output "nodes" {
  value = terraform_data.cluster.output.nodes
}
"""
REMOTE = """terraform {
  backend "s3" {
    bucket       = "acme"
    key          = "prod.tfstate"
    region       = "auto"
    use_lockfile = true
  }
}
"""
URL = "s3://acme/prod.tfstate"
LOCK = {
    "ID": "7f3c1d52-9a0b-4c6e-8f21-5d4b3a2c1e00",
    "Operation": "OperationTypeApply",
    "Info": "",
    "Who": "ci@runner",
    "Version": "1.11.4",
    "Created": "2026-11-23T09:58:12.5Z",
    "Path": "acme/prod.tfstate",
}


def at_work(**files: str) -> Terminal:
    named = {name.replace("__", "."): text for name, text in files.items()}
    terminal = Terminal(world_from({"files": {f"infra/{name}": text for name, text in named.items()}}))
    terminal("cd infra")
    return terminal


def with_config(text: str) -> Terminal:
    return at_work(main__tf=text)


@pytest.fixture
def infra() -> Terminal:
    terminal = with_config(MAIN)
    terminal("terraform init")
    return terminal


@pytest.fixture
def applied(infra: Terminal) -> Terminal:
    infra("terraform apply -auto-approve")
    return infra


def state_of(terminal: Terminal) -> dict:
    return json.loads(terminal.out("terraform state pull"))


def kinds(made, kind: str) -> list:
    return [event for event in made.events if event.kind == kind]


def test_a_saved_plan_is_stale_after_any_change_of_the_state_but_not_by_age(applied):
    applied("terraform plan -var nodes=5 -out=tfplan")
    applied.world = replace(applied.world, clock=applied.world.clock + 30 * 86_400)
    twin = Terminal(applied.world)
    assert twin("terraform apply tfplan").code == 0
    applied("terraform state mv terraform_data.network terraform_data.net")
    made = applied("terraform apply tfplan")
    assert made.code == 1 and "Saved plan is stale" in made.stderr
    assert [event.result for event in kinds(made, "terraform.apply")] == ["stale"]


def test_a_plan_from_another_lineage_does_not_match(applied):
    applied("terraform plan -var nodes=5 -out=tfplan")
    applied("rm terraform.tfstate && terraform apply -auto-approve")
    made = applied("terraform apply tfplan")
    assert made.code == 1 and "Saved plan does not match the given state" in made.stderr


def test_an_apply_that_changes_nothing_leaves_the_serial(applied):
    before = state_of(applied)["serial"]
    applied("terraform apply -auto-approve && terraform refresh")
    assert state_of(applied)["serial"] == before


def test_a_plan_file_carries_secrets_that_its_text_hides():
    terminal = with_config(
        'variable "key" {\n  sensitive = true\n}\nresource "terraform_data" "a" {\n  input = var.key\n}\n'
    )
    shown = terminal.out("terraform plan -var key=hunter2 -out=tfplan; terraform show tfplan")
    assert "hunter2" not in shown and "(sensitive value)" in shown
    data = terminal.world.files.read("/home/learner/infra/tfplan")
    assert data.startswith(b"PK\x03\x04") and b"hunter2" not in data
    size = int.from_bytes(data[18:22], "little")
    start = 30 + int.from_bytes(data[26:28], "little")
    assert b"hunter2" in zlib.decompress(data[start : start + size], -15)
    assert "hunter2" in terminal.out("terraform show -json tfplan")


def test_applying_a_saved_plan_uses_the_configuration_of_the_plan(infra):
    infra("terraform plan -out=tfplan")
    infra("sed -i 's/default = 3/default = 9/' main.tf; terraform apply tfplan")
    assert infra.out("terraform output -raw nodes") == "3"


def test_only_yes_approves(infra):
    assert infra("terraform apply", stdin="y\n").stdout.endswith("Apply cancelled.\n")
    assert infra("terraform state list").code == 1
    made = infra("terraform apply", stdin="yes\n")
    assert [event.approval for event in kinds(made, "terraform.apply")] == ["prompt"]
    assert infra.out("terraform state list") == "terraform_data.cluster\nterraform_data.network\n"


def test_what_changed_outside_shows_up_as_a_way_back_to_the_configuration(applied):
    drift = {"terraform": {"drift": {"terraform_data.network": {"input": "0.0.0.0/0"}}}}
    applied.world = world_changed(applied, drift)
    made = applied("terraform plan -detailed-exitcode")
    assert made.code == 2 and '~ input  = "0.0.0.0/0" -> "10.0.0.0/16"' in made.stdout
    only = applied("terraform plan -refresh-only -detailed-exitcode")
    assert only.code == 2 and "Objects have changed outside of Terraform" in only.stdout
    applied("terraform apply -auto-approve")
    assert applied("terraform plan -detailed-exitcode").code == 0


def test_an_object_that_is_gone_is_made_again(applied):
    applied.world = world_changed(applied, {"terraform": {"drift": {"terraform_data.network": None}}})
    made = applied("terraform plan")
    assert "# terraform_data.network will be created" in made.stdout


def world_changed(terminal: Terminal, state: dict):
    return changed_by(terminal.world, state)


def remote() -> Terminal:
    terminal = at_work(main__tf=MAIN, backend__tf=REMOTE)
    terminal("terraform init && terraform apply -auto-approve")
    return terminal


def test_a_lock_stops_everybody_else_and_says_who_holds_it():
    terminal = remote()
    terminal.world = world_changed(terminal, {"terraform": {"locks": {URL: LOCK}}})
    before = terminal.world.part(Stores).states
    for line in (
        "terraform plan",
        "terraform apply -auto-approve",
        "terraform state rm terraform_data.network",
    ):
        made = terminal(line)
        assert made.code == 1 and "Who:       ci@runner" in made.stderr
        assert [event.holder for event in kinds(made, "terraform.lock-refused")] == ["ci@runner"]
    assert terminal.world.part(Stores).states == before
    assert terminal("terraform output").code == 0


def test_waiting_for_a_lock_lets_time_pass_until_it_is_free():
    terminal = remote()
    terminal.world = world_changed(terminal, {"terraform": {"locks": {URL: LOCK}}})
    free = Due(terminal.world.clock + 90, "terraform", json.dumps({"locks": {URL: None}}))
    terminal.world = plan(terminal.world, free)
    before = terminal.world.clock
    assert terminal("terraform plan -lock-timeout=5m").code == 0
    assert terminal.world.clock == before + 90


def test_an_unlock_by_force_needs_the_right_id():
    terminal = remote()
    terminal.world = world_changed(terminal, {"terraform": {"locks": {URL: LOCK}}})
    assert terminal("terraform force-unlock -force 1-2-3").code == 1
    made = terminal(f"terraform force-unlock -force {LOCK['ID']}")
    assert made.code == 0 and [event.result for event in kinds(made, "terraform.force-unlock")] == [
        "unlocked"
    ]
    assert terminal("terraform plan").code == 0


def test_somebody_elses_apply_on_the_clock_makes_a_saved_plan_stale():
    terminal = remote()
    terminal("terraform plan -var nodes=4 -out=tfplan")
    changed = {"terraform_data.network": {"input": "10.1.0.0/16"}}
    change = json.dumps({"apply": {"state": URL, "objects": changed, "who": "ci"}})
    terminal.world = plan(terminal.world, Due(terminal.world.clock + 30, "terraform", change))
    terminal.world = replace(terminal.world, clock=terminal.world.clock + 60)
    made = terminal("terraform apply tfplan")
    assert "Saved plan is stale" in made.stderr
    assert [event.via for event in kinds(made, "terraform.apply")] == ["ci", "direct"]


def test_a_backend_has_to_be_initialised_first():
    terminal = at_work(main__tf=MAIN, backend__tf=REMOTE)
    made = terminal("terraform plan")
    assert made.code == 1 and 'Initial configuration of the requested backend "s3"' in made.stderr


def test_providers_are_installed_and_locked():
    terminal = with_config('resource "random_pet" "name" {\n  length = 2\n}\n')
    assert "Inconsistent dependency lock file" in terminal("terraform plan").stderr
    assert "Installed hashicorp/random" in terminal.out("terraform init")
    assert 'provider "registry.terraform.io/hashicorp/random"' in terminal.out("cat .terraform.lock.hcl")
    terminal("terraform apply -auto-approve")
    shown = terminal.out("terraform state show random_pet.name")
    assert "length    = 2" in shown
    assert "forces replacement" in terminal.out("sed -i 's/2/3/' main.tf; terraform plan")


def test_a_type_without_a_known_schema_takes_any_argument():
    terminal = with_config(
        "terraform {\n  required_providers {\n"
        '    hcloud = {\n      source = "hetznercloud/hcloud"\n    }\n  }\n}\n'
        'resource "hcloud_server" "web" {\n  name = "web"\n  labels = {\n    env = "dev"\n  }\n}\n'
        'output "ip" {\n  value = hcloud_server.web.ipv4_address\n}\n'
    )
    terminal("terraform init")
    made = terminal.out("terraform apply -auto-approve")
    assert '+ "env" = "dev"' in made and "+ ipv4_address = (known after apply)" in made
    assert terminal.out("terraform output -raw ip").startswith("10.0.")
    assert terminal("terraform plan -detailed-exitcode").code == 0


def test_errors_name_the_place_and_the_value():
    terminal = with_config('locals {\n  name = "web"\n}\noutput "x" {\n  value = local.name + 1\n}\n')
    made = terminal("terraform validate")
    assert made.code == 1
    assert '│   on main.tf line 5, in output "x":\n│    5:   value = local.name + 1\n' in made.stderr
    assert '│     │ local.name is "web"\n' in made.stderr


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('upper("a${1 + 1}")', '"A2"'),
        ('join("-", [for k, v in { a = 1, b = 2 } : "${k}${v}" if v > 1])', '"b2"'),
        ('{ for x in ["a", "b"] : x => length(x) }.b', "1"),
        ("jsonencode({ a = [1, true, null] })", '"{\\"a\\":[1,true,null]}"'),
        ('cidrsubnet("10.0.0.0/16", 8, 2)', '"10.0.2.0/24"'),
        ("merge({ a = 1 }, { a = 2 }).a", "2"),
        ("([{ a = 1 }, { a = 2 }][*].a)[1]", "2"),
        ('format("%03d-%s", 7, "x")', '"007-x"'),
        ('try(jsondecode("{"), "no")', '"no"'),
        ('"%{ if true }yes%{ else }no%{ endif }"', '"yes"'),
        ('replace("a-b", "/[a-z]/", "x")', '"x-x"'),
    ],
)
def test_expressions_have_terraforms_values(text, value):
    terminal = with_config(f'output "x" {{\n  value = {text}\n}}\n')
    terminal("terraform apply -auto-approve")
    assert terminal.out("terraform output x") == value + "\n"


def test_fmt_aligns_and_indents():
    terminal = with_config('resource "a" "b" {\n    x = [1,2]\n  long = "${var.y}" # why\n tags={a=1}\n}\n')
    terminal("terraform fmt")
    assert terminal.out("cat main.tf") == (
        'resource "a" "b" {\n  x    = [1, 2]\n  long = var.y # why\n  tags = { a = 1 }\n}\n'
    )
    assert terminal("terraform fmt -check").code == 0


def test_what_is_not_simulated_is_refused_by_name(infra):
    before = infra.world.files
    for line in ("terraform plan -json", "terraform console", "terraform state replace-provider a b"):
        made = infra(line)
        assert made.code == 2 and made.stderr.startswith("simulator: terraform")
    infra('echo \'module "m" { source = "./m" }\' > m.tf')
    made = infra("terraform plan")
    assert made.code == 2 and "`module` blocks" in made.stderr
    infra("rm m.tf")
    assert infra.world.files.read("/home/learner/infra/main.tf") == before.read("/home/learner/infra/main.tf")


@pytest.mark.parametrize(
    "text",
    [
        "locals {\n" + "".join(f"  a{n} = local.a{n - 1}\n" for n in range(1, 900)) + "  a0 = 1\n}\n",
        'locals {\n  a0 = ["x", "x"]\n'
        + "".join(f"  a{n} = [local.a{n - 1}, local.a{n - 1}]\n" for n in range(1, 40))
        + "}\n",
        'output "x" {\n  value = ' + "[" * 500 + "]" * 500 + "\n}\n",
        'output "x" {\n  value = ' + "1 + " * 3000 + "1\n}\n",
        'output "x" {\n  value = pow(10, 999999)\n}\n',
        'output "x" {\n  value = replace("' + "a" * 5000 + '", "a", "' + "b" * 5000 + '")\n}\n',
        'resource "terraform_data" "a" {\n  count = 100000\n}\n',
        'output "x" {\n  value = [for a in range(1000) : [for b in range(1000) : b]]\n}\n',
        'output "x" {\n  value = format("%999999999d", 1)\n}\n',
        "x" * 40_000,
        '"${' * 200,
        'terraform {\n  required_version = "~> "\n}\n',
    ],
)
def test_a_configuration_that_asks_for_too_much_is_stopped(text):
    terminal = with_config(text)
    for line in ("terraform init", "terraform validate", "terraform plan", "terraform fmt"):
        assert terminal(line).code in (0, 1, 2, 3)


# --- as the real program was seen to answer ---------------------------------------------------


def tf(terminal, text):
    terminal(f"mkdir -p w; cd ~/w; cat > main.tf <<'END'\n{text}\nEND")
    return terminal


A = 'variable "n" {\n  default = 1\n}\nresource "terraform_data" "a" {\n  input = var.n\n}'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('resource "terraform_data" "1a" {\n}', "Error: Invalid resource name"),
        ('terraform {\n  required_version = "abc"\n}', "Error: Invalid version constraint"),
        (
            'resource "terraform_data" "a" {\n  depends_on = [terraform_data.z]\n}',
            "Error: Reference to undeclared resource",
        ),
        (
            'variable "x" {\n  validation {\n    condition = var.x != ""\n  }\n}',
            'The argument "error_message" is required, but no definition was found.',
        ),
        ('resource "terraform_data" "a" {\n  input = \'one\'\n}', "Single quotes are not valid."),
        ('resource "terraform_data" "a" {\n  input = 1;\n}', "Error: Missing newline after argument"),
        (
            'resource "terraform_data" "a" {\n  input = "one\n}',
            'on main.tf line 3, in resource "terraform_data" "a":',
        ),
    ],
)
def test_a_mistake_in_the_language_is_named_as_terraform_names_it(terminal, text, told):
    made = tf(terminal, text)("terraform validate")
    assert made.code == 1
    assert told in made.stderr


def test_something_that_refers_to_itself_is_valid_until_it_is_planned(terminal):
    tf(terminal, 'resource "terraform_data" "a" {\n  input = terraform_data.a.output\n}')
    assert terminal("terraform validate").code == 0
    assert "Configuration for terraform_data.a may not refer to itself." in terminal("terraform plan").stderr


@pytest.mark.parametrize("kind", ["module", "check"])
def test_a_block_that_is_not_simulated_is_refused_by_name_and_changes_nothing(terminal, kind):
    tf(terminal, A)("terraform init; terraform apply -auto-approve")
    before = terminal.out("cat terraform.tfstate")
    label = ' "c"'
    made = terminal(f"printf '{kind}{label} {{\\n}}\\n' >> main.tf; terraform apply -auto-approve")
    assert (made.code, f"`{kind}` blocks of Terraform are not simulated" in made.stderr) == (2, True)
    assert terminal.out("cat terraform.tfstate") == before


def test_nothing_is_planned_while_a_variable_lacks_its_value(terminal):
    tf(terminal, A.replace("default = 1", "type = number"))
    made = terminal("terraform plan -input=false")
    assert (made.code, made.stdout) == (1, "")
    assert "Error: No value for required variable" in made.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("-target=foo", 'Error: Invalid target "foo"'),
        ("-lock-timeout=abc", 'invalid value "abc" for flag -lock-timeout: parse error'),
    ],
)
def test_an_option_with_a_wrong_value_stops_a_plan(terminal, words, told):
    made = tf(terminal, A)(f"terraform plan {words}")
    assert made.code == 1
    assert told in made.stderr


def test_a_saved_plan_takes_the_value_it_was_made_with_and_no_other(terminal):
    tf(terminal, A)("terraform init; terraform plan -var n=4 -out=p")
    made = terminal("terraform apply -var n=5 p")
    assert "Error: Can't change variable when applying a saved plan" in made.stderr
    assert terminal("terraform apply -var n=4 p").code == 0


def test_a_saved_plan_is_not_narrowed_by_options_and_not_taken_by_destroy(terminal):
    tf(terminal, A)("terraform init; terraform plan -out=p")
    assert "Error: Destroy can't be called with a plan file" in terminal("terraform destroy p").stderr
    assert "1 added" in terminal.out("terraform apply -destroy -target=terraform_data.x p")


def test_a_saved_plan_shows_what_moves(terminal):
    tf(terminal, A)("terraform init; terraform apply -auto-approve")
    terminal('sed -i s/\\"a\\"/\\"b\\"/ main.tf')
    terminal("printf 'moved {\\n  from = terraform_data.a\\n  to = terraform_data.b\\n}\\n' >> main.tf")
    terminal("terraform plan -out=p")
    assert "terraform_data.a has moved to terraform_data.b" in terminal.out("terraform show p")


def test_a_refresh_only_plan_says_nothing_of_what_was_never_made(terminal):
    text = (
        'resource "terraform_data" "a" {\n  count = 1\n}\noutput "o" {\n  value = terraform_data.a[*].id\n}'
    )
    tf(terminal, text)("terraform init; terraform apply -auto-approve; sed -i 's/= 1/= 2/' main.tf")
    assert terminal("terraform plan -refresh-only -detailed-exitcode").code == 0


def test_a_lock_that_says_only_who_gets_the_rest_from_terraform():
    url = "s3://b/k"
    world = world_from({"state": {"terraform": {"locks": {url: {"Who": "kim@laptop"}}}}})
    lock = lock_of(world.part(Stores).locks[url])
    assert (lock.who, lock.path, lock.operation) == ("kim@laptop", "b/k", "OperationTypeApply")
    assert lock.created.startswith("2026-11-23T")


HCLOUD = 'terraform {\n  required_providers {\n    hcloud = { source = "hetznercloud/hcloud" }\n  }\n}\n'
SERVER = HCLOUD + 'resource "hcloud_server" "db" {\n  name  = "db"\n  image = "ubuntu-24.04"\n}\n'


@pytest.mark.parametrize(
    ("line", "replaced"),
    [
        ('ssh_keys = ["oncall"]', True),
        ('user_data = "x"', True),
        ('server_type = "cx32"', False),
        ('labels = { a = "b" }', False),
    ],
)
def test_what_a_server_reads_at_its_first_start_only_needs_a_new_one(line, replaced):
    terminal = Terminal(world_from({"files": {"main.tf": SERVER}}))
    assert terminal("terraform init -input=false && terraform apply -auto-approve").code == 0
    made = terminal(f"sed -i '/image/a \\  {line}' main.tf && terraform plan")
    assert ("# forces replacement" in made.stdout) is replaced
    assert (
        "1 to add, 0 to change, 1 to destroy" if replaced else "0 to add, 1 to change, 0 to destroy"
    ) in made.stdout
