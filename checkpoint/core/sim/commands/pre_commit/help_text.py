"""The usage texts of pre-commit 4.7.0, in the words of its own help."""

# ruff: noqa: E501

HELP = {
    "": """\
usage: pre-commit [-h] [-V]
                  {autoupdate,clean,gc,hazmat,init-templatedir,install,install-hooks,migrate-config,run,sample-config,try-repo,uninstall,validate-config,validate-manifest,help,hook-impl}
                  ...

positional arguments:
  {autoupdate,clean,gc,hazmat,init-templatedir,install,install-hooks,migrate-config,run,sample-config,try-repo,uninstall,validate-config,validate-manifest,help,hook-impl}
    autoupdate          Auto-update pre-commit config to the latest repos'
                        versions.
    clean               Clean out pre-commit files.
    gc                  Clean unused cached repos.
    hazmat              Composable tools for rare use in hook `entry`.
    init-templatedir    Install hook script in a directory intended for use
                        with `git config init.templateDir`.
    install             Install the pre-commit script.
    install-hooks       Install hook environments for all environments in the
                        config file. You may find `pre-commit install
                        --install-hooks` more useful.
    migrate-config      Migrate list configuration to new map configuration.
    run                 Run hooks.
    sample-config       Produce a sample .pre-commit-config.yaml file
    try-repo            Try the hooks in a repository, useful for developing
                        new hooks.
    uninstall           Uninstall the pre-commit script.
    validate-config     Validate .pre-commit-config.yaml files
    validate-manifest   Validate .pre-commit-hooks.yaml files
    help                Show help for a specific command.

options:
  -h, --help            show this help message and exit
  -V, --version         show program's version number and exit
""",
    "run": """\
usage: pre-commit run [-h] [--color {auto,always,never}] [-c CONFIG]
                      [--verbose] [--all-files | --files [FILES ...]]
                      [--show-diff-on-failure] [--fail-fast]
                      [--hook-stage {commit-msg,post-checkout,post-commit,post-merge,post-rewrite,pre-commit,pre-merge-commit,pre-push,pre-rebase,prepare-commit-msg,manual}]
                      [--remote-branch REMOTE_BRANCH]
                      [--local-branch LOCAL_BRANCH] [--from-ref FROM_REF]
                      [--to-ref TO_REF]
                      [--pre-rebase-upstream PRE_REBASE_UPSTREAM]
                      [--pre-rebase-branch PRE_REBASE_BRANCH]
                      [--commit-msg-filename COMMIT_MSG_FILENAME]
                      [--prepare-commit-message-source PREPARE_COMMIT_MESSAGE_SOURCE]
                      [--commit-object-name COMMIT_OBJECT_NAME]
                      [--remote-name REMOTE_NAME] [--remote-url REMOTE_URL]
                      [--checkout-type CHECKOUT_TYPE]
                      [--is-squash-merge IS_SQUASH_MERGE]
                      [--rewrite-command REWRITE_COMMAND]
                      [hook]

positional arguments:
  hook                  A single hook-id to run

options:
  -h, --help            show this help message and exit
  --color {auto,always,never}
                        Whether to use color in output. Defaults to `auto`.
  -c CONFIG, --config CONFIG
                        Path to alternate config file
  --verbose, -v
  --all-files, -a       Run on all the files in the repo.
  --files [FILES ...]   Specific filenames to run hooks on.
  --show-diff-on-failure
                        When hooks fail, run `git diff` directly afterward.
  --fail-fast           Stop after the first failing hook.
  --hook-stage {commit-msg,post-checkout,post-commit,post-merge,post-rewrite,pre-commit,pre-merge-commit,pre-push,pre-rebase,prepare-commit-msg,manual}
                        The stage during which the hook is fired. One of
                        commit-msg, post-checkout, post-commit, post-merge,
                        post-rewrite, pre-commit, pre-merge-commit, pre-push,
                        pre-rebase, prepare-commit-msg, manual
  --remote-branch REMOTE_BRANCH
                        Remote branch ref used by `git push`.
  --local-branch LOCAL_BRANCH
                        Local branch ref used by `git push`.
  --from-ref FROM_REF, --source FROM_REF, -s FROM_REF
                        (for usage with `--to-ref`) -- this option represents
                        the original ref in a `from_ref...to_ref` diff
                        expression. For `pre-push` hooks, this represents the
                        branch you are pushing to. For `post-checkout` hooks,
                        this represents the branch that was previously checked
                        out.
  --to-ref TO_REF, --origin TO_REF, -o TO_REF
                        (for usage with `--from-ref`) -- this option
                        represents the destination ref in a
                        `from_ref...to_ref` diff expression. For `pre-push`
                        hooks, this represents the branch being pushed. For
                        `post-checkout` hooks, this represents the branch that
                        is now checked out.
  --pre-rebase-upstream PRE_REBASE_UPSTREAM
                        The upstream from which the series was forked.
  --pre-rebase-branch PRE_REBASE_BRANCH
                        The branch being rebased, and is not set when rebasing
                        the current branch.
  --commit-msg-filename COMMIT_MSG_FILENAME
                        Filename to check when running during `commit-msg`
  --prepare-commit-message-source PREPARE_COMMIT_MESSAGE_SOURCE
                        Source of the commit message (typically the second
                        argument to .git/hooks/prepare-commit-msg)
  --commit-object-name COMMIT_OBJECT_NAME
                        Commit object name (typically the third argument to
                        .git/hooks/prepare-commit-msg)
  --remote-name REMOTE_NAME
                        Remote name used by `git push`.
  --remote-url REMOTE_URL
                        Remote url used by `git push`.
  --checkout-type CHECKOUT_TYPE
                        Indicates whether the checkout was a branch checkout
                        (changing branches, flag=1) or a file checkout
                        (retrieving a file from the index, flag=0).
  --is-squash-merge IS_SQUASH_MERGE
                        During a post-merge hook, indicates whether the merge
                        was a squash merge
  --rewrite-command REWRITE_COMMAND
                        During a post-rewrite hook, specifies the command that
                        invoked the rewrite
""",
    "install": """\
usage: pre-commit install [-h] [--color {auto,always,never}] [-c CONFIG] [-f]
                          [--install-hooks]
                          [-t {commit-msg,post-checkout,post-commit,post-merge,post-rewrite,pre-commit,pre-merge-commit,pre-push,pre-rebase,prepare-commit-msg}]
                          [--allow-missing-config]

options:
  -h, --help            show this help message and exit
  --color {auto,always,never}
                        Whether to use color in output. Defaults to `auto`.
  -c CONFIG, --config CONFIG
                        Path to alternate config file
  -f, --overwrite       Overwrite existing hooks / remove migration mode.
  --install-hooks       Whether to install hook environments for all
                        environments in the config file.
  -t {commit-msg,post-checkout,post-commit,post-merge,post-rewrite,pre-commit,pre-merge-commit,pre-push,pre-rebase,prepare-commit-msg}, --hook-type {commit-msg,post-checkout,post-commit,post-merge,post-rewrite,pre-commit,pre-merge-commit,pre-push,pre-rebase,prepare-commit-msg}
  --allow-missing-config
                        Whether to allow a missing `pre-commit` configuration
                        file or exit with a failure code.
""",
    "uninstall": """\
usage: pre-commit uninstall [-h] [--color {auto,always,never}] [-c CONFIG]
                            [-t {commit-msg,post-checkout,post-commit,post-merge,post-rewrite,pre-commit,pre-merge-commit,pre-push,pre-rebase,prepare-commit-msg}]

options:
  -h, --help            show this help message and exit
  --color {auto,always,never}
                        Whether to use color in output. Defaults to `auto`.
  -c CONFIG, --config CONFIG
                        Path to alternate config file
  -t {commit-msg,post-checkout,post-commit,post-merge,post-rewrite,pre-commit,pre-merge-commit,pre-push,pre-rebase,prepare-commit-msg}, --hook-type {commit-msg,post-checkout,post-commit,post-merge,post-rewrite,pre-commit,pre-merge-commit,pre-push,pre-rebase,prepare-commit-msg}
""",
    "install-hooks": """\
usage: pre-commit install-hooks [-h] [--color {auto,always,never}] [-c CONFIG]

options:
  -h, --help            show this help message and exit
  --color {auto,always,never}
                        Whether to use color in output. Defaults to `auto`.
  -c CONFIG, --config CONFIG
                        Path to alternate config file
""",
    "validate-config": """\
usage: pre-commit validate-config [-h] [--color {auto,always,never}]
                                  [filenames ...]

positional arguments:
  filenames

options:
  -h, --help            show this help message and exit
  --color {auto,always,never}
                        Whether to use color in output. Defaults to `auto`.
""",
    "clean": """\
usage: pre-commit clean [-h] [--color {auto,always,never}]

options:
  -h, --help            show this help message and exit
  --color {auto,always,never}
                        Whether to use color in output. Defaults to `auto`.
""",
    "gc": """\
usage: pre-commit gc [-h] [--color {auto,always,never}]

options:
  -h, --help            show this help message and exit
  --color {auto,always,never}
                        Whether to use color in output. Defaults to `auto`.
""",
    "migrate-config": """\
usage: pre-commit migrate-config [-h] [--color {auto,always,never}]
                                 [-c CONFIG]

options:
  -h, --help            show this help message and exit
  --color {auto,always,never}
                        Whether to use color in output. Defaults to `auto`.
  -c CONFIG, --config CONFIG
                        Path to alternate config file
""",
    "sample-config": """\
usage: pre-commit sample-config [-h] [--color {auto,always,never}]

options:
  -h, --help            show this help message and exit
  --color {auto,always,never}
                        Whether to use color in output. Defaults to `auto`.
""",
}
"""By subcommand; the empty one is of pre-commit itself."""


def usage(name: str) -> str:
    """The lines of a help text that stand above its first blank one."""
    return HELP[name].partition("\n\n")[0]
