//! Tests of the messages of `import-template`, and of the templates that it refuses.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use insta::assert_snapshot;

fn invoke(folder: &Path, arguments: &[&str]) -> Outcome {
    Invocation::new(["import-template"].iter().chain(arguments).copied())
        .directory(folder)
        .run()
}

/// Runs the command with a file of this content.
fn convert(content: impl AsRef<[u8]>, arguments: &[&str]) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("web-site.template.yaml"), content).unwrap();
    let arguments: Vec<&str> = ["web-site.template.yaml"]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    invoke(folder.path(), &arguments)
}

const QUEUE: &str = "
Resources:
  # Orders wait here.
  Orders: {Type: 'AWS::SQS::Queue', Properties: {VisibilityTimeout: 30}}
";

#[test]
fn prints_complete_program() {
    assert_snapshot!(convert(QUEUE, &["--program"]));
}

#[test]
fn writes_file_without_overwriting() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("queue.yaml"), QUEUE).unwrap();
    let arguments = ["queue.yaml", "--out", "queue.rs", "--name", "Order-Queue"];
    assert_snapshot!(invoke(folder.path(), &arguments));
    let written = fs::read_to_string(folder.path().join("queue.rs")).unwrap();
    assert!(
        written.contains("pub fn order_queue(app: &App) -> Stack<'_> {"),
        "{written}"
    );
    fs::write(folder.path().join("queue.rs"), "mine").unwrap();
    assert_snapshot!(invoke(folder.path(), &arguments));
    assert_eq!(
        fs::read_to_string(folder.path().join("queue.rs")).unwrap(),
        "mine"
    );
}

#[test]
fn keeps_parts_without_constructs_as_data() {
    let template = "
Mappings:
  Fn::Transform: {Name: 'AWS::Include', Parameters: {Location: 's3://bucket/mappings.yaml'}}
Parameters:
  Size: {Type: Number, MinValue: 0.5}
Rules: {Sizes: {Assertions: [{Assert: !Equals [a, a], AssetDescription: x}]}}
Resources:
  Fn::ForEach::Topics:
    - Name
    - [one, two]
    - Topic${Name}: {Type: 'AWS::SNS::Topic'}
  Table:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: !If [IsProduction, Retain, Delete]
    Connectors: {}
  Web_Server: {Type: 'AWS::SQS::Queue'}
  Nothing: {Properties: {}}
  List: {Type: 'AWS::SQS::Queue', Properties: []}
  Later: {Type: 'AWS::SQS::Queue', DependsOn: Missing, Condition: Unknown}
Outputs:
  Unknown: {Value: a, Condition: Unknown}
  Missing: {Description: a}
  Tagged: {Value: a, Tags: []}
";
    assert_snapshot!(convert(template, &[]));
    // Without loops, a name that does not exist is reported as such.
    let template = "
Resources:
  Later: {Type: 'AWS::SQS::Queue', DependsOn: Missing, Condition: Unknown}
  Other: {Type: 'AWS::SQS::Queue', DependsOn: {Ref: Later}}
";
    assert_snapshot!(convert(template, &[]));
}

#[test]
fn refuses_template_without_resources() {
    assert_snapshot!(convert("Description: nothing\n", &[]));
    assert_snapshot!(convert("Resources: []\n", &[]));
}

#[test]
fn names_one_reference_of_circle_by_logical_id() {
    let template = "
Transform: AWS::Serverless-2016-10-31
Conditions:
  A: {Condition: B}
  B: !Not [!Condition A]
Resources:
  A: {Type: 'AWS::Serverless::Function', Properties: {Role: !GetAtt B.Arn}}
  B: {Type: 'AWS::SQS::Queue', DependsOn: A, Properties: {QueueName: !Sub '${A}-b'}}
";
    assert_snapshot!(convert(template, &[]));
}

#[test]
fn rejects_invalid_template_with_position() {
    assert_snapshot!(convert("Resources:\n  A: !Reff B\n", &[]));
    assert_snapshot!(convert("{\"Resources\": {\"A\": {},\n", &[]));
    assert_snapshot!(convert("{\"Resources\": {\n // note\n \"A\": {}}}\n", &[]));
    assert_snapshot!(convert(b"Resources:\n  Caf\xe9: {}\n", &[]));
    assert_snapshot!(convert(b"\xff\xfeR\0e\0", &[]));
    assert_snapshot!(invoke(Path::new("."), &["nowhere.yaml"]));
}

#[test]
fn converts_template_with_thousand_resources() {
    let mut template = String::from("Resources:\n");
    for number in 0..1000 {
        let _ = writeln!(
            template,
            "  Queue{number}:\n    Type: AWS::SQS::Queue\n    Properties:"
        );
        let before = (number + 1) % 1000;
        // Each resource refers to a later one, so that their order is reversed; the last is independent.
        if before == 0 {
            template.push_str("      DelaySeconds: 1\n");
        } else {
            let _ = writeln!(
                template,
                "      QueueName: !Sub '${{Queue{before}.QueueName}}-x'"
            );
        }
    }
    let outcome = convert(&template, &[]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{}", outcome.stderr);
    assert_eq!(
        outcome.stdout.matches(".build(stack, \"Queue").count(),
        1000
    );
    assert!(outcome.stdout.find("\"Queue999\"") < outcome.stdout.find("\"Queue0\""));
}
