//! Checks of definitions at synthesis.

use std::collections::BTreeMap;

use super::definition::Definition;
use super::finding::finding;
use super::graph::State;
use super::options::WorkflowType;
use super::retry::ALL;
use super::{languages, transitions};
use crate::core::{Data, Duration, Expr, Scope, Value, codes};

const NAME_LIMIT: usize = 80;
const SIZE_LIMIT: usize = 1_048_576;
const EXPRESS_LIMIT: Duration = Duration::minutes(5);

/// Reports the mistakes of a definition.
pub(super) fn check(scope: Scope<'_>, definition: &Definition, workflow: WorkflowType) {
    let states = definition.graph.all_states();
    check_names(scope, &states);
    transitions::check(scope, &definition.graph, &states);
    for state in &states {
        check_state(scope, state);
        languages::check(scope, state, definition.query_language.is_some());
        if workflow == WorkflowType::Express {
            check_express(scope, state);
        }
    }
    if let Some(timeout) = definition
        .timeout
        .filter(|_| workflow == WorkflowType::Express)
    {
        check_express_time(scope, "the machine", timeout);
    }
}

/// Reports a text of a definition that is too large.
pub(super) fn check_size(scope: Scope<'_>, text: &Value<String>) {
    let size: usize = match text.data() {
        Data::Text(text) => text.len(),
        Data::Expr(expr) => match &**expr {
            Expr::Join(_, Data::List(parts)) => {
                parts.iter().filter_map(Data::as_text).map(str::len).sum()
            }
            _ => 0,
        },
        _ => 0,
    };
    if size > SIZE_LIMIT {
        scope.report(
            finding(
                codes::DEFINITION_SIZE,
                "the definition of a state machine is too large".to_owned(),
                "service-quotas.html",
            )
            .actual(format!("{size} bytes"))
            .expected(format!("at most {SIZE_LIMIT} bytes"))
            .help("move a part of the states into another machine, and run it with `Integration::run_execution`"),
        );
    }
}

fn check_names(scope: Scope<'_>, states: &[&State]) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for state in states {
        *counts.entry(&state.name).or_default() += 1;
        let length = state.name.chars().count();
        if length > NAME_LIMIT || length == 0 {
            scope.report(
                finding(
                    codes::STATE_NAME,
                    format!("Step Functions rejects the state name `{}`", state.name),
                    "concepts-states.html",
                )
                .actual(format!("{length} characters"))
                .expected(format!("1 to {NAME_LIMIT} characters"))
                .help("shorten the name, and put the explanation into `.comment(…)`"),
            );
        }
    }
    for (name, count) in counts.into_iter().filter(|(_, count)| *count > 1) {
        scope.report(
            finding(
                codes::DUPLICATE_STATE,
                format!("a state machine has several states `{name}`"),
                "concepts-states.html",
            )
            .actual(format!("{count} states of this name"))
            .expected("a name for each state, unique in the machine and all its branches")
            .help(format!(
                "rename one, or continue at the first one with `GoTo::new({name:?})`"
            )),
        );
    }
}

fn check_state(scope: Scope<'_>, state: &State) {
    if state.kind == "Choice" && state.default.is_none() && !state.rules.is_empty() {
        scope.report(
            finding(
                codes::CHOICE_WITHOUT_DEFAULT,
                format!("the choice `{}` has no steps for other cases", state.name),
                "state-choice.html",
            )
            .note("the execution fails with `States.NoChoiceMatched` if no condition holds")
            .help("add `.otherwise(…)`, with a `Fail` if the other cases are errors"),
        );
    }
    let empty = match state.kind {
        "Choice" => state.rules.is_empty().then_some("condition"),
        "Parallel" => state.nested.graphs().is_empty().then_some("branch"),
        _ => None,
    };
    if let Some(part) = empty {
        scope.report(
            finding(
                codes::EMPTY_STATE,
                format!("the state `{}` has no {part}", state.name),
                if part == "branch" {
                    "state-parallel.html"
                } else {
                    "state-choice.html"
                },
            )
            .expected(format!("at least one {part}")),
        );
    }
    if let (Some(heartbeat), Some(timeout)) = (state.heartbeat, state.timeout)
        && heartbeat >= timeout
    {
        scope.report(
            finding(
                codes::STATE_HEARTBEAT,
                format!(
                    "the heartbeat of the task `{}` is not shorter than its timeout",
                    state.name
                ),
                "state-task.html",
            )
            .actual(heartbeat.to_string())
            .expected(format!("less than {timeout}")),
        );
    }
    if state.waits_for_token && !mentions_token(state) {
        scope.report(
            finding(
                codes::TASK_TOKEN_UNUSED,
                format!(
                    "the task `{}` waits for its token, but does not send it",
                    state.name
                ),
                "connect-to-resource.html",
            )
            .note("nobody could return the token, so the task waits until its timeout")
            .help("add `Jsonata::TASK_TOKEN`, or the path `JsonPath::TASK_TOKEN`, to the payload"),
        );
    }
    check_errors(scope, state);
}

fn mentions_token(state: &State) -> bool {
    let arguments = ["Arguments", "Parameters"].map(|field| state.fields.get(field));
    arguments.into_iter().flatten().any(|data| {
        let text = data.to_json().to_string();
        text.contains("Task.Token") || text.contains("context.Task") || text.contains("\"$$\"")
    })
}

/// Reports retries and catches of all errors that are not alone and last.
fn check_errors(scope: Scope<'_>, state: &State) {
    let retries: Vec<&[String]> = state
        .retries
        .iter()
        .map(|one| one.errors.as_slice())
        .collect();
    let catchers: Vec<&[String]> = state
        .catchers
        .iter()
        .map(|one| one.errors.as_slice())
        .collect();
    for (kind, lists) in [("retry", retries), ("catch", catchers)] {
        for (index, errors) in lists.iter().enumerate() {
            let is_all = errors.iter().any(|error| error == ALL);
            let is_last = index + 1 == lists.len();
            if errors.is_empty() || is_all && (errors.len() > 1 || !is_last) {
                scope.report(
                    finding(
                        codes::STATE_ERRORS,
                        format!(
                            "Step Functions rejects a {kind} of the state `{}`",
                            state.name
                        ),
                        "concepts-error-handling.html",
                    )
                    .actual(format!(
                        "{errors:?}, number {} of {}",
                        index + 1,
                        lists.len()
                    ))
                    .expected(format!(
                        "names of errors; `{ALL}` alone, and in the last {kind} of the state"
                    )),
                );
            }
        }
    }
}

fn check_express(scope: Scope<'_>, state: &State) {
    if let Some(reason) = state.standard_only {
        scope.report(
            finding(
                codes::EXPRESS_INTEGRATION,
                format!("the state `{}` needs a standard machine", state.name),
                "choosing-workflow-type.html",
            )
            .actual(format!("{reason} in an express machine"))
            .help("build a standard machine, or move the state into a standard machine that this one starts"),
        );
    }
    if let Some(time) = state.timeout {
        check_express_time(scope, &format!("the state `{}`", state.name), time);
    }
}

fn check_express_time(scope: Scope<'_>, what: &str, time: Duration) {
    if time > EXPRESS_LIMIT {
        scope.report(
            finding(
                codes::EXPRESS_TIMEOUT,
                format!("an express execution ends before the time of {what}"),
                "choosing-workflow-type.html",
            )
            .actual(time.to_string())
            .expected(format!(
                "at most {EXPRESS_LIMIT}, the maximum of express executions"
            ))
            .help("shorten the time, or build a standard machine"),
        );
    }
}
