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
        .filter(|found| policy::RULES.iter().any(|rule| rule.code() == found.code));
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

/// Returns the statement of a policy for everyone, with a condition.
fn for_everyone(condition: &Json) -> Json {
    json!({ "Statement": [{
        "Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*", "Condition": condition,
    }] })
}

#[test]
fn finds_wildcard_principals_in_policies_of_each_service() {
    let open = for_everyone(&json!({}));
    for (kind, properties, path) in [
        (
            "AWS::SQS::QueuePolicy",
            json!({ "Queues": ["q"], "PolicyDocument": open }),
            "PolicyDocument.Statement.0",
        ),
        (
            "AWS::SNS::TopicPolicy",
            json!({ "Topics": ["t"], "PolicyDocument": open }),
            "PolicyDocument.Statement.0",
        ),
        (
            "AWS::KMS::Key",
            json!({ "KeyPolicy": open }),
            "KeyPolicy.Statement.0",
        ),
        (
            "AWS::SecretsManager::ResourcePolicy",
            json!({ "SecretId": "s", "ResourcePolicy": open }),
            "ResourcePolicy.Statement.0",
        ),
        (
            "AWS::Events::EventBusPolicy",
            json!({ "StatementId": "s", "Statement": open["Statement"][0] }),
            "Statement",
        ),
        (
            "AWS::Events::EventBusPolicy",
            json!({ "StatementId": "s", "Action": "events:PutEvents", "Principal": "*" }),
            "Principal",
        ),
        (
            "AWS::Kinesis::ResourcePolicy",
            json!({ "ResourceArn": "a", "ResourcePolicy": open }),
            "ResourcePolicy.Statement.0",
        ),
        (
            "AWS::IAM::Role",
            json!({ "AssumeRolePolicyDocument": open }),
            "AssumeRolePolicyDocument.Statement.0",
        ),
        (
            "AWS::DynamoDB::GlobalTable",
            json!({ "Replicas": [{ "Region": "eu-west-1", "ResourcePolicy": { "PolicyDocument": open } }] }),
            "Replicas.0.ResourcePolicy.PolicyDocument.Statement.0",
        ),
        (
            "AWS::Logs::Destination",
            json!({ "DestinationName": "d", "DestinationPolicy": open.to_string() }),
            "DestinationPolicy",
        ),
        (
            "AWS::Lambda::Permission",
            json!({ "FunctionName": "f", "Action": "lambda:InvokeFunction", "Principal": "*" }),
            "Principal",
        ),
        (
            "AWS::Lambda::LayerVersionPermission",
            json!({ "LayerVersionArn": "l", "Action": "lambda:GetLayerVersion", "Principal": "*" }),
            "Principal",
        ),
    ] {
        check(&found_in(kind, properties), "INF4985", &[path]);
    }
}

#[test]
fn finds_each_form_of_wildcard_principal() {
    for (statement, paths) in [
        (json!({ "Principal": { "AWS": "*" } }), 1),
        (
            json!({ "Principal": { "AWS": ["arn:aws:iam::111122223333:root", "*"] } }),
            1,
        ),
        (json!({ "NotPrincipal": { "AWS": "111122223333" } }), 1),
        (json!({ "Principal": { "AWS": "111122223333" } }), 0),
        (
            json!({ "Principal": { "Service": "sns.amazonaws.com" } }),
            0,
        ),
        (json!({ "Effect": "Deny", "Principal": "*" }), 0),
    ] {
        let mut whole = json!({ "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*" });
        for (key, value) in statement.as_object().unwrap() {
            whole[key] = value.clone();
        }
        let policy = json!({ "Queues": ["q"], "PolicyDocument": { "Statement": [whole] } });
        let expected = &["PolicyDocument.Statement.0"][..paths];
        check(
            &found_in("AWS::SQS::QueuePolicy", policy),
            "INF4985",
            expected,
        );
    }
}

#[test]
fn accepts_wildcard_principal_only_with_condition_that_limits_callers() {
    for (condition, limits) in [
        (
            json!({ "ArnLike": { "aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:*" } }),
            true,
        ),
        (
            json!({ "ArnLike": { "AWS:SourceArn": "arn:aws:s3:::uploads" } }),
            true,
        ),
        (
            json!({ "ArnLike": { "aws:SourceArn": "arn:aws:s3:::*" } }),
            false,
        ),
        (
            json!({ "ArnLike": { "aws:SourceArn": "arn:aws:sns:*:*:orders" } }),
            false,
        ),
        (
            json!({ "ArnLike": { "aws:SourceArn": "arn:aws:*" } }),
            false,
        ),
        (
            json!({ "ArnLike": { "aws:SourceArn": { "Ref": "AWS::StackId" } } }),
            true,
        ),
        (
            json!({ "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }),
            true,
        ),
        (
            json!({ "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*" } }),
            true,
        ),
        (
            json!({ "StringLike": { "aws:PrincipalOrgID": "o-*" } }),
            false,
        ),
        (
            json!({ "StringEquals": { "aws:SourceAccount": ["111122223333", "*"] } }),
            false,
        ),
        (
            json!({ "StringEqualsIfExists": { "aws:SourceAccount": "111122223333" } }),
            false,
        ),
        (
            json!({ "StringNotEquals": { "aws:SourceAccount": "111122223333" } }),
            false,
        ),
        (json!({ "Bool": { "aws:SecureTransport": "true" } }), false),
        (
            json!({ "Bool": { "aws:PrincipalIsAWSService": "true" } }),
            true,
        ),
        (
            json!({ "Bool": { "aws:PrincipalIsAWSService": "false" } }),
            false,
        ),
        (
            json!({ "IpAddress": { "aws:SourceIp": ["192.0.2.0/24"] } }),
            true,
        ),
        (
            json!({ "IpAddress": { "aws:SourceIp": ["192.0.2.0/24", "0.0.0.0/0"] } }),
            false,
        ),
    ] {
        let policy = json!({ "Queues": ["q"], "PolicyDocument": for_everyone(&condition) });
        let expected: &[&str] = if limits {
            &[]
        } else {
            &["PolicyDocument.Statement.0"]
        };
        check(
            &found_in("AWS::SQS::QueuePolicy", policy),
            "INF4985",
            expected,
        );
    }
    let permission = |property: &str, value: Json| {
        let mut permission =
            json!({ "FunctionName": "f", "Action": "lambda:InvokeFunction", "Principal": "*" });
        permission[property] = value;
        found_in("AWS::Lambda::Permission", permission)
    };
    check(
        &permission("PrincipalOrgID", json!("o-a1b2c3d4e5")),
        "INF4985",
        &[],
    );
    check(
        &permission("FunctionUrlAuthType", json!("NONE")),
        "INF4985",
        &[],
    );
    check(
        &permission("SourceArn", json!("arn:aws:s3:::*")),
        "INF4985",
        &["Principal"],
    );
}

#[test]
fn leaves_policies_of_apis_and_endpoints_to_everyone() {
    let open = for_everyone(&json!({}));
    for (kind, properties) in [
        ("AWS::ApiGateway::RestApi", json!({ "Policy": open })),
        (
            "AWS::EC2::VPCEndpoint",
            json!({ "VpcId": "vpc-1", "ServiceName": "s", "PolicyDocument": open }),
        ),
        (
            "AWS::S3::BucketPolicy",
            json!({ "Bucket": "b", "PolicyDocument": open }),
        ),
    ] {
        check(&found_in(kind, properties), "INF4985", &[]);
    }
}

#[test]
fn explains_wildcard_principal() {
    let app = App::new();
    app.add_policy(policy::recommended());
    let stack = Stack::new(&app, "Stack");
    let secure = json!({ "Bool": { "aws:SecureTransport": "true" } });
    let policy = json!({ "Queues": ["q"], "PolicyDocument": for_everyone(&secure) });
    CfnResource::new(stack, "Policy", "AWS::SQS::QueuePolicy", policy);
    let permission =
        json!({ "FunctionName": "f", "Action": "lambda:InvokeFunction", "Principal": "*" });
    CfnResource::new(stack, "Permission", "AWS::Lambda::Permission", permission);
    let text: Vec<String> = app.synth().findings().iter().map(render).collect();
    let lines = text.iter().flat_map(|text| text.lines());
    let lines: Vec<&str> = lines.filter(|line| !line.contains("-->")).collect();
    insta::assert_snapshot!(lines.join("\n"));
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
