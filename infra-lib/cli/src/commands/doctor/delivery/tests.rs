//! Tests of variables, workflows and repository names of a delivery.

use infra_delivery::{Environment, Pipeline, Provider};
use serde_json::json;

use super::check::Verdict;
use super::project::Project;
use super::settings::{Settings, Variables};
use super::trust::{self, Delivery, Holder};
use super::workflows::Workflows;
use super::{check_repository_name, parse_repository_name};

/// Creates a project with workflows like those of the reference app.
fn reference_project() -> Project {
    let workflows = Workflows::from_texts(&[
        (
            "deploy.yml",
            "
jobs:
  find: { env: { R: '${{ vars.PUBLISH_ROLE }} ${{ vars.PROPOSAL_REPOSITORY }} ${{ vars.INFRA_ENVIRONMENT }}' } }
  dev: { uses: ./.github/workflows/environment.yml, with: { environment: dev, deploy-environment: development } }
  prod: { uses: ./.github/workflows/environment.yml, with: { environment: prod, deploy-environment: production } }
",
        ),
        (
            "environment.yml",
            "jobs: { deploy: { environment: { name: '${{ inputs.deploy-environment }}' } } }",
        ),
        (
            "rollback.yml",
            r#"jobs: { rollback: { environment: "${{ inputs.environment == 'dev' && 'development' || 'production' }}" } }"#,
        ),
        (
            "preview.yml",
            "jobs: { deploy: { environment: preview, env: { R: '${{ vars.PREVIEW_ROLE }}' } } }",
        ),
        (
            "trusted.yml",
            "jobs: { plan: { environment: plan }, publish: { environment: publish } }",
        ),
    ]);
    Project::new(workflows, None)
}

fn variables_from(pairs: &[(&str, &str)]) -> Variables {
    let pairs = pairs.iter();
    pairs
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

const ONE: [(&str, &str); 8] = [
    ("INFRA_ENVIRONMENT", "prod"),
    ("PUBLISH_ROLE", "p"),
    ("PROPOSAL_REPOSITORY", "r"),
    ("AWS_REGION", "eu-west-1"),
    ("PLAN_ROLE", "a"),
    ("DEPLOY_ROLE", "b"),
    ("EXECUTION_ROLE", "c"),
    ("IMAGE_REPOSITORY", "d"),
];

#[test]
fn reads_single_environment_from_repository_variables() {
    let (settings, checks) = Settings::from_variables(&variables_from(&ONE), &reference_project());
    assert_eq!(checks[0].verdict, Verdict::Ok, "{checks:?}");
    assert_eq!(settings.environments.len(), 1);
    assert_eq!(settings.environments[0].1["AWS_REGION"], "eu-west-1");
    assert_eq!(
        reference_project().deploy_environments(&settings),
        ["production"]
    );
}

#[test]
fn keeps_chain_order_and_isolates_entries() {
    let mut all = variables_from(&ONE);
    let chain = r#"{"dev": {"AWS_REGION": "us-east-1", "PLAN_ROLE": "x"}, "prod": {}}"#;
    all.insert("ENVIRONMENTS".to_owned(), chain.to_owned());
    let (settings, checks) = Settings::from_variables(&all, &reference_project());
    let names: Vec<&str> = settings
        .environments
        .iter()
        .map(|(name, _)| &**name)
        .collect();
    assert_eq!(names, ["dev", "prod"]);
    assert_eq!(
        reference_project().deploy_environments(&settings),
        ["development", "production"]
    );
    let message = checks[0].message.as_deref().unwrap();
    for missing in ["DEPLOY_ROLE", "EXECUTION_ROLE", "IMAGE_REPOSITORY"] {
        assert!(
            message.contains(&format!("{missing} of `dev`")),
            "{message}"
        );
    }
    assert!(!message.contains("prod"), "{message}");
}

#[test]
fn rejects_invalid_environments() {
    for wrong in [
        "{",
        "[]",
        "{}",
        "{\"dev\": 1}",
        "{\"dev\": {\"AWS_REGION\": 1}}",
        "{\"dev\": {\"DEPLOY_ENVIRONMENT\": \"development\"}}",
    ] {
        let mut all = variables_from(&ONE);
        all.insert("ENVIRONMENTS".to_owned(), wrong.to_owned());
        let (_, checks) = Settings::from_variables(&all, &reference_project());
        assert_eq!(checks[0].verdict, Verdict::Missing, "{wrong}");
    }
}

#[test]
fn finds_environments_of_calls_and_expressions() {
    let project = reference_project();
    let workflows = project.workflows();
    for environment in ["development", "production"] {
        let deploying: Vec<String> = workflows
            .files_with_environment(environment)
            .into_iter()
            .collect();
        assert_eq!(
            deploying,
            ["environment.yml", "rollback.yml"],
            "{environment}"
        );
    }
    let named: Vec<String> = workflows
        .list_literal_environments(&[])
        .into_iter()
        .collect();
    assert_eq!(named, ["plan", "preview", "publish"]);
    assert_eq!(
        project.deploy_environments(&Settings::default()),
        ["production"]
    );
}

#[test]
fn reports_environment_without_deploy_job() {
    let mut all = variables_from(&ONE);
    let entry = r#"{"AWS_REGION": "a", "PLAN_ROLE": "b", "DEPLOY_ROLE": "c", "EXECUTION_ROLE": "d", "IMAGE_REPOSITORY": "e"}"#;
    let chain = format!("{{\"staging\": {entry}, \"prod\": {{}}}}");
    all.insert("ENVIRONMENTS".to_owned(), chain);
    let (_, checks) = Settings::from_variables(&all, &reference_project());
    let missing: Vec<&str> = checks
        .iter()
        .filter(|one| one.verdict == Verdict::Missing)
        .map(|one| one.subject.as_str())
        .collect();
    assert_eq!(missing, ["workflow that deploys to `staging`"]);
}

#[test]
fn requires_role_for_assets_of_pipeline() {
    let entry =
        r#"{"AWS_REGION": "a", "PLAN_ROLE": "b", "DEPLOY_ROLE": "c", "EXECUTION_ROLE": "d"}"#;
    let pipeline =
        Pipeline::new(Provider::Github, "octo/shop").environment(Environment::new("prod"));
    let missing = |pipeline: Pipeline| {
        let project = Project::new(Workflows::from_texts(&[]), Some(pipeline));
        let all = variables_from(&[("ENVIRONMENTS", &format!("{{\"prod\": {entry}}}"))]);
        let (_, checks) = Settings::from_variables(&all, &project);
        checks.iter().any(|one| {
            let message = one.message.as_deref().unwrap_or_default();
            message.contains("ASSETS_ROLE of `prod`")
        })
    };
    assert!(!missing(pipeline.clone()));
    assert!(missing(pipeline.publish_assets()));
}

#[test]
fn rejects_shared_preview_account() {
    let role = |account: &str| format!("arn:aws:iam::{account}:role/delivery/x");
    let verdict = |execution: &str, deploy: &str| {
        let mut all = variables_from(&ONE);
        for (name, value) in [
            ("PREVIEW_ROLE", role("222222222222")),
            ("PREVIEW_EXECUTION_ROLE", execution.to_owned()),
            ("DEPLOY_ROLE", role(deploy)),
        ] {
            all.insert(name.to_owned(), value);
        }
        let (_, checks) = Settings::from_variables(&all, &reference_project());
        let found = checks
            .iter()
            .find(|one| one.subject == "account of previews");
        found.expect("a check").verdict
    };
    let own = role("222222222222");
    assert_eq!(verdict(&own, "111111111111"), Verdict::Ok);
    assert_eq!(verdict(&own, "222222222222"), Verdict::Missing);
    assert_eq!(
        verdict(&role("111111111111"), "111111111111"),
        Verdict::Missing
    );
    assert_eq!(verdict("", "111111111111"), Verdict::Missing);
    let (_, checks) = Settings::from_variables(&variables_from(&ONE), &reference_project());
    assert!(
        checks
            .iter()
            .all(|one| one.subject != "account of previews"),
        "{checks:?}"
    );
}

#[test]
fn accepts_only_subjects_of_the_repository() {
    let delivery = Delivery {
        repository: "octo/notes".to_owned(),
        branch: "main".to_owned(),
        project: Project::default(),
    };
    let trusting = |subject: &str| {
        json!({ "Statement": { "Condition": { "StringEquals": {
            "token.actions.githubusercontent.com:sub": subject,
        } } } })
    };
    for good in [
        "repo:octo/notes:ref:refs/heads/main",
        "repo:octo@42/notes@123456:ref:refs/heads/main",
    ] {
        assert_eq!(
            trust::find_trust_problems(&trusting(good), Holder::Jobs, &delivery),
            [""; 0],
            "{good}"
        );
    }
    for wrong in [
        "repo:octo/notes-2:ref:refs/heads/main",
        "repo:octo/notes:*",
        "repo:other/notes:ref:refs/heads/main",
    ] {
        assert_eq!(
            trust::find_trust_problems(&trusting(wrong), Holder::Jobs, &delivery).len(),
            1,
            "{wrong}"
        );
    }
}

#[test]
fn limits_preview_role_to_its_environment_and_workflow() {
    let delivery = Delivery {
        repository: "octo/notes".to_owned(),
        branch: "main".to_owned(),
        project: reference_project(),
    };
    let workflow = |file: &str| format!("octo/notes/.github/workflows/{file}@refs/heads/main");
    let problems = |subject: &str, workflows: &[String]| {
        let trust = json!({ "Statement": { "Condition": { "StringEquals": {
            "token.actions.githubusercontent.com:sub": subject,
            "token.actions.githubusercontent.com:job_workflow_ref": workflows,
        } } } });
        trust::find_trust_problems(&trust, Holder::Previews, &delivery)
    };
    let own = [workflow("preview.yml")];
    assert_eq!(
        problems("repo:octo/notes:environment:preview", &own),
        [""; 0]
    );
    let both = [workflow("preview.yml"), workflow("trusted.yml")];
    let change = ["octo/notes/.github/workflows/preview.yml@refs/heads/change".to_owned()];
    for (subject, workflows) in [
        ("repo:octo/notes:environment:preview", &both[..]),
        ("repo:octo/notes:environment:preview", &both[1..]),
        ("repo:octo/notes:environment:preview", &change),
        ("repo:octo/notes:environment:preview", &[]),
        ("repo:octo/notes:environment:plan", &both[1..]),
        ("repo:octo/notes:ref:refs/heads/main", &own),
        ("repo:octo/notes:*", &own),
    ] {
        assert!(
            !problems(subject, workflows).is_empty(),
            "{subject} {workflows:?}"
        );
    }
}

#[test]
fn parses_repository_name_from_git_urls() {
    for url in [
        "https://github.com/octo/notes.git",
        "https://github.com/octo/notes/",
        "git@github.com:octo/notes.git",
        "ssh://git@github.com/octo/notes",
    ] {
        assert_eq!(
            parse_repository_name(url).as_deref(),
            Some("octo/notes"),
            "{url}"
        );
    }
    assert!(check_repository_name("octo/notes").is_ok());
    for wrong in ["octo", "octo/", "octo/notes/x", "octo/no tes", "../x/y"] {
        assert!(check_repository_name(wrong).is_err(), "{wrong}");
    }
}
