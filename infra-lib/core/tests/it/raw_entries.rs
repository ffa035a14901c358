//! Entries and attributes that a stack has as data.

use infra_core::{App, CfnResource, Section, Stack, StackProps, codes};
use serde_json::{Value, json};

fn stack(app: &App) -> Stack<'_> {
    StackProps::new()
        .transform("AWS::LanguageExtensions")
        .build(app, "Raw")
}

fn template(app: App) -> (Value, Vec<String>) {
    let synthesis = app.synth();
    let found = synthesis.findings().iter();
    let found = found.map(|finding| format!("{} {}", finding.code, finding.message));
    (synthesis.stacks()[0].template.to_json(), found.collect())
}

#[test]
fn keeps_entries_of_every_section() {
    let app = App::new();
    let stack = stack(&app);
    let sections = [
        Section::Parameters,
        Section::Rules,
        Section::Mappings,
        Section::Conditions,
        Section::Resources,
        Section::Outputs,
    ];
    let content = json!({ "Any": [{ "Ref": "Name" }, 0.5, null, { "Fn::Sub": "${a}" }] });
    for section in sections {
        stack.raw_entry(section, "One", content.clone());
    }
    let (made, found) = template(app);
    for section in sections {
        assert_eq!(made[section.as_str()], json!({ "One": content }));
    }
    assert_eq!(found, [""; 0]);
}

#[test]
fn knows_names_of_raw_entries() {
    let app = App::new();
    let stack = stack(&app);
    stack.raw_entry(
        Section::Resources,
        "Topic",
        json!({ "Type": "AWS::SNS::Topic" }),
    );
    stack.raw_entry(
        Section::Parameters,
        "Size",
        json!({ "Type": "Number", "MinValue": 0.5 }),
    );
    let queue = json!({
        "DelaySeconds": { "Ref": "Size" },
        "QueueName": { "Fn::GetAtt": ["Topic", "TopicName"] },
        "KmsMasterKeyId": { "Ref": "Topi" },
    });
    CfnResource::new(stack, "Queue", "AWS::SQS::Queue", queue);
    let (_, found) = template(app);
    assert_eq!(
        found,
        ["INF1206 this template has no resource or parameter `Topi`"]
    );
}

#[test]
fn names_that_loops_make_are_unknown() {
    let app = App::new();
    let stack = stack(&app);
    let topics = json!(["Name", ["A"], { "Topic${Name}": { "Type": "AWS::SNS::Topic" } }]);
    stack.raw_entry(Section::Resources, "Fn::ForEach::Topics", topics);
    CfnResource::new(
        stack,
        "Queue",
        "AWS::SQS::Queue",
        json!({ "QueueName": { "Ref": "TopicA" } }),
    );
    assert_eq!(template(app).1, [""; 0]);
}

#[test]
fn reports_entry_with_taken_id() {
    let app = App::new();
    let stack = stack(&app);
    CfnResource::new(stack, "Queue", "AWS::SQS::Queue", json!({}));
    stack.raw_entry(
        Section::Resources,
        "Queue",
        json!({ "Type": "AWS::SNS::Topic" }),
    );
    stack.raw_entry(Section::Outputs, "Queue", json!({ "Value": "a" }));
    stack.raw_entry(Section::Outputs, "Queue", json!({ "Value": "b" }));
    let synthesis = app.synth();
    let found: Vec<&str> = synthesis
        .findings()
        .iter()
        .filter(|finding| finding.code == codes::LOGICAL_ID_CLASH)
        .map(|finding| finding.message.as_str())
        .collect();
    assert_eq!(
        found,
        [
            "two entries have the logical ID `Queue`",
            "two entries of `Outputs` have the ID `Queue`",
        ]
    );
}

#[test]
fn overrides_attributes_once() {
    let app = App::new();
    let stack = stack(&app);
    let topic = CfnResource::new(stack, "Topic", "AWS::SNS::Topic", json!({}));
    let queue = CfnResource::new(stack, "Queue", "AWS::SQS::Queue", json!({}));
    queue.apply_removal_policy(infra_core::RemovalPolicy::Retain);
    queue.depends_on(topic);
    queue.creation_policy(json!({ "a": 1 }));
    for name in [
        "DeletionPolicy",
        "Condition",
        "DependsOn",
        "CreationPolicy",
        "Connectors",
    ] {
        queue.override_attribute(name, json!({ "Ref": "AWS::Region" }));
    }
    let synthesis = app.synth();
    let text = synthesis.stacks()[0].template.json().to_owned();
    let made: Value = serde_json::from_str(&text).unwrap();
    let region = json!({ "Ref": "AWS::Region" });
    assert_eq!(
        made["Resources"]["Queue"],
        json!({
            "Type": "AWS::SQS::Queue",
            "UpdateReplacePolicy": "Retain",
            "DeletionPolicy": region,
            "Condition": region,
            "DependsOn": region,
            "CreationPolicy": region,
            "Connectors": region,
            "Metadata": { "aws:cdk:path": "Raw/Queue" },
        })
    );
    assert_eq!(text.matches("\"DependsOn\"").count(), 1);
    assert_eq!(text.matches("\"DeletionPolicy\"").count(), 1);
}

#[test]
fn reports_attribute_with_own_method() {
    let app = App::new();
    let stack = stack(&app);
    let topic = CfnResource::new(stack, "Topic", "AWS::SNS::Topic", json!({}));
    topic.override_attribute("Properties", json!({}));
    let (_, found) = template(app);
    assert_eq!(found, ["INF1005 cannot set `Properties` as an attribute"]);
}

#[test]
fn serverless_macro_resolves_cycles() {
    let cycle = |transform: &str| {
        let app = App::new();
        let stack = StackProps::new().transform(transform).build(&app, "Raw");
        let role = json!({ "Role": { "Fn::GetAtt": ["Errors", "Arn"] } });
        CfnResource::new(stack, "Work", "AWS::Serverless::Function", role);
        let name = json!({ "QueueName": { "Fn::Sub": "${Work}-errors" } });
        CfnResource::new(stack, "Errors", "AWS::SQS::Queue", name);
        let synthesis = app.synth();
        let found = synthesis.findings();
        found
            .iter()
            .any(|finding| finding.code == codes::RESOURCE_CYCLE)
    };
    assert!(!cycle("AWS::Serverless-2016-10-31"));
    assert!(!cycle("OwnMacro"));
    assert!(cycle("AWS::LanguageExtensions"));
}

#[test]
fn accepts_functions_with_unusual_arguments() {
    let app = App::new();
    let stack = stack(&app);
    let inner = json!({ "Fn::FindInMap": ["Kinds", "web", "Map"] });
    let id = json!({ "Fn::FindInMap": [inner, "us-east-1", "Id"] });
    CfnResource::new(
        stack,
        "Topic",
        "AWS::SNS::Topic",
        json!({ "TopicName": id }),
    );
    let wrong = json!({ "TopicName": { "FindInMap": "a" } });
    CfnResource::new(stack, "Other", "AWS::SNS::Topic", wrong);
    assert_eq!(template(app).1, ["INF3004 expected text, found a map"]);
}

#[test]
fn names_that_macros_and_modules_make_are_unknown() {
    let missing = |transform: &str, type_name: &str, name: &str| {
        let app = App::new();
        let stack = StackProps::new().transform(transform).build(&app, "Raw");
        CfnResource::new(stack, "Web", type_name.to_owned(), json!({}));
        CfnResource::new(
            stack,
            "Topic",
            "AWS::SNS::Topic",
            json!({ "TopicName": { "Ref": name } }),
        );
        let synthesis = app.synth();
        let found = synthesis.findings();
        found
            .iter()
            .any(|finding| finding.code == codes::UNDEFINED_REFERENCE)
    };
    let (serverless, function) = ("AWS::Serverless-2016-10-31", "AWS::Serverless::Function");
    assert!(!missing(serverless, function, "WebRole"));
    assert!(!missing(serverless, function, "ServerlessRestApi"));
    assert!(missing(serverless, function, "Other"));
    assert!(missing(
        "AWS::LanguageExtensions",
        "AWS::SNS::Topic",
        "WebRole"
    ));
    assert!(!missing(
        "AWS::LanguageExtensions",
        "Company::Web::Vpc::MODULE",
        "Web.Vpc"
    ));
    assert!(!missing("OwnMacro", "AWS::SNS::Topic", "Other"));
}

#[test]
fn cycle_of_one_condition_is_reported() {
    let cycle = |first: Value, second: Value| {
        let app = App::new();
        let stack = stack(&app);
        for (id, name) in [("One", first), ("Two", second)] {
            CfnResource::new(stack, id, "AWS::SNS::Topic", json!({ "DisplayName": name }));
        }
        let synthesis = app.synth();
        let found = synthesis.findings();
        found
            .iter()
            .any(|finding| finding.code == codes::RESOURCE_CYCLE)
    };
    let name = |id: &str| json!({ "Fn::GetAtt": [id, "TopicName"] });
    let when = |condition: &str, id: &str| json!({ "Fn::If": [condition, name(id), "a"] });
    assert!(cycle(name("Two"), name("One")));
    assert!(cycle(when("IsProd", "Two"), name("One")));
    assert!(!cycle(when("IsProd", "Two"), when("IsTest", "One")));
}
