//! The IAM action catalogue: one line per service.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;

/// The catalogue file.
///
/// The source has actions in lower case; the permissions that resource handlers need, in the
/// registry schemas, show the usual spelling of many.
pub(super) fn catalogue(policies: &Value, schemas: &BTreeMap<String, Value>) -> String {
    let mut spelled: BTreeMap<String, &str> = BTreeMap::new();
    for schema in schemas.values() {
        for handler in schema["handlers"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(_, handler)| handler)
        {
            for action in handler["permissions"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
            {
                let usual = action.contains(|c: char| c.is_ascii_uppercase())
                    && !action.contains(['*', ' ']);
                if usual {
                    spelled.entry(action.to_lowercase()).or_insert(action);
                }
            }
        }
    }
    let mut out =
        String::from("; Written by scripts/schema-update: IAM actions, by service prefix.\n");
    for (service, entry) in policies.as_object().into_iter().flatten() {
        let names: BTreeSet<&String> = entry["Actions"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name)
            .collect();
        if names.is_empty() {
            continue;
        }
        let _ = write!(out, "{service}:");
        for name in names {
            let usual = spelled.get(&format!("{service}:{name}"));
            let name = usual
                .and_then(|action| action.split_once(':'))
                .map_or(&**name, |(_, name)| name);
            let _ = write!(out, " {name}");
        }
        out.push('\n');
    }
    out
}
