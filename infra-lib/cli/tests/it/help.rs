//! Tests of help, completions and manual pages, including those for the app's commands.

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};

fn invoke(arguments: &[&str]) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let invocation = Invocation::new(arguments.iter().copied());
    invocation.directory(folder.path()).run()
}

#[test]
fn shows_help_of_app_commands_without_app() {
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
fn suggests_only_existing_options_without_app() {
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
fn accepts_help_as_command() {
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
fn wraps_help_to_terminal_columns() {
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
fn completes_name_and_options_of_app() {
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
fn includes_app_options_in_manual_pages() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = Invocation::new(["man"]).directory(folder.path()).run();
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let page = std::fs::read_to_string(folder.path().join("man/infra-validate.1")).unwrap();
    assert!(page.contains("sarif"), "{page}");
}

#[test]
fn reports_wrong_parameter_without_value() {
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
