//! Tests of the templates that rules see, and of the parts that they do not see.

use infra_core::{Diagnostic, codes};
use infra_template::assembly::{FileAsset, Stack};
use infra_template::nested::NestedTemplate;
use serde_json::{Value as JsonValue, json};

use super::tests::{ENCRYPTED, bucket, checked, stack, template};

const ADDRESS: &str = "https://s3.${AWS::Region}.${AWS::URLSuffix}/assets/";

/// Creates a stack with a nested stack at `address`, whose metadata names the file `marked`.
fn with_nested(address: &JsonValue, marked: Option<&str>) -> Stack {
    let metadata = marked.map(|file| json!({ "aws:asset:path": file }));
    let child = json!({
        "Type": "AWS::CloudFormation::Stack",
        "Properties": { "TemplateURL": address },
        "Metadata": metadata.unwrap_or(json!({})),
    });
    let mut stack = stack(json!({ "Resources": { "Child": child } }));
    for (key, path) in [("good", "good.json"), ("bad", "bad.json")] {
        let asset: FileAsset = serde_json::from_value(json!({
            "source": { "path": path },
            "destinations": { "here": { "bucketName": "assets", "objectKey": format!("{key}.json") } },
        }))
        .unwrap();
        stack.assets.files.insert(key.to_owned(), asset);
    }
    stack
}

/// Adds the template of the nested stack to the assembly.
fn known(mut stack: Stack, file: &str, algorithm: &str) -> Stack {
    let nested = template(json!({ "Resources": { "Store": bucket(algorithm) } }));
    let nested = NestedTemplate::new(file, nested);
    stack.nested.insert("Child".to_owned(), nested);
    stack
}

fn at(key: &str) -> JsonValue {
    json!({ "Fn::Sub": format!("{ADDRESS}{key}.json") })
}

fn violations(policy: &str, stack: Stack) -> Vec<Diagnostic> {
    let files = [("storage.guard", ENCRYPTED), ("policy.toml", policy)];
    checked(&files, vec![stack]).violations
}

fn ids(findings: &[Diagnostic]) -> Vec<(&str, &str)> {
    let findings = findings.iter();
    findings
        .map(|one| (one.code.as_str(), one.logical_id.as_deref().unwrap_or("")))
        .collect()
}

#[test]
fn checks_nested_stack_of_assembly() {
    for marked in [None, Some("bad.json")] {
        let stack = known(with_nested(&at("bad"), marked), "bad.json", "AES256");
        assert_eq!(ids(&violations("", stack)), [("INF5101", "Child/Store")]);
    }
}

#[test]
fn reports_nested_stack_from_unlisted_address() {
    let foreign = json!("https://templates.example.com/network.json");
    for stack in [
        with_nested(&foreign, None),
        // The metadata names a file that is not the one deployed.
        known(
            with_nested(&foreign, Some("good.json")),
            "good.json",
            "aws:kms",
        ),
    ] {
        let found = violations("", stack.clone());
        assert_eq!(ids(&found), [("INF5104", "Child")]);
        assert_eq!(found[0].code, codes::POLICY_UNSEEN);
        let actual = found[0].actual.as_deref();
        assert_eq!(actual, Some("https://templates.example.com/network.json"));
        let allow = |address: &str, of: &str| {
            format!(
                "[[unseen]]\ntemplate = '{address}'\nstack = '{of}'\nreason = 'of the network team'\n"
            )
        };
        let policy = allow("https://templates.example.com/*", "notes-*");
        assert_eq!(ids(&violations(&policy, stack.clone())), []);
        for wrong in [
            allow("https://templates.example.com/other.json", "*"),
            allow("https://templates.example.com/*", "payroll-*"),
        ] {
            assert_eq!(violations(&wrong, stack.clone()).len(), 1, "{wrong}");
        }
    }
}

#[test]
fn reports_nested_stack_with_contradicting_metadata() {
    // The bad template is deployed; a check that trusts metadata would judge the good one.
    let stack = known(
        with_nested(&at("bad"), Some("good.json")),
        "good.json",
        "aws:kms",
    );
    let found = violations("", stack);
    assert_eq!(ids(&found), [("INF5104", "Child")]);
    let note = "its metadata names the file `good.json`, but its URL is that of `bad.json`";
    assert!(found[0].notes.iter().any(|one| one == note), "{found:?}");
}

#[test]
fn reports_archive_or_foreign_file_at_template_address() {
    let place = json!({ "here": { "bucketName": "assets", "objectKey": "good.json", "region": "eu-west-1" } });
    let zip = json!({ "path": "good.json", "packaging": "zip" });
    for source in [zip, json!({ "path": "other.json" })] {
        let asset = json!({ "source": source, "destinations": place });
        let asset: FileAsset = serde_json::from_value(asset).unwrap();
        let judged = known(with_nested(&at("good"), None), "good.json", "aws:kms");
        let files = [("storage.guard", ENCRYPTED)];
        assert!(checked(&files, vec![judged.clone()]).violations.is_empty());
        let mut same = judged.clone();
        same.assets.files.insert("a".to_owned(), asset.clone());
        let mut other = stack(json!({ "Resources": {} }));
        other.assets.files.insert("a".to_owned(), asset);
        for stacks in [vec![same], vec![other, judged]] {
            let found = checked(&files, stacks).violations;
            assert_eq!(ids(&found), [("INF5104", "Child")]);
        }
    }
}

#[test]
fn reports_template_key_in_another_bucket() {
    let elsewhere =
        json!({ "Fn::Sub": "https://s3.${AWS::Region}.${AWS::URLSuffix}/others/good.json" });
    let stack = known(
        with_nested(&elsewhere, Some("good.json")),
        "good.json",
        "aws:kms",
    );
    assert_eq!(ids(&violations("", stack)), [("INF5104", "Child")]);
}

#[test]
fn reports_macros_and_modules_not_allowed_by_name() {
    let resource = |value: JsonValue| json!({ "Resources": { "One": value } });
    let properties =
        |value: JsonValue| resource(json!({ "Type": "AWS::SNS::Topic", "Properties": value }));
    for (document, key, name) in [
        (
            json!({ "Transform": "Loops", "Resources": {} }),
            "macro",
            "Loops",
        ),
        (
            json!({ "Transform": ["Loops"], "Resources": {} }),
            "macro",
            "Loops",
        ),
        (
            json!({ "Transform": { "Name": "AWS::Include", "Parameters": {} }, "Resources": {} }),
            "macro",
            "AWS::Include",
        ),
        (
            properties(json!({ "Deep": [{ "Fn::Transform": { "Name": "Secret" } }] })),
            "macro",
            "Secret",
        ),
        (
            json!({ "Resources": { "Fn::ForEach::Topics": ["T", ["a"], {}] } }),
            "macro",
            "AWS::LanguageExtensions",
        ),
        (
            resource(json!({ "Type": "My::S3::Bucket::MODULE", "Properties": {} })),
            "module",
            "My::S3::Bucket::MODULE",
        ),
    ] {
        let found = violations("", stack(document.clone()));
        assert_eq!(found.len(), 1, "{document}");
        assert_eq!(found[0].code, codes::POLICY_UNSEEN, "{document}");
        assert!(found[0].message.contains(&format!("`{name}`")), "{found:?}");
        let allowed = |name: &str| {
            format!("[[unseen]]\n{key} = '{name}'\nstack = 'notes-prod-web'\nreason = 'read'\n")
        };
        assert_eq!(violations(&allowed(name), stack(document.clone())).len(), 0);
        assert_eq!(violations(&allowed("Other"), stack(document)).len(), 1);
    }
}

#[test]
fn accepts_language_extension_functions() {
    // Synthesis adds the transform if an app uses one of these functions.
    let document = json!({ "Transform": "AWS::LanguageExtensions", "Resources": {
        "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": { "Fn::Length": [1] } } },
    } });
    assert_eq!(ids(&violations("", stack(document))), []);
}

fn stack_set(properties: &JsonValue) -> Stack {
    stack(json!({ "Resources": { "Baseline": {
        "Type": "AWS::CloudFormation::StackSet", "Properties": properties,
    } } }))
}

#[test]
fn checks_template_body_of_stack_set() {
    let body = |document: JsonValue| stack_set(&json!({ "TemplateBody": document.to_string() }));
    let bad = body(json!({ "Resources": { "Store": bucket("AES256") } }));
    assert_eq!(ids(&violations("", bad)), [("INF5101", "Baseline/Store")]);
    let yaml = "Resources:\n  Store:\n    Type: AWS::S3::Bucket\n";
    let bad = stack_set(&json!({ "TemplateBody": yaml }));
    assert_eq!(ids(&violations("", bad)), [("INF5101", "Baseline/Store")]);
    let good = body(json!({ "Resources": { "Store": bucket("aws:kms") } }));
    assert_eq!(ids(&violations("", good)), []);
    // A StackSet deploys to other accounts, where the same address is another file.
    let nested = json!({ "Resources": { "Child": {
        "Type": "AWS::CloudFormation::Stack", "Properties": { "TemplateURL": at("good") },
    } } });
    let mut stack = body(nested);
    stack.assets = with_nested(&at("good"), None).assets;
    assert_eq!(ids(&violations("", stack)), [("INF5104", "Baseline/Child")]);
    let hidden = body(json!({ "Transform": "Loops", "Resources": {} }));
    assert_eq!(violations("", hidden)[0].code, codes::POLICY_UNSEEN);
}

#[test]
fn reports_unreadable_stack_set_unless_allowed() {
    for properties in [
        json!({ "TemplateURL": "https://templates.example.com/baseline.json" }),
        json!({ "TemplateURL": at("good") }),
        json!({ "TemplateBody": { "Fn::Sub": "{}" } }),
        json!({ "TemplateBody": "- 1\n- 2\n" }),
        json!({ "TemplateBody": "{}", "TemplateURL": at("good") }),
        json!({}),
    ] {
        let stack = stack_set(&properties);
        let found = violations("", stack.clone());
        assert_eq!(ids(&found), [("INF5104", "Baseline")], "{properties}");
        let policy =
            "[[unseen]]\nstack_set = 'Baseline'\nstack = '*'\nreason = 'of another team'\n";
        assert_eq!(ids(&violations(policy, stack)), [], "{properties}");
    }
}

#[test]
fn requires_allowance_from_each_policy() {
    let rules = ("storage.guard", ENCRYPTED);
    let allowance = "[[unseen]]\nmacro = 'Loops'\nstack = '*'\nreason = 'read'\n";
    let (_first, allowing) = super::tests::policy(&[rules, ("policy.toml", allowance)]);
    let (_second, other) = super::tests::policy(&[rules]);
    let folders = [allowing.unwrap(), other.unwrap()];
    let assembly = || {
        let document = json!({ "Transform": "Loops", "Resources": {} });
        infra_template::assembly::CloudAssembly::new(vec![stack(document)])
    };
    let found = super::check_policies(&folders, &assembly()).unwrap();
    assert_eq!(found.violations.len(), 1);
    let alone = super::check_policies(&folders[..1], &assembly()).unwrap();
    assert_eq!((alone.violations.len(), alone.excepted.len()), (0, 1));
    assert_eq!(alone.excepted[0].reason, "read");
}
