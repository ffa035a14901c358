"""Pages of the book about constructs: one each, from the sources of infra-lib and the model of the CloudFormation schemas."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from pages import SOURCE, without_hidden_lines
from tooling import ROOT

LIBRARY = ROOT / "infra-lib/src"
MODEL = ROOT / "infra-lib/schema/model"
DOCS = ROOT / "infra-lib/cfn/docs"
NAMES = Path(__file__).with_suffix(".toml")
PAGES = SOURCE / "reference/constructs"
INDEX = SOURCE / "reference/constructs.md"
SUMMARY = SOURCE / "SUMMARY.md"

IMPLEMENTED = re.compile(r"impl<'app[^{;]*?> (?:crate::)?(?:core::)?Construct<'app>\s+for\s+(\w+)<")
BUILT_BY_MACRO = re.compile(r"^(?:crate::)?construct! \{$", re.MULTILINE)
# A property of the macro: documentation, kind, name, type and default.
KINDS = "text|value|optional|required_value|required_handle|required_reference|required|default|handle|reference"
FIELD = re.compile(rf"((?:^ +///.*\n)+) +({KINDS}) (\w+)(?:: ((?:[^,=<(]|<[^;]*?>|\([^;]*?\))+?))?(?: = ([^;]*?))?,$", re.MULTILINE)
DEFAULT = re.compile(r"\bDefault: (.+?)\.(?=\s+[A-Z`\[]|\s*$)", re.DOTALL)
# The default of CloudFormation or of the service, where it is another one: `none (CloudFormation: all)`, `90 days (S3: unlimited)`.
ELSEWHERE = re.compile(r"^(.*?),? \((?:CloudFormation|[A-Z]\w+): (.*?)\)(.*)$", re.DOTALL)
SAME = re.compile(r",? as in (?:CloudFormation|(?:Amazon )?[A-Z]\w+)\b")
RESOURCE = re.compile(r"AWS::\w+::\w+")
# An import, or a construct that can be one.
IMPORT = re.compile(r"(?:.*::)?(?:Imported\w+|\w+Ref)$")


@dataclass
class Property:
    """A setter of a builder."""

    name: str
    type: str
    text: str
    required: bool = False
    value: str = ""

    @property
    def default(self) -> str:
        """The default as the documentation words it, else the value in the source."""
        if self.required:
            return "required"
        if match := DEFAULT.search(self.flat):
            words = match[1]
            if elsewhere := ELSEWHERE.match(words):
                words = elsewhere[1] + elsewhere[3]
            return SAME.sub("", words).strip()
        if self.value:
            return f"`{self.value}`"
        return "" if "instead of" in self.flat else "none"

    @property
    def elsewhere(self) -> str:
        """CloudFormation's own default, where the documentation tells it."""
        match = DEFAULT.search(self.flat)
        if not match or self.required:
            return ""
        if elsewhere := ELSEWHERE.match(match[1]):
            return elsewhere[2]
        return "the same" if SAME.search(match[1]) else ""

    @property
    def description(self) -> str:
        """The documentation without the sentence of the default."""
        text = re.sub(r"\s+", " ", DEFAULT.sub("", self.flat, count=1)).strip()
        # The sentence that announces an example goes with it.
        return re.sub(r"(?:^|(?<=\. ))[^.]*:$", "", text).strip()

    @property
    def flat(self) -> str:
        """The documentation in one line, up to the first example."""
        return re.sub(r"\s+", " ", self.text.split("```")[0]).strip()


@dataclass
class Construct:
    """A construct, its documentation, and the setters of its builder."""

    service: str
    name: str
    text: str
    properties: list[Property] = field(default_factory=list)
    built: bool = False

    @property
    def page(self) -> Path:
        return PAGES / self.service / f"{snake(self.name)}.md"

    @property
    def resource(self) -> str:
        """The resource type that the construct is about: the first one that its documentation names."""
        match = RESOURCE.search(self.text)
        return match[0] if match else ""


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def doc_above(source: str, end: int) -> str:
    """The documentation of the item that starts at an offset: its lines above, across attributes."""
    lines, depth = [], 0
    for line in reversed(source[:end].splitlines()):
        code = line.strip()
        if code.startswith("///"):
            lines.append(code[3:].removeprefix(" "))
        elif lines or not code or code in {"}", "{"} or code.endswith(";"):
            break
        else:
            # The lines of an attribute are skipped, up to one that opens it.
            depth += code.count("]") - code.count("[")
            if depth <= 0 and not code.startswith("#["):
                break
    return "\n".join(reversed(lines))


def documentation(lines: str) -> str:
    return "\n".join(line.strip()[3:].removeprefix(" ") for line in lines.splitlines())


def matching(text: str, start: int) -> int:
    """The offset after the bracket that closes the one at `start`. Brackets in documentation are balanced as well."""
    depth = 0
    for at in range(start, len(text)):
        if text[at] in "{(":
            depth += 1
        elif text[at] in "})":
            depth -= 1
            if depth == 0:
                return at + 1
    raise ValueError(f"nothing closes {text[start : start + 40]!r}")


def split_top(text: str) -> list[str]:
    """Splits at commas outside of brackets."""
    parts, depth, last = [], 0, 0
    for at, char in enumerate(text):
        if char in "(<[{":
            depth += 1
        elif char in ")]}" or char == ">" and text[at - 1] not in "-=":
            depth -= 1
        elif char == "," and depth == 0:
            parts.append(text[last:at])
            last = at + 1
    return [part for part in [*parts, text[last:]] if part.strip()]


def plain(ty: str) -> str:
    """A type as readers see it: without paths and lifetimes."""
    ty = re.sub(r"\s+", " ", ty).strip()
    ty = re.sub(r"\b(?:crate|super|std|self|core)(?:::\w+)*::(?=\w)", "", ty)
    ty = re.sub(r"'(?:app|_|static)(?:, )?", "", ty).replace("& ", "&")
    return ty.replace("<>", "").removesuffix("+ ").strip()


# A property that takes a construct or an import by its trait: `reference log_group: AsLogGroup::as_log_group => LogGroupRef<'app>`.
BY_TRAIT = re.compile(r"(\breference \w+|\brequired_reference \w+): (?:\w+::)*?(\w+)::\w+ => [^\n]*,$", re.MULTILINE)
SHARED = re.compile(r"^ +shared (\w+),$", re.MULTILINE)


def macro_properties(block: str) -> list[Property]:
    found = []
    # The properties of `shared NAME` stand in the macro of that name.
    block = SHARED.sub(lambda shared: macros()[shared[1]], block)
    for match in FIELD.finditer(BY_TRAIT.sub(r"\1: impl \2,", block)):
        text, kind, name, ty, value = match.groups()
        ty = plain(ty or "String")
        if kind in {"text", "value", "required_value"}:
            ty = f"Value<{ty}>"
        required = kind.startswith("required")
        found.append(Property(name, ty, documentation(text), required, re.sub(r"\s+", " ", value or "")))
    return found


def struct_properties(body: str) -> list[Property]:
    """The fields of a struct that derives `bon::Builder`."""
    found = []
    pattern = re.compile(r"((?:^ +///.*\n)*)((?:^ +#\[(?:[^\]]|\](?! *$))*\]\n)*)^ +(?:pub(?:\([\w ]+\))? )?(\w+): (.+?),$", re.MULTILINE)
    for text, attributes, name, ty in pattern.findall(body):
        if re.search(r"\bbuilder\((?:field|skip)", attributes) or 'vis = ""' in attributes or not text:
            continue
        optional = re.match(r"Option<(.*)>$", ty)
        ty = optional[1] if optional else ty
        default = re.search(r"\bdefault(?: = ([^\n]*?))?(?:, \w+ = |\)\])", attributes)
        if taken := re.search(r"with = \|\w+: impl (?:\w+::)*IntoValue<(.*?)>\|", attributes):
            ty = f"Value<{taken[1]}>"
        elif taken := re.search(r"with = \|\w+: (impl [^|]*)\|", attributes):
            ty = taken[1]
        value = default[1] or "" if default else ""
        found.append(Property(name, plain(ty), documentation(text), not optional and not default, value))
    return found


def method_properties(source: str, builder: str) -> list[Property]:
    """The setters that are written by hand, in `impl` blocks of the builder."""
    found = []
    for block in re.finditer(rf"^impl<[^{{]*?> {builder}\b[^{{]*\{{$", source, re.MULTILINE):
        body = source[block.end() - 1 : matching(source, block.end() - 1)]
        for method in re.finditer(r"^    pub fn (\w+)(?:<([^(]*)>)?\(\s*(?:mut )?self,?", body, re.MULTILINE):
            if method[1] == "build":
                continue
            opening = body.index("(", method.start(1))
            arguments = split_top(body[opening + 1 : matching(body, opening) - 1])[1:]
            types = [plain(argument.split(":", 1)[1]) for argument in arguments]
            for generic in split_top(method[2] or ""):
                if ":" in generic:
                    letter, bound = (part.strip() for part in generic.split(":", 1))
                    types = [re.sub(rf"\b{letter}\b", f"impl {plain(bound)}" if ty == letter else letter, ty) for ty in types]
            # A setter that marks a property of the builder as set is required, unless it has a default.
            text = doc_above(body, body.rfind("\n", 0, method.start(1)) + 1)
            head = body[method.start() : body.find("{", matching(body, opening))]
            required = bool(re.search(r"::Set\w+<S>", head)) and "Default" not in text and not re.search(r"instead of", text)
            found.append(Property(method[1], ", ".join(types), text, required))
    return found


@cache
def written() -> dict[Path, str]:
    """Every file of the library as it is written."""
    return {path: path.read_text(encoding="utf-8") for path in sorted(LIBRARY.rglob("*.rs"))}


@cache
def macros() -> dict[str, str]:
    """The macros of the library, by name."""
    found = {}
    for source in written().values():
        for macro in re.finditer(r"^macro_rules! (\w+) \{$", source, re.MULTILINE):
            found[macro[1]] = source[macro.end() - 1 : matching(source, macro.end() - 1)].replace("$crate", "crate")
    return found


# A macro that repeats items: `($($builder:ident, $state:ident;)+) => {$( … )+};`.
REPEATED = re.compile(r"\(\$\(([^()]*)\)(,?)\+\) => \{\$\(\n(.*?)\n    \)\+\};", re.DOTALL)


def expanded(source: str) -> str:
    """A file with the items that its calls of repeating macros stand for, such as `stage_variables! { HttpStageBuilder, http_stage_builder; }`."""
    items = []
    for name, calls in re.findall(r"^(\w+)! \{([^{}]*)\}$", source, re.MULTILINE):
        if not (macro := REPEATED.search(macros().get(name, ""))):
            continue
        names = re.findall(r"\$(\w+):", macro[1])
        values = re.findall(r"\w+", calls)
        for at in range(0, len(values), len(names)):
            item = re.sub(r"^        ", "", macro[3], flags=re.MULTILINE)
            for variable, value in zip(names, values[at:], strict=False):
                item = item.replace(f"${variable}", value)
            items.append(item)
    return "\n".join([source, *items])


@cache
def sources() -> dict[Path, str]:
    """Every file of the library, with the items that its macros write."""
    return {path: expanded(source) for path, source in written().items()}


def shared_properties(service: str, builder: str) -> list[Property]:
    """The setters of a builder that a macro implements for several ones: `name!(Builder, …);`."""
    everything = sources()
    used = {name for path, source in everything.items() if path.parts[len(LIBRARY.parts)] == service for name in re.findall(rf"^(\w+)!\({builder}, ", source, re.MULTILINE)}
    found = []
    for source in everything.values():
        for macro in re.finditer(r"^macro_rules! (\w+) \{$", source, re.MULTILINE):
            if macro[1] in used:
                text = source[macro.end() - 1 : matching(source, macro.end() - 1)]
                text = re.sub(r"^        ", "", text.replace("$builder", builder), flags=re.MULTILINE)
                found += method_properties(text, builder)
    return found


@cache
def constructs() -> list[Construct]:
    """Every construct, by service and name."""
    found = []
    for folder in sorted(path for path in LIBRARY.iterdir() if path.is_dir()):
        files = {path: source for path, source in sources().items() if path.is_relative_to(folder)}
        exported = "".join(re.findall(r"pub use [^;]*;", files[folder / "mod.rs"]))
        everything = "\n".join(files.values())
        for source in files.values():
            for name, block in declared(source):
                if IMPORT.match(name) or not re.search(rf"\b{name}\b", exported):
                    continue
                found.append(describe(folder.name, name, source if block else everything, everything, block))
    return sorted(found, key=lambda one: (one.service, one.name))


def declared(source: str) -> list[tuple[str, str]]:
    """Names of the constructs of a file, with the block of the macro for those that it declares."""
    blocks = {}
    for match in BUILT_BY_MACRO.finditer(source):
        block = source[match.end() - 1 : matching(source, match.end() - 1)]
        if name := re.search(r"struct (\w+)<'app>: ", block):
            blocks[name[1]] = block
    return [*blocks.items(), *((name, "") for name in IMPLEMENTED.findall(source))]


def describe(service: str, name: str, source: str, everything: str, block: str) -> Construct:
    struct = re.search(rf"^ *(?:pub(?:\([\w ]+\))? )?struct {name}\b", source, re.MULTILINE)
    if struct is None:
        raise ValueError(f"{service}::{name} is declared in no form that scripts/lib/constructs.py knows")
    text = doc_above(source, struct.start())
    found = Construct(service, name, text, built=bool(block))
    builder = f"{name}Builder"
    if block:
        found.properties = macro_properties(block)
    elif props := re.search(rf"^pub struct {name}Props\b[^{{]*\{{$", everything, re.MULTILINE):
        found.properties = struct_properties(everything[props.end() : matching(everything, props.end() - 1)])
        found.built = True
    own = {one.name: one for one in found.properties}
    for one in method_properties(everything, builder) + shared_properties(service, builder):
        if one.name not in own:
            own[one.name] = one
            found.properties.append(one)
    # Required properties first, each group in the order of the source.
    found.properties.sort(key=lambda one: not one.required)
    return found


@cache
def creators(name: str) -> list[Property]:
    """The functions of the library that return a construct without a builder."""
    found = {}
    for source in sources().values():
        for method in re.finditer(rf"^ *pub (?:const )?fn (\w+)[^{{;]*?-> (?:Option<)?{name}<[^{{;]*\{{$", source, re.MULTILINE):
            text = doc_above(source, source.rfind("\n", 0, method.start(1)) + 1)
            owner = re.findall(r"^impl(?:<[^{]*?>)? (?:[\w:]+(?:<[^{]*?>)? for )?(\w+)", source[: method.start()], re.MULTILINE)
            if text and owner:
                found[f"{owner[-1]}::{method[1]}"] = text
    return [Property(name, "", text) for name, text in found.items()]


@dataclass(frozen=True)
class Schema:
    """A property of a resource type: its name, what a change of it does, and its default."""

    resource: str
    name: str
    change: str
    default: str


@cache
def schema_of(resource: str) -> dict[str, Schema]:
    """The settable properties of a resource type by name, from the model of the schemas and its documentation."""
    model, docs = model_files().get(resource, ("", ""))
    found: dict[str, Schema] = {}
    partly: dict[str, str] = {}
    defaults = {name: default_in(text) for name, text in (re.match(r"  (\w+) (.*)", line).groups() for line in own_lines(docs, resource) if re.match(r"  \w+ .", line))}
    for line in own_lines(model, resource):
        if match := re.match(r"@(create-only|may-replace) (.*)", line):
            for path in match[2].split():
                partly.setdefault(path.split("/")[0], match[1])
        elif match := re.match(r"  (\w+)!? (.*)", line):
            name, rest = match.groups()
            marks = set(re.sub(r"'(?:[^']|'')*'", "", rest).split())
            if "read-only" in marks:
                continue
            change = "replacement" if "create-only" in marks else "update or replacement" if "may-replace" in marks else "update"
            found[name] = Schema(resource, name, change, defaults.get(name, ""))
    for name in partly:
        if (one := found.get(name)) and one.change == "update":
            found[name] = replace(one, change="update, or replacement for parts of it")
    return found


def default_in(text: str) -> str:
    """The default that the documentation of a property states, if it is a short one."""
    match = re.search(r"\b[Dd]efault(?: value)?(?: is|:) (?:set to )?([^.;]{1,40})(?:\.(?=\s|$)|;|$)", text)
    return match[1].strip() if match else ""


def own_lines(text: str, resource: str) -> list[str]:
    """The lines of a resource type itself, without those of its property types."""
    lines = iter(text.splitlines())
    for line in lines:
        if line.split(" ", 1)[0] == resource:
            break
    own = []
    for line in lines:
        if line[:1] not in {" ", "@"}:
            break
        own.append(line)
    return own


@cache
def model_files() -> dict[str, tuple[str, str]]:
    """The text of the model and of its documentation, by resource type."""
    found = {}
    for path in sorted(MODEL.glob("*.txt")):
        model, docs = (file.read_text(encoding="utf-8") for file in (path, DOCS / path.name))
        for name in re.findall(r"^(\w+::\w+::\w+)$", model, re.MULTILINE):
            found[name] = (model, docs)
    return found


def schema_property(construct: Construct, setter: str, names: dict[str, dict[str, str]]) -> Schema | None:
    """The property of a resource type that a setter sets: the one of its name, or the one that `constructs.toml` names."""
    title = f"{construct.service}::{construct.name}"
    resource, name = construct.resource, names.get(title, {}).get(setter)
    if name is None:
        flat = setter.replace("_", "")
        schema = schema_of(resource)
        return next((one for key, one in schema.items() if key.lower() in {flat, f"{flat}s"}), None)
    if "." in name:
        resource, name = name.split(".")
    found = schema_of(resource).get(name)
    if found is None:
        raise ValueError(f"scripts/lib/constructs.toml: {title}.{setter}: {resource} has no property {name}")
    return found


def prose_text(text: str, pages: dict[str, Path], here: Path) -> str:
    """Documentation in the form of the book: links to items of the library become names, or links to pages of constructs."""

    def link(match: re.Match[str]) -> str:
        words, target = match[1], match[2] or ""
        if target.startswith("http") or target.startswith("#"):
            return match[0]
        name = words.strip("`").split("::")[0]
        wanted = re.sub(r".*::", "", target) if target else name
        page = pages.get(wanted) or pages.get(name)
        if page and page != here and words.startswith("`"):
            return f"[{words}]({os.path.relpath(page, here.parent)})"
        return words

    return re.sub(r"\[([^\[\]]+)\](?:\(([^()\s]*(?:\([^()]*\))?)\))?", link, text)


def body(text: str, pages: dict[str, Path], here: Path) -> str:
    """The documentation of a construct as a part of its page."""
    lines, rust = [], False
    for line in without_hidden_lines(re.sub(r"^```(?:compile_fail)?$(?=\n(?:.|\n)*?^```$)", opened(), text, flags=re.MULTILINE)).splitlines():
        if line.startswith("```"):
            rust = not rust
            lines.append(line)
        elif rust:
            lines.append(line)
        else:
            lines.append(re.sub(r"^# ", "### ", prose_text(line, pages, here)))
    return "\n".join(lines).strip()


def opened() -> Callable[[re.Match[str]], str]:
    """Marks every first fence of a pair as Rust, which rustdoc assumes."""
    inside = False

    def mark(match: re.Match[str]) -> str:
        nonlocal inside
        inside = not inside
        return "```rust" if inside else match[0]

    return mark


def cell(text: str) -> str:
    """A text as a cell of a table."""
    return re.sub(r"\s+", " ", text).replace("|", "\\|") or "–"


def example_of(construct: Construct) -> str:
    """An example that creates a construct without a builder: of the function that does, or of its type."""
    for one in creators(construct.name):
        owner = next((other for other in constructs() if other.service == construct.service and other.name == one.name.split("::")[0]), None)
        shown = (owner.text if "```" in owner.text else example_of(owner)) if owner and owner is not construct else ""
        for text in (one.text, shown):
            if match := re.search(r"^```\n.*?^```$", text, re.MULTILINE | re.DOTALL):
                return "\n\n" + match[0]
    return ""


def render(construct: Construct, pages: dict[str, Path], names: dict[str, dict[str, str]]) -> str:
    """The page of a construct."""
    here = construct.page
    text = construct.text if "```" in construct.text else construct.text + example_of(construct)
    parts = [f"# {construct.service}::{construct.name}", body(text, pages, here)]
    if construct.properties:
        rows = ["| setter | type | default | CloudFormation | a change |", "|---|---|---|---|---|"]
        details = []
        for one in construct.properties:
            schema = schema_property(construct, one.name, names)
            named = "" if schema is None else schema.name if schema.resource == construct.resource else f"{schema.resource}.{schema.name}"
            change = f"{schema.change}<br>`{named}`" if schema else "update" if one.name == "removal_policy" else ""
            elsewhere = one.elsewhere or (schema.default if schema else "")
            types = f"`{one.type}`" if one.type else ""
            rows.append("| " + " | ".join(cell(prose_text(text, pages, here)) for text in (f"`{one.name}`", types, one.default, elsewhere, change)) + " |")
            details.append(f"- `{one.name}`: {prose_text(one.description, pages, here)}")
        parts += ["## Properties", "\n".join(rows), f"[Constructs]({os.path.relpath(INDEX, here.parent)}#columns) explains the columns.", "\n".join(details)]
    elif made := creators(construct.name):
        parts += ["## Created by", "\n".join(f"- `{one.name}`: {prose_text(first_sentence(one.text), pages, here)}" for one in made)]
    parts.append(f"<!-- Generated from infra-lib/src/{construct.service} by `scripts/book constructs`. -->")
    return "\n\n".join(parts) + "\n"


def first_sentence(text: str) -> str:
    paragraph = re.sub(r"\s+", " ", text.split("\n\n")[0]).strip()
    return re.split(r"(?<=\.)\s(?=[A-Z`\[])", paragraph, maxsplit=1)[0]


INDEX_HEAD = """\
# Constructs

One page for each construct of the library: a description, an example, and a table of its properties.

## Columns

- **setter**: method of the builder, `Queue::builder()` for a `Queue`.
- **type**: argument of the setter. A `Value<T>` takes a literal or a reference to another resource.
- **default**: value without a call of the setter; `required` means that the program does not compile without one.
- **CloudFormation**: value that CloudFormation or the service uses if the property is missing in a template, where AWS documents it.
- **a change**: effect on a deployed resource, and the property in the template. With `replacement`, CloudFormation creates a new resource and
  deletes the old one; with `update or replacement`, it depends on the values. There is no entry for setters that have an effect on other
  resources, such as the statements of a role.

The resources that a construct creates, and their methods for permissions and metrics, are in the
[API documentation](https://docs.rs/infra-lib).
"""


def render_index(found: list[Construct], pages: dict[str, Path]) -> str:
    parts, service = [INDEX_HEAD], None
    for one in found:
        if one.service != service:
            service = one.service
            parts.append(f"\n## {service}\n\n")
        parts.append(f"- [{one.name}]({os.path.relpath(one.page, INDEX.parent)}): {prose_text(first_sentence(one.text), pages, INDEX)}\n")
    return "".join(parts) + "\n<!-- Generated by `scripts/book constructs`. -->\n"


def render_summary(found: list[Construct], summary: str) -> str:
    """The table of contents with a line for each construct below that of the index."""
    entry = "- [Constructs](reference/constructs.md)"
    kept = [line for line in summary.splitlines() if "](reference/constructs/" not in line]
    at = kept.index(entry) + 1
    lines = [f"  - [{one.service}::{one.name}]({one.page.relative_to(SOURCE)})" for one in found]
    return "\n".join([*kept[:at], *lines, *kept[at:]]) + "\n"


def derived() -> dict[Path, str]:
    """The generated pages, and the table of contents, with their expected contents."""
    found = constructs()
    pages: dict[str, Path] = {}
    for one in found:
        # Constructs of two services with one name have no links.
        pages[one.name] = one.page if one.name not in pages else None
    names = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    files = {one.page: render(one, pages, names) for one in found}
    return files | {INDEX: render_index(found, pages), SUMMARY: render_summary(found, SUMMARY.read_text(encoding="utf-8"))}


def problems() -> list[str]:
    """Constructs without a page, an example, or a table or list of what creates them, and pages without a construct."""
    api = (ROOT / "api/infra-lib.txt").read_text(encoding="utf-8")
    # An import belongs to the page of the construct.
    public = {name for name in re.findall(r"Construct<'app> for infra_lib::(\w+::\w+)<", api) if not IMPORT.search(name)}
    found = constructs()
    titles = {f"{one.service}::{one.name}" for one in found}
    texts = derived()
    missing = [f"{title} has no page" for title in sorted(public - titles)]
    for one in found:
        text = texts[one.page]
        missing += [f"{one.service}::{one.name}: the documentation has no example"] * ("```rust" not in text)
        missing += [f"{one.service}::{one.name}: no properties and no function that creates one were found"] * ("\n## " not in text)
    missing += [f"{path.relative_to(ROOT)} describes no construct" for path in sorted(PAGES.rglob("*.md")) if path not in texts]
    return missing
