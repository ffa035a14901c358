//! Tests of policies that would close a circle if they were inline.

use infra_lib::assertions::Template;
use infra_lib::core::{CfnResource, Props};
use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::kms::Key;
use infra_lib::{App, Stack};
use serde_json::{Value as Json, json};

use crate::base::findings_of;

fn role<'app>(stack: Stack<'app>, id: &str) -> Role<'app> {
    Role::builder()
        .assumed_by(Principal::service("lambda.amazonaws.com"))
        .statement(
            Statement::allow()
                .action("s3:GetObject")
                .resource("arn:aws:s3:::reports/*"),
        )
        .build(stack, id)
}

/// A function that runs with the role, and another resource that uses the function.
fn function<'app>(stack: Stack<'app>, role: &Role<'app>) -> infra_lib::core::Resource<'app> {
    let mut props = Props::new();
    props.set::<String>("Role", role.arn());
    props.set::<String>("Runtime", "nodejs22.x");
    props.set::<String>("Handler", "index.handler");
    props
        .set_path("Code.ZipFile", "exports.handler = () => {}")
        .expect("an empty path is free");
    let function = CfnResource::new(stack, "Function", "AWS::Lambda::Function", props);
    let mut props = Props::new();
    props.set("TargetFunctionArn", function.attr_value::<String>("Arn"));
    props.set::<String>("AuthType", "AWS_IAM");
    CfnResource::new(stack, "Url", "AWS::Lambda::Url", props);
    function
}

fn statements(policy: &Json) -> &Json {
    &policy["PolicyDocument"]["Statement"]
}

#[test]
fn moves_statement_for_key_whose_policy_names_role() {
    let template = Template::of_stack(|stack| {
        let role = role(stack, "Role");
        let key = Key::builder().build(stack, "Key");
        key.add_statement(
            Statement::allow()
                .principal(Principal::arn(role.arn()))
                .action("kms:DescribeKey")
                .resource("*"),
        );
        key.grant_decrypt(&role);
    });
    let json = template.json();
    let resources = &json["Resources"];
    let inline = &resources["Role1ABCC5F0"]["Properties"]["Policies"];
    assert_eq!(
        statements(&inline[0]),
        &json!([{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" }]),
        "statements that close no circle stay inline: {json:#}"
    );
    template.has_properties(
        "AWS::IAM::RolePolicy",
        json!({
            "RoleName": { "Ref": "Role1ABCC5F0" },
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Action": "kms:Decrypt", "Resource": { "Fn::GetAtt": ["Key961B73FD", "Arn"] },
            }] },
        }),
    );
}

#[test]
fn orders_policy_before_users_of_a_function_that_invokes_itself() {
    let template = Template::of_stack(|stack| {
        let role = role(stack, "Role");
        let function = function(stack, &role);
        role.add_statement(
            Statement::allow()
                .action("lambda:InvokeFunction")
                .resource(function.attr_value::<String>("Arn")),
        );
    });
    let json = template.json();
    let policies: Vec<&String> = json["Resources"]
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(_, resource)| resource["Type"] == "AWS::IAM::RolePolicy")
        .map(|(id, _)| id)
        .collect();
    assert_eq!(policies.len(), 1, "{json:#}");
    assert_eq!(
        json["Resources"]["Url"]["DependsOn"],
        json!(policies),
        "{json:#}"
    );
    assert_eq!(json["Resources"]["Function"]["DependsOn"], Json::Null);
}

#[test]
fn keeps_policy_inline_without_circle() {
    let template = Template::of_stack(|stack| {
        let role = role(stack, "Role");
        let key = Key::builder().build(stack, "Key");
        key.grant_decrypt(&role);
        function(stack, &role);
    });
    template.resource_count("AWS::IAM::RolePolicy", 0);
}

#[test]
fn removes_inline_policy_without_statements() {
    let template = Template::of_stack(|stack| {
        let role = Role::builder()
            .assumed_by(Principal::service("lambda.amazonaws.com"))
            .build(stack, "Role");
        role.add_statement(
            Statement::allow()
                .action("sts:AssumeRole")
                .resource(role.arn()),
        );
    });
    let json = template.json();
    assert_eq!(
        json["Resources"]["Role1ABCC5F0"]["Properties"]["Policies"],
        Json::Null
    );
    template.resource_count("AWS::IAM::RolePolicy", 1);
}

#[test]
fn moves_statement_into_stack_of_the_resource_that_names_the_role() {
    let app = App::new();
    let roles = Stack::new(&app, "Roles");
    let data = Stack::new(&app, "Data");
    let role = role(roles, "Role");
    let key = Key::builder().build(data, "Key");
    key.add_statement(
        Statement::allow()
            .principal(Principal::arn(role.arn()))
            .action("kms:DescribeKey")
            .resource("*"),
    );
    key.grant_decrypt(&role);
    let synthesis = app.synth();
    assert!(
        synthesis.findings().is_empty(),
        "{:#?}",
        synthesis.findings()
    );
    let stacks: Vec<(&str, usize)> = synthesis
        .stacks()
        .iter()
        .map(|stack| {
            let policies = stack.template.resources.iter();
            let count = policies
                .filter(|resource| resource.type_name == "AWS::IAM::RolePolicy")
                .count();
            (stack.path.as_str(), count)
        })
        .collect();
    assert_eq!(stacks, [("Roles", 0), ("Data", 1)]);
}

#[test]
fn reports_circle_without_policy() {
    let found = findings_of(|stack| {
        let one = CfnResource::new(stack, "One", "AWS::SNS::Topic", Props::new());
        let other = CfnResource::new(stack, "Other", "AWS::SNS::Topic", Props::new());
        one.depends_on(other);
        other.depends_on(one);
    });
    assert!(found.contains("INF1204"), "{found}");
}

#[test]
fn names_policies_of_one_role_in_two_stacks_differently() {
    let app = App::new();
    let roles = Stack::new(&app, "Roles");
    let role = role(roles, "Role");
    for id in ["Data", "More"] {
        let key = Key::builder().build(Stack::new(&app, id), "Key");
        key.add_statement(
            Statement::allow()
                .principal(Principal::arn(role.arn()))
                .action("kms:DescribeKey")
                .resource("*"),
        );
        // With other actions, so that the two statements are not merged.
        if id == "Data" {
            key.grant_decrypt(&role);
        } else {
            key.grant_encrypt_decrypt(&role);
        }
    }
    let synthesis = app.synth();
    assert!(
        synthesis.findings().is_empty(),
        "{:#?}",
        synthesis.findings()
    );
    let names: Vec<String> = synthesis
        .stacks()
        .iter()
        .flat_map(|stack| &stack.template.resources)
        .filter(|resource| resource.type_name == "AWS::IAM::RolePolicy")
        .map(|policy| format!("{:?}", policy.properties.get("PolicyName")))
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert_ne!(names[0], names[1], "IAM keeps one inline policy of a name");
}
