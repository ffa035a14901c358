//! Compares the templates of every environment with the files in `tests/golden`, so that a review shows each change.
//!
//! `UPDATE=1 cargo test` writes the files again. A file that does not exist yet is written too, except in CI.

use std::env;
use std::fs;
use std::path::Path;

use infra_runtime::ExitCode;
use infra_runtime::testing::Invocation;

use my_app::build;

/// Runs a command of the app and returns its standard output.
fn run(arguments: &[&str]) -> String {
    let outcome = Invocation::new(arguments.iter().copied())
        .directory(env!("CARGO_MANIFEST_DIR"))
        .run(build);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    outcome.stdout
}

/// Compares the templates of an environment with its golden files.
fn check(environment: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(environment);
    for line in run(&["ls", "--env", environment]).lines() {
        // A line has the construct ID, followed by the name in AWS.
        let stack = line.split(' ').next().unwrap_or(line);
        let template = run(&["synth", "--env", environment, "--stack", stack]);
        let file = folder.join(format!("{stack}.template.json"));
        let missing = !file.exists() && env::var_os("CI").is_none();
        if missing || env::var_os("UPDATE").is_some() {
            fs::create_dir_all(&folder).expect("a folder for golden files");
            fs::write(&file, &template).expect("a golden file");
        }
        let golden = fs::read_to_string(&file).unwrap_or_default();
        assert!(
            golden.replace("\r\n", "\n") == template,
            "`{}` is stale or missing: run `UPDATE=1 cargo test`, read the diff and commit it",
            file.display()
        );
    }
}

#[test]
fn matches_golden_templates_of_dev() {
    check("dev");
}

#[test]
fn matches_golden_templates_of_prod() {
    check("prod");
}

#[test]
fn matches_committed_configuration_schema() {
    run(&["schema", "--check", "config/schema.json"]);
}
