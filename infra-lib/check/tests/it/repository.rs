//! Every template of this repository is checked: none has an error or a policy without effect, except those that are made wrong on purpose.

use std::fs;
use std::path::Path;

use infra_check::files::find_templates;
use infra_check::{Options, Report, check_text};
use infra_core::codes;

/// Templates with mistakes: those of this crate, and those of policies that need no complete role.
const WRONG: [&str; 2] = ["check/tests/templates", "examples/policy/tests"];

#[test]
fn finds_no_errors_in_templates_of_this_repository() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut reports = Vec::new();
    for folder in ["infra-lib", "infra-app", "examples"] {
        for path in find_templates(&root.join(folder)).unwrap() {
            let name = path
                .strip_prefix(&root)
                .unwrap()
                .display()
                .to_string()
                .replace('\\', "/");
            if !WRONG.iter().any(|wrong| name.contains(wrong)) {
                let text = fs::read_to_string(&path).unwrap();
                reports.push(check_text(&name, &text, &Options::default()));
            }
        }
    }
    let report: Report = reports.into_iter().collect();
    assert!(
        report.files >= 30,
        "only {} templates were found",
        report.files
    );
    // Policies that constructs make name conditions that exist, and resources that their actions take.
    let of_policies = [codes::UNKNOWN_CONDITION_KEY, codes::ACTION_RESOURCE];
    let wrong = report
        .findings
        .iter()
        .filter(|finding| finding.is_error() || of_policies.contains(&finding.diagnostic.code));
    let shown: Vec<String> = wrong
        .map(|finding| {
            format!(
                "{}:{}: {}",
                finding.file().name,
                finding.start(),
                finding.diagnostic.message
            )
        })
        .collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}
