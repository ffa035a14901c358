//! Permissions of resource handlers: one sorted line per resource type.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;

/// Handlers in the order of the columns; the permissions for tags follow.
const HANDLERS: [&str; 5] = ["create", "read", "update", "delete", "list"];

/// Returns the file of permissions: the type, and a column per handler, separated by `|`.
///
/// An action after another one of its service is written without the service. A type whose schema declares no handler is left out.
pub(super) fn render_permissions(schemas: &BTreeMap<String, Value>) -> String {
    let mut out = String::new();
    for (name, schema) in schemas {
        let mut columns: Vec<String> = HANDLERS
            .iter()
            .map(|handler| join_actions(&schema["handlers"][handler]["permissions"]))
            .collect();
        if columns.iter().all(String::is_empty) {
            continue;
        }
        columns.push(join_actions(&schema["tagging"]["permissions"]));
        let _ = writeln!(out, "{name}|{}", columns.join("|"));
    }
    out
}

fn join_actions(permissions: &Value) -> String {
    let actions: BTreeSet<(&str, &str)> = permissions
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .filter_map(|action| action.trim().split_once(':'))
        .collect();
    let mut text = String::new();
    let mut service = "";
    for (prefix, name) in actions {
        if !text.is_empty() {
            text.push(' ');
        }
        if prefix != service {
            let _ = write!(text, "{prefix}:");
            service = prefix;
        }
        text.push_str(name);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::render_permissions;

    #[test]
    fn writes_a_service_once_and_leaves_out_types_without_handlers() {
        let schemas = BTreeMap::from([
            ("AWS::A::None".to_owned(), json!({"handlers": {}})),
            (
                "AWS::B::Thing".to_owned(),
                json!({
                    "handlers": {
                        "create": {"permissions": ["kms:Decrypt", "b:Put", "b:Get", "b:Put", ""]},
                        "read": {"permissions": ["b:Get"]},
                    },
                    "tagging": {"permissions": ["b:Tag"]},
                }),
            ),
        ]);
        assert_eq!(
            render_permissions(&schemas),
            "AWS::B::Thing|b:Get Put kms:Decrypt|b:Get||||b:Tag\n"
        );
    }
}
