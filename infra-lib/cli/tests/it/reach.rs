//! Tests of `reach`: answers, paths, lists, service control policies and exit codes.

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use infra_core::{App, CfnResource, Environment, StackProps};
use insta::assert_snapshot;
use serde_json::json;

use crate::json_schema::conforming;
use crate::support::RunApp as _;

/// A public host that reads a bucket, and a database beside it.
fn app(app: &App) {
    let stack = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(app, "App");
    let add = |id: &str, kind: &'static str, properties| {
        CfnResource::new(stack, id, kind, properties);
    };
    add(
        "Vpc",
        "AWS::EC2::VPC",
        json!({ "CidrBlock": "10.0.0.0/16" }),
    );
    add("Gateway", "AWS::EC2::InternetGateway", json!({}));
    add(
        "Table",
        "AWS::EC2::RouteTable",
        json!({ "VpcId": { "Ref": "Vpc" } }),
    );
    add(
        "Route",
        "AWS::EC2::Route",
        json!({
        "RouteTableId": { "Ref": "Table" }, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": { "Ref": "Gateway" } }),
    );
    add(
        "Subnet",
        "AWS::EC2::Subnet",
        json!({
        "VpcId": { "Ref": "Vpc" }, "CidrBlock": "10.0.0.0/24", "MapPublicIpOnLaunch": true }),
    );
    add(
        "Association",
        "AWS::EC2::SubnetRouteTableAssociation",
        json!({
        "SubnetId": { "Ref": "Subnet" }, "RouteTableId": { "Ref": "Table" } }),
    );
    add(
        "Group",
        "AWS::EC2::SecurityGroup",
        json!({ "GroupDescription": "web", "VpcId": { "Ref": "Vpc" },
        "SecurityGroupIngress": [{ "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "0.0.0.0/0" }] }),
    );
    add(
        "Role",
        "AWS::IAM::Role",
        json!({
        "AssumeRolePolicyDocument": { "Statement": { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Service": "ec2.amazonaws.com" } } },
        "Policies": [{ "PolicyName": "Default", "PolicyDocument": { "Statement": {
            "Effect": "Allow", "Action": "s3:GetObject", "Resource": { "Fn::Sub": "${Files.Arn}/*" } } } }] }),
    );
    add(
        "Profile",
        "AWS::IAM::InstanceProfile",
        json!({ "Roles": [{ "Ref": "Role" }] }),
    );
    add(
        "Host",
        "AWS::EC2::Instance",
        json!({ "ImageId": "ami-1", "InstanceType": "t4g.nano",
        "SubnetId": { "Ref": "Subnet" }, "SecurityGroupIds": [{ "Ref": "Group" }], "IamInstanceProfile": { "Ref": "Profile" } }),
    );
    add("Files", "AWS::S3::Bucket", json!({}));
    add(
        "Database",
        "AWS::RDS::DBInstance",
        json!({ "DBInstanceClass": "db.t4g.micro", "Engine": "postgres",
        "PubliclyAccessible": false, "AllocatedStorage": "20" }),
    );
}

fn invocation(arguments: &[&str]) -> Invocation {
    Invocation::new(arguments.iter().copied()).directory(env!("CARGO_MANIFEST_DIR"))
}

fn run(arguments: &[&str]) -> Outcome {
    invocation(arguments).run_simple(app)
}

#[test]
fn shows_path_at_60_and_80_columns() {
    for columns in [60, 80] {
        let outcome = invocation(&["reach", "internet", "App/Host", "--why"])
            .columns(columns)
            .run_simple(app);
        assert_snapshot!(format!("reach_why_{columns}"), outcome);
    }
}

#[test]
fn shows_what_stops_a_way() {
    let outcome = invocation(&["reach", "internet", "Database", "--why-not"])
        .columns(80)
        .run_simple(app);
    assert_snapshot!("reach_why_not", outcome);
}

#[test]
fn answers_question_about_action() {
    assert_snapshot!(
        "reach_action",
        run(&["reach", "App/Host", "s3:GetObject", "Files", "--why"])
    );
    let outcome = run(&["reach", "Host", "s3:PutObject", "Files", "--why-not"]);
    assert_snapshot!("reach_action_not", outcome);
}

#[test]
fn lists_exposures_and_data() {
    assert_snapshot!(
        "reach_from_internet",
        run(&["reach", "--from-internet", "--why"])
    );
    assert_snapshot!("reach_to_data", run(&["reach", "--to-data"]));
}

#[test]
fn prints_every_kind_of_answer_as_json() {
    let outcome = run(&["reach", "internet", "Host", "--json"]);
    let found = conforming("reach", &outcome.stdout);
    assert_eq!(found["question"]["answer"], json!("yes"));
    assert_eq!(
        found["question"]["ways"][0]["steps"][1]["resource"]["logicalId"],
        json!("Route")
    );
    let found = conforming(
        "reach",
        &run(&["reach", "--from-internet", "--json"]).stdout,
    );
    assert_eq!(found["exposures"][0]["what"], json!("port 443"));
    let found = conforming("reach", &run(&["reach", "--to-data", "--json"]).stdout);
    assert_eq!(
        found["stores"][0]["readers"][0]["ways"][0]["what"],
        json!("s3:GetObject")
    );
}

#[test]
fn ends_with_exit_code_2_when_asked() {
    let code = |arguments: &[&str]| run(arguments).exit_code;
    assert_eq!(code(&["reach", "internet", "Host"]), ExitCode::Ok);
    assert_eq!(
        code(&["reach", "internet", "Host", "--fail-on", "yes"]),
        ExitCode::Differences
    );
    assert_eq!(
        code(&["reach", "internet", "Database", "--fail-on", "possible"]),
        ExitCode::Ok
    );
    assert_eq!(
        code(&["reach", "--from-internet", "--fail-on", "possible"]),
        ExitCode::Differences
    );
    assert_eq!(code(&["reach", "internet"]), ExitCode::Usage);
    assert_eq!(code(&["reach"]), ExitCode::Usage);
}

#[test]
fn reports_unknown_names() {
    assert_snapshot!("reach_unknown", run(&["reach", "internet", "App/Databse"]));
}

#[test]
fn applies_service_control_policies() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scp.json");
    let deny = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Action": "s3:*", "Resource": "*" }] });
    std::fs::write(&path, deny.to_string()).unwrap();
    let path = path.to_str().unwrap();
    let question = [
        "reach",
        "Host",
        "s3:GetObject",
        "Files",
        "--fail-on",
        "possible",
        "--scp",
        path,
    ];
    assert_eq!(run(&question).exit_code, ExitCode::Ok);
    std::fs::write(path, "{}").unwrap();
    let outcome = run(&question);
    assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
    assert!(
        outcome.stderr.contains("has no service control policies"),
        "{outcome}"
    );
}

#[test]
fn review_lists_paths_that_open() {
    let closed = |app: &App| {
        let stack = StackProps::new()
            .environment(Environment::region("us-east-1"))
            .build(app, "App");
        CfnResource::new(stack, "Queue", "AWS::SQS::Queue", json!({}));
    };
    let open = |app: &App| {
        let stack = StackProps::new()
            .environment(Environment::region("us-east-1"))
            .build(app, "App");
        CfnResource::new(stack, "Queue", "AWS::SQS::Queue", json!({}));
        CfnResource::new(
            stack,
            "Policy",
            "AWS::SQS::QueuePolicy",
            json!({ "Queues": [{ "Ref": "Queue" }],
            "PolicyDocument": { "Statement": [
                { "Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*" },
                { "Effect": "Allow", "Principal": { "AWS": "222222222222" }, "Action": "sqs:ReceiveMessage", "Resource": "*" },
            ] } }),
        );
    };
    let folder = tempfile::tempdir().unwrap();
    let before = folder.path().join("before");
    let before = before.to_str().unwrap();
    let outcome = Invocation::new(["synth", "--quiet", "--out", before])
        .directory(env!("CARGO_MANIFEST_DIR"))
        .run_simple(closed);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let diff = |more: &[&str]| {
        let arguments = ["diff", "--against", before]
            .into_iter()
            .chain(more.iter().copied());
        let mut outcome = Invocation::new(arguments)
            .directory(env!("CARGO_MANIFEST_DIR"))
            .columns(80)
            .run_simple(open);
        outcome.stdout = outcome.stdout.replace(before, "BEFORE");
        outcome
    };
    assert_snapshot!("reach_review", diff(&[]));
    assert_snapshot!("reach_review_markdown", diff(&["--markdown"]));
    assert_eq!(
        diff(&["--fail-on", "broadening"]).exit_code,
        ExitCode::Differences
    );
}
