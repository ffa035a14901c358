//! Tests of mistakes in the definitions of state machines.

use infra_lib::Duration;
use infra_lib::stepfunctions::{
    Catch, Choice, Condition, Definition, Distributed, Fail, GoTo, Integration, JsonPath, Jsonata,
    Map, Parallel, Pass, Retry, StateMachine, Steps, Succeed, Task, Wait, WorkflowType,
};
use serde_json::json;

use crate::base::findings_of;
use crate::stepfunctions::{FUNCTION, MACHINE, findings_of_express, findings_of_steps};

/// Asserts that the findings are one with this code and these texts.
fn only_finding(found: &str, code: &str, texts: &[&str]) {
    assert!(found.contains(&format!("[{code}]")), "{found}");
    for text in texts {
        assert!(found.contains(text), "{text} in {found}");
    }
    assert_eq!(found.matches("[INF").count(), 1, "{found}");
}

#[test]
fn rejects_state_without_way_to_it() {
    let steps = Choice::new("Ready?")
        .when(Condition::expression("{% $ready %}"), Succeed::new("Done"))
        .otherwise(Fail::new("Failed"))
        .afterwards(Pass::new("Notify"));
    only_finding(
        &findings_of_steps(steps),
        "INF4941",
        &[
            "no state leads to the state `Notify`",
            "expected: a way from the first state",
        ],
    );
}

#[test]
fn warns_of_choice_without_default() {
    let steps =
        Choice::new("Ready?").when(Condition::expression("{% $ready %}"), Succeed::new("Done"));
    only_finding(
        &findings_of_steps(steps),
        "INF4942",
        &[
            "warning",
            "the choice `Ready?` has no steps for other cases",
            "States.NoChoiceMatched",
        ],
    );
}

#[test]
fn rejects_duplicate_name_across_branches() {
    let steps = Parallel::new("Both")
        .branch(Pass::new("Log"))
        .branch(Pass::new("Log"));
    only_finding(
        &findings_of_steps(steps),
        "INF4943",
        &["several states `Log`", "actual: 2 states of this name"],
    );
}

#[test]
fn rejects_transition_to_unknown_state_and_suggests_name() {
    let steps = Wait::new("Pause", Duration::minutes(1)).next(GoTo::new("Puase"));
    only_finding(
        &findings_of_steps(steps),
        "INF4944",
        &[
            "the state `Pause` continues at `Puase`, which does not exist",
            "did you mean `Pause`?",
        ],
    );
}

#[test]
fn rejects_transition_out_of_branch() {
    let steps =
        Map::new("Each", Pass::new("Item").next(GoTo::new("After"))).next(Pass::new("After"));
    only_finding(
        &findings_of_steps(steps),
        "INF4945",
        &["the state `Item` continues at `After`, which is in another branch"],
    );
    let steps = Map::new("Each", Pass::new("Item")).next(GoTo::new("Item"));
    only_finding(
        &findings_of_steps(steps),
        "INF4945",
        &["the state `Each` continues at `Item`"],
    );
}

#[test]
fn rejects_long_and_empty_name() {
    only_finding(
        &findings_of_steps(Pass::new("n".repeat(81))),
        "INF4946",
        &["actual: 81 characters", "expected: 1 to 80 characters"],
    );
    only_finding(
        &findings_of_steps(Pass::new("")),
        "INF4946",
        &["actual: 0 characters"],
    );
    assert_eq!(findings_of_steps(Pass::new("n".repeat(80))), "");
}

#[test]
fn rejects_paths_without_dollar() {
    let of = |steps: infra_lib::stepfunctions::Chain<JsonPath>| {
        findings_of(|stack| {
            StateMachine::builder()
                .definition(Definition::new(steps))
                .build(stack, "Machine");
        })
    };
    only_finding(
        &of(Pass::json_path("Order").input_path("order").into_chain()),
        "INF4947",
        &[
            "a path of the state `Order` does not begin with `$`",
            "actual: InputPath: order",
        ],
    );
    only_finding(
        &of(Pass::json_path("Order")
            .parameters(json!({ "a": [{ "b.$": "c" }] }))
            .into_chain()),
        "INF4947",
        &["actual: b.$: c", "States.Format"],
    );
    let choice = Choice::json_path("Which?")
        .when(
            Condition::variable("total").is_null().negate(),
            Pass::json_path("One"),
        )
        .otherwise(Pass::json_path("Two"));
    only_finding(
        &of(choice.into_chain()),
        "INF4947",
        &["actual: Variable: total"],
    );
    let parameters = json!({ "a.$": "States.UUID()", "b.$": "$$.Execution.Id", "SomePath": "c" });
    assert_eq!(
        of(Pass::json_path("Order").parameters(parameters).into_chain()),
        ""
    );
}

#[test]
fn rejects_expressions_without_delimiters() {
    only_finding(
        &findings_of_steps(Pass::new("Order").output("{% $x }")),
        "INF4948",
        &[
            "actual: Output: {% $x }",
            "expected: an expression between `{%` and `%}`",
        ],
    );
    only_finding(
        &findings_of_steps(Pass::new("Order").output(json!({ "a": ["$x %}"] }))),
        "INF4948",
        &["actual: a: $x %}"],
    );
    only_finding(
        &findings_of_steps(Pass::new("Order").output(json!({ "a.$": "$.x" }))),
        "INF4948",
        &["actual: a.$"],
    );
    only_finding(
        &findings_of_steps(Map::new("Each", Pass::new("Item")).items("$.items")),
        "INF4948",
        &["actual: Items: $.items"],
    );
    let choice = Choice::new("Which?")
        .when(Condition::expression("$x"), Pass::new("One"))
        .otherwise(Pass::new("Two"));
    only_finding(
        &findings_of_steps(choice),
        "INF4948",
        &["actual: Condition: $x"],
    );
    assert_eq!(findings_of_steps(Pass::new("Order").output("a text")), "");
}

#[test]
fn rejects_definition_over_one_mebibyte() {
    let large = |length: usize| findings_of_steps(Pass::new("Rows").output("x".repeat(length)));
    let found = large(1_048_577);
    assert!(found.contains("[INF4949]"), "{found}");
    assert!(found.contains("expected: at most 1048576 bytes"), "{found}");
    assert!(!large(900_000).contains("[INF4949]"));
}

#[test]
fn rejects_jobs_tokens_activities_and_distributed_maps_in_express_machine() {
    let activity = "arn:aws:states:eu-west-1:111122223333:activity:packing";
    let token = Integration::lambda(FUNCTION)
        .payload(json!({ "t": Jsonata::TASK_TOKEN }))
        .wait_for_task_token();
    only_finding(
        &findings_of_express(Task::new("Run", Integration::run_execution(MACHINE))),
        "INF4950",
        &[
            "the state `Run` needs a standard machine",
            "actual: a task that waits for the end of a job in an express machine",
        ],
    );
    only_finding(
        &findings_of_express(Task::new("Run", token)),
        "INF4950",
        &["waits for a token"],
    );
    only_finding(
        &findings_of_express(Task::new("Run", Integration::activity(activity))),
        "INF4950",
        &["an activity"],
    );
    assert_eq!(
        findings_of_express(Task::new("Run", Integration::start_execution(MACHINE))),
        ""
    );
    let map = Map::new("Each", Pass::new("Item")).distributed(Distributed::new());
    assert!(findings_of_express(map).contains("a distributed map in an express machine"));
}

#[test]
fn rejects_times_over_five_minutes_in_express_machine() {
    only_finding(
        &findings_of_express(Wait::new("Pause", Duration::hours(1))),
        "INF4951",
        &[
            "the time of the state `Pause`",
            "actual: 1 hour",
            "expected: at most 5 minutes",
        ],
    );
    let found = findings_of(|stack| {
        StateMachine::builder()
            .definition(Definition::new(Pass::new("Hello")).timeout(Duration::minutes(6)))
            .workflow_type(WorkflowType::Express)
            .build(stack, "Machine");
    });
    only_finding(
        &found,
        "INF4951",
        &["the time of the machine", "actual: 6 minutes"],
    );
    assert_eq!(
        findings_of_express(Wait::new("Pause", Duration::minutes(5))),
        ""
    );
}

#[test]
fn rejects_heartbeat_that_is_not_shorter_than_timeout() {
    let task = |heartbeat| {
        Task::new("Charge", Integration::lambda(FUNCTION))
            .heartbeat(heartbeat)
            .timeout(Duration::minutes(1))
    };
    only_finding(
        &findings_of_steps(task(Duration::minutes(1))),
        "INF4953",
        &["actual: 1 minute", "expected: less than 1 minute"],
    );
    assert_eq!(findings_of_steps(task(Duration::seconds(59))), "");
}

#[test]
fn rejects_retry_and_catch_of_all_errors_before_others() {
    let task = || Task::new("Charge", Integration::lambda(FUNCTION)).without_retries();
    only_finding(
        &findings_of_steps(task().retry(Retry::on_all()).retry(Retry::on(["E"]))),
        "INF4954",
        &["rejects a retry of the state `Charge`", "number 1 of 2"],
    );
    only_finding(
        &findings_of_steps(task().catch(Catch::on(["States.ALL", "E"]), Fail::new("Failed"))),
        "INF4954",
        &["rejects a catch of the state `Charge`"],
    );
    let none: [&str; 0] = [];
    only_finding(
        &findings_of_steps(task().retry(Retry::on(none))),
        "INF4954",
        &["actual: []"],
    );
    assert_eq!(
        findings_of_steps(task().retry(Retry::on(["E"])).retry(Retry::on_all())),
        ""
    );
}

#[test]
fn rejects_choice_without_condition_and_parallel_without_branch() {
    only_finding(
        &findings_of_steps(Parallel::new("Both")),
        "INF4955",
        &["the state `Both` has no branch"],
    );
    only_finding(
        &findings_of_steps(Choice::new("Which?").otherwise(Pass::new("One"))),
        "INF4955",
        &["the state `Which?` has no condition"],
    );
}
