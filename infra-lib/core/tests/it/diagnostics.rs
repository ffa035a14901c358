//! Tests of quotas, codes and their pages.

use infra_core::{App, CfnResource, Diagnostic, Output, Severity, Stack, StackProps, codes};
use serde_json::json;

use crate::support::{findings, queue};

#[test]
fn accepts_500_resources_and_rejects_501() {
    let count = |resources: usize| {
        let app = App::new();
        let stack = Stack::new(&app, "Big");
        for at in 0..resources {
            queue(stack, &format!("Queue{at}"));
        }
        app.synth()
    };
    let at_the_limit = count(500);
    assert!(!at_the_limit.has_errors());
    assert_eq!(at_the_limit.findings()[0].code, codes::NEAR_RESOURCE_LIMIT);
    insta::assert_snapshot!(findings(&count(501)));
}

#[test]
fn reports_exceeded_output_and_description_quotas() {
    let app = App::new();
    let stack = StackProps::new()
        .description("x".repeat(1_025))
        .build(&app, "Stack");
    let target = queue(stack, "Queue");
    for at in 0..201 {
        Output::new(stack, &format!("Output{at}"), target.ref_value::<String>());
    }
    CfnResource::new(
        stack,
        "Large",
        "AWS::SNS::Topic",
        json!({ "Metadata": "x" }),
    )
    .remove_prop("Metadata");
    Stack::new(&app, "Empty");
    insta::assert_snapshot!(findings(&app.synth()));
}

#[test]
fn rejects_template_over_one_megabyte() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    queue(stack, "Queue");
    infra_core::Construct::scope(&stack).add_metadata("bulk", "x".repeat(1_000_000));
    assert_eq!(app.synth().findings()[0].code, codes::TEMPLATE_TOO_LARGE);
}

#[test]
fn points_at_non_ascii_characters() {
    let app = App::new();
    CfnResource::new(
        Stack::new(&app, "Stack"),
        "Topic",
        "AWS::SNS::Topic",
        json!({ "DisplayName": "Notizen für alle" }),
    );
    insta::assert_snapshot!(findings(&app.synth()));
}

#[test]
fn maps_logical_id_of_policy_finding_to_path() {
    let app = App::new();
    app.add_policy(
        |template: &infra_core::template::Template, found: &mut Vec<Diagnostic>| {
            for resource in template.resources_of_type("AWS::SQS::Queue") {
                let code = infra_core::Code::custom("ACME001", Severity::Error);
                found.push(
                    Diagnostic::new(code, "queues are not used here")
                        .logical_id(&resource.logical_id),
                );
            }
        },
    );
    queue(Stack::new(&app, "Stack"), "Queue");
    let synthesis = app.synth();
    assert_eq!(synthesis.findings()[0].path.as_deref(), Some("Stack/Queue"));
    assert!(synthesis.has_errors());
}

macro_rules! table {
    ($($code:ident = $name:literal;)*) => { &[$((stringify!($code), $name)),*] };
}

/// Constant and name of every code.
const TABLE: &[(&str, &str)] = infra_core::for_each_code!(table);

#[test]
fn requires_same_headings_on_every_code_page() {
    for info in codes::ALL {
        let title = format!("# {}: {}\n", info.code, info.title);
        assert!(
            info.page.starts_with(&title),
            "infra-lib/core/codes/{}.md must start with `{}`",
            info.code,
            title.trim()
        );
        let mut rest = info.page;
        for heading in [
            "\n## What it means\n",
            "\n## Why it matters\n",
            "\n## Example\n",
            "\n## Use instead\n",
            "\n## References\n",
        ] {
            let Some((_, below)) = rest.split_once(heading) else {
                panic!(
                    "infra-lib/core/codes/{}.md lacks `{}`, or has it in another place",
                    info.code,
                    heading.trim()
                )
            };
            rest = below;
        }
    }
}

/// `infra-lib` runs the examples; this test checks only that they name their code.
#[test]
fn requires_own_code_in_every_example() {
    // Examples of these codes are not Rust: policies of an organization, input of the command line, errors of AWS, and template files.
    let others = ["INF51", "INF6", "INF7", "INF8"];
    let shown_in_rust = TABLE
        .iter()
        .filter(|(_, name)| !others.iter().any(|other| name.starts_with(other)));
    for (constant, name) in shown_in_rust {
        let page = codes::find_code(name).map_or("", |info| info.page);
        let (_, example) = page.split_once("\n## Example\n").unwrap_or_default();
        let (example, instead) = example.split_once("\n## Use instead\n").unwrap_or_default();
        assert_eq!(
            example.matches("```rust").count(),
            1,
            "infra-lib/core/codes/{name}.md needs one Rust block under `## Example`"
        );
        let named = [format!("codes::{constant}"), format!("\"{name}\"")];
        assert!(
            named.iter().any(|named| example.contains(named)) && example.contains("assert"),
            "the example of infra-lib/core/codes/{name}.md must assert, in a hidden line, that `codes::{constant}` is found"
        );
        assert!(
            instead.contains("```rust"),
            "infra-lib/core/codes/{name}.md needs a Rust block under `## Use instead`"
        );
    }
}

#[test]
fn requires_code_for_every_page() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/codes");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let pages: Vec<String> = TABLE.iter().map(|(_, name)| format!("{name}.md")).collect();
    assert_eq!(files, pages);
}

#[test]
fn lists_unique_codes_in_order() {
    let names: Vec<&str> = codes::ALL.iter().map(|info| info.code.as_str()).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(names, sorted);
}
