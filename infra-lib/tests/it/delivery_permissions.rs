//! Tests of the permissions and trust policies of a delivery's roles, evaluated as IAM does.

use infra_lib::assertions::Template;
use infra_lib::ecr::Repository;
use infra_lib::github::{DeliveryRoles, OidcProvider, PermissionsBoundary};
use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::{App, Stack};

use crate::iam_evaluation::{ACCOUNT, Deployed, Place, Request, reference_app};

const HERE: Place = Place {
    partition: "aws",
    region: "us-east-1",
};

fn roles<'app>(stack: Stack<'app>, others: &[&str]) -> DeliveryRoles<'app> {
    let proposals = Repository::builder().build(stack, "Proposals");
    let releases = Repository::builder().build(stack, "Images");
    let start = DeliveryRoles::builder()
        .trusted_workflow("trusted.yml")
        .deploy_workflow("deploy.yml")
        .deploy_workflow("rollback.yml")
        .publishes_to(&proposals)
        .promotes_to(&releases);
    let start = others
        .iter()
        .fold(start, |start, region| start.stacks_in(*region));
    start
        .provider(&OidcProvider::of_account())
        .repository("octo/notes")
        .deploy_environment("production")
        .deploys_app(&reference_app())
        .stack_prefix("notes-")
        .build(stack, "Delivery")
}

fn deployed(place: Place, others: &[&str]) -> Deployed {
    let template = Template::of_stack(|stack| {
        roles(stack, others);
    });
    Deployed::new(&template, place)
}

/// Returns the token claims of a job of `deploy.yml` on GitHub, with some of them changed.
fn job<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut claims = vec![
        ("aud", "sts.amazonaws.com"),
        ("sub", "repo:octo/notes:environment:production"),
        ("ref", "refs/heads/main"),
        (
            "job_workflow_ref",
            "octo/notes/.github/workflows/deploy.yml@refs/heads/main",
        ),
    ];
    for (name, value) in changes {
        claims.retain(|(known, _)| known != name);
        claims.push((name, value));
    }
    claims
}

#[test]
fn allows_deploy_role_only_for_deploy_workflows_of_branch() {
    let aws = deployed(HERE, &[]);
    assert!(aws.assumes("DeliveryDeployRole", &job(&[])));
    let back = "octo/notes/.github/workflows/rollback.yml@refs/heads/main";
    assert!(aws.assumes("DeliveryDeployRole", &job(&[("job_workflow_ref", back)])));
    // Without environment protection, a job of any branch can name the environment.
    for changes in [
        &[("ref", "refs/heads/change")][..],
        &[("ref", "refs/pull/7/merge")],
        &[("ref", "refs/heads/main2")],
        &[(
            "job_workflow_ref",
            "octo/notes/.github/workflows/deploy.yml@refs/heads/change",
        )],
        &[(
            "job_workflow_ref",
            "octo/notes/.github/workflows/deploy.yml@refs/heads/x@refs/heads/main",
        )],
        &[(
            "job_workflow_ref",
            "octo/notes/.github/workflows/mine.yml@refs/heads/main",
        )],
        &[(
            "job_workflow_ref",
            "octo/other/.github/workflows/deploy.yml@refs/heads/main",
        )],
        &[("sub", "repo:octo/notes:environment:plan")],
        &[("sub", "repo:octo/notes:ref:refs/heads/main")],
        &[("sub", "repo:mallory/notes:environment:production")],
        &[("aud", "another")],
    ] {
        assert!(
            !aws.assumes("DeliveryDeployRole", &job(changes)),
            "{changes:?}"
        );
    }
    for (name, _) in job(&[]) {
        let mut lacking = job(&[]);
        lacking.retain(|(known, _)| *known != name);
        assert!(!aws.assumes("DeliveryDeployRole", &lacking), "{name}");
    }
}

#[test]
fn prevents_template_from_creating_administrator() {
    let aws = deployed(HERE, &[]);
    let execution = "DeliveryExecutionRole";
    let boundary = aws.arn("DeliveryBoundary");
    assert_eq!(
        boundary,
        format!("arn:aws:iam::{ACCOUNT}:policy/delivery/notes-boundary")
    );
    let own = format!("arn:aws:iam::{ACCOUNT}:role/notes-service-Api-1A2B3C");
    let delivery = [
        "DeliveryExecutionRole",
        "DeliveryDeployRole",
        "DeliveryPlanRole",
        "DeliveryPublishRole",
    ]
    .map(|id| aws.arn(id));
    for action in [
        "iam:CreateRole",
        "iam:AttachRolePolicy",
        "iam:PutRolePolicy",
        "iam:PutRolePermissionsBoundary",
    ] {
        let within = |boundary: &str| {
            Request::new(action, own.as_str()).with("iam:PermissionsBoundary", boundary)
        };
        assert!(aws.may(execution, &within(&boundary)), "{action}");
        assert!(
            !aws.may(execution, &Request::new(action, own.as_str())),
            "{action}"
        );
        let administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
        assert!(!aws.may(execution, &within(administrator)), "{action}");
    }
    // Neither itself, nor other roles of the delivery by any name, nor their permissions boundaries.
    for role in &delivery {
        assert!(role.contains(":role/delivery/notes-foundation-"), "{role}");
        for action in [
            "iam:AttachRolePolicy",
            "iam:CreateRole",
            "iam:DeleteRole",
            "iam:DeleteRolePermissionsBoundary",
            "iam:DetachRolePolicy",
            "iam:PutRolePermissionsBoundary",
            "iam:PutRolePolicy",
            "iam:UpdateAssumeRolePolicy",
            "iam:UpdateRole",
        ] {
            let request = Request::new(action, role.as_str())
                .with("iam:PermissionsBoundary", boundary.as_str());
            assert!(!aws.may(execution, &request), "{action} {role}");
        }
        for service in ["ecs-tasks.amazonaws.com", "cloudformation.amazonaws.com"] {
            let pass =
                Request::new("iam:PassRole", role.as_str()).with("iam:PassedToService", service);
            assert!(!aws.may(execution, &pass), "{service} {role}");
        }
        assert!(aws.may(execution, &Request::new("iam:GetRole", role.as_str())));
    }
    for policy in [boundary, aws.arn("DeliveryExecutionBoundary")] {
        for action in [
            "iam:CreatePolicy",
            "iam:CreatePolicyVersion",
            "iam:DeletePolicy",
            "iam:DeletePolicyVersion",
            "iam:SetDefaultPolicyVersion",
        ] {
            assert!(
                !aws.may(execution, &Request::new(action, policy.as_str())),
                "{action}"
            );
        }
    }
    let unbound = Request::new("iam:DeleteRolePermissionsBoundary", own.as_str());
    assert!(!aws.may(execution, &unbound));
    for (action, resource) in [
        (
            "iam:CreateUser",
            format!("arn:aws:iam::{ACCOUNT}:user/notes-x"),
        ),
        (
            "iam:CreateAccessKey",
            format!("arn:aws:iam::{ACCOUNT}:user/ada"),
        ),
        (
            "sts:AssumeRole",
            format!("arn:aws:iam::{ACCOUNT}:role/admin"),
        ),
        ("secretsmanager:GetSecretValue", "*".to_owned()),
        ("ecr:PutImage", "*".to_owned()),
    ] {
        let request = Request::new(action, resource).with("aws:RequestedRegion", "us-east-1");
        assert!(!aws.may(execution, &request), "{action}");
        // Even with every permission attached, its own permissions boundary denies the request.
        let attached = aws.policy_permits("DeliveryExecutionBoundary", &request);
        assert!(!attached || action == "ecr:PutImage", "{action}");
    }
}

/// The policy of this role of the app permits everything, so that its permissions boundary alone limits it.
#[test]
fn limits_unrestricted_role_to_needs_of_running_services() {
    let aws = deployed(HERE, &[]);
    let permits = |action: &str, resource: &str, region: &str| {
        let request = Request::new(action, resource).with("aws:RequestedRegion", region);
        aws.policy_permits("DeliveryBoundary", &request)
    };
    for action in ["logs:PutLogEvents", "ecr:BatchGetImage"] {
        assert!(permits(action, "*", "us-east-1"), "{action}");
        assert!(!permits(action, "*", "eu-west-1"), "{action}");
    }
    assert!(permits(
        "s3:GetObject",
        "arn:aws:s3:::notes-site-1/x",
        "us-east-1"
    ));
    assert!(!permits(
        "s3:GetObject",
        "arn:aws:s3:::payroll/x",
        "us-east-1"
    ));
    for action in [
        "cloudformation:CreateStack",
        "ec2:RunInstances",
        "ecs:RunTask",
        "iam:CreateRole",
        "iam:PassRole",
        "lambda:CreateFunction",
        "organizations:LeaveOrganization",
        "kms:Decrypt",
        "rds:DeleteDBInstance",
        "s3:PutBucketPolicy",
        "secretsmanager:GetSecretValue",
        "ssm:GetParameter",
        "sts:AssumeRole",
    ] {
        assert!(!permits(action, "*", "us-east-1"), "{action}");
    }
}

/// The permissions boundary keeps a template from creating a role that reads secrets of others.
#[test]
fn limits_secrets_read_by_app_roles_to_app() {
    const STACK: &str = "aws:ResourceTag/aws:cloudformation:stack-name";
    const DATABASE: &str = "aws:ResourceTag/aws:rds:primaryDBInstanceArn";
    let aws = deployed(HERE, &[]);
    let account =
        |service: &str, rest: &str| format!("arn:aws:{service}:us-east-1:{ACCOUNT}:{rest}");
    let permits = |action: &str, resource: String, context: &[(&str, String)]| {
        let start = Request::new(action, resource).with("aws:RequestedRegion", "us-east-1");
        let request = context.iter().fold(start, |request, (key, value)| {
            request.with(key, value.as_str())
        });
        aws.policy_permits("DeliveryBoundary", &request)
    };
    let read = "secretsmanager:GetSecretValue";
    let secret = |name: &str| account("secretsmanager", &format!("secret:{name}"));
    let database = |name: &str| vec![(DATABASE, account("rds", &format!("db:{name}")))];
    let stack = |name: &str| vec![(STACK, name.to_owned())];
    for (resource, context, wanted) in [
        (secret("notes-smtp-a1b2c3"), vec![], true),
        (secret("payroll-a1b2c3"), vec![], false),
        (secret("Smtp-a1b2c3"), stack("notes-service"), true),
        (secret("Smtp-a1b2c3"), stack("payroll"), false),
        (
            secret("rds!db-1-a1b2c3"),
            database("notes-data-database"),
            true,
        ),
        (secret("rds!db-1-a1b2c3"), database("payroll"), false),
        (secret("rds!db-1-a1b2c3"), vec![], false),
        // Adding a tag to a secret does not make it the secret of a database.
        (
            secret("payroll-a1b2c3"),
            database("notes-data-database"),
            false,
        ),
    ] {
        let case = format!("{resource} {context:?}");
        assert_eq!(permits(read, resource, &context), wanted, "{case}");
    }
    for (name, wanted) in [
        ("notes-smtp", true),
        ("notes/smtp", true),
        ("payroll/smtp", false),
        ("notesy/smtp", false),
    ] {
        let resource = account("ssm", &format!("parameter/{name}"));
        assert_eq!(
            permits("ssm:GetParameters", resource, &[]),
            wanted,
            "{name}"
        );
    }
    let key = || account("kms", "key/1");
    let through = |service: &str, caller: &str| {
        vec![
            (
                "kms:ViaService",
                format!("{service}.us-east-1.amazonaws.com"),
            ),
            ("kms:CallerAccount", caller.to_owned()),
        ]
    };
    for action in ["kms:Decrypt", "kms:GenerateDataKey"] {
        assert!(!permits(action, key(), &[]), "{action}");
        assert!(
            permits(action, key(), &stack("notes-foundation")),
            "{action}"
        );
        assert!(!permits(action, key(), &stack("payroll")), "{action}");
        assert!(
            permits(action, key(), &through("secretsmanager", ACCOUNT)),
            "{action}"
        );
        assert!(
            !permits(action, key(), &through("dynamodb", ACCOUNT)),
            "{action}"
        );
        assert!(
            !permits(action, key(), &through("s3", "444455556666")),
            "{action}"
        );
        let elsewhere = "arn:aws:kms:us-east-1:444455556666:key/1".to_owned();
        assert!(
            !permits(action, elsewhere, &through("s3", ACCOUNT)),
            "{action}"
        );
    }
}

#[test]
fn extends_boundary_for_one_resource() {
    let shared = "arn:aws:secretsmanager:us-east-1:111122223333:secret:mail-relay-1a2b3c";
    let template = Template::of_stack(|stack| {
        PermissionsBoundary::builder()
            .stack_prefix("notes-")
            .permits_on("secretsmanager:GetSecretValue", shared)
            .build(stack, "Boundary");
    });
    let aws = Deployed::new(&template, HERE);
    for (resource, region, wanted) in [
        (shared, "us-east-1", true),
        (shared, "eu-west-1", false),
        (
            "arn:aws:secretsmanager:us-east-1:111122223333:secret:payroll-1a2b3c",
            "us-east-1",
            false,
        ),
    ] {
        let request = Request::new("secretsmanager:GetSecretValue", resource)
            .with("aws:RequestedRegion", region);
        let permits = aws.policy_permits("Boundary", &request);
        assert_eq!(permits, wanted, "{resource} {region}");
    }
}

#[test]
fn applies_boundary_to_app_roles_but_not_delivery_roles() {
    let app = App::new();
    let foundation = Stack::new(&app, "Foundation");
    roles(foundation, &[]).limit_roles(&app);
    let stack = Stack::new(&app, "Api");
    for (id, path) in [("Task", None), ("OfTeam", Some("/team/"))] {
        Role::builder()
            .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
            .maybe_path(path)
            .statement(Statement::allow().action("sns:Publish").resource("*"))
            .build(stack, id);
    }
    Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
        .permissions_boundary("arn:aws:iam::111122223333:policy/other")
        .build(stack, "Other");
    let synthesis = app.synth();
    let template = Template::of(&synthesis, "Api");
    let limit = "arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/delivery/notes-boundary";
    for (name, role) in template.resources("AWS::IAM::Role") {
        let found = &role["Properties"]["PermissionsBoundary"];
        if name.starts_with("Other") {
            assert_eq!(found, "arn:aws:iam::111122223333:policy/other");
        } else {
            assert_eq!(found["Fn::Sub"], limit, "{name}");
        }
    }
    let delivery = Template::of(&synthesis, "Foundation");
    for (name, role) in delivery.resources("AWS::IAM::Role") {
        let limited = role["Properties"].get("PermissionsBoundary").is_some();
        assert_eq!(limited, name.starts_with("DeliveryExecutionRole"), "{name}");
    }
}

/// The roles are in the region of the registry; the stacks are there and, for CloudFront, in us-east-1.
#[test]
fn permits_deployment_only_in_listed_regions() {
    for (partition, region, other) in [
        ("aws", "us-east-1", None),
        ("aws", "eu-central-1", Some("us-east-1")),
        // An opt-in region, enabled by the owner of the account.
        ("aws", "me-central-1", Some("us-east-1")),
        ("aws-us-gov", "us-gov-west-1", Some("us-gov-east-1")),
        ("aws-cn", "cn-north-1", Some("cn-northwest-1")),
    ] {
        let others: Vec<&str> = other.into_iter().collect();
        let aws = deployed(Place { partition, region }, &others);
        let stack = |region: &str| {
            format!("arn:{partition}:cloudformation:{region}:{ACCOUNT}:stack/notes-edge/1")
        };
        let plan = |region: &str| {
            Request::new("cloudformation:CreateChangeSet", stack(region))
                .with("cloudformation:ChangeSetName", "pr7-edge")
                .with("cloudformation:RoleArn", aws.arn("DeliveryExecutionRole"))
        };
        let execute = |region: &str| Request::new("cloudformation:ExecuteChangeSet", stack(region));
        let make = |region: &str| {
            Request::new("logs:CreateLogGroup", "*").with("aws:RequestedRegion", region)
        };
        for wanted in [region].into_iter().chain(other) {
            assert!(
                aws.may("DeliveryPlanRole", &plan(wanted)),
                "{region}: {wanted}"
            );
            assert!(!aws.may("DeliveryPlanRole", &execute(wanted)), "{wanted}");
            assert!(aws.may("DeliveryDeployRole", &execute(wanted)), "{wanted}");
            assert!(aws.may("DeliveryExecutionRole", &make(wanted)), "{wanted}");
            let logs = Request::new("logs:PutLogEvents", "*").with("aws:RequestedRegion", wanted);
            assert!(aws.policy_permits("DeliveryBoundary", &logs), "{wanted}");
        }
        for foreign in ["eu-west-1", "ap-south-1"] {
            assert!(!aws.may("DeliveryPlanRole", &plan(foreign)), "{foreign}");
            assert!(
                !aws.may("DeliveryDeployRole", &execute(foreign)),
                "{foreign}"
            );
            assert!(
                !aws.may("DeliveryExecutionRole", &make(foreign)),
                "{foreign}"
            );
        }
    }
}

#[test]
fn separates_roles_that_push_and_release_images() {
    let aws = deployed(HERE, &[]);
    let may = |role: &str, action: &str, repository: &str| {
        aws.may(role, &Request::new(action, aws.repository(repository)))
    };
    for action in ["ecr:PutImage", "ecr:UploadLayerPart"] {
        assert!(may("DeliveryPublishRole", action, "Proposals"));
        assert!(!may("DeliveryPublishRole", action, "Images"));
        assert!(!may("DeliveryDeployRole", action, "Proposals"));
        assert!(may("DeliveryDeployRole", action, "Images"));
        assert!(!may("DeliveryPlanRole", action, "Proposals"));
    }
    assert!(may("DeliveryDeployRole", "ecr:BatchGetImage", "Proposals"));
    assert!(may(
        "DeliveryDeployRole",
        "ecr:GetLifecyclePolicy",
        "Images"
    ));
    for role in ["DeliveryPublishRole", "DeliveryDeployRole"] {
        for repository in ["Proposals", "Images"] {
            assert!(!may(role, "ecr:PutLifecyclePolicy", repository));
            assert!(!may(role, "ecr:BatchDeleteImage", repository));
        }
    }
}

/// Whoever writes an asset under a hash decides what a later deployment finds, so only the publish role can.
#[test]
fn publishes_assets_with_one_role_that_can_change_none() {
    let template = Template::of_stack(|stack| {
        DeliveryRoles::builder()
            .trusted_workflow("trusted.yml")
            .deploy_workflow("environment.yml")
            .publishes_assets()
            .stacks_in("eu-west-1")
            .provider(&OidcProvider::of_account())
            .repository("octo/notes")
            .deploy_environment("production")
            .stack_prefix("notes-")
            .build(stack, "Delivery");
    });
    let aws = Deployed::new(&template, HERE);
    let object =
        |region: &str| format!("arn:aws:s3:::cdk-hnb659fds-assets-{ACCOUNT}-{region}/1a2b.zip");
    let repository = |region: &str| {
        format!(
            "arn:aws:ecr:{region}:{ACCOUNT}:repository/cdk-hnb659fds-container-assets-{ACCOUNT}-{region}"
        )
    };
    let (publish, others) = (
        "DeliveryPublishRole",
        [
            "DeliveryPlanRole",
            "DeliveryDeployRole",
            "DeliveryExecutionRole",
        ],
    );
    for region in ["us-east-1", "eu-west-1"] {
        let requests = [
            ("s3:PutObject", object(region)),
            ("ecr:PutImage", repository(region)),
            ("ecr:InitiateLayerUpload", repository(region)),
        ];
        for (action, resource) in requests {
            let request = Request::new(action, resource).with("s3:if-none-match", "*");
            assert!(aws.may(publish, &request), "{action}");
            for role in others {
                assert!(!aws.may(role, &request), "{role} {action}");
            }
        }
        for role in others.into_iter().chain([publish]) {
            let reads = [
                ("s3:GetObject", object(region)),
                ("s3:ListBucket", object(region).replace("/1a2b.zip", "")),
                ("ecr:DescribeImages", repository(region)),
                ("ecr:GetDownloadUrlForLayer", repository(region)),
            ];
            for (action, resource) in reads {
                assert!(
                    aws.may(role, &Request::new(action, resource)),
                    "{role} {action}"
                );
            }
        }
    }
    // Without the header, an object that is there would be replaced.
    let replace = Request::new("s3:PutObject", object("us-east-1"));
    assert!(!aws.may(publish, &replace));
    for (action, resource) in [
        ("s3:DeleteObject", object("us-east-1")),
        ("s3:DeleteObjectVersion", object("us-east-1")),
        (
            "s3:PutBucketPolicy",
            object("us-east-1").replace("/1a2b.zip", ""),
        ),
        ("s3:PutObject", object("eu-central-1")),
        ("s3:PutObject", "arn:aws:s3:::payroll/x".to_owned()),
        ("ecr:BatchDeleteImage", repository("us-east-1")),
        ("ecr:PutImageTagMutability", repository("us-east-1")),
        ("cloudformation:CreateChangeSet", "*".to_owned()),
        ("iam:PassRole", "*".to_owned()),
    ] {
        let request = Request::new(action, resource).with("s3:if-none-match", "*");
        assert!(!aws.may(publish, &request), "{action}");
    }
    // Without the option, no role can use them.
    let aws = deployed(HERE, &[]);
    for role in others.into_iter().chain([publish]) {
        assert!(
            !aws.may(role, &Request::new("s3:GetObject", object("us-east-1"))),
            "{role}"
        );
    }
}
