//! Tests of the conversion from registry schemas to the model, for a fictitious service with every special case.

use std::path::Path;

use infra_codegen::distill;
use infra_schema::render;

#[track_caller]
fn check(file: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/oddities")
        .join(file);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, actual).expect("the file can be written");
    }
    let expected = std::fs::read_to_string(&path).expect("the file exists");
    assert!(
        actual == expected,
        "{file} differs; see `git diff` after `UPDATE_GOLDEN=1 cargo test`"
    );
}

#[test]
fn distills_model_of_unusual_service() {
    let schemas: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("oddities/schemas.json")).expect("the schemas are JSON");
    let types = distill::convert_schemas(&schemas);
    let text: String = types.iter().map(render::render_resource_type).collect();
    check("model.txt", &text);
}
