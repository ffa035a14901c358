//! Tests of finding moves and of the resulting templates. Calls to AWS are tested with the command line.

use std::collections::BTreeMap;

use infra_core::{App, CfnResource, Construct, Output, Stack, render};
use serde_json::json;

use super::{apply_moves, find_moves, find_pending_moves};
use infra_template::Template;
use infra_template::assembly::CloudAssembly;

fn synthesize_app(build: impl Fn(&App)) -> CloudAssembly {
    let app = App::new();
    build(&app);
    CloudAssembly::from_synthesis(&app.synth()).unwrap()
}

fn build_deployed(stacks: &[(&str, serde_json::Value)]) -> BTreeMap<String, Template> {
    stacks
        .iter()
        .map(|(name, document)| {
            (
                (*name).to_owned(),
                Template::from_json(document.clone()).unwrap(),
            )
        })
        .collect()
}

/// Builds a queue and a topic; the construct of the queue had another name before.
fn build_renamed(app: &App) {
    let stack = Stack::new(app, "Web");
    let inbox = stack.scope().construct("Inbox");
    inbox.moved_from("Jobs");
    CfnResource::new(inbox, "Queue", "AWS::SQS::Queue", json!({}));
    CfnResource::new(stack, "Topic", "AWS::SNS::Topic", json!({}));
}

fn template_before() -> serde_json::Value {
    json!({
        "Description": "${JobsQueue8AD2D0D3} in a text stays",
        "Resources": {
            "JobsQueue8AD2D0D3": {
                "Type": "AWS::SQS::Queue",
                "Metadata": { "aws:cdk:path": "Web/Jobs/Queue" },
            },
            "Topic": {
                "Type": "AWS::SNS::Topic",
                "DependsOn": ["JobsQueue8AD2D0D3"],
                "Properties": {
                    "DisplayName": { "Fn::Sub": "${JobsQueue8AD2D0D3.Arn} ${!JobsQueue8AD2D0D3} ${AWS::Region}" },
                    "TopicName": { "Fn::Sub": ["${JobsQueue8AD2D0D3}-${own}", { "own": { "Ref": "JobsQueue8AD2D0D3" } }] },
                    "KmsMasterKeyId": { "Fn::GetAtt": "JobsQueue8AD2D0D3.QueueName" },
                    "ArchivePolicy": { "a": { "Fn::GetAtt": ["JobsQueue8AD2D0D3", "Arn"] } },
                },
            },
        },
        "Outputs": { "Url": { "Value": { "Ref": "JobsQueue8AD2D0D3" } } },
    })
}

#[test]
fn keeps_resources_and_references_of_renamed_construct() {
    let assembly = synthesize_app(build_renamed);
    let old = infra_core::logical_id::logical_id(&["Jobs", "Queue"]);
    let text = template_before()
        .to_string()
        .replace("JobsQueue8AD2D0D3", &old);
    let before = serde_json::from_str(&text).unwrap();
    let deployed = build_deployed(&[("Web", before)]);
    let found = find_moves(&deployed, &assembly.stacks);
    assert_eq!(found.problems, []);
    let templates = apply_moves(&deployed, &found.moves).unwrap();
    let after = serde_json::to_string_pretty(templates["Web"].document()).unwrap();
    insta::assert_snapshot!(after);

    // Deployed as it is now, nothing is left to be moved.
    assert_eq!(
        find_pending_moves(&templates["Web"], &assembly.stacks[0]),
        []
    );
    assert_eq!(
        find_pending_moves(&deployed["Web"], &assembly.stacks[0]).len(),
        1
    );
}

#[test]
fn existing_resource_is_not_moved() {
    let assembly = synthesize_app(|app| {
        let stack = Stack::new(app, "Web");
        CfnResource::new(stack, "Old", "AWS::SQS::Queue", json!({}));
        let new = CfnResource::new(stack, "New", "AWS::SQS::Queue", json!({}));
        new.scope().moved_from("Old");
    });
    let deployed = build_deployed(&[(
        "Web",
        json!({ "Resources": { "Old": { "Type": "AWS::SQS::Queue" } } }),
    )]);
    assert_eq!(find_moves(&deployed, &assembly.stacks).moves, []);
}

#[test]
fn reports_impossible_declaration() {
    let assembly = synthesize_app(|app| {
        let stack = Stack::new(app, "Web");
        for id in ["One", "Two"] {
            let queue = CfnResource::new(stack, id, "AWS::SQS::Queue", json!({}));
            queue.scope().moved_from("Old");
        }
        let topic = CfnResource::new(stack, "Topic", "AWS::SNS::Topic", json!({}));
        topic.scope().moved_from("Old");
    });
    let deployed = build_deployed(&[(
        "Web",
        json!({ "Resources": { "Old": { "Type": "AWS::SQS::Queue" } } }),
    )]);
    let found = find_moves(&deployed, &assembly.stacks);
    let text: Vec<String> = found.problems.iter().map(render).collect();
    insta::assert_snapshot!(text.join("\n"));
}

/// Builds two stacks; a queue has moved from `Web` to `Data`.
fn build_split(app: &App) {
    let data = Stack::new(app, "Data");
    let queue = CfnResource::new(data, "Queue", "AWS::SQS::Queue", json!({}));
    queue.scope().moved_from("Web/Jobs");
    let web = Stack::new(app, "Web");
    Output::new(web, "Url", queue.ref_value::<String>());
    CfnResource::new(web, "Topic", "AWS::SNS::Topic", json!({}));
}

#[test]
fn moves_resource_to_a_new_stack() {
    let assembly = synthesize_app(build_split);
    let deployed = build_deployed(&[(
        "Web",
        json!({ "Resources": {
            "Jobs": { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": 5 } },
            "Topic": { "Type": "AWS::SNS::Topic" },
        } }),
    )]);
    let found = find_moves(&deployed, &assembly.stacks);
    let templates = apply_moves(&deployed, &found.moves).unwrap();
    let shown: Vec<String> = templates
        .iter()
        .map(|(name, template)| format!("{name}: {}", template.json()))
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    Data: {"Resources":{"Queue":{"Type":"AWS::SQS::Queue","Properties":{"DelaySeconds":5}}}}
    Web: {"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}
    "#);
}

#[test]
fn reports_reference_across_stacks() {
    let assembly = synthesize_app(build_split);
    let deployed = build_deployed(&[(
        "Web",
        json!({ "Resources": {
            "Jobs": {
                "Type": "AWS::SQS::Queue",
                "Properties": { "KmsMasterKeyId": { "Ref": "Key" } },
            },
            "Key": { "Type": "AWS::KMS::Key" },
            "Topic": { "Type": "AWS::SNS::Topic", "DependsOn": "Jobs" },
        },
        "Outputs": { "Url": { "Value": { "Ref": "Jobs" } } } }),
    )]);
    let found = find_moves(&deployed, &assembly.stacks);
    let problems = apply_moves(&deployed, &found.moves).unwrap_err();
    let text: Vec<String> = problems.iter().map(render).collect();
    insta::assert_snapshot!(text.join("\n"));
}

#[test]
fn rejects_move_of_last_resource() {
    let assembly = synthesize_app(build_split);
    let deployed = build_deployed(&[(
        "Web",
        json!({ "Resources": { "Jobs": { "Type": "AWS::SQS::Queue" } } }),
    )]);
    let found = find_moves(&deployed, &assembly.stacks);
    let problems = apply_moves(&deployed, &found.moves).unwrap_err();
    insta::assert_snapshot!(render(&problems[0]), @r"
    error[INF7442]: stack `Web` would have no resources left
       = help: keep one resource in it, or deploy the new stack and `destroy` the old one
    ");
}
