//! Checks that the program writes lines of `--json` that match the committed schema.

use serde_json::json;

use crate::json_schema::problems;

#[test]
fn rejects_malformed_events_by_schema() {
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
