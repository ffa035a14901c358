//! Tests of `infra_lib::cloudformation`: wait conditions, macros, stack sets and their findings.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudformation::{
    Macro, OperationPreferences, StackInstances, StackSet, StackSetCapability, StackSetPermissions,
    StackSetTemplate, Tolerance, WaitCondition,
};
use infra_lib::iam::{Principal, Role};
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::logs::LogGroup;
use infra_lib::sns::Topic;
use infra_lib::sqs::Queue;
use infra_lib::{App, Construct as _, Duration, Output, Stack, core, value};
use serde_json::{Value as JsonValue, json};

#[test]
fn waits_for_one_signal_within_an_hour() {
    let template = Template::of_stack(|stack| {
        let ready = WaitCondition::builder().build(stack, "Ready");
        Output::new(stack, "Url", ready.handle_url());
        Output::new(stack, "Data", ready.data());
    });
    template.has_properties(
        "AWS::CloudFormation::WaitCondition",
        json!({ "Count": 1, "Handle": { "Ref": Match::string_like("ReadyHandle*") }, "Timeout": "3600" }),
    );
    template.resource_count("AWS::CloudFormation::WaitConditionHandle", 1);
    template.has_output(
        "Url",
        json!({ "Value": { "Ref": Match::string_like("ReadyHandle*") } }),
    );
    template.has_output(
        "Data",
        json!({ "Value": { "Fn::GetAtt": [Match::string_like("ReadyCondition*"), "Data"] } }),
    );
}

#[test]
fn renews_condition_and_waits_after_resource() {
    let template = Template::of_stack(|stack| {
        let queue = Queue::builder().build(stack, "Queue");
        let ready = WaitCondition::builder()
            .timeout(Duration::minutes(5))
            .count(3)
            .generation(2)
            .build(stack, "Ready");
        ready.wait_after(queue.scope().default_child().unwrap());
    });
    template.has_resource(
        "AWS::CloudFormation::WaitCondition",
        json!({
            "DependsOn": [Match::string_like("Queue*")],
            "Properties": { "Count": 3, "Handle": { "Ref": Match::string_like("ReadyHandle2*") }, "Timeout": "300" },
        }),
    );
}

#[test]
fn defines_macro_with_log_and_shares_it() {
    let template = Template::of_stack(|stack| {
        let function = Function::builder()
            .runtime(Runtime::Nodejs24)
            .handler("index.handler")
            .code(Code::inline("exports.handler = async () => {};"))
            .build(stack, "Function");
        let explode = Macro::builder()
            .name("Explode")
            .function(function)
            .description("Repeats resources")
            .log_group(LogGroup::builder().build(stack, "Log"))
            .build(stack, "Macro");
        explode.share_with_account("444455556666");
        let service = Principal::service("ecs-tasks.amazonaws.com");
        explode.grant_use(&Role::builder().assumed_by(service).build(stack, "Deployer"));
        Output::new(stack, "Name", explode.name());
    });
    template.has_properties(
        "AWS::CloudFormation::Macro",
        json!({
            "Description": "Repeats resources",
            "FunctionName": { "Fn::GetAtt": [Match::string_like("Function*"), "Arn"] },
            "LogGroupName": { "Ref": Match::string_like("Log*") },
            "LogRoleARN": { "Fn::GetAtt": [Match::string_like("MacroLogRole*"), "Arn"] },
            "Name": "Explode",
        }),
    );
    template.resource_count("AWS::Lambda::Permission", 1);
    template.has_properties(
        "AWS::Lambda::Permission",
        json!({ "Action": "lambda:InvokeFunction" }),
    );
}

fn topic() -> StackSetTemplate {
    StackSetTemplate::of_stack(|stack| {
        Topic::builder().topic_name("alerts").build(stack, "Alerts");
    })
}

#[test]
fn deploys_stack_to_organization() {
    let template = Template::of_stack(|stack| {
        StackSet::builder()
            .stack_set_name("alerts")
            .template(topic())
            .permissions(StackSetPermissions::service_managed())
            .instances(StackInstances::organizational_units(
                ["r-ab12"],
                ["eu-west-1"],
            ))
            .build(stack, "Set");
    });
    let set = template.only("AWS::CloudFormation::StackSet");
    let body = set["Properties"]["TemplateBody"].as_str().unwrap();
    let body: JsonValue = serde_json::from_str(body).unwrap();
    let resources = body["Resources"].as_object().unwrap();
    assert!(
        resources
            .values()
            .any(|one| one["Properties"]["TopicName"] == "alerts"),
        "{body}"
    );
    template.has_properties(
        "AWS::CloudFormation::StackSet",
        json!({
            "AutoDeployment": { "Enabled": true, "RetainStacksOnAccountRemoval": false },
            "CallAs": Match::absent(), "Capabilities": Match::absent(), "ManagedExecution": { "Active": true },
            "OperationPreferences": Match::absent(), "Parameters": Match::absent(), "PermissionModel": "SERVICE_MANAGED",
            "StackInstancesGroup": [{ "DeploymentTargets": { "OrganizationalUnitIds": ["r-ab12"] }, "Regions": ["eu-west-1"] }],
            "StackSetName": "alerts",
        }),
    );
}

#[test]
fn deploys_template_to_accounts_with_options() {
    let template = Template::of_stack(|stack| {
        let preferences = OperationPreferences::new()
            .failure_tolerance(Tolerance::Percentage(10))
            .max_concurrent(Tolerance::Count(5))
            .region_order(["eu-west-1", "eu-central-1"])
            .parallel_regions()
            .soft_failure_tolerance();
        let accounts = StackInstances::accounts(["111122223333"], ["eu-west-1", "eu-central-1"])
            .parameter("Stage", "test");
        StackSet::builder()
            .stack_set_name("roles")
            .template(StackSetTemplate::url(
                "https://example-bucket.s3.eu-west-1.amazonaws.com/roles.yaml",
            ))
            .permissions(StackSetPermissions::SelfManaged {
                administration_role: Some(value("arn:aws:iam::111122223333:role/administration")),
                execution_role: Some(value("execution")),
            })
            .instances(accounts)
            .parameter("Stage", "live")
            .capability(StackSetCapability::NamedIam)
            .operation_preferences(preferences)
            .description("Roles of all accounts")
            .build(stack, "Set");
        StackSet::builder()
            .stack_set_name("delegated")
            .template(StackSetTemplate::body("Resources: {}"))
            .permissions(StackSetPermissions::ServiceManaged {
                auto_deployment: false,
                delegated_administrator: true,
            })
            .build(stack, "Delegated");
    });
    template.has_properties(
        "AWS::CloudFormation::StackSet",
        json!({
            "AdministrationRoleARN": "arn:aws:iam::111122223333:role/administration",
            "AutoDeployment": Match::absent(),
            "Capabilities": ["CAPABILITY_NAMED_IAM"],
            "Description": "Roles of all accounts",
            "ExecutionRoleName": "execution",
            "OperationPreferences": {
                "ConcurrencyMode": "SOFT_FAILURE_TOLERANCE", "FailureTolerancePercentage": 10, "MaxConcurrentCount": 5,
                "RegionConcurrencyType": "PARALLEL", "RegionOrder": ["eu-west-1", "eu-central-1"],
            },
            "Parameters": [{ "ParameterKey": "Stage", "ParameterValue": "live" }],
            "PermissionModel": "SELF_MANAGED",
            "StackInstancesGroup": [{
                "DeploymentTargets": { "Accounts": ["111122223333"] },
                "ParameterOverrides": [{ "ParameterKey": "Stage", "ParameterValue": "test" }],
                "Regions": ["eu-west-1", "eu-central-1"],
            }],
            "TemplateURL": "https://example-bucket.s3.eu-west-1.amazonaws.com/roles.yaml",
        }),
    );
    template.has_properties(
        "AWS::CloudFormation::StackSet",
        json!({
            "AutoDeployment": { "Enabled": false, "RetainStacksOnAccountRemoval": Match::absent() },
            "CallAs": "DELEGATED_ADMIN", "StackInstancesGroup": Match::absent(), "TemplateBody": "Resources: {}",
        }),
    );
}

#[test]
fn imports_stack_set() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let id = "alerts:01234567-89ab-cdef-0123-456789abcdef";
    let set = StackSet::from_id(stack, "Set", id);
    assert_eq!(set.stack_set_id().as_literal(), Some(id));
}

/// Asserts that one finding is reported, which contains all parts.
#[track_caller]
fn reports(parts: &[&str], build: impl for<'app> FnOnce(Stack<'app>)) {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    let found: Vec<String> = app.synth().findings().iter().map(core::render).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    for part in parts {
        assert!(found[0].contains(part), "{part}: {}", found[0]);
    }
}

#[test]
fn reports_wait_conditions_that_are_rejected() {
    reports(
        &[
            "INF4051",
            "for 43201 seconds",
            "expected: 1 second to 12 hours",
        ],
        |stack| {
            WaitCondition::builder()
                .timeout(Duration::seconds(43_201))
                .build(stack, "Ready");
        },
    );
    reports(
        &["INF4051", "waits for no signal", "expected: at least 1"],
        |stack| {
            WaitCondition::builder().count(0).build(stack, "Ready");
        },
    );
}

#[test]
fn reports_templates_of_stack_sets() {
    let set = |stack: Stack<'_>, template| {
        StackSet::builder()
            .stack_set_name("set")
            .template(template)
            .permissions(StackSetPermissions::service_managed())
            .build(stack, "Set");
    };
    reports(
        &[
            "INF4052",
            "the stack of a stack set cannot be deployed",
            "INF4801",
        ],
        |stack| {
            let invalid = StackSetTemplate::of_stack(|stack| {
                Queue::builder()
                    .queue_name("no spaces allowed")
                    .build(stack, "Jobs");
            });
            set(stack, invalid);
        },
    );
    let app = App::new();
    set(
        Stack::new(&app, "Stack"),
        StackSetTemplate::body("x".repeat(51_201)),
    );
    let found: Vec<String> = app.synth().findings().iter().map(core::render).collect();
    assert!(
        found
            .iter()
            .any(|one| one.contains("INF4052") && one.contains("51201 bytes")),
        "{found:?}"
    );
}

#[test]
fn reports_targets_of_stack_sets() {
    let set = |stack: Stack<'_>, permissions, instances| {
        StackSet::builder()
            .stack_set_name("set")
            .template(topic())
            .permissions(permissions)
            .instances(instances)
            .build(stack, "Set");
    };
    let (service, own) = (
        StackSetPermissions::service_managed,
        StackSetPermissions::self_managed,
    );
    reports(
        &["INF4053", "service-managed permissions has accounts"],
        |stack| {
            set(
                stack,
                service(),
                StackInstances::accounts(["111122223333"], ["eu-west-1"]),
            );
        },
    );
    reports(
        &[
            "INF4053",
            "self-managed permissions has organizational units",
        ],
        |stack| {
            set(
                stack,
                own(),
                StackInstances::organizational_units(["r-ab12"], ["eu-west-1"]),
            );
        },
    );
}
