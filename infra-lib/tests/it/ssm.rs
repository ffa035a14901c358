//! Tests of the constructs in `infra_lib::ssm`.

use infra_lib::assertions::{Match, Template};
use infra_lib::iam::{Principal, Role};
use infra_lib::ssm::{
    AutomationDocument, CommandDocument, Document, DocumentContent, StringListParameter,
    StringParameter,
};
use infra_lib::{App, Environment, Output, StackProps, Value, intrinsics};
use serde_json::json;

use crate::base::findings_of;

#[test]
fn reads_parameter_of_another_app_at_deployment() {
    let template = Template::of_stack(|stack| {
        let level: Value<String> = StringParameter::from_name("/notes/log-level");
        StringParameter::builder().value(level).build(stack, "Copy");
    });
    template.has_properties(
        "AWS::SSM::Parameter",
        json!({ "Type": "String", "Value": "{{resolve:ssm:/notes/log-level}}" }),
    );
}

#[test]
fn records_unanswered_parameter_lookup() {
    let app = App::new();
    let environment = Environment::new("111122223333", "eu-west-1");
    let stack = StackProps::new()
        .environment(environment)
        .build(&app, "Stack");
    let found = StringParameter::lookup(stack, "/notes/zone");
    assert_eq!(found, "dummy-value-for-/notes/zone");
    StringParameter::builder()
        .value(found.as_str())
        .build(stack, "Zone");
    Output::new(stack, "Out", Value::<String>::from_data(found.into()));
    let synthesis = app.synth();
    let missing: Vec<&str> = synthesis
        .missing()
        .iter()
        .map(|missing| missing.key.as_str())
        .collect();
    assert_eq!(
        missing,
        ["ssm:account=111122223333:parameterName=/notes/zone:region=eu-west-1"]
    );
}

#[test]
fn joins_items_of_list() {
    let template = Template::of_stack(|stack| {
        let list = StringListParameter::builder()
            .name("/shop/cities")
            .item("Basel")
            .item("Bern")
            .build(stack, "Cities");
        StringListParameter::builder()
            .item(list.name())
            .item("more")
            .build(stack, "Names");
        let role = Role::builder()
            .assumed_by(Principal::service("lambda.amazonaws.com"))
            .build(stack, "Role");
        list.grant_read(&role);
    });
    template.has_properties(
        "AWS::SSM::Parameter",
        json!({ "Type": "StringList", "Value": "Basel,Bern" }),
    );
    template.has_properties(
        "AWS::SSM::Parameter",
        json!({ "Type": "StringList", "Value": { "Fn::Join": [",", [{ "Ref": Match::any() }, "more"]] } }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [
            { "Action": ["ssm:GetParameter", "ssm:GetParameters"] },
        ] } }] }),
    );
}

#[test]
fn rejects_list_without_items_or_with_comma() {
    let found = findings_of(|stack| {
        StringListParameter::builder()
            .item("Basel, Bern")
            .build(stack, "Cities");
    });
    assert!(found.contains("[INF4973]"), "{found}");
    assert!(found.contains("`Basel, Bern`"), "{found}");
    assert_eq!(found.matches("[INF").count(), 1, "{found}");
    let found = findings_of(|stack| {
        StringListParameter::builder().build(stack, "Cities");
    });
    assert!(found.contains("[INF4973]"), "{found}");
}

#[test]
fn creates_documents_that_get_new_versions() {
    let template = Template::of_stack(|stack| {
        Document::builder()
            .document_name("restart")
            .target_type("/AWS::EC2::Instance")
            .content(
                CommandDocument::new("Restart")
                    .parameter("unit", "shop")
                    .shell_step("restart", ["systemctl restart {{ unit }}"])
                    .into(),
            )
            .build(stack, "Restart");
        Document::builder()
            .content(
                AutomationDocument::new("Stop")
                    .assume_role("arn:aws:iam::111122223333:role/stop")
                    .step("stop", "aws:sleep", json!({ "Duration": "PT1M" }))
                    .into(),
            )
            .build(stack, "Stop");
        Document::builder()
            .content(DocumentContent::yaml("Command", "schemaVersion: '2.2'"))
            .build(stack, "Yaml");
    });
    template.has_properties(
        "AWS::SSM::Document",
        json!({
            "Name": "restart",
            "DocumentType": "Command",
            "DocumentFormat": "JSON",
            "TargetType": "/AWS::EC2::Instance",
            "UpdateMethod": "NewVersion",
            "Content": {
                "schemaVersion": "2.2",
                "description": "Restart",
                "parameters": { "unit": { "type": "String", "default": "shop" } },
                "mainSteps": [{
                    "action": "aws:runShellScript", "name": "restart",
                    "inputs": { "runCommand": ["systemctl restart {{ unit }}"] },
                }],
            },
        }),
    );
    template.has_properties(
        "AWS::SSM::Document",
        json!({
            "DocumentType": "Automation",
            "Content": {
                "schemaVersion": "0.3",
                "assumeRole": "arn:aws:iam::111122223333:role/stop",
                "parameters": Match::absent(),
                "mainSteps": [{ "name": "stop", "action": "aws:sleep", "inputs": { "Duration": "PT1M" } }],
            },
        }),
    );
    template.has_properties(
        "AWS::SSM::Document",
        json!({ "DocumentFormat": "YAML", "Content": "schemaVersion: '2.2'" }),
    );
}

#[test]
fn imports_string_list_parameter_by_name() {
    let template = Template::of_stack(|stack| {
        let role = Role::builder()
            .assumed_by(Principal::service("lambda.amazonaws.com"))
            .build(stack, "Role");
        for (id, name) in [("Plain", "cities"), ("Path", "/shop/cities")] {
            let list = StringListParameter::from_parameter_name(stack, id, name);
            list.grant_read(&role);
            Output::new(
                stack,
                &format!("{id}Values"),
                intrinsics::join("+", list.values()),
            );
        }
    });
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [
            {
                "Action": ["ssm:GetParameter", "ssm:GetParameters"],
                "Resource": [
                    { "Fn::Sub": Match::string_like("*:parameter/cities") },
                    { "Fn::Sub": Match::string_like("*:parameter/shop/cities") },
                ],
            },
        ] } }] }),
    );
    template.has_output(
        "PathValues",
        json!({ "Value": { "Fn::Join": ["+", { "Fn::Split": [",", "{{resolve:ssm:/shop/cities}}"] }] } }),
    );
}
