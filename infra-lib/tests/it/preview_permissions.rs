//! Tests of the permissions and trust policies of preview roles, evaluated as IAM does.

use infra_lib::assertions::Template;
use infra_lib::github::{OidcProvider, PreviewRoles};

use crate::iam_evaluation::{ACCOUNT, Deployed, Place, Request, reference_app};

const WORKFLOW: &str = "octo/notes/.github/workflows/preview-trusted.yml@refs/heads/main";
const PREVIEW: &str = "PreviewsPreviewRole";

fn deployed() -> Deployed {
    let template = Template::of_stack(|stack| {
        PreviewRoles::builder()
            .deploys_app(&reference_app())
            .stacks_in("us-east-1")
            .images(
                "210987654321.dkr.ecr.us-east-1.amazonaws.com/proposals"
                    .parse()
                    .unwrap(),
            )
            .provider(&OidcProvider::of_account())
            .repository("octo/notes")
            .workflow("preview-trusted.yml")
            .stack_prefix("notes-preview-")
            .build(stack, "Previews");
    });
    let place = Place {
        partition: "aws",
        region: "eu-west-1",
    };
    Deployed::new(&template, place)
}

#[test]
fn allows_previews_only_for_trusted_workflow_of_main() {
    let aws = deployed();
    let job = |changes: &[(&'static str, &'static str)]| {
        let mut claims = vec![
            ("aud", "sts.amazonaws.com"),
            ("sub", "repo:octo/notes:environment:preview"),
            ("job_workflow_ref", WORKFLOW),
        ];
        for (name, value) in changes {
            claims.retain(|(known, _)| known != name);
            claims.push((name, value));
        }
        claims
    };
    assert!(aws.assumes(PREVIEW, &job(&[])));
    for changes in [
        ("sub", "repo:octo/notes:environment:plan"),
        ("sub", "repo:octo/notes:environment:preview2"),
        ("sub", "repo:octo/notes:ref:refs/heads/main"),
        ("sub", "repo:octo/notes:pull_request"),
        ("sub", "repo:mallory/notes:environment:preview"),
        ("aud", "another"),
        (
            "job_workflow_ref",
            "octo/notes/.github/workflows/trusted.yml@refs/heads/main",
        ),
        (
            "job_workflow_ref",
            "octo/notes/.github/workflows/preview-trusted.yml@refs/heads/change",
        ),
        (
            "job_workflow_ref",
            "octo/notes/.github/workflows/preview-trusted.yml@refs/heads/x@refs/heads/main",
        ),
    ] {
        assert!(!aws.assumes(PREVIEW, &job(&[changes])), "{changes:?}");
    }
}

#[test]
fn limits_preview_roles_to_preview_stacks() {
    let aws = deployed();
    let stack = |region: &str, name: &str| {
        format!("arn:aws:cloudformation:{region}:{ACCOUNT}:stack/{name}/1a2b")
    };
    for action in [
        "cloudformation:DeleteStack",
        "cloudformation:ExecuteChangeSet",
        "cloudformation:DeleteChangeSet",
    ] {
        let may = |resource: String| {
            let request = Request::new(action, resource);
            aws.may(PREVIEW, &request.with("cloudformation:ChangeSetName", "x"))
        };
        for region in ["eu-west-1", "us-east-1"] {
            assert!(may(stack(region, "notes-preview-pr7-data")), "{action}");
            for other in ["notes-prod-data", "notes-data", "notes-previews"] {
                assert!(!may(stack(region, other)), "{action} {other}");
            }
        }
        assert!(!may(stack("eu-west-2", "notes-preview-pr7-data")));
    }
    let execution = aws.arn("PreviewsExecutionRole");
    let create = |role: &str| {
        Request::new(
            "cloudformation:CreateChangeSet",
            stack("eu-west-1", "notes-preview-pr7-data"),
        )
        .with("cloudformation:ChangeSetName", "x")
        .with("cloudformation:RoleArn", role)
    };
    assert!(aws.may(PREVIEW, &create(&execution)));
    let other = format!("arn:aws:iam::{ACCOUNT}:role/admin");
    assert!(!aws.may(PREVIEW, &create(&other)));
    let pass = |role: &str| {
        Request::new("iam:PassRole", role)
            .with("iam:PassedToService", "cloudformation.amazonaws.com")
    };
    assert!(aws.may(PREVIEW, &pass(&execution)));
    assert!(!aws.may(PREVIEW, &pass(&other)));
}

#[test]
fn allows_emptying_buckets_and_reading_proposals() {
    let aws = deployed();
    let may = |action: &str, resource: &str| aws.may(PREVIEW, &Request::new(action, resource));
    let own = "arn:aws:s3:::notes-preview-pr7-edge-site";
    for action in ["s3:ListBucketVersions", "s3:DeleteObjectVersion"] {
        assert!(may(action, own), "{action}");
        assert!(
            !may(action, "arn:aws:s3:::notes-prod-edge-site"),
            "{action}"
        );
    }
    let proposals = "arn:aws:ecr:us-east-1:210987654321:repository/proposals";
    assert!(may("ecr:BatchGetImage", proposals));
    assert!(!may("ecr:PutImage", proposals));
    assert!(!may("ecr:BatchDeleteImage", proposals));
    assert!(!may(
        "ecr:BatchGetImage",
        &proposals.replace("proposals", "images")
    ));
}

#[test]
fn prevents_preview_from_creating_administrator() {
    let aws = deployed();
    let execution = "PreviewsExecutionRole";
    let boundary = aws.arn("PreviewsBoundary");
    assert!(boundary.ends_with(":policy/delivery/notes-preview-boundary"));
    let own = format!("arn:aws:iam::{ACCOUNT}:role/notes-preview-pr7-service-Api-1A");
    let create = |role: &str, limit: &str| {
        Request::new("iam:CreateRole", role).with("iam:PermissionsBoundary", limit)
    };
    assert!(aws.may(execution, &create(&own, &boundary)));
    assert!(!aws.may(execution, &Request::new("iam:CreateRole", own.as_str())));
    let others = format!("arn:aws:iam::{ACCOUNT}:policy/delivery/notes-prod-boundary");
    assert!(!aws.may(execution, &create(&own, &others)));
    for role in [PREVIEW, execution] {
        let arn = aws.arn(role);
        assert!(!aws.may(execution, &create(&arn, &boundary)), "{role}");
        let change = Request::new("iam:UpdateAssumeRolePolicy", arn.as_str());
        assert!(!aws.may(execution, &change), "{role}");
    }
}
