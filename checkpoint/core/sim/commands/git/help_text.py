"""What `git NAME -h` prints: synopsis and names are git 2.39's, the meanings are ours and are read from here."""

# ruff: noqa: E501

TEXTS = {
    "add": """\
usage: git add [<options>] [--] <pathspec>...

    -n, --dry-run         only show what would be staged
    -v, --verbose         name each file that is staged

    -i, --interactive     choose from a menu what to stage
    -p, --patch           choose parts of the change one by one
    -e, --edit            change the diff in an editor, then stage it
    -f, --force           stage files although .gitignore names them
    -u, --update          stage what changed in files git knows
    --renormalize         stage tracked files again with tidied line ends
    -N, --intent-to-add   note that a file will come, without content
    -A, --all             stage whatever is new, changed or deleted
    --ignore-removal      leave deleted files out (like --no-all)
    --refresh             stage nothing, renew what is noted of files
    --ignore-errors       go on when a file can't be staged
    --ignore-missing      with -n: tell of ignored paths, even absent ones
    --sparse              stage files beyond the sparse checkout too
    --chmod (+|-)x        stage files as executable (+x) or not (-x)
    --pathspec-from-file <file>
                          take the paths from this file
    --pathspec-file-nul   paths in that file end with NUL bytes

""",
    "blame": """\
usage: git blame [<options>] [<rev-opts>] [<rev>] [--] <file>

    <rev-opts> choose commits, see `git help rev-list`

    --incremental         print each finding once it is made
    -b                    print blanks for commits at the history's edge
    --root                count a first commit like any other
    --show-stats          tell in the end how much work it was
    --progress            tell how far it is, even off a terminal
    --score-debug         print the scores of moved and copied lines
    -f, --show-name       name the file a line came from
    -n, --show-number     print the number a line had in its commit
    -p, --porcelain       print it in a form for scripts
    --line-porcelain      like -p, the whole commit at each line
    -c                    print it the way git annotate does
    -t                    print times in seconds since 1970
    -l                    print hashes in full length
    -s                    leave out who wrote it and when
    -e, --show-email      print email addresses in place of names
    -w                    changed spaces count as no change
    --ignore-rev <rev>    look past what the commit <rev> changed
    --ignore-revs-file <file>
                          look past each commit that <file> lists
    --color-lines         colour what repeats from the line above
    --color-by-age        colour lines by how new they are
    --minimal             take more time for a smaller difference
    -S <file>             walk the commits that <file> lists
    --contents <file>     take the lines of <file> as the newest ones
    -C[<score>]           find lines copied in a file or from others
    -M[<score>]           find lines moved about in a file
    -L <range>            <start>,<end> or :<funcname>, no other lines
    --abbrev[=<n>]        shorten hashes to <n> digits or little more

""",
    "branch": """\
usage: git branch [<options>] [-r | -a] [--merged] [--no-merged]
   or: git branch [<options>] [-f] [--recurse-submodules] <branch-name> [<start-point>]
   or: git branch [<options>] [-l] [<pattern>...]
   or: git branch [<options>] [-r] (-d | -D) <branch-name>...
   or: git branch [<options>] (-m | -M) [<old-branch>] <new-branch>
   or: git branch [<options>] (-c | -C) [<old-branch>] <new-branch>
   or: git branch [<options>] [-r | -a] [--points-at]
   or: git branch [<options>] [-r | -a] [--format]

For listing and changing
    -v, --verbose         show each newest commit too; -vv adds the upstream
    -q, --quiet           tell of nothing but errors
    -t, --track[=(direct|inherit)]
                          set which branch the new one follows
    -u, --set-upstream-to <upstream>
                          follow <upstream> from now on
    --unset-upstream      follow no branch any more
    --color[=<when>]      colour the list: always, never or auto
    -r, --remotes         take remote-tracking branches, not your own
    --contains <commit>   only branches with this commit in their history
    --no-contains <commit>
                          only branches without this commit in their history
    --abbrev[=<n>]        shorten hashes to <n> digits or little more

What to do with branches:
    -a, --all             list your own and remote-tracking ones together
    -d, --delete          remove a branch whose work is merged
    -D                    remove a branch, merged or not
    -m, --move            rename a branch, its reflog too
    -M                    rename a branch over one of that name
    -c, --copy            duplicate a branch, its reflog too
    -C                    duplicate a branch over one of that name
    -l, --list            list branches, or those that fit a pattern
    --show-current        name the branch you are on
    --create-reflog       keep note of where the branch has been
    --edit-description    write in an editor what the branch is for
    -f, --force           go on although it exists or isn't merged
    --merged <commit>     only branches whose work <commit> has already
    --no-merged <commit>  only branches with work that <commit> lacks
    --column[=<style>]    put several names on a line
    --sort <key>          order by this field, such as -committerdate
    --points-at <object>  only branches that end at <object>
    -i, --ignore-case     take small and capital letters as equal
    --recurse-submodules  make the branch in submodules too
    --format <format>     print each branch in this form

""",
    "cat-file": """\
usage: git cat-file <type> <object>
   or: git cat-file (-e | -p) <object>
   or: git cat-file (-t | -s) [--allow-unknown-type] <object>
   or: git cat-file (--batch | --batch-check | --batch-command) [--batch-all-objects]
                    [--buffer] [--follow-symlinks] [--unordered]
                    [--textconv | --filters] [-z]
   or: git cat-file (--textconv | --filters)
                    [<rev>:<path|tree-ish> | --path=<path|tree-ish> <rev>]

Look at one object
    -e                    tell by the exit code whether it is there
    -p                    print it in a form for people

Ask what an object is
    -t                    print its kind: blob, tree, commit or tag
    -s                    print how many bytes it has
    --allow-unknown-type  let -s and -t take kinds git doesn't know
    --use-mailmap         put names right by the file .mailmap
    --mailmap             the same as --use-mailmap

Many objects, named on standard input
    --batch[=<format>]    print hash, kind, size and all of each
    --batch-check[=<format>]
                          print hash, kind and size of each
    -z                    names on standard input end with NUL
    --batch-command[=<format>]
                          take orders from standard input, such as info HASH
    --batch-all-objects   take each object there is, ignore standard input

How to print many objects
    --buffer              write in large pieces, which is faster
    --follow-symlinks     go through symbolic links inside a tree
    --unordered           print them in whatever order is fastest

Converted contents, of one object or many
    --textconv            convert it to text as diffs do
    --filters             convert it as for the working tree
    --path blob|tree      the path that decides how (not in batches)

""",
    "check-ignore": """\
usage: git check-ignore [<options>] <pathname>...
   or: git check-ignore [<options>] --stdin

    -q, --quiet           print nothing; the exit code tells
    -v, --verbose         name the rule that fits, and its file

    --stdin               take the paths from standard input
    -z                    end paths with NUL, in and out
    -n, --non-matching    with -v: print paths that no rule fits
    --no-index            try the rules on tracked files too

""",
    "checkout": """\
usage: git checkout [<options>] <branch>
   or: git checkout [<options>] [<branch>] -- <file>...

    -b <branch>           make a branch and switch to it
    -B <branch>           like -b, but move a branch already there
    -l                    keep a reflog for the branch you make
    --guess               make a missing branch from a remote's (usual)
    --overlay             keep files that the source hasn't (usual)
    -q, --quiet           tell of nothing but errors
    --recurse-submodules[=<checkout>]
                          bring submodules to the right commit too
    --progress            tell how far it is, even off a terminal
    -m, --merge           take local changes along by merging them
    --conflict <style>    how conflicts are marked: merge, diff3 or zdiff3
    -d, --detach          stand on the commit itself, on no branch
    -t, --track[=(direct|inherit)]
                          set which branch the new one follows
    -f, --force           switch and lose your local changes
    --orphan <new-branch>
                          begin a branch that has no history
    --overwrite-ignore    ignored files may be overwritten (usual)
    --ignore-other-worktrees
                          take a branch that another worktree is on
    -2, --ours            in conflicts take the side you are on
    -3, --theirs          in conflicts take the side that comes in
    -p, --patch           choose parts of the change one by one
    --ignore-skip-worktree-bits
                          take files beyond the sparse checkout too
    --pathspec-from-file <file>
                          take the paths from this file
    --pathspec-file-nul   paths in that file end with NUL bytes

""",
    "cherry-pick": """\
usage: git cherry-pick [--edit] [-n] [-m <parent-number>] [-s] [-x] [--ff]
                       [-S[<keyid>]] <commit>...
   or: git cherry-pick (--continue | --skip | --abort | --quit)

    --quit                stop here and leave everything as it is
    --continue            go on once the conflict is settled
    --abort               stop and go back to the beginning
    --skip                leave this commit out and go on
    --cleanup <mode>      what to tidy away in the message
    -n, --no-commit       change files and index, but commit nothing
    -e, --edit            open the message in an editor first
    -s, --signoff         end the message with your Signed-off-by line
    -m, --mainline <parent-number>
                          the merge's parent to compare with, from 1
    --rerere-autoupdate   stage what was settled as the last time
    --strategy <strategy>
                          how to merge, such as ort
    -X, --strategy-option <option>
                          tell that way of merging how
    -S, --gpg-sign[=<key-id>]
                          sign it with your GPG key
    -x                    name the copied commit in the message
    --ff                  just move on where it comes next anyway
    --allow-empty         keep commits that were empty from the start
    --allow-empty-message
                          keep commits that have no message
    --keep-redundant-commits
                          keep commits that change nothing here

""",
    "clean": """\
usage: git clean [-d] [-f] [-i] [-n] [-q] [-e <pattern>] [-x | -X] [--] [<pathspec>...]

    -q, --quiet           name no deleted files, only errors
    -n, --dry-run         only show what would be deleted
    -f, --force           really delete, which is refused without it
    -i, --interactive     ask what to delete
    -d                    go into untracked folders, delete them too
    -e, --exclude <pattern>
                          spare what fits <pattern> as well
    -x                    delete ignored files as well
    -X                    delete ignored files and no others

""",
    "clone": """\
usage: git clone [<options>] [--] <repo> [<dir>]

    -v, --verbose         say more about what happens
    -q, --quiet           tell of nothing but errors
    --progress            tell how far it is, even off a terminal
    --reject-shallow      refuse a source whose history is cut short
    -n, --no-checkout     leave the working tree empty
    --bare                make a repository without a working tree
    --mirror              make a bare one with every ref alike
    -l, --local           the source is on this machine: copy files
    --no-hardlinks        copy files instead of linking them
    -s, --shared          use the source's objects without copying them
    --recurse-submodules[=<pathspec>]
                          clone submodules as well
    --recursive[=<pathspec>]
                          the same as --recurse-submodules
    -j, --jobs <n>        clone so many submodules at a time
    --template <template-directory>
                          a folder of files to begin .git with
    --reference <repo>    borrow objects from a repository near by
    --reference-if-able <repo>
                          the same, but go on if it's missing
    --dissociate          copy in the end what --reference lent
    -o, --origin <name>   call the remote <name>, not origin
    -b, --branch <branch>
                          begin on <branch>, not on the remote's own
    -u, --upload-pack <path>
                          where git-upload-pack is on the other machine
    --depth <depth>       have only so many of the newest commits
    --shallow-since <time>
                          have only the history after this time
    --shallow-exclude <revision>
                          have no history that <revision> leads to
    --single-branch       have the history of one branch alone
    --no-tags             have no tags, nor in later fetches
    --shallow-submodules  have only the newest commit of submodules
    --separate-git-dir <gitdir>
                          keep .git there, away from the files
    -c, --config <key=value>
                          a setting for the new repository
    --server-option <server-specific>
                          send this word along to the server
    -4, --ipv4            connect by IPv4 alone
    -6, --ipv6            connect by IPv6 alone
    --filter <args>       leave some objects out, such as blob:none
    --also-filter-submodules
                          leave them out in submodules too
    --remote-submodules   take submodules where their remote branch is now
    --sparse              begin with the top folder's files alone
    --bundle-uri <uri>    load bundles from here before asking the remote

""",
    "commit": """\
usage: git commit [-a | --interactive | --patch] [-s] [-v] [-u<mode>] [--amend]
                  [--dry-run] [(-c | -C | --squash) <commit> | --fixup [(amend|reword):]<commit>)]
                  [-F <file> | -m <msg>] [--reset-author] [--allow-empty]
                  [--allow-empty-message] [--no-verify] [-e] [--author=<author>]
                  [--date=<date>] [--cleanup=<mode>] [--[no-]status]
                  [-i | -o] [--pathspec-from-file=<file> [--pathspec-file-nul]]
                  [(--trailer <token>[(=|:)<value>])...] [-S[<keyid>]]
                  [--] [<pathspec>...]

    -q, --quiet           don't sum up what was committed
    -v, --verbose         show the diff below the message in the editor

The message and its author
    -F, --file <file>     take the message from this file
    --author <author>     name somebody else as the author
    --date <date>         say when it was written
    -m, --message <message>
                          the message; each further one is a paragraph
    -c, --reedit-message <commit>
                          begin with that commit's message, in the editor
    -C, --reuse-message <commit>
                          take over that commit's message and author
    --fixup [(amend|reword):]commit
                          a correction that autosquash folds into that commit
    --squash <commit>     like --fixup, but join both messages
    --reset-author        make you the author (with -C, -c, --amend)
    --trailer <trailer>   add a line such as Reviewed-by at the end
    -s, --signoff         end the message with your Signed-off-by line
    -t, --template <file>
                          begin the message with this file's text
    -e, --edit            open the editor although there is a message
    --cleanup <mode>      what to tidy away in the message
    --status              list the changes in the editor, as comments
    -S, --gpg-sign[=<key-id>]
                          sign it with your GPG key

What goes into the commit
    -a, --all             stage changed and deleted tracked files first
    -i, --include         commit these files besides what is staged
    --interactive         choose from a menu what to commit
    -p, --patch           choose parts of the change one by one
    -o, --only            commit these files, leave other staged ones out
    -n, --no-verify       skip two hooks: pre-commit and commit-msg
    --dry-run             only show what would go in
    --short               a dry run, told in short form
    --branch              name the branch in the short form
    --ahead-behind        count commits ahead of and behind the upstream
    --porcelain           a dry run, told in a form for scripts
    --long                a dry run, told in full sentences (usual)
    -z, --null            end names with NUL, not with newlines
    --amend               put a new commit in the last one's place
    --no-post-rewrite     skip the hook post-rewrite
    -u, --untracked-files[=<mode>]
                          list untracked files: no, normal, all (usual)
    --pathspec-from-file <file>
                          take the paths from this file
    --pathspec-file-nul   paths in that file end with NUL bytes

""",
    "config": """\
usage: git config [<options>]

Where to read and write
    --global              your own settings, in ~/.gitconfig
    --system              everybody's settings on this machine
    --local               this repository's settings, in .git/config
    --worktree            this worktree's settings alone
    -f, --file <file>     the settings in this file
    --blob <blob-id>      the settings in this blob

What to do
    --get                 print what is set: name [value-pattern]
    --get-all             print each of several values: key [value-pattern]
    --get-regexp          print what such names are set to: name-regex [value-pattern]
    --get-urlmatch        print what fits an address best: section[.var] URL
    --replace-all         set one value instead of several: name value [value-pattern]
    --add                 set one value more: name value
    --unset               take a value away: name [value-pattern]
    --unset-all           take every value away: name [value-pattern]
    --rename-section      give a section a new name: old-name new-name
    --remove-section      take a section away: name
    -l, --list            print whatever is set
    --fixed-value         take 'value-pattern' as plain text
    -e, --edit            change the file in your editor
    --get-color           print a colour's code: slot [default]
    --get-colorbool       tell whether to use colours: slot [stdout-is-tty]

What a value is
    -t, --type <type>     read and write it as this type
    --bool                true or false; yes, on and 1 mean true
    --int                 a whole number; 1k means 1024
    --bool-or-int         a whole number, else true or false
    --bool-or-str         true or false, else any text
    --path                a path; ~ means your home folder
    --expiry-date         a date or an age, printed in seconds

How it is told
    -z, --null            end values with NUL, not with newlines
    --name-only           print names and no values
    --includes            follow include lines to other files
    --show-origin         tell which file or command line each is from
    --show-scope          tell how far each goes: system, global, local, worktree, command
    --default <value>     with --get: print this where nothing is set

""",
    "count-objects": """\
usage: git count-objects [-v] [-H | --human-readable]

    -v, --verbose         tell of packs and rubbish too
    -H, --human-readable  print sizes in KiB, MiB and so on

""",
    "describe": """\
usage: git describe [--all] [--tags] [--contains] [--abbrev=<n>] [<commit-ish>...]
   or: git describe [--all] [--tags] [--contains] [--abbrev=<n>] --dirty[=<mark>]
   or: git describe <blob>

    --contains            name it after a later tag
    --debug               tell on stderr how a tag was found
    --all                 branches and other refs count too
    --tags                tags without a message count too
    --long                print count and hash even at a tag
    --first-parent        go past merges by their first parent
    --abbrev[=<n>]        shorten hashes to <n> digits or little more
    --exact-match         fail unless the commit itself has a tag
    --candidates <n>      weigh up to <n> tags (10 if left out)
    --match <pattern>     only tags that fit <pattern> count
    --exclude <pattern>   tags that fit <pattern> don't count
    --always              without any tag print a short hash
    --dirty[=<mark>]      add <mark> after local changes (usually "-dirty")
    --broken[=<mark>]     add <mark> if that can't be told (usually "-broken")

""",
    "diff": """\
usage: git diff [<options>] [<commit>] [--] [<path>...]
   or: git diff [<options>] --cached [--merge-base] [<commit>] [--] [<path>...]
   or: git diff [<options>] [--merge-base] <commit> [<commit>...] <commit> [--] [<path>...]
   or: git diff [<options>] <commit>...<commit> [--] [<path>...]
   or: git diff [<options>] <blob> <blob>
   or: git diff [<options>] --no-index [--] <path> <path>

what to show:
  -z            end entries with NUL, not with newlines
  -p            show the changed lines
  -u            the same as -p
  --patch-with-raw
                show raw entries, then the changed lines
  --stat        show how many lines changed in each file
  --numstat     count added and deleted lines, for scripts
  --patch-with-stat
                show the counts of --stat, then the changed lines
  --name-only   list the changed files, nothing else
  --name-status list the changed files and how they changed
  --full-index  give the hashes of files in full length
  --abbrev=<n>  give hashes with <n> digits in raw entries
  -R            show the change backwards
  -B            show a rewritten file as deleted and new
  -M            tell which files were renamed
  -C            tell which files were copied or renamed
  --find-copies-harder
                like -C, from files that didn't change too
  -l<n>         don't look for renames among more than <n>
  -O<file>      show files in the order that <file> gives
  -S<string>    only files where this text comes or goes
  --pickaxe-all
                with -S: if one file fits, show all
  -a  --text    compare binary files like text

""",
    "fetch": """\
usage: git fetch [<options>] [<repository> [<refspec>...]]
   or: git fetch [<options>] <group>
   or: git fetch --multiple [<options>] [(<repository> | <group>)...]
   or: git fetch --all [<options>]

    -v, --verbose         say more about what happens
    -q, --quiet           tell of nothing but errors
    --all                 fetch from every remote you have
    --set-upstream        make this what the branch follows
    -a, --append          keep in .git/FETCH_HEAD what is there
    --atomic              move each of the refs or none
    --upload-pack <path>  where git-upload-pack is on the other machine
    -f, --force           move your refs even where commits drop out
    -m, --multiple        each name is a remote to fetch from
    -t, --tags            fetch every tag there is
    -n                    fetch tags only by name (--no-tags)
    -j, --jobs <n>        fetch from so many places at a time
    --prefetch            put what comes under refs/prefetch/
    -p, --prune           drop remote-tracking branches that the remote deleted
    -P, --prune-tags      have the same tags as the remote
    --recurse-submodules[=<on-demand>]
                          fetch in submodules too
    --dry-run             only show what would be fetched
    --write-fetch-head    note what came in .git/FETCH_HEAD (usual)
    -k, --keep            leave the pack as it came
    -u, --update-head-ok  even the branch you are on may move
    --progress            tell how far it is, even off a terminal
    --depth <depth>       have only so many of the newest commits
    --shallow-since <time>
                          have only the history after this time
    --shallow-exclude <revision>
                          have no history that <revision> leads to
    --deepen <n>          have <n> older commits more than now
    --unshallow           get the rest of a history cut short
    --refetch             fetch all as if nothing were here
    --update-shallow      take refs even if they cut history short
    --refmap <refmap>     put refs here, not where the config says
    -o, --server-option <server-specific>
                          send this word along to the server
    -4, --ipv4            connect by IPv4 alone
    -6, --ipv6            connect by IPv6 alone
    --negotiation-tip <revision>
                          offer only the history of this commit
    --negotiate-only      fetch nothing, print the commits both have
    --filter <args>       leave some objects out, such as blob:none
    --auto-maintenance    tidy up afterwards if it is time
    --auto-gc             the same as --auto-maintenance
    --show-forced-updates
                          tell which branches were rewritten
    --write-commit-graph  note the commits afterwards for quicker walks
    --stdin               take refspecs from standard input too

""",
    "filter-branch": """\
usage: git filter-branch [--setup <command>] [--subdirectory-filter <directory>] [--env-filter <command>]
	[--tree-filter <command>] [--index-filter <command>]
	[--parent-filter <command>] [--msg-filter <command>]
	[--commit-filter <command>] [--tag-name-filter <command>]
	[--original <namespace>]
	[-d <directory>] [-f | --force] [--state-branch <branch>]
	[--] [<rev-list options>...]
""",
    "for-each-ref": """\
usage: git for-each-ref [<options>] [<pattern>]
   or: git for-each-ref [--points-at <object>]
   or: git for-each-ref [--merged [<commit>]] [--no-merged [<commit>]]
   or: git for-each-ref [--contains [<commit>]] [--no-contains [<commit>]]

    -s, --shell           quote values for use in a shell
    -p, --perl            quote values for use in Perl
    --python              quote values for use in Python
    --tcl                 quote values for use in Tcl

    --count <n>           stop after <n> refs
    --format <format>     print each ref in this form
    --color[=<when>]      colours in the form: always, never, auto
    --sort <key>          order by this field, such as -committerdate
    --points-at <object>  only refs that name this object
    --merged <commit>     only refs whose work <commit> has already
    --no-merged <commit>  only refs with work that <commit> lacks
    --contains <commit>   only refs with this commit in their history
    --no-contains <commit>
                          only refs without this commit in their history
    --ignore-case         take small and capital letters as equal

""",
    "fsck": """\
usage: git fsck [--tags] [--root] [--unreachable] [--cache] [--no-reflogs]
                [--[no-]full] [--strict] [--verbose] [--lost-found]
                [--[no-]dangling] [--[no-]progress] [--connectivity-only]
                [--[no-]name-objects] [<object>...]

    -v, --verbose         say more about what happens
    --unreachable         name objects that no ref leads to
    --dangling            name objects that nothing mentions (usual)
    --tags                name each tag that is found
    --root                name each commit that has no parent
    --cache               begin at the index, too
    --reflogs             begin at reflogs, too (usual)
    --full                check packs and borrowed objects, too (usual)
    --connectivity-only   check that nothing is missing, not what is inside
    --strict              find fault with smaller things, too
    --lost-found          keep what nothing mentions under .git/lost-found
    --progress            tell how far it is, even off a terminal
    --name-objects        tell how each object is reached

""",
    "gc": """\
usage: git gc [<options>]

    -q, --quiet           work without telling how far it is
    --prune[=<date>]      delete what nothing refers to, if older than date
    --cruft               put what nothing refers to in its own pack
    --aggressive          pack more tightly, which takes much longer
    --auto                clean up only once enough has piled up
    --force               clean up although another gc seems to be at work
    --keep-largest-pack   join all packs but the biggest into one

""",
    "grep": """\
usage: git grep [<options>] [-e] <pattern> [<rev>...] [[--] <path>...]

    --cached              look at what is staged, not at the folder
    --no-index            search plain files, also outside a repository
    --untracked           search files not yet added too
    --exclude-standard    leave out what .gitignore names
    --recurse-submodules  go into each submodule as well

    -v, --invert-match    print the lines that don't match
    -i, --ignore-case     treat capital and small letters alike
    -w, --word-regexp     match whole words only
    -a, --text            take every file for text, even a binary one
    -I                    pass over binary files
    --textconv            turn binary files into text first, where configured
    -r, --recursive       go into the folders below, too
    --max-depth <depth>   go down so many levels of folders

    -E, --extended-regexp
                          patterns may use + ? | and ( ) unescaped
    -G, --basic-regexp    patterns are the simplest kind of regular expression
    -F, --fixed-strings   take patterns literally: no character is special
    -P, --perl-regexp     patterns are regular expressions as in Perl

    -n, --line-number     put its number before each line
    --column              tell in which column the first match starts
    -h                    leave file names out of the lines
    -H                    put the file name before each line
    --full-name           write paths from the top of the repository
    -l, --files-with-matches
                          name each matching file once, without its lines
    --name-only           the same as --files-with-matches
    -L, --files-without-match
                          name the files in which nothing matches
    -z, --null            end each file name with a zero byte
    -o, --only-matching   print just the part that matches
    -c, --count           tell how many lines match in each file
    --color[=<when>]      colour what matches: always, never or auto
    --break               put a gap between one file's lines and the next's
    --heading             print each file's name once, above its lines

    -C, --context <n>     print n neighbouring lines on each side, too
    -B, --before-context <n>
                          print the n lines before each match, too
    -A, --after-context <n>
                          print the n lines after each match, too
    --threads <n>         search with so many threads at once
    -NUM                  the same as -C with that number
    -p, --show-function   name the function in which a match stands
    -W, --function-context
                          print the whole function around a match

    -f <file>             take the patterns from a file, one per line
    -e <pattern>          what follows is a pattern, even with a dash
    --and                 both patterns must match on the line
    --or                  one of both patterns must match on the line
    --not                 the next pattern must not match
    (                     open a group of patterns
    )                     close a group of patterns
    -q, --quiet           print nothing; tell a match by exit code 0
    --all-match           skip files in which one of the patterns never matches

    -O, --open-files-in-pager[=<pager>]
                          page through the files that match
    --ext-grep            has no effect any more
    -m, --max-count <n>   stop in a file after n matches

""",
    "hash-object": """\
usage: git hash-object [-t <type>] [-w] [--path=<file> | --no-filters]
                       [--stdin [--literally]] [--] <file>...
   or: git hash-object [-t <type>] [-w] --stdin-paths [--no-filters]

    -t <type>             the object's kind: blob, tree, commit or tag
    -w                    also save the object in the repository
    --stdin               hash what comes on standard input
    --stdin-paths         standard input says which files to hash
    --no-filters          hash the bytes unchanged, without any conversion
    --literally           accept content that makes no valid object
    --path <file>         convert the content as for a file there

""",
    "init": """\
usage: git init [-q | --quiet] [--bare] [--template=<template-directory>]
                [--separate-git-dir <git-dir>] [--object-format=<format>]
                [-b <branch-name> | --initial-branch=<branch-name>]
                [--shared[=<permissions>]] [<directory>]

    --template <template-directory>
                          copy the new repository's first files from there
    --bare                make one without working files, to push to
    --shared[=<permissions>]
                          let others in the group write to it
    -q, --quiet           say nothing unless something is wrong
    --separate-git-dir <gitdir>
                          keep the repository's data in another folder
    -b, --initial-branch <name>
                          call the first branch this
    --object-format <hash>
                          how objects are hashed: sha1 or sha256

""",
    "log": """\
usage: git log [<options>] [<revision-range>] [[--] <path>...]
   or: git show [<options>] <object>...

    -q, --quiet           leave the diffs out
    --source              tell from which ref each commit was reached
    --use-mailmap         correct names and addresses by .mailmap
    --mailmap             the same as --use-mailmap
    --clear-decorations   forget the filters on names; show every ref
    --decorate-refs <pattern>
                          show names only of refs like this
    --decorate-refs-exclude <pattern>
                          leave out names of refs like this
    --decorate[=...]      show branch and tag names beside the commits
    -L <range:file>       follow some lines, or a function, through history

""",
    "ls-files": """\
usage: git ls-files [<options>] [<file>...]

    -z                    end each path with a zero byte
    -t                    put a letter for its state before each file
    -v                    like -t, in small letters what's assumed unchanged
    -f                    like -t, in small letters what fsmonitor calls clean
    -c, --cached          list what the index holds (by default)
    -d, --deleted         list tracked files that are missing on disk
    -m, --modified        list tracked files that differ on disk
    -o, --others          list files that git doesn't track
    -i, --ignored         list only what the ignore rules match
    -s, --stage           print each entry's mode, object name and stage
    -k, --killed          list untracked files that block tracked ones
    --directory           name an untracked folder instead of its files
    --eol                 tell how the lines of each file end
    --empty-directory     with --directory, name empty folders as well
    -u, --unmerged        list files with unresolved conflicts
    --resolve-undo        list files whose conflict was resolved but is remembered
    -x, --exclude <pattern>
                          leave out files named like the pattern
    -X, --exclude-from <file>
                          take patterns to leave out from a file
    --exclude-per-directory <file>
                          take more such patterns from each folder's own file
    --exclude-standard    obey .gitignore and git's other ignore files
    --full-name           write paths from the top of the repository
    --recurse-submodules  list the files of submodules, too
    --error-unmatch       fail if a named file isn't tracked
    --with-tree <tree-ish>
                          list also files of that commit removed after it
    --abbrev[=<n>]        cut object names to n characters
    --debug               print all that the index keeps on each file
    --deduplicate         list no path twice
    --sparse              name a folder left out as sparse, not its files
    --format <format>     lay out each line like this template

""",
    "ls-remote": """\
usage: git ls-remote [--heads] [--tags] [--refs] [--upload-pack=<exec>]
                     [-q | --quiet] [--exit-code] [--get-url] [--sort=<key>]
                     [--symref] [<repository> [<refs>...]]

    -q, --quiet           leave out the remote's address
    --upload-pack <exec>  the program that answers on the other side
    -t, --tags            list nothing but tags
    -h, --heads           list nothing but branches
    --refs                leave out HEAD and what annotated tags point to
    --get-url             print the address that would be asked, no more
    --sort <key>          order the refs by this field
    --exit-code           fail, with code 2, when nothing matches
    --symref              tell which ref a symbolic one stands for
    -o, --server-option <server-specific>
                          pass a text on to the server

""",
    "ls-tree": """\
usage: git ls-tree [<options>] <tree-ish> [<path>...]

    -d                    list folders, no files
    -r                    list what is in the folders, too
    -t                    with -r, list the folders as well
    -z                    end each line with a zero byte
    -l, --long            add each file's size in bytes
    --name-only           print nothing but the paths
    --name-status         the same as --name-only
    --object-only         print nothing but the object names
    --full-name           write paths from the top of the repository
    --full-tree           start at the top, wherever you are
    --format <format>     lay out each line like this template
    --abbrev[=<n>]        cut object names to n characters

""",
    "merge": """\
usage: git merge [<options>] [<commit>...]
   or: git merge --abort
   or: git merge --continue

    -n                    don't sum up the changed files afterwards
    --stat                sum up the changed files afterwards
    --summary             the same as --stat
    --log[=<n>]           write up to n merged subjects into the message
    --squash              stage the other side's changes, but record no merge
    --commit              commit the result at once (by default)
    -e, --edit            open the message in an editor first
    --cleanup <mode>      how the message is tidied up
    --ff                  only move the branch forward where that suffices (by default)
    --ff-only             refuse unless the branch just moves forward
    --rerere-autoupdate   stage conflicts that are solved as once before
    --verify-signatures   refuse a commit without a good GPG signature
    -s, --strategy <strategy>
                          the way in which the sides are joined
    -X, --strategy-option <option=value>
                          a setting for that way of joining
    -m, --message <message>
                          what the merge commit should say
    -F, --file <path>     use what this file says as the message
    --into-name <name>    the branch that the message says was merged into
    -v, --verbose         say more about what happens
    -q, --quiet           say less about what happens
    --abort               give the merge up; put all back as before
    --quit                forget the merge; leave the files as they are
    --continue            finish the merge once the conflicts are resolved
    --allow-unrelated-histories
                          join histories that have no commit in common
    --progress            tell how far it is, even without a terminal
    -S, --gpg-sign[=<key-id>]
                          prove with a GPG key who commits
    --autostash           put local changes aside first, and back at the end
    --overwrite-ignore    ignored files may be overwritten (by default)
    --signoff             end the message with your Signed-off-by line
    --no-verify           run neither pre-merge-commit nor commit-msg hook

""",
    "merge-base": """\
usage: git merge-base [-a | --all] <commit> <commit>...
   or: git merge-base [-a | --all] --octopus <commit>...
   or: git merge-base --is-ancestor <commit> <commit>
   or: git merge-base --independent <commit>...
   or: git merge-base --fork-point <ref> [<commit>]

    -a, --all             print every best shared ancestor, not just one
    --octopus             find the best ancestor that all of them share
    --independent         print those commits that no other one contains
    --is-ancestor         tell by exit code whether the second contains the first
    --fork-point          find where a branch left another, by its reflog

""",
    "mv": """\
usage: git mv [<options>] <source>... <destination>

    -v, --verbose         name each file that moves
    -n, --dry-run         only show what would be moved
    -f, --force           overwrite what is already at the target
    -k                    pass over what can't be moved
    --sparse              also move files outside the sparse checkout

""",
    "prune": """\
usage: git prune [-n] [-v] [--progress] [--expire <time>] [--] [<head>...]

    -n, --dry-run         only show what would be deleted
    -v, --verbose         name each object that is deleted
    --progress            tell how far it is
    --expire <expiry-date>
                          delete only what is older than this
    --exclude-promisor-objects
                          don't look into packs that a remote vouches for

""",
    "pull": """\
usage: git pull [<options>] [<repository> [<refspec>...]]

    -v, --verbose         say more about what happens
    -q, --quiet           say less about what happens
    --progress            tell how far it is, even without a terminal
    --recurse-submodules[=<on-demand>]
                          whether to fetch what submodules need, too

How the changes are brought in
    -r, --rebase[=(false|true|merges|interactive)]
                          put your commits on top instead of merging
    -n                    don't sum up the changed files afterwards
    --stat                sum up the changed files afterwards
    --log[=<n>]           write up to n merged subjects into the message
    --signoff[=...]       end the message with your Signed-off-by line
    --squash              stage the other side's changes, but record no merge
    --commit              commit the result at once (by default)
    --edit                open the message in an editor first
    --cleanup <mode>      how the message is tidied up
    --ff                  only move the branch forward where that suffices
    --ff-only             refuse unless the branch just moves forward
    --verify              run the merge's hooks; --no-verify skips them
    --verify-signatures   refuse a commit without a good GPG signature
    --autostash           put local changes aside first, and back at the end
    -s, --strategy <strategy>
                          the way in which the sides are joined
    -X, --strategy-option <option=value>
                          a setting for that way of joining
    -S, --gpg-sign[=<key-id>]
                          prove with a GPG key who commits
    --allow-unrelated-histories
                          join histories that have no commit in common

How the changes are fetched
    --all                 ask every remote, not just one
    -a, --append          keep what .git/FETCH_HEAD already lists
    --upload-pack <path>  the program that answers on the other side
    -f, --force           let a fetched branch replace one that diverged
    -t, --tags            get every tag that the remote has
    -p, --prune           drop remote-tracking branches whose original is gone
    -j, --jobs[=<n>]      fetch so many submodules at once
    --dry-run             only show what would be fetched
    -k, --keep            don't unpack what was received
    --depth <depth>       cut history to so many commits
    --shallow-since <time>
                          cut history off before this time
    --shallow-exclude <revision>
                          leave out commits that this revision contains
    --deepen <n>          get n more commits where history was cut off
    --unshallow           get all the history that was cut off
    --update-shallow      take refs even if .git/shallow has to change
    --refmap <refmap>     which local ref each fetched one updates
    -o, --server-option <server-specific>
                          pass a text on to the server
    -4, --ipv4            connect over IPv4, never IPv6
    -6, --ipv6            connect over IPv6, never IPv4
    --negotiation-tip <revision>
                          tell the server only of this revision's history
    --show-forced-updates
                          tell which branches were rewritten
    --set-upstream        remember the fetched branch as this one's upstream

""",
    "push": """\
usage: git push [<options>] [<repository> [<refspec>...]]

    -v, --verbose         say more about what happens
    -q, --quiet           say less about what happens
    --repo <repository>   where to push, if no argument says so
    --all                 send every branch you have
    --mirror              make the remote's refs the same as yours
    -d, --delete          remove the named refs on the remote
    --tags                every tag goes along; rules out --all and --mirror
    -n, --dry-run         only show what would be sent
    --porcelain           print lines that programs can read
    -f, --force           replace remote branches, even if commits get lost there
    --force-with-lease[=<refname>:<expect>]
                          replace only if the remote is as you expect
    --force-if-includes   with a lease, only after you integrated its last commits
    --recurse-submodules (check|on-demand|no)
                          check or push the submodules' commits first
    --thin                send only differences from what is there
    --receive-pack <receive-pack>
                          the program that receives on the other side
    --exec <receive-pack>
                          the same as --receive-pack
    -u, --set-upstream    remember the pushed branch as this one's upstream
    --progress            tell how far it is, even without a terminal
    --prune               remove remote branches that you don't have
    --no-verify           don't run the pre-push hook
    --follow-tags         also send annotated tags of the pushed commits
    --signed[=(yes|no|if-asked)]
                          prove with a GPG key who pushes
    --atomic              update every ref, or none if one fails
    -o, --push-option <server-specific>
                          pass a text on to the server's hooks
    -4, --ipv4            connect over IPv4, never IPv6
    -6, --ipv6            connect over IPv6, never IPv4

""",
    "rebase": """\
usage: git rebase [-i] [options] [--exec <cmd>] [--onto <newbase> | --keep-base] [<upstream> [<branch>]]
   or: git rebase [-i] [options] [--exec <cmd>] [--onto <newbase>] --root [<branch>]
   or: git rebase --continue | --abort | --skip | --edit-todo

    --onto <revision>     put the commits on top of this one
    --keep-base           stay on the commit where the branch began
    --no-verify           don't run the pre-rebase hook
    -q, --quiet           say nothing unless something is wrong
    -v, --verbose         sum up which files changed upstream
    -n, --no-stat         don't sum up which files changed upstream
    --signoff             end each message with your Signed-off-by line
    --committer-date-is-author-date
                          give each new commit its author's date
    --reset-author-date   set each author's date to now
    -C <n>                so many surrounding lines must match
    --ignore-whitespace   don't mind differences in blanks
    --whitespace <action>
                          what to do about bad blanks: warn, fix, error
    -f, --force-rebase    make every commit anew, even where none would move
    --no-ff               the same as --force-rebase
    --continue            go on after resolving a conflict
    --skip                leave this commit out and go on
    --abort               give up; put the branch back as before
    --quit                forget the rebase; put nothing back
    --edit-todo           change the steps still to be done
    --show-current-patch  show the commit at which it stopped
    --apply               replay the commits as patches
    -m, --merge           replay the commits by merging (by default)
    -i, --interactive     edit the list of steps before they start
    --rerere-autoupdate   stage conflicts that are solved as once before
    --empty <{drop,keep,ask}>
                          what to do with commits left without changes
    --autosquash          with -i, place fixups after what they fix
    --update-refs         take along other branches within the series
    -S, --gpg-sign[=<key-id>]
                          prove with a GPG key who commits
    --autostash           put local changes aside first, and back at the end
    -x, --exec <exec>     run a command after each replayed commit
    -r, --rebase-merges[=<mode>]
                          keep merges as merges instead of flattening them
    --fork-point          find the start by the upstream's reflog, too
    -s, --strategy <strategy>
                          the way in which changes are joined
    -X, --strategy-option <option>
                          a setting for that way of joining
    --root                replay the branch from its very first commit
    --reschedule-failed-exec
                          run a failed --exec again on --continue
    --reapply-cherry-picks
                          replay also what upstream already has

""",
    "reflog": """\
usage: git reflog [show] [<log-options>] [<ref>]
   or: git reflog expire [--expire=<time>] [--expire-unreachable=<time>]
                         [--rewrite] [--updateref] [--stale-fix]
                         [--dry-run | -n] [--verbose] [--all [--single-worktree] | <refs>...]
   or: git reflog delete [--rewrite] [--updateref]
                         [--dry-run | -n] [--verbose] <ref>@{<specifier>}...
   or: git reflog exists <ref>

""",
    "remote": """\
usage: git remote [-v | --verbose]
   or: git remote add [-t <branch>] [-m <master>] [-f] [--tags | --no-tags] [--mirror=<fetch|push>] <name> <url>
   or: git remote rename [--[no-]progress] <old> <new>
   or: git remote remove <name>
   or: git remote set-head <name> (-a | --auto | -d | --delete | <branch>)
   or: git remote [-v | --verbose] show [-n] <name>
   or: git remote prune [-n | --dry-run] <name>
   or: git remote [-v | --verbose] update [-p | --prune] [(<group> | <remote>)...]
   or: git remote set-branches [--add] <name> <branch>...
   or: git remote get-url [--push] [--all] <name>
   or: git remote set-url [--push] <name> <newurl> [<oldurl>]
   or: git remote set-url --add <name> <newurl>
   or: git remote set-url --delete <name> <url>

    -v, --verbose         print addresses, too; goes right after `git remote`

""",
    "reset": """\
usage: git reset [--mixed | --soft | --hard | --merge | --keep] [-q] [<commit>]
   or: git reset [-q] [<tree-ish>] [--] <pathspec>...
   or: git reset [-q] [--pathspec-from-file [--pathspec-file-nul]] [<tree-ish>]
   or: git reset --patch [<tree-ish>] [--] [<pathspec>...]

    -q, --quiet           say nothing unless something is wrong
    --no-refresh          don't compare the files with the index again afterwards
    --mixed               move the branch and unstage all; keep the files
    --soft                move the branch; keep what is staged and the files
    --hard                move the branch; throw all local changes away
    --merge               move the branch; drop only what is staged
    --keep                move the branch; refuse if local changes would get lost
    --recurse-submodules[=<reset>]
                          reset the files of submodules as well
    -p, --patch           choose piece by piece what is unstaged
    -N, --intent-to-add   keep files it unstages marked as new
    --pathspec-from-file <file>
                          this file says which paths
    --pathspec-file-nul   that file has a zero byte after each path

""",
    "restore": """\
usage: git restore [<options>] [--source=<branch>] <file>...

    -s, --source <tree-ish>
                          take the content from this commit
    -S, --staged          take back what is staged
    -W, --worktree        overwrite the files on disk (by default)
    --ignore-unmerged     pass over files with conflicts
    --overlay             keep files that the source doesn't have
    -q, --quiet           work without telling how far it is
    --recurse-submodules[=<checkout>]
                          restore the files of submodules as well
    --progress            tell how far it is, even without a terminal
    -m, --merge           put the conflict marks back into a file
    --conflict <style>    marks around a conflict: merge, diff3, zdiff3
    -2, --ours            in a conflict, take our side
    -3, --theirs          in a conflict, take their side
    -p, --patch           choose piece by piece what is restored
    --ignore-skip-worktree-bits
                          restore files outside the sparse checkout, too
    --pathspec-from-file <file>
                          this file says which paths
    --pathspec-file-nul   that file has a zero byte after each path

""",
    "rev-list": """\
usage: git rev-list [<options>] <commit>... [--] [<path>...]

  which commits:
    --max-count=<n>
    --max-age=<epoch>
    --min-age=<epoch>
    --sparse
    --no-merges
    --min-parents=<n>
    --no-min-parents
    --max-parents=<n>
    --no-max-parents
    --remove-empty
    --all
    --branches
    --tags
    --remotes
    --stdin
    --exclude-hidden=[receive|uploadpack]
    --quiet
  in what order:
    --topo-order
    --date-order
    --reverse
  what to print:
    --parents
    --children
    --objects | --objects-edge
    --disk-usage[=human]
    --unpacked
    --header | --pretty
    --[no-]object-names
    --abbrev=<n> | --no-abbrev
    --abbrev-commit
    --left-right
    --count
  to search by halves:
    --bisect
    --bisect-vars
    --bisect-all
""",
    "rev-parse": """\
usage: git rev-parse --parseopt [<options>] -- [<args>...]
   or: git rev-parse --sq-quote [<arg>...]
   or: git rev-parse [<options>] [<arg>...]

The first form tells about itself with "git rev-parse --parseopt -h".
""",
    "revert": """\
usage: git revert [--[no-]edit] [-n] [-m <parent-number>] [-s] [-S[<keyid>]] <commit>...
   or: git revert (--continue | --skip | --abort | --quit)

    --quit                forget the rest; leave all as it is
    --continue            go on after resolving a conflict
    --abort               give up; go back to where it began
    --skip                leave this commit out and go on
    --cleanup <mode>      how the message is tidied up
    -n, --no-commit       change index and files, but commit nothing
    -e, --edit            open the message in an editor first
    -s, --signoff         end the message with your Signed-off-by line
    -m, --mainline <parent-number>
                          for a merge: which parent to return to
    --rerere-autoupdate   stage conflicts that are solved as once before
    --strategy <strategy>
                          the way in which changes are joined
    -X, --strategy-option <option>
                          a setting for that way of joining
    -S, --gpg-sign[=<key-id>]
                          prove with a GPG key who commits
    --reference           name the reverted commit with its subject and date

""",
    "rm": """\
usage: git rm [-f | --force] [-n] [-r] [--cached] [--ignore-unmatch]
              [--quiet] [--pathspec-from-file=<file> [--pathspec-file-nul]]
              [--] [<pathspec>...]

    -n, --dry-run         only show what would be removed
    -q, --quiet           don't name the removed files
    --cached              stop tracking it, but leave it on disk
    -f, --force           remove it even if it has changes
    -r                    remove folders with all they hold
    --ignore-unmatch      no error if nothing matches
    --sparse              also remove files outside the sparse checkout
    --pathspec-from-file <file>
                          this file says which paths
    --pathspec-file-nul   that file has a zero byte after each path

""",
    "shortlog": """\
usage: git shortlog [<options>] [<revision-range>] [[--] <path>...]
   or: git log --pretty=short | git shortlog [<options>]

    -c, --committer       gather commits by their committers, not authors
    -n, --numbered        who made most commits comes first
    -s, --summary         only count the commits, don't list them
    -e, --email           add each person's e-mail address
    -w[<w>[,<i1>[,<i2>]]]
                          wrap long lines at w, indented by i1 and i2
    --group <field>       gather commits by author, committer or a trailer

""",
    "show-ref": """\
usage: git show-ref [-q | --quiet] [--verify] [--head] [-d | --dereference]
                    [-s | --hash[=<n>]] [--abbrev[=<n>]] [--tags]
                    [--heads] [--] [<pattern>...]
   or: git show-ref --exclude-existing[=<pattern>]

    --tags                list tags; with --heads, branches too
    --heads               list branches; with --tags, tags too
    --verify              accept only full names like refs/heads/main
    --head                list HEAD too, whatever else is asked
    -d, --dereference     also list what each annotated tag points to
    -s, --hash[=<n>]      print hashes (of n digits) without names
    --abbrev[=<n>]        cut object names to n characters
    -q, --quiet           print nothing; only the exit code tells
    --exclude-existing[=<pattern>]
                          of refs on standard input, print those missing here

""",
    "stash": """\
usage: git stash list [<log-options>]
   or: git stash show [-u | --include-untracked | --only-untracked] [<diff-options>] [<stash>]
   or: git stash drop [-q | --quiet] [<stash>]
   or: git stash pop [--index] [-q | --quiet] [<stash>]
   or: git stash apply [--index] [-q | --quiet] [<stash>]
   or: git stash branch <branchname> [<stash>]
   or: git stash [push [-p | --patch] [-S | --staged] [-k | --[no-]keep-index] [-q | --quiet]
                 [-u | --include-untracked] [-a | --all] [(-m | --message) <message>]
                 [--pathspec-from-file=<file> [--pathspec-file-nul]]
                 [--] [<pathspec>...]]
   or: git stash save [-p | --patch] [-S | --staged] [-k | --[no-]keep-index] [-q | --quiet]
                 [-u | --include-untracked] [-a | --all] [<message>]
   or: git stash clear
   or: git stash create [<message>]
   or: git stash store [(-m | --message) <message>] [-q | --quiet] <commit>

""",
    "status": """\
usage: git status [<options>] [--] [<pathspec>...]

    -v, --verbose         show what is staged as a diff, too
    -s, --short           one short line for each file
    -b, --branch          name the branch and its upstream
    --show-stash          tell how many stashes there are
    --ahead-behind        count the commits ahead of and behind upstream
    --porcelain[=<version>]
                          lines in a stable format, for programs
    --long                tell it in full sentences (by default)
    -z, --null            end each entry with a zero byte
    -u, --untracked-files[=<mode>]
                          which new files to list: all, normal, no
    --ignored[=<mode>]    how to tell what is ignored: traditional, matching, no
    --ignore-submodules[=<when>]
                          submodule changes to keep quiet on: all, dirty, untracked
    --column[=<style>]    spread new files over columns
    --no-renames          show a rename as removal and addition
    -M, --find-renames[=<n>]
                          show renames; n tells how alike files must be

""",
    "switch": """\
usage: git switch [<options>] [<branch>]

    -c, --create <branch>
                          start a new branch and go there
    -C, --force-create <branch>
                          like -c, but move the branch if it exists
    --guess               make the branch from a remote's of that name
    --discard-changes     go even if local changes get lost
    -q, --quiet           work without telling how far it is
    --recurse-submodules[=<checkout>]
                          switch the files of submodules as well
    --progress            tell how far it is, even without a terminal
    -m, --merge           merge your local changes into the other branch's files
    --conflict <style>    marks around a conflict: merge, diff3, zdiff3
    -d, --detach          stand on a commit, on no branch
    -t, --track[=(direct|inherit)]
                          which branch becomes the new one's upstream
    -f, --force           the same as --discard-changes
    --orphan <new-branch>
                          start a branch that has no history
    --overwrite-ignore    ignored files may be overwritten (by default)
    --ignore-other-worktrees
                          go even if another worktree has the branch

""",
    "symbolic-ref": """\
usage: git symbolic-ref [-m <reason>] <name> <ref>
   or: git symbolic-ref [-q] [--short] [--no-recurse] <name>
   or: git symbolic-ref --delete [-q] <name>

    -q, --quiet           no complaint if the name isn't symbolic
    -d, --delete          remove the name, not what it points to
    --short               leave refs/heads/ and the like away
    --recurse             follow names to the last one (by default)
    -m <reason>           what the reflog should say about it

""",
    "tag": """\
usage: git tag [-a | -s | -u <key-id>] [-f] [-m <msg> | -F <file>] [-e]
               <tagname> [<commit> | <object>]
   or: git tag -d <tagname>...
   or: git tag [-n[<num>]] -l [--contains <commit>] [--no-contains <commit>]
               [--points-at <object>] [--column[=<options>] | --no-column]
               [--create-reflog] [--sort=<key>] [--format=<format>]
               [--merged <commit>] [--no-merged <commit>] [<pattern>...]
   or: git tag -v [--format=<format>] <tagname>...

    -l, --list            show which tags there are
    -n[<n>]               show up to n lines of its message, too
    -d, --delete          remove the named tags
    -v, --verify          check the named tags' signatures

To make a tag
    -a, --annotate        a tag with author, date and message
    -m, --message <message>
                          what the tag should say
    -F, --file <file>     use what this file says as the message
    -e, --edit            open the given message in an editor, too
    -s, --sign            like -a, with your GPG signature
    --cleanup <mode>      how the message is tidied up
    -u, --local-user <key-id>
                          sign with the key named here
    -f, --force           let it take an old tag's place
    --create-reflog       keep a log of where the tag pointed

To list tags
    --column[=<style>]    set the tags out in columns
    --contains <commit>   tags whose history has the commit
    --no-contains <commit>
                          tags whose history lacks the commit
    --merged <commit>     tags on commits in this one's history
    --no-merged <commit>  tags on commits outside this one's history
    --sort <key>          order the tags by this field
    --points-at <object>  tags that name this object directly
    --format <format>     lay out each line like this template
    --color[=<when>]      use the colours that the format asks for
    -i, --ignore-case     treat capital and small letters alike

""",
    "update-ref": """\
usage: git update-ref [<options>] -d <refname> [<old-val>]
   or: git update-ref [<options>]    <refname> <new-val> [<old-val>]
   or: git update-ref [<options>] --stdin [-z]

    -m <reason>           what the reflog should say about it
    -d                    remove the named ref
    --no-deref            change the name itself, not what it stands for
    -z                    with --stdin, parts end in zero bytes
    --stdin               take many changes from standard input
    --create-reflog       keep a log of where the ref pointed

""",
    "version": """\
usage: git version [--build-options]

    --build-options       tell also how this git was built

""",
}
TEXTS["show"] = TEXTS["log"]
