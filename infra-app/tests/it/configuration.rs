//! Tests of the configuration: committed files match the program, and mistakes are explained.

use std::fs;
use std::path::Path;

use infra_runtime::testing::{Invocation, Outcome};
use insta::assert_snapshot;

/// Runs a command line with the folder of this package as working folder.
fn invoke(arguments: &[&str]) -> Outcome {
    Invocation::new(arguments.iter().copied())
        .directory(env!("CARGO_MANIFEST_DIR"))
        .run(infra_app::build)
}

#[test]
fn matches_committed_configuration_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/config.schema.json");
    let schema = invoke(&["schema"]).stdout;
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &schema).expect("the schema");
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == schema,
        "schemas/config.schema.json is stale: run `UPDATE=1 cargo test -p infra-app schema`"
    );
}

#[test]
fn validates_dev_and_prod_without_warnings() {
    for environment in ["dev", "prod"] {
        let outcome = invoke(&["validate", "--strict", "--env", environment]);
        assert_eq!(outcome.exit_code, infra_runtime::ExitCode::Ok, "{outcome}");
    }
}

#[test]
fn reports_wrong_keys_and_values_with_file_and_line() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let dev = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/dev.yaml");
    let text = fs::read_to_string(dev)
        .expect("the configuration")
        .replace("availability: single-az", "availability: multi")
        .replace("images_kept", "images_keept")
        .replace("10.0.0.0/16", "10.0.0.1/16")
        .replace("memory_mib: 512", "memory_mib: 4096");
    fs::write(folder.path().join("dev.yaml"), text).expect("a configuration");
    let wrong = |environment: &str| {
        Invocation::new(["validate", "--config", ".", "--env", environment])
            .directory(folder.path())
            .run(infra_app::build)
    };
    assert_snapshot!("wrong_for_the_schema", wrong("dev"));

    // Problems that only the types detect are reported once the schema finds none.
    let text = fs::read_to_string(folder.path().join("dev.yaml")).expect("the configuration");
    let text = text
        .replace(": multi\n", ": multi-az\n")
        .replace("images_keept", "images_kept");
    fs::write(folder.path().join("types.yaml"), &text).expect("a configuration");
    assert_snapshot!("wrong_for_the_types", wrong("types"));
    let text = text.replace("10.0.0.1/16", "10.0.0.0/16");
    fs::write(folder.path().join("size.yaml"), text).expect("a configuration");
    assert_snapshot!("wrong_size_of_a_task", wrong("size"));
}

#[test]
fn validates_previews_and_shared_stack_without_warnings() {
    for name in [vec![], vec!["--set", "preview.name=pr7"]] {
        let arguments = [vec!["validate", "--strict", "--env", "preview"], name].concat();
        let outcome = invoke(&arguments);
        assert_eq!(outcome.exit_code, infra_runtime::ExitCode::Ok, "{outcome}");
    }
}

#[test]
fn rejects_wrong_preview_settings_and_lists_allowed_values() {
    for (setting, said) in [
        ("preview.name=pr1234567890123", "preview.name"),
        ("preview.name=Pr-7", "preview.name"),
        ("preview.expires=tomorrow", "preview.expires"),
        ("preview.images=notes", "preview.images"),
    ] {
        let outcome = invoke(&["validate", "--env", "preview", "--set", setting]);
        assert_ne!(outcome.exit_code, infra_runtime::ExitCode::Ok, "{setting}");
        let property = format!("property: {said}");
        assert!(outcome.stderr.contains(&property), "{outcome}");
        assert!(outcome.stderr.contains("expected"), "{outcome}");
    }
}

#[test]
fn uses_image_digest_from_setting() {
    let digest = format!("sha256:{}", "ab".repeat(32));
    let setting = format!("service.image_digest={digest}");
    let outcome = invoke(&["synth", "--stack", "Service", "--set", &setting]);
    assert!(
        outcome.stdout.contains(&format!("@{digest}")),
        "{}",
        outcome.stderr
    );
}

#[test]
fn adds_autoscaling_for_higher_task_maximum() {
    let outcome = invoke(&[
        "synth",
        "--stack",
        "Service",
        "--set",
        "service.tasks.max=3",
    ]);
    assert!(
        outcome
            .stdout
            .contains("AWS::ApplicationAutoScaling::ScalableTarget"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn rejects_task_minimum_above_maximum() {
    assert_snapshot!(invoke(&["validate", "--set", "service.tasks.min=5"]));
}

/// Settings of a domain, with mail and a provider to sign in at.
const DOMAIN: [&str; 3] = [
    "edge.domain={name: notes.example.com, hosted_zone_id: Z0123456789ABCDEFGHIJ, hosted_zone_name: example.com}",
    "edge.domain.mail={host: email-smtp.us-east-1.amazonaws.com, from: notes@example.com, secret_arn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:mail-AbCdEf'}",
    "edge.domain.identity_provider={issuer: 'https://login.example.com/realms/team', client_id: notes, name: Example, registration: open, email_domains: [example.com, example.org], secret_arn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:oidc-AbCdEf'}",
];

#[test]
fn passes_mail_and_identity_provider_of_domain_to_service() {
    let settings = DOMAIN.iter().flat_map(|setting| ["--set", setting]);
    let arguments = ["synth", "--stack", "Service"].into_iter().chain(settings);
    let outcome = invoke(&arguments.collect::<Vec<_>>());
    let template: serde_json::Value = serde_json::from_str(&outcome.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", outcome.stderr));
    let task = template["Resources"]
        .as_object()
        .into_iter()
        .flat_map(|all| all.values())
        .find(|resource| resource["Type"] == "AWS::ECS::TaskDefinition")
        .expect("a task definition");
    let container = &task["Properties"]["ContainerDefinitions"][0];
    let named = |list: &str, name: &str, key: &str| {
        let entries = container[list].as_array().into_iter().flatten();
        let found = entries.into_iter().find(|entry| entry["Name"] == name);
        found.map(|entry| entry[key].clone()).unwrap_or_default()
    };
    for (name, value) in [
        ("PUBLIC_URL", "https://notes.example.com"),
        ("ALLOWED_ORIGINS", "https://notes.example.com"),
        ("SMTP_HOST", "email-smtp.us-east-1.amazonaws.com"),
        ("MAIL_FROM", "notes@example.com"),
        ("OIDC_ISSUER", "https://login.example.com/realms/team"),
        ("OIDC_CLIENT_ID", "notes"),
        ("OIDC_NAME", "Example"),
        ("OIDC_REGISTRATION", "open"),
        ("OIDC_EMAIL_DOMAINS", "example.com,example.org"),
    ] {
        assert_eq!(named("Environment", name, "Value"), value, "{name}");
    }
    let secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:";
    for (name, field) in [
        ("SMTP_USERNAME", "mail-AbCdEf:username::"),
        ("SMTP_PASSWORD", "mail-AbCdEf:password::"),
        ("OIDC_CLIENT_SECRET", "oidc-AbCdEf:client_secret::"),
    ] {
        let from = named("Secrets", name, "ValueFrom");
        assert_eq!(from, format!("{secret}{field}"), "{name}");
        assert!(named("Environment", name, "Value").is_null(), "{name}");
    }
}

#[test]
fn rejects_identity_provider_without_tls() {
    let plain = DOMAIN[2].replace("https://", "http://");
    let outcome = invoke(&["validate", "--set", DOMAIN[0], "--set", &plain]);
    assert_ne!(outcome.exit_code, infra_runtime::ExitCode::Ok, "{outcome}");
    let property = "edge.domain.identity_provider.issuer";
    assert!(outcome.stderr.contains(property), "{outcome}");
}
