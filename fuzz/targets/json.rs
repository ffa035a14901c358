//! Any text as typed values and as a template with positions: every span lies inside the text, and a second reading is the same.

#![no_main]

use infra_yaml::{Node, Position, Value, read_template_with_duplicates};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok((tree, duplicates)) = read_template_with_duplicates(text) else {
        return;
    };
    let end = Position::of_offset(text, text.len());
    check_spans(&tree, end.line + 1);
    for duplicate in &duplicates {
        let _ = duplicate.message();
        assert!(duplicate.first.start <= duplicate.span.start);
    }
    let (again, _) = read_template_with_duplicates(text).expect("it was read before");
    assert_eq!(again.into_json(), tree.clone().into_json());
    // What is printed as JSON is read as the same data.
    let json = tree.into_json();
    let (read, _) = read_template_with_duplicates(&json.to_string()).expect("it is JSON");
    assert_eq!(read.into_json(), json);
});

fn check_spans(node: &Node, last_line: u32) {
    assert!(node.span.start <= node.span.end, "{:?}", node.span);
    assert!(node.span.end.line <= last_line, "{:?}", node.span);
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| check_spans(item, last_line)),
        Value::Map(map) => {
            for entry in map.entries() {
                assert!(entry.key_span.start <= entry.key_span.end);
                check_spans(&entry.value, last_line);
            }
        }
        _ => {}
    }
}
