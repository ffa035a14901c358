//! Tests of help, completions and manual pages, including those for the app's commands.

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};

fn invoke(arguments: &[&str]) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let invocation = Invocation::new(arguments.iter().copied());
    invocation.directory(folder.path()).run()
}

#[test]
fn the_help_of_an_apps_command_needs_no_app() {
    let outcome = invoke(&["synth", "--help"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(
        outcome.stdout.contains("Usage: infra synth [OPTIONS]"),
        "{outcome}"
    );
    assert!(outcome.stdout.contains("--strict"), "{outcome}");
    for command in ["ls", "validate", "graph", "schema"] {
        let outcome = invoke(&[command, "-h"]);
        assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
        assert!(outcome.stdout.contains("Options:"), "{outcome}");
    }
}

#[test]
fn without_an_app_the_help_names_options_that_the_command_has() {
    for command in ["synth", "ls"] {
        let outcome = invoke(&[command]);
        assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
        assert!(outcome.stderr.contains("error[INF6107]"), "{outcome}");
        assert!(outcome.stderr.contains("`--app COMMAND`"), "{outcome}");
        assert!(!outcome.stderr.contains("--assembly"), "{outcome}");
    }
    assert!(invoke(&["diff"]).stderr.contains("--assembly FOLDER"));
}

#[test]
fn help_is_a_command_too() {
    assert_eq!(invoke(&["help"]), invoke(&["--help"]));
    assert_eq!(invoke(&["help", "plan"]), invoke(&["plan", "--help"]));
    assert_eq!(invoke(&["help", "synth"]), invoke(&["synth", "--help"]));
    let help = invoke(&["help"]).stdout;
    assert!(
        help.contains("`help COMMAND` lists the options of a command."),
        "{help}"
    );
}

#[test]
fn help_stays_within_the_columns_of_the_terminal() {
    for columns in [60, 80] {
        let outcome = Invocation::new(["--help"])
            .variable("COLUMNS", columns.to_string())
            .run();
        for line in outcome.stdout.lines() {
            assert!(line.chars().count() <= columns, "{columns}: {line}");
        }
    }
}

#[test]
fn completions_have_the_name_and_the_options_of_the_app() {
    let of_tool = invoke(&["completions", "bash"]).stdout;
    assert!(of_tool.contains("complete -F _infra "), "{of_tool}");
    let line = of_tool.lines().find(|line| line.contains("--strict"));
    assert!(line.is_some(), "the options of `synth` are missing");
    let of_app = Invocation::new(["completions", "bash"])
        .variable("INFRA_CALLING_APP", "/opt/target/debug/my-app")
        .run();
    let last = of_app
        .stdout
        .trim_end()
        .lines()
        .rev()
        .nth(1)
        .unwrap_or_default();
    assert!(last.ends_with(" my-app"), "{last}");
    assert!(!of_app.stdout.contains("complete -F _infra "));
}

#[test]
fn manual_pages_have_the_options_of_the_app() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = Invocation::new(["man"]).directory(folder.path()).run();
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let page = std::fs::read_to_string(folder.path().join("man/infra-validate.1")).unwrap();
    assert!(page.contains("sarif"), "{page}");
}

#[test]
fn a_wrong_setting_is_told_without_its_value() {
    for arguments in [
        ["deploy", "--parameters", "Password=hunter2"],
        ["plan", "--parameters", "hunter2"],
    ] {
        let outcome = invoke(&arguments);
        assert_eq!(outcome.exit_code, ExitCode::Usage, "{outcome}");
        assert!(!outcome.stderr.contains("hunter2"), "{outcome}");
        assert!(outcome.stderr.contains("give the stack"), "{outcome}");
    }
}
