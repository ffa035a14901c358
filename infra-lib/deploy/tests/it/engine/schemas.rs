//! Checks that the committed JSON schemas of plan files and approval files match the types of the library.

use std::path::Path;

use infra_deploy::deploy::Approvals;
use infra_deploy::plan::PlanRecord;

fn check(name: &str, schema: &schemars::Schema) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../schemas")
        .join(name);
    let text = format!("{:#}\n", schema.as_value());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "schemas/{name} is stale: run `UPDATE=1 cargo test -p infra-deploy --test it schemas`"
    );
}

#[test]
fn matches_committed_json_schemas() {
    check("plan.schema.json", &schemars::schema_for!(PlanRecord));
    check("approvals.schema.json", &schemars::schema_for!(Approvals));
}
