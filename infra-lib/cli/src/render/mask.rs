//! Masks values that may be secrets before a review is rendered, so that renderers need no checks of their own.

use infra_template::review::PropertyDrift;
use infra_template::review::{PropertyChange, Review, SectionChange};
use serde_json::{Map as JsonMap, Value as JsonValue};

const BEFORE: &str = "(secret)";
const AFTER: &str = "(secret, changed)";

/// Suffixes of names that identify or describe a secret without containing it.
const HARMLESS: [&str; 14] = [
    "arn",
    "arns",
    "characters",
    "enabled",
    "expiration",
    "id",
    "key",
    "keyid",
    "length",
    "name",
    "policy",
    "type",
    "validity",
    "valuefrom",
];

/// Returns the review with literal values of secret-sounding names masked, and the defaults of `NoEcho` parameters. A dynamic reference only names a
/// secret and is kept.
pub(crate) fn mask_review(review: &Review) -> Review {
    let mut review = review.clone();
    for stack in &mut review.stacks {
        let properties = stack.resources.iter_mut().flat_map(|r| &mut r.properties);
        properties.for_each(mask_property);
        stack.sections.iter_mut().for_each(mask_section);
    }
    review
}

fn mask_property(property: &mut PropertyChange) {
    let secret = path_is_secret(&property.path);
    mask_pair(secret, &mut property.before, &mut property.after);
    if let Some(PropertyDrift {
        previous, actual, ..
    }) = &mut property.drift
        && secret
    {
        for value in [previous, actual].into_iter().flatten() {
            BEFORE.clone_into(value);
        }
    }
}

fn mask_section(change: &mut SectionChange) {
    let entries = [&mut change.before, &mut change.after];
    if change.section == "Parameters" {
        let no_echo = entries
            .iter()
            .any(|entry| entry.as_ref().is_some_and(is_no_echo));
        for entry in entries.into_iter().flatten() {
            let secret = no_echo || is_secret(&change.name);
            if let Some(default) = entry.get_mut("Default").filter(|_| secret) {
                *default = BEFORE.into();
            }
        }
        return;
    }
    let secret = is_secret(&change.name);
    for entry in entries.into_iter().flatten() {
        match entry.get_mut("Value") {
            Some(value) => mask_value(value, secret),
            None => mask_value(entry, secret),
        }
    }
}

fn is_no_echo(parameter: &JsonValue) -> bool {
    parameter["NoEcho"] == true || parameter["NoEcho"] == "true"
}

fn mask_pair(secret: bool, before: &mut Option<JsonValue>, after: &mut Option<JsonValue>) {
    let changed = before.is_some() && before != after;
    for value in [&mut *before, &mut *after].into_iter().flatten() {
        mask_value(value, secret);
    }
    if changed
        && let Some(after) = after
        && after == BEFORE
    {
        *after = AFTER.into();
    }
}

/// Returns true if the value at a path has a secret-sounding name: its own key, or the name of the list entry that contains it.
fn path_is_secret(path: &str) -> bool {
    let (parent, last) = path.rsplit_once('.').unwrap_or(("", path));
    let entry = parent
        .rsplit_once('[')
        .and_then(|(_, entry)| entry.strip_suffix(']')?.split_once('='))
        .map(|(_, name)| name);
    match (last, entry) {
        ("Value", Some(name)) => is_secret(name),
        _ => is_secret(last.trim_matches(['[', ']', '"'])),
    }
}

/// Returns the value at a path of a document, with secrets masked.
pub(crate) fn masked_value(
    document: &JsonMap<String, JsonValue>,
    path: &[String],
    value: &JsonValue,
) -> JsonValue {
    let mut value = value.clone();
    mask_value(&mut value, position_is_secret(document, path));
    value
}

/// Returns true if a key of the path has a secret-sounding name, or the list entry whose value the path leads to.
fn position_is_secret(document: &JsonMap<String, JsonValue>, path: &[String]) -> bool {
    let Some((first, rest)) = path.split_first() else {
        return false;
    };
    let mut secret = is_secret(first);
    let mut at = document.get(first);
    for piece in rest {
        if let Some(map) = at.and_then(JsonValue::as_object) {
            let entry = ["Name", "Key"]
                .iter()
                .find_map(|key| map.get(*key)?.as_str());
            secret |= is_secret(piece) || piece == "Value" && entry.is_some_and(is_secret);
        }
        at = match at {
            Some(JsonValue::Object(map)) => map.get(piece),
            Some(JsonValue::Array(items)) => piece.parse().ok().and_then(|at: usize| items.get(at)),
            _ => None,
        };
    }
    secret
}

fn is_secret(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let is_key = ["apikey", "api_key", "privatekey", "private_key"]
        .iter()
        .any(|key| lower.ends_with(key));
    Review::is_secret_name(name) && (is_key || !HARMLESS.iter().any(|end| lower.ends_with(end)))
}

/// Masks literal text and numbers. References, booleans and containers are kept; values inside containers are masked by their own names.
fn mask_value(value: &mut JsonValue, secret: bool) {
    match value {
        JsonValue::String(text) if secret && !is_dynamic_reference(text) => {
            BEFORE.clone_into(text);
        }
        JsonValue::Number(_) if secret => *value = BEFORE.into(),
        JsonValue::Array(items) => items.iter_mut().for_each(|item| mask_value(item, secret)),
        JsonValue::Object(map) => {
            let reference = map.len() == 1
                && map
                    .keys()
                    .all(|key| key == "Ref" || key.starts_with("Fn::"));
            if reference {
                return;
            }
            let entry = ["Name", "Key"]
                .iter()
                .find_map(|key| map.get(*key)?.as_str())
                .is_some_and(is_secret);
            for (key, inner) in map.iter_mut() {
                let named = is_secret(key) || entry && key == "Value";
                mask_value(inner, named);
            }
        }
        _ => {}
    }
}

/// Returns true if the whole text is one dynamic reference, so that it cannot contain a secret.
fn is_dynamic_reference(text: &str) -> bool {
    text.strip_prefix("{{resolve:")
        .and_then(|rest| rest.strip_suffix("}}"))
        .is_some_and(|inner| !inner.contains("}}"))
}

#[cfg(test)]
mod tests {
    use infra_template::review::PropertyChange;
    use serde_json::{Value as JsonValue, json};

    use super::{is_secret, mask_property, masked_value};

    fn shown(path: &str, before: JsonValue, after: JsonValue) -> (JsonValue, JsonValue) {
        let mut change = PropertyChange::builder()
            .path(path)
            .before(before)
            .after(after)
            .build();
        mask_property(&mut change);
        (change.before.unwrap(), change.after.unwrap())
    }

    #[test]
    fn masks_literal_secrets_at_any_path() {
        for (path, before, after) in [
            ("Properties.MasterUserPassword", json!("a"), json!("b")),
            (
                "Properties.Environment.Variables.API_TOKEN",
                json!("a"),
                json!("b"),
            ),
            (
                "Properties.Containers[Name=api].Environment[Name=DB_PASSWORD].Value",
                json!("a"),
                json!("b"),
            ),
        ] {
            let (before, after) = shown(path, before, after);
            assert_eq!(
                (before, after),
                (json!("(secret)"), json!("(secret, changed)")),
                "{path}"
            );
        }
        let list = |value: &str| json!([{ "Name": "CLIENT_SECRET", "Value": value }, { "Name": "A", "Value": "1" }]);
        let (before, _) = shown("Properties.Environment", list("a"), list("b"));
        assert_eq!(before, list("(secret)"));
    }

    #[test]
    fn masks_value_by_document_path() {
        let document = json!({ "Resources": { "Api": { "Properties": {
            "MasterUserPassword": "x",
            "Environment": [{ "Name": "DB_PASSWORD", "Value": "x" }, { "Name": "A", "Value": "x" }],
        } } } });
        let document = document.as_object().unwrap();
        let shown = |path: &str| {
            let path: Vec<String> = path.split('/').map(str::to_owned).collect();
            masked_value(document, &path, &json!("x"))
        };
        let place = "Resources/Api/Properties";
        assert_eq!(shown(&format!("{place}/MasterUserPassword")), "(secret)");
        assert_eq!(shown(&format!("{place}/Environment/0/Value")), "(secret)");
        assert_eq!(shown(&format!("{place}/Environment/1/Value")), "x");
    }

    #[test]
    fn keeps_secret_references_switches_and_names() {
        for (path, value) in [
            ("Properties.ManageMasterUserPassword", json!(true)),
            (
                "Properties.MasterUserPassword",
                json!("{{resolve:secretsmanager:db:SecretString:password}}"),
            ),
            (
                "Properties.MasterUserPassword",
                json!({ "Ref": "Password" }),
            ),
            ("Properties.SecretArn", json!("arn:aws:secretsmanager:x")),
            ("Properties.PasswordLength", json!(32)),
        ] {
            assert_eq!(shown(path, value.clone(), value.clone()).0, value, "{path}");
        }
        assert!(is_secret("PrivateKey") && is_secret("STRIPE_API_KEY") && !is_secret("TokenKeyId"));
    }
}
