//! Tests of states that are hard to recover from: a killed process, a failed rollback, drift, exports in use.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use infra_core::{App, CfnResource, Output, Stack};
use serde_json::json;

use super::expect;
use crate::support::RunApp as _;

/// Sends a request of the query protocol directly. The emulator checks no signature, only the name of the service.
fn query(service: &str, body: &str) -> String {
    let url = std::env::var("INFRA_EMULATOR_URL").unwrap();
    let address = url.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(address).unwrap();
    let (account, region) = (account(), std::env::var("AWS_REGION").unwrap());
    let credential = format!("Credential={account}/20260101/{region}/{service}/aws4_request");
    write!(
        stream,
        "POST / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Authorization: AWS4-HMAC-SHA256 {credential}, SignedHeaders=host, Signature=0\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// Returns the access key, which the emulator uses as the account ID.
fn account() -> String {
    std::env::var("AWS_ACCESS_KEY_ID").unwrap()
}

/// Runs a command for a stack that waits 20 seconds for a signal that never arrives.
fn waiting(arguments: &[&str]) -> Outcome {
    Invocation::new(arguments.iter().copied()).run_simple(|app: &App| {
        let stack = Stack::new(app, "Waiting");
        CfnResource::new(
            stack,
            "Handle",
            "AWS::CloudFormation::WaitConditionHandle",
            json!({}),
        );
        let wait = json!({ "Count": 1, "Timeout": "20", "Handle": { "Ref": "Handle" } });
        CfnResource::new(stack, "Wait", "AWS::CloudFormation::WaitCondition", wait);
    })
}

/// Runs in the process that is killed: this test program, started again with only this test.
#[test]
#[ignore = "is started and killed by watches_deployment_of_killed_process"]
fn deploys_waiting_stack_in_child_process() {
    if std::env::var_os("INFRA_CHILD").is_some() {
        waiting(&["deploy", "--yes"]);
    }
}

#[test]
#[ignore = "needs the emulator: scripts/test emulator"]
fn watches_deployment_of_killed_process() {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--ignored",
            "--exact",
            "hard::deploys_waiting_stack_in_child_process",
        ])
        .env("INFRA_CHILD", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while !query(
        "cloudformation",
        "Action=DescribeStacks&Version=2010-05-15&StackName=Waiting",
    )
    .contains("CREATE_IN_PROGRESS")
    {
        assert!(
            begun.elapsed() < Duration::from_mins(1),
            "the deployment does not begin"
        );
        std::thread::sleep(Duration::from_millis(100));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let watched = waiting(&["watch"]);
    expect(&watched, ExitCode::RolledBack);
    assert!(watched.stderr.contains("Waiting/Wait"), "{watched}");
}

const LAMBDA: &str = "\
import json, urllib.request
def handler(event, context):
    status = 'FAILED' if event['RequestType'] == 'Update' else 'SUCCESS'
    body = json.dumps({'Status': status, 'Reason': 'never updates', 'PhysicalResourceId': 'one', 'StackId': event['StackId'],
        'RequestId': event['RequestId'], 'LogicalResourceId': event['LogicalResourceId'], 'Data': {}}).encode()
    urllib.request.urlopen(urllib.request.Request(event['ResponseURL'], data=body, method='PUT', headers={'content-type': ''}))
";

fn stubborn(version: &str, arguments: &[&str]) -> Outcome {
    Invocation::new(arguments.iter().copied()).run_simple(|app: &App| {
        let stack = Stack::new(app, "Stubborn");
        let trust = json!({ "Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Service": "lambda.amazonaws.com" },
        }] });
        CfnResource::new(stack, "Role", "AWS::IAM::Role", json!({ "AssumeRolePolicyDocument": trust }));
        let function = json!({
            "Runtime": "python3.12", "Handler": "index.handler", "Code": { "ZipFile": LAMBDA },
            "Role": { "Fn::GetAtt": ["Role", "Arn"] },
        });
        CfnResource::new(stack, "Function", "AWS::Lambda::Function", function);
        let properties = json!({ "Version": version, "ServiceToken": { "Fn::GetAtt": ["Function", "Arn"] } });
        CfnResource::new(stack, "Stubborn", "Custom::Stubborn", properties);
    })
}

#[test]
#[ignore = "needs the emulator: scripts/test emulator"]
fn continues_stuck_rollback_with_skipped_resource() {
    expect(&stubborn("1", &["deploy", "--yes"]), ExitCode::Ok);
    let stuck = stubborn("2", &["deploy", "--yes"]);
    expect(&stuck, ExitCode::Stuck);
    assert!(
        stuck
            .stderr
            .contains("rollback --stack Stubborn --continue"),
        "{stuck}"
    );
    let again = stubborn("2", &["deploy", "--yes"]);
    expect(&again, ExitCode::Stuck);
    let out = stubborn(
        "2",
        &[
            "rollback",
            "--stack",
            "Stubborn",
            "--continue",
            "--skip",
            "Stubborn",
            "--yes",
        ],
    );
    expect(&out, ExitCode::Ok);
}

fn drifting(arguments: &[&str]) -> Outcome {
    Invocation::new(arguments.iter().copied()).run_simple(|app: &App| {
        let stack = Stack::new(app, "Drifting");
        let queue = json!({ "QueueName": "drifting", "VisibilityTimeout": 30 });
        CfnResource::new(stack, "Queue", "AWS::SQS::Queue", queue);
    })
}

#[test]
#[ignore = "needs the emulator: scripts/test emulator"]
fn detects_drift_and_names_property() {
    expect(&drifting(&["deploy", "--yes"]), ExitCode::Ok);
    expect(&drifting(&["drift", "--detailed-exitcode"]), ExitCode::Ok);
    let url = format!(
        "{}/{}/drifting",
        std::env::var("INFRA_EMULATOR_URL").unwrap(),
        account()
    );
    let body = format!(
        "Action=SetQueueAttributes&Version=2012-11-05&QueueUrl={url}&Attribute.1.Name=VisibilityTimeout&Attribute.1.Value=99"
    );
    let answer = query("sqs", &body);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let drift = drifting(&["drift", "--detailed-exitcode"]);
    expect(&drift, ExitCode::Differences);
    assert!(drift.to_string().contains("VisibilityTimeout"), "{drift}");
}

fn exporting(arguments: &[&str]) -> Outcome {
    Invocation::new(arguments.iter().copied()).run_simple(|app: &App| {
        let producer = Stack::new(app, "Producer");
        let topic = CfnResource::new(producer, "Topic", "AWS::SNS::Topic", json!({}));
        let consumer = Stack::new(app, "Consumer");
        CfnResource::new(consumer, "Topic2", "AWS::SNS::Topic", json!({}));
        Output::new(consumer, "Topic", topic.ref_value::<String>().strong());
    })
}

#[test]
#[ignore = "needs the emulator: scripts/test emulator"]
fn refuses_to_destroy_stack_with_export_in_use() {
    expect(&exporting(&["deploy", "--yes"]), ExitCode::Ok);
    let refused = exporting(&["destroy", "--stack", "Producer", "--yes"]);
    assert_ne!(refused.exit_code, ExitCode::Ok, "{refused}");
    assert!(refused.stderr.contains("Consumer"), "{refused}");
    let both = [
        "destroy", "--stack", "Producer", "--stack", "Consumer", "--yes",
    ];
    expect(&exporting(&both), ExitCode::Ok);
}
