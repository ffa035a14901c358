//! Resources of IAM actions, and condition keys of services.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use super::{Failure, read_json_file};

/// The service authorization reference, by service prefix.
pub(super) struct Reference {
    /// Files `actions/<service>.json`.
    actions: BTreeMap<String, Value>,
    /// Files `resourceTypes/<service>.json`.
    resources: BTreeMap<String, Value>,
    /// Condition keys of all services.
    keys: BTreeSet<String>,
}

/// Reads the package's folder `data`.
pub(super) fn read_reference(folder: &Path) -> Result<Reference, Failure> {
    let (actions, resources) = (
        read_folder(&folder.join("actions"))?,
        read_folder(&folder.join("resourceTypes"))?,
    );
    let mut keys = BTreeSet::new();
    for file in read_folder(&folder.join("conditionKeys"))?.values() {
        let entries = file.as_object().into_iter().flatten();
        keys.extend(entries.filter_map(|(_, entry)| Some(entry["key"].as_str()?.to_owned())));
    }
    Ok(Reference {
        actions,
        resources,
        keys,
    })
}

/// Returns the JSON files of a folder by their names without the ending.
fn read_folder(folder: &Path) -> Result<BTreeMap<String, Value>, Failure> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| Failure::from_file_error(folder, error))?;
    let mut found = BTreeMap::new();
    for entry in entries {
        let path = entry
            .map_err(|error| Failure::from_file_error(folder, error))?
            .path();
        if let Some(name) = path.file_stem().and_then(|name| name.to_str()) {
            found.insert(name.to_owned(), read_json_file(&path)?);
        }
    }
    Ok(found)
}

/// Returns the file with the resources of actions and the condition keys. `policies` lists the actions of the catalogue.
pub(super) fn render_services(policies: &Value, reference: &Reference) -> String {
    let mut out = String::from(
        "//! The resources of IAM's actions and the condition keys of services; written by `scripts/schema-update`.\n\n\
         /// Prefix of each service, patterns of its ARNs, sets of patterns, and the set of each action in the order of the actions in `iam_actions.rs`.\n\
         /// A set is `_` if the action takes no resource; an action is `-` if its resources are not known. In a pattern, `*` is any text and `#` any text\n\
         /// without `/`.\n\
         #[rustfmt::skip]\n\
         pub(crate) static RESOURCES: &[(&str, &str, &str, &str)] = &[\n",
    );
    for (service, entry) in policies.as_object().into_iter().flatten() {
        let names = entry["Actions"].as_object().into_iter().flatten();
        let names: BTreeSet<&String> = names.map(|(name, _)| name).collect();
        let known = reference.actions.get(service);
        if let Some(known) = known.filter(|_| !names.is_empty()) {
            let [arns, sets, actions] = render_actions(&names, known, service, reference);
            let _ = writeln!(out, "    ({service:?}, {arns:?}, {sets:?}, {actions:?}),");
        }
    }
    out.push_str("];\n\n");
    out.push_str(
        "/// Prefix of condition keys with the rest of each key, separated by spaces; both sorted, keys without regard to case. `*` is any text.\n\
         #[rustfmt::skip]\n\
         pub(crate) static CONDITION_KEYS: &[(&str, &str)] = &[\n",
    );
    for (prefix, keys) in group_keys(&reference.keys) {
        let _ = writeln!(out, "    ({prefix:?}, {keys:?}),");
    }
    out.push_str("];\n");
    out
}

/// Returns the patterns of ARNs, the sets of patterns, and the set of each action.
fn render_actions(
    names: &BTreeSet<&String>,
    known: &Value,
    service: &str,
    reference: &Reference,
) -> [String; 3] {
    let types = reference.resources.get(service);
    let mut arns: Vec<String> = Vec::new();
    let mut sets: Vec<String> = Vec::new();
    let mut of_actions: Vec<String> = Vec::new();
    for name in names {
        let action = &known[name.as_str()];
        let Some(resources) = action["resourceTypes"].as_array() else {
            of_actions.push("-".to_owned());
            continue;
        };
        let patterns = resources.iter().map(|resource| {
            let name = resource["name"].as_str()?.to_lowercase();
            let arn = types?.get(&name)?["arn"].as_str()?;
            Some(shorten_arn(arn))
        });
        // An action with a type whose ARN is not known has unknown resources.
        let Some(patterns) = patterns.collect::<Option<BTreeSet<String>>>() else {
            of_actions.push("-".to_owned());
            continue;
        };
        let places = patterns.into_iter().map(|arn| place_of(&mut arns, arn));
        let places: BTreeSet<usize> = places.collect();
        let places: Vec<String> = places.iter().map(usize::to_string).collect();
        let set = if places.is_empty() {
            "_".to_owned()
        } else {
            places.join(",")
        };
        of_actions.push(place_of(&mut sets, set).to_string());
    }
    [arns.join(" "), sets.join(" "), of_actions.join(" ")]
}

/// Returns the position of a text in a list, to which it is added if it is not there.
fn place_of(list: &mut Vec<String>, text: String) -> usize {
    list.iter()
        .position(|known| *known == text)
        .unwrap_or_else(|| {
            list.push(text);
            list.len() - 1
        })
}

/// Returns an ARN with `*` for its variables. Only the name of a bucket is known to contain no `/`.
fn shorten_arn(arn: &str) -> String {
    shorten(&arn.replace("s3:::${BucketName}", "s3:::#"))
}

/// Replaces `${Variable}` and `<variable>` by `*`.
fn shorten(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(start) = rest.find(['$', '<']) {
        let end = rest[start..].find(['}', '>']).map(|end| start + end + 1);
        let Some(end) = end else { break };
        out.push_str(&rest[..start]);
        if !out.ends_with('*') {
            out.push('*');
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Returns the keys of each prefix, without the prefix. The keys of identity providers have the host as prefix, which no table lists in whole.
fn group_keys(keys: &BTreeSet<String>) -> BTreeMap<String, String> {
    let mut groups: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for key in keys {
        if let Some((prefix, name)) = key.split_once(':')
            && !prefix.contains(['.', '$', '/'])
        {
            let of_prefix = groups.entry(prefix.to_lowercase()).or_default();
            let name = shorten(name);
            of_prefix.insert(name.to_lowercase(), name);
        }
    }
    let lists = groups.into_iter().map(|(prefix, names)| {
        let names: Vec<String> = names.into_values().collect();
        (prefix, names.join(" "))
    });
    lists.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use serde_json::json;

    use super::{Reference, render_services, shorten, shorten_arn};

    #[test]
    fn shortens_variables() {
        assert_eq!(
            shorten_arn("arn:${Partition}:s3:::${BucketName}/${ObjectName}"),
            "arn:*:s3:::#/*"
        );
        assert_eq!(shorten("ResourceTag/${TagKey}"), "ResourceTag/*");
        assert_eq!(shorten("ExistingObjectTag/<key>"), "ExistingObjectTag/*");
        assert_eq!(shorten("a${"), "a${");
    }

    #[test]
    fn writes_sets_in_order_of_actions() {
        let of = |value| BTreeMap::from([("s3".to_owned(), value)]);
        let reference = Reference {
            actions: of(json!({
                "getobject": { "resourceTypes": [{ "name": "object" }] },
                "listallmybuckets": { "resourceTypes": [] },
                "odd": { "resourceTypes": [{ "name": "nothing" }] },
            })),
            resources: of(
                json!({ "object": { "arn": "arn:${Partition}:s3:::${BucketName}/${ObjectName}" } }),
            ),
            keys: ["s3:prefix", "s3:ExistingObjectTag/<key>", "gitlab.com:sub"]
                .map(str::to_owned)
                .into_iter()
                .collect::<BTreeSet<_>>(),
        };
        let policies = json!({ "s3": { "Actions": { "listallmybuckets": {}, "getobject": {}, "newer": {}, "odd": {} } }, "a2c": { "Actions": { "x": {} } } });
        let text = render_services(&policies, &reference);
        assert!(
            text.contains("    (\"s3\", \"arn:*:s3:::#/*\", \"0 _\", \"0 1 - -\"),\n]"),
            "{text}"
        );
        assert!(
            text.contains("    (\"s3\", \"ExistingObjectTag/* prefix\"),\n]"),
            "{text}"
        );
    }
}
