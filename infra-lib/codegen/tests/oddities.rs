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
fn exports_equal_property_types_of_one_service_again() {
    let pair = "#Pair\n  Key! string length=1..9\n  Kind string enum=X,Y\n  Of #Part\n#Part\n  Name string\n";
    let longer = pair.replace("1..9", "1..10");
    let other = pair.replace("string length=1..9", "int");
    let text = format!(
        "AWS::Odd::One\n  A #Pair\n{pair}AWS::Odd::Three\n  A #Pair\n{other}AWS::Odd::Two\n  B [#Pair]\n{longer}"
    );
    let types = types(text.leak());
    let types: Vec<&ResourceType> = types.iter().collect();
    let text = infra_codegen::emit_module(&types, "").expect("no clash");
    // Another type of a member makes another type, another limit does not.
    assert_eq!(text.matches("rt::property_type!").count(), 3, "{text}");
    let module = |name: &str| {
        let start = text.find(&format!("pub mod {name} ")).expect("a module");
        let end = text[start..].find("\n}\n").expect("its end");
        &text[start..start + end]
    };
    let exports = |name: &str| {
        let lines = module(name).lines().map(str::trim);
        let lines = lines.filter(|line| line.starts_with("pub use"));
        lines.collect::<Vec<_>>()
    };
    assert_eq!(exports("one"), [""; 0]);
    assert_eq!(exports("three"), ["pub use super::one::Part;"]);
    assert_eq!(
        exports("two"),
        [
            "pub use super::one::PairKind;",
            "pub use super::one::Pair;",
            "pub use super::one::Part;"
        ]
    );
}

#[test]
fn binds_key_schema_of_tables_to_one_type() {
    let text = infra_codegen::emit_service("dynamodb", "").expect("no clash");
    for line in [
        "pub use self::KeySchemaItem as GlobalSecondaryIndexKeySchema;",
        "pub use self::KeySchemaItemKeyType as GlobalSecondaryIndexKeySchemaKeyType;",
        "pub use super::global_table::KeySchemaItem;",
        "pub use super::global_table::KeySchemaItem as GlobalSecondaryIndexKeySchema;",
    ] {
        assert!(text.contains(line), "{line}");
    }
}

#[test]
fn generates_every_service_without_name_clash() {
    for service in infra_schema::list_services() {
        if let Err(clash) = infra_codegen::emit_service(service, "") {
            panic!("{clash}");
        }
    }
}
