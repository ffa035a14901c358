//! Tests of duplicate keys that are accepted: the last value stays, and every repetition is listed.

use infra_yaml::{read_template, read_template_with_duplicates};
use serde_json::json;

fn read(text: &str) -> (serde_json::Value, Vec<String>) {
    let (tree, duplicates) = read_template_with_duplicates(text).unwrap();
    let shown = duplicates.iter().map(|duplicate| {
        format!(
            "{} {} {}",
            duplicate.key, duplicate.span.start, duplicate.first.start
        )
    });
    (tree.to_json(), shown.collect())
}

#[test]
fn keeps_last_value_and_lists_every_repetition() {
    let (tree, duplicates) = read("a: 1\nb: {c: 1, d: 2, c: 3, c: 4}\na: !Ref Queue\n");
    assert_eq!(
        tree,
        json!({ "b": { "d": 2, "c": 4 }, "a": { "Ref": "Queue" } })
    );
    assert_eq!(duplicates, ["c 2:17 2:5", "c 2:23 2:5", "a 3:1 1:1"]);
}

#[test]
fn treats_json_as_yaml() {
    let (tree, duplicates) = read("{\"a\": 1,\n \"a\": {\"b\": 1, \"b\": 2}}");
    assert_eq!(tree, json!({ "a": { "b": 2 } }));
    assert_eq!(duplicates, ["a 2:2 1:2", "b 2:16 2:8"]);
    // JSON with a comment is read as YAML, and nothing is listed twice.
    let (_, duplicates) = read("{\"a\": 1,\n \"a\": 2} # end");
    assert_eq!(duplicates, ["a 2:2 1:2"]);
}

#[test]
fn lists_nothing_for_unique_keys_and_refuses_duplicates_otherwise() {
    assert_eq!(read("a: {b: 1}\nc: {b: 1}\n").1, [""; 0]);
    let error = read_template("a: 1\na: 2\n").unwrap_err();
    assert_eq!(error.position().unwrap().to_string(), "2:1");
}
