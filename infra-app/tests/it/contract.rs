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
fn sets_only_variables_of_service_contract_in_containers() {
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
fn creates_database_with_name_of_service_contract() {
    for environment in ENVIRONMENTS {
        let database = only(&template("Data", environment, &[]), "AWS::RDS::DBInstance");
        assert_eq!(database["DBName"], contract::DATABASE_NAME);
    }
}

#[test]
fn runs_migration_with_service_image_and_own_command() {
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
fn checks_health_on_port_and_path_of_service() {
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
fn sets_stop_timeout_above_drain_and_finish_time() {
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
fn sets_two_trusted_hops_for_client_address() {
    for environment in ENVIRONMENTS {
        let [api, _] = containers(environment);
        assert_eq!(variable(&api, variables::TRUSTED_HOPS), Some(&json!("2")));
    }
}

#[test]
fn allows_origin_of_custom_domain() {
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
fn sets_cpu_architecture_of_service_and_migration() {
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
fn matches_dockerfile_with_container_definitions() {
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
fn lists_migration_steps_and_effects_in_metadata() {
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
