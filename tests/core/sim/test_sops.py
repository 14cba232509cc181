"""sops beyond the recorded session: what is sealed, what breaks the seal, who can still read."""

import pytest

from checkpoint.core.sim.events import GuardrailActed

SECRET = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n"
SECRET += "stringData:\n  # the database\n  password: hunter2\n"
EMPTY = '  note: ""\n'


@pytest.fixture
def keys(terminal):
    """A secret, two keys, and a rule for the first."""
    terminal("age-keygen -o a.key; age-keygen -o b.key; export SOPS_AGE_KEY_FILE=$HOME/a.key")
    terminal("mkdir -p flux/secrets", stdin="")
    terminal(f"cat > flux/secrets/db.yaml <<'END'\n{SECRET}{EMPTY}END")
    terminal(
        "cat > .sops.yaml <<END\ncreation_rules:\n  - path_regex: flux/secrets/.*\\.yaml\n"
        "    encrypted_regex: ^(data|stringData)$\n    age: $(age-keygen -y a.key)\nEND"
    )
    return terminal


@pytest.fixture
def sealed(keys):
    assert keys("sops encrypt -i flux/secrets/db.yaml").code == 0
    return keys


def test_names_stay_readable_values_do_not(sealed):
    text = sealed.out("cat flux/secrets/db.yaml")
    assert "name: db" in text and "hunter2" not in text and "the database" not in text
    assert 'note: ""' in text
    assert (
        sealed.out('sops decrypt --extract \'["stringData"]["password"]\' flux/secrets/db.yaml') == "hunter2"
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("s/password: .*/password: plain/", 25),
        ("/password/s/data:./data:~/", 25),
        ("s/name: db/name: other/", 51),
        ("/^kind/d", 51),
        ("1i # a word", 0),
    ],
)
def test_only_comments_can_be_changed_by_hand(sealed, change, code):
    sealed(f"sed -i '{change}' flux/secrets/db.yaml")
    assert sealed("sops decrypt flux/secrets/db.yaml").code == code


def test_updatekeys_does_not_mend_a_broken_seal(sealed):
    sealed("sed -i 's/name: db/name: other/' flux/secrets/db.yaml")
    sealed('sed -i "s/age: .*/age: $(age-keygen -y b.key)/" .sops.yaml')
    assert sealed("sops updatekeys -y flux/secrets/db.yaml").code == 0
    assert sealed("SOPS_AGE_KEY_FILE=b.key sops decrypt flux/secrets/db.yaml").code == 51
    assert sealed("sops edit flux/secrets/db.yaml").code == 128


def test_rotate_keeps_recipients_and_updatekeys_changes_them(sealed):
    sealed('sed -i "s/age: .*/age: $(age-keygen -y b.key)/" .sops.yaml')
    before = sealed.out("grep password flux/secrets/db.yaml")
    assert sealed("sops rotate -i flux/secrets/db.yaml").code == 0
    assert sealed.out("grep password flux/secrets/db.yaml") != before
    assert sealed("SOPS_AGE_KEY_FILE=b.key sops decrypt flux/secrets/db.yaml").code == 128
    rotated = sealed.out("grep password flux/secrets/db.yaml")
    assert sealed("SOPS_AGE_KEY_FILE=b.key sops updatekeys -y flux/secrets/db.yaml").code == 128
    assert sealed("sops updatekeys -y flux/secrets/db.yaml").code == 0
    assert sealed.out("grep password flux/secrets/db.yaml") == rotated
    assert sealed("sops decrypt flux/secrets/db.yaml").code == 128
    assert sealed("SOPS_AGE_KEY_FILE=b.key sops decrypt flux/secrets/db.yaml").code == 0


def test_values_that_an_edit_leaves_alone_keep_their_ciphertext(sealed):
    sealed('sops set flux/secrets/db.yaml \'["stringData"]["user"]\' \'"app"\'')
    before = sealed.out("grep password flux/secrets/db.yaml")
    sealed("EDITOR='sed -i s/app/admin/' sops edit flux/secrets/db.yaml")
    assert sealed.out("grep password flux/secrets/db.yaml") == before
    assert "user: admin" in sealed.out("sops -d flux/secrets/db.yaml")


def test_what_is_saved_in_the_pages_editor_is_sealed_before_the_next_line(sealed):
    from checkpoint.core.sim.run import Step, step

    opened = sealed("sops flux/secrets/db.yaml").events[-1]
    path = opened.told()["path"]
    text = sealed.world.files.read(path).decode()
    saved = step(sealed.world, Step("write", path=path, content=text.replace("hunter2", "better")))
    sealed.world = step(saved.world, Step("wait", seconds=60)).world
    assert "better" in sealed.out("sops -d flux/secrets/db.yaml")
    assert not sealed.world.files.is_file(path)
    assert "better" not in sealed.out("cat flux/secrets/db.yaml")


def test_without_the_guardrail_the_file_stays_in_clear(keys):
    from dataclasses import replace

    keys.world = replace(keys.world, off=frozenset({"sops-age"}))
    assert keys("sops encrypt -i flux/secrets/db.yaml").code == 0
    assert "hunter2" in keys.out("cat flux/secrets/db.yaml")


def test_options_behind_the_file_are_ignored_with_a_warning_by_the_older_form(keys):
    made = keys("cd /tmp && sops -e ~/flux/secrets/db.yaml --age x")
    assert made.code == 1 and "looks like a flag" in made.stderr


def test_an_option_that_sops_lacks_shows_its_help(keys):
    made = keys("sops decrypt --frob x")
    assert made.code == 1 and made.stdout.startswith(
        "Incorrect Usage: flag provided but not defined: -frob\n"
    )
    assert keys("sops decrypt --keyservice x y").code == 2


def test_other_formats_come_back(keys):
    keys("rm .sops.yaml")
    keys("printf '{\"a\": \"x\"}' > j.json; printf 'A=1\\n#c\\n' > .env; echo text > t.bin")
    for name in ("j.json", ".env", "t.bin"):
        before = keys.out(f"cat {name}")
        assert keys(f"sops -e -i --age $(age-keygen -y a.key) {name}").code == 0
        assert before not in keys.out(f"cat {name}")
        assert "".join(keys.out(f"sops -d {name}").split()) == "".join(before.split())


@pytest.mark.parametrize("variant", ["baseline", "hardened"])
def test_the_script_leaves_an_encrypted_secret_and_no_draft(variant):
    from checkpoint.core.sim.start import world_from
    from tests.core.sim.conftest import Terminal

    script = {"external": "scripts/sops-encrypt-secret.sh", "variant": variant}
    terminal = Terminal(world_from({"files": {"flux/secrets/develop/.keep": "", "s.sh": script}}))
    terminal("age-keygen -o k; export SOPS_AGE_KEY_FILE=$HOME/k")
    terminal(
        'printf "creation_rules:\\n  - encrypted_regex: ^stringData$\\n" > .sops.yaml;'
        'echo "    age: $(age-keygen -y k)" >> .sops.yaml'
    )
    assert terminal("bash s.sh develop").code == 1
    assert terminal("echo n | EDITOR=true bash s.sh develop db").code == 1
    made = terminal("echo y | EDITOR='sed -i s/value/secret/' bash s.sh develop db")
    assert made.code == 0, made.stderr
    acted = [one for one in made.events if isinstance(one, GuardrailActed)]
    assert [(one.guardrail, one.stage, one.result) for one in acted] == [
        ("sops-age", "workstation", "passed")
    ]
    assert terminal.out("ls flux/secrets/develop") == "db.yaml\n"
    assert "KEY: ENC[" in terminal.out("cat flux/secrets/develop/db.yaml")
    assert "KEY: secret" in terminal.out("sops -d flux/secrets/develop/db.yaml")


def test_each_of_several_recipients_of_a_flat_file_can_open_it(terminal):
    terminal("age-keygen -o k1; age-keygen -o k2; printf 'A=1\\n' > a.env")
    terminal("sops encrypt --age $(age-keygen -y k1),$(age-keygen -y k2) a.env > b.env")
    for key in ("k1", "k2"):
        assert terminal.out(f"SOPS_AGE_KEY_FILE={key} sops -d b.env") == "A=1\n"


def test_options_may_follow_the_file_of_a_subcommand_but_not_of_the_older_form(terminal):
    terminal("age-keygen -o k; printf 'a: 1\\n' > a.yaml; export SOPS_AGE_KEY_FILE=k")
    terminal("sops encrypt --age $(age-keygen -y k) -i a.yaml")
    assert terminal.out("sops decrypt a.yaml --output-type json") == '{\n\t"a": 1\n}\n'
    assert "Only the first one will be used!" in terminal("sops -d a.yaml --output-type json").stderr


def test_a_rule_and_an_option_may_not_choose_values_differently(terminal):
    terminal("age-keygen -o k; printf 'a: 1\\n' > a.yaml")
    terminal('printf "creation_rules:\\n- age: $(age-keygen -y k)\\n  encrypted_regex: a\\n" > .sops.yaml')
    made = terminal("sops encrypt --unencrypted-suffix _x a.yaml")
    assert made.code == 8
    assert made.stderr.startswith("Error: cannot use more than one of encrypted_suffix")


def test_a_command_gets_the_entries_of_a_file_in_its_environment(terminal):
    terminal("age-keygen -o k; printf 'TOKEN=abc\\n' > a.env; export SOPS_AGE_KEY_FILE=k")
    terminal("sops encrypt --age $(age-keygen -y k) -i a.env")
    assert terminal.out("sops exec-env a.env 'echo $TOKEN'") == "abc\n"
