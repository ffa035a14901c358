//! Tests of nested stacks in assemblies and of their changes.

use std::collections::BTreeMap;

use serde_json::{Value as JsonValue, json};

use super::{DeployedStackState, review_stacks};
use crate::Template;
use crate::assembly::CloudAssembly;
use crate::nested::NESTED_STACK;
use crate::review::{Action, NestedBasis, Review};

fn table() -> JsonValue {
    json!({ "Type": "AWS::DynamoDB::Table", "Metadata": { "aws:cdk:path": "S/Child/T/Resource" } })
}

fn child(key: &str, metadata: &JsonValue) -> JsonValue {
    json!({
        "Type": NESTED_STACK,
        "Properties": { "TemplateURL": { "Fn::Sub": format!("https://s3.${{AWS::URLSuffix}}/b/{key}.json") } },
        "Metadata": metadata,
    })
}

/// Returns an assembly as the CDK writes it, with a nested stack of the given resources.
fn assembly(key: &str, resources: &JsonValue) -> BTreeMap<String, String> {
    let metadata = json!({
        "aws:cdk:path": "S/Child.NestedStack/Child.NestedStackResource",
        "aws:asset:path": "SChild.nested.template.json",
        "aws:asset:property": "TemplateURL",
    });
    let root = json!({ "Resources": { "Child": child(key, &metadata), "T": {
        "Type": "AWS::SNS::Topic", "Metadata": { "aws:cdk:path": "S/T/Resource" },
    } } });
    let entry = |id: &str, line: &str| json!([{ "type": "aws:cdk:logicalId", "data": id, "trace": [line] }]);
    let manifest = json!({ "version": "48.0.0", "artifacts": { "S": {
        "type": "aws:cloudformation:stack",
        "properties": { "templateFile": "S.template.json" },
        "metadata": {
            "/S/Child/T/Resource": entry("T", "src/child.rs:3:4"),
            "/S/T/Resource": entry("T", "src/main.rs:1:2"),
        },
    } } });
    BTreeMap::from([
        ("manifest.json".to_owned(), manifest.to_string()),
        ("S.template.json".to_owned(), root.to_string()),
        (
            "SChild.nested.template.json".to_owned(),
            json!({ "Resources": resources }).to_string(),
        ),
    ])
}

fn compare(old: &CloudAssembly, new: &CloudAssembly) -> Review {
    let before = old.stacks.iter().map(|stack| {
        let before = DeployedStackState {
            template: stack.template.clone(),
            tags: None,
            nested: stack.nested_templates(),
        };
        (stack.name.clone(), before)
    });
    let wanted: Vec<_> = new.stacks.iter().collect();
    review_stacks(&before.collect(), &wanted, &[], "old")
}

#[test]
fn reads_nested_templates_with_origins() {
    let files = assembly("1", &json!({ "T": table() }));
    let read = CloudAssembly::from_files(&files).unwrap();
    let stack = &read.stacks[0];
    let nested = stack.nested_stack("Child").unwrap();
    assert_eq!(nested.file, "SChild.nested.template.json");
    assert!(nested.template.find_resource("T").is_some());
    assert!(stack.nested_stack("Child/T").is_none());
    // Both have the logical ID `T`.
    let place = |id: &str| stack.origins[id].source.clone().unwrap();
    assert_eq!(place("T"), "src/main.rs:1:2");
    assert_eq!(place("Child/T"), "src/child.rs:3:4");
    assert_eq!(
        stack.origins["Child/T"].construct_path,
        "S/Child/T/Resource"
    );
    let again = CloudAssembly::from_files(&read.render_files()).unwrap();
    assert_eq!(format!("{again:?}"), format!("{read:?}"));
}

/// Returns the assembly as the CDK writes it without the context `aws:cdk:enable-asset-metadata`.
fn unmarked(key: &str, resources: &JsonValue) -> BTreeMap<String, String> {
    let mut files = assembly(key, resources);
    let metadata = json!({ "aws:cdk:path": "S/Child.NestedStack/Child.NestedStackResource" });
    let root = json!({ "Resources": { "Child": child(key, &metadata) } });
    files.insert("S.template.json".to_owned(), root.to_string());
    let mut manifest: JsonValue = serde_json::from_str(&files["manifest.json"]).unwrap();
    manifest["artifacts"]["S"]["dependencies"] = json!(["S.assets"]);
    manifest["artifacts"]["S.assets"] =
        json!({ "type": "cdk:asset-manifest", "properties": { "file": "S.assets.json" } });
    files.insert("manifest.json".to_owned(), manifest.to_string());
    let file = |path: &str, packaging: &str, key: &str| {
        json!({ "source": { "path": path, "packaging": packaging },
            "destinations": { "current": { "bucketName": "b", "objectKey": key } } })
    };
    let assets = json!({ "version": "48.0.0", "files": {
        key: file("SChild.nested.template.json", "file", &format!("{key}.json")),
        "zip": file("asset.zip", "zip", "zip.json"),
        "root": file("S.template.json", "file", "root.json"),
    } });
    files.insert("S.assets.json".to_owned(), assets.to_string());
    files
}

#[test]
fn finds_unmarked_nested_template_by_published_key() {
    let table = json!({ "T": table(), "Q": { "Type": "AWS::SNS::Topic" } });
    let read = |files: BTreeMap<String, String>| CloudAssembly::from_files(&files).unwrap();
    let old = read(unmarked("1", &table));
    let nested = old.stacks[0].nested_stack("Child").unwrap();
    assert_eq!(nested.file, "SChild.nested.template.json");
    assert_eq!(
        nested.template,
        read(assembly("1", &table)).stacks[0].nested["Child"].template
    );
    assert_eq!(
        old.stacks[0].origins["Child/T"].source.as_deref(),
        Some("src/child.rs:3:4")
    );
    let again = CloudAssembly::from_files(&old.render_files()).unwrap();
    assert_eq!(format!("{again:?}"), format!("{old:?}"));
    let new = read(unmarked(
        "2",
        &json!({ "Q": { "Type": "AWS::SNS::Topic" } }),
    ));
    let review = compare(&old, &new);
    let stops = review.stacks[0].stops.iter();
    let stops: Vec<_> = stops
        .map(|stop| (&*stop.resource.logical_id, stop.data_loss))
        .collect();
    assert_eq!(stops, [("Child/T", true)]);
    // Published under another key, the file cannot be determined.
    let mut files = unmarked("1", &table);
    let assets = files["S.assets.json"].replace("\"1.json\"", "\"3.json\"");
    files.insert("S.assets.json".to_owned(), assets);
    assert!(read(files).stacks[0].nested.is_empty());
}

#[test]
fn rejects_missing_or_outside_nested_template() {
    let mut files = assembly("1", &json!({ "T": table() }));
    files.remove("SChild.nested.template.json");
    let error = CloudAssembly::from_files(&files).unwrap_err().to_string();
    assert!(error.contains("SChild.nested.template.json"), "{error}");
    let mut files = assembly("1", &json!({}));
    let root = files["S.template.json"].replace("SChild.nested", "../SChild.nested");
    files.insert("S.template.json".to_owned(), root);
    let error = CloudAssembly::from_files(&files).unwrap_err().to_string();
    assert_eq!(
        error,
        "the template of the nested stack `Child` is not a file of the assembly: \"../SChild.nested.template.json\""
    );
}

#[test]
fn lists_nested_changes_after_nested_stack() {
    let read = |key: &str, resources: &JsonValue| {
        CloudAssembly::from_files(&assembly(key, resources)).unwrap()
    };
    let queue = json!({ "Type": "AWS::SNS::Topic" });
    let old = read("1", &json!({ "T": table(), "Q": queue }));
    let new = read("2", &json!({ "Q": queue, "N": queue }));
    let review = compare(&old, &new);
    let stack = &review.stacks[0];
    let told: Vec<(&str, &Action)> = stack
        .resources
        .iter()
        .map(|change| (change.resource.logical_id.as_str(), &change.action))
        .collect();
    assert_eq!(
        told,
        [
            ("Child", &Action::Modify),
            ("Child/N", &Action::Add),
            ("Child/T", &Action::Remove),
        ]
    );
    assert_eq!(stack.resources[2].resource.display_name(), "S/Child/T");
    assert_eq!(stack.stops.len(), 1);
    assert!(stack.stops[0].data_loss && stack.stops[0].resource.is_named("Child/T"));
    assert!(!stack.stops[0].resource.is_named("T"));
    assert_eq!(stack.nested[0].basis, NestedBasis::Templates);
    assert_eq!(compare(&old, &old).stacks[0].resources, []);
    // The same address now holds another template.
    let other = compare(&old, &read("1", &json!({ "Q": queue })));
    assert_eq!(other.stacks[0].stops.len(), 1);
}

#[test]
fn stops_on_possible_data_loss_in_unknown_nested_template() {
    let stack = |key: &str| {
        let root = json!({ "Resources": { "Child": child(key, &json!({})) } });
        let manifest = json!({ "version": "48.0.0", "artifacts": { "S": {
            "type": "aws:cloudformation:stack", "properties": { "templateFile": "S.template.json" },
        } } });
        let files = BTreeMap::from([
            ("manifest.json".to_owned(), manifest.to_string()),
            ("S.template.json".to_owned(), root.to_string()),
        ]);
        CloudAssembly::from_files(&files).unwrap()
    };
    let against = |nested: BTreeMap<String, Template>, new: &CloudAssembly| {
        let before = DeployedStackState {
            template: stack("1").stacks[0].template.clone(),
            tags: None,
            nested,
        };
        let before = BTreeMap::from([("S".to_owned(), before)]);
        review_stacks(&before, &[&new.stacks[0]], &[], "deployed")
            .stacks
            .remove(0)
    };
    let deployed = |resources: JsonValue| {
        let template = Template::from_json(json!({ "Resources": resources })).unwrap();
        BTreeMap::from([("Child".to_owned(), template)])
    };
    let lost = |nested| -> Vec<bool> {
        let review = against(nested, &stack("2"));
        assert!(matches!(
            review.nested[0].basis,
            NestedBasis::Unknown { .. }
        ));
        assert!(review.is_broadening());
        review.stops.iter().map(|stop| stop.data_loss).collect()
    };
    assert_eq!(lost(deployed(json!({ "T": table() }))), [true]);
    assert_eq!(
        lost(deployed(json!({ "Deep": child("3", &json!({})) }))),
        [true]
    );
    assert_eq!(
        lost(deployed(json!({ "Q": { "Type": "AWS::SNS::Topic" } }))),
        [false; 0]
    );
    // The deployed template could not be read.
    assert_eq!(lost(BTreeMap::new()), [true]);
    // Equal properties count as unchanged.
    assert_eq!(against(BTreeMap::new(), &stack("1")).nested, []);
}

#[test]
fn predicts_replacement_from_nested_stack_parameter() {
    let with = |name: &str| {
        let nested = json!({
            "Parameters": { "Name": { "Type": "String" } },
            "Resources": { "D": { "Type": "AWS::RDS::DBInstance", "Properties": { "DBName": { "Ref": "Name" } } } },
        });
        let mut files = assembly("1", &json!({}));
        files.insert("SChild.nested.template.json".to_owned(), nested.to_string());
        let mut root: JsonValue = serde_json::from_str(&files["S.template.json"]).unwrap();
        root["Resources"]["Child"]["Properties"]["Parameters"] = json!({ "Name": name });
        files.insert("S.template.json".to_owned(), root.to_string());
        CloudAssembly::from_files(&files).unwrap()
    };
    let review = compare(&with("a"), &with("b"));
    let stops = &review.stacks[0].stops;
    assert_eq!(stops.len(), 1);
    assert_eq!(stops[0].resource.logical_id, "Child/D");
    assert!(stops[0].message.starts_with("is replaced") && stops[0].data_loss);
}
