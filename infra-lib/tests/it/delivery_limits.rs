//! Tests of limits that `delivery_permissions.rs` does not cover: parameters, load balancers, logs and databases, the stack that previews share, and
//! calls that would remove the limits.

use infra_lib::assertions::Template;
use infra_lib::github::{Delivery, DeliveryRoles, OidcProvider, PermissionsBoundary, PreviewRoles};
use infra_lib::{App, Stack, codes};

use crate::iam_evaluation::{ACCOUNT, Deployed, Place, Request, SHARED_STACK, reference_app};

const HERE: Place = Place {
    partition: "aws",
    region: "us-east-1",
};

const OF_STACK: &str = "aws:ResourceTag/aws:cloudformation:stack-name";

fn roles(parameters: &[&str]) -> Deployed {
    let template = Template::of_stack(|stack| {
        parameters
            .iter()
            .fold(DeliveryRoles::builder(), |start, name| {
                start.reads_parameters(*name)
            })
            .provider(&OidcProvider::of_account())
            .repository("octo/notes")
            .deploy_environment("production")
            .deploys_app(&reference_app())
            .stack_prefix("notes-")
            .build(stack, "Delivery");
    });
    Deployed::new(&template, HERE)
}

fn previews() -> Deployed {
    let template = Template::of_stack(|stack| {
        PreviewRoles::builder()
            .deploys_app(&reference_app())
            .provider(&OidcProvider::of_account())
            .repository("octo/notes")
            .workflow("preview-trusted.yml")
            .stack_prefix("notes-preview-")
            .build(stack, "Previews");
    });
    Deployed::new(&template, HERE)
}

/// CloudFormation resolves dynamic references and SSM parameter types with the execution role, and shows the values to users who plan.
#[test]
fn limits_parameters_read_by_templates_to_app_and_aws() {
    let read = |aws: &Deployed, role: &str, limit: &str, name: &str, tag: Option<&str>| {
        let arn = format!("arn:aws:ssm:us-east-1:{ACCOUNT}:parameter/{name}");
        let start = Request::new("ssm:GetParameters", arn).with("aws:RequestedRegion", "us-east-1");
        let request = match tag {
            Some(stack) => start.with(OF_STACK, stack),
            None => start,
        };
        let may = aws.may(role, &request);
        assert_eq!(may, aws.policy_permits(limit, &request), "{name}");
        may
    };
    let aws = roles(&[]);
    let may = |name: &str, tag| {
        read(
            &aws,
            "DeliveryExecutionRole",
            "DeliveryExecutionBoundary",
            name,
            tag,
        )
    };
    for (name, tag, wanted) in [
        ("notes/smtp", None, true),
        ("notes-smtp", None, true),
        ("CFN-LogLevel-1A2B", Some("notes-service"), true),
        ("CFN-LogLevel-1A2B", Some("payroll"), false),
        ("CFN-LogLevel-1A2B", None, false),
        ("payroll/password", None, false),
        ("network/vpc-id", None, false),
        ("cdk-bootstrap/hnb659fds/version", None, false),
    ] {
        assert_eq!(may(name, tag), wanted, "{name} {tag:?}");
    }
    let public = "arn:aws:ssm:us-east-1::parameter/aws/service/ecs/optimized-ami/image_id";
    let public = Request::new("ssm:GetParameters", public).with("aws:RequestedRegion", "us-east-1");
    assert!(aws.may("DeliveryExecutionRole", &public));
    let aws = roles(&["/network/*", "/cdk-bootstrap/hnb659fds/version"]);
    let may = |name: &str| {
        read(
            &aws,
            "DeliveryExecutionRole",
            "DeliveryExecutionBoundary",
            name,
            None,
        )
    };
    assert!(may("network/vpc-id") && may("cdk-bootstrap/hnb659fds/version"));
    assert!(!may("payroll/password"));
    let aws = previews();
    for (name, wanted) in [
        ("notes-preview/pr7", true),
        ("notes/smtp", false),
        ("notes-prod/smtp", false),
    ] {
        let role = "PreviewsExecutionRole";
        let limit = "PreviewsExecutionBoundary";
        assert_eq!(read(&aws, role, limit, name, None), wanted, "{name}");
    }
}

/// The construct passes the names of further parameters on to its roles.
#[test]
fn grants_access_to_further_parameters() {
    let template = Template::of_stack(|stack| {
        Delivery::builder()
            .repository("octo/notes")
            .environment("prod")
            .stack_prefix("notes-")
            .reads_parameters("/network/*")
            .build(stack, "Delivery");
    });
    let aws = Deployed::new(&template, HERE);
    for (name, wanted) in [("network/vpc-id", true), ("payroll/password", false)] {
        let arn = format!("arn:aws:ssm:us-east-1:{ACCOUNT}:parameter/{name}");
        let request =
            Request::new("ssm:GetParameter", arn).with("aws:RequestedRegion", "us-east-1");
        let may = aws.may("DeliveryRolesExecutionRole", &request);
        assert_eq!(may, wanted, "{name}");
    }
}

#[test]
fn limits_running_services_to_resources_of_app() {
    let aws = roles(&[]);
    let of = |service: &str, account: &str, rest: &str| {
        format!("arn:aws:{service}:us-east-1:{account}:{rest}")
    };
    let other = "444455556666";
    for (action, resource, tag, wanted) in [
        (
            "logs:GetLogEvents",
            of("logs", ACCOUNT, "log-group:notes-service-Api:log-stream:1"),
            None,
            true,
        ),
        (
            "logs:GetLogEvents",
            of("logs", ACCOUNT, "log-group:RDSOSMetrics:log-stream:db-1"),
            None,
            true,
        ),
        (
            "logs:GetLogEvents",
            of("logs", ACCOUNT, "log-group:payroll:log-stream:1"),
            None,
            false,
        ),
        (
            "rds-db:connect",
            of("rds-db", ACCOUNT, "dbuser:db-ABC/notes"),
            None,
            true,
        ),
        (
            "rds-db:connect",
            of("rds-db", other, "dbuser:db-ABC/notes"),
            None,
            false,
        ),
        (
            "elasticloadbalancing:ModifyListener",
            of(
                "elasticloadbalancing",
                ACCOUNT,
                "listener/app/notes-Balan-1/2/3",
            ),
            None,
            true,
        ),
        (
            "elasticloadbalancing:ModifyListener",
            of(
                "elasticloadbalancing",
                other,
                "listener/app/notes-Balan-1/2/3",
            ),
            None,
            false,
        ),
        (
            "elasticloadbalancing:ModifyRule",
            of("elasticloadbalancing", ACCOUNT, "listener-rule/app/x/1/2/3"),
            None,
            true,
        ),
        (
            "elasticloadbalancing:RegisterTargets",
            of("elasticloadbalancing", ACCOUNT, "targetgroup/notes-Targe/1"),
            Some("notes-service"),
            true,
        ),
        (
            "elasticloadbalancing:RegisterTargets",
            of("elasticloadbalancing", ACCOUNT, "targetgroup/payroll/1"),
            Some("payroll"),
            false,
        ),
        (
            "elasticloadbalancing:DeregisterTargets",
            of("elasticloadbalancing", ACCOUNT, "targetgroup/payroll/1"),
            None,
            false,
        ),
    ] {
        for (region, there) in [("us-east-1", true), ("eu-west-1", false)] {
            let start = Request::new(action, resource.as_str()).with("aws:RequestedRegion", region);
            let request = match tag {
                Some(stack) => start.with(OF_STACK, stack),
                None => start,
            };
            let permits = aws.policy_permits("DeliveryBoundary", &request);
            assert_eq!(permits, wanted && there, "{request:?}");
        }
    }
}

#[test]
fn allows_previews_to_read_but_not_change_shared_stack() {
    let aws = previews();
    let role = "PreviewsPreviewRole";
    let execution = aws.arn("PreviewsExecutionRole");
    let stack =
        |name: &str| format!("arn:aws:cloudformation:us-east-1:{ACCOUNT}:stack/{name}/1a2b");
    assert!(SHARED_STACK.starts_with("notes-preview-"));
    for action in [
        "cloudformation:CancelUpdateStack",
        "cloudformation:CreateChangeSet",
        "cloudformation:DeleteChangeSet",
        "cloudformation:DeleteStack",
        "cloudformation:ExecuteChangeSet",
        "cloudformation:RollbackStack",
        "cloudformation:SetStackPolicy",
        "cloudformation:TagResource",
        "cloudformation:UpdateTerminationProtection",
    ] {
        let may = |name: &str| {
            let request = Request::new(action, stack(name))
                .with("cloudformation:ChangeSetName", "pr7-data")
                .with("cloudformation:RoleArn", execution.as_str());
            aws.may(role, &request)
        };
        assert!(may("notes-preview-pr7-data"), "{action}");
        assert!(!may(SHARED_STACK), "{action}");
    }
    let read = Request::new("cloudformation:DescribeStacks", stack(SHARED_STACK));
    assert!(aws.may(role, &read));
}

/// Returns the codes of the findings about a delivery that `build` adds.
fn reported(build: impl for<'app> FnOnce(Stack<'app>)) -> Vec<String> {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    let synthesis = app.synth();
    let found = synthesis.findings().iter();
    let found = found.filter(|one| one.code == codes::UNDONE_BOUNDARY);
    found.map(|one| one.message.clone()).collect()
}

#[test]
fn reports_actions_that_undo_boundary_in_every_setting() {
    let delivery = |deploys: &str, permits: &str| {
        let (deploys, permits) = (deploys.to_owned(), permits.to_owned());
        reported(move |stack| {
            Delivery::builder()
                .repository("octo/shop")
                .environment("prod")
                .stack_prefix("shop-prod-")
                .deploys(deploys)
                .permits(permits)
                .build(stack, "Delivery");
        })
    };
    assert_eq!(delivery("sqs:*", "sqs:SendMessage"), [""; 0]);
    for action in ["iam:*", "*", "iam:CreatePolicyVersion", "sts:AssumeRole"] {
        for found in [
            delivery(action, "sqs:SendMessage"),
            delivery("sqs:*", action),
        ] {
            assert_eq!(found.len(), 1, "{action}");
            assert!(found[0].contains(&format!("`{action}`")), "{found:?}");
        }
    }
    let found = reported(|stack| {
        PermissionsBoundary::builder()
            .stack_prefix("notes-")
            .permits_on("iam:PassRole", "arn:aws:iam::111122223333:role/admin")
            .build(stack, "Boundary");
    });
    assert_eq!(found.len(), 1, "{found:?}");
}
