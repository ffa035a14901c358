//! Tests of [`security_changes`], case by case.

#![expect(
    clippy::needless_pass_by_value,
    reason = "cases read better without a sign before each"
)]

use serde_json::{Value as JsonValue, json};

use super::security_changes;
use crate::Template;
use crate::diff::tests::stack;
use crate::review::Direction;

/// Returns the changes as lines: `+` for broadening, `-` for narrowing, and `!` for public exposure.
fn told(old: JsonValue, new: JsonValue) -> Vec<String> {
    let old = Template::from_json(json!({ "Resources": old })).unwrap();
    let changes = security_changes(&old, &stack(json!({ "Resources": new })));
    let lines = changes.iter().map(|change| {
        let sign = match (change.direction, change.public) {
            (Direction::Broadening, true) => '!',
            (Direction::Broadening, false) => '+',
            (Direction::Narrowing, _) => '-',
        };
        format!("{sign} {}", change.summary)
    });
    lines.collect()
}

fn role(statements: JsonValue) -> JsonValue {
    json!({
        "Role": { "Type": "AWS::IAM::Role", "Properties": {
            "Policies": [{ "PolicyName": "p", "PolicyDocument": { "Statement": statements } }] } },
        "Assets": { "Type": "AWS::S3::Bucket" },
    })
}

fn allow(action: JsonValue, resource: JsonValue) -> JsonValue {
    json!({ "Effect": "Allow", "Action": action, "Resource": resource })
}

fn nothing() -> Vec<String> {
    Vec::new()
}

#[test]
fn ignores_equivalent_and_implied_statements() {
    let get = || allow(json!("s3:GetObject"), json!("arn:aws:s3:::a/*"));
    let put = || allow(json!("s3:PutObject"), json!("arn:aws:s3:::a/*"));
    let both = || {
        allow(
            json!(["s3:PutObject", "s3:GetObject"]),
            json!(["arn:aws:s3:::a/*"]),
        )
    };
    // Splitting and joining statements, order, case, and a statement that another one covers.
    assert_eq!(
        told(role(json!([get(), put()])), role(json!(both()))),
        nothing()
    );
    assert_eq!(
        told(role(json!([both()])), role(json!([put(), get()]))),
        nothing()
    );
    let lower = allow(json!("S3:getobject"), json!("arn:aws:s3:::a/*"));
    assert_eq!(told(role(json!([get()])), role(json!([lower]))), nothing());
    let wide = || allow(json!("s3:*"), json!("*"));
    assert_eq!(
        told(role(json!([wide()])), role(json!([wide(), get()]))),
        nothing()
    );
    assert_eq!(
        told(role(json!([get()])), role(json!([wide()]))),
        ["+ Role may s3:* on everything"]
    );
    assert_eq!(
        told(role(json!([wide()])), role(json!([get()]))),
        ["- Role may no longer s3:* on everything"]
    );
}

#[test]
fn ignores_statement_moved_to_another_policy() {
    let get = || {
        allow(
            json!("s3:GetObject"),
            json!({ "Fn::Sub": "${Assets.Arn}/*" }),
        )
    };
    let apart = json!({
        "Role": { "Type": "AWS::IAM::Role", "Properties": {} },
        "Assets": { "Type": "AWS::S3::Bucket" },
        "Policy": { "Type": "AWS::IAM::Policy", "Properties": {
            "Roles": [{ "Ref": "Role" }],
            "PolicyDocument": { "Statement": [
                allow(json!(["s3:GetObject"]), json!({ "Fn::Join": ["", [{ "Fn::GetAtt": ["Assets", "Arn"] }, "/*"]] })),
            ] } } },
    });
    assert_eq!(told(role(json!([get()])), apart.clone()), nothing());
    assert_eq!(told(apart, role(json!([get()]))), nothing());
}

#[test]
fn names_resources_by_construct() {
    let get = allow(
        json!("s3:GetObject"),
        json!({ "Fn::Sub": "${Assets.Arn}/*" }),
    );
    assert_eq!(
        told(role(json!([])), role(json!([get]))),
        ["+ Role may s3:GetObject on Assets/*"]
    );
}

#[test]
fn points_out_dangerous_permissions() {
    for (action, resource, expected) in [
        (
            "iam:PassRole",
            "*",
            "+ Role may iam:PassRole on everything (and with that pass any role to a service)",
        ),
        (
            "iam:Pass*",
            "arn:aws:iam::1:role/x",
            "+ Role may iam:Pass* on arn:aws:iam::1:role/x (and with that do what such a role may)",
        ),
        (
            "*",
            "*",
            "+ Role may do everything on everything (and with that pass any role to a service)",
        ),
    ] {
        let new = role(json!([allow(json!(action), json!(resource))]));
        assert_eq!(told(role(json!([])), new), [expected]);
    }
}

#[test]
fn treats_conditions_as_narrowing_and_inverts_denials() {
    let with = |condition: JsonValue| {
        let mut statement = allow(json!("sqs:SendMessage"), json!("*"));
        statement["Condition"] = condition;
        role(json!([statement]))
    };
    let free = || role(json!([allow(json!("sqs:SendMessage"), json!("*"))]));
    let from = || json!({ "ArnLike": { "aws:SourceArn": "arn:x" } });
    assert_eq!(
        told(free(), with(from())),
        ["- Role may no longer sqs:SendMessage on everything"]
    );
    assert_eq!(
        told(with(from()), free()),
        ["+ Role may sqs:SendMessage on everything"]
    );
    assert_eq!(
        told(role(json!([])), with(from())),
        ["+ Role may sqs:SendMessage on everything if aws:SourceArn is like arn:x"]
    );
    let deny = || role(json!([{ "Effect": "Deny", "Action": "s3:*", "Resource": "*" }]));
    assert_eq!(
        told(role(json!([])), deny()),
        ["- Role is denied s3:* on everything"]
    );
    assert_eq!(
        told(deny(), role(json!([]))),
        ["+ Role is no longer denied s3:* on everything"]
    );
}

#[test]
fn compares_not_action_statements() {
    let but = |actions: JsonValue| {
        role(json!([{ "Effect": "Allow", "NotAction": actions, "Resource": "*" }]))
    };
    assert_eq!(
        told(but(json!(["b:X", "a:Y"])), but(json!(["a:Y", "b:X"]))),
        nothing()
    );
    assert_eq!(
        told(
            but(json!("iam:*")),
            role(json!([allow(json!("s3:Get*"), json!("*"))]))
        ),
        [
            "+ Role may s3:Get* on everything",
            "- Role may no longer all but iam:* on everything",
        ]
    );
}

#[test]
fn reports_principals_that_may_assume_role() {
    let trusting = |principal: JsonValue| {
        json!({ "Role": { "Type": "AWS::IAM::Role", "Properties": { "AssumeRolePolicyDocument": {
            "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal }] } } } })
    };
    let service = || trusting(json!({ "Service": "ecs-tasks.amazonaws.com" }));
    assert_eq!(
        told(service(), trusting(json!({ "AWS": "*" }))),
        ["! everyone may assume Role"]
    );
    // An account and its root are the same principal.
    assert_eq!(
        told(
            trusting(json!({ "AWS": "123456789012" })),
            trusting(json!({ "AWS": "arn:aws:iam::123456789012:root" }))
        ),
        nothing()
    );
}

#[test]
fn reports_public_access_in_resource_policies() {
    let bucket = |statement: JsonValue| {
        json!({
            "Assets": { "Type": "AWS::S3::Bucket" },
            "Policy": { "Type": "AWS::S3::BucketPolicy", "Properties": {
                "Bucket": { "Ref": "Assets" }, "PolicyDocument": { "Statement": statement } } },
        })
    };
    let read = |condition: JsonValue| {
        let mut statement = allow(
            json!("s3:GetObject"),
            json!({ "Fn::Sub": "${Assets.Arn}/*" }),
        );
        statement["Principal"] = json!("*");
        if !condition.is_null() {
            statement["Condition"] = condition;
        }
        bucket(json!([statement]))
    };
    assert_eq!(
        told(bucket(json!([])), read(json!(null))),
        ["! everyone may s3:GetObject on Assets/*"]
    );
    assert_eq!(
        told(
            bucket(json!([])),
            read(json!({ "Bool": { "aws:SecureTransport": "true" } }))
        ),
        ["! everyone may s3:GetObject on Assets/* if aws:SecureTransport = true"]
    );
    let ours = json!({ "StringEquals": { "AWS:SourceAccount": "1" } });
    assert_eq!(
        told(bucket(json!([])), read(ours)),
        ["+ everyone may s3:GetObject on Assets/* if AWS:SourceAccount = 1"]
    );
    let key = |principal: &str| {
        json!({ "Key": { "Type": "AWS::KMS::Key", "Properties": { "KeyPolicy": { "Statement": {
            "Effect": "Allow", "Action": "kms:*", "Resource": "*", "Principal": { "AWS": principal } } } } } })
    };
    assert_eq!(
        told(key("arn:a"), key("arn:b")),
        [
            "+ arn:b may kms:* on Key",
            "- arn:a may no longer kms:* on Key"
        ]
    );
    let invoke = json!({
        "F": { "Type": "AWS::Lambda::Function" },
        "Allow": { "Type": "AWS::Lambda::Permission", "Properties": {
            "FunctionName": { "Fn::GetAtt": ["F", "Arn"] }, "Action": "lambda:InvokeFunction", "Principal": "*",
            "FunctionUrlAuthType": "NONE" } },
    });
    assert_eq!(
        told(json!({ "F": { "Type": "AWS::Lambda::Function" } }), invoke),
        ["! everyone may lambda:InvokeFunction on F"]
    );
}

#[test]
fn compares_managed_policies_by_identity() {
    let with = |policies: JsonValue| json!({ "Role": { "Type": "AWS::IAM::Role", "Properties": { "ManagedPolicyArns": policies } } });
    let admin = json!({ "Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess" });
    assert_eq!(
        told(
            with(json!(["arn:aws:iam::aws:policy/ReadOnlyAccess"])),
            with(json!([admin]))
        ),
        [
            "+ Role gets the managed policy AdministratorAccess, which permits everything",
            "- Role loses the managed policy ReadOnlyAccess",
        ]
    );
}

fn group(rules: JsonValue) -> JsonValue {
    json!({ "Web": { "Type": "AWS::EC2::SecurityGroup", "Properties": {
        "SecurityGroupIngress": rules, "SecurityGroupEgress": [] } } })
}

fn rule(from: i64, to: i64, cidr: &str) -> JsonValue {
    json!({ "IpProtocol": "tcp", "FromPort": from, "ToPort": to, "CidrIp": cidr })
}

#[test]
fn compares_ranges_of_security_group_rules() {
    let wide = || group(json!([rule(0, 1024, "10.0.0.0/8")]));
    let narrow = || group(json!([rule(443, 443, "10.1.0.0/16")]));
    assert_eq!(
        told(wide(), narrow()),
        ["- Web no longer accepts tcp 0 to 1024 from 10.0.0.0/8"]
    );
    assert_eq!(
        told(narrow(), wide()),
        ["+ Web accepts tcp 0 to 1024 from 10.0.0.0/8"]
    );
    assert_eq!(
        told(narrow(), group(json!([rule(443, 443, "0.0.0.0/0")]))),
        ["! Web accepts tcp 443 from anywhere (0.0.0.0/0)",]
            .iter()
            .map(|line| (*line).to_owned())
            .collect::<Vec<_>>()
    );
    let all = json!([{ "IpProtocol": "-1", "CidrIpv6": "::/0" }]);
    assert_eq!(
        told(group(json!([])), group(all)),
        ["! Web accepts every port from anywhere (::/0)"]
    );
}

#[test]
fn treats_inline_and_separate_rules_as_equal() {
    let mut apart = group(json!([]));
    apart["Rule"] = json!({ "Type": "AWS::EC2::SecurityGroupIngress", "Properties": {
        "GroupId": { "Fn::GetAtt": ["Web", "GroupId"] }, "IpProtocol": "6",
        "FromPort": "80", "ToPort": 80, "CidrIp": "10.0.0.0/8" } });
    assert_eq!(
        told(group(json!([rule(80, 80, "10.0.0.0/8")])), apart),
        nothing()
    );
}

#[test]
fn reports_open_egress_of_group_without_egress_rules() {
    let egress = |properties: JsonValue| json!({ "Web": { "Type": "AWS::EC2::SecurityGroup", "Properties": properties } });
    assert_eq!(
        told(
            egress(json!({ "SecurityGroupEgress": [] })),
            egress(json!({}))
        ),
        [
            "+ Web reaches anywhere (0.0.0.0/0) on every port",
            "+ Web reaches anywhere (::/0) on every port",
        ]
    );
}

#[test]
fn reports_changed_exposure_and_protection_settings() {
    let of = |type_name: &str, properties: JsonValue| json!({ "It": { "Type": type_name, "Properties": properties } });
    let balancer = "AWS::ElasticLoadBalancingV2::LoadBalancer";
    let bucket = "AWS::S3::Bucket";
    let attribute = |value: &str| json!({ "Scheme": "internal", "LoadBalancerAttributes": [{ "Key": "deletion_protection.enabled", "Value": value }] });
    for (type_name, old, new, expected) in [
        (
            "AWS::RDS::DBInstance",
            json!({}),
            json!({ "PubliclyAccessible": "true" }),
            "! It has a public address",
        ),
        (
            "AWS::RDS::DBInstance",
            json!({ "DeletionProtection": true }),
            json!({}),
            "+ It no longer is protected from deletion",
        ),
        (
            "AWS::RDS::DBInstance",
            json!({ "BackupRetentionPeriod": 7 }),
            json!({ "BackupRetentionPeriod": 0 }),
            "+ It no longer has backups",
        ),
        (
            balancer,
            json!({ "Scheme": "internal" }),
            json!({}),
            "! It is internet-facing",
        ),
        (
            balancer,
            attribute("true"),
            attribute("false"),
            "+ It no longer is protected from deletion",
        ),
        (
            bucket,
            json!({ "PublicAccessBlockConfiguration": { "BlockPublicPolicy": true } }),
            json!({}),
            "+ It no longer blocks public policies",
        ),
        (
            bucket,
            json!({}),
            json!({ "BucketEncryption": { "x": 1 } }),
            "- It has explicit encryption settings",
        ),
        (
            "AWS::Lambda::Url",
            json!({ "AuthType": "AWS_IAM" }),
            json!({ "AuthType": "NONE" }),
            "! It can be called by anyone without authorization",
        ),
    ] {
        assert_eq!(told(of(type_name, old), of(type_name, new)), [expected]);
    }
    // Conditions are not evaluated.
    let computed = json!({ "PubliclyAccessible": { "Fn::If": ["Dev", true, false] } });
    assert_eq!(
        told(
            of("AWS::RDS::DBInstance", json!({})),
            of("AWS::RDS::DBInstance", computed)
        ),
        nothing()
    );
    let trail = of("AWS::EC2::FlowLog", json!({}));
    assert_eq!(
        told(trail, json!({})),
        ["+ It is removed: AWS::EC2::FlowLog"]
    );
}

/// A change that broadens in one direction narrows in the other, for any pair of templates.
#[test]
fn reports_symmetric_changes_in_both_directions() {
    let many = [
        json!({}),
        role(json!([])),
        role(json!([allow(json!("s3:*"), json!("*"))])),
        role(json!([allow(
            json!(["s3:Get*", "iam:PassRole"]),
            json!(["a", "b*"])
        )])),
        role(json!([{ "Effect": "Deny", "Action": "*", "Resource": "b*" }])),
        group(json!([rule(1, 9, "10.0.0.0/8"), rule(5, 5, "0.0.0.0/0")])),
        group(json!([rule(5, 12, "10.0.0.0/16")])),
    ];
    for one in &many {
        assert_eq!(told(one.clone(), one.clone()), nothing());
        for other in &many {
            let count = |lines: Vec<String>, narrowing: bool| {
                lines
                    .iter()
                    .filter(|line| line.starts_with('-') == narrowing)
                    .count()
            };
            let (there, back) = (
                told(one.clone(), other.clone()),
                told(other.clone(), one.clone()),
            );
            assert_eq!(
                count(there.clone(), false),
                count(back.clone(), true),
                "{there:?} {back:?}"
            );
        }
    }
}
