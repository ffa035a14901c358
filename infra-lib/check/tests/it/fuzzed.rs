//! Small changes of every template of `tests/templates`, and the texts of the fuzzing corpus: each has a report in a short time, whose corrections can be
//! applied. `FUZZ_ROUNDS` sets the number of changes of each template; `just fuzz` watches which code a text reaches, and needs a nightly compiler.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use infra_check::report::{render_json, render_lines, render_text};
use infra_check::{Options, check_text};
use infra_template::Template;

use super::list_files;

/// Words that are inserted into templates.
const WORDS: [&str; 22] = [
    "!Ref A",
    "{Ref: A}",
    "!If [A, B, C]",
    "Fn::ForEach::A: [A, [B], {}]",
    "${A}",
    "&a ",
    "*a",
    "<<: *a",
    "|-\n",
    "---\n",
    "? ",
    "\t",
    "\u{feff}",
    "\r",
    "\u{e9}",
    "null",
    "1e999",
    "-9223372036854775809",
    "'",
    "\"",
    "[[[[",
    "Transform: AWS::Serverless-2016-10-31\n",
];

/// A reproducible sequence of numbers (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (limit.max(1) as u64)).unwrap()
    }

    /// Returns an offset at which a character of the text starts.
    fn offset(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// Changes a text in one place.
    fn change(&mut self, text: &str) -> String {
        let (one, other) = (self.offset(text), self.offset(text));
        let (start, end) = (one.min(other), one.max(other).min(one.min(other) + 40));
        let end = (end..=text.len()).find(|at| text.is_char_boundary(*at));
        let end = end.unwrap_or(text.len());
        let piece = &text[start..end];
        match self.below(6) {
            0 => [&text[..start], &text[end..]].concat(),
            1 => [&text[..end], piece, &text[end..]].concat(),
            2 => text[..start].to_owned(),
            3 => {
                let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
                let (a, b) = (self.below(lines.len()), self.below(lines.len()));
                if !lines.is_empty() {
                    lines.swap(a, b);
                }
                lines.concat()
            }
            4 => {
                let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
                let (from, to) = (self.below(lines.len()), self.below(lines.len()));
                if let Some(line) = lines.get(from).copied() {
                    lines.insert(to, line);
                }
                lines.concat()
            }
            _ => {
                let word = WORDS[self.below(WORDS.len())];
                [&text[..start], word, &text[start..]].concat()
            }
        }
    }
}

/// Does everything that the tool does with a text of a template.
fn check_everything(text: &str) {
    let report = check_text("t.yaml", text, &Options::default());
    for finding in &report.findings {
        assert!(finding.start() <= finding.end(), "{finding:?}");
    }
    let _ = (
        render_lines(&report),
        render_text(&report),
        render_json(&report),
    );
    let (corrected, number) = report.apply_fixes("t.yaml", text);
    assert!(number > 0 || corrected == text);
    if let Ok(template) = Template::parse(text) {
        let again = Template::parse(&template.json()).expect("its own JSON is a template");
        assert_eq!(again.document().len(), template.document().len());
    }
}

fn expect_answer(name: &str, text: &str) {
    let start = Instant::now();
    let done = catch_unwind(AssertUnwindSafe(|| check_everything(text)));
    assert!(done.is_ok(), "{name}: panic for {text:?}");
    let elapsed = start.elapsed();
    assert!(
        elapsed < Duration::from_secs(10),
        "{name}: {elapsed:?} for {text:?}"
    );
}

#[test]
fn answers_every_change_of_templates() {
    let rounds = std::env::var("FUZZ_ROUNDS").map_or(20, |rounds| rounds.parse().unwrap());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/templates");
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut count = 0;
    for path in list_files(&folder, &["yaml", "json"]) {
        let original = fs::read_to_string(&path).unwrap();
        let mut text = original.clone();
        for round in 0..rounds {
            // Changes add up, and begin anew after some.
            if round % 8 == 0 {
                text.clone_from(&original);
            }
            text = numbers.change(&text);
            expect_answer(&path.display().to_string(), &text);
            count += 1;
        }
    }
    assert!(count >= 100 * rounds, "only {count} texts");
}

#[test]
fn answers_texts_that_fuzzing_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    let mut count = 0;
    for program in ["check", "json", "template", "yaml"] {
        for entry in fs::read_dir(folder.join(program)).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            expect_answer(
                &path.display().to_string(),
                &String::from_utf8_lossy(&bytes),
            );
            count += 1;
        }
    }
    assert!(count >= 12, "only {count} texts");
}
