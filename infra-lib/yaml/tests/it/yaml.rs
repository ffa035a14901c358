//! Tests of YAML rules: scalars, tags, merge keys, and errors with positions.

use infra_yaml::{LongForm, Rules, read_yaml};
use serde_json::{Value as JsonValue, json};

fn read(text: &str, rules: &Rules) -> Result<JsonValue, String> {
    let tree = read_yaml(text, rules).map_err(|error| error.to_string())?;
    Ok(tree.into_json())
}

#[test]
fn resolves_plain_scalars_by_yaml_version() {
    let text =
        "[yes, Off, 0644, 0o644, 1_000, 22:30, 1e3, 012345678901, 2012-10-17, ~, '80', \"yes\"]";
    assert_eq!(
        read(text, &Rules::yaml_1_1()).unwrap(),
        json!([
            true,
            false,
            420,
            "0o644",
            1000,
            1350,
            "1e3",
            "012345678901",
            "2012-10-17",
            null,
            "80",
            "yes"
        ])
    );
    assert_eq!(
        read(text, &Rules::yaml_1_2()).unwrap(),
        json!([
            "yes",
            "Off",
            "0644",
            420,
            "1_000",
            "22:30",
            1000.0,
            "012345678901",
            "2012-10-17",
            null,
            "80",
            "yes"
        ])
    );
}

#[test]
fn reads_scalar_keys_as_text() {
    let text = "on: 1\n80: 2\n~: 3\n'x': 4\n!!str y: 5\n";
    let expected = json!({ "on": 1, "80": 2, "~": 3, "x": 4, "y": 5 });
    assert_eq!(read(text, &Rules::yaml_1_1()).unwrap(), expected);
    assert_eq!(read(text, &Rules::yaml_1_2()).unwrap(), expected);
    let aliases = "a: &k b\n*k : 1\n&m n: 2\no: *m\np: &i 7\n*i : x\n";
    let expected = json!({ "a": "b", "b": 1, "n": 2, "o": "n", "p": 7, "7": "x" });
    assert_eq!(read(aliases, &Rules::yaml_1_2()).unwrap(), expected);
}

#[test]
fn applies_standard_yaml_tags() {
    let text = "[!!str 80, !!int '80', !!float 1.5, !!float 1, !!bool true, !!null '', ! 80, !!seq [1], !!map {a: 1}]";
    assert_eq!(
        read(text, &Rules::yaml_1_2()).unwrap(),
        json!(["80", 80, 1.5, 1, true, null, "80", [1], { "a": 1 }])
    );
}

#[test]
fn applies_merge_keys_only_if_enabled() {
    let text = "a: &x {b: 1, c: 2}\nd:\n  c: 3\n  <<: *x\n";
    let merged = read(text, &Rules::yaml_1_2().with_merge_keys()).unwrap();
    assert_eq!(merged["d"], json!({ "c": 3, "b": 1 }));
    assert_eq!(
        read(text, &Rules::yaml_1_2()).unwrap_err(),
        "the merge key `<<` is not supported here; write the entries explicitly at line 4 column 3"
    );
    // In quotes, it is an ordinary key.
    let quoted = read("'<<': 1\n", &Rules::yaml_1_2()).unwrap();
    assert_eq!(quoted, json!({ "<<": 1 }));
}

#[test]
fn reads_empty_document_as_null() {
    for text in ["", "\n", "# nothing\n", "---\n", "---\n...\n", "\u{feff}"] {
        assert_eq!(
            read(text, &Rules::yaml_1_1()),
            Ok(JsonValue::Null),
            "{text:?}"
        );
    }
    assert_eq!(
        read("%YAML 1.1\n---\na: 1\n...\n", &Rules::yaml_1_1()),
        Ok(json!({ "a": 1 }))
    );
}

#[test]
fn reports_cause_and_position_of_yaml_errors() {
    let tags = |name: &str| match name {
        "Ref" => Ok(LongForm::new("Ref")),
        _ => Err(format!("no function `!{name}`")),
    };
    let rules = Rules::yaml_1_1().with_tags(tags).with_merge_keys();
    for (text, expected) in [
        (
            "a: 1\nb: 2\na: 3\nb: 4\n",
            "duplicate key `a`, first used in line 1 at line 3 column 1",
        ),
        (
            "x: 1\ny: {b: 1, \"b\": 2}\n",
            "duplicate key `b`, first used in line 2 at line 2 column 11",
        ),
        (
            "<<: {a: 1}\n<<: {b: 1}\n",
            "duplicate key `<<`, first used in line 1 at line 2 column 1",
        ),
        (
            "a: 1\n---\nb: 2\n",
            "found a second document, but only one is allowed at line 2 column 1",
        ),
        (
            "? [a]\n: 1\n",
            "a key must be a string, not a list or map at line 1 column 3",
        ),
        (
            "a: &x [1]\n*x : 1\n",
            "a key must be a string, not a list or map at line 2 column 1",
        ),
        (
            "!Ref a: 1\n",
            "a key must be a string without a tag at line 1 column 1",
        ),
        (
            "a: &x {b: *x}\n",
            "an alias inside the value that it refers to at line 1 column 11",
        ),
        ("a: !Reff b\n", "no function `!Reff` at line 1 column 4"),
        (
            "a:\n  - !Reff [b]\n",
            "no function `!Reff` at line 2 column 5",
        ),
        (
            "a: !!binary aGk=\n",
            "the tag `!!binary` is not supported here at line 1 column 4",
        ),
        (
            "a: !!set {b}\n",
            "the tag `!!set` is not supported here at line 1 column 4",
        ),
        (
            "a: !!map [b]\n",
            "the tag `!!map` is not supported here at line 1 column 4",
        ),
        (
            "a: !<tag:example.com,2000:x> b\n",
            "the tag `!<tag:example.com,2000:x>` is not supported here at line 1 column 4",
        ),
        ("a: !!int x\n", "`x` is not a `!!int` at line 1 column 4"),
        (
            "a: !!int 1.5\n",
            "`1.5` is not a `!!int` at line 1 column 4",
        ),
        ("a: !!bool 1\n", "`1` is not a `!!bool` at line 1 column 4"),
        ("a: !!null x\n", "`x` is not a `!!null` at line 1 column 4"),
        (
            "a: !!float yes\n",
            "`yes` is not a `!!float` at line 1 column 4",
        ),
        (
            "a: .inf\n",
            "the number `.inf` is not supported at line 1 column 4",
        ),
        (
            "a: 1\n<<: 1\n",
            "the value of the merge key `<<` must be a map or a list of maps at line 2 column 5",
        ),
        (
            "a:\n\t- b\n",
            "tabs disallowed within this context (block indentation) at line 2 column 2",
        ),
        (
            "a: b: c\n",
            "mapping values are not allowed in this context at line 1 column 5",
        ),
        (
            "é: \u{7}\n",
            "the character U+0007 is not allowed in YAML at line 1 column 4",
        ),
        (
            "a: 1\n\0b: 2\n",
            "the character U+0000 is not allowed in YAML at line 2 column 1",
        ),
        (
            "a: \u{9f}\n",
            "the character U+009F is not allowed in YAML at line 1 column 4",
        ),
        (
            "a: \u{7f}\n",
            "the character U+007F is not allowed in YAML at line 1 column 4",
        ),
        (
            "a: \u{ffff}\n",
            "the character U+FFFF is not allowed in YAML at line 1 column 4",
        ),
    ] {
        assert_eq!(
            read(text, &rules).as_ref().unwrap_err(),
            expected,
            "{text:?}"
        );
    }
    let refused = read("a: !Ref b\n", &Rules::yaml_1_2());
    assert_eq!(
        refused.unwrap_err(),
        "the tag `!Ref` is not supported here at line 1 column 4"
    );
    for broken in [
        "[1, 2",
        "{a: 1",
        "a: *nothing",
        "a: \"x",
        "a: 'x",
        "a: !Ref !Ref x",
        "- a\nb: c\n",
        "a: @b",
        "%X\n",
    ] {
        let message = read(broken, &rules).unwrap_err();
        assert!(message.contains(" at line "), "{broken}: {message}");
    }
}

#[test]
fn reports_span_of_errors() {
    let span = |text: &str| {
        let error = read_yaml(text, &Rules::yaml_1_2()).unwrap_err();
        let span = error.span().unwrap();
        assert_eq!(error.position(), Some(span.start));
        format!("{}-{}", span.start, span.end)
    };
    assert_eq!(span("abc: 1\nabc: 2\n"), "2:1-2:4");
    assert_eq!(span("a: !Ref bcd\n"), "1:4-1:12");
}

#[test]
fn reads_characters_of_all_unicode_planes() {
    let text = "a: \u{a0}\u{d7ff}\u{e000}\u{10ffff}x\r\nb: \"\\u263A\\x41\"\n";
    let read = read(text, &Rules::yaml_1_2()).unwrap();
    assert_eq!(
        read,
        json!({ "a": "\u{a0}\u{d7ff}\u{e000}\u{10ffff}x", "b": "\u{263a}A" })
    );
}
