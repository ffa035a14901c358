//! Tests of the cloud assembly on disk.

use std::fs;
use std::path::Path;

use infra_core::{App, Environment, MissingContext, Stack, StackProps, Stage, Synthesis, assembly};
use serde_json::{Value as JsonValue, json};

use crate::support::{findings, queue};

fn app() -> Synthesis {
    let app = App::new();
    app.tag("team", "notes");
    let props = StackProps::new()
        .environment(Environment::new("111122223333", "eu-west-1"))
        .termination_protection();
    let data = queue(props.build(&app, "Data"), "Queue");
    let web = StackProps::new()
        .environment(Environment::new("111122223333", "eu-west-1"))
        .build(&app, "Web");
    queue(web, "Queue").override_prop(
        "QueueName",
        data.attr_value::<String>("QueueName").into_data(),
    );
    queue(Stack::new(Stage::new(&app, "Prod"), "Data"), "Queue");
    app.synth()
}

fn read(path: &Path) -> JsonValue {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn writes_manifest_for_cdk_cli() {
    let folder = tempfile::tempdir().unwrap();
    let written = assembly::write_assembly(&app(), folder.path()).unwrap();
    insta::assert_snapshot!(written.files.join("\n"));
    let manifest = read(&folder.path().join("manifest.json"));
    insta::assert_snapshot!(serde_json::to_string_pretty(&manifest).unwrap());
}

#[test]
fn writes_identical_files_in_any_folder() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = assembly::write_assembly(&app(), one.path()).unwrap();
    let second = assembly::write_assembly(&app(), &two.path().join("deeper/still")).unwrap();
    assert_eq!(first.files, second.files);
    for file in &first.files {
        let bytes = fs::read(one.path().join(file)).unwrap();
        assert_eq!(
            bytes,
            fs::read(two.path().join("deeper/still").join(file)).unwrap(),
            "{file}"
        );
    }
}

#[test]
fn removes_only_files_of_earlier_assembly() {
    let folder = tempfile::tempdir().unwrap();
    assembly::write_assembly(&app(), folder.path()).unwrap();
    fs::write(folder.path().join("mine.txt"), "keep").unwrap();
    let smaller = App::new();
    queue(Stack::new(&smaller, "Web"), "Queue");
    assembly::write_assembly(&smaller.synth(), folder.path()).unwrap();
    assert!(!folder.path().join("Data.template.json").exists());
    assert!(!folder.path().join("assembly-Prod/manifest.json").exists());
    assert!(folder.path().join("Web.template.json").exists());
    assert!(folder.path().join("mine.txt").exists());
    assert!(!folder.path().join(".partial").exists());
}

#[test]
fn reports_output_folder_without_repeating_cause() {
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("file");
    fs::write(&in_the_way, "").unwrap();
    let error = assembly::write_assembly(&app(), &in_the_way.join("out")).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("cannot create the output folder `"),
        "{error}"
    );
    assert!(std::error::Error::source(&error).is_some());
    assert!(
        !error.to_string().contains("os error"),
        "the cause is the source's business: {error}"
    );
}

#[test]
fn writes_construct_tree_and_findings() {
    let folder = tempfile::tempdir().unwrap();
    assembly::write_assembly(&app(), folder.path()).unwrap();
    let tree = read(&folder.path().join("tree.json"));
    let queue = &tree["tree"]["children"]["Data"]["children"]["Queue"];
    assert_eq!(
        queue["attributes"]["aws:cdk:cloudformation:type"],
        "AWS::SQS::Queue"
    );
    assert_eq!(
        read(&folder.path().join("findings.json"))["findings"],
        json!([])
    );
}

#[test]
fn lists_unanswered_lookup_as_missing() {
    let build = |context: Option<(String, JsonValue)>| {
        let app = App::new();
        app.set_context(context);
        let stack = StackProps::new()
            .environment(Environment::new("111122223333", "eu-west-1"))
            .build(&app, "Web");
        let props = [("parameterName".to_owned(), json!("/notes/name"))]
            .into_iter()
            .collect();
        let found = infra_core::Construct::scope(&stack).lookup("ssm", props, json!("dummy"));
        queue(stack, "Queue").override_prop("QueueName", infra_core::Data::from(found));
        app.synth()
    };
    let synthesis = build(None);
    let [MissingContext { key, provider, .. }] = synthesis.missing() else {
        panic!("one look-up was made")
    };
    assert_eq!(
        key,
        "ssm:account=111122223333:parameterName=/notes/name:region=eu-west-1"
    );
    assert_eq!(provider, "ssm");
    let answered = build(Some((key.clone(), json!("found"))));
    assert!(answered.missing().is_empty());
    assert_eq!(
        answered.stacks()[0].template.to_json()["Resources"]["Queue"]["Properties"]["QueueName"],
        "found"
    );
}

/// The `cdk` CLI stores the error of a failed lookup in place of the answer, which does not count as an answer.
#[test]
fn reports_refused_lookup_and_requests_it_again() {
    let key = "ssm:account=111122223333:parameterName=/notes/name:region=eu-west-1";
    let app = App::new();
    let refusal = json!({ "$providerError": "no such parameter", "$dontSaveContext": true });
    app.set_context([(key.to_owned(), refusal)]);
    let stack = StackProps::new()
        .environment(Environment::new("111122223333", "eu-west-1"))
        .build(&app, "Web");
    let props = json!({ "parameterName": "/notes/name", "ignoreErrorOnMissingContext": true, "dummyValue": "x" });
    let JsonValue::Object(props) = props else {
        unreachable!()
    };
    let found = infra_core::Construct::scope(&stack).lookup("ssm", props, json!("dummy"));
    assert_eq!(found, "dummy");
    let synthesis = app.synth();
    let [missing] = synthesis.missing() else {
        panic!("one look-up was made")
    };
    assert_eq!(missing.key, key);
    assert_eq!(missing.props["dummyValue"], "x");
    let findings = findings(&synthesis);
    assert!(findings.contains("INF7105"), "{findings}");
    assert!(findings.contains("no such parameter"), "{findings}");
}

#[test]
fn applies_construct_move_to_its_resources() {
    let app = App::new();
    let stack = Stack::new(&app, "Web");
    let storage = infra_core::Construct::scope(&stack).construct("Storage");
    storage.moved_from("Legacy/Files");
    let inner = queue(storage.construct("Inbox"), "Queue");
    infra_core::Construct::scope(&inner).moved_from("Inbox");
    let synthesis = app.synth();
    let template = &synthesis.stack("Web").unwrap().template;
    assert_eq!(
        template.resources[0].moved_from,
        ["Inbox", "Legacy/Files/Inbox/Queue"]
    );
}

#[test]
fn records_limits_of_interruptions_for_each_root_stack() {
    use infra_core::AllowedInterruption::{Brief, None as Nothing};
    use infra_core::{CfnResource, Construct as _, NestedStack};

    let app = App::new();
    let stage = Stage::new(&app, "Prod");
    stage.scope().limit_interruptions(Brief);
    let web = Stack::new(stage, "Web");
    let nested = NestedStack::new(web, "Child");
    let inner = CfnResource::new(nested, "Inner", "AWS::SNS::Topic", json!({}));
    inner.scope().limit_interruptions(Nothing);
    // The stricter of two declarations counts.
    inner.scope().limit_interruptions(Brief);
    CfnResource::new(
        Stack::new(&app, "Other"),
        "Topic",
        "AWS::SNS::Topic",
        json!({}),
    );
    let synthesis = app.synth();
    let limits = &synthesis.stack("Prod/Web").unwrap().interruption_limits;
    let expected = [("Prod/Web", Brief), ("Prod/Web/Child/Inner", Nothing)];
    let expected = expected.map(|(path, allowed)| (path.to_owned(), allowed));
    assert_eq!(*limits, std::collections::BTreeMap::from(expected));
    assert!(
        synthesis
            .stack("Other")
            .unwrap()
            .interruption_limits
            .is_empty()
    );
}
