//! Tests that the roles in the golden templates of the reference app have the permissions that CloudFormation's resource handlers need for the app's
//! resource types.
//!
//! `scripts/handler-permissions` generates the permissions from the registry schemas of the model.

use std::collections::BTreeSet;

use crate::iam_evaluation::{ACCOUNT, Deployed, Request};

const PERMISSIONS: &str = include_str!("../handler_permissions.txt");

/// Services that roles of the app are passed to.
const PASSED_TO: [&str; 3] = [
    "ecs-tasks.amazonaws.com",
    "monitoring.rds.amazonaws.com",
    "vpc-flow-logs.amazonaws.com",
];

/// Handler permissions that the execution role lacks, each with the reason.
const LEFT_OUT: &[(&str, &[&str])] = &[
    (
        "an administrator deploys identity providers, managed policies and their changes: a template makes no administrator",
        &[
            "iam:AddClientIDToOpenIDConnectProvider",
            "iam:CreateOpenIDConnectProvider",
            "iam:CreatePolicy",
            "iam:CreatePolicyVersion",
            "iam:DeleteOpenIDConnectProvider",
            "iam:DeletePolicy",
            "iam:DeletePolicyVersion",
            "iam:DeleteRolePermissionsBoundary",
            "iam:ListOpenIDConnectProviderTags",
            "iam:ListPolicyVersions",
            "iam:RemoveClientIDFromOpenIDConnectProvider",
            "iam:TagOpenIDConnectProvider",
            "iam:UntagOpenIDConnectProvider",
            "iam:UpdateOpenIDConnectProviderThumbprint",
        ],
    ),
    (
        "values of secrets are read by tasks only",
        &["secretsmanager:GetSecretValue"],
    ),
    (
        "users and groups are of nobody's templates",
        &[
            "iam:AttachGroupPolicy",
            "iam:AttachUserPolicy",
            "iam:DetachGroupPolicy",
            "iam:DetachUserPolicy",
        ],
    ),
    (
        "objects are data: making a bucket writes and deletes none",
        &["s3:DeleteObject", "s3:PutObjectAcl"],
    ),
    (
        "settings of the account, and a token for the ingestion of logs, are not changed by a stack",
        &[
            "ecs:PutAccountSetting",
            "ecs:PutAccountSettingDefault",
            "logs:PutBearerTokenAuthentication",
        ],
    ),
    (
        "CloudFront's service-linked role does it: an execution role that assumes others would be any of them",
        &["sts:AssumeRole"],
    ),
    (
        "operations or events without an action of IAM",
        &[
            "autoloop:AllowVendedLogDeliveryForResource",
            "cloudfront:CreateDistributionWithTags",
            "iam:DescribeOrganization",
            "logs:AllowVendedLogDeliveryForResource",
            "payments:GetConnectedAccount",
            "s3:DeleteBucketAnalyticsConfiguration",
            "s3:DeleteBucketCors",
            "s3:DeleteBucketEncryption",
            "s3:DeleteBucketLifecycle",
            "s3:DeleteBucketMetricsConfiguration",
            "s3:DeleteBucketReplication",
            "s3:PutBucketReplication",
            "s3:PutObjectLockConfiguration",
            "s3:REST.PUT.OBJECT",
            "vpc-lattice:DescribeServiceNetworkVpcEndpointAssociation",
        ],
    ),
];

/// Permissions of read handlers that the roles for detecting drift lack, each with the reason.
const NOT_COMPARED: &[(&str, &str)] = &[
    (
        "secretsmanager:GetSecretValue",
        "values of secrets are for tasks only; drift of a secret is that of its description, key and tags",
    ),
    (
        "vpc-lattice:DescribeServiceNetworkVpcEndpointAssociation",
        "no action of IAM; for endpoints of a service network, which the reference architecture does not have",
    ),
];

struct Handler {
    of: &'static str,
    name: &'static str,
    permissions: Vec<&'static str>,
}

fn handlers() -> Vec<Handler> {
    let lines = PERMISSIONS.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut words = line.split(' ');
            Handler {
                of: words.next().unwrap(),
                name: words.next().unwrap(),
                permissions: words.collect(),
            }
        })
        .collect()
}

/// Returns the requests of a handler for a resource of the app; a permission that concerns several services yields one for each.
fn requests<'a>(aws: &Deployed, action: &'a str) -> Vec<Request<'a>> {
    let (service, name) = action.split_once(':').unwrap();
    let role = format!("arn:aws:iam::{ACCOUNT}:role/notes-prod-service-Api-1A2B3C");
    let one =
        |resource: String| Request::new(action, resource).with("aws:RequestedRegion", "us-east-1");
    let for_each = |key: &'static str, services: &[&'static str]| -> Vec<Request<'a>> {
        let services = services.iter();
        services
            .map(|service| one(role.clone()).with(key, *service))
            .collect()
    };
    match (service, name) {
        ("s3", _) => vec![one("arn:aws:s3:::notes-prod-edge-site-1".to_owned())],
        ("iam", "PassRole") => for_each("iam:PassedToService", &PASSED_TO),
        ("iam", "CreateServiceLinkedRole") => for_each(
            "iam:AWSServiceName",
            &[
                "ecs.amazonaws.com",
                "rds.amazonaws.com",
                "elasticloadbalancing.amazonaws.com",
                "ecs.application-autoscaling.amazonaws.com",
                "vpcorigin.cloudfront.amazonaws.com",
            ],
        ),
        ("iam", name) if name.contains("OpenIDConnect") => vec![one(format!(
            "arn:aws:iam::{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"
        ))],
        ("iam", name) if name.contains("Polic") && !name.contains("Role") => {
            vec![one(aws.arn("DeliveryBoundary"))]
        }
        ("iam", _) => {
            vec![one(role).with("iam:PermissionsBoundary", aws.arn("DeliveryBoundary"))]
        }
        _ => vec![one("*".to_owned())],
    }
}

fn may(aws: &Deployed, role: &str, action: &str) -> bool {
    requests(aws, action)
        .iter()
        .all(|request| aws.may(role, request))
}

#[test]
fn lists_handlers_of_every_type_in_golden_templates() {
    let known: BTreeSet<&str> = handlers().iter().map(|handler| handler.of).collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../infra-app/tests/golden");
    let mut used = BTreeSet::new();
    for environment in std::fs::read_dir(folder).unwrap() {
        for file in std::fs::read_dir(environment.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if !path.to_string_lossy().ends_with(".template.json") {
                continue;
            }
            let template = std::fs::read_to_string(path).unwrap();
            let template: serde_json::Value = serde_json::from_str(&template).unwrap();
            for resource in template["Resources"].as_object().unwrap().values() {
                used.insert(resource["Type"].as_str().unwrap().to_owned());
            }
        }
    }
    let used: BTreeSet<&str> = used.iter().map(String::as_str).collect();
    assert_eq!(used, known, "run scripts/handler-permissions");
}

#[test]
fn grants_execution_role_permissions_of_handlers() {
    let aws = Deployed::golden();
    let left_out: BTreeSet<&str> = LEFT_OUT
        .iter()
        .flat_map(|(_, actions)| actions.iter().copied())
        .collect();
    let mut lacking = BTreeSet::new();
    let mut needed = BTreeSet::new();
    for handler in handlers() {
        for action in handler.permissions {
            needed.insert(action);
            if !may(&aws, "DeliveryExecutionRole", action) && !left_out.contains(action) {
                lacking.insert(format!("{action} ({} {})", handler.of, handler.name));
            }
        }
    }
    assert!(
        lacking.is_empty(),
        "add these to handlers.rs, or to LEFT_OUT with the reason: {lacking:#?}"
    );
    for action in left_out {
        assert!(
            needed.contains(action),
            "no handler needs {action} any more"
        );
        let has = may(&aws, "DeliveryExecutionRole", action);
        assert!(!has, "the role has {action}: it is not left out");
    }
}

#[test]
fn grants_comparing_roles_only_read_handler_permissions() {
    let aws = Deployed::golden();
    let read: BTreeSet<&str> = handlers()
        .into_iter()
        .filter(|handler| handler.name == "read")
        .flat_map(|handler| handler.permissions)
        .collect();
    for role in ["DeliveryPlanRole", "DeliveryDeployRole"] {
        let lacking: Vec<&&str> = read
            .iter()
            .filter(|action| !may(&aws, role, action))
            .collect();
        let excepted: Vec<&str> = NOT_COMPARED.iter().map(|(action, _)| *action).collect();
        assert_eq!(lacking, excepted.iter().collect::<Vec<_>>(), "{role}");
        // CloudFormation requires these in addition to the permissions of handlers.
        let stack = format!("arn:aws:cloudformation:us-east-1:{ACCOUNT}:stack/notes-prod-edge/1");
        for (action, resource) in [
            ("cloudformation:DetectStackResourceDrift", stack.as_str()),
            ("cloudformation:BatchDescribeTypeConfigurations", "*"),
        ] {
            assert!(
                aws.may(role, &Request::new(action, resource)),
                "{role}: {action}"
            );
        }
        // Drift is detected for roles of the delivery as for those of the app.
        for action in ["iam:GetRole", "iam:GetRolePolicy"] {
            let request = Request::new(action, aws.arn("DeliveryExecutionRole"));
            assert!(aws.may(role, &request), "{role}: {action}");
        }
        for sid in ["ReadRegional", "ReadGlobal", "ReadBuckets", "ReadRoles"] {
            let actions = aws.actions(role, sid);
            assert!(!actions.is_empty(), "{role}: {sid}");
            for action in actions {
                assert!(
                    read.contains(action.as_str()),
                    "{role}: no read handler needs {action}"
                );
            }
        }
    }
}

#[test]
fn denies_secrets_and_data_to_planning_roles() {
    let aws = Deployed::golden();
    let account =
        |service: &str, rest: &str| format!("arn:aws:{service}:us-east-1:{ACCOUNT}:{rest}");
    for (action, resource) in [
        (
            "secretsmanager:GetSecretValue",
            account("secretsmanager", "secret:rds!db-1"),
        ),
        (
            "secretsmanager:GetSecretValue",
            account("secretsmanager", "secret:notes-prod-smtp"),
        ),
        (
            "ssm:GetParameter",
            account("ssm", "parameter/notes-prod/smtp"),
        ),
        ("kms:Decrypt", account("kms", "key/1")),
        (
            "s3:GetObject",
            "arn:aws:s3:::notes-prod-edge-site-1/index.html".to_owned(),
        ),
        (
            "s3:GetObject",
            "arn:aws:s3:::notes-prod-foundation-releases-1/files/aa".to_owned(),
        ),
        (
            "s3:GetObject",
            "arn:aws:s3:::payroll/releases/0000001.json".to_owned(),
        ),
        (
            "s3:PutObject",
            "arn:aws:s3:::notes-prod-foundation-releases-1/releases/1".to_owned(),
        ),
        (
            "logs:FilterLogEvents",
            account("logs", "log-group:notes-prod-service-Api"),
        ),
        (
            "logs:GetLogEvents",
            account("logs", "log-group:notes-prod-service-Api"),
        ),
        ("dynamodb:GetItem", account("dynamodb", "table/notes-prod")),
        ("rds-data:ExecuteStatement", "*".to_owned()),
        ("sqs:ReceiveMessage", account("sqs", "notes-prod-queue")),
        ("ecr:BatchGetImage", "*".to_owned()),
        (
            "iam:CreateRole",
            format!("arn:aws:iam::{ACCOUNT}:role/notes-prod-x"),
        ),
        ("ec2:RunInstances", "*".to_owned()),
    ] {
        let request = Request::new(action, resource)
            .with("aws:RequestedRegion", "us-east-1")
            .with(
                "aws:ResourceTag/aws:cloudformation:stack-name",
                "notes-prod-data",
            );
        assert!(!aws.may("DeliveryPlanRole", &request), "{request:?}");
    }
    // The deploy role reads objects and logs of the app, but no secrets.
    for action in [
        "secretsmanager:GetSecretValue",
        "ssm:GetParameter",
        "kms:Decrypt",
    ] {
        let request = Request::new(action, "*").with("aws:RequestedRegion", "us-east-1");
        assert!(!aws.may("DeliveryDeployRole", &request), "{action}");
    }
    let record = "arn:aws:s3:::notes-prod-foundation-releases-1/releases/0000001.json";
    assert!(aws.may("DeliveryPlanRole", &Request::new("s3:GetObject", record)));
}

#[test]
fn keeps_policies_within_iam_size_limits() {
    let aws = Deployed::golden();
    for role in [
        "DeliveryPlanRole",
        "DeliveryDeployRole",
        "DeliveryExecutionRole",
    ] {
        let length = aws.length(role);
        assert!(length < 10_240, "{role}: {length} characters");
    }
    for policy in [
        "DeliveryBoundary",
        "DeliveryExecutionBoundary",
        "DeliveryExecutionPolicy1",
        "DeliveryExecutionPolicy2",
        "DeliveryExecutionPolicy3",
        "DeliveryReadPolicy1",
    ] {
        let length = aws.length(policy);
        assert!(length < 6_144, "{policy}: {length} characters");
    }
}
