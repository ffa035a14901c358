//! A policy of your own: every queue has a dead-letter queue, or a written reason why it needs none.

use std::process::ExitCode;

use infra_lib::cfn::sqs::CfnQueueProps;
use infra_lib::core::Map;
use infra_lib::core::template::Template;
use infra_lib::{App, Code, Construct, Data, Diagnostic, Severity, Stack};

/// The code of the policy's findings. Choose a prefix other than `INF`, which belongs to the library.
pub const NO_DEAD_LETTERS: Code = Code::custom("SHOP001", Severity::Error);

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the policy and the stacks to the app.
pub fn build(app: &App) {
    app.add_policy(queues_have_dead_letters);

    let stack = Stack::new(app, "Orders");
    let dead_letters = CfnQueueProps::new().build(stack, "DeadLetters");
    dead_letters.scope().acknowledge(
        NO_DEAD_LETTERS,
        "is itself the dead-letter queue; an alarm monitors it",
    );
    let mut redrive = Map::new();
    redrive.insert("deadLetterTargetArn", dead_letters.attr_arn());
    redrive.insert("maxReceiveCount", 5);
    CfnQueueProps::new()
        .redrive_policy(Data::Map(redrive))
        .build(stack, "Orders");
}

/// Reports queues without a dead-letter queue.
pub fn queues_have_dead_letters(template: &Template, findings: &mut Vec<Diagnostic>) {
    for queue in template.resources_of_type("AWS::SQS::Queue") {
        if queue.prop("RedrivePolicy").is_none() {
            let finding = Diagnostic::new(NO_DEAD_LETTERS, "the queue has no dead-letter queue")
                .logical_id(queue.logical_id.as_str())
                .property("RedrivePolicy")
                .help("set `redrive_policy`, or acknowledge this finding with the reason");
            findings.push(finding);
        }
    }
}
