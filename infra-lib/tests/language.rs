//! The language of doc comments and function names in this repository, held to limits.
//!
//! The rules stand in `CONTRIBUTING.md`. A part that misses a goal has the figure of today as its limit, which is lowered as the part improves.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Words that open a fragment or a subordinate clause in place of the name of a thing.
const OPENERS: [&str; 19] = [
    "what", "whether", "how", "where", "who", "whose", "why", "that", "which", "when", "those",
    "of", "with", "from", "for", "in", "by", "it", "its",
];

/// Phrases that read stilted or that make a program a person. `*` stands for any word.
const IDIOMS: [&str; 31] = [
    "so many",
    "so long",
    "is none",
    "are none",
    "is no *",
    "come to be",
    "comes to be",
    "came to be",
    "nobody",
    "somebody",
    "whoever",
    "is told",
    "are told",
    "is said",
    "are said",
    "say so",
    "says so",
    "says nothing",
    "by itself",
    "by themselves",
    "beside",
    "anew",
    "what is",
    "what it",
    "what was",
    "of its own",
    "as it should be",
    "in vain",
    "for good",
    "of one's own",
    "taken back",
];

/// Folders whose comments are generated, or are data of tests.
const SKIPPED: [&str; 7] = [
    "target",
    "tests",
    "test",
    "test_data",
    "generated",
    "snapshots",
    "node_modules",
];

/// Sentences shown for a part that breaks a limit.
const SHOWN: usize = 25;

/// The most, or for `words` the least, that a part may have.
struct Limits {
    folder: &'static str,
    /// Comments that begin with one of [`OPENERS`], in percent.
    openers: f64,
    /// [`IDIOMS`] in a thousand words.
    idioms: f64,
    /// Comments of three words or fewer, in percent.
    bare: f64,
    /// Mean number of words in comments of public items.
    words: f64,
    /// Functions whose name is a single word, in percent.
    one_word: f64,
}

const PARTS: [Limits; 3] = [
    Limits {
        folder: "infra-lib",
        openers: 2.0,
        idioms: 0.5,
        bare: 5.0,
        words: 15.0,
        one_word: 35.0,
    },
    Limits {
        folder: "infra-app",
        openers: 2.0,
        idioms: 0.5,
        bare: 5.0,
        words: 15.0,
        one_word: 35.0,
    },
    Limits {
        folder: "service",
        openers: 2.0,
        idioms: 0.5,
        bare: 5.0,
        words: 15.0,
        one_word: 35.0,
    },
];

/// A doc comment with the first row of the item that it documents.
#[derive(Debug, PartialEq)]
struct Comment {
    line: usize,
    text: String,
    item: String,
}

/// Reads the doc comments of a file. Rows of a code block count as text.
fn comments(source: &str) -> Vec<Comment> {
    let rows: Vec<&str> = source.lines().map(str::trim).collect();
    let mut found = Vec::new();
    let mut row = 0;
    while row < rows.len() {
        let start = row;
        let mut text = Vec::new();
        while let Some(said) = rows.get(row).and_then(|row| doc_text(row)) {
            text.push(said);
            row += 1;
        }
        if text.is_empty() {
            row += 1;
            continue;
        }
        let item = rows[row..]
            .iter()
            .find(|row| !row.starts_with("#[") && !row.is_empty());
        found.push(Comment {
            line: start + 1,
            text: text.join(" ").trim().to_owned(),
            item: item.unwrap_or(&"").to_string(),
        });
    }
    found.retain(|comment| !comment.text.is_empty());
    found
}

fn doc_text(row: &str) -> Option<&str> {
    let text = row
        .strip_prefix("///")
        .or_else(|| row.strip_prefix("//!"))?;
    (!text.starts_with('/')).then(|| text.trim())
}

/// Splits a text into lowercase words without punctuation around them.
fn words(text: &str) -> Vec<String> {
    let plain = |word: &str| {
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    };
    text.split_whitespace().map(plain).collect()
}

/// Counts the phrases of [`IDIOMS`] among words.
fn count_idioms(words: &[String]) -> usize {
    let is_at = |phrase: &str, at: usize| {
        let parts: Vec<&str> = phrase.split(' ').collect();
        words.get(at..at + parts.len()).is_some_and(|here| {
            here.iter()
                .zip(&parts)
                .all(|(word, part)| *part == "*" || word == part)
        })
    };
    (0..words.len())
        .map(|at| IDIOMS.iter().filter(|phrase| is_at(phrase, at)).count())
        .sum()
}

/// Yields the name of every function that a source declares.
fn function_names(source: &str) -> impl Iterator<Item = &str> {
    source.match_indices("fn ").filter_map(|(at, _)| {
        let before = source[..at].chars().next_back();
        let rest = &source[at + 3..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
        let opens = rest[end..].starts_with(['(', '<']);
        (end > 0 && opens && !before.is_some_and(char::is_alphanumeric)).then(|| &rest[..end])
    })
}

#[derive(Default)]
struct Figures {
    comments: usize,
    words: usize,
    openers: usize,
    idioms: usize,
    bare: usize,
    public: usize,
    public_words: usize,
    functions: usize,
    one_word: usize,
    faults: Vec<String>,
}

impl Figures {
    fn add(&mut self, path: &Path, source: &str) {
        for name in function_names(source) {
            self.functions += 1;
            self.one_word += usize::from(!name.contains('_'));
        }
        for comment in comments(source) {
            let said = words(&comment.text);
            let opener = said
                .first()
                .is_some_and(|word| OPENERS.contains(&word.as_str()));
            let (idioms, bare) = (count_idioms(&said), said.len() <= 3);
            self.comments += 1;
            self.words += said.len();
            self.openers += usize::from(opener);
            self.idioms += idioms;
            self.bare += usize::from(bare);
            if comment.item.starts_with("pub ") {
                self.public += 1;
                self.public_words += said.len();
            }
            if opener || idioms > 0 || bare {
                let text: String = comment.text.chars().take(120).collect();
                self.faults
                    .push(format!("{}:{}: {text}", path.display(), comment.line));
            }
        }
    }

    /// Describes each limit that the figures break.
    fn broken(&self, limits: &Limits) -> Vec<String> {
        let share = |part: usize, whole: usize, times: f64| {
            #[expect(clippy::cast_precision_loss, reason = "counts of comments are small")]
            let share = part as f64 / whole.max(1) as f64;
            share * times
        };
        let mut broken = Vec::new();
        for (about, is, most) in [
            (
                "% of comments open with a fragment",
                share(self.openers, self.comments, 100.0),
                limits.openers,
            ),
            (
                "idioms in 1,000 words",
                share(self.idioms, self.words, 1000.0),
                limits.idioms,
            ),
            (
                "% of comments have three words or fewer",
                share(self.bare, self.comments, 100.0),
                limits.bare,
            ),
            (
                "% of functions have a name of one word",
                share(self.one_word, self.functions, 100.0),
                limits.one_word,
            ),
        ] {
            if is > most {
                broken.push(format!("{is:.2} {about}; the limit is {most}"));
            }
        }
        let mean = share(self.public_words, self.public, 1.0);
        if mean < limits.words {
            let least = limits.words;
            broken.push(format!(
                "comments of public items have {mean:.2} words on average; the limit is {least}"
            ));
        }
        broken
    }
}

/// Collects the Rust sources below a folder, in order.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    let mut found = Vec::new();
    for path in entries {
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        if path.is_dir() && !SKIPPED.contains(&name) && !name.starts_with('.') {
            found.extend(sources(&path));
        } else if path.extension() == Some(OsStr::new("rs")) {
            found.push(path);
        }
    }
    found
}

#[test]
fn keeps_doc_comments_and_names_within_limits() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut report = String::new();
    for limits in &PARTS {
        let mut figures = Figures::default();
        for path in sources(&root.join(limits.folder)) {
            figures.add(
                path.strip_prefix(root).unwrap(),
                &fs::read_to_string(&path).unwrap(),
            );
        }
        assert!(figures.comments > 100, "{} has no comments", limits.folder);
        let broken = figures.broken(limits);
        if !broken.is_empty() {
            let _ = writeln!(report, "{}: {}", limits.folder, broken.join("; "));
            for fault in figures.faults.iter().take(SHOWN) {
                let _ = writeln!(report, "  {fault}");
            }
        }
    }
    assert!(
        report.is_empty(),
        "language of doc comments (rules: CONTRIBUTING.md)\n{report}"
    );
}

#[test]
fn counts_openers_idioms_and_short_comments() {
    let source = "//! What a file is for.\n\n/// Names the\n/// stack to poll.\n#[must_use]\npub fn poll_stack() {}\n\
        /// The region.\nfn check(x: fn(u8)) {}\n//// no comment\n/// There is no way, so many are told.\nstruct A;\n";
    let lines: Vec<usize> = comments(source)
        .iter()
        .map(|comment| comment.line)
        .collect();
    assert_eq!(lines, [1, 3, 7, 10]);
    let mut figures = Figures::default();
    figures.add(Path::new("a.rs"), source);
    assert_eq!((figures.comments, figures.openers, figures.bare), (4, 1, 1));
    assert_eq!(
        (figures.idioms, figures.public, figures.public_words),
        (3, 1, 5)
    );
    assert_eq!((figures.functions, figures.one_word), (2, 1));
    assert_eq!(figures.faults[0], "a.rs:1: What a file is for.");
}

#[test]
fn reports_every_exceeded_limit() {
    let strict = Limits {
        folder: "",
        openers: 0.0,
        idioms: 0.0,
        bare: 0.0,
        words: 6.0,
        one_word: 0.0,
    };
    let mut figures = Figures::default();
    figures.add(Path::new("a.rs"), "/// What is said.\npub fn check() {}\n");
    assert_eq!(figures.broken(&strict).len(), 5);
    let mut figures = Figures::default();
    figures.add(
        Path::new("a.rs"),
        "/// Returns the region of the stack.\npub fn read_region() {}\n",
    );
    assert!(figures.broken(&strict).is_empty());
}
