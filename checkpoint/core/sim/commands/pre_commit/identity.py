"""What kind of file a path names, in the tags that pre-commit's `types` use.

Source: the tables of identify 2.6, of which the kinds of file stand here that this course meets.
"""

from collections.abc import Mapping

from checkpoint.core.sim.parts.files import File

_BY_EXTENSION: Mapping[str, str] = {
    "adoc": "asciidoc text",
    "bash": "bash shell text",
    "bat": "batch text",
    "c": "c text",
    "cfg conf": "text",
    "cpp": "c++ text",
    "css": "css text",
    "csv": "csv text",
    "cue": "cue text",
    "diff patch": "diff text",
    "env": "dotenv text",
    "eot": "binary eot",
    "fish": "fish text",
    "gif": "binary gif image",
    "go": "go text",
    "graphql": "graphql text",
    "gz": "binary gzip",
    "h": "c c++ header text",
    "hcl": "hcl text",
    "html": "html text",
    "ico": "binary icon",
    "ini": "ini text",
    "ipynb": "json jupyter text",
    "j2 jinja2": "jinja text",
    "java": "java text",
    "jpg jpeg": "binary image jpeg",
    "js": "javascript text",
    "json": "json text",
    "jsonnet libsonnet": "jsonnet text",
    "jsx": "jsx text",
    "kt": "kotlin text",
    "lua": "lua text",
    "md markdown": "markdown text",
    "mk": "makefile text",
    "nix": "nix text",
    "pdf": "binary pdf",
    "pem key crt": "pem text",
    "php": "php text",
    "pl": "perl text",
    "png": "binary image png",
    "properties": "java-properties text",
    "proto": "proto text",
    "ps1": "powershell text",
    "py": "python text",
    "pyi": "pyi text",
    "rb": "ruby text",
    "rs": "rust text",
    "rst": "rst text",
    "scss": "scss text",
    "sh": "shell text",
    "sql": "sql text",
    "svg": "image svg text xml",
    "tar": "binary tar",
    "tf tfvars": "terraform text",
    "toml": "text toml",
    "ts": "text ts",
    "tsv": "text tsv",
    "tsx": "text tsx",
    "ttf": "binary ttf",
    "txt": "plain-text text",
    "vue": "text vue",
    "woff": "binary woff",
    "xml": "text xml",
    "yaml yml": "text yaml",
    "zip": "binary zip",
    "zsh": "shell text zsh",
}
"""Endings, and what a file with one of them is."""

_BY_NAME: Mapping[str, str] = {
    ".editorconfig": "editorconfig text",
    ".gitattributes": "gitattributes text",
    ".gitignore": "gitignore text",
    ".gitmodules": "gitmodules text",
    ".hgrc": "hgrc ini text",
    ".npmignore": "npmignore text",
    ".yamllint": "text yaml yamllint",
    "Dockerfile Containerfile": "dockerfile text",
    "Makefile GNUmakefile": "makefile text",
    "Jenkinsfile": "groovy jenkins text",
    "LICENSE README CHANGELOG": "plain-text text",
    "Gemfile": "ruby text",
    "Pipfile": "text toml",
    "go.mod": "go-mod text",
    "go.sum": "go-sum text",
    ".bashrc": "bash shell text",
    ".profile": "shell text",
    ".babelrc": "babelrc json text",
    ".dockerignore": "dockerignore text",
}

_ALL = (
    "adobe-illustrator alpm apinotes asar asciidoc ash asm aspectj astro audio avif avro-schema awk "
    "babelrc bash batch bats bazel bazelrc beancount bib binary bitbake bitmap bowerrc browserslistrc "
    "bzip2 bzip3 c c# c#script c++ c2hs cargo cargo-lock cbsd clojure clojurescript cmake codespellrc "
    "coffee coveragerc crystal csh cson csproj css csslintrc csv cuda cue cylc cython dart dash dbc "
    "def diff directory dockerfile dockerignore dotenv dtd editorconfig edn ejs ejson elixir elm "
    "entitlements eot eps erb erlang executable expect f# f#script file fish fits flake8 fortran "
    "fsproj gdscript gemfile-lock geojson ggb gherkin gif gitattributes gitconfig gitignore gitlint "
    "gitmodules gleam go go-mod go-sum gotmpl gpx graphql groovy gyb gyp gzip handlebars haskell hcl "
    "header hgrc hlsl html icalendar icns icon idl idris image inc ini inl ino inx ipxe isort jade "
    "jar java java-properties javascript jbuilder jenkins jinja jpeg jshintrc json json5 jsonld "
    "jsonnet jsx julia jupyter kml kotlin ksh lazarus lazarus-form lean lektor lektorproject less "
    "liquid literate-haskell lua luau m4 magik mailmap makefile manifest map markdown mdx mention-bot "
    "meson meson-options metal mib modulemap msbuild musescore mustache myst ngdoc nim nimble nix "
    "non-executable npmignore nunjucks nushell objective-c objective-c++ ocaml otf p12 pascal pdbrc "
    "pdf pem perl php php7 php8 pipfile-lock piskel pkgbuild plain-text plantuml plist png poetry- "
    "lock pofile pom powershell ppm prettierignore prisma proto pug puppet purescript pyi pylintrc "
    "pypirc pyproj pyproject python python2 python3 pyz qml quarto r relax-ng resx robot rst ruby "
    "rust salt salt-lint sas sass sbt scala scheme scons scss sh shell sln slnx socket solidity spec "
    "sql stylus svelte svg swf swift swiftdeps symlink system-verilog tar tcsh templ terraform tex "
    "text textproto thrift tiff tiltfile toml ts tsv tsx ttf twig twisted txsprofile urdf uv-lock "
    "vala vb vbproj vcxproj vdx verilog vhdl vim vtl vue wav webp wheel wixproj wkt woff woff2 wsdl "
    "wsgi wxi wxl wxs xacro xaml xcconfig xcodebuild xcprivacy xcscheme xcsettings xctestplan "
    "xcworkspacedata xhtml xliff xml xquery xsd xsl yaml yamlld yamllint yang yin zcml zig zip zpt "
    "zsh "
)

TAGS = frozenset(_ALL.split())
"""Every tag that may stand in a configuration."""

_KINDS = {name: told.split() for names, told in _BY_EXTENSION.items() for name in names.split()}
_NAMED = {name: told.split() for names, told in _BY_NAME.items() for name in names.split()}
_HEAD = 1024
"""Bytes that are looked at to tell a text."""


def tags_of(path: str, file: File) -> frozenset[str]:
    """Every tag of a file, such as `file`, `text`, `yaml`, `executable`."""
    found = {"file", "executable" if file.mode & 0o100 else "non-executable"}
    name = path.rpartition("/")[2]
    found |= set(_by_name(name) or _by_shebang(file))
    if not found & {"text", "binary"}:
        found.add("binary" if b"\0" in file.data[:_HEAD] else "text")
    return frozenset(found)


def _by_name(name: str) -> list[str]:
    for part in (name, name.partition(".")[0]):
        if part in _NAMED:
            return _NAMED[part]
    return _KINDS.get(name.rpartition(".")[2].lower(), []) if "." in name else []


def _by_shebang(file: File) -> list[str]:
    if not file.mode & 0o100 or not file.data.startswith(b"#!"):
        return []
    words = file.data.partition(b"\n")[0][2:].decode("utf-8", "replace").split()
    last = [word for word in words if word not in ("env", "/usr/bin/env", "-S")][:1]
    program = last[0].rpartition("/")[2] if last else ""
    kinds = {"bash": "bash shell", "sh": "sh shell", "zsh": "zsh shell", "dash": "dash shell"}
    if program.startswith("python"):
        return ["python"]
    return kinds.get(program, "").split()
