//! The committed schema of `--json` is what the program writes by.

use std::path::Path;

use serde_json::json;

use crate::json_schema::problems;

#[test]
fn the_schema_of_events_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/events.schema.json");
    let text = format!("{:#}\n", infra_cli::events_schema());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "schemas/events.schema.json is stale: run `UPDATE=1 cargo test -p infra-cli schema_of_events`"
    );
}

#[test]
fn the_schema_tells_a_line_from_what_is_none() {
    let schema = infra_cli::events_schema();
    let line = json!({
        "v": 1, "ts": "2026-11-22T10:00:00Z", "type": "stack_started",
        "stack": "web", "operation": "deploy", "total": 3,
    });
    assert_eq!(problems(&schema, &line), Vec::<String>::new());
    for (key, value) in [
        ("v", json!(2)),
        ("ts", json!(7)),
        ("type", json!("stack_exploded")),
        ("total", json!("three")),
        ("stack", json!(null)),
    ] {
        let mut other = line.clone();
        other[key] = value;
        assert_ne!(problems(&schema, &other), Vec::<String>::new(), "{other}");
    }
}
