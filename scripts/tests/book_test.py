"""Tests of the checks that `scripts/book` makes, and of what it derives from pages."""

import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

SCRIPTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(SCRIPTS / "lib"))
sys.path.insert(0, str(SCRIPTS / "tests"))
import pages  # noqa: E402
from scripts_test import script  # noqa: E402


class Links(unittest.TestCase):
    def folder(self, files: dict[str, str]) -> Path:
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        folder = Path(holder.name).resolve()
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        return folder

    def test_dead_files_and_headings_are_found_outside_of_code(self):
        folder = self.folder({
            "a.md": "[b](b.md) [c](b.md#the-end) `[no](link.md)`\n\n```text\n[d](d.md)\n```\n\n[e](e.md) [f](b.md#nowhere) [g](#here)\n\n# Here\n",
            "b.md": "# B\n\n## The `end`\n",
        })
        with mock.patch.object(pages, "ROOT", folder):
            self.assertEqual(pages.dead_links(folder / "a.md"), [
                "a.md:7: `e.md` leads to no file",
                "a.md:7: `b.md#nowhere`: the file has no such heading",
            ])

    def test_dead_links_of_built_pages_are_found(self):
        folder = self.folder({
            "index.html": '<h1 id="top">A</h1><a href="sub/b.html#there">b</a><a href="#top">top</a><a href="https://example.com/x">x</a>',
            "sub/b.html": '<p id="there"></p><a href="../index.html#bottom">a</a><img src="no.svg">',
        })
        self.assertEqual(pages.dead_html_links(folder), [
            "sub/b.html: `../index.html#bottom`: the page has no such place",
            "sub/b.html: `no.svg` leads to no file",
        ])

    def test_anchors_are_those_of_the_renderers(self):
        self.assertEqual(pages.anchors("# Rollback and releases\n## A `--flag`, or two\n## Same\n## Same\n"), {"rollback-and-releases", "a---flag-or-two", "same", "same-1"})


class Expansion(unittest.TestCase):
    def test_links_that_leave_the_book_lead_to_the_repository(self):
        tool = script("book")
        page = pages.SOURCE / "guides/reviews.md"
        self.assertEqual(
            tool.expand("[a](../../../delivery.md#set-up-once) [b](policies.md) [c](#x) [d](https://example.com)\n```text\n[a](../../../x.md)\n```\n", page),
            f"[a]({tool.REPOSITORY}/blob/main/docs/delivery.md#set-up-once) [b](policies.md) [c](#x) [d](https://example.com)\n```text\n[a](../../../x.md)\n```\n",
        )

    def test_a_document_comes_without_its_title(self):
        text = script("book").expand("# Failure cases\n\n{{#document docs/failures.md}}\n", pages.SOURCE / "operating/failures.md")
        self.assertEqual(text.count("\n# ") + text.startswith("# "), 1)
        self.assertIn("| case |", text)

    def test_the_table_has_every_code(self):
        tool = script("book")
        self.assertEqual(tool.code_table().count("\n| [INF"), len(tool.code_pages()))
        self.assertGreater(len(tool.code_pages()), 150)


class Guide(unittest.TestCase):
    def test_excerpts_have_no_hidden_lines_and_links_from_their_new_place(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "page.md")
            path.write_text("# P\n\nFirst: one. Second.\n\n<!-- agents -->\n```rust\n# hidden\nshown();\n```\n\n```toml\n# kept\n```\n<!-- /agents -->\nleft out\n")
            chapter = pages.Chapter("P", path, "Part")
            self.assertEqual(pages.for_agents(chapter), "```rust\nshown();\n```\n\n```toml\n# kept\n```")
            self.assertEqual(pages.summary(chapter), "First: one.")
        guide = script("book").to_guide("## A\n[x](../testing.md#b) [y](#z)", pages.SOURCE / "guides/policies.md")
        self.assertEqual(guide, "### A\n[x](../book/src/testing.md#b) [y](../book/src/guides/policies.md#z)")


if __name__ == "__main__":
    unittest.main()
