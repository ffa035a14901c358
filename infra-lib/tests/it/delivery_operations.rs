//! A decision for every operation that the tool asks of AWS: which role of a delivery may, and why others may not.
//!
//! The operations are read out of the sources of `infra-aws`, so one that is new fails here until it is decided on.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::iam_evaluation::{ACCOUNT, Deployed, Request};

/// The role that may.
#[derive(Clone, Copy, Debug)]
enum May {
    /// The roles that plan and deploy: `plan`, `diff`, `drift`, `releases`.
    Plan,
    /// The role that deploys alone: `deploy`, `rollback`, `migrate`, `publish-site`, `diagnose`.
    Deploy,
    /// Neither, for this reason.
    Neither(&'static str),
}

use May::{Deploy, Neither, Plan};

const DOCTOR: May = Neither("`doctor --delivery` is run with the credentials of a person");
const LOOKUP: May = Neither("lookups are answered at a desk and committed as `cdk.context.json`");
const REFACTOR: May = Neither("resources are moved between stacks at a desk");
const HOTSWAP: May = Neither("a delivery changes services through CloudFormation only");

/// Operations by the source that asks for them, each with the action of IAM.
const OPERATIONS: &[(&str, &str, &str, May)] = &[
    (
        "assume",
        "AssumeRole",
        "sts:AssumeRole",
        Neither("roles of a CDK bootstrap are of no delivery"),
    ),
    (
        "cloudcontrol",
        "GetResource",
        "cloudformation:GetResource",
        LOOKUP,
    ),
    (
        "cloudcontrol",
        "ListResources",
        "cloudformation:ListResources",
        LOOKUP,
    ),
    (
        "cloudformation",
        "CancelUpdateStack",
        "cloudformation:CancelUpdateStack",
        Deploy,
    ),
    (
        "cloudformation",
        "ContinueUpdateRollback",
        "cloudformation:ContinueUpdateRollback",
        Deploy,
    ),
    (
        "cloudformation",
        "CreateChangeSet",
        "cloudformation:CreateChangeSet",
        Plan,
    ),
    (
        "cloudformation",
        "CreateStackRefactor",
        "cloudformation:CreateStackRefactor",
        REFACTOR,
    ),
    (
        "cloudformation",
        "DeleteChangeSet",
        "cloudformation:DeleteChangeSet",
        Plan,
    ),
    (
        "cloudformation",
        "DeleteStack",
        "cloudformation:DeleteStack",
        Neither(
            "IAM cannot limit it to stacks whose creation failed; an administrator deletes those",
        ),
    ),
    (
        "cloudformation",
        "DescribeAccountLimits",
        "cloudformation:DescribeAccountLimits",
        Neither("`doctor` asks at a desk"),
    ),
    (
        "cloudformation",
        "DescribeChangeSet",
        "cloudformation:DescribeChangeSet",
        Plan,
    ),
    (
        "cloudformation",
        "DescribeChangeSetHooks",
        "cloudformation:DescribeChangeSetHooks",
        Plan,
    ),
    (
        "cloudformation",
        "DescribeEvents",
        "cloudformation:DescribeEvents",
        Plan,
    ),
    (
        "cloudformation",
        "DescribeStackDriftDetectionStatus",
        "cloudformation:DescribeStackDriftDetectionStatus",
        Plan,
    ),
    (
        "cloudformation",
        "DescribeStackEvents",
        "cloudformation:DescribeStackEvents",
        Plan,
    ),
    (
        "cloudformation",
        "DescribeStackRefactor",
        "cloudformation:DescribeStackRefactor",
        REFACTOR,
    ),
    (
        "cloudformation",
        "DescribeStackResourceDrifts",
        "cloudformation:DescribeStackResourceDrifts",
        Plan,
    ),
    (
        "cloudformation",
        "DescribeStacks",
        "cloudformation:DescribeStacks",
        Plan,
    ),
    (
        "cloudformation",
        "DetectStackDrift",
        "cloudformation:DetectStackDrift",
        Plan,
    ),
    (
        "cloudformation",
        "ExecuteChangeSet",
        "cloudformation:ExecuteChangeSet",
        Deploy,
    ),
    (
        "cloudformation",
        "ExecuteStackRefactor",
        "cloudformation:ExecuteStackRefactor",
        REFACTOR,
    ),
    (
        "cloudformation",
        "GetHookResult",
        "cloudformation:GetHookResult",
        Plan,
    ),
    (
        "cloudformation",
        "GetTemplate",
        "cloudformation:GetTemplate",
        Plan,
    ),
    (
        "cloudformation",
        "ListChangeSets",
        "cloudformation:ListChangeSets",
        Plan,
    ),
    (
        "cloudformation",
        "ListExports",
        "cloudformation:ListExports",
        Plan,
    ),
    (
        "cloudformation",
        "ListHookResults",
        "cloudformation:ListHookResults",
        Plan,
    ),
    (
        "cloudformation",
        "ListImports",
        "cloudformation:ListImports",
        Plan,
    ),
    (
        "cloudformation",
        "ListStackRefactorActions",
        "cloudformation:ListStackRefactorActions",
        REFACTOR,
    ),
    (
        "cloudformation",
        "ListStackResources",
        "cloudformation:ListStackResources",
        Plan,
    ),
    (
        "cloudformation",
        "ListStacks",
        "cloudformation:ListStacks",
        Plan,
    ),
    (
        "cloudformation",
        "RollbackStack",
        "cloudformation:RollbackStack",
        Deploy,
    ),
    (
        "cloudformation",
        "UpdateTerminationProtection",
        "cloudformation:UpdateTerminationProtection",
        Deploy,
    ),
    (
        "cloudfront",
        "CreateInvalidation",
        "cloudfront:CreateInvalidation",
        Deploy,
    ),
    (
        "cloudfront",
        "GetInvalidation",
        "cloudfront:GetInvalidation",
        Deploy,
    ),
    (
        "ec2",
        "DescribeAvailabilityZones",
        "ec2:DescribeAvailabilityZones",
        Plan,
    ),
    ("ec2", "DescribeImages", "ec2:DescribeImages", LOOKUP),
    (
        "ec2",
        "DescribeRouteTables",
        "ec2:DescribeRouteTables",
        Plan,
    ),
    (
        "ec2",
        "DescribeSecurityGroups",
        "ec2:DescribeSecurityGroups",
        Plan,
    ),
    ("ec2", "DescribeSubnets", "ec2:DescribeSubnets", Plan),
    (
        "ec2",
        "DescribeVpcEndpointServices",
        "ec2:DescribeVpcEndpointServices",
        LOOKUP,
    ),
    ("ec2", "DescribeVpcs", "ec2:DescribeVpcs", Plan),
    (
        "ec2",
        "DescribeVpnGateways",
        "ec2:DescribeVpnGateways",
        Plan,
    ),
    ("ecr", "DescribeImages", "ecr:DescribeImages", Deploy),
    (
        "ecr",
        "GetAuthorizationToken",
        "ecr:GetAuthorizationToken",
        Deploy,
    ),
    (
        "ecs",
        "DescribeServiceDeployments",
        "ecs:DescribeServiceDeployments",
        Deploy,
    ),
    (
        "ecs",
        "DescribeServiceRevisions",
        "ecs:DescribeServiceRevisions",
        Deploy,
    ),
    ("ecs", "DescribeServices", "ecs:DescribeServices", Plan),
    (
        "ecs",
        "DescribeTaskDefinition",
        "ecs:DescribeTaskDefinition",
        Plan,
    ),
    ("ecs", "DescribeTasks", "ecs:DescribeTasks", Deploy),
    (
        "ecs",
        "ListServiceDeployments",
        "ecs:ListServiceDeployments",
        Deploy,
    ),
    ("ecs", "ListTasks", "ecs:ListTasks", Deploy),
    (
        "ecs",
        "RegisterTaskDefinition",
        "ecs:RegisterTaskDefinition",
        HOTSWAP,
    ),
    ("ecs", "RunTask", "ecs:RunTask", Deploy),
    (
        "ecs",
        "StopServiceDeployment",
        "ecs:StopServiceDeployment",
        Deploy,
    ),
    ("ecs", "StopTask", "ecs:StopTask", Deploy),
    ("ecs", "UpdateService", "ecs:UpdateService", HOTSWAP),
    (
        "elbv2",
        "DescribeListeners",
        "elasticloadbalancing:DescribeListeners",
        Plan,
    ),
    (
        "elbv2",
        "DescribeLoadBalancers",
        "elasticloadbalancing:DescribeLoadBalancers",
        Plan,
    ),
    (
        "elbv2",
        "DescribeTags",
        "elasticloadbalancing:DescribeTags",
        Plan,
    ),
    ("kms", "ListAliases", "kms:ListAliases", LOOKUP),
    ("logs", "FilterLogEvents", "logs:FilterLogEvents", Deploy),
    ("logs", "GetLogEvents", "logs:GetLogEvents", Deploy),
    ("route53", "GetHostedZone", "route53:GetHostedZone", LOOKUP),
    (
        "route53",
        "ListHostedZonesByName",
        "route53:ListHostedZonesByName",
        LOOKUP,
    ),
    (
        "iam",
        "GetOpenIDConnectProvider",
        "iam:GetOpenIDConnectProvider",
        DOCTOR,
    ),
    ("iam", "GetPolicy", "iam:GetPolicy", DOCTOR),
    ("iam", "GetPolicyVersion", "iam:GetPolicyVersion", DOCTOR),
    ("iam", "GetRole", "iam:GetRole", DOCTOR),
    ("iam", "GetRolePolicy", "iam:GetRolePolicy", DOCTOR),
    (
        "iam",
        "ListAttachedRolePolicies",
        "iam:ListAttachedRolePolicies",
        DOCTOR,
    ),
    (
        "iam",
        "ListOpenIDConnectProviders",
        "iam:ListOpenIDConnectProviders",
        DOCTOR,
    ),
    ("iam", "ListRolePolicies", "iam:ListRolePolicies", DOCTOR),
    ("iam", "ListRoles", "iam:ListRoles", DOCTOR),
    ("iam", "ListSubscriptions", "sns:ListSubscriptions", DOCTOR),
    ("s3", "DeleteObjects", "s3:DeleteObject", Deploy),
    ("s3", "GetObject", "s3:GetObject", Plan),
    ("s3", "HeadBucket", "s3:ListBucket", Plan),
    (
        "s3",
        "ListObjectVersions",
        "s3:ListBucketVersions",
        Neither("buckets are emptied by the role of previews, or by a person"),
    ),
    ("s3", "ListObjectsV2", "s3:ListBucket", Plan),
    ("s3", "PutObject", "s3:PutObject", Deploy),
    ("ssm", "GetParameter", "ssm:GetParameter", LOOKUP),
];

/// Operations for which AWS asks for no permission.
const FREE: &[(&str, &str)] = &[("connect", "GetCallerIdentity")];

/// Words of the sources that look like operations: fields, targets of calls, codes of errors, kinds of credentials.
const OTHER_WORDS: &[&str] = &[
    "AliasName",
    "AmazonSSM",
    "AssumeRolePolicyDocument",
    "AttachedPolicies",
    "CanonicalHostedZoneId",
    "ClientIDList",
    "CloudApiService",
    "CloudFormation",
    "CloudFront",
    "ConditionalRequestConflict",
    "DefaultVersionId",
    "Ec2InstanceMetadata",
    "EcsContainer",
    "ExpiredToken",
    "ExpiredTokenException",
    "GroupId",
    "HostedZones",
    "ImageNotFoundException",
    "InvalidAnswer",
    "InvalidClientTokenId",
    "InvalidRequest",
    "IpAddressType",
    "IsTruncated",
    "KeptAnswer",
    "LimitExceededException",
    "ListSubscriptionsResult",
    "ListenerArn",
    "ListenerNotFound",
    "LoadBalancerArn",
    "LoadBalancerNotFound",
    "LoadBalancers",
    "MaxResults",
    "MfaRole",
    "NextMarker",
    "NextToken",
    "NoCredentials",
    "NoSuchEntity",
    "NoSuchKey",
    "OpenIDConnectProviderArn",
    "OpenIDConnectProviderList",
    "ParameterNotFound",
    "PendingConfirmation",
    "PermissionsBoundary",
    "PermissionsBoundaryArn",
    "PolicyArn",
    "PolicyDocument",
    "PolicyName",
    "PolicyNames",
    "PolicyVersion",
    "PreconditionFailed",
    "PrivateZone",
    "RequestID",
    "RequestId",
    "RequestLimitExceeded",
    "ResourceArn",
    "ResourceDescription",
    "ResourceDescriptions",
    "ResourceModel",
    "ResourceNotFoundException",
    "RoleName",
    "SecurityGroups",
    "ServiceName",
    "SignatureDoesNotMatch",
    "SubscriptionArn",
    "TagDescriptions",
    "TargetKeyId",
    "ThrottledException",
    "ThrottlingException",
    "TopicArn",
    "TrentService",
    "TypeName",
    "VersionId",
    "VpcId",
];

/// Words in the sources of the calls to AWS that may name an operation, with the module that has them.
fn words() -> BTreeSet<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("aws/src/sdk");
    let mut found = BTreeSet::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let module = path
                .strip_prefix(&root)
                .unwrap()
                .components()
                .next()
                .unwrap();
            let module = module.as_os_str().to_string_lossy().replace(".rs", "");
            let source = fs::read_to_string(&path).unwrap();
            let source = source.split("#[cfg(test)]").next().unwrap();
            for line in source.lines() {
                let code = line.split("//").next().unwrap();
                let quoted = code.split('"').skip(1).step_by(2);
                found.extend(
                    quoted
                        .filter(|word| is_camel_case(word))
                        .map(|word| (module.clone(), word.to_owned())),
                );
            }
        }
    }
    found
}

/// Returns true for `ListStacks` and `VpcId`, not for `Web` or `NOT`.
fn is_camel_case(word: &str) -> bool {
    let mut letters = word.chars();
    letters
        .next()
        .is_some_and(|first| first.is_ascii_uppercase())
        && letters
            .next()
            .is_some_and(|second| second.is_ascii_lowercase())
        && word.chars().all(|letter| letter.is_ascii_alphanumeric())
        && word.chars().filter(char::is_ascii_uppercase).count() > 1
}

/// The request of the tool for a resource of the app.
fn request<'a>(aws: &Deployed, source: &str, action: &'a str, role: &str) -> Request<'a> {
    let account =
        |service: &str, rest: &str| format!("arn:aws:{service}:us-east-1:{ACCOUNT}:{rest}");
    let resource = match (source, action) {
        (
            "cloudformation",
            "cloudformation:DescribeStackDriftDetectionStatus"
            | "cloudformation:GetHookResult"
            | "cloudformation:ListExports"
            | "cloudformation:ListHookResults"
            | "cloudformation:ListImports"
            | "cloudformation:ListStacks",
        ) => "*".to_owned(),
        ("cloudformation", _) => account("cloudformation", "stack/notes-prod-edge/1"),
        ("cloudfront", _) => format!("arn:aws:cloudfront::{ACCOUNT}:distribution/E1"),
        ("ecr", "ecr:DescribeImages") => aws.repository("Images"),
        ("logs", _) => account("logs", "log-group:notes-prod-service-Api"),
        ("s3", "s3:ListBucket") => "arn:aws:s3:::notes-prod-foundation-releases-1".to_owned(),
        ("s3", _) => {
            "arn:aws:s3:::notes-prod-foundation-releases-1/releases/0000001.json".to_owned()
        }
        _ => "*".to_owned(),
    };
    let change_set = if role == "DeliveryPlanRole" {
        "pr7-0123456789ab"
    } else {
        "infra-0123456789ab"
    };
    Request::new(action, resource)
        .with("aws:RequestedRegion", "us-east-1")
        .with("cloudformation:ChangeSetName", change_set)
        .with("cloudformation:RoleArn", aws.arn("DeliveryExecutionRole"))
        .with(
            "ecs:cluster",
            account("ecs", "cluster/notes-prod-migration"),
        )
}

#[test]
fn every_operation_of_the_tool_is_decided_on() {
    let known = OPERATIONS
        .iter()
        .map(|(source, operation, ..)| (*source, *operation))
        .chain(FREE.iter().copied());
    let known: BTreeSet<(String, String)> = known
        .map(|(source, operation)| (source.to_owned(), operation.to_owned()))
        .collect();
    let words = words();
    let open: Vec<_> = words
        .iter()
        .filter(|word| !known.contains(word) && !OTHER_WORDS.contains(&word.1.as_str()))
        .collect();
    assert!(
        open.is_empty(),
        "decide in OPERATIONS which role may, or add to OTHER_WORDS what is no operation: {open:?}"
    );
    let gone: Vec<_> = known.difference(&words).collect();
    assert!(
        gone.is_empty(),
        "no source asks for these any more: {gone:?}"
    );
}

#[test]
fn each_role_may_what_its_commands_ask_for_and_nothing_of_the_others() {
    let aws = Deployed::golden();
    for (source, operation, action, may) in OPERATIONS {
        let allowed = |role: &str| aws.may(role, &request(&aws, source, action, role));
        let (plan, deploy) = (allowed("DeliveryPlanRole"), allowed("DeliveryDeployRole"));
        let wanted = match may {
            Plan => (true, true),
            Deploy => (false, true),
            Neither(reason) => {
                assert!(!reason.is_empty(), "{operation}");
                (false, false)
            }
        };
        assert_eq!((plan, deploy), wanted, "{source} {operation}: {may:?}");
    }
}

/// A plan is made under names of pull requests only, and a migration runs only in clusters of the app.
#[test]
fn conditions_limit_what_the_operations_reach() {
    let aws = Deployed::golden();
    let stack = format!("arn:aws:cloudformation:us-east-1:{ACCOUNT}:stack/notes-prod-edge/1");
    for action in [
        "cloudformation:CreateChangeSet",
        "cloudformation:DeleteChangeSet",
    ] {
        let of_main = Request::new(action, stack.as_str())
            .with("cloudformation:ChangeSetName", "infra-0123456789ab")
            .with("cloudformation:RoleArn", aws.arn("DeliveryExecutionRole"));
        assert!(!aws.may("DeliveryPlanRole", &of_main), "{action}");
    }
    let cluster = format!("arn:aws:ecs:us-east-1:{ACCOUNT}:cluster/payroll");
    let elsewhere = Request::new("ecs:RunTask", "*").with("ecs:cluster", cluster);
    assert!(!aws.may("DeliveryDeployRole", &elsewhere));
    let other = format!("arn:aws:cloudformation:us-east-1:{ACCOUNT}:stack/payroll/1");
    for role in ["DeliveryPlanRole", "DeliveryDeployRole"] {
        for action in [
            "cloudformation:ExecuteChangeSet",
            "cloudformation:GetTemplate",
        ] {
            assert!(
                !aws.may(role, &Request::new(action, other.as_str())),
                "{role}: {action}"
            );
        }
    }
}
