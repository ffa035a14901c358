//! Tests of hostile text in templates and responses of AWS: it must not move the cursor, and names are shown in full.

use std::path::Path;

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use infra_fake::{FailurePhase, FakeCloud};
use serde_json::{Value as JsonValue, json};
use tempfile::TempDir;

/// Text with escape sequences, control characters, line ends and marks of writing direction.
const HOSTILE: &str = "a\u{1b}[2J\u{1b}]0;title\u{7}b\u{9b}31mc\u{202e}d\u{2066}e\r\nf\u{8}g";

/// Writes the assembly of one stack.
fn assembly(folder: &Path, stack: &str, template: &JsonValue) {
    std::fs::create_dir_all(folder).unwrap();
    let manifest = json!({ "version": "36.0.0", "artifacts": { stack: {
        "type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region",
        "properties": { "templateFile": "stack.json", "tags": { "Note": HOSTILE } } } } });
    std::fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
    std::fs::write(folder.join("stack.json"), template.to_string()).unwrap();
}

fn template(delay: u32, text: &str) -> JsonValue {
    json!({
        "Description": text,
        "Resources": {
            "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": delay } },
            "Topic": { "Type": "AWS::SNS::Topic", "Properties": {
                "DisplayName": text, "Tags": [{ "Key": "k", "Value": text }] } },
        },
        "Outputs": { "Url": { "Description": text, "Value": text } },
    })
}

fn project() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    assembly(&folder.path().join("old"), "Web", &template(1, "plain"));
    assembly(&folder.path().join("new"), "Web", &template(2, HOSTILE));
    folder
}

fn invocation(folder: &TempDir, arguments: &[&str]) -> Invocation {
    Invocation::new(arguments.iter().copied()).directory(folder.path())
}

/// Fails if the output could mislead a terminal or a reader.
fn check(outcome: &Outcome) {
    for text in [&outcome.stdout, &outcome.stderr] {
        for character in text.chars() {
            let turns = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            let moves = character.is_control() && character != '\n';
            assert!(!turns && !moves, "{character:?} in {text:?}");
        }
    }
}

#[test]
fn escapes_text_of_templates_and_aws() {
    let folder = project();
    for more in [&[][..], &["--full"], &["--markdown"]] {
        let arguments = [&["diff", "--assembly", "new", "--against", "old"], more].concat();
        let outcome = invocation(&folder, &arguments).run();
        assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
        assert!(outcome.stdout.contains("DelaySeconds"), "{outcome}");
        check(&outcome);
    }
    let aws = FakeCloud::new();
    aws.deploy_stack("Web", &template(1, "plain"));
    aws.fail_resource("Topic", FailurePhase::Update, HOSTILE);
    let run = |arguments: &[&str]| {
        let invocation =
            invocation(&folder, arguments).cloud(aws.cloud(), FakeCloud::paused_runtime());
        let outcome = invocation.run();
        check(&outcome);
        outcome
    };
    let assembly = ["--assembly", "new"];
    let of = |command: &[&'static str]| [command, &assembly[..]].concat();
    assert_eq!(run(&of(&["diff"])).exit_code, ExitCode::Ok);
    assert_eq!(run(&of(&["plan"])).exit_code, ExitCode::Ok);
    let outcome = run(&of(&["deploy", "--yes"]));
    assert_eq!(outcome.exit_code, ExitCode::RolledBack, "{outcome}");
    assert!(outcome.stderr.contains("Topic"), "{outcome}");
    run(&of(&["diagnose"]));
    run(&of(&["drift"]));
    // At a terminal, only the progress block emits escape sequences.
    let outcome = invocation(&folder, &of(&["deploy", "--yes"]))
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
        .terminal()
        .run();
    for piece in [HOSTILE, "\u{1b}[2J", "\u{1b}]0;", "\u{202e}", "\u{9b}"] {
        assert!(!outcome.stderr.contains(piece), "{outcome}");
    }
}

#[test]
fn shows_full_logical_ids_that_start_with_stack_name() {
    let folder = tempfile::tempdir().unwrap();
    let queue =
        |properties: JsonValue| json!({ "Type": "AWS::SQS::Queue", "Properties": properties });
    let old = json!({ "Resources": { "WebServer": queue(json!({ "QueueName": "a" })), "Server": queue(json!({})) } });
    let new = json!({ "Resources": { "WebServer": queue(json!({})), "Webhook": queue(json!({ "DelaySeconds": 1 })) } });
    assembly(&folder.path().join("old"), "Web", &old);
    assembly(&folder.path().join("new"), "Web", &new);
    for (assembly, against, signs) in [
        ("new", "old", ["+ Webhook", "- Server", "-/+ WebServer"]),
        ("old", "new", ["- Webhook", "+ Server", "-/+ WebServer"]),
    ] {
        let arguments = ["diff", "--assembly", assembly, "--against", against];
        let outcome = invocation(&folder, &arguments).run();
        let lines: Vec<String> = outcome
            .stdout
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        for sign in signs {
            let begins = |line: &String| line.starts_with(&format!("{sign} "));
            assert!(lines.iter().any(begins), "{sign}: {outcome}");
        }
        assert!(!outcome.stdout.contains(" hook"), "{outcome}");
        let markdown = invocation(&folder, &[&arguments[..], &["--markdown"]].concat()).run();
        for name in ["Webhook", "WebServer"] {
            assert!(markdown.stdout.contains(name), "{markdown}");
        }
    }
}
