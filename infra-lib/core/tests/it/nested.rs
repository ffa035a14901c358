//! Nested stacks: templates, values in every direction, dependencies, tags and quotas.

use std::fs;

use infra_core::{
    App, CfnResource, Construct, Duration, Environment, NestedStack, NestedStackProps,
    ParameterProps, ParameterType, ReferenceStrength, RemovalPolicy, Resource, Stack, StackProps,
    Stage, Synthesis, Value, assembly, codes, pseudo,
};
use serde_json::{Value as JsonValue, json};

use crate::support::{findings, queue};

/// Adds a topic whose display name is the value.
#[track_caller]
fn reader<'app>(scope: impl Construct<'app>, id: &str, value: Value<String>) -> Resource<'app> {
    let topic = CfnResource::new(scope, id, "AWS::SNS::Topic", json!({}));
    topic.override_prop("DisplayName", value.into_data());
    topic
}

/// Returns every template, nested ones after their root, with hashes replaced by the path of the template.
fn yaml(synthesis: &Synthesis) -> String {
    assert_eq!(findings(synthesis), "");
    let mut shown = String::new();
    for stack in synthesis.stacks() {
        let templates = [(stack.path.as_str(), &stack.template)].into_iter();
        let nested = stack.nested.iter().map(|one| (&*one.path, &one.template));
        for (path, template) in templates.chain(nested) {
            for part in ["# ", path, "\n", &template.to_yaml(), "\n"] {
                shown.push_str(part);
            }
        }
        for nested in &stack.nested {
            shown = shown.replace(&nested.hash, &format!("<{}>", nested.path));
        }
    }
    shown
}

fn nested(synthesis: &Synthesis, path: &str) -> JsonValue {
    let found = synthesis.nested_stack(path);
    found.expect("the nested stack").template.to_json()
}

fn root(synthesis: &Synthesis, path: &str) -> JsonValue {
    synthesis.stack(path).unwrap().template.to_json()
}

#[test]
fn passes_values_between_nested_stacks_in_all_directions() {
    let app = App::new();
    let stack = Stack::new(&app, "Root");
    let above = queue(stack, "Above");
    let one = NestedStack::new(stack, "One");
    let inner = NestedStack::new(one, "Inner");
    let two = NestedStack::new(stack, "Two");
    let deep = queue(inner, "Deep");
    reader(inner, "Down", above.attr_value("QueueName"));
    reader(stack, "Up", deep.attr_value("QueueName"));
    reader(two, "Across", deep.attr_value("QueueName"));
    reader(two, "Again", deep.attr_value("QueueName"));
    reader(one, "FromChild", deep.ref_value());
    let other = Stack::new(&app, "Other");
    reader(other, "Weak", deep.attr_value("QueueName"));
    reader(
        NestedStack::new(other, "Nested"),
        "Weak",
        deep.attr_value("QueueName"),
    );
    let synthesis = app.synth();
    assert_eq!(synthesis.stack("Other").unwrap().dependencies, ["Root"]);
    insta::assert_snapshot!(yaml(&synthesis));
}

/// The IDs are those that aws-cdk-lib 2.276.0 generates for the same program; `scripts/twin` compares them.
#[test]
fn renders_nested_stack_resource_like_cdk() {
    let app = App::new();
    let stack = Stack::new(&app, "Root");
    let props = NestedStackProps::new()
        .description("queues")
        .notification_arn("arn:aws:sns:eu-west-1:111122223333:events")
        .parameter("Size", "2")
        .tag("team", "notes")
        .timeout(Duration::seconds(90))
        .removal_policy(RemovalPolicy::Retain);
    let nested_stack = props.build(stack, "NestedStack1");
    ParameterProps::new(ParameterType::Number).build(nested_stack, "Size");
    queue(nested_stack, "Queue");
    assert_eq!(
        nested_stack.resource().type_name(),
        "AWS::CloudFormation::Stack"
    );
    let synthesis = app.synth();
    assert_eq!(findings(&synthesis), "");
    let artifact = &synthesis.stacks()[0].nested[0];
    assert_eq!(
        artifact.file,
        "RootNestedStack190DC873C.nested.template.json"
    );
    assert_eq!(artifact.hash.len(), 64);
    let address = format!(
        "https://s3.${{AWS::Region}}.${{AWS::URLSuffix}}/cdk-hnb659fds-assets-${{AWS::AccountId}}-${{AWS::Region}}/{}.json",
        artifact.hash
    );
    assert_eq!(
        root(&synthesis, "Root")["Resources"],
        json!({ "NestedStack1NestedStackNestedStack1NestedStackResource7E64AD52": {
            "Type": "AWS::CloudFormation::Stack",
            "Properties": {
                "NotificationARNs": ["arn:aws:sns:eu-west-1:111122223333:events"],
                "Parameters": { "Size": "2" },
                "TimeoutInMinutes": 2,
                "Tags": [{ "Key": "team", "Value": "notes" }],
                "TemplateURL": { "Fn::Sub": address },
            },
            "UpdateReplacePolicy": "Retain",
            "DeletionPolicy": "Retain",
            "Metadata": {
                "aws:asset:path": artifact.file,
                "aws:asset:property": "TemplateURL",
                "aws:cdk:path": "Root/NestedStack1.NestedStack/NestedStack1.NestedStackResource",
            },
        } })
    );
    assert_eq!(artifact.template.to_json()["Description"], "queues");
}

#[test]
fn changes_hash_of_every_enclosing_nested_stack() {
    let hashes = |delay: i64| {
        let app = App::new();
        let outer = NestedStack::new(Stack::new(&app, "Root"), "Outer");
        let beside = NestedStack::new(outer, "Beside");
        queue(beside, "Queue");
        let inner = NestedStack::new(outer, "Inner");
        queue(inner, "Queue").override_prop("DelaySeconds", delay);
        let synthesis = app.synth();
        let hash = |path: &str| synthesis.nested_stack(path).unwrap().hash.clone();
        ["Root/Outer", "Root/Outer/Inner", "Root/Outer/Beside"].map(hash)
    };
    let (before, after) = (hashes(1), hashes(2));
    assert_eq!(before, hashes(1));
    assert_ne!(before[0], after[0]);
    assert_ne!(before[1], after[1]);
    assert_eq!(before[2], after[2]);
}

#[test]
fn passes_lists_between_nested_stacks_as_text() {
    let app = App::new();
    let stack = Stack::new(&app, "Root");
    let (one, two) = (
        NestedStack::new(stack, "One"),
        NestedStack::new(stack, "Two"),
    );
    let source = CfnResource::new(
        one,
        "Zone",
        "AWS::Route53::HostedZone",
        json!({ "Name": "a.example" }),
    );
    let servers = |scope, id: &str| {
        let set = CfnResource::new(
            scope,
            id,
            "AWS::Route53::RecordSet",
            json!({ "HostedZoneId": "Z1", "Name": "a.example", "Type": "NS", "TTL": "60" }),
        );
        set.override_prop(
            "ResourceRecords",
            source.attr_value::<Vec<String>>("NameServers").into_data(),
        );
    };
    servers(stack, "Up");
    servers(two.stack(), "Across");
    servers(NestedStack::new(one, "Below").stack(), "Down");
    servers(Stack::new(&app, "Other"), "Weak");
    insta::assert_snapshot!(yaml(&app.synth()));
}

#[test]
fn passes_parameters_down_and_keeps_no_echo() {
    let app = App::new();
    let stack = Stack::new(&app, "Root");
    let name = ParameterProps::new(ParameterType::String).build(stack, "Name");
    let secret = ParameterProps::new(ParameterType::String)
        .no_echo()
        .build(stack, "Secret");
    let names = ParameterProps::new(ParameterType::CommaDelimitedList).build(stack, "Names");
    let child = NestedStack::new(stack, "Child");
    reader(child, "Name", name.value());
    reader(child, "Secret", secret.value());
    let first = infra_core::intrinsics::select(0, names.value::<Vec<String>>());
    reader(child, "First", first);
    insta::assert_snapshot!(yaml(&app.synth()));
}

#[test]
fn rejects_no_echo_parameter_as_output() {
    let app = App::new();
    let stack = Stack::new(&app, "Root");
    let child = NestedStack::new(stack, "Child");
    queue(child, "Queue");
    let secret = ParameterProps::new(ParameterType::String)
        .default_value("x")
        .no_echo()
        .build(child, "Secret");
    reader(stack, "Topic", secret.value());
    let synthesis = app.synth();
    assert_eq!(synthesis.findings()[0].code, codes::UNREFERENCEABLE);
    assert!(nested(&synthesis, "Root/Child").get("Outputs").is_none());
}

#[test]
fn passes_resolved_values_through_root_stack() {
    let app = App::new();
    let environment =
        || StackProps::new().environment(Environment::new("111122223333", "eu-west-1"));
    let source = queue(
        NestedStack::new(environment().build(&app, "Data"), "Child"),
        "Queue",
    );
    let web = environment()
        .reference_strength(ReferenceStrength::Resolved)
        .build(&app, "Web");
    let child = NestedStack::new(NestedStack::new(web, "Outer"), "Inner");
    reader(child, "Topic", source.attr_value("QueueName"));
    let synthesis = app.synth();
    assert_eq!(synthesis.stack("Web").unwrap().dependencies, ["Data"]);
    insta::assert_snapshot!(yaml(&synthesis));
}

#[test]
fn exports_strong_values_from_root_stack() {
    let app = App::new();
    app.set_reference_strength(ReferenceStrength::Strong);
    let source = queue(NestedStack::new(Stack::new(&app, "Data"), "Child"), "Queue");
    let child = NestedStack::new(Stack::new(&app, "Web"), "Child");
    reader(child, "Topic", source.attr_value("QueueName"));
    let synthesis = app.synth();
    let output = &root(&synthesis, "Data")["Outputs"];
    let exported = output.as_object().unwrap().values().next().unwrap();
    assert_eq!(
        nested(&synthesis, "Web/Child")["Resources"]["Topic"]["Properties"]["DisplayName"],
        json!({ "Fn::ImportValue": exported["Export"]["Name"] })
    );
    assert!(
        exported["Export"]["Name"]
            .as_str()
            .unwrap()
            .starts_with("Data:")
    );
}

#[test]
fn limits_dependencies_to_resources_of_one_template() {
    let app = App::new();
    let stack = Stack::new(&app, "Root");
    let (one, two) = (
        NestedStack::new(stack, "One"),
        NestedStack::new(stack, "Two"),
    );
    let inner = NestedStack::new(two, "Inner");
    let (first, second) = (queue(one, "First"), queue(inner, "Second"));
    let plain = queue(stack, "Plain");
    second.depends_on(first);
    one.depends_on(plain);
    plain.depends_on(queue(stack, "Before"));
    let alone = queue(two, "Alone");
    second.depends_on(alone);
    let other = queue(
        NestedStack::new(Stack::new(&app, "Other"), "Child"),
        "Queue",
    );
    other.depends_on(second);
    let synthesis = app.synth();
    assert_eq!(findings(&synthesis), "");
    let waits = |template: &JsonValue, id: &str| {
        let resources = template["Resources"].as_object().unwrap();
        let found = resources.iter().find(|(name, _)| name.starts_with(id));
        let waits = found.unwrap().1["DependsOn"].as_array().cloned();
        let names = waits.unwrap_or_default().into_iter();
        names
            .map(|name| {
                name.as_str()
                    .unwrap()
                    .split("NestedStack")
                    .next()
                    .unwrap()
                    .to_owned()
            })
            .collect::<Vec<_>>()
    };
    let template = root(&synthesis, "Root");
    assert_eq!(waits(&template, "TwoNestedStack"), ["One"]);
    assert_eq!(waits(&template, "OneNestedStack"), ["Plain"]);
    assert_eq!(waits(&template, "Plain"), ["Before"]);
    assert_eq!(
        waits(&nested(&synthesis, "Root/Two"), "InnerNestedStack"),
        ["Alone"]
    );
    assert_eq!(synthesis.stack("Other").unwrap().dependencies, ["Root"]);
}

#[test]
fn reports_cycle_through_nested_stack() {
    let app = App::new();
    let stack = Stack::new(&app, "Root");
    let child = NestedStack::new(stack, "Child");
    let inside = queue(child, "Inside");
    let outside = reader(stack, "Outside", inside.attr_value("QueueName"));
    reader(child, "Reader", outside.attr_value("TopicName"));
    insta::assert_snapshot!(findings(&app.synth()));
}

#[test]
fn puts_tags_on_nested_stack_resource() {
    let app = App::new();
    app.tag("app", "notes");
    let stack = Stack::new(&app, "Root");
    let group = stack.scope().construct("Group");
    group.tag("group", "a");
    group.tag("both", "group");
    let child = NestedStackProps::new()
        .tag("child", "b")
        .build(group, "Child");
    child.tag("both", "child");
    let inside = child.scope().construct("Inside");
    inside.tag("inside", "c");
    queue(inside, "Tagged");
    queue(child, "Plain");
    let synthesis = app.synth();
    assert_eq!(findings(&synthesis), "");
    let tags = |template: &JsonValue, id: &str| {
        let resources = template["Resources"].as_object().unwrap();
        let found = resources
            .iter()
            .find(|(name, _)| name.starts_with(id))
            .unwrap();
        let tags = found.1["Properties"]["Tags"].as_array().cloned();
        let tags = tags.unwrap_or_default().into_iter();
        tags.map(|tag| {
            format!(
                "{}={}",
                tag["Key"].as_str().unwrap(),
                tag["Value"].as_str().unwrap()
            )
        })
        .collect::<Vec<_>>()
    };
    let template = root(&synthesis, "Root");
    assert_eq!(
        tags(&template, "GroupChildNestedStack"),
        ["both=child", "child=b", "group=a"]
    );
    let inner = nested(&synthesis, "Root/Group/Child");
    assert_eq!(tags(&inner, "InsideTagged"), ["inside=c"]);
    assert!(tags(&inner, "Plain").is_empty());
    assert_eq!(synthesis.stacks()[0].tags["app"], "notes");
}

#[test]
fn reports_and_acknowledges_findings_in_nested_stack() {
    let app = App::new();
    let child = NestedStack::new(Stack::new(&app, "Root"), "Child");
    CfnResource::new(
        child,
        "Wrong",
        "AWS::SQS::Queue",
        json!({ "DelaySecond": 1 }),
    );
    let accepted = CfnResource::new(
        child,
        "Accepted",
        "AWS::SQS::Queue",
        json!({ "DelaySecond": 1 }),
    );
    accepted
        .scope()
        .acknowledge(codes::UNKNOWN_PROPERTY, "a test");
    let synthesis = app.synth();
    let [found] = synthesis.findings() else {
        panic!("{}", findings(&synthesis))
    };
    assert_eq!(found.path.as_deref(), Some("Root/Child/Wrong"));
    assert_eq!(found.stack.as_deref(), Some("Root/Child"));
    assert!(found.place.as_ref().unwrap().file.ends_with("nested.rs"));
    assert_eq!(
        synthesis.acknowledged()[0].finding.path.as_deref(),
        Some("Root/Child/Accepted")
    );
}

#[test]
fn applies_quotas_to_each_template() {
    let app = App::new();
    let stack = Stack::new(&app, "Root");
    for part in ["One", "Two"] {
        let child = NestedStack::new(stack, part);
        for at in 0..300 {
            queue(child, &format!("Queue{at}"));
        }
    }
    let source = queue(stack, "Queue");
    let many = NestedStack::new(stack, "Many");
    for at in 0..201 {
        let name: Value<String> = source.attr_value("QueueName");
        reader(many, &format!("Topic{at}"), name);
    }
    // One parameter, regardless of the number of reads.
    assert_eq!(findings(&app.synth()), "");

    let app = App::new();
    let stack = Stack::new(&app, "Root");
    let big = NestedStack::new(stack, "Big");
    for at in 0..501 {
        queue(big, &format!("Queue{at}"));
    }
    let many = NestedStack::new(stack, "Many");
    for at in 0..201 {
        let source = queue(stack, &format!("Source{at}"));
        reader(many, &format!("Topic{at}"), source.attr_value("QueueName"));
    }
    let published = NestedStack::new(stack, "Published");
    for at in 0..201 {
        let source = queue(published, &format!("Source{at}"));
        reader(stack, &format!("Topic{at}"), source.attr_value("QueueName"));
    }
    NestedStack::new(stack, "Empty");
    let synthesis = app.synth();
    let found: Vec<(String, &str)> = synthesis
        .findings()
        .iter()
        .map(|found| {
            (
                found.code.to_string(),
                found.stack.as_deref().unwrap_or_default(),
            )
        })
        .collect();
    for expected in [
        (codes::TOO_MANY_RESOURCES, "Root/Big"),
        (codes::TOO_MANY_PARAMETERS, "Root/Many"),
        (codes::TOO_MANY_OUTPUTS, "Root/Published"),
        (codes::EMPTY_STACK, "Root/Empty"),
    ] {
        let expected = (expected.0.to_string(), expected.1);
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
}

#[test]
fn accepts_16_nesting_levels_and_rejects_18() {
    let synthesis = |levels: usize| {
        let app = App::new();
        let mut stack = Stack::new(&app, "Root");
        for level in 0..levels {
            stack = NestedStack::new(stack, &format!("L{level}")).stack();
        }
        queue(stack, "Queue");
        app.synth()
    };
    assert_eq!(findings(&synthesis(16)), "");
    let deep = synthesis(18);
    assert_eq!(deep.findings()[0].code, codes::NESTED_TOO_DEEP);
    assert_eq!(deep.findings().len(), 1);
}

#[test]
fn rejects_nested_stack_outside_stack() {
    let app = App::new();
    let lost = NestedStack::new(&app, "Lost");
    queue(lost, "Queue");
    let synthesis = app.synth();
    assert_eq!(synthesis.findings()[0].code, codes::OUTSIDE_STACK);
    assert!(synthesis.stacks().is_empty());
}

#[test]
fn inherits_name_and_environment_of_root_stack() {
    let app = App::new();
    let stage = Stage::in_environment(&app, "Prod", Environment::new("111122223333", "eu-west-1"));
    let stack = StackProps::new().stack_name("notes").build(stage, "Root");
    let child = NestedStack::new(NestedStack::new(stack, "Outer"), "Inner").stack();
    assert_eq!(child.stack_name(), "notes");
    assert_eq!(child.environment().region.as_deref(), Some("eu-west-1"));
    let parents = std::iter::successors(Some(child), Stack::nested_stack_parent);
    let paths: Vec<String> = parents.map(|stack| stack.scope().path()).collect();
    assert_eq!(
        paths,
        ["Prod/Root/Outer/Inner", "Prod/Root/Outer", "Prod/Root"]
    );
    reader(child, "Topic", pseudo::stack_name());
    let synthesis = app.synth();
    let template = nested(&synthesis, "Prod/Root/Outer/Inner");
    let name = &template["Resources"]["Topic"]["Properties"]["DisplayName"];
    assert_eq!(*name, json!({ "Ref": "AWS::StackName" }));
}

#[test]
fn lists_nested_templates_to_publish() {
    let build = |with_nested: bool| {
        let app = App::new();
        let props = StackProps::new()
            .environment(Environment::new("111122223333", "eu-west-1"))
            .asset_bucket("templates-${AWS::AccountId}");
        let stack = props.build(Stage::new(&app, "Prod"), "Root");
        queue(stack, "Queue");
        if with_nested {
            queue(NestedStack::new(stack, "Child"), "Queue");
        }
        app.synth()
    };
    let folder = tempfile::tempdir().unwrap();
    let synthesis = build(true);
    let written = assembly::write_assembly(&synthesis, folder.path()).unwrap();
    let hash = synthesis
        .nested_stack("Prod/Root/Child")
        .unwrap()
        .hash
        .clone();
    let read = |name: &str| -> JsonValue {
        serde_json::from_str(&fs::read_to_string(folder.path().join(name)).unwrap()).unwrap()
    };
    let shown = [
        written.files.join("\n"),
        format!("{:#}", read("assembly-Prod/manifest.json")),
        format!("{:#}", read("assembly-Prod/ProdRoot29C106A2.assets.json")),
    ];
    insta::assert_snapshot!(shown.join("\n\n").replace(&hash, "<hash>"));
    assembly::write_assembly(&build(false), folder.path()).unwrap();
    let left: Vec<String> = fs::read_dir(folder.path().join("assembly-Prod"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn reports_stack_in_scope_of_other_stack() {
    let app = App::new();
    let stack = Stack::new(&app, "Orders");
    queue(stack, "Queue");
    let inner = Stack::new(stack.scope().construct("Group"), "Intake");
    queue(inner, "Queue");
    insta::assert_snapshot!(findings(&app.synth()));
}

#[test]
fn accepts_stacks_below_constructs_and_stages() {
    let app = App::new();
    queue(
        Stack::new(app.root().construct("Group"), "Grouped"),
        "Queue",
    );
    let pipeline = Stack::new(&app, "Pipeline");
    queue(pipeline, "Queue");
    // As with CDK Pipelines, the stages of which are in the scope of the pipeline's stack.
    queue(Stack::new(Stage::new(pipeline, "Prod"), "Web"), "Queue");
    let kept = Stack::new(pipeline, "Kept");
    queue(kept, "Queue");
    kept.scope()
        .acknowledge(codes::STACK_IN_STACK, "deployed under this name");
    let synthesis = app.synth();
    assert_eq!(findings(&synthesis), "");
    assert_eq!(synthesis.acknowledged().len(), 1);
}
