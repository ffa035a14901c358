//! A checkout as a state machine: a choice, a function with retries, a queue, and a topic for failures.

use std::process::ExitCode;

use infra_lib::iam::Group;
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::sns::Topic;
use infra_lib::sqs::Queue;
use infra_lib::stepfunctions::{
    Catch, Choice, Condition, Definition, Fail, Integration, Retry, StateMachine, Succeed, Task,
};
use infra_lib::{App, Duration, Stack};

const CODE: &str = "exports.handler = async (order) => ({ ...order, paid: true });";

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Checkout");
    let charge = Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline(CODE))
        .build(stack, "Charge");
    let parcels = Queue::builder().build(stack, "Parcels");
    let support = Topic::builder().build(stack, "Support");

    let rejected = Task::new(
        "Tell support",
        Integration::sns_publish(&support).payload("{% $states.input %}"),
    )
    .next(Fail::new("Not paid").error("Shop.NotPaid"));
    let pay = Task::new("Charge", Integration::lambda(charge.arn()))
        .retry(
            Retry::on(["Shop.TryAgain"])
                .interval(Duration::seconds(2))
                .max_attempts(3),
        )
        .catch(Catch::on_all(), rejected)
        .next(Task::new("Send", Integration::sqs_send_message(&parcels)))
        .next(Succeed::new("Done"));
    let steps = Choice::new("Has items?")
        .when(
            Condition::expression("{% $count($states.input.items) > 0 %}"),
            pay,
        )
        .otherwise(Fail::new("Empty").error("Shop.EmptyCart"));
    let machine = StateMachine::builder()
        .definition(Definition::new(steps).timeout(Duration::minutes(5)))
        .build(stack, "Machine");
    machine.grant_start_execution(&Group::builder().build(stack, "Clerks"));
}
