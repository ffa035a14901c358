//! Looks up KMS keys by alias.

use infra_aws::Keys;
use serde::Deserialize;
use serde_json::{Value as JsonValue, json};

use super::{LookupProblem, LookupQuery};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct KeyQuery {
    alias_name: String,
}

/// Returns the ID of the key that an alias refers to.
pub(super) async fn find_key(
    keys: &dyn Keys,
    question: &LookupQuery,
    query: &KeyQuery,
) -> Result<JsonValue, LookupProblem> {
    let mut next = None;
    loop {
        let page = keys.list_aliases(next).await?;
        let mut aliases = page.items.into_iter();
        if let Some(alias) = aliases.find(|alias| alias.name == query.alias_name) {
            return match alias.key {
                Some(key) => Ok(json!({ "keyId": key })),
                None => LookupProblem::reject(format!("the alias `{}` has no key", alias.name)),
            };
        }
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    let otherwise = question.default_value.as_ref();
    match otherwise.and_then(|value| value.get("keyId")) {
        Some(key) => Ok(json!({ "keyId": key })),
        None => LookupProblem::reject(format!("no key has the alias `{}`", query.alias_name)),
    }
}
