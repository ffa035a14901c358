//! Tests with a project that `infra new` created.

use std::collections::BTreeMap;

use infra_delivery::{Approval, Environment, Pipeline, Provider, render};
use serde_json::{Map, Value as JsonValue, json};

use super::world::{World, production, world};
use super::{ACCOUNT, ISSUER, REPOSITORY, run};

/// Creates a project with the environments `dev`, without approval, and `prod`, and its world, set up as described in `docs/delivery.md` of the
/// project.
fn project() -> (tempfile::TempDir, World) {
    let pipeline = Pipeline::new(Provider::Github, REPOSITORY)
        .environment(Environment::new("dev").approval(Approval::None))
        .environment(Environment::new("prod"));
    let folder = tempfile::tempdir().unwrap();
    for file in render("shop", "cargo run", &pipeline).unwrap() {
        let path = folder.path().join(file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.text).unwrap();
    }
    let table = format!(
        "app = \"cargo run\"\n\n[delivery]\nprovider = \"github\"\nrepository = \"{REPOSITORY}\"\ntool = \"infra-cli\"\n\n[[delivery.environments]]\nname = \"dev\"\napproval = \"none\"\n\n[[delivery.environments]]\nname = \"prod\"\n"
    );
    std::fs::write(folder.path().join("infra.toml"), table).unwrap();
    let of_reference = world();
    let mut world = World {
        roles: BTreeMap::new(),
        registries: Vec::new(),
        variables: BTreeMap::new(),
        ..of_reference.clone()
    };
    let mut chain = Map::new();
    for environment in ["dev", "prod"] {
        let mut entry = Map::new();
        entry.insert("AWS_REGION".to_owned(), "eu-central-1".into());
        for variable in ["PLAN_ROLE", "DEPLOY_ROLE", "EXECUTION_ROLE"] {
            let mut role = of_reference.clone().role(variable).clone();
            if variable == "DEPLOY_ROLE" {
                // The same as in `github::Delivery`.
                let equal = &mut role.trust["Statement"][0]["Condition"]["StringEquals"];
                equal[format!("{ISSUER}:sub")] =
                    format!("repo:{REPOSITORY}:environment:{environment}").into();
                let workflows = ["environment.yml", "rollback.yml"]
                    .map(|file| format!("{REPOSITORY}/.github/workflows/{file}@refs/heads/main"));
                equal[format!("{ISSUER}:job_workflow_ref")] = json!(workflows);
            }
            let name = format!("{environment}-{variable}");
            let arn = format!("arn:aws:iam::{ACCOUNT}:role/delivery/{name}");
            entry.insert(variable.to_owned(), arn.into());
            world.roles.insert(name, role);
        }
        chain.insert(environment.to_owned(), entry.into());
    }
    let chain = JsonValue::Object(chain).to_string();
    world.variables.insert("ENVIRONMENTS".to_owned(), chain);
    let environments = json!({ "environments": [{ "name": "plan" }] });
    world.hub.insert("/environments".to_owned(), environments);
    world.protect("dev", &[]);
    let rule = production()["protection_rules"][0].clone();
    world.protect("prod", &[rule]);
    (folder, world)
}

#[test]
fn passes_all_checks_for_generated_project() {
    let (folder, world) = project();
    let run = run(&world, |command| {
        command.current_dir(folder.path());
    });
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let other: Vec<&str> = run
        .stdout
        .lines()
        .filter(|line| !line.starts_with("ok "))
        .collect();
    assert!(other.is_empty(), "{other:#?}");
    for subject in [
        "environment `plan`",
        "environment `dev`",
        "environment `prod`",
        "trust of PLAN_ROLE of `dev`",
        "trust of DEPLOY_ROLE of `dev`",
        "trust of DEPLOY_ROLE of `prod`",
        "boundary of EXECUTION_ROLE of `prod`",
        "variables of the repository",
        "first version in `dev`",
        "first version in `prod`",
    ] {
        assert!(
            run.stdout.contains(&format!("ok       {subject}")),
            "{subject}\n{}",
            run.stdout
        );
    }
}

#[test]
fn suggests_repairs_specific_to_generated_project() {
    let (folder, whole) = project();
    let finds = |change: &dyn Fn(&mut World), said: &str, repair: &str| {
        let mut world = whole.clone();
        change(&mut world);
        let run = run(&world, |command| {
            command.current_dir(folder.path());
        });
        assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
        assert!(run.stdout.contains(said), "{}", run.stdout);
        assert!(run.stdout.contains(repair), "{}", run.stdout);
        for foreign in ["Foundation", "INFRA_ENVIRONMENT", ".github/rulesets"] {
            assert!(!run.stdout.contains(foreign), "{foreign}: {}", run.stdout);
        }
    };
    finds(
        &|world| world.variables.clear(),
        "not set: ENVIRONMENTS",
        "`DeliverySettings…` of the stack `Delivery`",
    );
    finds(
        &|world| {
            let mut chain: JsonValue =
                serde_json::from_str(&world.variables["ENVIRONMENTS"]).unwrap();
            chain.as_object_mut().unwrap().remove("dev").unwrap();
            let chain = chain.to_string();
            world.variables.insert("ENVIRONMENTS".to_owned(), chain);
        },
        "not set: `dev` in ENVIRONMENTS",
        "docs/delivery.md",
    );
    finds(
        &|world| {
            world.roles.remove("prod-PLAN_ROLE").unwrap();
        },
        "PLAN_ROLE of `prod`",
        "deploy --stack Delivery",
    );
    finds(
        &|world| {
            world
                .hub
                .insert("/rules/branches/main".to_owned(), json!([]));
            world.hub.insert("/deployments".to_owned(), json!([]));
        },
        "rule for `main`",
        "gh workflow run plan.yml --ref main, then gh workflow run deploy.yml --ref main",
    );
}
