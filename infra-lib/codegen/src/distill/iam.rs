//! Catalogue of IAM actions: one sorted line per service.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;

/// Returns the catalogue file.
///
/// The source has actions in lower case. The permissions of resource handlers in the registry schemas have the usual
/// spelling of many.
pub(super) fn render_catalogue(policies: &Value, schemas: &BTreeMap<String, Value>) -> String {
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
    let mut lines = BTreeMap::new();
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
        let mut line = String::new();
        for name in names {
            let usual = spelled.get(&format!("{service}:{name}"));
            let name = usual
                .and_then(|action| action.split_once(':'))
                .map_or(&**name, |(_, name)| name);
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(name);
        }
        lines.insert(service, line);
    }
    // A table for the compiler; a file of half a megabyte would be parsed at every synthesis.
    let mut out = String::from(
        "//! The actions of IAM, by service prefix; written by `scripts/schema-update`.\n\n\
         /// Prefix of each service with its actions, separated by spaces; both sorted, actions without regard to case.\n\
         #[rustfmt::skip]\n\
         pub(crate) static ACTIONS: &[(&str, &str)] = &[\n",
    );
    for (service, actions) in lines {
        let _ = writeln!(out, "    ({service:?}, {actions:?}),");
    }
    out.push_str("];\n");
    out
}
