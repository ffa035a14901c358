//! Applies `--set key=value`: converts the value to the type in the schema, and refuses unknown keys with the nearest one.

use infra_core::{Diagnostic, codes, find_nearest};
use infra_yaml::{Node, read_yaml};
use serde_json::Value as JsonValue;

use super::document::{self, Document};
use super::path::Path;
use super::schema::Schema;

/// Applies one `--set` to the document.
pub(super) fn apply_setting(
    document: &mut Document,
    schema: &Schema,
    setting: &str,
) -> Result<(), Box<Diagnostic>> {
    let Some((key, value)) = setting.split_once('=') else {
        // A text that is not a key may be a secret, and is not repeated.
        let is_key = schema
            .find_schema(&Path::parse_key(setting.trim()))
            .is_some();
        let message = if is_key {
            format!("`--set {setting}` has no `=`")
        } else {
            "a `--set` option has no `=`".to_owned()
        };
        return Err(Box::new(Diagnostic::new(codes::BAD_SETTING, message).help(
            "write `--set key=value`, such as `--set service.desired_count=3`",
        )));
    };
    let path = Path::parse_key(key.trim());
    if schema.find_schema(&path).is_none() {
        return Err(Box::new(unknown_setting(key.trim(), schema)));
    }
    let origin = setting_origin(key.trim());
    put_setting(document, schema, path, value, origin);
    Ok(())
}

/// Sets the value at a path to a text, converted to the type in the schema.
pub(super) fn put_setting(
    document: &mut Document,
    schema: &Schema,
    path: Path,
    text: &str,
    origin: String,
) {
    let value = parse_value(schema, &path, text);
    path.put_value(&mut document.value, value);
    document.settings.push((path, origin));
}

/// Converts a text to the type in the schema: `3` becomes a number if one is expected, and stays text otherwise.
///
/// A text that fits no type is converted as YAML, so that the message shows it as the user meant it.
fn parse_value(schema: &Schema, path: &Path, text: &str) -> JsonValue {
    let read = read_yaml(text, &document::yaml_rules()).map(Node::into_json);
    let read = read.unwrap_or_else(|_| JsonValue::String(text.to_owned()));
    let fits = |value: &JsonValue| schema.accepts_value(path, value);
    let plain = JsonValue::String(text.to_owned());
    if read.is_null() && fits(&read) {
        return read;
    }
    if fits(&plain) || !fits(&read) && read.is_null() {
        return plain;
    }
    read
}

/// Describes the origin of a value by its key only, since the value may be a secret.
fn setting_origin(key: &str) -> String {
    format!("set by `--set {key}=…`")
}

fn unknown_setting(key: &str, schema: &Schema) -> Diagnostic {
    let known = schema.list_keys();
    let finding = Diagnostic::new(
        codes::BAD_SETTING,
        format!("the configuration has no key `{key}`"),
    )
    .note(setting_origin(key));
    match find_nearest(key, known.iter().map(String::as_str)) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")),
        None => finding.help("the `schema` command prints every key"),
    }
}
