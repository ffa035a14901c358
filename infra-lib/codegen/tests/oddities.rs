//! The Rust text of a made-up service with everything that is hard.
//!
//! `tests/oddities/model.txt` is what the distiller makes of `schemas.json` (its own test holds it
//! to that); `UPDATE_GOLDEN=1 cargo test` rewrites the bindings, which a test of `infra-cfn`
//! compiles and uses.

use std::path::Path;

use infra_schema::{ResourceType, parse};

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

fn types(text: &'static str) -> Vec<ResourceType> {
    parse::split_types(text)
        .map(|(_, lines)| parse::parse_resource_type(lines).expect("the lines follow the format"))
        .collect()
}

#[test]
fn generates_bindings_of_unusual_service() {
    let types = types(include_str!("oddities/model.txt"));
    let types: Vec<&ResourceType> = types.iter().collect();
    let text =
        infra_codegen::emit_module(&types, include_str!("oddities/docs.txt")).expect("no clash");
    check("bindings.rs", &text);
    let names = types.iter().map(|ty| &*ty.name);
    check("kinds.rs", &infra_codegen::emit_kinds(names));
}

#[test]
fn rejects_properties_with_same_rust_name() {
    let types = types("AWS::Odd::Clash\n  FooBar string\n  fooBar string\n");
    let clash = infra_codegen::emit_module(&[&types[0]], "").expect_err("a clash");
    assert_eq!(
        clash.to_string(),
        "AWS::Odd::Clash: two properties named `foo_bar`; decide in the generator's tables"
    );
}

#[test]
fn generates_every_service_without_name_clash() {
    for service in infra_schema::list_services() {
        if let Err(clash) = infra_codegen::emit_service(service, "") {
            panic!("{clash}");
        }
    }
}
