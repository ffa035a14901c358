//! IAM over templates: roles, resource policies, keys, chains of roles.

use infra_reach::Answer::{self, No, Possible, Yes};
use infra_reach::policy::Document;
use infra_reach::{Reach, Source};
use serde_json::{Value as JsonValue, json};

use crate::{texts, world_of};

fn role(statements: JsonValue) -> JsonValue {
    json!({ "Type": "AWS::IAM::Role", "Properties": {
        "AssumeRolePolicyDocument": { "Statement": { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Service": "lambda.amazonaws.com" } } },
        "Policies": [{ "PolicyName": "Default", "PolicyDocument": { "Statement": statements } }] } })
}

fn allow(action: &str, resource: &str) -> JsonValue {
    json!({ "Effect": "Allow", "Action": action, "Resource": { "Fn::Sub": resource } })
}

fn base() -> JsonValue {
    json!({
        "Code": { "Type": "AWS::Lambda::Function", "Properties": { "Role": { "Fn::GetAtt": ["Role", "Arn"] } } },
        "Role": role(json!([allow("s3:GetObject", "${Files.Arn}/*")])),
        "Files": { "Type": "AWS::S3::Bucket", "Properties": {} },
        "Others": { "Type": "AWS::S3::Bucket", "Properties": {} },
    })
}

fn ask(resources: &JsonValue, action: &str, target: &str) -> (Answer, Vec<String>) {
    let world = world_of(resources);
    let reach = Reach::new(&world);
    let from = Source::Resource(reach.find("Code").unwrap());
    let proof = reach.may(from, action, reach.find(target).unwrap());
    let (answer, steps) = texts(&proof);
    (answer, steps.into_iter().map(str::to_owned).collect())
}

#[test]
fn program_acts_with_its_role() {
    assert_eq!(
        ask(&base(), "s3:GetObject", "Files"),
        (
            Yes,
            vec!["Role is allowed s3:GetObject on Files".to_owned()]
        )
    );
    assert_eq!(ask(&base(), "s3:PutObject", "Files").0, No);
    assert_eq!(
        ask(&base(), "s3:GetObject", "Others"),
        (
            No,
            vec!["no policy allows Role s3:GetObject on Others".to_owned()]
        )
    );
    let mut resources = base();
    resources["Code"]["Properties"] = json!({ "Role": "arn:aws:iam::111111111111:role/known" });
    assert_eq!(ask(&resources, "s3:GetObject", "Files").0, Possible);
    resources["Code"]["Properties"] = json!({});
    assert_eq!(
        ask(&resources, "s3:GetObject", "Files"),
        (No, vec!["Code acts without a role".to_owned()])
    );
}

#[test]
fn attached_policies_count() {
    let document = json!({ "Statement": allow("s3:*", "${Files.Arn}/*") });
    let rows = [
        (
            "Policy",
            json!({ "Type": "AWS::IAM::Policy", "Properties": { "Roles": [{ "Ref": "Role" }], "PolicyDocument": document } }),
            json!([]),
            Yes,
        ),
        (
            "Policy",
            json!({ "Type": "AWS::IAM::ManagedPolicy", "Properties": { "PolicyDocument": document } }),
            json!([{ "Ref": "Policy" }]),
            Yes,
        ),
        (
            "Policy",
            json!({ "Type": "AWS::IAM::ManagedPolicy", "Properties": { "PolicyDocument": document } }),
            json!([]),
            No,
        ),
        (
            "X",
            json!({ "Type": "AWS::SQS::Queue" }),
            json!(["arn:aws:iam::aws:policy/AdministratorAccess"]),
            Yes,
        ),
        (
            "X",
            json!({ "Type": "AWS::SQS::Queue" }),
            json!([{ "Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole" }]),
            No,
        ),
        (
            "X",
            json!({ "Type": "AWS::SQS::Queue" }),
            json!(["arn:aws:iam::aws:policy/SomethingNew"]),
            Possible,
        ),
    ];
    for (id, policy, arns, expected) in rows {
        let mut resources = base();
        resources[id] = policy.clone();
        resources["Role"]["Properties"]["ManagedPolicyArns"] = arns.clone();
        assert_eq!(
            ask(&resources, "s3:PutObject", "Files").0,
            expected,
            "{policy} {arns}"
        );
    }
}

#[test]
fn boundary_is_found_by_its_name() {
    let mut resources = base();
    resources["Role"]["Properties"]["PermissionsBoundary"] =
        json!({ "Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/teams/limit" });
    assert_eq!(
        ask(&resources, "s3:GetObject", "Files").0,
        Possible,
        "a boundary of elsewhere"
    );
    resources["Limit"] = json!({ "Type": "AWS::IAM::ManagedPolicy", "Properties": { "ManagedPolicyName": "limit", "Path": "/teams/",
        "PolicyDocument": { "Statement": allow("s3:GetObject", "arn:aws:s3:::app-*") } } });
    assert_eq!(
        ask(&resources, "s3:GetObject", "Files").0,
        Yes,
        "the generated name begins with that of the stack"
    );
    resources["Limit"]["Properties"]["PolicyDocument"] =
        json!({ "Statement": allow("s3:PutObject", "*") });
    let (answer, steps) = ask(&resources, "s3:GetObject", "Files");
    assert_eq!(
        (answer, steps.as_slice()),
        (
            No,
            ["the permissions boundary of Role does not allow s3:GetObject on Files".to_owned()]
                .as_slice()
        )
    );
}

#[test]
fn encrypted_data_needs_its_key() {
    let root = json!({ "Effect": "Allow", "Principal": { "AWS": { "Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root" } }, "Action": "kms:*", "Resource": "*" });
    let mut resources = base();
    resources["Key"] =
        json!({ "Type": "AWS::KMS::Key", "Properties": { "KeyPolicy": { "Statement": [root] } } });
    resources["Files"]["Properties"]["BucketEncryption"] = json!({ "ServerSideEncryptionConfiguration": [{ "ServerSideEncryptionByDefault": {
        "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": { "Fn::GetAtt": ["Key", "Arn"] } } }] });
    let (answer, steps) = ask(&resources, "s3:GetObject", "Files");
    assert_eq!(
        (answer, steps.last().map(String::as_str)),
        (No, Some("no policy allows Role kms:Decrypt on Key"))
    );
    let mut with_key = resources.clone();
    with_key["Role"] = role(json!([
        allow("s3:GetObject", "${Files.Arn}/*"),
        { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": { "Fn::GetAtt": ["Key", "Arn"] },
          "Condition": { "StringLike": { "kms:ViaService": "s3.*" } } },
    ]));
    assert_eq!(ask(&with_key, "s3:GetObject", "Files").0, Yes);
    with_key["Key"]["Properties"]["KeyPolicy"]["Statement"] = json!([]);
    assert_eq!(
        ask(&with_key, "s3:GetObject", "Files").0,
        No,
        "the key hands nothing to the account"
    );
    with_key["Files"]["Properties"]["BucketEncryption"]["ServerSideEncryptionConfiguration"][0]["ServerSideEncryptionByDefault"]
        ["KMSMasterKeyID"] = json!({ "Ref": "Somewhere" });
    assert_eq!(
        ask(&with_key, "s3:GetObject", "Files").0,
        Possible,
        "a key of elsewhere"
    );
}

#[test]
fn roles_are_assumed_and_passed() {
    let mut resources = base();
    resources["Reader"] = role(json!([allow("s3:GetObject", "${Others.Arn}/*")]));
    resources["Role"] = role(json!([allow("sts:AssumeRole", "${Reader.Arn}")]));
    assert_eq!(
        ask(&resources, "s3:GetObject", "Others").0,
        No,
        "the trust names a service only"
    );
    let trust = json!({ "Statement": { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "AWS": { "Fn::GetAtt": ["Role", "Arn"] } } } });
    let mut assumed = resources.clone();
    assumed["Reader"]["Properties"]["AssumeRolePolicyDocument"] = trust;
    assert_eq!(
        ask(&assumed, "s3:GetObject", "Others"),
        (
            Yes,
            vec![
                "Role is allowed sts:AssumeRole on Reader".to_owned(),
                "Reader is allowed s3:GetObject on Others".to_owned(),
            ]
        )
    );
    resources["Role"] = role(json!([
        allow("iam:PassRole", "${Reader.Arn}"),
        allow("lambda:*", "*")
    ]));
    let (answer, steps) = ask(&resources, "s3:GetObject", "Others");
    assert_eq!(
        (answer, steps.first().map(String::as_str)),
        (Possible, Some("Role is allowed iam:PassRole on Reader"))
    );
    resources["Role"] = role(json!([allow("iam:PassRole", "${Reader.Arn}")]));
    assert_eq!(
        ask(&resources, "s3:GetObject", "Others").0,
        No,
        "nothing to pass it to"
    );
}

#[test]
fn everyone_reads_public_buckets() {
    let public = json!({ "Type": "AWS::S3::BucketPolicy", "Properties": { "Bucket": { "Ref": "Files" }, "PolicyDocument": { "Statement": {
        "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": { "Fn::Sub": "${Files.Arn}/*" } } } } });
    let open = json!({ "BlockPublicAcls": false, "BlockPublicPolicy": false, "IgnorePublicAcls": false, "RestrictPublicBuckets": false });
    let closed = json!({ "RestrictPublicBuckets": true });
    let with = |block: JsonValue, policy: Option<JsonValue>, acl: JsonValue| {
        let mut resources = base();
        resources["Files"]["Properties"] =
            json!({ "PublicAccessBlockConfiguration": block, "AccessControl": acl });
        if let Some(policy) = policy {
            resources["Policy"] = policy;
        }
        let world = world_of(&resources);
        let reach = Reach::new(&world);
        reach
            .may(
                Source::Internet,
                "s3:GetObject",
                reach.find("Files").unwrap(),
            )
            .answer
    };
    assert_eq!(with(open.clone(), None, JsonValue::Null), No);
    assert_eq!(
        with(open.clone(), Some(public.clone()), JsonValue::Null),
        Yes
    );
    assert_eq!(
        with(closed.clone(), Some(public.clone()), JsonValue::Null),
        No
    );
    assert_eq!(
        with(JsonValue::Null, Some(public.clone()), JsonValue::Null),
        Possible
    );
    assert_eq!(with(open.clone(), None, json!("PublicRead")), Possible);
    let mut limited = public;
    for (condition, expected) in [
        (
            json!({ "StringEquals": { "aws:SourceVpce": "vpce-1" } }),
            No,
        ),
        (
            json!({ "StringEquals": { "aws:PrincipalOrgID": "o-1" } }),
            No,
        ),
        (
            json!({ "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } }),
            Possible,
        ),
        (
            json!({ "StringNotEquals": { "aws:SourceVpce": "vpce-1" } }),
            Yes,
        ),
    ] {
        limited["Properties"]["PolicyDocument"]["Statement"]["Condition"] = condition.clone();
        assert_eq!(
            with(open.clone(), Some(limited.clone()), JsonValue::Null),
            expected,
            "{condition}"
        );
    }
}

#[test]
fn control_policies_limit_everything() {
    let world = world_of(&base());
    let deny = Document::parse(
        "scp",
        &json!({ "Statement": { "Effect": "Deny", "Action": "s3:*", "Resource": "*",
        "Condition": { "StringNotEquals": { "aws:RequestedRegion": "eu-west-1" } } } }),
    );
    let reach = Reach::new(&world).with_control_policies(vec![deny]);
    let code = Source::Resource(reach.find("Code").unwrap());
    let proof = reach.may(code, "s3:GetObject", reach.find("Files").unwrap());
    assert_eq!(
        texts(&proof),
        (No, vec!["Role is denied s3:GetObject on Files"])
    );
    let list = Document::parse(
        "scp",
        &json!({ "Statement": { "Effect": "Allow", "Action": "sqs:*", "Resource": "*" } }),
    );
    let reach = Reach::new(&world).with_control_policies(vec![list]);
    let proof = reach.may(code, "s3:GetObject", reach.find("Files").unwrap());
    assert_eq!(
        texts(&proof),
        (
            No,
            vec!["the service control policies of level 1 do not allow s3:GetObject on Files"]
        )
    );
}
