//! Defines forged change sets for the tests with the fake and with the emulator.
//!
//! An attacker who is permitted to create change sets replaces a reviewed change set by one with the same name and description, in which one field
//! differs.

use std::collections::BTreeMap;

use infra_aws::{
    ChangeSetStatus, ChangeSetType, CloudFormation, CreateChangeSet, OnFailure, ResourceImport,
    RollbackAlarms, TemplateSource,
};
use infra_deploy::plan::PlanOptions;
use serde_json::{Value as JsonValue, json};

/// A change set in which one field differs from the reviewed change set.
pub(crate) struct Forgery {
    pub(crate) name: &'static str,
    /// True if the change set creates the stack, false if it updates it.
    pub(crate) creates: bool,
    pub(crate) change: fn(&mut CreateChangeSet),
    /// Text that the refusal of `deploy --reviewed` contains. `None` if CloudFormation does not return the field; then only a plan file can detect
    /// the forgery.
    pub(crate) refusal: Option<&'static str>,
    /// True if MiniStack stores the field and returns it in `DescribeChangeSet`.
    pub(crate) on_emulator: bool,
}

/// Forgeries of all fields of `CreateChangeSet`.
pub(crate) const FORGERIES: [Forgery; 20] = [
    Forgery {
        name: "defaulted_parameter",
        creates: false,
        change: |request| set(request, "Image", "evil"),
        refusal: Some("`Parameters.Image`: expected `good`, found `evil`"),
        on_emulator: true,
    },
    Forgery {
        name: "defaulted_parameter_of_a_new_stack",
        creates: true,
        change: |request| set(request, "Image", "evil"),
        refusal: Some("`Parameters.Image`: expected `good`, found `evil`"),
        on_emulator: true,
    },
    Forgery {
        name: "given_parameter",
        creates: false,
        change: |request| set(request, "Delay", "9"),
        refusal: Some("`Parameters.Delay`: expected `4`, found `9`"),
        on_emulator: true,
    },
    Forgery {
        name: "parameter_named_like_a_secret",
        creates: false,
        change: |request| set(request, "ApiToken", "stolen"),
        refusal: Some("`Parameters.ApiToken`: expected (secret), found (secret)"),
        on_emulator: true,
    },
    Forgery {
        name: "no_echo_parameter",
        creates: false,
        change: |request| set(request, "Hidden", "evil"),
        refusal: None,
        on_emulator: true,
    },
    Forgery {
        name: "other_tag",
        creates: false,
        change: |request| {
            request.tags.insert("team".to_owned(), "evil".to_owned());
        },
        refusal: Some("`Tags.team`: expected `notes`, found `evil`"),
        on_emulator: true,
    },
    Forgery {
        name: "more_tags",
        creates: false,
        change: |request| {
            request.tags.insert("cost".to_owned(), "0".to_owned());
        },
        refusal: Some("`Tags.cost`: expected nothing, found `0`"),
        on_emulator: true,
    },
    Forgery {
        name: "more_capabilities",
        creates: false,
        change: |request| request.capabilities.push("CAPABILITY_NAMED_IAM".to_owned()),
        refusal: Some("`Capabilities`: expected nothing, found `CAPABILITY_NAMED_IAM`"),
        on_emulator: true,
    },
    Forgery {
        name: "notification_topic",
        creates: false,
        change: |request| {
            request
                .notification_arns
                .push("arn:aws:sns:::evil".to_owned());
        },
        refusal: Some("`NotificationARNs`: expected nothing, found `arn:aws:sns:::evil`"),
        on_emulator: false,
    },
    Forgery {
        name: "rollback_alarm",
        creates: false,
        change: |request| alarms(request, &["arn:aws:cloudwatch:::alarm:evil"], 0),
        refusal: Some(
            "`RollbackConfiguration.RollbackTriggers`: expected nothing, found `AWS::CloudWatch::Alarm arn:aws:cloudwatch:::alarm:evil`",
        ),
        on_emulator: false,
    },
    Forgery {
        name: "monitoring_time",
        creates: false,
        change: |request| alarms(request, &[], 180),
        refusal: Some(
            "`RollbackConfiguration.MonitoringTimeInMinutes`: expected nothing, found `180`",
        ),
        on_emulator: false,
    },
    Forgery {
        name: "stack_that_stays_when_its_creation_fails",
        creates: true,
        change: |request| request.on_failure = OnFailure::DoNothing,
        refusal: Some("`OnStackFailure`: expected `DELETE`, found `DO_NOTHING`"),
        on_emulator: true,
    },
    Forgery {
        name: "stack_that_is_rolled_back_when_its_creation_fails",
        creates: true,
        change: |request| request.on_failure = OnFailure::Rollback,
        refusal: Some("`OnStackFailure`: expected `DELETE`, found `ROLLBACK`"),
        on_emulator: true,
    },
    Forgery {
        name: "existing_resources_imported",
        creates: false,
        change: |request| request.import_existing = true,
        refusal: Some("`ImportExistingResources`: expected nothing, found `true`"),
        on_emulator: true,
    },
    Forgery {
        name: "drift_reverted",
        creates: false,
        change: |request| request.revert_drift = true,
        refusal: Some("`DeploymentMode`: expected nothing, found `REVERT_DRIFT`"),
        on_emulator: false,
    },
    Forgery {
        name: "resource_imported",
        creates: true,
        change: import,
        refusal: Some("`ResourcesToImport`: expected nothing, found `Value`"),
        on_emulator: false,
    },
    Forgery {
        name: "template_in_yaml",
        creates: false,
        change: |request| {
            if let TemplateSource::Body(text) = &mut request.template {
                *text = format!("# YAML\n{text}");
            }
        },
        refusal: Some("the template differs"),
        on_emulator: true,
    },
    Forgery {
        name: "other_template",
        creates: false,
        change: |request| {
            if let TemplateSource::Body(text) = &mut request.template {
                *text = text.replace(":60", ":61");
            }
        },
        refusal: Some("the template differs"),
        on_emulator: true,
    },
    Forgery {
        name: "description_of_another_plan",
        creates: false,
        change: |request| {
            let description = request.description.take().unwrap_or_default();
            request.description = Some(description.replace("key=", "key=0"));
        },
        refusal: Some("the key differs"),
        on_emulator: true,
    },
    Forgery {
        name: "role",
        creates: false,
        change: |request| {
            request.role_arn = Some("arn:aws:iam::123456789012:role/evil".to_owned());
        },
        refusal: None,
        on_emulator: true,
    },
];

fn set(request: &mut CreateChangeSet, parameter: &str, value: &str) {
    let given = Some(value.to_owned());
    request.parameters.insert(parameter.to_owned(), given);
}

fn alarms(request: &mut CreateChangeSet, alarms: &[&str], minutes: u16) {
    let alarms = RollbackAlarms::builder()
        .alarms(alarms.iter().map(|arn| (*arn).to_owned()).collect())
        .monitoring_minutes(minutes);
    request.rollback_alarms = Some(alarms.build());
}

fn import(request: &mut CreateChangeSet) {
    request.change_set_type = ChangeSetType::Import;
    request.on_failure = OnFailure::Rollback;
    let identifier = BTreeMap::from([("Name".to_owned(), "existing".to_owned())]);
    let import = ResourceImport::builder()
        .type_name("AWS::SSM::Parameter")
        .logical_id("Value")
        .identifier(identifier);
    request.imports = vec![import.build()];
}

/// Returns the template of the app. Versions of the app differ in the visibility timeout.
pub(crate) fn template(visibility: u32) -> JsonValue {
    json!({
        "Parameters": {
            "Image": { "Type": "String", "Default": "good" },
            "Delay": { "Type": "Number", "Default": 3 },
            "ApiToken": { "Type": "String", "Default": "mine" },
            "Hidden": { "Type": "String", "Default": "mine", "NoEcho": true },
        },
        "Resources": {
            "Queue": { "Type": "AWS::SQS::Queue", "Properties": {
                "DelaySeconds": { "Ref": "Delay" }, "VisibilityTimeout": visibility,
            } },
            "Value": { "Type": "AWS::SSM::Parameter", "DeletionPolicy": "Retain", "Properties": {
                "Type": "String",
                "Value": { "Fn::Sub": "${Image} ${ApiToken} ${Hidden}" },
            } },
        },
    })
}

/// Returns plan options that give a value for one of the parameters.
pub(crate) fn options(stack: &str) -> PlanOptions {
    let given = BTreeMap::from([("Delay".to_owned(), "4".to_owned())]);
    PlanOptions::builder()
        .parameters(BTreeMap::from([(stack.to_owned(), given)]))
        .build()
}

/// Replaces the change set that awaits execution by one with the same name, altered by `change`, and returns its ARN. Uses only what an attacker can
/// read from CloudFormation.
pub(crate) async fn forge(
    client: &dyn CloudFormation,
    stack: &str,
    creates: bool,
    change: fn(&mut CreateChangeSet),
) -> String {
    let listed = client.list_change_sets(stack, None).await.unwrap().items;
    let waiting = listed
        .iter()
        .find(|set| set.execution_status.as_str() == "AVAILABLE")
        .expect("a change set that waits for execution");
    let real = client
        .describe_change_set(&waiting.id, None, false, None)
        .await
        .unwrap();
    let text = client.get_template(&real.stack_id, Some(&real.id)).await;
    let mut parameters: BTreeMap<String, Option<String>> = real
        .parameters
        .into_iter()
        .map(|(name, value)| (name, Some(value)))
        .collect();
    // CloudFormation does not return the value of a `NoEcho` parameter; the default is used.
    parameters.remove("Hidden");
    let (kind, on_failure) = if creates {
        (ChangeSetType::Create, OnFailure::Delete)
    } else {
        (ChangeSetType::Update, OnFailure::Rollback)
    };
    let mut request = CreateChangeSet::builder()
        .stack_name(stack)
        .name(real.name)
        .change_set_type(kind)
        .template(TemplateSource::Body(text.unwrap()))
        .parameters(parameters)
        .tags(real.tags)
        .capabilities(real.capabilities)
        .maybe_description(real.description)
        .on_failure(on_failure)
        .token("forged")
        .build();
    change(&mut request);
    client.delete_change_set(&real.id).await.unwrap();
    let made = client.create_change_set(request).await.unwrap();
    for _ in 0..300 {
        let found = client
            .describe_change_set(&made.id, None, false, None)
            .await
            .unwrap();
        match found.status {
            ChangeSetStatus::CreateComplete => return made.id,
            ChangeSetStatus::Failed => panic!("{:?}", found.status_reason),
            _ => tokio::time::sleep(std::time::Duration::from_millis(200)).await,
        }
    }
    panic!("the forged change set is not worked out after a minute")
}
