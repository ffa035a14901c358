//! What the templates tell the service, against the contract.

use infra_app::service_contract::{self as contract, variables};
use infra_cli::testing::Invocation;
use serde_json::Value;

fn containers(environment: &str) -> Vec<Value> {
    let outcome = Invocation::new(["synth", "--stack", "Service", "--env", environment])
        .run(infra_app::build);
    let template: Value = serde_json::from_str(&outcome.stdout).expect("a template");
    let resources = template["Resources"]
        .as_object()
        .expect("resources")
        .values();
    resources
        .filter(|resource| resource["Type"] == "AWS::ECS::TaskDefinition")
        .map(|resource| resource["Properties"]["ContainerDefinitions"][0].clone())
        .collect()
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(|entry| entry["Name"].as_str())
        .collect()
}

#[test]
fn every_container_gets_what_the_service_reads() {
    for environment in ["dev", "prod"] {
        let containers = containers(environment);
        assert_eq!(containers.len(), 2, "the service and its migration");
        for container in containers {
            let given = names(&container["Environment"]);
            for name in [
                variables::DB_HOST,
                variables::DB_PORT,
                variables::DB_NAME,
                variables::LOG_LEVEL,
            ] {
                assert!(given.contains(&name), "{name} is missing: {given:?}");
            }
            let secrets = names(&container["Secrets"]);
            assert_eq!(secrets, [variables::DB_USERNAME, variables::DB_PASSWORD]);
            assert_eq!(container["User"], format!("{0}:{0}", contract::USER));
            assert_eq!(container["ReadonlyRootFilesystem"], true);
        }
    }
}

#[test]
fn the_migration_is_the_same_image_with_other_arguments() {
    let containers = containers("prod");
    let [api, migration] = containers.as_slice() else {
        panic!("two containers")
    };
    assert_eq!(api["Image"], migration["Image"]);
    assert_eq!(api["Command"], serde_json::json!(contract::SERVE));
    assert_eq!(migration["Command"], serde_json::json!(contract::MIGRATE));
    assert_eq!(api["PortMappings"][0]["ContainerPort"], contract::PORT);
}
