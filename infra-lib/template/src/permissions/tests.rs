use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as JsonValue, json};

use super::{MANAGED_POLICY_QUOTA, Permissions, permissions_for_app, permissions_for_changes};
use crate::Template;
use crate::assembly::{CloudAssembly, Stack};
use crate::diff::{DeployedStackState, review_stacks};

fn app(name: &str, template: JsonValue) -> CloudAssembly {
    let mut stack = Stack::builder()
        .id(name)
        .path(name)
        .name(name)
        .template(Template::from_json(template).unwrap())
        .build();
    stack.region = Some("eu-west-1".to_owned());
    stack.account = Some("123456789012".to_owned());
    CloudAssembly::new(vec![stack])
}

fn find<'p>(policy: &'p JsonValue, id: &str) -> &'p JsonValue {
    policy["Statement"]
        .as_array()
        .unwrap()
        .iter()
        .find(|statement| statement["Sid"] == id)
        .unwrap_or(&JsonValue::Null)
}

fn has(permissions: &Permissions, action: &str) -> bool {
    permissions.actions.contains_key(action)
}

fn worker() -> JsonValue {
    json!({"Resources": {
        "Queue": {"Type": "AWS::SQS::Queue"},
        "Role": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {"Statement": [
            {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.example"}},
        ]}}},
        "Function": {"Type": "AWS::Lambda::Function", "Properties": {
            "Role": {"Fn::GetAtt": ["Role", "Arn"]},
            "Environment": {"Variables": {"TOKEN": "{{resolve:ssm:/token}}"}},
        }},
    }})
}

fn changes(old: JsonValue, new: JsonValue) -> Permissions {
    let new = app("orders", new);
    let before = DeployedStackState::builder()
        .template(Template::from_json(old).unwrap())
        .build();
    let deployed = BTreeMap::from([("orders".to_owned(), before)]);
    let wanted: Vec<&Stack> = new.stacks.iter().collect();
    let review = review_stacks(&deployed, &wanted, &[], "deployed");
    permissions_for_changes(&new, &review)
}

#[test]
fn allows_every_change_of_an_app() {
    let permissions = permissions_for_app(&app("orders", worker()));
    for action in [
        "sqs:CreateQueue",
        "sqs:GetQueueAttributes",
        "sqs:SetQueueAttributes",
        "sqs:DeleteQueue",
        "sqs:UntagQueue",
        "lambda:CreateFunction",
        "ssm:GetParameters",
    ] {
        assert!(has(&permissions, action), "{action}");
    }
    // The list handler serves no deployment.
    assert!(!has(&permissions, "sqs:ListQueues"));
    assert!(!has(&permissions, "secretsmanager:GetSecretValue"));
    assert!(permissions.undeclared.is_empty());
    let reasons = &permissions.actions["sqs:CreateQueue"];
    assert_eq!(*reasons, BTreeSet::from(["AWS::SQS::Queue".to_owned()]));
}

#[test]
fn limits_roles_to_those_of_the_app() {
    let policy = permissions_for_app(&app("orders", worker())).policy();
    let pass = find(&policy, "PassRoles");
    assert_eq!(pass["Action"], json!(["iam:PassRole"]));
    let role = "arn:aws:iam::123456789012:role/orders-*";
    assert_eq!(pass["Resource"], json!([role]));
    assert_eq!(
        pass["Condition"],
        json!({"StringEquals": {"iam:PassedToService": ["lambda.example"]}})
    );
    let entities = find(&policy, "Entities");
    assert_eq!(entities["Resource"], json!([role]));
    let actions = entities["Action"].as_array().unwrap();
    assert!(actions.contains(&json!("iam:CreateRole")));
    assert!(
        actions
            .iter()
            .all(|action| action.as_str().unwrap().starts_with("iam:"))
    );
    let others = find(&policy, "Resources");
    assert_eq!(others["Resource"], "*");
    assert!(
        !others["Action"]
            .as_array()
            .unwrap()
            .contains(&json!("iam:CreateRole"))
    );
}

#[test]
fn names_roles_by_name_path_and_stack() {
    let trust = json!({"Statement": {"Principal": {"Service": ["a.example", "b.example"]}}});
    let template = json!({"Resources": {
        "Named": {"Type": "AWS::IAM::Role", "Properties": {
            "RoleName": "reader", "Path": "/team/", "AssumeRolePolicyDocument": trust}},
        "Policy": {"Type": "AWS::IAM::Policy", "Properties": {"Roles": ["other", {"Ref": "Named"}]}},
        "Group": {"Type": "AWS::IAM::Group", "Properties": {"GroupName": {"Ref": "P"}, "Path": {"Ref": "P"}}},
        "Function": {"Type": "AWS::Lambda::Function"},
    }});
    let policy =
        permissions_for_app(&app("a-stack-with-a-very-long-name", template.clone())).policy();
    let pass = find(&policy, "PassRoles");
    assert_eq!(
        pass["Resource"],
        json!(["arn:aws:iam::123456789012:role/team/reader"])
    );
    assert_eq!(
        pass["Condition"]["StringEquals"]["iam:PassedToService"],
        json!(["a.example", "b.example"])
    );
    assert_eq!(
        find(&policy, "Entities")["Resource"],
        json!([
            "arn:aws:iam::123456789012:group/*",
            "arn:aws:iam::123456789012:role/*/other",
            "arn:aws:iam::123456789012:role/other",
            "arn:aws:iam::123456789012:role/team/reader",
        ])
    );
    let unnamed = json!({"Resources": {"Role": {"Type": "AWS::IAM::Role"}, "F": {"Type": "AWS::Lambda::Function"}}});
    let policy = permissions_for_app(&app("a-stack-with-a-very-long-name", unnamed)).policy();
    let pass = find(&policy, "PassRoles");
    // CloudFormation shortens the name of the stack to 24 characters.
    assert_eq!(
        pass["Resource"],
        json!(["arn:aws:iam::123456789012:role/a-stack-with-a-very-long*"])
    );
    // The trust policy is missing, so any service may be the one.
    assert_eq!(pass["Condition"], JsonValue::Null);
}

#[test]
fn passes_roles_of_others_named_by_arn() {
    let mut template = worker();
    let arn = "arn:aws:iam::123456789012:role/shared";
    template["Resources"]["Function"]["Properties"]["Role"] = json!(arn);
    template["Resources"]["Topic"] = json!({"Type": "AWS::SNS::TopicPolicy", "Properties": {"PolicyDocument": {
        "Statement": [{"Principal": {"AWS": "arn:aws:iam::123456789012:role/reader"}}]}}});
    let policy = permissions_for_app(&app("orders", template)).policy();
    let pass = find(&policy, "PassRoles");
    assert_eq!(
        pass["Resource"],
        json!(["arn:aws:iam::123456789012:role/orders-*", arn])
    );
    assert_eq!(pass["Condition"], JsonValue::Null);
}

#[test]
fn allows_exactly_the_handlers_of_each_change() {
    let queue = |seconds| {
        json!({"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {
        "VisibilityTimeout": seconds}}}})
    };
    let nothing =
        json!({"Resources": {"Topic": {"Type": "AWS::CloudFormation::WaitConditionHandle"}}});

    let create = changes(nothing.clone(), queue(30));
    assert!(has(&create, "sqs:CreateQueue") && has(&create, "sqs:DeleteQueue"));
    assert!(!has(&create, "sqs:SetQueueAttributes"));

    let update = changes(queue(30), queue(60));
    assert!(has(&update, "sqs:SetQueueAttributes"));
    assert!(!has(&update, "sqs:CreateQueue") && !has(&update, "sqs:DeleteQueue"));

    let delete = changes(queue(30), nothing);
    assert!(has(&delete, "sqs:DeleteQueue") && !has(&delete, "sqs:CreateQueue"));

    let mut renamed = queue(30);
    renamed["Resources"]["Queue"]["Properties"]["QueueName"] = json!("orders");
    let replace = changes(queue(30), renamed);
    assert!(has(&replace, "sqs:CreateQueue") && has(&replace, "sqs:DeleteQueue"));

    let same = changes(queue(30), queue(30));
    assert!(same.actions.is_empty());
    assert_eq!(same.policy()["Statement"], json!([]));
}

#[test]
fn limits_the_deletion_of_the_last_role_to_the_stack() {
    let mut old = worker();
    old["Resources"].as_object_mut().unwrap().remove("Function");
    let mut new = old.clone();
    new["Resources"].as_object_mut().unwrap().remove("Role");
    let policy = changes(old, new).policy();
    let entities = find(&policy, "Entities");
    assert_eq!(
        entities["Resource"],
        json!(["arn:aws:iam::123456789012:role/orders-*"])
    );
    let actions = entities["Action"].as_array().unwrap();
    assert!(actions.contains(&json!("iam:DeleteRole")));
}

#[test]
fn resolves_references_only_for_stacks_that_change() {
    let mut new = worker();
    assert!(!has(&changes(worker(), new.clone()), "ssm:GetParameters"));
    new["Resources"]["Queue"]["Properties"] = json!({"VisibilityTimeout": 5});
    let found = changes(worker(), new);
    assert!(has(&found, "ssm:GetParameters"));
    assert!(!has(&found, "lambda:UpdateFunctionCode"));
}

#[test]
fn retained_resources_need_no_handler() {
    let kept = json!({"Resources": {
        "Topic": {"Type": "AWS::CloudFormation::WaitConditionHandle"},
        "Queue": {"Type": "AWS::SQS::Queue", "DeletionPolicy": "Retain"},
    }});
    let nothing =
        json!({"Resources": {"Topic": {"Type": "AWS::CloudFormation::WaitConditionHandle"}}});
    assert!(!has(&changes(kept, nothing), "sqs:DeleteQueue"));
}

#[test]
fn tells_types_without_declared_permissions() {
    let permissions = permissions_for_app(&app(
        "orders",
        json!({"Resources": {
            "Records": {"Type": "AWS::Route53::RecordSetGroup"},
            "Own": {"Type": "Custom::Thing", "Properties": {"ServiceToken": {"Ref": "T"}}},
            "Told": {"Type": "AWS::CloudFormation::CustomResource",
                     "Properties": {"ServiceToken": "arn:aws:sns:eu-west-1:123456789012:topic"}},
            "Meta": {"Type": "AWS::CDK::Metadata"},
        }}),
    ));
    let records = BTreeSet::from(["orders/Records".to_owned()]);
    assert_eq!(
        permissions.undeclared,
        BTreeMap::from([("AWS::Route53::RecordSetGroup".to_owned(), records)])
    );
    assert!(has(&permissions, "lambda:InvokeFunction") && has(&permissions, "sns:Publish"));
}

#[test]
fn checks_parameters_and_secrets() {
    let permissions = permissions_for_app(&app(
        "orders",
        json!({
            "Parameters": {
                "Image": {"Type": "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>"},
                "Subnets": {"Type": "List<AWS::EC2::Subnet::Id>"},
                "Text": {"Type": "String"},
            },
            "Resources": {"Database": {"Type": "AWS::RDS::DBInstance", "Properties": {
                "MasterUserPassword": "{{resolve:secretsmanager:db:SecretString:password}}"}}},
        }),
    ));
    let needs = |action: &str| {
        permissions.actions[action]
            .iter()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(needs("ssm:GetParameters"), ["parameter `Image`"]);
    assert!(needs("ec2:DescribeSubnets").contains(&"parameter `Subnets`".to_owned()));
    assert!(needs("secretsmanager:GetSecretValue").contains(&"dynamic references".to_owned()));
}

#[test]
fn splits_policies_at_the_quota() {
    let types = [
        "AWS::EC2::Instance",
        "AWS::ECS::Service",
        "AWS::Lambda::Function",
        "AWS::RDS::DBInstance",
        "AWS::RDS::DBCluster",
        "AWS::S3::Bucket",
        "AWS::CloudFront::Distribution",
        "AWS::Cognito::UserPool",
        "AWS::EKS::Cluster",
        "AWS::ElastiCache::ReplicationGroup",
        "AWS::IAM::Role",
    ];
    let resources: serde_json::Map<String, JsonValue> = types
        .iter()
        .enumerate()
        .map(|(at, name)| (format!("R{at}"), json!({"Type": name})))
        .collect();
    let permissions = permissions_for_app(&app("orders", json!({"Resources": resources})));
    let policies = permissions.managed_policies();
    assert!(policies.len() > 1, "{}", policies.len());
    let mut actions = Vec::new();
    for policy in &policies {
        assert!(policy.to_string().len() <= MANAGED_POLICY_QUOTA);
        for statement in policy["Statement"].as_array().unwrap() {
            let all = statement["Action"].as_array().unwrap();
            assert!(!all.is_empty());
            actions.extend(all.iter().map(|action| action.as_str().unwrap().to_owned()));
        }
    }
    actions.sort();
    let wanted: Vec<String> = permissions.actions.keys().cloned().collect();
    assert_eq!(actions, wanted);
    // No document could take the first action of the next one.
    let sizes: Vec<usize> = policies
        .iter()
        .map(|policy| policy.to_string().len())
        .collect();
    assert!(sizes[0] > MANAGED_POLICY_QUOTA - 100, "{sizes:?}");
}

#[test]
fn compares_with_a_policy_in_use() {
    let permissions = permissions_for_app(&app(
        "orders",
        json!({"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}),
    ));
    let same = permissions.compare_with(&permissions.policy()).unwrap();
    assert!(same.missing.is_empty() && same.unneeded.is_empty() && !same.partial);

    let broad = json!({"PolicyVersion": {"Document": {"Statement": [
        {"Effect": "Allow", "Action": ["sqs:Get*", "SQS:createqueue", "sns:*"]},
        {"Effect": "Allow", "Action": "sqs:DeleteQueue"},
        {"Effect": "Deny", "Action": "sqs:TagQueue"},
    ]}}});
    let compared = permissions.compare_with(&broad).unwrap();
    assert_eq!(compared.unneeded, ["sns:*"]);
    assert!(compared.partial);
    assert!(compared.missing.contains(&"sqs:TagQueue".to_owned()));
    assert!(!compared.missing.contains(&"sqs:CreateQueue".to_owned()));
    assert!(!compared.missing.contains(&"sqs:GetQueueUrl".to_owned()));

    assert_eq!(
        permissions.compare_with(&json!({"Version": "2012-10-17"})),
        Err("it has no `Statement`".to_owned())
    );
}
