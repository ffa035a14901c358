//! Variables and workflows as a delivery has them, and names of repositories.

use serde_json::json;

use super::check::Verdict;
use super::settings::{Settings, Variables};
use super::trust::{self, Delivery};
use super::workflows::Workflows;
use super::{check_name, name_of};

fn variables(pairs: &[(&str, &str)]) -> Variables {
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
fn one_environment_has_the_variables_of_the_repository() {
    let (settings, checks) = Settings::read(&variables(&ONE));
    assert_eq!(checks[0].verdict, Verdict::Ok, "{checks:?}");
    assert_eq!(settings.environments.len(), 1);
    assert_eq!(settings.environments[0].1["AWS_REGION"], "eu-west-1");
    assert_eq!(settings.deploy_environments(), ["production"]);
}

#[test]
fn a_chain_keeps_its_order_and_borrows_nothing() {
    let mut all = variables(&ONE);
    let chain = r#"{"dev": {"AWS_REGION": "us-east-1", "PLAN_ROLE": "x", "DEPLOY_ENVIRONMENT": "development"}, "prod": {}}"#;
    all.insert("ENVIRONMENTS".to_owned(), chain.to_owned());
    let (settings, checks) = Settings::read(&all);
    let names: Vec<&str> = settings
        .environments
        .iter()
        .map(|(name, _)| &**name)
        .collect();
    assert_eq!(names, ["dev", "prod"]);
    assert_eq!(
        settings.deploy_environments(),
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
fn a_chain_that_is_no_chain_is_missing() {
    for wrong in [
        "{",
        "[]",
        "{}",
        "{\"dev\": 1}",
        "{\"dev\": {\"AWS_REGION\": 1}}",
    ] {
        let mut all = variables(&ONE);
        all.insert("ENVIRONMENTS".to_owned(), wrong.to_owned());
        let (_, checks) = Settings::read(&all);
        assert_eq!(checks[0].verdict, Verdict::Missing, "{wrong}");
    }
}

#[test]
fn workflows_deploy_by_name_and_by_expression() {
    let workflows = Workflows::of(&[
        ("rollback.yml", &["production"]),
        (
            "environment.yml",
            &[
                "${{ fromJSON(vars.ENVIRONMENTS || '{}')[inputs.environment].DEPLOY_ENVIRONMENT || 'production' }}",
            ],
        ),
        ("trusted.yml", &["plan", "publish"]),
    ]);
    let deploying: Vec<String> = workflows.deploying("production").into_iter().collect();
    assert_eq!(deploying, ["environment.yml", "rollback.yml"]);
    let named: Vec<String> = workflows
        .named(&["production".to_owned()])
        .into_iter()
        .collect();
    assert_eq!(named, ["plan", "publish"]);
}

#[test]
fn a_subject_with_numbers_is_of_its_repository_and_one_that_begins_alike_is_not() {
    let delivery = Delivery {
        repository: "octo/notes".to_owned(),
        branch: "main".to_owned(),
        workflows: Workflows::default(),
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
            trust::jobs(&trusting(good), &delivery, None),
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
            trust::jobs(&trusting(wrong), &delivery, None).len(),
            1,
            "{wrong}"
        );
    }
}

#[test]
fn repositories_are_read_from_addresses_of_git() {
    for url in [
        "https://github.com/octo/notes.git",
        "https://github.com/octo/notes/",
        "git@github.com:octo/notes.git",
        "ssh://git@github.com/octo/notes",
    ] {
        assert_eq!(name_of(url).as_deref(), Some("octo/notes"), "{url}");
    }
    assert!(check_name("octo/notes").is_ok());
    for wrong in ["octo", "octo/", "octo/notes/x", "octo/no tes", "../x/y"] {
        assert!(check_name(wrong).is_err(), "{wrong}");
    }
}
