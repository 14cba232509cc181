"""The course's hooks and make targets, all of them, in a clone of its repository."""

from pathlib import Path

import pytest

from checkpoint.core.sim.start import world_from
from tests.core.sim.conftest import GITCONFIG, Terminal

START = Path(__file__).parents[3] / "lessons/checkpoint-a/worlds/repository/start/sre"
HOOKS = """\
default_install_hook_types: [pre-commit, pre-push, pre-merge-commit, prepare-commit-msg]
repos:
  - repo: local
    hooks:
      - id: master-branch-check
        name: Protected branch guard
        entry: scripts/pre-commit-master-check.sh --protected=master --protected=main
        language: script
        always_run: true
        pass_filenames: false
        stages: [pre-commit, pre-push, pre-merge-commit]
      - id: prevent-amend-after-push
        name: Prevent amending pushed commits
        entry: scripts/prevent-amend-after-push.sh
        language: script
        always_run: true
        pass_filenames: false
        stages: [prepare-commit-msg]
      - id: flux-kustomize-validate
        name: Flux kustomize validate
        entry: scripts/flux-kustomize-validate.sh
        language: script
        files: ^flux/.*\\.ya?ml$
        stages: [pre-commit]
      - id: terraform-fmt
        name: Terraform format check
        entry: terraform fmt -recursive -diff -check
        language: system
        files: \\.tf$
        pass_filenames: false
        stages: [pre-commit]
      - id: terraform-validate
        name: Terraform validate
        entry: scripts/terraform-validate.sh
        language: script
        files: \\.(tf|tfvars)$
        pass_filenames: false
        stages: [pre-commit]
      - id: terraform-security
        name: Terraform security scan
        entry: scripts/terraform-security.sh
        language: script
        files: \\.(tf|tfvars)$
        pass_filenames: false
        stages: [pre-commit]
      - id: no-secrets
        name: Block sensitive files
        entry: scripts/block-secrets.sh
        language: script
        files: (kubeconfig|\\.key$|\\.pem$|credentials|\\.env$)
        stages: [pre-commit]
      - id: sops-encrypted
        name: Secrets are encrypted
        entry: scripts/check-sops-encrypted.sh
        language: script
        files: ^flux/secrets/.*\\.ya?ml$
        stages: [pre-commit]
  - repo: https://github.com/koalaman/shellcheck-precommit
    rev: v0.10.0
    hooks:
      - id: shellcheck
        args: [--severity=warning]
        files: \\.sh$
        stages: [pre-commit]
  - repo: https://github.com/adrienverge/yamllint
    rev: v1.35.1
    hooks:
      - id: yamllint
        args: [-d, relaxed]
        files: \\.ya?ml$
        stages: [pre-commit]
"""
SCRIPTS = ("block-secrets", "flux-kustomize-validate", "pre-commit-master-check", "prevent-amend-after-push")
MAIN = 'resource "terraform_data" "cluster" {\n  input = 3\n}\n'
MADE = {
    ".pre-commit-config.yaml": HOOKS,
    "infra/terraform/hcloud_cluster/main.tf": MAIN,
    "flux/apps/web/kustomization.yaml": "resources: [deploy.yaml]\n",
    "flux/apps/web/deploy.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n",
}


def repository() -> Terminal:
    names = [f"scripts/{name}.sh" for name in (*SCRIPTS, "terraform-validate", "terraform-security")]
    files = {f"sre/{name}": {"mode": 0o755, "text": (START / name).read_text()} for name in names}
    guard = {"mode": 0o755, "external": "scripts/guard-terraform-plan.sh"}
    files |= {f"sre/{name}": text for name, text in MADE.items()}
    check = {"mode": 0o755, "external": "scripts/check-sops-encrypted.sh"}
    files |= {"sre/scripts/guard-terraform-plan.sh": guard, "sre/scripts/check-sops-encrypted.sh": check}
    files[".gitconfig"] = GITCONFIG
    files["sre/Makefile"] = (START / "Makefile").read_text()
    terminal = Terminal(world_from({"files": files}))
    terminal("cd sre; git init -q; git add .; git commit -qm Start; git init -q --bare ../origin.git")
    terminal("git remote add origin ../origin.git; git push -q origin main; make install-hooks")
    terminal("git switch -qc feature/x")
    return terminal


def result(made, name: str) -> str:
    row = next(line for line in (made.stdout + made.stderr).split("\n") if line.startswith(name))
    return row.rpartition(".")[2].rpartition(")")[2]


def test_make_installs_all_four_kinds_of_hooks():
    terminal = repository()
    assert terminal.out("ls .git/hooks | grep -v sample").split() == [
        *("pre-commit", "pre-merge-commit", "pre-push", "prepare-commit-msg")
    ]


@pytest.mark.parametrize(
    ("change", "hook"),
    [
        ("git switch -q main; echo x > a.txt", "Protected branch guard"),
        ("echo 'a: [' > flux/apps/web/deploy.yaml", "Flux kustomize validate"),
        ("sed -i 's/  input = 3/ input=3/' infra/terraform/hcloud_cluster/main.tf", "Terraform format check"),
        ("sed -i 's/input = 3/input = var.x/' infra/terraform/hcloud_cluster/main.tf", "Terraform validate"),
        ("echo x > test.env", "Block sensitive files"),
        ("mkdir -p flux/secrets/a; echo 'data: {k: eHg=}' > flux/secrets/a/k.yaml", "Secrets are encrypted"),
        ("echo 'if true' > scripts/a.sh", "ShellCheck v0.10.0"),
        ("printf 'a: 1\\na: 2\\n' > flux/apps/web/deploy.yaml", "yamllint"),
    ],
)
def test_each_hook_stops_what_it_is_there_for(change, hook):
    terminal = repository()
    made = terminal(f"{change}; git add .; git commit -m Change")
    assert made.code == 1
    assert result(made, hook) == "Failed"


def test_a_sound_change_passes_every_hook_and_is_pushed():
    terminal = repository()
    terminal("sed -i 's/input = 3/input = 4/' infra/terraform/hcloud_cluster/main.tf; git add .")
    made = terminal("git commit -m Change")
    assert made.code == 0, made.stderr
    assert result(made, "Terraform security scan") == "Passed"
    assert terminal("git push -q origin feature/x").code == 0


def test_a_commit_that_was_pushed_is_not_amended_and_one_that_was_not_is():
    terminal = repository()
    terminal("echo x > a.txt; git add .; git commit -qm X")
    assert terminal("git commit --amend --no-edit").code == 0
    terminal("git push -q origin feature/x; git fetch -q")
    made = terminal("git commit --amend --no-edit --no-verify")
    assert made.code == 1 and "AMEND BLOCKED" in made.stderr


def test_a_bypassed_commit_on_main_is_stopped_at_the_push_and_may_be_skipped_there_too():
    terminal = repository()
    terminal("git switch -q main; echo x > a.txt; git add .")
    made = terminal("git commit --no-verify -m X")
    told = [event.told() for event in made.events]
    assert {"guardrail": "pre-commit", "result": "bypassed"}.items() <= told[0].items()
    assert terminal("git push -q origin main").code == 1
    made = terminal("SKIP=master-branch-check git push -q origin main")
    assert made.code == 0
    assert [event.told()["about"] for event in made.events if event.kind == "guardrail"] == [
        "SKIP=master-branch-check"
    ]


def test_a_push_past_its_hook_is_a_bypass():
    terminal = repository()
    terminal("git switch -q main; echo x > a.txt; git add .; git commit -qnm X")
    made = terminal("git push -q --no-verify origin main")
    assert made.code == 0
    assert [event.told()["about"] for event in made.events if event.kind == "guardrail"] == [
        "pre-push --no-verify"
    ]


def test_the_targets_for_terraform_go_through_the_guard():
    terminal = repository()
    assert terminal("make hcloud-apply").code == 2
    assert terminal("make hcloud-plan && make hcloud-apply").code == 0
    assert terminal("make hcloud-drift").code == 0
    assert "help: list the targets" in terminal.out("make help")


SEALED = "stringData: {k: 'ENC[AES256_GCM,data:x]', empty: ''}\nsops: {mac: x}\n"
CLEAR = "stringData: {token: hunter2, n: 5}\n"


def checked(files: dict[str, str], words: str = ""):
    """The check over files below flux/secrets, and what it reports to goals and debriefs."""
    terminal = Terminal(
        world_from(
            {
                "files": {f"flux/secrets/{path}": text for path, text in files.items()}
                | {"check.sh": {"mode": 0o755, "external": "check-sops-encrypted.sh"}}
            }
        )
    )
    made = terminal(f"./check.sh {words}")
    acted = [(event.guardrail, event.result) for event in made.events if event.kind == "guardrail"]
    return made, acted


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a/x.yaml": CLEAR}, ["no sops: block", "value of token", "value of n"]),
        ({"a/x.yaml": CLEAR + "sops: {mac: x}\n"}, ["value of token"]),
        ({"a/x.yaml": "data: {k: 'ENC[x]'}\n"}, ["no sops: block"]),
        ({"a/x.yaml": f"{SEALED}---\n{CLEAR}"}, ["no sops: block", "value of token"]),
        ({"a/x.yaml": "a: [\n"}, ["no sops: block"]),
        ({"a/x.yaml": ""}, ["no sops: block"]),
        ({"a/y.yaml": SEALED, "a/x.yml": CLEAR}, ["a/x.yml"]),
    ],
)
def test_a_secret_in_clear_is_named_by_file_and_key_and_never_by_its_value(files, said):
    made, acted = checked(files)
    assert made.code == 1 and all(part in made.stdout for part in said), made.stdout
    assert "hunter2" not in made.stdout + made.stderr
    assert acted == [("sops-age", "caught")]


def test_what_is_sealed_passes_and_templates_and_lists_are_left_out():
    files = {"a/x.yaml": SEALED, "a/x.yaml.example": CLEAR, "a/kustomization.yaml": "resources: []\n"}
    made, acted = checked(files)
    assert (made.code, made.stdout, acted) == (0, "", [("sops-age", "passed")])


def test_a_file_elsewhere_is_no_business_of_the_check():
    made, acted = checked({"a/x.yaml": CLEAR}, "check.sh")
    assert (made.code, acted) == (0, [])
