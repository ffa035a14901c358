//! A construct of your own: an inbox is a queue, and a second one for messages that could not be handled.

use std::process::ExitCode;

use infra_lib::cfn::kind;
use infra_lib::cfn::sqs::{CfnQueue, CfnQueueProps};
use infra_lib::core::Map;
use infra_lib::{App, Arn, Construct, Data, Output, Scope, Stack, Value};

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Mail");
    let orders = Inbox::new(stack, "Orders", Attempts(3));
    let returns = Inbox::new(stack, "Returns", Attempts(10));
    Output::new(stack, "OrdersArn", orders.arn()).description("Queue of new orders");
    Output::new(stack, "ReturnsArn", returns.arn()).description("Queue of returns");
}

/// Number of times that a message is received before it goes to the dead-letter queue.
#[derive(Clone, Copy, Debug)]
pub struct Attempts(pub u8);

/// A queue with a dead-letter queue.
///
/// Constructs are `Copy` handles: keep them, pass them on, and ask them for values.
#[derive(Clone, Copy, Debug)]
pub struct Inbox<'app> {
    scope: Scope<'app>,
    queue: CfnQueue<'app>,
}

impl<'app> Inbox<'app> {
    /// Adds an inbox.
    // `track_caller` makes findings name the line of the caller instead of a line in this function.
    #[track_caller]
    pub fn new(scope: impl Construct<'app>, id: &str, attempts: Attempts) -> Self {
        let scope = scope.scope().library_construct(id, "example.Inbox");
        let dead_letters = CfnQueueProps::new()
            .message_retention_period(14 * 86_400) // seconds; the longest possible
            .build(scope, "DeadLetters");
        let mut redrive = Map::new();
        redrive.insert("deadLetterTargetArn", dead_letters.attr_arn());
        redrive.insert("maxReceiveCount", i64::from(attempts.0));
        let queue = CfnQueueProps::new()
            .redrive_policy(Data::Map(redrive))
            .build(scope, "Resource");
        Self { scope, queue }
    }

    /// The Amazon Resource Name of the queue.
    pub fn arn(&self) -> Value<Arn<kind::sqs::Queue>> {
        self.queue.attr_arn()
    }
}

impl<'app> Construct<'app> for Inbox<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
