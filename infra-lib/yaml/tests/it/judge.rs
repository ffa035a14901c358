//! Compares the results of YAML 1.2 with those of `serde_yaml`.

use infra_yaml::{Node, Rules, read_yaml};
use serde_json::Value as JsonValue;

#[test]
fn reads_same_plain_scalars_as_serde_yaml() {
    let first = [
        "", "-", "+", "--", "+-", ".", "0", "00", "0x", "-0x", "0o", "0b", "-0b", "1", "9", "_",
        "~", "e", "y",
    ];
    let second = [
        "",
        "0",
        "1",
        "7",
        "8",
        "f",
        "e",
        "e3",
        "e+3",
        "e-",
        ".",
        ".5",
        "_0",
        ":30",
        "x1",
        "12345678901",
    ];
    let third = ["", "1", ".", "e1", "-"];
    let words = [
        "null",
        "Null",
        "NULL",
        "nuLL",
        "true",
        "True",
        "TRUE",
        "tRue",
        "false",
        "False",
        "FALSE",
        "yes",
        "Yes",
        "no",
        "on",
        "Off",
        "y",
        "n",
        "inf",
        "nan",
        "NaN",
        "infinity",
        "1.0.0",
        "1e999",
        "0x7fffffffffffffff",
        "=",
        "18446744073709551615",
        "-9223372036854775808",
        "2012-10-17",
        "10.0.0.0/16",
    ];
    let mut texts: Vec<String> = words.map(str::to_owned).into();
    for a in first {
        for b in second {
            texts.extend(third.map(|c| format!("{a}{b}{c}")));
        }
    }
    for text in texts {
        let text = format!("k: {text}\n");
        let theirs = serde_yaml::from_str::<JsonValue>(&text);
        let ours = read_yaml(&text, &Rules::yaml_1_2()).map(Node::into_json);
        match (theirs, ours) {
            (Ok(theirs), Ok(ours)) => assert_eq!(ours, theirs, "{text}"),
            (Err(_), Err(_)) => {}
            (theirs, ours) => panic!("{text}: serde_yaml {theirs:?}, infra-yaml {ours:?}"),
        }
    }
}

#[test]
fn reads_same_documents_as_serde_yaml() {
    for text in [
        "a: 1\nb: [x, 'y', \"z\\t\"]\nc:\n- 1\n-\n  - 2\n  -\n",
        "a: |\n  one\n   two\n\nb: >\n  three\n  four\n\n  five\nc: |-\n  six\nd: |+\n  seven\n\ne: >2-\n   eight\n",
        "a: plain text\n  over lines\nb: \"quoted\n  text\\\n  end\"\nc: 'single\n\n  quoted'\n",
        "? long key\n: value\n{a: b}: c\n",
        "a: &x {b: [1, 2]}\nc: *x\nd: [*x, *x]\n",
        "--- # comment\na: b # comment\n# comment\nc: 'd # text'\n...\n",
        "a:\r\n  b: c\r\nd: |\r\n  e\r\n  f\r\n",
        "a: http://example.com:80/x#y\nb: x:y\nc: -1-\nd: a, b\n",
        "{\"a\": 1, \"b\":2, c: , d}",
        "- a: 1\n  b: 2\n- - c\n  - d\n- ? e\n",
    ] {
        let theirs = serde_yaml::from_str::<JsonValue>(text);
        let ours = read_yaml(text, &Rules::yaml_1_2()).map(Node::into_json);
        match (theirs, ours) {
            (Ok(theirs), Ok(ours)) => assert_eq!(ours, theirs, "{text}"),
            (Err(_), Err(_)) => {}
            (theirs, ours) => panic!("{text}: serde_yaml {theirs:?}, infra-yaml {ours:?}"),
        }
    }
}

#[test]
fn reads_same_block_scalars_as_serde_yaml() {
    let bodies = [
        "x",
        "x\n",
        "x\n\n",
        "x\n  y",
        "x\n    y",
        "x\n  y\n",
        "x\n\n  y",
        "x\n# x",
        "# x",
        "x\nb: x",
        "x\nb: |\n  x",
        "x\nb:\n  x",
        "x\nb: |\n  x\n  y z",
        "x \n  y\t",
    ];
    for style in ["|", ">", "|+", ">+", "|-", ">-", "|2", ">2-"] {
        for body in bodies {
            let text = format!("a: {style}\n  {body}");
            let judge: JsonValue = serde_yaml::from_str(&text).unwrap();
            let found = read_yaml(&text, &Rules::yaml_1_2()).map(Node::into_json);
            assert_eq!(found.unwrap(), judge, "{text:?}");
        }
    }
}
