//! Tests of the environment variables: valid values, and one report of all invalid ones.

use std::collections::BTreeMap;

use notes_service::config::{Config, DatabaseConfig, Problems, Tls, render_markdown};

fn read(variables: &[(&str, &str)]) -> Result<Config, Problems> {
    let variables: BTreeMap<String, String> = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Config::from_variables(&variables)
}

#[test]
fn starts_with_defaults_without_variables() {
    let config = read(&[]).unwrap();
    assert_eq!(config.address.to_string(), "127.0.0.1:8080");
    assert!(matches!(config.database, DatabaseConfig::SqliteFile(_)));
    assert!(!config.http.secure_cookies);
}

#[test]
fn applies_deployment_defaults_for_remote_database() {
    let parts = [
        ("DB_HOST", "db.example.com"),
        ("DB_NAME", "notes"),
        ("DB_USERNAME", "notes"),
        ("DB_PASSWORD", "p@ss:w/rd#?%"),
    ];
    let config = read(&parts).unwrap();
    assert_eq!(config.address.to_string(), "0.0.0.0:8080");
    assert!(config.http.secure_cookies);
    assert_eq!(config.shutdown.drain.as_secs(), 15);
    let DatabaseConfig::Postgres(server) = &config.database else {
        panic!("{:?}", config.database)
    };
    assert_eq!(server.tls, Tls::VerifyFull);
    assert!(!format!("{config:?}{:?}", config.describe_settings()).contains("p@ss"));
}

#[test]
fn reports_all_problems_without_secrets() {
    let problems = read(&[
        ("PORT", "abc"),
        ("METRICS_PORT", "99999"),
        ("LOG_LEVEL", "loud"),
        ("LOG_LEVL", "info"),
        ("DATABASE_URL", "mysql://root:hunter2@db/notes"),
        ("DB_TLS", "maybe"),
        ("ALLOWED_ORIGINS", "https://a.example, *"),
        ("DRAIN_SECONDS", "-1"),
        ("DOCS", "perhaps"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector"),
        ("GUESTS", "1e3"),
    ])
    .unwrap_err();
    let lines: Vec<String> = problems
        .0
        .iter()
        .map(|problem| {
            format!(
                "{} {} — {}",
                problem.variable, problem.message, problem.allowed
            )
        })
        .collect();
    assert!(!lines.concat().contains("hunter2"));
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn rejects_short_secret_keys_and_hides_all_keys() {
    let (old, new) = ("o".repeat(32), "n".repeat(40));
    for text in [old.clone(), format!("{new}, {old}")] {
        let config = read(&[("SECRET_KEY", &text)]).unwrap();
        assert!(config.http.seal.has_key());
        assert!(!format!("{config:?}{:?}", config.describe_settings()).contains(&old));
    }
    for text in ["hunter2", &format!("{new},hunter2"), &format!("{new},")] {
        let problems = read(&[("SECRET_KEY", text)]).unwrap_err();
        assert_eq!(problems.0[0].variable, "SECRET_KEY");
        let said = problems.to_string();
        assert!(said.contains("openssl rand -base64 32"), "{said}");
        assert!(!said.contains("hunter2") && !said.contains(&new), "{said}");
    }
    assert!(!read(&[]).unwrap().http.seal.has_key());
}

#[test]
fn enables_passkeys_only_with_host_name() {
    for (page, host) in [
        (None, None),
        (Some("https://notes.example.com"), Some("notes.example.com")),
        (Some("http://127.0.0.1:8080"), None),
    ] {
        let variables: Vec<_> = page.iter().map(|page| ("PUBLIC_URL", *page)).collect();
        let config = read(&variables).unwrap();
        let passkeys = config.http.passkeys.as_ref();
        let found = passkeys.and_then(notes_service::auth::passkeys::Passkeys::host);
        assert_eq!(found.as_deref(), host, "{page:?}");
    }
}

#[test]
fn rejects_conflicting_and_incomplete_database_settings() {
    let problems = read(&[
        ("DATABASE_URL", "postgres://a@localhost/n"),
        ("DB_HOST", "h"),
    ])
    .unwrap_err();
    assert_eq!(problems.0[0].message, "is set, and so is DB_HOST");
    let problems = read(&[("DB_HOST", "h")]).unwrap_err();
    assert_eq!(problems.0.len(), 3, "{problems}");
}

#[test]
fn matches_readme_table_of_variables() {
    let readme = include_str!("../../README.md");
    assert!(
        readme.contains(&render_markdown()),
        "service/README.md must contain:\n{}",
        render_markdown()
    );
}
