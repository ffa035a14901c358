//! Reads a template as a tree with positions, from JSON or from YAML by the rules of CloudFormation.

use infra_yaml::{DuplicateKey, Node, read_template, read_template_with_duplicates};

use super::TemplateError;

/// Reads a template as a tree with the position of every key and value, for messages that refer to its text.
///
/// A short form such as `!Ref Queue` becomes the map `{"Ref": "Queue"}`, whose key and value have the position of the whole.
/// [`Template::from_tree`](super::Template::from_tree) creates a template from the tree.
///
/// ```
/// let text = "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n";
/// let tree = infra_template::read_tree(text).unwrap();
/// let found = tree.pointer("/Resources/Queue/Type").unwrap();
/// assert_eq!(found.node.span.start.to_string(), "3:11");
/// ```
///
/// # Errors
///
/// Fails with the position of the first error if the text is neither JSON nor YAML, has a duplicate key, or greatly exceeds the size or depth that
/// CloudFormation accepts.
pub fn read_tree(text: &str) -> Result<Node, TemplateError> {
    read_template(text)
}

/// Reads a template as [`read_tree`] does, but accepts duplicate keys as CloudFormation does: the last value of each is kept. Returns the duplicate keys
/// in the order of the text.
///
/// # Errors
///
/// Fails as [`read_tree`], except for duplicate keys.
pub fn read_tree_with_duplicates(text: &str) -> Result<(Node, Vec<DuplicateKey>), TemplateError> {
    read_template_with_duplicates(text)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as JsonValue, json};

    use super::read_tree;

    fn value(yaml: &str) -> JsonValue {
        read_tree(yaml).unwrap().into_json()
    }

    fn problem(yaml: &str) -> String {
        read_tree(yaml).unwrap_err().to_string()
    }

    #[test]
    fn expands_short_forms_of_functions() {
        let yaml = "
A: !Ref Queue
B: !GetAtt Database.Endpoint.Address
C: !GetAtt [Queue, Arn]
D: !Sub 'arn:${AWS::Partition}:sqs'
E: !Sub ['${a}-b', {a: !Ref Name}]
F: !Join ['', [!Ref A, !Select [0, !GetAZs '']]]
G: !If [IsProd, !Ref Big, !Ref 'AWS::NoValue']
H: !FindInMap [Regions, !Ref 'AWS::Region', Ami]
I: !ImportValue {'Fn::Sub': '${Network}-Vpc'}
J: !Base64
  Fn::Sub: x
K: !And [!Condition One, !Not [!Equals [a, b]]]
L: !Transform {Name: 'AWS::Include', Parameters: {Location: s3}}
M: !Cidr [10.0.0.0/16, 6, 8]
N: !Split [',', 'a,b']
O: !ToJsonString {a: 1}
P: !Length [1, 2]
";
        assert_eq!(
            value(yaml),
            json!({
                "A": { "Ref": "Queue" },
                "B": { "Fn::GetAtt": ["Database", "Endpoint.Address"] },
                "C": { "Fn::GetAtt": ["Queue", "Arn"] },
                "D": { "Fn::Sub": "arn:${AWS::Partition}:sqs" },
                "E": { "Fn::Sub": ["${a}-b", { "a": { "Ref": "Name" } }] },
                "F": { "Fn::Join": ["", [{ "Ref": "A" }, { "Fn::Select": [0, { "Fn::GetAZs": "" }] }]] },
                "G": { "Fn::If": ["IsProd", { "Ref": "Big" }, { "Ref": "AWS::NoValue" }] },
                "H": { "Fn::FindInMap": ["Regions", { "Ref": "AWS::Region" }, "Ami"] },
                "I": { "Fn::ImportValue": { "Fn::Sub": "${Network}-Vpc" } },
                "J": { "Fn::Base64": { "Fn::Sub": "x" } },
                "K": { "Fn::And": [{ "Condition": "One" }, { "Fn::Not": [{ "Fn::Equals": ["a", "b"] }] }] },
                "L": { "Fn::Transform": { "Name": "AWS::Include", "Parameters": { "Location": "s3" } } },
                "M": { "Fn::Cidr": ["10.0.0.0/16", 6, 8] },
                "N": { "Fn::Split": [",", "a,b"] },
                "O": { "Fn::ToJsonString": { "a": 1 } },
                "P": { "Fn::Length": [1, 2] },
            })
        );
    }

    #[test]
    fn reads_multi_line_and_quoted_text() {
        assert_eq!(
            value("A: |\n  one\n  two\nB: >-\n  three\n  four\nC: \"a\\tb\"\nD: 'it''s'\n"),
            json!({ "A": "one\ntwo\n", "B": "three four", "C": "a\tb", "D": "it's" })
        );
    }

    #[test]
    fn keeps_quoted_values_as_text() {
        assert_eq!(
            value("A: '80'\nB: \"yes\"\nC: 80\nD: yes\nE: ''\nF:\n"),
            json!({ "A": "80", "B": "yes", "C": 80, "D": true, "E": "", "F": null })
        );
    }

    #[test]
    fn reads_all_keys_as_text() {
        assert_eq!(
            value("012345678901: a\non: b\n80: c\n2012-10-17: d\n"),
            json!({ "012345678901": "a", "on": "b", "80": "c", "2012-10-17": "d" })
        );
    }

    #[test]
    fn resolves_alias_to_anchored_value() {
        assert_eq!(
            value("A: &tags [{Key: a, Value: !Ref B}]\nB: *tags\n"),
            json!({ "A": [{ "Key": "a", "Value": { "Ref": "B" } }], "B": [{ "Key": "a", "Value": { "Ref": "B" } }] })
        );
    }

    #[test]
    fn reports_position_of_yaml_errors() {
        let cases = [
            (
                "A: 1\nB: 2\nA: 3\n",
                "it is not valid YAML: duplicate key `A`, first used in line 1 at line 3 column 1",
            ),
            (
                "A: !Reff B\n",
                "it is not valid YAML: CloudFormation has no function `!Reff`; did you mean `!Ref`? at line 1 column 4",
            ),
            (
                "A: !Zzz [B]\n",
                "it is not valid YAML: CloudFormation has no function `!Zzz` at line 1 column 4",
            ),
            (
                "A:\n  <<: {B: 1}\n",
                "it is not valid YAML: the merge key `<<` is not supported here; write the entries explicitly at line 2 column 3",
            ),
            (
                "A: !!binary aGk=\n",
                "it is not valid YAML: the tag `!!binary` is not supported here at line 1 column 4",
            ),
            (
                "A: 1\n---\nB: 2\n",
                "it is not valid YAML: found a second document, but only one is allowed at line 2 column 1",
            ),
            (
                "{\"A\": 1,\n \"B\": 2,\n \"A\": 3}",
                "it is not valid JSON: duplicate key `A`, first used in line 1 at line 3 column 2",
            ),
            (
                "{\"A\": 1",
                "it is not valid JSON: EOF while parsing an object at line 1 column 7",
            ),
            // Texts larger than the 1 MB of CloudFormation are read up to this limit.
            (
                &"x".repeat(8 * 1024 * 1024 + 1),
                "it has 8388609 bytes; a template can have at most 1 MB",
            ),
        ];
        for (text, message) in cases {
            assert_eq!(problem(text), message, "{}", &text[..text.len().min(80)]);
        }
        for broken in [
            "A: [1, 2",
            "A: *nothing",
            "A:\n\t- b",
            "A: \"x",
            "A: &a [*a]",
            "A: !Base64 !Sub x",
        ] {
            let message = problem(broken);
            assert!(message.contains(" at line "), "{broken}: {message}");
        }
    }

    #[test]
    fn reads_json_with_comments_as_yaml() {
        assert_eq!(
            value("{\"A\": 1, # one\n \"B\": yes}"),
            json!({ "A": 1, "B": true })
        );
        assert_eq!(
            value("\u{feff} {\"A\": [\"yes\"]}"),
            json!({ "A": ["yes"] })
        );
    }

    #[test]
    fn finds_arguments_of_short_forms_by_pointer() {
        let tree = read_tree("A:\n  B: !GetAtt Queue.Arn\n  C: !Join ['', [!Ref D]]\n").unwrap();
        let place = |pointer: &str| {
            let found = tree.pointer(pointer).unwrap();
            let key = found.key.map(|span| span.start.to_string());
            (key.unwrap_or_default(), found.node.span.start.to_string())
        };
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(place("/A/B"), pair("2:3", "2:6"));
        assert_eq!(place("/A/B/Fn::GetAtt"), pair("2:6", "2:6"));
        assert_eq!(place("/A/B/Fn::GetAtt/1"), pair("", "2:6"));
        assert_eq!(place("/A/C/Fn::Join/1/0/Ref"), pair("3:18", "3:18"));
    }
}
