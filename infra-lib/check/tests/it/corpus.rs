//! Checks the small templates of `tests/corpus`, one rule each: good ones have no findings, bad ones have findings of the given codes and no others.
//!
//! `scripts/check-corpus` asks cfn-lint and cloudformation-validate about the same templates.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use infra_check::{Options, check_text};

use super::list_files;

pub(super) struct Case {
    pub(super) place: String,
    /// Codes of the findings, sorted; none for a good template.
    codes: BTreeSet<String>,
    pub(super) template: String,
}

/// Reads the cases of all files.
pub(super) fn all_cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let files = list_files(&folder, &["txt"]).into_iter();
    files
        .flat_map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            read_cases(&name, &fs::read_to_string(&path).unwrap())
        })
        .collect()
}

/// Reads the cases of a file. The grammar is described in `tests/README.md`.
fn read_cases(name: &str, text: &str) -> Vec<Case> {
    let (mut cases, mut base) = (Vec::new(), String::new());
    let mut lines = text.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        let place = format!("{name}:{}", at + 1);
        if line == "@base" {
            let of_base = lines.by_ref().map(|(_, line)| line);
            let of_base = of_base.take_while(|line| !line.is_empty());
            base = of_base.collect::<Vec<_>>().join("\n");
            assert!(base.contains("<>"), "{place}: the base has no `<>`");
            continue;
        }
        let (codes, body) = match line.split_once(' ') {
            Some(("good", body)) => ("", body),
            Some(("bad", rest)) => rest.split_once(' ').unwrap(),
            _ => {
                let known = line.is_empty() || line.starts_with(['#', '=']);
                assert!(known, "{place}: {line}");
                continue;
            }
        };
        cases.push(Case {
            place,
            codes: codes
                .split(',')
                .filter(|code| !code.is_empty())
                .map(str::to_owned)
                .collect(),
            template: base.replace("<>", body),
        });
    }
    cases
}

#[test]
fn agrees_with_corpus() {
    let mut wrong = Vec::new();
    let cases = all_cases();
    for case in &cases {
        let report = check_text("case.yaml", &case.template, &Options::default());
        let found = report.findings.iter();
        let codes: BTreeSet<String> = found
            .map(|finding| finding.diagnostic.code.to_string())
            .collect();
        if codes != case.codes {
            let messages = report.findings.iter().map(|finding| {
                let found = &finding.diagnostic;
                format!(
                    "  {}: {}[{}]: {}",
                    finding.start(),
                    found.severity,
                    found.code,
                    found.message
                )
            });
            let messages: Vec<String> = messages.collect();
            wrong.push(format!(
                "{}: expected {:?}\n{}\n{}",
                case.place,
                case.codes,
                case.template.trim_end(),
                messages.join("\n")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases.len() >= 300, "only {} templates", cases.len());
}

/// Returns `true` for `STATE PAGE: REASON`.
fn is_adjudication(line: &str) -> bool {
    let Some((state, rest)) = line.split_once(' ') else {
        return false;
    };
    let reason = rest.split_once(": ").filter(|(page, reason)| {
        page.starts_with("https://") && !page.contains(' ') && !reason.is_empty()
    });
    ["ours", "theirs", "open"].contains(&state) && reason.is_some()
}

#[test]
fn every_disagreement_has_state_and_page() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let table = tests.join("../../../docs/check-adjudications.md");
    let table = fs::read_to_string(table).unwrap();
    let mut number = 0;
    let mut check = |place: &str, line: &str| {
        assert!(is_adjudication(line), "{place}: {line}");
        let row = table
            .lines()
            .find(|row| row.starts_with(&format!("| {place} |")));
        let row = row.unwrap_or_else(|| panic!("{place} has no row in the table"));
        let (state, rest) = line.split_once(' ').unwrap();
        let page = rest.split_once(": ").unwrap().0;
        assert!(
            row.contains(&format!("| {state} |")) && row.ends_with(&format!("]({page}) |")),
            "{place}: {row}"
        );
        number += 1;
    };
    for path in list_files(&tests.join("corpus"), &["txt"]) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut last = 0;
        for (at, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            match line.split_once(' ') {
                Some(("good" | "bad", _)) => last = at + 1,
                Some(("=", line)) => check(&format!("{name}:{last}"), line),
                _ => {}
            }
        }
    }
    let lines = fs::read_to_string(tests.join("adjudications.txt")).unwrap();
    for line in lines.lines().filter(|line| !line.starts_with('#')) {
        let (name, line) = line.split_once(' ').unwrap();
        assert!(
            !list_files(&tests.join("templates"), &["yaml", "json"])
                .iter()
                .all(|path| path.file_stem().unwrap() != name)
        );
        check(name, line);
    }
    let rows = table.lines().filter(|row| row.contains("](https://"));
    assert_eq!(rows.count(), number, "the table has rows without a line");
}
