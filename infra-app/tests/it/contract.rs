//! Tests that the templates agree with the contract of the service and with its image.

use std::fs;
use std::path::Path;

use infra_app::service_contract::{self as contract, variables};
use infra_runtime::testing::Invocation;
use serde_json::{Value, json};

const ENVIRONMENTS: [&str; 2] = ["dev", "prod"];

fn template(stack: &str, environment: &str, settings: &[&str]) -> Value {
    let mut arguments = vec!["synth", "--stack", stack, "--env", environment];
    for setting in settings {
        arguments.extend(["--set", setting]);
    }
    let outcome = Invocation::new(arguments).run(infra_app::build);
    serde_json::from_str(&outcome.stdout).unwrap_or_else(|_| panic!("{outcome}"))
}

#[track_caller]
fn only(template: &Value, kind: &str) -> Value {
    let resources = template["Resources"].as_object().expect("resources");
    let mut found = resources.values().filter(|entry| entry["Type"] == kind);
    let first = found.next().unwrap_or_else(|| panic!("there is no {kind}"));
    assert!(found.next().is_none(), "there are several {kind}");
    first["Properties"].clone()
}

/// Returns the container of the API, and that of the migration.
fn containers(environment: &str) -> [Value; 2] {
    ["Service", "Migration"].map(|stack| {
        let definition = only(
            &template(stack, environment, &[]),
            "AWS::ECS::TaskDefinition",
        );
        definition["ContainerDefinitions"][0].clone()
    })
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(|entry| entry["Name"].as_str())
        .collect()
}

fn variable<'v>(container: &'v Value, name: &str) -> Option<&'v Value> {
    let mut given = container["Environment"].as_array()?.iter();
    Some(&given.find(|entry| entry["Name"] == name)?["Value"])
}

/// Reads the contract of the service, from which the constants are generated.
fn document() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../service/contract.json");
    let text = fs::read_to_string(path).expect("the contract is committed");
    serde_json::from_str(&text).expect("it is JSON")
}

#[test]
fn every_container_gets_what_the_service_reads_and_nothing_else() {
    let document = document();
    for environment in ENVIRONMENTS {
        for container in containers(environment) {
            let (given, secrets) = (
                names(&container["Environment"]),
                names(&container["Secrets"]),
            );
            for name in document["database"].as_array().expect("names") {
                let name = name.as_str().expect("a name");
                let list = match document["variables"][name].as_str() {
                    Some("secret") => &secrets,
                    _ => &given,
                };
                assert!(list.contains(&name), "{environment}: {name} is missing");
            }
            for name in &given {
                assert_eq!(
                    document["variables"][*name], "plain",
                    "{environment}: {name}"
                );
            }
            for name in &secrets {
                assert_eq!(
                    document["variables"][*name], "secret",
                    "{environment}: {name}"
                );
            }
            assert_eq!(
                variable(&container, variables::DB_NAME),
                Some(&json!(contract::DATABASE_NAME))
            );
        }
    }
}

#[test]
fn the_database_that_the_service_looks_for_is_the_one_there_is() {
    for environment in ENVIRONMENTS {
        let database = only(&template("Data", environment, &[]), "AWS::RDS::DBInstance");
        assert_eq!(database["DBName"], contract::DATABASE_NAME);
    }
}

#[test]
fn the_migration_is_the_same_image_with_other_arguments() {
    for environment in ENVIRONMENTS {
        let [api, migration] = containers(environment);
        assert_eq!(api["Image"], migration["Image"]);
        assert_eq!(api["Command"], json!(contract::SERVE));
        assert_eq!(migration["Command"], json!(contract::MIGRATE));
        let check = api["HealthCheck"]["Command"].as_array().expect("a command");
        assert_eq!(check[1], contract::BINARY);
        assert_eq!(json!(check[2..]), json!(contract::HEALTH_CHECK));
    }
}

#[test]
fn the_load_balancer_asks_where_the_service_answers() {
    for environment in ENVIRONMENTS {
        let service = template("Service", environment, &[]);
        let targets = only(&service, "AWS::ElasticLoadBalancingV2::TargetGroup");
        assert_eq!(targets["Port"], contract::PORT);
        assert_eq!(targets["HealthCheckPath"], contract::READINESS_PATH);
        let [api, _] = containers(environment);
        assert_eq!(api["PortMappings"][0]["ContainerPort"], contract::PORT);
        assert_eq!(
            variable(&api, variables::PORT),
            Some(&json!(contract::PORT.to_string()))
        );
        let edge = only(
            &template("Edge", environment, &[]),
            "AWS::CloudFront::Distribution",
        );
        let api_path = json!(format!("{}/*", contract::API));
        let behaviors = edge["DistributionConfig"]["CacheBehaviors"].as_array();
        let mut behaviors = behaviors.expect("paths").iter();
        assert!(behaviors.any(|behavior| behavior["PathPattern"] == api_path));
    }
}

#[test]
fn a_task_is_killed_only_after_it_had_the_time_that_it_takes() {
    for environment in ENVIRONMENTS {
        let [api, _] = containers(environment);
        let time = api["StopTimeout"].as_u64().expect("seconds");
        assert!(
            time > contract::DRAIN_SECS + contract::FINISH_SECS,
            "{time}"
        );
        assert!(time <= 120, "Fargate gives no task more: {time}");
    }
}

#[test]
fn who_asks_is_read_behind_cloudfront_and_the_load_balancer() {
    for environment in ENVIRONMENTS {
        let [api, _] = containers(environment);
        assert_eq!(variable(&api, variables::TRUSTED_HOPS), Some(&json!("2")));
    }
}

#[test]
fn pages_of_a_domain_of_ones_own_may_use_the_api() {
    let domain = [
        "edge.domain.name=notes.example.com",
        "edge.domain.hosted_zone_id=Z0123456789ABCDEFGHIJ",
        "edge.domain.hosted_zone_name=example.com",
    ];
    let service = template("Service", "prod", &domain);
    let api = &only(&service, "AWS::ECS::TaskDefinition")["ContainerDefinitions"][0];
    assert_eq!(
        variable(api, variables::ALLOWED_ORIGINS),
        Some(&json!("https://notes.example.com"))
    );
}

#[test]
fn the_processors_are_those_of_the_image() {
    for (architecture, word) in [("arm64", "ARM64"), ("x86-64", "X86_64")] {
        let setting = format!("service.architecture={architecture}");
        for stack in ["Service", "Migration"] {
            let template = template(stack, "prod", &[&setting]);
            let definition = only(&template, "AWS::ECS::TaskDefinition");
            assert_eq!(definition["RuntimePlatform"]["CpuArchitecture"], word);
        }
    }
}

/// Returns the arguments of an instruction in the last stage of the Dockerfile, which becomes the image.
fn image(instruction: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Dockerfile");
    let text = fs::read_to_string(path).expect("the Dockerfile is committed");
    let last = text.rsplit("\nFROM ").next().unwrap_or_default();
    let lines = last
        .lines()
        .filter_map(|line| line.strip_prefix(instruction));
    lines.map(|line| line.trim().to_owned()).collect()
}

#[test]
fn the_image_is_what_the_templates_run() {
    assert_eq!(
        image("ENTRYPOINT "),
        [json!([contract::BINARY]).to_string()]
    );
    assert_eq!(image("CMD "), [json!(contract::SERVE).to_string()]);
    assert_eq!(image("USER "), [format!("{0}:{0}", contract::USER)]);
    assert_eq!(image("EXPOSE "), [contract::PORT.to_string()]);
    // The image contains the certificate authorities of RDS, which the service needs to verify its database.
    let certificates = image("ENV ");
    assert!(
        certificates[0].starts_with(variables::DB_TLS_CA),
        "{certificates:?}"
    );
    for environment in ENVIRONMENTS {
        for container in containers(environment) {
            assert_eq!(container["EntryPoint"], json!([contract::BINARY]));
            assert_eq!(container["User"], format!("{0}:{0}", contract::USER));
            assert_eq!(container["ReadonlyRootFilesystem"], true);
        }
    }
}

#[test]
fn the_migration_says_which_steps_it_takes() {
    let document = document();
    let service = template("Migration", "prod", &[]);
    let resources = service["Resources"].as_object().expect("resources");
    let marks: Vec<&Value> = resources
        .values()
        .filter_map(|entry| entry["Metadata"].get("infra:migration"))
        .collect();
    let [mark] = marks.as_slice() else {
        panic!("{marks:?}")
    };
    let steps = |list: &Value, name: &str, effect: &str| -> Vec<Value> {
        let steps = list.as_array().into_iter().flatten();
        steps
            .map(|step| json!([step[name], step[effect]]))
            .collect()
    };
    assert_eq!(
        steps(&mark["Steps"], "Name", "Effect"),
        steps(&document["migrations"], "name", "effect")
    );
}
