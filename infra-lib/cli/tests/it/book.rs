//! Checks the text of the book that `infra mcp` serves, which is generated from the pages of the book.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Returns the paths of the pages without `.md`, in the order of the summary.
fn pages() -> Vec<String> {
    let summary = fs::read_to_string(root().join("docs/book/src/SUMMARY.md")).unwrap();
    let links = summary.split("](").skip(1);
    let paths = links.filter_map(|link| link.split_once(".md)"));
    paths.map(|(path, _)| path.to_owned()).collect()
}

/// Removes the lines that rustdoc hides.
fn visible(text: &str) -> String {
    let mut rust = false;
    let mut kept = String::new();
    for line in text.lines() {
        if line.starts_with("```") {
            rust = !rust && line.starts_with("```rust");
        }
        if !(rust && (line == "#" || line.starts_with("# "))) {
            kept += line;
            kept.push('\n');
        }
    }
    kept
}

/// Returns title and first sentence of a page.
fn head(text: &str) -> (&str, String) {
    let mut lines = text.lines().filter(|line| !line.is_empty());
    let title = lines
        .next()
        .and_then(|line| line.strip_prefix("# "))
        .unwrap();
    let paragraph = text
        .split("\n\n")
        .nth(1)
        .unwrap_or_default()
        .replace('\n', " ");
    let sentence = match paragraph.split_once(". ") {
        Some((first, _)) => format!("{first}."),
        None => paragraph,
    };
    (title, sentence)
}

#[test]
fn matches_committed_mcp_book() {
    let mut book = String::new();
    for path in pages() {
        let text = fs::read_to_string(root().join(format!("docs/book/src/{path}.md"))).unwrap();
        let text = visible(&text.replace("\r\n", "\n"));
        let (title, sentence) = head(&text);
        for part in [&*text, &sentence] {
            assert!(
                !part.contains(['\u{c}', '\t']),
                "{path} has a tab or a form feed"
            );
        }
        for part in ["\u{c}", &path, "\t", title, "\t", &sentence, "\n", &text] {
            book.push_str(part);
        }
    }
    let path = root().join("infra-lib/cli/src/commands/mcp/book.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &book).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == book,
        "src/commands/mcp/book.txt is stale: run `UPDATE=1 cargo test -p infra-cli --test it book`"
    );
}
