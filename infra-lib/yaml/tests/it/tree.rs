//! Tests of the positions of keys and values, and of lookups.

use std::fmt::Write as _;

use infra_yaml::{Limits, LongForm, Node, Position, Rules, Value, read_json, read_yaml};

fn tags(name: &str) -> Result<LongForm, String> {
    match name {
        "Ref" => Ok(LongForm::new("Ref")),
        "GetAtt" => Ok(LongForm::new_dotted("Fn::GetAtt")),
        _ => Err(format!("no function `!{name}`")),
    }
}

/// Returns every key and value with its position, one on each line.
fn dump(node: &Node) -> String {
    fn add(out: &mut String, name: &str, node: &Node, depth: usize) {
        let indent = "  ".repeat(depth);
        let shown = match &node.value {
            Value::Map(_) => "map".to_owned(),
            Value::List(_) => "list".to_owned(),
            _ => node.to_json().to_string(),
        };
        let (start, end) = (node.span.start, node.span.end);
        let _ = writeln!(out, "{indent}{name}{shown} {start}-{end}");
        match &node.value {
            Value::Map(map) => {
                for entry in map.entries() {
                    let (start, end) = (entry.key_span.start, entry.key_span.end);
                    let name = format!("{} {start}-{end}: ", entry.key);
                    add(out, &name, &entry.value, depth + 1);
                }
            }
            Value::List(items) => {
                for item in items {
                    add(out, "- ", item, depth + 1);
                }
            }
            _ => {}
        }
    }
    let mut out = String::new();
    add(&mut out, "", node, 0);
    out
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let rules = Rules::yaml_1_1().with_tags(tags).with_merge_keys();
    let tree = read_yaml(text, &rules).unwrap();
    assert_eq!(dump(&tree), expected.trim_start(), "{text}");
}

#[test]
fn records_spans_of_yaml_keys_and_values() {
    check(
        "A: 1\nB:\n  C: 'it''s'\n  \"d\": [1, {e: f}]\n  g:\n    - yes\n    - - two\nh:\ni: |\n  one\n  two\nj: end\n",
        r#"
map 1:1-12:7
  A 1:1-1:2: 1 1:4-1:5
  B 2:1-2:2: map 3:3-7:12
    C 3:3-3:4: "it's" 3:6-3:13
    d 4:3-4:6: list 4:8-4:19
      - 1 4:9-4:10
      - map 4:12-4:18
        e 4:13-4:14: "f" 4:16-4:17
    g 5:3-5:4: list 6:5-7:12
      - true 6:7-6:10
      - list 7:7-7:12
        - "two" 7:9-7:12
  h 8:1-8:2: null 8:2-8:2
  i 9:1-9:2: "one\ntwo\n" 10:3-12:1
  j 12:1-12:2: "end" 12:4-12:7
"#,
    );
}

#[test]
fn counts_columns_in_characters() {
    check(
        "ä: ö\n\"😀é\": {b: 1}\n",
        r#"
map 1:1-2:14
  ä 1:1-1:2: "ö" 1:4-1:5
  😀é 2:1-2:5: map 2:7-2:13
    b 2:8-2:9: 1 2:11-2:12
"#
        .replace("2:14", "2:13")
        .as_str(),
    );
}

#[test]
fn ignores_byte_order_mark_and_carriage_returns_in_positions() {
    let expected = r"
map 1:1-3:5
  a 1:1-1:2: map 2:2-2:6
    b 2:2-2:3: 1 2:5-2:6
  c 3:1-3:2: 2 3:4-3:5
";
    check("\u{feff}a:\r\n b: 1\r\nc: 2\r\n", expected);
    check("a:\n b: 1\nc: 2", expected);
}

#[test]
fn converts_tagged_value_to_map_with_span_of_tag() {
    check(
        "a: !Ref x\nb: &n !GetAtt x.y.z\nc: !GetAtt [x, y]\n",
        r#"
map 1:1-3:18
  a 1:1-1:2: map 1:4-1:10
    Ref 1:4-1:10: "x" 1:4-1:10
  b 2:1-2:2: map 2:4-2:20
    Fn::GetAtt 2:4-2:20: list 2:4-2:20
      - "x" 2:4-2:20
      - "y.z" 2:4-2:20
  c 3:1-3:2: map 3:4-3:18
    Fn::GetAtt 3:4-3:18: list 3:4-3:18
      - "x" 3:13-3:14
      - "y" 3:16-3:17
"#,
    );
}

#[test]
fn keeps_span_of_alias_and_spans_of_anchored_content() {
    check(
        "a: &x\n  b: 1\nc: *x\nd: *x\n",
        r"
map 1:1-4:6
  a 1:1-1:2: map 1:4-2:7
    b 2:3-2:4: 1 2:6-2:7
  c 3:1-3:2: map 3:4-3:6
    b 2:3-2:4: 1 2:6-2:7
  d 4:1-4:2: map 4:4-4:6
    b 2:3-2:4: 1 2:6-2:7
",
    );
}

#[test]
fn appends_merged_entries_with_original_spans() {
    check(
        "a: &x {b: 1, c: 2}\nd: &y {c: 3, e: 4}\nf:\n  <<: [*x, *y]\n  b: 5\n",
        r"
map 1:1-5:7
  a 1:1-1:2: map 1:4-1:19
    b 1:8-1:9: 1 1:11-1:12
    c 1:14-1:15: 2 1:17-1:18
  d 2:1-2:2: map 2:4-2:19
    c 2:8-2:9: 3 2:11-2:12
    e 2:14-2:15: 4 2:17-2:18
  f 3:1-3:2: map 4:3-5:7
    b 5:3-5:4: 5 5:6-5:7
    c 1:14-1:15: 2 1:17-1:18
    e 2:14-2:15: 4 2:17-2:18
",
    );
}

#[test]
fn records_spans_of_json_keys_and_values() {
    let text = "\u{feff}{\"ä\\n\": [1, -2.5e1, true, null],\r\n\t\"b\": {\"c\": \"x\\\\\"}}\n";
    let tree = read_json(text, &Limits::default()).unwrap();
    let expected = r#"
map 1:1-2:20
  ä
 1:2-1:7: list 1:9-1:31
    - 1 1:10-1:11
    - -25.0 1:13-1:19
    - true 1:21-1:25
    - null 1:27-1:31
  b 2:2-2:5: map 2:7-2:19
    c 2:8-2:11: "x\\" 2:13-2:18
"#;
    assert_eq!(
        dump(&tree),
        expected.trim_start().replace("1:9-1:31", "1:9-1:32")
    );
}

#[test]
fn reads_same_tree_from_json_with_both_readers() {
    let text = "{\"a\": [1, {\"b\": \"c\"}],\n \"d\": {}, \"e\": [], \"f\": -1.5}";
    let json = read_json(text, &Limits::default()).unwrap();
    let yaml = read_yaml(text, &Rules::yaml_1_2()).unwrap();
    assert_eq!(dump(&json), dump(&yaml));
}

fn sample() -> Node {
    let text = "Resources:\n  Queue:\n    Tags:\n      - Key: a\n        Value: b\n  a/b~c: 1\n  \"0\": 2\n";
    read_yaml(text, &Rules::yaml_1_1()).unwrap()
}

#[test]
fn finds_keys_and_values_by_pointer() {
    let tree = sample();
    let place = |pointer: &str| {
        let found = tree.pointer(pointer)?;
        let key = found.key.map(|span| span.start.to_string());
        let at = found.key_or_value_span().start.to_string();
        Some((key, found.node.span.start.to_string(), at))
    };
    let with_key =
        |key: &str, value: &str| Some((Some(key.to_owned()), value.to_owned(), key.to_owned()));
    let without = |value: &str| Some((None, value.to_owned(), value.to_owned()));
    assert_eq!(place(""), without("1:1"));
    assert_eq!(place("/Resources"), with_key("1:1", "2:3"));
    assert_eq!(place("/Resources/Queue/Tags/0"), without("4:9"));
    assert_eq!(
        place("/Resources/Queue/Tags/0/Value"),
        with_key("5:9", "5:16")
    );
    assert_eq!(place("/Resources/a~1b~0c"), with_key("6:3", "6:10"));
    assert_eq!(place("/Resources/0"), with_key("7:3", "7:8"));
    for nowhere in [
        "/",
        "/Resources/Queue/Tags/1",
        "/Resources/Queue/Tags/00",
        "/Resources/Queue/Tags/+0",
        "/Resources/Queue/Tags/x",
        "/Resources/a~1b~0c/x",
    ] {
        assert_eq!(place(nowhere), None, "{nowhere}");
    }
}

#[test]
fn counts_missing_steps_from_nearest_value() {
    let tree = sample();
    let near = |pointer: &str| {
        let found = tree.nearest(pointer);
        (found.key_or_value_span().start.to_string(), found.missing)
    };
    assert_eq!(
        near("/Resources/Queue/Properties/Name"),
        ("2:3".to_owned(), 2)
    );
    assert_eq!(near("/Resources/Queue"), ("2:3".to_owned(), 0));
    assert_eq!(near("/Outputs"), ("1:1".to_owned(), 1));
    assert_eq!(tree.walk_path(["Resources", "0"]).missing, 0);
    assert_eq!(
        tree.get("Resources").unwrap().get("0").unwrap().to_json(),
        2
    );
    assert_eq!(tree.find_entry("Resources").unwrap().key, "Resources");
    assert!(tree.get("Outputs").is_none());
    assert!(tree.walk_path(["Resources", "0"]).node.get("x").is_none());
}

#[test]
fn finds_each_key_of_large_map() {
    let names: Vec<String> = (0..500).map(|n| format!("k{}", n * 7919 % 500)).collect();
    let text: Vec<String> = names
        .iter()
        .map(|name| format!("{name}: {name}\n"))
        .collect();
    let tree = read_yaml(&text.concat(), &Rules::yaml_1_2()).unwrap();
    let Value::Map(map) = &tree.value else {
        panic!("a map")
    };
    assert_eq!((map.len(), map.is_empty()), (500, false));
    for (line, name) in (1..).zip(&names) {
        let entry = map.get(name).unwrap();
        assert_eq!(entry.value.scalar_text(), Some(name.as_str()));
        let Position {
            line: at, column, ..
        } = entry.key_span.start;
        assert_eq!((at, column), (line, 1));
    }
    assert!(map.get("k500").is_none());
}

#[test]
fn converts_offsets_to_positions() {
    let at = |offset| Position::of_offset("ä\n\nb😀c", offset).to_string();
    let found: Vec<String> = [0, 2, 3, 4, 5, 9, 10, 99].map(at).into();
    assert_eq!(
        found,
        ["1:1", "1:2", "2:1", "3:1", "3:2", "3:3", "3:4", "3:4"]
    );
}
