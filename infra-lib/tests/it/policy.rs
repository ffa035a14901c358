//! Tests of the rules in `infra_lib::policy`.

use infra_lib::core::render;
use infra_lib::{App, CfnResource, Construct, Output, Stack, Value, codes, policy};
use serde_json::{Value as Json, json};

/// Returns the findings of the recommended policies for a stack that `build` fills, without places.
fn found(build: impl FnOnce(Stack<'_>)) -> Vec<(String, String)> {
    let app = App::new();
    app.add_policy(policy::recommended());
    build(Stack::new(&app, "Stack"));
    let synthesis = app.synth();
    let policies = synthesis
        .findings()
        .iter()
        .filter(|found| found.code.as_str().starts_with("INF5"));
    policies
        .map(|found| {
            (
                found.code.to_string(),
                found.property.clone().unwrap_or_default(),
            )
        })
        .collect()
}

fn found_in(type_name: &'static str, properties: Json) -> Vec<(String, String)> {
    found(|stack| {
        CfnResource::new(stack, "Resource", type_name, properties);
    })
}

#[track_caller]
fn check(found: &[(String, String)], code: &str, properties: &[&str]) {
    let of_code: Vec<&str> = found
        .iter()
        .filter(|(name, _)| name == code)
        .map(|(_, property)| property.as_str())
        .collect();
    assert_eq!(of_code, properties, "{found:?}");
}

#[test]
fn finds_public_unencrypted_database() {
    let found = found_in(
        "AWS::RDS::DBInstance",
        json!({ "PubliclyAccessible": true, "MultiAZ": true }),
    );
    check(&found, "INF5001", &["PubliclyAccessible"]);
    check(&found, "INF5002", &["StorageEncrypted"]);
    check(
        &found,
        "INF5007",
        &["DeletionPolicy", "UpdateReplacePolicy"],
    );
    check(&found, "INF5011", &["DeletionProtection"]);
}

#[test]
fn skips_deletion_protection_of_single_zone_database() {
    let found = found_in(
        "AWS::RDS::DBInstance",
        json!({ "StorageEncrypted": true, "MultiAZ": false }),
    );
    check(&found, "INF5011", &[]);
    check(&found, "INF5002", &[]);
}

#[test]
fn finds_unencrypted_topics_and_queues() {
    check(
        &found_in("AWS::SNS::Topic", json!({})),
        "INF5002",
        &["KmsMasterKeyId"],
    );
    let queue = json!({ "SqsManagedSseEnabled": false });
    check(
        &found_in("AWS::SQS::Queue", queue),
        "INF5002",
        &["SqsManagedSseEnabled"],
    );
    check(&found_in("AWS::SQS::Queue", json!({})), "INF5002", &[]);
}

#[test]
fn allows_only_open_web_ports_of_public_load_balancer() {
    let group = |port: u16| {
        json!({ "GroupDescription": "web", "VpcId": "vpc-1", "SecurityGroupIngress": [
            { "IpProtocol": "tcp", "FromPort": port, "ToPort": port, "CidrIp": "0.0.0.0/0" },
        ] })
    };
    let with_balancer = |port: u16, scheme: &'static str| {
        found(|stack| {
            let group = CfnResource::new(stack, "Group", "AWS::EC2::SecurityGroup", group(port));
            let balancer = json!({ "Scheme": scheme, "SecurityGroups": [] });
            let balancer = CfnResource::new(
                stack,
                "Alb",
                "AWS::ElasticLoadBalancingV2::LoadBalancer",
                balancer,
            );
            balancer.push_prop("SecurityGroups", group.attr_value::<String>("GroupId"));
        })
    };
    check(
        &found_in("AWS::EC2::SecurityGroup", group(443)),
        "INF5003",
        &["SecurityGroupIngress.0"],
    );
    check(&with_balancer(443, "internet-facing"), "INF5003", &[]);
    check(
        &with_balancer(22, "internet-facing"),
        "INF5003",
        &["SecurityGroupIngress.0"],
    );
    check(
        &with_balancer(443, "internal"),
        "INF5003",
        &["SecurityGroupIngress.0"],
    );
}

#[test]
fn finds_secret_in_variable_by_name_or_reference() {
    let task = json!({ "ContainerDefinitions": [{ "Name": "api", "Image": "api", "Environment": [
        { "Name": "DB_PASSWORD", "Value": "hunter2" },
        { "Name": "DB_SECRET_ARN", "Value": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db" },
        { "Name": "TOKEN_TTL_SECS", "Value": "3600" },
        { "Name": "SESSION_TOKEN", "Value": "" },
        { "Name": "DATABASE_URL", "Value": "postgres://u:{{resolve:secretsmanager:db:SecretString:password}}@h/db" },
    ] }] });
    let found = found_in("AWS::ECS::TaskDefinition", task);
    check(
        &found,
        "INF5004",
        &["ContainerDefinitions.0.Environment.0.Value"],
    );
    check(
        &found,
        "INF5005",
        &["ContainerDefinitions.0.Environment.4.Value"],
    );
    let function =
        json!({ "Code": {}, "Role": "r", "Environment": { "Variables": { "API_KEY": "abc" } } });
    check(
        &found_in("AWS::Lambda::Function", function),
        "INF5004",
        &["Environment.Variables.API_KEY"],
    );
}

#[test]
fn finds_output_with_resolved_secret() {
    let found = found(|stack| {
        CfnResource::new(stack, "Queue", "AWS::SQS::Queue", json!({}));
        let text = "{{resolve:secretsmanager:db:SecretString:password}}";
        Output::new(stack, "Password", Value::<String>::from_data(text.into()));
    });
    check(&found, "INF5005", &["Outputs.Password.Value"]);
}

#[test]
fn finds_unrestricted_statements_and_administrator_policy() {
    let role = json!({
        "AssumeRolePolicyDocument": {},
        "ManagedPolicyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"],
        "Policies": [{ "PolicyName": "p", "PolicyDocument": { "Statement": [
            { "Effect": "Allow", "Action": "s3:*", "Resource": "*" },
            { "Effect": "Allow", "Action": ["*"], "Resource": "*" },
        ] } }],
    });
    let found = found_in("AWS::IAM::Role", role);
    check(
        &found,
        "INF5006",
        &[
            "ManagedPolicyArns.0",
            "Policies.0.PolicyDocument.Statement.1",
        ],
    );
}

#[test]
fn finds_log_group_without_retention() {
    check(
        &found_in("AWS::Logs::LogGroup", json!({})),
        "INF5008",
        &["RetentionInDays"],
    );
}

#[test]
fn finds_public_buckets_and_bucket_policies() {
    let found = found_in("AWS::S3::Bucket", json!({ "AccessControl": "PublicRead" }));
    check(
        &found,
        "INF5009",
        &["AccessControl", "PublicAccessBlockConfiguration"],
    );
    let policy = json!({ "Bucket": "b", "PolicyDocument": { "Statement": [
        { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*" },
        { "Effect": "Deny", "Principal": { "AWS": "*" }, "Action": "s3:*", "Resource": "*" },
    ] } });
    check(
        &found_in("AWS::S3::BucketPolicy", policy),
        "INF5009",
        &["PolicyDocument.Statement.0"],
    );
}

#[test]
fn finds_clear_text_and_outdated_tls() {
    let balancer = |protocol: &'static str, action: &'static str| {
        found(|stack| {
            let alb = CfnResource::new(
                stack,
                "Alb",
                "AWS::ElasticLoadBalancingV2::LoadBalancer",
                json!({}),
            );
            let listener = json!({ "Protocol": protocol, "DefaultActions": [{ "Type": action }] });
            let listener = CfnResource::new(
                stack,
                "Listener",
                "AWS::ElasticLoadBalancingV2::Listener",
                listener,
            );
            listener.override_prop("LoadBalancerArn", alb.ref_value::<String>());
        })
    };
    check(&balancer("HTTP", "forward"), "INF5010", &["Protocol"]);
    check(&balancer("HTTP", "redirect"), "INF5010", &[]);
    check(&balancer("HTTPS", "forward"), "INF5010", &["SslPolicy"]);
    let distribution = json!({ "DistributionConfig": {
        "Enabled": true,
        "ViewerCertificate": { "MinimumProtocolVersion": "TLSv1" },
        "DefaultCacheBehavior": { "ViewerProtocolPolicy": "allow-all" },
    } });
    check(
        &found_in("AWS::CloudFront::Distribution", distribution),
        "INF5010",
        &[
            "DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy",
            "DistributionConfig.ViewerCertificate.MinimumProtocolVersion",
        ],
    );
}

#[test]
fn reports_construct_and_help_and_allows_acknowledgement() {
    let app = App::new();
    app.add_policy(policy::recommended());
    let stack = Stack::new(&app, "Stack");
    CfnResource::new(stack, "Logs", "AWS::Logs::LogGroup", json!({}));
    CfnResource::new(stack, "Audit", "AWS::Logs::LogGroup", json!({}))
        .scope()
        .acknowledge(codes::LOG_RETENTION, "auditors want all of it");
    let synthesis = app.synth();
    assert_eq!(synthesis.acknowledged().len(), 1);
    let text: Vec<String> = synthesis.findings().iter().map(render).collect();
    let text: Vec<&str> = text
        .iter()
        .flat_map(|text| text.lines())
        .filter(|line| !line.contains("-->"))
        .collect();
    insta::assert_snapshot!(text.join("\n"));
}

#[test]
fn skips_excluded_policy_rule() {
    let app = App::new();
    app.add_policy(policy::recommended().without(codes::LOG_RETENTION));
    CfnResource::new(
        Stack::new(&app, "Stack"),
        "Logs",
        "AWS::Logs::LogGroup",
        json!({}),
    );
    assert!(
        app.synth()
            .findings()
            .iter()
            .all(|found| found.code != codes::LOG_RETENTION)
    );
}
