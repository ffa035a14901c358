//! Any text as a template, in JSON or YAML: read, searched for references, digested, written as Rust.

#![no_main]

use infra_codegen::convert::{Form, Options, source};
use infra_core::template::references;
use infra_template::{Template, comments};
use libfuzzer_sys::fuzz_target;
use serde_json::Value as JsonValue;

fuzz_target!(|text: &str| {
    let Ok(template) = Template::parse(text) else {
        return;
    };
    for resource in template.resources() {
        for value in resource.entry.values() {
            let _ = references(value);
        }
    }
    // What was read can be written and is read as the same again.
    let again = Template::parse(&template.json()).expect("our own JSON is a template");
    // The reader of JSON may be off by the last bit of a fraction, so those are left out.
    if !template.document().values().any(has_fraction) {
        assert!(again.compute_digest() == template.compute_digest(), "the digest changed");
    }
    let mut options = Options::new("Fuzz", "fuzz.yaml", Form::Module);
    options.comments = comments(text);
    let _ = source(template.document(), &options);
});

fn has_fraction(json: &JsonValue) -> bool {
    match json {
        JsonValue::Number(number) => number.is_f64(),
        JsonValue::Array(items) => items.iter().any(has_fraction),
        JsonValue::Object(entries) => entries.values().any(has_fraction),
        _ => false,
    }
}
