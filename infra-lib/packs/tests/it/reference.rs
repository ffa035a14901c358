//! The packs over the templates of the reference app in production: every violation is accepted with a reason, and every reason is needed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use infra_packs::{Pack, PackSet, Verdict};
use serde_json::Value;

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn has_a_reason_for_each_violation_of_the_reference_app() {
    let accepted = fs::read_to_string(folder().join("tests/accepted.txt")).unwrap();
    let accepted: Vec<(&str, &str)> = accepted
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let mut words = line.splitn(3, ' ');
            let found = (words.next().unwrap(), words.next().unwrap());
            assert!(
                words.next().is_some_and(|reason| reason.len() > 20),
                "{line}"
            );
            found
        })
        .collect();
    let set = PackSet::new(Pack::ALL);
    let mut used = BTreeSet::new();
    let mut open = Vec::new();
    let mut checks = 0;
    for entry in fs::read_dir(folder().join("../../infra-app/tests/golden/prod")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let stack = name.trim_end_matches(".template.json");
        let template: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for result in set.assess(stack, &template) {
            checks += 1;
            if !matches!(result.verdict, Verdict::Failed { .. }) {
                continue;
            }
            let place = format!("{stack}/{}", result.logical_id);
            let found = accepted.iter().position(|(rule, pattern)| {
                *rule == result.rule.id()
                    && match pattern.strip_suffix('*') {
                        Some(start) => place.starts_with(start),
                        None => place == *pattern,
                    }
            });
            match found {
                Some(at) => drop(used.insert(at)),
                None => open.push(format!("{} {place}", result.rule.id())),
            }
        }
    }
    assert!(checks > 200, "{checks}");
    assert!(open.is_empty(), "{}", open.join("\n"));
    let unused: Vec<_> = (0..accepted.len())
        .filter(|at| !used.contains(at))
        .map(|at| accepted[at])
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}
