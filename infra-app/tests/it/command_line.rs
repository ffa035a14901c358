//! Tests of the program as a process.

use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_infra-app"))
        .args(arguments)
        .output()
        .expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn lists_stacks_in_deployment_order() {
    let output = run(&["ls", "--env", "prod"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    insta::assert_snapshot!(text(&output.stdout));
}

#[test]
fn prints_graph_of_stacks() {
    let output = run(&["graph", "--env", "prod"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    insta::assert_snapshot!(text(&output.stdout));
}

#[test]
fn exits_64_for_wrong_usage_and_1_for_unknown_environment() {
    assert_eq!(run(&["deplyo"]).status.code(), Some(64));
    assert_eq!(run(&["ls", "--env", "nowhere"]).status.code(), Some(1));
}

#[test]
fn succeeds_when_stdout_is_closed_early() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_infra-app"))
        .args(["synth", "--stack", "Network"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "");
}

/// Creates a program that behaves like the tool, and prints its arguments.
#[cfg(unix)]
fn stand_in(version: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let tool = folder.path().join("tool");
    let script = format!(
        "#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'infra {version}'; exit; fi\n\
         printf '<%s>' \"$@\"\necho \"by $(basename \"$INFRA_CALLING_APP\")\" >&2\nread line\necho \"read $line\"\nexit 7\n"
    );
    std::fs::write(&tool, script).expect("it is written");
    let executable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(&tool, executable).expect("it can be executed");
    (folder, tool)
}

#[cfg(unix)]
#[test]
fn passes_tool_arguments_and_input_unchanged() {
    use std::io::Write as _;
    let (_folder, tool) = stand_in(env!("CARGO_PKG_VERSION"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_infra-app"))
        .args(["--env", "prod", "deploy", "--yes", "", "--set", "a b=*"])
        .env("INFRA_TOOL", &tool)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let stdin = child.stdin.as_mut().expect("it is a pipe");
    stdin.write_all(b"an answer\n").expect("it is read");
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(7));
    assert_eq!(
        text(&output.stdout),
        "<--env><prod><deploy><--yes><><--set><a b=*>read an answer\n"
    );
    assert_eq!(text(&output.stderr), "by infra-app\n");
}

#[cfg(unix)]
#[test]
fn refuses_tool_of_another_version() {
    let (_folder, tool) = stand_in("9.0.0");
    let output = Command::new(env!("CARGO_BIN_EXE_infra-app"))
        .args(["deploy", "--yes"])
        .env("INFRA_TOOL", &tool)
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "");
    let talk = text(&output.stderr).replace(&tool.display().to_string(), "TOOL");
    insta::assert_snapshot!(talk);
}
