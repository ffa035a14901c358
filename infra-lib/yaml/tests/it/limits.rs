//! Tests of texts that are made to exhaust memory, stack or time.

use infra_yaml::{Limits, Rules, read_json, read_yaml};

fn problem(text: &str) -> String {
    read_yaml(text, &Rules::yaml_1_1()).unwrap_err().to_string()
}

#[test]
fn rejects_text_above_size_limit() {
    let limits = Limits::default().with_bytes(10);
    let rules = Rules::yaml_1_1().with_limits(limits);
    assert!(read_yaml("a: 3456789", &rules).is_ok());
    let error = read_yaml("a: 34567890", &rules).unwrap_err();
    assert_eq!(error.to_string(), "it has 11 bytes; the limit is 10");
    assert_eq!((error.position(), error.span()), (None, None));
    assert!(
        read_json("[345678901", &limits)
            .unwrap_err()
            .position()
            .is_some()
    );
    let error = read_json("[3456789012]", &limits).unwrap_err();
    assert_eq!(error.to_string(), "it has 12 bytes; the limit is 10");
    // A text of 50 MB is refused without being read.
    let large = "- \"".repeat(50 * 1024 * 1024 / 3);
    assert_eq!(
        problem(&large),
        "it has 52428798 bytes; the limit is 8388608"
    );
    let error = read_json(&large, &Limits::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "it has 52428798 bytes; the limit is 8388608"
    );
}

#[test]
fn rejects_nesting_above_depth_limit() {
    let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    let limits = Limits::default();
    assert!(read_yaml(&nested(128), &Rules::yaml_1_1()).is_ok());
    assert!(read_json(&nested(128), &limits).is_ok());
    assert_eq!(
        problem(&nested(129)),
        "nested deeper than 128 levels at line 1 column 130"
    );
    let error = read_json(&nested(129), &limits).unwrap_err();
    assert_eq!(
        error.to_string(),
        "nested deeper than 128 levels at line 1 column 130"
    );
    let error = read_json(&nested(1_000_000), &limits).unwrap_err();
    assert_eq!(
        error.to_string(),
        "nested deeper than 128 levels at line 1 column 130"
    );
    let keys: String = (0..300).map(|n| " ".repeat(n) + "a:\n").collect();
    assert_eq!(
        problem(&keys),
        "nested deeper than 128 levels at line 130 column 130"
    );
    let maps = "{\"a\":".repeat(200) + "1" + &"}".repeat(200);
    assert!(
        read_json(&maps, &limits)
            .unwrap_err()
            .message()
            .starts_with("nested deeper")
    );
    for open in ["[", "{a: ", "- ", "? "] {
        assert!(
            problem(&open.repeat(100_000)).contains(" at line "),
            "{open}"
        );
    }
}

#[test]
fn rejects_alias_copies_above_limit() {
    let bomb = |line: &str| {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for n in 1..12 {
            let items = vec![format!("*a{}", n - 1); 10].join(", ");
            text += &line.replace('N', &n.to_string()).replace("ITEMS", &items);
        }
        text
    };
    let expected = "too large after its aliases are expanded";
    assert!(problem(&bomb("aN: &aN [ITEMS]\n")).starts_with(expected));
    let keyed = bomb("aN: &aN {b: [ITEMS]}\n");
    assert!(problem(&keyed).starts_with(expected));
    // Nested anchors: each keeps a copy of its content.
    let nested: Vec<String> = (0..100).map(|n| format!("&a{n} [")).collect();
    let text = nested.concat() + &"x".repeat(1024 * 1024) + &"]".repeat(100);
    assert!(problem(&text).starts_with(expected), "{}", problem(&text));
    // The maximum number that the limit allows.
    let text = format!("- &a {}\n{}", "x".repeat(1024), "- *a\n".repeat(1000));
    assert!(read_yaml(&text, &Rules::yaml_1_1()).is_ok());
}

#[test]
fn counts_merged_maps_as_copies() {
    let entries: Vec<String> = (0..10_000).map(|n| format!("k{n}: 1")).collect();
    let uses = "- {<<: *a}\n".repeat(100);
    let text = format!("- &a {{{}}}\n{uses}", entries.join(", "));
    let error = read_yaml(&text, &Rules::yaml_1_2().with_merge_keys()).unwrap_err();
    assert!(
        error.message().starts_with("too large after its aliases"),
        "{error}"
    );
}

#[test]
fn reads_map_with_100_000_keys() {
    let lines: Vec<String> = (0..100_000).map(|n| format!("k{n}: v\n")).collect();
    let tree = read_yaml(&lines.concat(), &Rules::yaml_1_1()).unwrap();
    assert_eq!(tree.get("k99999").unwrap().span.start.line, 100_000);
    let json = tree.to_json().to_string();
    let tree = read_json(&json, &Limits::default()).unwrap();
    assert_eq!(tree.get("k99999").unwrap().scalar_text(), Some("v"));
}

/// Truncates texts at every character, and removes or doubles every character: the result may be an error, but never a panic.
#[test]
fn reads_or_rejects_damaged_text_without_panic() {
    let yaml = "%YAML 1.1\n--- # x\na: &b !!str \"c\\n\"\n? d\n: [1, {<<: {e: f}}, *b]\ng: |+2\n  h\n\n'i': >-\n  j\n k: ~\n...\n";
    let json = "{\"a\": [1.5e3, \"\\u00e9\\\\\"], \"b\": {\"c\": null}}";
    for text in [yaml, json] {
        for at in 0..text.len() {
            let (before, after) = text.split_at(at);
            for damaged in [
                before.to_owned(),
                format!("{before}{}", &after[1..]),
                format!("{before}{}{after}", &after[..1]),
                format!("{before}\t{after}"),
                format!("{before}\r{after}"),
                format!("{before}\u{feff}é{after}"),
            ] {
                let rules = Rules::yaml_1_2().with_merge_keys();
                if let Err(error) = read_yaml(&damaged, &rules) {
                    assert!(error.position().is_some(), "{damaged}: {error}");
                }
                if let Err(error) = read_json(&damaged, &rules.limits) {
                    assert!(error.position().is_some(), "{damaged}: {error}");
                }
            }
        }
    }
}
