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
