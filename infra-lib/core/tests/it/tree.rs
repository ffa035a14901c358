//! Tests of IDs, origins, tags, dependencies, aspects and acknowledgements.

use infra_core::{
    App, CfnResource, Construct, Diagnostic, RemovalPolicy, Scope, Stack, StackProps, Stage, codes,
};
use serde_json::json;

use crate::support::{findings, findings_of, queue, template_of};

#[test]
fn reports_duplicate_id_with_both_locations() {
    insta::assert_snapshot!(findings_of(|stack| {
        queue(stack, "Queue");
        queue(stack, "Queue");
    }));
}

#[test]
fn rejects_id_that_is_invalid_in_path() {
    insta::assert_snapshot!(findings_of(|stack| {
        queue(stack, "a/b");
        queue(stack, "");
    }));
}

#[test]
fn rejects_resource_outside_stack() {
    let app = App::new();
    queue(&app, "Queue");
    insta::assert_snapshot!(findings(&app.synth()));
}

#[test]
fn reports_caller_line_for_nodes_of_library_construct() {
    #[track_caller]
    fn library(stack: Stack<'_>) -> Scope<'_> {
        let scope = stack.scope().library_construct("Thing", "example.Thing");
        queue(scope, "Resource").scope()
    }
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let (inner, here) = (library(stack), line!());
    assert_eq!(
        (inner.origin().file(), inner.origin().line()),
        (file!(), here)
    );
    assert_eq!(inner.path(), "Stack/Thing/Resource");
}

#[test]
fn reports_line_of_late_call_for_late_nodes() {
    #[track_caller]
    fn add_late(scope: Scope<'_>) -> Scope<'_> {
        queue(scope.at_caller(), "Late").scope()
    }
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let scope = stack.scope().library_construct("Thing", "example.Thing");
    let (late, here) = (add_late(scope), line!());
    assert_eq!(late.origin().line(), here);
}

#[test]
fn splits_tags_between_stack_and_resources() {
    let app = App::new();
    app.tag("team", "notes");
    let stack = Stack::new(&app, "Stack");
    let group = stack.scope().construct("Group");
    group.tag("part", "api");
    group.tag("dropped", "x");
    queue(group, "Queue").scope().remove_tag("dropped");
    CfnResource::new(
        group,
        "Own",
        "AWS::SQS::Queue",
        json!({ "Tags": [{ "Key": "part", "Value": "own" }] }),
    );
    let synthesis = app.synth();
    assert_eq!(findings(&synthesis), "");
    let stack = &synthesis.stacks()[0];
    assert_eq!(stack.tags, [("team".to_owned(), "notes".to_owned())].into());
    insta::assert_snapshot!(stack.template.to_yaml());
}

#[test]
fn expands_construct_dependency_to_all_resources() {
    let template = template_of(|stack| {
        let first = stack.scope().construct("First");
        queue(first, "A");
        queue(first, "B");
        let second = stack.scope().construct("Second");
        queue(second, "C");
        second.depends_on(first);
    });
    let ids: Vec<&str> = template["Resources"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let [a, b, c] = ids.as_slice() else {
        panic!("{ids:?}")
    };
    assert_eq!(template["Resources"][c]["DependsOn"], json!([a, b]));
}

#[test]
fn omits_dependency_implied_by_reference() {
    let template = template_of(|stack| {
        let dead = queue(stack, "Dead");
        let queue = CfnResource::new(
            stack,
            "Queue",
            "AWS::SQS::Queue",
            json!({ "RedrivePolicy": { "deadLetterTargetArn": { "Fn::GetAtt": ["Dead", "Arn"] } } }),
        );
        queue.depends_on(dead);
    });
    assert_eq!(template["Resources"]["Queue"]["DependsOn"], json!(null));
}

#[test]
fn visits_existing_and_added_nodes_with_aspect() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    queue(stack, "Queue");
    app.add_aspect(|scope: Scope<'_>| {
        if scope.id() == "Queue" {
            queue(scope.parent().unwrap_or(scope), "Added");
        }
        if let Some(resource) = scope.as_resource() {
            resource.override_prop("DelaySeconds", 7_i64);
        }
    });
    let synthesis = app.synth();
    let template = synthesis.stacks()[0].template.to_json();
    assert_eq!(
        template["Resources"]["Queue"]["Properties"]["DelaySeconds"],
        json!(7)
    );
    assert_eq!(
        template["Resources"]["Added"]["Properties"]["DelaySeconds"],
        json!(7)
    );
}

/// Adds a bucket with two values that the schema does not list.
fn odd_bucket(stack: Stack<'_>) -> Scope<'_> {
    let encryption = json!([{ "ServerSideEncryptionByDefault": { "SSEAlgorithm": "rot13" } }]);
    let properties = json!({
        "VersioningConfiguration": { "Status": "Soon" },
        "BucketEncryption": { "ServerSideEncryptionConfiguration": encryption },
    });
    CfnResource::new(stack, "Bucket", "AWS::S3::Bucket", properties).scope()
}

#[test]
fn acknowledges_findings_and_reports_unused_acknowledgement() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    odd_bucket(stack).acknowledge(codes::UNKNOWN_ENUM_VALUE, "in preview");
    queue(stack, "Queue")
        .scope()
        .acknowledge(codes::NON_ASCII, "no such finding");
    let synthesis = app.synth();
    let reasons: Vec<&str> = synthesis
        .acknowledged()
        .iter()
        .map(|entry| &*entry.reason)
        .collect();
    assert_eq!(reasons, ["in preview", "in preview"]);
    insta::assert_snapshot!(findings(&synthesis));
}

#[test]
fn limits_acknowledgement_to_one_property() {
    let app = App::new();
    let bucket = odd_bucket(Stack::new(&app, "Stack"));
    bucket.acknowledge_property(codes::UNKNOWN_ENUM_VALUE, "BucketEncryption", "in preview");
    let synthesis = app.synth();
    assert_eq!(synthesis.acknowledged().len(), 1);
    let open = synthesis
        .findings()
        .iter()
        .map(|found| found.property.as_deref());
    assert_eq!(
        open.collect::<Vec<_>>(),
        [Some("VersioningConfiguration.Status")]
    );
}

#[test]
fn rejects_acknowledgement_of_fatal_finding() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let first = queue(stack, "First");
    CfnResource::new(
        stack,
        "Second",
        "AWS::SQS::Queue",
        json!({ "QueueName": { "Ref": "Nobody" } }),
    )
    .scope()
    .acknowledge(codes::UNDEFINED_REFERENCE, "surely");
    first.apply_removal_policy(RemovalPolicy::Retain);
    insta::assert_snapshot!(findings(&app.synth()));
}

#[test]
fn prefixes_stack_names_with_stage() {
    let app = App::new();
    let stage = Stage::new(&app, "Prod");
    let stack = Stack::new(stage, "Data");
    queue(stack, "Queue");
    let named = StackProps::new()
        .stack_name("by-hand")
        .build(stage, "Other");
    queue(named, "Queue");
    assert_eq!(stack.stack_name(), "Prod-Data");
    assert_eq!(named.stack_name(), "by-hand");
    let synthesis = app.synth();
    // aws-cdk-lib names the artifact of this path `ProdData` with its hash.
    assert_eq!(
        synthesis.stack("Prod/Data").unwrap().id,
        infra_core::logical_id::logical_id(&["Prod", "Data"])
    );
}

#[test]
fn reports_invalid_and_duplicate_stack_names() {
    let app = App::new();
    queue(Stack::new(&app, "notes_db"), "Queue");
    queue(
        StackProps::new().stack_name("same").build(&app, "A"),
        "Queue",
    );
    queue(
        StackProps::new().stack_name("same").build(&app, "B"),
        "Queue",
    );
    insta::assert_snapshot!(findings(&app.synth()));
}

#[test]
fn runs_validator_on_finished_tree() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    stack.scope().add_validator(|scope| {
        if scope.resources().len() > 1 {
            scope.report(Diagnostic::new(
                codes::NEAR_RESOURCE_LIMIT,
                "two is a crowd",
            ));
        }
    });
    queue(stack, "First");
    queue(stack, "Second");
    let synthesis = app.synth();
    assert_eq!(synthesis.findings()[0].message, "two is a crowd");
    assert_eq!(synthesis.findings()[0].path.as_deref(), Some("Stack"));
}

#[test]
fn allows_tree_access_in_modify_props() {
    let template = template_of(|stack| {
        let (first, second) = (queue(stack, "First"), queue(stack, "Second"));
        second.modify_props(|props| {
            props.set::<String>("QueueName", first.attr_value::<String>("QueueName"));
        });
    });
    assert_eq!(
        template["Resources"]["Second"]["Properties"]["QueueName"],
        json!({ "Fn::GetAtt": ["First", "QueueName"] })
    );
}
