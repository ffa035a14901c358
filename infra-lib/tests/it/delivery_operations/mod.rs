//! Tests that a decision exists for every AWS operation of the tool: the delivery role that may perform it, and the reason why others may not.
//!
//! The operations are extracted from the sources of `infra-aws`, so that a new one fails here until a decision is made.

mod decided;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use self::decided::May::{Deploy, Neither, Plan};
use self::decided::{FREE, OPERATIONS, OTHER_WORDS};
use crate::iam_evaluation::{ACCOUNT, Deployed, Request};

/// Returns words in the sources of AWS calls that may name an operation, with the module that contains them.
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

/// Returns true for `ListStacks` and `VpcId`, false for `Web` and `NOT`.
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

/// Returns the request of the tool for a resource of the app.
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
fn lists_permission_decision_for_every_operation() {
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
fn grants_each_role_only_operations_of_its_commands() {
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

/// Plans can be created only under names of pull requests, and migrations run only in clusters of the app.
#[test]
fn limits_operations_by_conditions() {
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
