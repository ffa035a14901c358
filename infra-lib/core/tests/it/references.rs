//! Values read from another stack.

use infra_core::{
    App, CfnResource, Condition, Data, Environment, Output, ParameterProps, ParameterType,
    ReferenceStrength, Resource, Stack, StackProps, Stage, Synthesis, Value, intrinsics::equals,
};
use serde_json::json;

use crate::support::{findings, queue};

/// Adds a topic whose display name is the value.
#[track_caller]
fn reader<'app>(stack: Stack<'app>, id: &str, value: Value<String>) -> Resource<'app> {
    let topic = CfnResource::new(stack, id, "AWS::SNS::Topic", json!({}));
    topic.override_prop("DisplayName", value.into_data());
    topic
}

fn yaml(synthesis: &Synthesis) -> String {
    assert_eq!(findings(synthesis), "");
    let templates: Vec<String> = synthesis
        .stacks()
        .iter()
        .map(|stack| format!("# {}\n{}", stack.path, stack.template.to_yaml()))
        .collect();
    templates.join("\n")
}

#[test]
fn renders_weak_reference_as_output_without_export() {
    let app = App::new();
    let data = Stack::new(&app, "Data");
    let source = queue(data, "Queue");
    let web = Stack::new(&app, "Web");
    reader(web, "Topic", source.attr_value("QueueName"));
    let synthesis = app.synth();
    assert_eq!(synthesis.stack("Web").unwrap().dependencies, ["Data"]);
    insta::assert_snapshot!(yaml(&synthesis));
}

#[test]
fn shares_one_export_between_strong_references() {
    let app = App::new();
    app.set_reference_strength(ReferenceStrength::Strong);
    let source = queue(Stack::new(&app, "Data"), "Queue");
    let web = Stack::new(&app, "Web");
    reader(web, "First", source.attr_value("QueueName"));
    reader(web, "Second", source.attr_value("QueueName"));
    insta::assert_snapshot!(yaml(&app.synth()));
}

#[test]
fn prefers_strength_of_reference_to_stack_to_app() {
    let app = App::new();
    app.set_reference_strength(ReferenceStrength::Strong);
    let source = queue(Stack::new(&app, "Data"), "Queue");
    let web = StackProps::new()
        .reference_strength(ReferenceStrength::Weak)
        .build(&app, "Web");
    reader(web, "AsTheStackSays", source.attr_value("QueueName"));
    reader(
        web,
        "AsTheValueSays",
        source.attr_value::<String>("QueueName").strong(),
    );
    let synthesis = app.synth();
    let template = synthesis.stack("Web").unwrap().template.to_json();
    let name = |id: &str| template["Resources"][id]["Properties"]["DisplayName"].clone();
    assert!(name("AsTheStackSays").get("Fn::GetStackOutput").is_some());
    assert!(name("AsTheValueSays").get("Fn::ImportValue").is_some());
}

#[test]
fn allows_weak_reference_across_regions() {
    let app = App::new();
    let in_region =
        |region: &str| StackProps::new().environment(Environment::new("111122223333", region));
    let source = queue(in_region("us-east-1").build(&app, "Cert"), "Queue");
    let web = in_region("eu-west-1").build(&app, "Web");
    reader(web, "Topic", source.attr_value("QueueName"));
    let synthesis = app.synth();
    assert_eq!(findings(&synthesis), "");
    let template = synthesis.stack("Web").unwrap().template.to_json();
    assert_eq!(
        template["Resources"]["Topic"]["Properties"]["DisplayName"]["Fn::GetStackOutput"]["Region"],
        "us-east-1"
    );
}

#[test]
fn passes_list_attribute_between_stacks_as_text() {
    let app = App::new();
    let zone = CfnResource::new(
        Stack::new(&app, "Dns"),
        "Zone",
        "AWS::Route53::HostedZone",
        json!({ "Name": "example.com" }),
    );
    let web = Stack::new(&app, "Web");
    let records = CfnResource::new(
        web,
        "Record",
        "AWS::Route53::RecordSet",
        json!({ "Name": "sub.example.com", "Type": "NS", "TTL": "300", "HostedZoneName": "example.com." }),
    );
    records.override_prop(
        "ResourceRecords",
        zone.attr_value::<Vec<String>>("NameServers").into_data(),
    );
    insta::assert_snapshot!(yaml(&app.synth()));
}

#[test]
fn rejects_strong_reference_across_regions() {
    let app = App::new();
    let in_region = |region: &str| StackProps::new().environment(Environment::region(region));
    let source = queue(in_region("us-east-1").build(&app, "Data"), "Database");
    let web = in_region("eu-west-1").build(&app, "Web");
    reader(
        web,
        "Service",
        source.attr_value::<String>("QueueName").strong(),
    );
    insta::assert_snapshot!(findings(&app.synth()));
}

#[test]
fn rejects_reference_between_unknown_and_known_region() {
    let app = App::new();
    let source = queue(Stack::new(&app, "Data"), "Queue");
    let web = StackProps::new()
        .environment(Environment::region("eu-west-1"))
        .build(&app, "Web");
    reader(web, "Topic", source.attr_value("QueueName"));
    insta::assert_snapshot!(findings(&app.synth()));
}

#[test]
fn requires_role_for_reference_to_other_account() {
    let build = |role: Option<&str>| {
        let app = App::new();
        let mut props =
            StackProps::new().environment(Environment::new("111122223333", "eu-west-1"));
        if let Some(role) = role {
            props = props.output_reader_role(role);
        }
        let source = queue(props.build(&app, "Data"), "Queue");
        let other = StackProps::new()
            .environment(Environment::new("444455556666", "eu-west-1"))
            .build(&app, "Web");
        reader(other, "Topic", source.attr_value("QueueName"));
        app.synth()
    };
    let synthesis = build(Some("arn:aws:iam::111122223333:role/reader"));
    let template = synthesis.stack("Web").unwrap().template.to_json();
    let output = &template["Resources"]["Topic"]["Properties"]["DisplayName"]["Fn::GetStackOutput"];
    assert_eq!(output["RoleArn"], "arn:aws:iam::111122223333:role/reader");
    insta::assert_snapshot!(findings(&build(None)));
}

#[test]
fn reports_cycle_of_stacks_with_each_reason() {
    let app = App::new();
    let (a, b) = (Stack::new(&app, "A"), Stack::new(&app, "B"));
    let (in_a, in_b) = (queue(a, "Queue"), queue(b, "Queue"));
    reader(a, "Topic", in_b.attr_value("QueueName"));
    reader(b, "Topic", in_a.attr_value("QueueName"));
    insta::assert_snapshot!(findings(&app.synth()));
}

#[test]
fn rejects_parameter_and_condition_of_another_stack() {
    let app = App::new();
    let parameter = ParameterProps::new(ParameterType::String)
        .default_value("x")
        .build(Stack::new(&app, "Data"), "Name");
    let condition = Condition::new(
        Stack::new(&app, "Other"),
        "Never",
        equals::<String>("a", "b"),
    );
    let web = Stack::new(&app, "Web");
    reader(web, "Topic", parameter.value());
    let picked = infra_core::intrinsics::fn_if::<String>(condition, "a", "b");
    Output::new(web, "Picked", picked);
    queue(Stack::new(&app, "Filler"), "Queue");
    insta::assert_snapshot!(findings(&app.synth()));
}

#[test]
fn rejects_reference_to_another_stage() {
    let app = App::new();
    let source = queue(Stack::new(Stage::new(&app, "Test"), "Data"), "Queue");
    reader(
        Stack::new(Stage::new(&app, "Prod"), "Web"),
        "Topic",
        source.attr_value("QueueName"),
    );
    insta::assert_snapshot!(findings(&app.synth()));
}

#[test]
fn rejects_value_of_another_app() {
    let (one, two) = (App::new(), App::new());
    let source = queue(Stack::new(&one, "Data"), "Queue");
    reader(
        Stack::new(&two, "Web"),
        "Topic",
        source.attr_value("QueueName"),
    );
    insta::assert_snapshot!(findings(&two.synth()));
}

#[test]
fn reports_cycle_of_resources() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let (first, second) = (queue(stack, "First"), queue(stack, "Second"));
    first.override_prop(
        "QueueName",
        Data::from(second.attr_value::<String>("QueueName")),
    );
    second.override_prop(
        "QueueName",
        Data::from(first.attr_value::<String>("QueueName")),
    );
    insta::assert_snapshot!(findings(&app.synth()));
}

#[test]
fn renders_one_parameter_per_resolved_output() {
    let app = App::new();
    let source = queue(Stack::new(&app, "Data"), "Queue");
    let web = StackProps::new()
        .reference_strength(ReferenceStrength::Resolved)
        .build(&app, "Web");
    reader(web, "First", source.attr_value("QueueName"));
    reader(web, "Second", source.attr_value("QueueName"));
    reader(web, "Third", source.attr_value("Arn"));
    let synthesis = app.synth();
    assert_eq!(synthesis.stack("Web").unwrap().dependencies, ["Data"]);
    insta::assert_snapshot!(yaml(&synthesis));
}

#[test]
fn allows_resolved_reference_in_condition() {
    let app = App::new();
    let source = queue(Stack::new(&app, "Data"), "Queue");
    let web = Stack::new(&app, "Web");
    let name = source.attr_value::<String>("QueueName").resolved();
    let condition = Condition::new(web, "IsOrders", equals(name, "orders"));
    let topic = CfnResource::new(web, "Topic", "AWS::SNS::Topic", json!({}));
    topic.apply_condition(condition);
    let synthesis = app.synth();
    assert_eq!(findings(&synthesis), "");
    let template = synthesis.stack("Web").unwrap().template.to_json();
    let read = &template["Conditions"]["IsOrders"]["Fn::Equals"][0]["Ref"];
    let parameter = read.as_str().unwrap();
    assert_eq!(template["Parameters"][parameter]["Type"], "String");
    assert_eq!(
        template["Metadata"]["infra:resolved-parameters"][parameter]["StackName"],
        "Data"
    );
}

#[test]
fn allows_resolved_reference_across_regions_not_accounts() {
    let app = App::new();
    let place = |account: &str, region: &str| {
        StackProps::new().environment(Environment::new(account, region))
    };
    let source = queue(
        place("111122223333", "us-east-1").build(&app, "Data"),
        "Queue",
    );
    let name = source.attr_value::<String>("QueueName");
    let near = place("111122223333", "eu-west-1").build(&app, "Near");
    reader(near, "Topic", name.clone().resolved());
    let far = place("444455556666", "us-east-1").build(&app, "Far");
    reader(far, "Topic", name.resolved());
    let synthesis = app.synth();
    let template = synthesis.stack("Near").unwrap().template.to_json();
    let declared = template["Metadata"]["infra:resolved-parameters"].as_object();
    let (_, source) = declared.unwrap().iter().next().unwrap();
    assert_eq!(source["Region"], "us-east-1");
    insta::assert_snapshot!(findings(&synthesis));
}

#[test]
fn replaces_resolved_references_with_weak_ones() {
    let app = App::new();
    app.set_reference_strength(ReferenceStrength::Resolved);
    app.replace_resolved_references();
    let source = queue(Stack::new(&app, "Data"), "Queue");
    reader(
        Stack::new(&app, "Web"),
        "Topic",
        source.attr_value("QueueName"),
    );
    let synthesis = app.synth();
    assert_eq!(findings(&synthesis), "");
    let template = synthesis.stack("Web").unwrap().template.to_json();
    let name = &template["Resources"]["Topic"]["Properties"]["DisplayName"];
    assert!(name.get("Fn::GetStackOutput").is_some());
    assert!(template.get("Parameters").is_none());
}

#[test]
fn reports_more_than_50_weak_reads() {
    let build = |count: usize| {
        let app = App::new();
        let source = queue(Stack::new(&app, "Data"), "Queue");
        let web = Stack::new(&app, "Web");
        for number in 0..count {
            reader(
                web,
                &format!("Topic{number}"),
                source.attr_value("QueueName"),
            );
        }
        findings(&app.synth())
    };
    assert_eq!(build(50), "");
    insta::assert_snapshot!(build(51));
}
