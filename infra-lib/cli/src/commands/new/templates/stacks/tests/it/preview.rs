//! Tests the templates of previews.

use infra_runtime::ExitCode;
use infra_runtime::testing::Invocation;
use serde_json::Value;

use my_app::build;

/// Runs a command of the app about the preview of pull request 7.
fn run(arguments: &[&str]) -> Value {
    let settings = ["preview.name=pr7", "preview.expires=2026-12-31"];
    let settings = settings.iter().flat_map(|setting| ["--set", setting]);
    let arguments = arguments.iter().copied().chain(["--env", "preview"]);
    let outcome = Invocation::new(arguments.chain(settings)).run(build);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    serde_json::from_str(&outcome.stdout).expect("JSON")
}

#[test]
fn names_stacks_after_preview_and_deletes_all_resources() {
    let prefix = "stack-prefix-preview-pr7-";
    let stacks = run(&["ls", "--json"]);
    let stacks = stacks.as_array().expect("stacks");
    assert!(!stacks.is_empty());
    for stack in stacks {
        let name = stack["stackName"].as_str().expect("a name");
        assert!(name.starts_with(prefix), "{name}");
        let path = stack["path"].as_str().expect("a path");
        let template = run(&["synth", "--stack", path]);
        for (id, resource) in template["Resources"].as_object().expect("resources") {
            assert_eq!(resource["DeletionPolicy"], "Delete", "{name}: {id}");
        }
    }
}
