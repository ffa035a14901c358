"""Reads the book's Markdown and HTML: chapters, headings, links, and the parts that the guide for agents is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tooling import ROOT

BOOK = ROOT / "docs/book"
SOURCE = BOOK / "src"

# `[text](target)` and `![text](target)`; targets with spaces or titles are not used here.
LINK = re.compile(r"(!?\[(?:[^\[\]]|\[[^\]]*\])*\]\()([^()\s]+)(\))")
FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
CODE_SPAN = re.compile(r"`+[^`]*`+")


@dataclass(frozen=True)
class Chapter:
    """A page of the book as SUMMARY.md lists it."""

    title: str
    path: Path
    part: str

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")


def chapters() -> list[Chapter]:
    """The pages in reading order."""
    found, part = [], ""
    for line in (SOURCE / "SUMMARY.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            part = line[2:].strip().replace("Summary", "Overview")
        elif match := re.search(r"\[([^\]]+)\]\(([^)]+)\)", line):
            found.append(Chapter(match[1], SOURCE / match[2], part))
    return found


def prose(text: str) -> list[tuple[int, str]]:
    """Lines outside of code blocks, with their numbers."""
    lines, fence = [], None
    for number, line in enumerate(text.splitlines(), 1):
        match = FENCE.match(line)
        if fence is None and match:
            fence = match[1]
        elif fence is not None:
            if match and match[1].startswith(fence):
                fence = None
        else:
            lines.append((number, line))
    return lines


def slug(heading: str) -> str:
    """The anchor that GitHub and mdBook give a heading."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").strip().lower()
    return "".join("-" if c == " " else c for c in text if c.isalnum() or c in "-_ ")


def anchors(text: str) -> set[str]:
    """Anchors of all headings; repeated ones get a number."""
    found: set[str] = set()
    for _, line in prose(text):
        if match := re.match(r"#{1,6} +(.*?) *#*$", line):
            name, count = slug(match[1]), 0
            while (anchor := f"{name}-{count}" if count else name) in found:
                count += 1
            found.add(anchor)
    return found


def has_anchor(page: Path, anchor: str) -> bool:
    """Whether a heading of the page, or of a document that it shows, has the anchor."""
    text = page.read_text(encoding="utf-8")
    shown = [page, *(ROOT / name for name in re.findall(r"^\{\{#document (\S+)\}\}$", text, re.MULTILINE))]
    return any(anchor in anchors(document.read_text(encoding="utf-8")) for document in shown)


def is_external(target: str) -> bool:
    return bool(urlsplit(target).scheme) or target.startswith("//")


def dead_links(page: Path) -> list[str]:
    """Relative links of a Markdown file that lead to no file, or to no heading of it."""
    text, problems = page.read_text(encoding="utf-8"), []
    for number, line in prose(text):
        for _, target, _ in LINK.findall(CODE_SPAN.sub("", line)):
            if is_external(target):
                continue
            parts = urlsplit(target)
            to = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            where = f"{page.relative_to(ROOT)}:{number}: `{target}`"
            if not to.exists() or not to.is_relative_to(ROOT):
                problems.append(f"{where} leads to no file")
            elif parts.fragment and to.suffix == ".md" and not has_anchor(to, parts.fragment):
                problems.append(f"{where}: the file has no such heading")
    return problems


class Page(HTMLParser):
    """The ids of an HTML page, and where it links to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and name == "id":
                self.ids.add(value)
            elif value and (name, tag) in {("href", "a"), ("href", "link"), ("src", "img"), ("src", "script")}:
                self.links.add(value)


def dead_html_links(folder: Path) -> list[str]:
    """Links between the built pages that lead to no file or to no element."""
    pages = {path.resolve(): Page(path) for path in sorted(folder.rglob("*.html"))}
    problems = []
    for path, page in pages.items():
        if path.name in {"404.html", "toc.html"}:  # the one has a base address of the site, the other is a frame of every page
            continue
        for target in sorted(page.links):
            parts = urlsplit(target)
            if is_external(target):
                continue
            to = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            where = f"{path.relative_to(folder.resolve())}: `{target}`"
            if not to.exists():
                problems.append(f"{where} leads to no file")
            elif parts.fragment and to in pages and unquote(parts.fragment) not in pages[to].ids:
                problems.append(f"{where}: the page has no such place")
    return problems


def summary(chapter: Chapter) -> str:
    """The first sentence below the heading of a page."""
    paragraph: list[str] = []
    for _, line in prose(chapter.text):
        if line.startswith("#") or line.startswith("<!--"):
            continue
        if line.strip():
            paragraph.append(line.strip())
        elif paragraph:
            break
    text = LINK.sub(lambda m: m[1][m[1].index("[") + 1 : m[1].rindex("]")], " ".join(paragraph))
    return re.split(r"(?<=\.)\s", text, maxsplit=1)[0]


def without_hidden_lines(text: str) -> str:
    """Rust blocks as readers see them: without the lines that only the tests need."""
    lines, rust = [], False
    for line in text.splitlines():
        code = line.strip()
        if code.startswith("```"):
            rust = not rust and code.startswith("```rust")
        if rust and (code == "#" or code.startswith("# ")):
            continue
        lines.append(line)
    return "\n".join(lines)


def for_agents(chapter: Chapter) -> str:
    """The parts of a page between `<!-- agents -->` and `<!-- /agents -->`."""
    parts = re.findall(r"<!-- agents -->\n(.*?)<!-- /agents -->", chapter.text, re.DOTALL)
    return "\n\n".join(without_hidden_lines(part).strip() for part in parts)
