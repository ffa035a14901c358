//! Tests of `simulate`: the timeline at two widths, failures, limits, JSON and the drawing.

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use infra_core::{App, CfnResource, Stack};
use insta::assert_snapshot;
use serde_json::json;
use tempfile::TempDir;

use crate::json_schema::conforming;
use crate::support::RunApp as _;

/// An app with a database in one zone and a service.
fn build(app: &App, class: &str, cpu: &str) {
    let data = Stack::new(app, "Data");
    let database = json!({ "Engine": "postgres", "DBInstanceClass": class, "MultiAZ": false });
    CfnResource::new(data, "Database", "AWS::RDS::DBInstance", database);
    let web = Stack::new(app, "Web");
    let task = json!({ "Family": "web", "Cpu": cpu });
    let task = CfnResource::new(web, "Task", "AWS::ECS::TaskDefinition", task);
    let service = json!({ "TaskDefinition": "web", "DesiredCount": 2, "PlatformVersion": cpu });
    let service = CfnResource::new(web, "Service", "AWS::ECS::Service", service);
    service.depends_on(task);
}

fn before(app: &App) {
    build(app, "db.t4g.small", "256");
}

fn after(app: &App) {
    build(app, "db.t4g.large", "512");
}

/// Simulates the change from one variant to the other.
fn simulate(columns: usize, arguments: &[&str]) -> Outcome {
    let folder = TempDir::new().unwrap();
    let old = folder.path().join("old");
    let old = old.to_str().unwrap();
    let written = Invocation::new(["synth", "--out", old])
        .directory(env!("CARGO_MANIFEST_DIR"))
        .run_simple(before);
    assert_eq!(written.exit_code, ExitCode::Ok, "{}", written.stderr);
    let words = ["simulate", "--against", old];
    Invocation::new(words.iter().chain(arguments).copied())
        .directory(env!("CARGO_MANIFEST_DIR"))
        .columns(columns)
        .run_simple(after)
}

#[test]
fn draws_timeline_at_the_width_of_the_terminal() {
    for columns in [80, 60] {
        let outcome = simulate(columns, &[]);
        assert_eq!(outcome.exit_code, ExitCode::Ok, "{}", outcome.stderr);
        assert_snapshot!(format!("simulate_{columns}"), outcome.stdout);
    }
}

#[test]
fn plays_failures() {
    assert_snapshot!(
        "simulate_fail",
        simulate(80, &["--fail", "Web/Service"]).stdout
    );
    let each = simulate(80, &["--fail-each"]).stdout;
    assert!(
        each.contains("Data/Database: UPDATE_ROLLBACK_COMPLETE"),
        "{each}"
    );
    let wrong = simulate(80, &["--fail", "Web/Servce"]);
    assert_eq!(wrong.exit_code, ExitCode::Error);
    assert!(
        wrong.stderr.contains("did you mean `Web/Service`?"),
        "{}",
        wrong.stderr
    );
}

#[test]
fn refuses_interruptions_that_are_not_allowed() {
    let outcome = simulate(80, &["--allow", "brief"]);
    assert_eq!(outcome.exit_code, ExitCode::Blocked);
    assert!(outcome.stderr.contains("INF7603"), "{}", outcome.stderr);
    let selected = simulate(80, &["--allow", "none", "--stack", "Web"]);
    assert_eq!(selected.exit_code, ExitCode::Ok, "{}", selected.stderr);
}

#[test]
fn prints_json_and_markdown_and_draws() {
    let json = conforming("simulate", &simulate(80, &["--json", "--fail-each"]).stdout);
    assert_eq!(json["interruption"], "outage");
    assert_eq!(json["failures"].as_array().unwrap().len(), 4);
    let comment = simulate(80, &["--markdown"]).stdout;
    assert!(comment.contains("**Availability: an outage"), "{comment}");
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("film.svg");
    let drawn = simulate(80, &["--svg", file.to_str().unwrap()]);
    assert_eq!(drawn.exit_code, ExitCode::Ok, "{}", drawn.stderr);
    assert_snapshot!("simulate_svg", std::fs::read_to_string(&file).unwrap());
}
