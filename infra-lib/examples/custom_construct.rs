//! A construct of your own: an inbox is a queue with a second one for what could not be handled.
//!
//! `cargo run --example custom_construct -- synth --stack Mail`

use infra_lib::cfn::kind;
use infra_lib::cfn::sqs::{CfnQueue, CfnQueueProps};
use infra_lib::core::Map;
use infra_lib::{App, Arn, Construct, Data, Output, Scope, Stack, Value};

fn main() -> std::process::ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds everything to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Mail");
    let inbox = Inbox::new(stack, "Inbox", Attempts(3));
    Output::new(stack, "InboxArn", inbox.arn()).description("Where mail arrives");
}

/// How often a message is handled before it is put aside.
#[derive(Clone, Copy, Debug)]
pub struct Attempts(pub u8);

/// A queue whose messages are put aside when they could not be handled.
///
/// It is a `Copy` handle, as the constructs of the library are: keep it, pass it on, ask it for values.
#[derive(Clone, Copy, Debug)]
pub struct Inbox<'app> {
    scope: Scope<'app>,
    queue: CfnQueue<'app>,
}

impl<'app> Inbox<'app> {
    /// Adds an inbox. `track_caller` makes findings point at the line that called, not at this one.
    #[track_caller]
    pub fn new(scope: impl Construct<'app>, id: &str, attempts: Attempts) -> Self {
        let scope = scope.scope().library_construct(id, "example.Inbox");
        let aside = CfnQueueProps::new()
            .message_retention_period(14 * 86_400) // 14 days in seconds: the longest there is
            .build(scope, "Aside");
        let mut redrive = Map::new();
        redrive.insert("deadLetterTargetArn", aside.attr_arn());
        redrive.insert("maxReceiveCount", i64::from(attempts.0));
        let queue = CfnQueueProps::new()
            .redrive_policy(Data::Map(redrive))
            .build(scope, "Resource");
        Self { scope, queue }
    }

    /// The Amazon Resource Name of the queue that mail is sent to.
    pub fn arn(&self) -> Value<Arn<kind::sqs::Queue>> {
        self.queue.attr_arn()
    }
}

impl<'app> Construct<'app> for Inbox<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
