//! Tests that compare the contract of the service with the templates of the infrastructure.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use notes_service::config::{Config, DatabaseConfig, Tls};
use notes_service::contract::{DATABASE, HEALTH_CHECK, MIGRATE, SERVE, build_document};
use serde_json::Value;

fn file(path: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Returns the variables of the container in a template, with placeholders for deferred values.
fn container_variables(template: &Value) -> BTreeMap<String, String> {
    let resources = template["Resources"].as_object().unwrap();
    let definition = resources
        .values()
        .find(|entry| entry["Type"] == "AWS::ECS::TaskDefinition")
        .unwrap();
    let container = &definition["Properties"]["ContainerDefinitions"][0];
    let text = |value: &Value| value.as_str().map_or("db.example", |text| text).to_owned();
    let given = container["Environment"].as_array().unwrap().iter();
    let secrets = container["Secrets"].as_array().unwrap().iter();
    given
        .map(|entry| (text(&entry["Name"]), text(&entry["Value"])))
        .chain(secrets.map(|entry| (text(&entry["Name"]), "a-secret".to_owned())))
        .map(|(name, value)| match name.as_str() {
            "DB_PORT" => (name, "5433".to_owned()),
            // As long as the data stack has it generated.
            "SECRET_KEY" => (name, "k".repeat(64)),
            _ => (name, value),
        })
        .collect()
}

#[test]
fn matches_committed_contract() {
    assert_eq!(
        file("service/contract.json"),
        build_document(),
        "`just contract-update` writes it again"
    );
}

#[test]
fn accepts_commands_of_the_contract() {
    for arguments in [&SERVE[..], &MIGRATE[..], &HEALTH_CHECK[..]] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_notes"))
            .args(arguments)
            .arg("--help")
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}");
    }
}

#[test]
fn accepts_template_settings_as_safe_configuration() {
    for environment in ["dev", "prod"] {
        let template = file(&format!(
            "infra-app/tests/golden/{environment}/Service.template.json"
        ));
        let told = container_variables(&template);
        for name in DATABASE {
            assert!(told.contains_key(name), "{environment}: {name}");
        }
        let config = Config::from_variables(&told).unwrap();
        let DatabaseConfig::Postgres(server) = &config.database else {
            panic!("{:?}", config.database)
        };
        assert_eq!(server.tls, Tls::VerifyFull);
        assert!(config.http.secure_cookies);
        // CloudFront and the load balancer.
        assert_eq!(config.http.policy.trusted_hops, 2);
        assert!(config.address.ip().is_unspecified());
        assert!(config.shutdown.drain.as_secs() > 0);
    }
}
