//! Files that are made from the rules: the constants of their codes and the table of coverage. `UPDATE=1 cargo test -p infra-packs` writes them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use infra_packs::report::Summary;
use infra_packs::{Level, Pack, PackSet, Rule, rules, uncovered_controls};

use crate::mutations::{Mutation, read_mutations};

fn check_file(file: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, expected).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "{file} is stale: run `UPDATE=1 cargo test -p infra-packs`"
    );
}

#[test]
fn writes_the_constants_of_codes() {
    let mut text = String::from(
        "//! Codes of all rules, for `acknowledge`. Written by `UPDATE=1 cargo test -p infra-packs`.\n\nuse infra_core::{Code, Severity};\n\n",
    );
    for rule in rules() {
        let name = rule.id().replace('-', "_").to_uppercase();
        let severity = match rule.level() {
            Level::High | Level::Critical => "Error",
            _ => "Warning",
        };
        let line = format!(
            "pub const {name}: Code = Code::custom(\"{}\", Severity::{severity});",
            rule.id()
        );
        let _ = writeln!(text, "/// `{}`: {}.", rule.id(), rule.message());
        if line.len() > 100 {
            let (start, end) = line.split_once(" = ").unwrap();
            let _ = writeln!(text, "{start} =\n    {end}");
        } else {
            let _ = writeln!(text, "{line}");
        }
    }
    check_file("src/codes.rs", &text);
}

#[test]
fn writes_the_table_of_coverage() {
    let mutations: BTreeMap<String, Mutation> = read_mutations()
        .into_iter()
        .map(|one| (one.rule.clone(), one))
        .collect();
    let summary = Summary::new(&PackSet::new(Pack::ALL), &[]);
    let mut text = String::from(
        "# Policy packs: coverage\n\n\
         Written by `UPDATE=1 cargo test -p infra-packs` from `infra-lib/packs/rules`. Each rule is tested by a template that passes every rule\n\
         (`infra-lib/packs/tests/templates`), and by a change of it after which exactly this rule fails (`infra-lib/packs/tests/mutations.txt`). The\n\
         guide to packs is [Policy packs](book/src/guides/packs.md).\n\n",
    );
    let _ = writeln!(
        text,
        "| pack | controls with rules | rules |\n|---|---:|---:|"
    );
    for pack in Pack::ALL {
        let controls = summary.controls_of(pack).count();
        let number = PackSet::new([pack]).rules().len();
        let _ = writeln!(
            text,
            "| {} (`{pack}`) | {controls} | {number} |",
            pack.title()
        );
    }
    let _ = writeln!(
        text,
        "| every pack | {} | {} |",
        summary.controls.len(),
        rules().len()
    );
    for pack in Pack::ALL {
        let _ = writeln!(
            text,
            "\n## {}\n\n| control | rule | test |\n|---|---|---|",
            pack.title()
        );
        for control in summary.controls_of(pack) {
            for rule in &control.rules {
                let tested = &mutations[*rule];
                let _ = writeln!(
                    text,
                    "| {} | `{rule}` | {}: `{}.{}` |",
                    control.control.id, tested.template, tested.resource, tested.path
                );
            }
        }
    }
    text.push_str("\n## Controls of AWS Foundational Security Best Practices without a rule\n\n");
    let mut by_reason: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for control in uncovered_controls() {
        by_reason
            .entry(control.reason)
            .or_default()
            .push(control.id);
    }
    text.push_str("| reason | controls |\n|---|---|\n");
    for (reason, ids) in by_reason {
        let _ = writeln!(text, "| {reason} | {} |", ids.join(", "));
    }
    text.push_str("\n## Rules\n\n| rule | level | resource types | finding |\n|---|---|---|---|\n");
    for rule in rules() {
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} |",
            rule.id(),
            rule.level().as_str(),
            rule.types().join(", "),
            rule.message()
        );
    }
    check_file("../../docs/packs.md", &text);
}

#[test]
fn maps_every_rule_and_lists_every_control_once() {
    let mut ids = BTreeSet::new();
    let mut fsbp = BTreeSet::new();
    for rule in rules() {
        assert!(ids.insert(rule.id()), "{} is there twice", rule.id());
        let has = !rule.controls().is_empty() && !rule.types().is_empty();
        assert!(
            has && !rule.message().is_empty() && !rule.help().is_empty(),
            "{}",
            rule.id()
        );
        assert!(!rule.message().ends_with('.'), "{}", rule.id());
        fsbp.extend(rule.controls_of(Pack::Fsbp).map(|control| control.id));
    }
    assert!(rules().len() >= 150, "{}", rules().len());
    let mut seen = BTreeSet::new();
    for control in uncovered_controls() {
        assert!(!fsbp.contains(control.id), "{} has a rule", control.id);
        assert!(seen.insert(control.id), "{} is there twice", control.id);
    }
}

/// Returns the controls of Security Hub with the packs that list them.
fn read_standards() -> BTreeMap<String, BTreeSet<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("controls/standards.txt");
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let split = |line: &str| {
        let mut words = line.split(' ').map(str::to_owned);
        (words.next().unwrap(), words.collect())
    };
    lines.map(split).collect()
}

#[test]
fn shows_or_explains_every_control_of_security_hub() {
    let listed: BTreeSet<String> = read_standards()
        .into_iter()
        .filter(|(_, packs)| packs.contains("fsbp"))
        .map(|(id, _)| id)
        .collect();
    let of_rules = rules().iter().flat_map(|rule| rule.controls_of(Pack::Fsbp));
    let known: BTreeSet<String> = of_rules
        .map(|control| control.id.to_owned())
        .chain(uncovered_controls().map(|control| control.id.to_owned()))
        .collect();
    assert_eq!(known, listed);
}

/// A pack that is a standard of Security Hub lists a control of each rule with such controls, except for what a framework states in its own words.
#[test]
fn maps_to_standards_that_list_the_control() {
    let standards = read_standards();
    let mut others = Vec::new();
    for rule in rules() {
        let shown: Vec<_> = rule.controls_of(Pack::Fsbp).collect();
        for pack in [Pack::Cis, Pack::Nist, Pack::Pci] {
            let is_listed = shown
                .iter()
                .any(|control| standards[control.id].contains(pack.as_str()));
            let is_mapped = rule.controls_of(pack).next().is_some();
            if !shown.is_empty() && is_mapped && !is_listed {
                others.push(format!("{} {pack}", rule.id()));
            }
        }
    }
    // Recommendation 1.16 is about such policies; Security Hub has it in older versions of the benchmark only.
    assert_eq!(others, ["iam-no-admin cis"]);
}

/// IDs have the form of their framework, so that a typing error is found.
#[test]
fn keeps_to_the_forms_of_control_ids() {
    for control in rules().iter().flat_map(Rule::controls) {
        let id = control.id;
        let numbers = |text: &str| text.split('.').all(|part| part.parse::<u32>().is_ok());
        let holds = match control.pack {
            Pack::Fsbp => id.split_once('.').is_some_and(|(name, number)| {
                name.chars().all(char::is_alphanumeric) && number.parse::<u32>().is_ok()
            }),
            Pack::Cis => {
                numbers(id)
                    && (1..=5).contains(&id.split('.').next().unwrap().parse::<u32>().unwrap())
            }
            Pack::Pci => numbers(id) && id.split('.').count() == 3,
            Pack::Nist => {
                id.as_bytes()[2] == b'-' && id[..2].chars().all(|c| c.is_ascii_uppercase())
            }
            Pack::Hipaa => id.starts_with("164.308(") || id.starts_with("164.312("),
            Pack::WellArchitected => {
                let (start, end) = id.split_at(5);
                (start.starts_with("SEC") || start.starts_with("REL"))
                    && end.starts_with("-BP")
                    && end.len() == 5
            }
            _ => false,
        };
        assert!(holds, "{control:?}");
    }
}
