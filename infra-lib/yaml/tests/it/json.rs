//! Tests of JSON: the same data as `serde_json`, and errors with positions.

use infra_yaml::{Limits, read_json};
use serde_json::Value as JsonValue;

fn problem(text: &str) -> String {
    read_json(text, &Limits::default()).unwrap_err().to_string()
}

#[test]
fn reads_same_data_as_serde_json() {
    for text in [
        "null",
        " true ",
        "[]",
        "{}",
        "[[], {}, \"\", 0, -0, 1E5, 0.1, 18446744073709551615, 99999999999999999999]",
        "{\"a\\\"b\": \"\\u00e9\\ud83d\\ude00\\/\\b\\f\\n\\r\\t\\\\\", \"\": {\"c\": [false]}}",
        "\"\\\\\"",
        "[\"[{,:\", \"}]\"]",
    ] {
        let expected: JsonValue = serde_json::from_str(text).unwrap();
        let tree = read_json(text, &Limits::default()).unwrap();
        assert_eq!(tree.to_json(), expected, "{text}");
        assert_eq!(tree.into_json(), expected, "{text}");
    }
}

#[test]
fn reports_cause_and_position_of_json_errors() {
    for (text, expected) in [
        ("", "EOF while parsing a value at line 1 column 1"),
        (
            "{\"a\": 1,\n",
            "EOF while parsing a value at line 2 column 1",
        ),
        ("{\"ä\": x}", "expected value at line 1 column 7"),
        ("{\"a\": 1,}", "trailing comma at line 1 column 9"),
        ("[1] 2", "trailing characters at line 1 column 5"),
        (
            "{\"a\": 1, \"b\": {\"c\": 1,\n\"c\": 2}, \"a\": 3}",
            "duplicate key `c`, first used in line 1 at line 2 column 1",
        ),
        (
            "{\"a\": 1,\n \"\\u0061\": 2}",
            "duplicate key `a`, first used in line 1 at line 2 column 2",
        ),
        (
            "[\"é\", \"\\ud800\"]",
            "unexpected end of hex escape at line 1 column 7",
        ),
        ("[1e999]", "number out of range at line 1 column 2"),
        (
            "[\"a\u{1}\"]",
            "control character (\\u0000-\\u001F) found while parsing a string at line 1 column 4",
        ),
    ] {
        assert_eq!(problem(text), expected, "{text:?}");
    }
}
