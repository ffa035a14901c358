//! Tests of included templates.

use infra_core::include::{Include, IncludeProps, TemplateSource};
use infra_core::{
    App, CfnResource, Output, RemovalPolicy, Resource, Stack, StackProps, Value, codes, render,
};
use serde_json::{Value as JsonValue, json};

use crate::support::{findings, queue};

fn source(template: JsonValue) -> TemplateSource {
    TemplateSource::from_json("orders.yaml", template)
}

/// Includes a template in a stack of its own, and returns what a function makes of it.
fn with_include(
    props: IncludeProps,
    change: impl for<'app> FnOnce(Stack<'app>, Include<'app>),
) -> (JsonValue, String) {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let include = props.build(stack, "Template");
    change(stack, include);
    let synthesis = app.synth();
    let template = synthesis.stacks()[0].template.to_json();
    (template, findings(&synthesis))
}

/// Removes the construct paths that synthesis adds, and writes a single `DependsOn` as a list.
fn normalize(template: &mut JsonValue) {
    let resources = template["Resources"].as_object_mut().unwrap();
    for (_, resource) in resources {
        let Some(resource) = resource.as_object_mut() else {
            continue;
        };
        if let Some(metadata) = resource.get_mut("Metadata") {
            let metadata = metadata.as_object_mut().unwrap();
            metadata.remove("aws:cdk:path");
            if metadata.is_empty() {
                resource.remove("Metadata");
            }
        }
        if let Some(JsonValue::String(one)) = resource.get("DependsOn") {
            let list = json!([one]);
            resource.insert("DependsOn".to_owned(), list);
        }
    }
}

fn everything() -> JsonValue {
    json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "orders",
        "Transform": "AWS::LanguageExtensions",
        "Metadata": { "Owner": "shop" },
        "Parameters": {
            "Stage": { "Type": "String", "Default": "dev", "AllowedValues": ["dev", "prod"] },
            "Size": { "Type": "Number", "Default": 5 },
        },
        "Mappings": { "Delays": { "dev": { "Seconds": "0" }, "prod": { "Seconds": "5" } } },
        "Conditions": {
            "IsProd": { "Fn::Equals": [{ "Ref": "Stage" }, "prod"] },
            "IsBig": { "Fn::And": [{ "Condition": "IsProd" }, { "Fn::Not": [{ "Fn::Equals": [{ "Ref": "Size" }, "5"] }] }] },
        },
        "Rules": { "Sizes": {
            "RuleCondition": { "Fn::Equals": [{ "Ref": "Stage" }, "prod"] },
            "Assertions": [{ "Assert": { "Fn::Contains": [["5", "6"], { "Ref": "Size" }] }, "AssertDescription": "five or six" }],
        } },
        "Resources": {
            "Orders": {
                "Type": "AWS::SQS::Queue",
                "Condition": "IsProd",
                "DeletionPolicy": "Retain",
                "DependsOn": "Failed",
                "Metadata": { "Note": "kept", "aws:cdk:path": "Old/Orders" },
                "Properties": {
                    "QueueName": { "Fn::Sub": "${Stage}-orders" },
                    "DelaySeconds": { "Fn::FindInMap": ["Delays", { "Ref": "Stage" }, "Seconds"] },
                    "RedrivePolicy": { "deadLetterTargetArn": { "Fn::GetAtt": ["Failed", "Arn"] }, "maxReceiveCount": 3 },
                },
            },
            "Failed": { "Type": "AWS::SQS::Queue", "UpdateReplacePolicy": "Snapshot" },
            "Group": {
                "Type": "AWS::AutoScaling::AutoScalingGroup",
                "CreationPolicy": { "ResourceSignal": { "Count": 1 } },
                "UpdatePolicy": { "AutoScalingRollingUpdate": { "MinInstancesInService": "1" } },
                "DeletionPolicy": { "Fn::If": ["IsProd", "Retain", "Delete"] },
                "Properties": { "MinSize": "1", "MaxSize": "1", "AvailabilityZones": { "Fn::GetAZs": "" }, "LaunchTemplate": { "LaunchTemplateId": "lt-1", "Version": "1" } },
            },
        },
        "Outputs": { "Url": {
            "Description": "address", "Value": { "Ref": "Orders" }, "Condition": "IsProd",
            "Export": { "Name": { "Fn::Sub": "${AWS::StackName}-Url" } },
        } },
    })
}

#[test]
fn synthesizes_template_alone_unchanged() {
    let (mut template, found) = with_include(IncludeProps::new(source(everything())), |_, _| {});
    let mut expected = everything();
    normalize(&mut expected);
    normalize(&mut template);
    assert_eq!(template, expected);
    assert_eq!(found, "");
}

#[test]
fn replaces_parameter_in_every_section() {
    let props = IncludeProps::new(source(everything())).parameter("Stage", "prod");
    let (template, found) = with_include(props, |_, _| {});
    assert_eq!(found, "");
    assert_eq!(template["Parameters"]["Stage"], json!(null));
    assert_eq!(
        template["Conditions"]["IsProd"],
        json!({ "Fn::Equals": ["prod", "prod"] })
    );
    let orders = &template["Resources"]["Orders"]["Properties"];
    assert_eq!(
        orders["QueueName"],
        json!({ "Fn::Sub": ["${Stage}-orders", { "Stage": "prod" }] })
    );
    assert_eq!(
        orders["DelaySeconds"],
        json!({ "Fn::FindInMap": ["Delays", "prod", "Seconds"] })
    );
    assert!(!template["Rules"].to_string().contains("Stage"));
}

#[test]
fn replaces_parameter_by_value_of_other_construct() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let topic = CfnResource::new(stack, "Topic", "AWS::SNS::Topic", json!({}));
    let template = json!({
        "Parameters": { "Name": { "Type": "String" } },
        "Resources": { "Orders": { "Type": "AWS::SQS::Queue", "Properties": {
            "QueueName": { "Fn::Join": ["-", [{ "Ref": "Name" }, { "Fn::Sub": ["${Name}", { "Name": "own" }] }]] } } } },
    });
    IncludeProps::new(source(template))
        .parameter("Name", topic.attr_value::<String>("TopicName"))
        .build(stack, "Template");
    let synthesis = app.synth();
    assert_eq!(findings(&synthesis), "");
    assert_eq!(
        synthesis.stacks()[0].template.to_json()["Resources"]["Orders"]["Properties"]["QueueName"],
        json!({ "Fn::Join": ["-", [{ "Fn::GetAtt": ["Topic", "TopicName"] }, { "Fn::Sub": ["${Name}", { "Name": "own" }] }]] })
    );
}

#[test]
fn gives_access_by_logical_id() {
    fn as_queue(resource: Resource<'_>) -> Option<Resource<'_>> {
        (resource.type_name() == "AWS::SQS::Queue").then_some(resource)
    }
    let (template, found) =
        with_include(IncludeProps::new(source(everything())), |stack, include| {
            include
                .typed("Failed", as_queue)
                .unwrap()
                .override_prop("DelaySeconds", 7_i64);
            let orders = include.resource("Orders").unwrap();
            orders.apply_removal_policy(RemovalPolicy::Destroy);
            let more = queue(stack, "More");
            more.apply_condition(include.condition("IsProd").unwrap());
            more.depends_on(include);
            let name: Value<String> = include.attr_value("Orders", "QueueName");
            more.override_prop("QueueName", name.into_data());
            let stage = include.parameter("Stage").unwrap();
            Output::new(stack, "Stage", stage.value::<String>());
            let delays = include.mapping("Delays").unwrap();
            let delay = infra_core::intrinsics::find_in_map::<String>(delays, "dev", "Seconds");
            Output::new(stack, "Delay", delay);
            Output::new(stack, "Id", include.ref_value::<String>("Orders"));
        });
    assert_eq!(found, "");
    assert_eq!(
        template["Resources"]["Failed"]["Properties"]["DelaySeconds"],
        7
    );
    assert_eq!(template["Resources"]["Orders"]["DeletionPolicy"], "Delete");
    assert_eq!(
        template["Resources"]["Orders"]["UpdateReplacePolicy"],
        "Delete"
    );
    let more = &template["Resources"]["More"];
    assert_eq!(more["Condition"], "IsProd");
    assert_eq!(more["DependsOn"], json!(["Group"]));
    assert_eq!(
        more["Properties"]["QueueName"],
        json!({ "Fn::GetAtt": ["Orders", "QueueName"] })
    );
    assert_eq!(
        template["Outputs"]["Stage"]["Value"],
        json!({ "Ref": "Stage" })
    );
    assert_eq!(
        template["Outputs"]["Id"]["Value"],
        json!({ "Ref": "Orders" })
    );
}

#[test]
fn reports_unknown_names_and_wrong_types() {
    let props = IncludeProps::new(source(everything())).parameter("Stag", "prod");
    let (_, found) = with_include(props, |_, include| {
        include.resource("Ordres");
        include.parameter("Sise");
        include.condition("IsTest");
        include.mapping("Orders");
        include.nested("Orders");
        include.typed("Orders", |_| None::<Output<'_>>);
    });
    insta::assert_snapshot!(found);
}

#[test]
fn reports_broken_parts_at_their_place() {
    let template = source(json!({
        "Resource": {},
        "Mappings": [],
        "Rules": { "Empty": {} },
        "Resources": {
            "Untyped": { "Properties": {} },
            "Text": "AWS::SQS::Queue",
            "Orders": { "Type": "AWS::SQS::Queue", "Propertys": {}, "Condition": "IsProd", "DependsOn": 5 },
        },
        "Outputs": { "Url": { "Description": "no value" } },
    }))
    .with_positions(|pointer| Some((u32::try_from(pointer.len()).ok()?, 3)));
    let (_, found) = with_include(IncludeProps::new(template), |_, _| {});
    insta::assert_snapshot!(found);
}

#[test]
fn reports_unreadable_template_at_its_place() {
    let broken = TemplateSource::unreadable("orders.yaml", "a tab", Some((3, 7)));
    let (_, found) = with_include(IncludeProps::new(broken), |stack, _| {
        queue(stack, "Queue");
    });
    insta::assert_snapshot!(found);
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    queue(stack, "Queue");
    IncludeProps::new(source(json!([]))).build(stack, "Template");
    assert_eq!(app.synth().findings()[0].code, codes::INCLUDE_NOT_READABLE);
}

#[test]
fn reports_clash_with_place_in_template() {
    let template = source(json!({ "Resources": { "Orders": { "Type": "AWS::SQS::Queue" } } }))
        .with_positions(|_| Some((2, 3)));
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    queue(stack, "Orders");
    IncludeProps::new(template).build(stack, "Template");
    let synthesis = app.synth();
    let found = &synthesis.findings()[0];
    assert_eq!(found.code, codes::LOGICAL_ID_CLASH);
    assert!(
        render(found).contains("orders.yaml:2:3"),
        "{}",
        render(found)
    );
}

#[test]
fn reports_schema_findings_at_place_in_template() {
    let resource = json!({ "Type": "AWS::SQS::Queue", "Properties": { "DelaySecond": 5 } });
    let template = source(json!({ "Resources": { "Orders": resource } }))
        .with_positions(|pointer| (pointer == "/Resources/Orders").then_some((2, 3)));
    let (_, found) = with_include(IncludeProps::new(template), |_, _| {});
    assert!(found.contains("--> orders.yaml:2:3"), "{found}");
}

#[test]
fn keeps_sections_for_macros() {
    let document = json!({
        "Transform": [{ "Name": "AWS::Include", "Parameters": { "Location": "s3://bucket/part.yaml" } }],
        "Globals": { "Function": { "Timeout": 5 } },
        "Resources": { "Orders": { "Type": "AWS::SQS::Queue", "Connectors": {} } },
    });
    let (mut template, found) =
        with_include(IncludeProps::new(source(document.clone())), |_, _| {});
    normalize(&mut template);
    assert_eq!(template, document);
    assert_eq!(found, "");
}

#[test]
fn checks_serverless_resources_with_their_globals() {
    let document = |function: JsonValue| {
        json!({
            "Transform": "AWS::Serverless-2016-10-31",
            "Globals": { "Function": { "Runtime": "nodejs24.x", "Handler": "a.b" } },
            "Resources": { "Orders": function },
        })
    };
    let image = json!({ "PackageType": "Image", "ImageUri": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1" });
    let found = |function: JsonValue| {
        let include = IncludeProps::new(source(document(function)));
        with_include(include, |_, _| {}).1
    };
    let archive = json!({ "CodeUri": "s3://code/a.zip" });
    let with_archive = json!({ "Type": "AWS::Serverless::Function", "Properties": archive });
    assert_eq!(found(with_archive), "");
    let with_image = json!({ "Type": "AWS::Serverless::Function", "Properties": image });
    let contradictions = found(with_image);
    assert!(
        contradictions.contains("cannot have `Runtime` if `PackageType` is `Image`")
            && contradictions.contains("cannot have `Handler`"),
        "{contradictions}"
    );
    let ignores = json!({ "Type": "AWS::Serverless::Function", "Properties": image, "IgnoreGlobals": ["Runtime", "Handler"] });
    assert_eq!(found(ignores), "");
    let ignores_all =
        json!({ "Type": "AWS::Serverless::Function", "Properties": archive, "IgnoreGlobals": "*" });
    assert!(found(ignores_all).contains("requires `Runtime`"));
}

fn loops() -> JsonValue {
    let topic = json!({
        "Type": "AWS::SNS::Topic",
        "Condition": "Is${Name}",
        "DependsOn": ["Orders"],
        "Properties": { "TopicName": { "Fn::Sub": "${Stage}-${Name}" }, "DisplayName": { "Ref": "Name" } },
    });
    let is_set = json!({ "Is${Name}": { "Fn::Equals": [{ "Ref": "Name" }, "A"] } });
    json!({
        "Transform": "AWS::LanguageExtensions",
        "Parameters": { "Stage": { "Type": "String" } },
        "Mappings": { "Fn::Transform": { "Name": "AWS::Include", "Parameters": { "Location": "s3://bucket/part.yaml" } } },
        "Conditions": { "Fn::ForEach::Conditions": ["Name", ["A", "B"], is_set] },
        "Resources": {
            "Orders": {
                "Type": "AWS::SQS::Queue",
                "Condition": "IsA",
                "DependsOn": ["TopicB"],
                "Properties": { "QueueName": { "Fn::GetAtt": ["TopicA", "TopicName"] } },
            },
            "Fn::ForEach::Topics": ["Name", ["A", "B"], { "Topic${Name}": topic }],
        },
        "Outputs": {
            "Topic": { "Condition": "IsA", "Value": { "Ref": "TopicA" } },
            "Fn::ForEach::Arns": ["Name", ["A"], { "Arn${Name}": { "Value": { "Ref": "Topic${Name}" } } }],
        },
    })
}

#[test]
fn keeps_loops_and_macros_that_make_entries() {
    let (mut template, found) = with_include(IncludeProps::new(source(loops())), |_, include| {
        assert!(include.ref_value::<String>("TopicA").as_literal().is_none());
    });
    normalize(&mut template);
    assert_eq!(template, loops());
    assert_eq!(found, "");
}

#[test]
fn replaces_parameters_in_loops() {
    let props = IncludeProps::new(source(loops())).parameter("Stage", "prod");
    let (template, found) = with_include(props, |_, _| {});
    assert!(template.get("Parameters").is_none());
    let name = "/Resources/Fn::ForEach::Topics/2/Topic${Name}/Properties/TopicName/Fn::Sub";
    assert_eq!(
        template.pointer(name),
        Some(&json!(["${Stage}-${Name}", { "Stage": "prod" }]))
    );
    assert_eq!(found, "");
}

#[test]
fn reports_second_loop_with_the_same_name() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    for (id, name) in [("First", "A"), ("Second", "B")] {
        let content = json!({ "Type": "AWS::SQS::Queue" });
        let entry = json!(["Name", [name], { "Queue${Name}": content }]);
        let template = json!({ "Resources": { "Fn::ForEach::Queues": entry } });
        IncludeProps::new(source(template)).build(stack, id);
    }
    let synthesis = app.synth();
    let [found] = synthesis.findings() else {
        panic!("{}", findings(&synthesis));
    };
    assert_eq!(found.code, codes::INCLUDE_UNSUPPORTED);
    assert_eq!(found.path.as_deref(), Some("Stack/Second"));
    assert_eq!(
        found.property.as_deref(),
        Some("Resources.Fn::ForEach::Queues")
    );
}

#[test]
fn reports_section_that_contradicts_stack() {
    let app = App::new();
    let stack = StackProps::new()
        .section("AWSTemplateFormatVersion", "2010-09-09")
        .description("of the program")
        .build(&app, "Stack");
    queue(stack, "Queue");
    let template =
        json!({ "AWSTemplateFormatVersion": "2008-01-01", "Description": "of the template" });
    IncludeProps::new(source(template)).build(stack, "Template");
    let synthesis = app.synth();
    let found = &synthesis.findings()[0];
    assert_eq!(found.code, codes::INCLUDE_UNSUPPORTED);
    assert_eq!(found.property.as_deref(), Some("AWSTemplateFormatVersion"));
    let template = synthesis.stacks()[0].template.to_json();
    assert_eq!(template["Description"], "of the program");
}

#[test]
fn includes_templates_of_nested_stacks() {
    let inner = json!({
        "Parameters": { "Name": { "Type": "String" } },
        "Resources": { "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": { "Ref": "Name" } } } },
        "Outputs": { "TopicArn": { "Value": { "Ref": "Topic" } } },
    });
    let outer = json!({
        "Resources": {
            "Part": {
                "Type": "AWS::CloudFormation::Stack",
                "Properties": { "TemplateURL": "https://example.com/part.yaml", "Parameters": { "Name": "orders" } },
            },
            "Other": { "Type": "AWS::CloudFormation::Stack", "Properties": { "TemplateURL": "https://example.com/other.yaml" } },
        },
        "Outputs": { "Topic": { "Value": { "Fn::GetAtt": ["Part", "Outputs.TopicArn"] } } },
    });
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let part = IncludeProps::new(TemplateSource::from_json("part.yaml", inner.clone()));
    let include = IncludeProps::new(source(outer))
        .nested("Part", part)
        .build(stack, "Template");
    let topic: Value<String> = include
        .nested("Part")
        .unwrap()
        .attr_value("Topic", "TopicName");
    Output::new(stack, "TopicName", topic);
    assert_eq!(
        include.resource("Part").unwrap().type_name(),
        "AWS::CloudFormation::Stack"
    );
    let synthesis = app.synth();
    assert_eq!(findings(&synthesis), "");
    let template = synthesis.stacks()[0].template.to_json();
    let part = &template["Resources"]["Part"];
    assert!(part["Properties"]["TemplateURL"]["Fn::Sub"].is_string());
    assert_eq!(
        part["Properties"]["Parameters"],
        json!({ "Name": "orders" })
    );
    assert_eq!(part["DeletionPolicy"], json!(null));
    assert_eq!(
        template["Resources"]["Other"]["Properties"]["TemplateURL"],
        "https://example.com/other.yaml"
    );
    let nested = synthesis.nested_stack("Stack/Template/Part").unwrap();
    let mut nested = nested.template.to_json();
    normalize(&mut nested);
    assert_eq!(nested["Resources"], inner["Resources"]);
    assert_eq!(nested["Parameters"], inner["Parameters"]);
    assert_eq!(nested["Outputs"]["TopicArn"], inner["Outputs"]["TopicArn"]);
}

#[test]
fn reports_nested_template_for_resource_of_other_type() {
    let template = source(json!({ "Resources": { "Orders": { "Type": "AWS::SQS::Queue" } } }));
    let nested = IncludeProps::new(source(json!({})));
    let props = IncludeProps::new(template).nested("Orders", nested);
    let (_, found) = with_include(props, |stack, _| {
        queue(stack, "Queue");
    });
    assert!(found.contains("INF1285"), "{found}");
}
