//! Any text as YAML and as JSON: an answer with a position inside the text, and the data that `serde_json` reads.

#![no_main]

use infra_yaml::{Error, Position, Rules, read_json, read_yaml};
use libfuzzer_sys::fuzz_target;
use serde_json::Value as JsonValue;

fuzz_target!(|text: &str| {
    // YAML also ends lines with a carriage return alone.
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let end = Position::of_offset(&lines, lines.len());
    let inside = |error: &Error| {
        let position = error.position().expect("small texts have errors with a position");
        // The end of a text may be the start of the line behind it.
        assert!(position.line <= end.line + 1, "{error}");
    };
    for rules in [Rules::yaml_1_1(), Rules::yaml_1_2().with_merge_keys()] {
        match read_yaml(text, &rules) {
            Ok(tree) => assert!(tree.span.end.line <= end.line + 1),
            Err(error) => inside(&error),
        }
    }
    match read_json(text, &Rules::yaml_1_2().limits) {
        Ok(tree) => {
            let text = text.trim_start_matches('\u{feff}');
            let expected: JsonValue = serde_json::from_str(text).expect("it was read as JSON");
            assert_eq!(tree.into_json(), expected);
        }
        Err(error) => inside(&error),
    }
});
