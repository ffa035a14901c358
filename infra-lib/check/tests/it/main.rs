//! Checks every template of `tests/templates` and compares the findings with the file of the same name and the ending `.txt`.
//!
//! `UPDATE=1 cargo test -p infra-check` writes the files.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod baseline;
mod corpus;
mod dynamic;
mod fuzzed;
mod hostile;
mod nested;
mod options;
mod packs;
mod properties;
mod reports;
mod repository;

use std::fs;
use std::path::{Path, PathBuf};

use infra_check::{Options, check_text};

/// Returns the files of a folder with one of the endings, sorted.
fn list_files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|end| endings.iter().any(|wanted| end == *wanted))
        })
        .collect();
    files.sort();
    files
}

/// Returns the findings of a template as text, with everything that the report for people says beside the source.
fn describe_findings(name: &str, text: &str) -> String {
    use std::fmt::Write as _;
    let mut found = String::new();
    for finding in check_text(name, text, &Options::default()).findings {
        let one = &finding.diagnostic;
        let _ = writeln!(
            found,
            "{} {}[{}]: {}",
            finding.start(),
            one.severity,
            one.code,
            one.message
        );
        for note in one.notes.iter().chain(&one.help) {
            let _ = writeln!(found, "    {note}");
        }
        for (message, at) in finding.related() {
            let _ = writeln!(found, "    {message}: {at}");
        }
    }
    found
}

#[test]
fn finds_the_expected_mistakes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/templates");
    let templates = list_files(&folder, &["yaml", "json"]);
    assert!(templates.len() >= 100, "only {} templates", templates.len());
    let mut wrong = Vec::new();
    for path in templates {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let actual = describe_findings(&name, &fs::read_to_string(&path).unwrap())
            .replace(infra_schema::SCHEMA_DATE, "DATE");
        let expected_file = path.with_extension("txt");
        if std::env::var_os("UPDATE").is_some() {
            let _ = fs::remove_file(&expected_file);
            if !actual.is_empty() {
                fs::write(&expected_file, &actual).unwrap();
            }
            continue;
        }
        // A good template has no such file.
        let expected = fs::read_to_string(&expected_file).unwrap_or_default();
        if actual != expected {
            wrong.push(format!(
                "{name}\n--- expected\n{expected}--- actual\n{actual}"
            ));
        }
        let is_good = name.starts_with("good_");
        assert!(
            !is_good || expected.is_empty(),
            "{name} is a good template with findings"
        );
        assert!(
            !name.starts_with("bad_") || !expected.is_empty(),
            "{name} is a bad template without findings"
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
