//! Compares two JSON values. Keys may be in any order, and list elements are matched by an identifying member.

use std::collections::BTreeSet;

use serde_json::Value as JsonValue;

use super::path::{Path, Step};

/// A difference between two values at a path.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Difference {
    pub(super) path: Path,
    /// The old value, or `None` if the value is added.
    pub(super) before: Option<JsonValue>,
    /// The new value, or `None` if the value is removed.
    pub(super) after: Option<JsonValue>,
}

/// Members that identify the elements of a list, in order of preference.
const IDENTITIES: [&str; 10] = [
    "Key",
    "Name",
    "Sid",
    "Id",
    "PolicyName",
    "ContainerName",
    "AttributeName",
    "IndexName",
    "DeviceName",
    "LogicalId",
];

/// Number of comparisons above which lists are compared by position.
const MOST_COMPARISONS: usize = 250_000;

/// Returns `true` if two values are equal to CloudFormation, which does not distinguish `80` from `"80"`, or the two forms of `Fn::GetAtt`.
pub(super) fn is_same_value(one: &JsonValue, other: &JsonValue) -> bool {
    match (one, other) {
        (JsonValue::Object(one), JsonValue::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| {
                    other.get(key).is_some_and(|other| {
                        if key == "Fn::GetAtt" {
                            dotted_name(value) == dotted_name(other)
                        } else {
                            is_same_value(value, other)
                        }
                    })
                })
        }
        (JsonValue::Array(one), JsonValue::Array(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| is_same_value(one, other))
        }
        _ => match (scalar_text(one), scalar_text(other)) {
            (Some(one), Some(other)) => one == other,
            _ => one == other,
        },
    }
}

/// Returns the differences between two values, in an order that does not depend on the order of keys.
pub(super) fn find_differences(
    before: &JsonValue,
    after: &JsonValue,
    path: &Path,
) -> Vec<Difference> {
    let mut found = Vec::new();
    walk_values(before, after, path, &mut found);
    found
}

/// Returns `true` for a call of an intrinsic function, which is compared as a whole.
pub(super) fn is_intrinsic(value: &JsonValue) -> bool {
    let Some(map) = value.as_object().filter(|map| map.len() == 1) else {
        return false;
    };
    map.keys()
        .all(|key| key == "Ref" || key == "Condition" || key.starts_with("Fn::"))
}

fn scalar_text(value: &JsonValue) -> Option<String> {
    match value {
        JsonValue::String(text) => Some(text.clone()),
        JsonValue::Bool(_) | JsonValue::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

/// Returns the argument of `Fn::GetAtt` as `Resource.Attribute`. A computed argument is returned as JSON text.
fn dotted_name(argument: &JsonValue) -> String {
    let parts = argument.as_array().map(|parts| {
        let parts = parts.iter().map(|part| match part.as_str() {
            Some(text) => text.to_owned(),
            None => part.to_string(),
        });
        parts.collect::<Vec<_>>().join(".")
    });
    parts.unwrap_or_else(|| scalar_text(argument).unwrap_or_default())
}

fn walk_values(before: &JsonValue, after: &JsonValue, path: &Path, found: &mut Vec<Difference>) {
    if is_same_value(before, after) {
        return;
    }
    match (before, after) {
        (JsonValue::Object(old), JsonValue::Object(new))
            if !is_intrinsic(before) && !is_intrinsic(after) =>
        {
            let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
            for key in keys {
                compare_optional(old.get(key), new.get(key), &path.join_key(key), found);
            }
        }
        (JsonValue::Array(old), JsonValue::Array(new)) => compare_lists(old, new, path, found),
        _ => push_difference(Some(before), Some(after), path, found),
    }
}

fn compare_optional(
    before: Option<&JsonValue>,
    after: Option<&JsonValue>,
    path: &Path,
    found: &mut Vec<Difference>,
) {
    match (before, after) {
        (Some(before), Some(after)) => walk_values(before, after, path, found),
        _ => push_difference(before, after, path, found),
    }
}

fn push_difference(
    before: Option<&JsonValue>,
    after: Option<&JsonValue>,
    path: &Path,
    found: &mut Vec<Difference>,
) {
    found.push(Difference {
        path: path.clone(),
        before: before.cloned(),
        after: after.cloned(),
    });
}

fn compare_lists(
    before: &[JsonValue],
    after: &[JsonValue],
    path: &Path,
    found: &mut Vec<Difference>,
) {
    let Some(by) = identity_key(before, after) else {
        return compare_aligned(before, after, path, found);
    };
    let names = |list: &[JsonValue]| -> Vec<String> {
        list.iter().filter_map(|e| scalar_text(&e[by])).collect()
    };
    let (old, new) = (names(before), names(after));
    let start = found.len();
    let position = |list: &[String], name: &String| list.iter().position(|other| other == name);
    for (at, name) in old.iter().enumerate() {
        let step = Step::Element {
            by,
            name: name.clone(),
        };
        let now = position(&new, name).map(|at| &after[at]);
        compare_optional(Some(&before[at]), now, &path.join_step(step), found);
    }
    for (at, name) in new.iter().enumerate() {
        if !old.contains(name) {
            let step = Step::Element {
                by,
                name: name.clone(),
            };
            compare_optional(None, Some(&after[at]), &path.join_step(step), found);
        }
    }
    if found.len() == start {
        // Only the order differs, which CloudFormation treats as a change.
        let texts = |names: Vec<String>| names.into_iter().map(JsonValue::String).collect();
        let (old, new) = (JsonValue::Array(texts(old)), JsonValue::Array(texts(new)));
        push_difference(Some(&old), Some(&new), path, found);
    }
}

/// Returns the member that identifies every element of both lists uniquely.
pub(super) fn identity_key(before: &[JsonValue], after: &[JsonValue]) -> Option<&'static str> {
    let names_all = |list: &[JsonValue], key: &str| {
        let names: Option<BTreeSet<String>> =
            list.iter().map(|e| scalar_text(e.get(key)?)).collect();
        names.is_some_and(|names| names.len() == list.len())
    };
    if before.is_empty() && after.is_empty() {
        return None;
    }
    IDENTITIES
        .into_iter()
        .find(|key| names_all(before, key) && names_all(after, key))
}

/// Compares lists without identifying members: common elements stay, the others are paired in order.
fn compare_aligned(
    before: &[JsonValue],
    after: &[JsonValue],
    path: &Path,
    found: &mut Vec<Difference>,
) {
    let mut common = common_positions(before, after);
    common.push((before.len(), after.len()));
    let (mut old, mut new) = (0, 0);
    for (next_old, next_new) in common {
        let (gone, come) = (&before[old..next_old], &after[new..next_new]);
        for at in 0..gone.len().max(come.len()) {
            let index = if at < come.len() { new + at } else { old + at };
            let path = path.join_step(Step::Index(index));
            compare_optional(gone.get(at), come.get(at), &path, found);
        }
        (old, new) = (next_old + 1, next_new + 1);
    }
}

/// Returns the longest common subsequence as pairs of positions.
fn common_positions(before: &[JsonValue], after: &[JsonValue]) -> Vec<(usize, usize)> {
    if before.len() * after.len() > MOST_COMPARISONS {
        let positions = 0..before.len().min(after.len());
        return positions
            .filter(|&at| is_same_value(&before[at], &after[at]))
            .map(|at| (at, at))
            .collect();
    }
    let width = after.len() + 1;
    let mut longest = vec![0_usize; (before.len() + 1) * width];
    for old in (0..before.len()).rev() {
        for new in (0..after.len()).rev() {
            longest[old * width + new] = if is_same_value(&before[old], &after[new]) {
                longest[(old + 1) * width + new + 1] + 1
            } else {
                longest[(old + 1) * width + new].max(longest[old * width + new + 1])
            };
        }
    }
    let (mut old, mut new, mut pairs) = (0, 0, Vec::new());
    while old < before.len() && new < after.len() {
        if is_same_value(&before[old], &after[new]) {
            pairs.push((old, new));
            (old, new) = (old + 1, new + 1);
        } else if longest[(old + 1) * width + new] >= longest[old * width + new + 1] {
            old += 1;
        } else {
            new += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as JsonValue, json};

    use super::{find_differences, is_same_value};
    use crate::diff::path::Path;

    /// Returns the differences as lines of the form `path: before -> after`.
    fn render_differences(before: &JsonValue, after: &JsonValue) -> Vec<String> {
        let text = |value: Option<JsonValue>| value.map_or("-".to_owned(), |v| v.to_string());
        find_differences(before, after, &Path::default())
            .into_iter()
            .map(|d| format!("{}: {} -> {}", d.path, text(d.before), text(d.after)))
            .collect()
    }

    #[test]
    fn treats_equivalent_values_as_same() {
        for (one, other) in [
            (json!({ "a": 1, "b": 2 }), json!({ "b": 2, "a": 1 })),
            (json!("80"), json!(80)),
            (json!("true"), json!(true)),
            (
                json!({ "Fn::GetAtt": "Database.Endpoint.Address" }),
                json!({ "Fn::GetAtt": ["Database", "Endpoint.Address"] }),
            ),
        ] {
            assert!(is_same_value(&one, &other), "{one} {other}");
            assert_eq!(render_differences(&one, &other), [""; 0]);
        }
        for (one, other) in [
            (json!([1, 2]), json!([2, 1])),
            (json!(null), json!("null")),
            (json!({ "Ref": "A" }), json!("A")),
            (json!({}), json!([])),
        ] {
            assert!(!is_same_value(&one, &other), "{one} {other}");
            assert!(!render_differences(&one, &other).is_empty());
        }
    }

    #[test]
    fn matches_list_elements_by_key() {
        let before =
            json!({ "Tags": [{ "Key": "env", "Value": "dev" }, { "Key": "team", "Value": "a" }] });
        let after = json!({ "Tags": [{ "Key": "owner", "Value": "b" }, { "Key": "env", "Value": "prod" }] });
        assert_eq!(
            render_differences(&before, &after),
            [
                r#"Tags[Key=env].Value: "dev" -> "prod""#,
                r#"Tags[Key=team]: {"Key":"team","Value":"a"} -> -"#,
                r#"Tags[Key=owner]: - -> {"Key":"owner","Value":"b"}"#,
            ]
        );
    }

    #[test]
    fn reports_changed_order_of_list() {
        let list = |names: [&str; 2]| json!({ "X": names.map(|name| json!({ "Name": name })) });
        assert_eq!(
            render_differences(&list(["a", "b"]), &list(["b", "a"])),
            [r#"X: ["a","b"] -> ["b","a"]"#]
        );
    }

    #[test]
    fn aligns_lists_without_keys() {
        assert_eq!(
            render_differences(&json!(["a", "b", "c"]), &json!(["a", "c", "d"])),
            [r#"[1]: "b" -> -"#, r#"[2]: - -> "d""#]
        );
        assert_eq!(
            render_differences(
                &json!([{ "Port": 80 }, { "Port": 81, "To": 1 }]),
                &json!([{ "Port": 80 }, { "Port": 81, "To": 2 }])
            ),
            ["[1].To: 1 -> 2"]
        );
    }

    #[test]
    fn compares_intrinsic_functions_as_whole() {
        assert_eq!(
            render_differences(
                &json!({ "A": { "Fn::Join": ["", ["a"]] } }),
                &json!({ "A": { "Fn::Join": ["", ["b"]] } })
            ),
            [r#"A: {"Fn::Join":["",["a"]]} -> {"Fn::Join":["",["b"]]}"#]
        );
    }
}
