//! The stack `StepFunctions`: 6 resources, converted by `import-template` from
//! `step_functions.json`.
//!
//! Crates: `infra-lib` (features `iam`, `sns`, `sqs`, `stepfunctions`), `serde_json`.

use infra_lib::cfn::{
    sns::{self, topic},
    sqs,
    stepfunctions::{self, state_machine},
};
use infra_lib::iam::{Principal, Role};
use infra_lib::{App, Construct as _, Output, Stack, StackProps, pseudo, sub};
use serde_json::json;

/// Adds the stack to the app.
pub fn step_functions(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("Orders go through a state machine")
        .build(app, "StepFunctions");

    // Resources
    let machine_role = Role::builder()
        .assumed_by(Principal::service(sub![
            "states.",
            pseudo::region(),
            ".amazonaws.com"
        ]))
        .path("/orders/")
        .build(stack, "MachineRole");
    machine_role.cfn().override_logical_id("MachineRole");

    sqs::CfnQueueProps::new().build(stack, "Dead");

    let inbox = sqs::CfnQueueProps::new()
        .message_retention_period(1209600)
        .redrive_policy(json!({
            "deadLetterTargetArn": { "Fn::GetAtt": ["Dead", "Arn"] },
            "maxReceiveCount": 5
        }))
        .build(stack, "Inbox");

    let orders = sns::CfnTopicProps::new()
        .display_name("Bestellungen für März")
        .subscription([topic::Subscription::new(inbox.attr_arn(), "sqs")])
        .build(stack, "Orders");

    let machine = stepfunctions::CfnStateMachineProps::new(machine_role.arn())
        .state_machine_type(state_machine::StateMachineType::EXPRESS)
        .definition_string(sub![
            r#"{"StartAt":"Notify","States":{"Notify":{"Type":"Task","Resource":"arn:"#,
            pseudo::partition(),
            r#":states:::sns:publish","Parameters":{"TopicArn":""#,
            orders.ref_(),
            r#"","Message.$":"$.text"},"End":true}}}"#,
        ])
        .tracing_configuration(state_machine::TracingConfiguration::new().enabled(true))
        .tags([state_machine::TagsEntry::new("team", "orders")])
        .build(stack, "Machine");

    sqs::CfnQueuePolicyProps::new(
        json!({
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": { "Service": "sns.amazonaws.com" },
                    "Action": "sqs:SendMessage",
                    "Resource": { "Fn::GetAtt": ["Inbox", "Arn"] },
                    "Condition": { "ArnEquals": { "aws:SourceArn": { "Ref": "Orders" } } }
                }
            ]
        }),
        [inbox.ref_()],
    )
    .build(stack, "InboxPolicy");

    // Outputs
    Output::new(stack, "MachineOutput", machine.ref_())
        .scope()
        .override_logical_id("Machine");
    Output::new(stack, "Name", machine.attr_name());

    stack
}
