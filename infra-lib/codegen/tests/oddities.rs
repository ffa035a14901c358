//! A made-up service with everything that is hard, from registry schema to Rust.
//!
//! `tests/oddities/` holds what comes out; `UPDATE=1 cargo test` rewrites it. The bindings are
//! compiled and used by a test of `infra-cfn`.

use std::path::Path;

use infra_codegen::distill;
use infra_schema::{ResourceType, render};

fn types() -> Vec<ResourceType> {
    let schemas = serde_json::from_str(include_str!("oddities/schemas.json"));
    let schemas: Vec<serde_json::Value> = schemas.expect("the schemas are JSON");
    distill::several(&schemas)
}

#[track_caller]
fn check(file: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/oddities")
        .join(file);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, actual).expect("the file can be written");
    }
    let expected = std::fs::read_to_string(&path).expect("the file exists");
    assert!(
        actual == expected,
        "{file} differs; see `git diff` after `UPDATE=1 cargo test`"
    );
}

#[test]
fn the_model_of_a_hard_service() {
    let text: String = types().iter().map(render::resource).collect();
    check("model.txt", &text);
}

#[test]
fn the_bindings_of_a_hard_service() {
    let types = types();
    let types: Vec<&ResourceType> = types.iter().collect();
    let text = infra_codegen::module(&types, include_str!("oddities/docs.txt")).expect("no clash");
    check("bindings.rs", &text);
    let names = types.iter().map(|ty| &*ty.name);
    check("kinds.rs", &infra_codegen::kinds(names));
}

#[test]
fn two_properties_of_one_rust_name_are_refused() {
    let schema = serde_json::json!([{
        "typeName": "AWS::Odd::Clash",
        "properties": { "FooBar": { "type": "string" }, "fooBar": { "type": "string" } }
    }]);
    let types = distill::several(schema.as_array().expect("an array"));
    let clash = infra_codegen::module(&[&types[0]], "").expect_err("a clash");
    assert_eq!(
        clash.to_string(),
        "AWS::Odd::Clash: two properties named `foo_bar`; decide in the generator's tables"
    );
}

#[test]
fn no_service_has_a_clash() {
    for service in infra_schema::services() {
        if let Err(clash) = infra_codegen::service(service, "") {
            panic!("{clash}");
        }
    }
}
