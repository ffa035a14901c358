//! Tests of the constructs in `infra_lib::github`.

use infra_lib::assertions::Template;
use infra_lib::ecr::Repository;
use infra_lib::github::{Delivery, DeliveryRoles, OidcProvider, PreviewRoles};
use infra_lib::iam::{ManagedPolicy, Principal, Role, Statement};
use infra_lib::{App, Stack};

use crate::base::findings_of;

fn delivery(stack: Stack<'_>) {
    let boundary = ManagedPolicy::builder()
        .statement(Statement::allow().action("s3:*").resource("*"))
        .build(stack, "Boundary");
    let images = Repository::builder().build(stack, "Images");
    DeliveryRoles::builder()
        .provider(&OidcProvider::new(stack, "GitHub"))
        .repository("octo/notes")
        .repository_id("123456")
        .trusted_workflow("trusted.yml")
        .deploy_environment("production")
        .stack_prefix("Notes-")
        .permissions_boundary(boundary.arn())
        .publishes_to(&images)
        .build(stack, "Delivery");
}

/// Returns the role with that logical ID prefix, as text.
fn role(template: &Template, id: &str) -> String {
    let found = template
        .resources("AWS::IAM::Role")
        .into_iter()
        .find(|(name, _)| name.starts_with(id));
    found.unwrap_or_else(|| panic!("no role `{id}`")).1["Properties"].to_string()
}

#[test]
fn limits_each_delivery_role_to_its_task() {
    let template = Template::of_stack(delivery);
    insta::assert_snapshot!(serde_json::to_string_pretty(template.json()).expect("JSON"));
    let plan = role(&template, "DeliveryPlanRole");
    assert!(!plan.contains("ExecuteChangeSet"), "{plan}");
    assert!(
        plan.contains("\"cloudformation:ChangeSetName\":\"pr*\""),
        "{plan}"
    );
    assert!(
        plan.contains(
            "\"token.actions.githubusercontent.com:sub\":\"repo:octo/notes:environment:plan\""
        ),
        "{plan}"
    );
    let publish = role(&template, "DeliveryPublishRole");
    assert!(
        !publish.contains("cloudformation:") && !publish.contains("PassRole"),
        "{publish}"
    );
    let execution = role(&template, "DeliveryExecutionRole");
    for too_much in [
        "\"*\"]",
        "AdministratorAccess",
        "\"iam:*\"",
        "secretsmanager:GetSecretValue",
    ] {
        assert!(!execution.contains(too_much), "{too_much}: {execution}");
    }
    assert!(!execution.contains("\"Action\":\"*\""), "{execution}");
}

/// Returns the conditions under which a role can be assumed, one for each kind of job.
fn trust(template: &Template, id: &str) -> Vec<serde_json::Value> {
    let found = template
        .resources("AWS::IAM::Role")
        .into_iter()
        .find(|(name, _)| name.starts_with(id));
    let (_, role) = found.unwrap_or_else(|| panic!("no role `{id}`"));
    let statements = &role["Properties"]["AssumeRolePolicyDocument"]["Statement"];
    let statements = statements.as_array().expect("statements").iter();
    statements
        .map(|one| one["Condition"]["StringEquals"].clone())
        .collect()
}

#[test]
fn trusts_only_workflow_of_branch_for_pull_requests() {
    let template = Template::of_stack(|stack| {
        DeliveryRoles::builder()
            .provider(&OidcProvider::of_account())
            .repository("octo/notes")
            .owner_id("42")
            .repository_id("123456")
            .branch("trunk")
            .trusted_workflow("trusted.yml")
            .deploy_environment("production")
            .stack_prefix("notes-")
            .build(stack, "Delivery");
    });
    let key = |name: &str| format!("token.actions.githubusercontent.com:{name}");
    for (id, environment) in [
        ("DeliveryPlanRole", "plan"),
        ("DeliveryPublishRole", "publish"),
    ] {
        let [of_environment, of_branch] = &*trust(&template, id) else {
            panic!("two kinds of jobs assume {id}")
        };
        assert_eq!(
            of_environment[key("job_workflow_ref")],
            "octo/notes/.github/workflows/trusted.yml@refs/heads/trunk"
        );
        assert_eq!(
            of_environment[key("sub")],
            format!("repo:octo@42/notes@123456:environment:{environment}")
        );
        assert_eq!(
            of_branch[key("sub")],
            "repo:octo@42/notes@123456:ref:refs/heads/trunk"
        );
        assert_eq!(of_branch[key("job_workflow_ref")], serde_json::Value::Null);
    }
    let [deploy] = &*trust(&template, "DeliveryDeployRole") else {
        panic!("one kind of job deploys")
    };
    assert_eq!(
        deploy[key("sub")],
        "repo:octo@42/notes@123456:environment:production"
    );
    // Without a workflow, every workflow on the branch is trusted.
    assert_eq!(deploy[key("ref")], "refs/heads/trunk");
    assert_eq!(deploy[key("job_workflow_ref")], serde_json::Value::Null);
}

#[test]
fn uses_existing_provider_of_account() {
    let template = Template::of_stack(|stack| {
        DeliveryRoles::builder()
            .provider(&OidcProvider::of_account())
            .repository("octo/notes")
            .deploy_environment("production")
            .stack_prefix("notes-")
            .build(stack, "Delivery");
    });
    template.resource_count("AWS::IAM::OIDCProvider", 0);
    assert!(
        role(&template, "DeliveryPlanRole")
            .contains(":oidc-provider/token.actions.githubusercontent.com")
    );
}

#[test]
fn rejects_wildcards_and_shared_environments_in_trust() {
    insta::assert_snapshot!(findings_of(|stack| {
        DeliveryRoles::builder()
            .provider(&OidcProvider::of_account())
            .repository("octo/*")
            .publish_environment("pub:*")
            .deploy_workflow("../deploy.yml")
            .deploy_environment("plan")
            .stack_prefix("notes-")
            .build(stack, "Delivery");
    }));
}

/// Returns the permissions boundary with that logical ID prefix, as text.
fn limit(template: &Template, id: &str) -> String {
    let found = template
        .resources("AWS::IAM::ManagedPolicy")
        .into_iter()
        .find(|(name, _)| name.starts_with(id));
    found.unwrap_or_else(|| panic!("no policy `{id}`")).1["Properties"].to_string()
}

/// Builds the whole delivery of an environment, and a role in another stack of the app.
fn delivered(app: &App, provider: Option<&OidcProvider>) {
    let stack = Stack::new(app, "shop-prod-delivery");
    Delivery::builder()
        .maybe_provider(provider)
        .repository("octo/shop")
        .environment("prod")
        .stack_prefix("shop-prod-")
        .stacks_in("us-east-1")
        .deploys("sqs:*")
        .passes_roles_to("lambda.amazonaws.com")
        .permits("sqs:SendMessage")
        .build(stack, "Delivery");
    Role::builder()
        .assumed_by(Principal::service("lambda.amazonaws.com"))
        .build(Stack::new(app, "shop-prod-jobs"), "Work");
}

#[test]
fn trusts_workflows_of_rendered_pipeline() {
    let app = App::new();
    delivered(&app, None);
    let synthesis = app.synth();
    assert!(
        synthesis.findings().is_empty(),
        "{:?}",
        synthesis.findings()
    );
    let template = Template::of(&synthesis, "shop-prod-delivery");
    template.resource_count("AWS::IAM::OIDCProvider", 1);
    let key = |name: &str| format!("token.actions.githubusercontent.com:{name}");
    let [deploy] = &*trust(&template, "DeliveryRolesDeployRole") else {
        panic!("one kind of job deploys")
    };
    assert_eq!(deploy[key("sub")], "repo:octo/shop:environment:prod");
    assert_eq!(deploy[key("ref")], "refs/heads/main");
    let workflow = |file: &str| format!("octo/shop/.github/workflows/{file}@refs/heads/main");
    assert_eq!(
        deploy[key("job_workflow_ref")],
        serde_json::json!([workflow("environment.yml"), workflow("rollback.yml")])
    );
    let plan = &trust(&template, "DeliveryRolesPlanRole")[0];
    assert_eq!(plan[key("job_workflow_ref")], workflow("trusted.yml"));
    // The generated pipeline contains these workflows.
    let pipeline = infra_delivery::Pipeline::new(infra_delivery::Provider::Github, "octo/shop")
        .environment(infra_delivery::Environment::new("prod"));
    let files = infra_delivery::render("shop", "app", &pipeline).expect("files");
    for file in ["environment.yml", "rollback.yml", "trusted.yml"] {
        let path = format!(".github/workflows/{file}");
        let text = &files
            .iter()
            .find(|one| one.path == path)
            .expect("a workflow")
            .text;
        assert!(text.contains("id-token: write"), "{file} gets no token");
    }
}

#[test]
fn applies_boundary_to_every_app_role() {
    let app = App::new();
    delivered(&app, Some(&OidcProvider::of_account()));
    let synthesis = app.synth();
    let jobs = Template::of(&synthesis, "shop-prod-jobs");
    let limit = "arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/delivery/shop-prod-boundary";
    assert!(
        role(&jobs, "Work").contains(limit),
        "{}",
        role(&jobs, "Work")
    );
    let delivery = Template::of(&synthesis, "shop-prod-delivery");
    delivery.resource_count("AWS::IAM::OIDCProvider", 0);
    delivery.resource_count("AWS::S3::Bucket", 1);
    // Roles of the delivery get no permissions boundary of the app.
    assert!(!role(&delivery, "DeliveryRolesPlanRole").contains("PermissionsBoundary"));
}

#[test]
fn permits_deployment_of_named_services() {
    let app = App::new();
    delivered(&app, None);
    let template = Template::of(&app.synth(), "shop-prod-delivery");
    let execution = role(&template, "DeliveryRolesExecutionRole");
    // A permission is effective only if both the role and its permissions boundary grant it.
    for text in [
        execution,
        limit(&template, "DeliveryRolesExecutionBoundary"),
    ] {
        for part in ["\"sqs:*\"", "\"lambda.amazonaws.com\"", "\"PassMoreRoles\""] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("\"iam:*\""), "{text}");
    }
    let runtime = limit(&template, "DeliveryBoundary");
    assert!(
        runtime.contains("\"sqs:SendMessage\"") && !runtime.contains("\"sqs:*\""),
        "{runtime}"
    );
}

#[test]
fn permits_previews_to_deploy_named_services() {
    let template = Template::of_stack(|stack| {
        PreviewRoles::builder()
            .provider(&OidcProvider::of_account())
            .repository("octo/shop")
            .workflow("preview-trusted.yml")
            .stack_prefix("shop-preview-")
            .deploys("sqs:*")
            .passes_roles_to("lambda.amazonaws.com")
            .permits("sqs:SendMessage")
            .build(stack, "Previews");
    });
    let execution = role(&template, "PreviewsExecutionRole");
    for text in [execution, limit(&template, "PreviewsExecutionBoundary")] {
        for part in [
            "\"sqs:*\"",
            "\"lambda.amazonaws.com\"",
            "role/shop-preview-*",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
    let runtime = limit(&template, "PreviewsBoundary");
    assert!(
        runtime.contains("\"sqs:SendMessage\"") && !runtime.contains("\"sqs:*\""),
        "{runtime}"
    );
}

#[test]
fn outputs_value_of_repository_variable() {
    let app = App::new();
    delivered(&app, None);
    let template = Template::of(&app.synth(), "shop-prod-delivery");
    let outputs = template.json()["Outputs"].as_object().expect("outputs");
    let settings: Vec<_> = outputs
        .iter()
        .filter(|(name, _)| name.starts_with("DeliverySettings"))
        .collect();
    let [(_, output)] = &*settings else {
        panic!("one output has the settings: {outputs:?}")
    };
    insta::assert_snapshot!(serde_json::to_string_pretty(output).expect("JSON"));
}
