//! Tests of definitions of state machines.

use infra_lib::assertions::Template;
use infra_lib::stepfunctions::{
    Catch, Choice, Condition, Definition, Fail, GoTo, Integration, Jsonata, Map, Ordered, Parallel,
    Pass, Retry, StateMachine, Succeed, Task, Wait,
};
use infra_lib::{App, Duration, Stack};
use serde_json::json;

use super::{FUNCTION, json_path_states, machine, states};

#[test]
fn joins_states_branches_and_loops() {
    let poll = Wait::new("Pause", Duration::seconds(30))
        .next(Pass::new("Look"))
        .next(
            Choice::new("Ready?")
                .when(
                    Condition::expression("{% $states.input.ready %}"),
                    Pass::new("Accept"),
                )
                .when(
                    Condition::expression("{% $states.input.broken %}"),
                    Fail::new("Broken").error("E").cause("C"),
                )
                .otherwise(GoTo::new("Pause")),
        );
    let found = states(poll.next(Succeed::new("Done")));
    assert_eq!(
        found,
        json!({
            "Pause": { "Type": "Wait", "Seconds": 30, "Next": "Look" },
            "Look": { "Type": "Pass", "Next": "Ready?" },
            "Ready?": {
                "Type": "Choice",
                "Choices": [
                    { "Condition": "{% $states.input.ready %}", "Next": "Accept" },
                    { "Condition": "{% $states.input.broken %}", "Next": "Broken" },
                ],
                "Default": "Pause",
            },
            "Accept": { "Type": "Pass", "Next": "Done" },
            "Broken": { "Type": "Fail", "Error": "E", "Cause": "C" },
            "Done": { "Type": "Succeed" },
        })
    );
}

#[test]
fn renders_jsonata_task_with_retry_catch_and_times() {
    let charge = Task::new(
        "Charge",
        Integration::lambda(FUNCTION).payload(json!({ "id": "{% $id %}" })),
    )
    .comment("takes the money")
    .output("{% $states.result.Payload %}")
    .assign("receipt", "{% $states.result.Payload.id %}")
    .assign("paid", true)
    .timeout(Duration::minutes(2))
    .heartbeat(Duration::minutes(1))
    .without_retries()
    .retry(
        Retry::on(["States.Timeout"])
            .interval(Duration::seconds(3))
            .max_attempts(5)
            .backoff_rate(1.5)
            .max_delay(Duration::minutes(1))
            .full_jitter(),
    )
    .catch(
        Catch::on_all().output("{% $states.errorOutput %}"),
        Fail::new("Failed"),
    );
    assert_eq!(
        states(charge.next(Succeed::new("Done"))),
        json!({
            "Charge": {
                "Type": "Task",
                "Resource": { "Fn::Sub": "arn:${AWS::Partition}:states:::lambda:invoke" },
                "Arguments": { "FunctionName": FUNCTION, "Payload": { "id": "{% $id %}" } },
                "Comment": "takes the money",
                "Output": "{% $states.result.Payload %}",
                "Assign": { "receipt": "{% $states.result.Payload.id %}", "paid": true },
                "TimeoutSeconds": 120,
                "HeartbeatSeconds": 60,
                "Retry": [{
                    "ErrorEquals": ["States.Timeout"], "IntervalSeconds": 3, "MaxAttempts": 5, "BackoffRate": 1.5,
                    "MaxDelaySeconds": 60, "JitterStrategy": "FULL",
                }],
                "Catch": [{ "ErrorEquals": ["States.ALL"], "Output": "{% $states.errorOutput %}", "Next": "Failed" }],
                "Next": "Done",
            },
            "Failed": { "Type": "Fail" },
            "Done": { "Type": "Succeed" },
        })
    );
}

#[test]
fn renders_json_path_fields_and_paths_of_arguments() {
    let put = Task::json_path(
        "Count",
        Integration::aws_sdk("dynamodb", "query")
            .argument("TableName", "$.table")
            .argument("Limit", 5),
    )
    .input_path("$.order")
    .result_selector(json!({ "n.$": "$.Count" }))
    .result_path("$.count")
    .output_path("$.count")
    .catch(
        Catch::on_all().result_path("$.error"),
        Fail::json_path("Failed").error_path("$.error.Error"),
    );
    assert_eq!(
        json_path_states(put),
        json!({
            "Count": {
                "Type": "Task",
                "Resource": { "Fn::Sub": "arn:${AWS::Partition}:states:::aws-sdk:dynamodb:query" },
                "Parameters": { "TableName.$": "$.table", "Limit": 5 },
                "InputPath": "$.order",
                "ResultSelector": { "n.$": "$.Count" },
                "ResultPath": "$.count",
                "OutputPath": "$.count",
                "Catch": [{ "ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Failed" }],
                "End": true,
            },
            "Failed": { "Type": "Fail", "ErrorPath": "$.error.Error" },
        })
    );
    let text =
        Definition::new(Pass::json_path("Hello").result(json!(1)).discard_result()).to_json();
    assert_eq!(text.get("QueryLanguage"), None);
    assert_eq!(
        text["States"]["Hello"],
        json!({ "Type": "Pass", "Result": 1, "ResultPath": null, "End": true })
    );
}

#[test]
fn renders_conditions_of_json_path() {
    let large = Condition::variable("$.total").greater_than(1000);
    let known = Condition::variable("$.customer").is_present();
    let late = Condition::variable("$.due").less_than(Ordered::timestamp("2026-01-31T12:00:00Z"));
    let same = Condition::variable("$.a").equals(Ordered::string_at("$.b"));
    let choice = Choice::json_path("Which?")
        .when(
            large.and(known.negate()).and(late),
            Succeed::json_path("One"),
        )
        .when(
            same.or(Condition::variable("$.ok").equals(true)),
            Succeed::json_path("Two"),
        )
        .when(
            Condition::variable("$.name").matches("log-*"),
            Succeed::json_path("Three"),
        )
        .otherwise(Fail::json_path("None"));
    let found = json_path_states(choice);
    assert_eq!(
        found["Which?"]["Choices"],
        json!([
            {
                "And": [
                    { "Variable": "$.total", "NumericGreaterThan": 1000 },
                    { "Not": { "Variable": "$.customer", "IsPresent": true } },
                    { "Variable": "$.due", "TimestampLessThan": "2026-01-31T12:00:00Z" },
                ],
                "Next": "One",
            },
            {
                "Or": [
                    { "Variable": "$.a", "StringEqualsPath": "$.b" },
                    { "Variable": "$.ok", "BooleanEquals": true },
                ],
                "Next": "Two",
            },
            { "Variable": "$.name", "StringMatches": "log-*", "Next": "Three" },
        ])
    );
}

#[test]
fn joins_expressions_of_jsonata_conditions() {
    let a = Condition::expression("{% $a = 1 %}");
    let b = Condition::expression("{% $b %}");
    let c = Condition::expression("{% $c %}");
    let choice = Choice::new("Which?")
        .when(a.and(b.negate()).or(c), Succeed::new("Done"))
        .otherwise(Fail::new("Failed"));
    assert_eq!(
        states(choice)["Which?"]["Choices"][0]["Condition"],
        "{% (($a = 1) and ($not($b))) or ($c) %}"
    );
}

#[test]
fn renders_parallel_and_inline_map() {
    let both = Parallel::new("Both")
        .arguments(json!({ "id": 1 }))
        .branch(Pass::new("Left").next(Succeed::new("LeftDone")))
        .branch(
            Map::new("Each", Pass::new("Item"))
                .items("{% $x %}")
                .max_concurrency(3)
                .item_selector(json!({ "a": 1 })),
        )
        .retry(Retry::on_all());
    let found = states(both);
    assert_eq!(
        found["Both"]["Branches"][0]["States"]["Left"]["Next"],
        "LeftDone"
    );
    assert_eq!(found["Both"]["Arguments"], json!({ "id": 1 }));
    assert_eq!(
        found["Both"]["Branches"][1],
        json!({ "StartAt": "Each", "States": { "Each": {
            "Type": "Map", "Items": "{% $x %}", "MaxConcurrency": 3, "ItemSelector": { "a": 1 },
            "ItemProcessor": {
                "ProcessorConfig": { "Mode": "INLINE" },
                "StartAt": "Item", "States": { "Item": { "Type": "Pass", "End": true } },
            },
            "End": true,
        } } })
    );
}

#[test]
fn keeps_drawing_for_graph() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    machine(stack, Succeed::new("Done"));
    let synthesis = app.synth();
    let drawing = Definition::new(Succeed::<Jsonata>::new("Done")).to_mermaid();
    assert_eq!(synthesis.diagram("Stack/Machine"), Some(drawing.as_str()));
    assert_eq!(synthesis.diagrams().count(), 1);
}

#[test]
fn draws_states_with_branches_and_errors() {
    let steps = Choice::new("Has \"items\"?")
        .when(
            Condition::expression("{% $n > 0 %}"),
            Map::new("Each", Pass::new("Item")),
        )
        .otherwise(
            Parallel::new("Both")
                .branch(Pass::new("Left"))
                .branch(Pass::new("Right"))
                .catch(Catch::on(["E.One", "E.Two"]), GoTo::new("Done")),
        )
        .afterwards(Succeed::new("Done"));
    assert_eq!(
        Definition::new(steps).to_mermaid(),
        "\
stateDiagram-v2
    state \"Has 'items'?\" as s0
    [*] --> s0
    s0 --> s1: $n > 0
    s0 --> s3: otherwise
    state \"Each\" as s1 {
        state \"Item\" as s2
        [*] --> s2
        s2 --> [*]
    }
    note right of s1: for each item
    s1 --> s6
    state \"Both\" as s3 {
        state \"Left\" as s4
        [*] --> s4
        s4 --> [*]
        --
        state \"Right\" as s5
        [*] --> s5
        s5 --> [*]
    }
    s3 --> s6: E.One, E.Two
    s3 --> s6
    state \"Done\" as s6
    s6 --> [*]
"
    );
}

#[test]
fn writes_same_definition_each_time() {
    let build = || {
        let steps = Parallel::new("Both")
            .branch(Pass::new("B"))
            .branch(Pass::new("A"));
        Definition::new(steps.next(Pass::new("0")))
    };
    assert_eq!(build().to_json().to_string(), build().to_json().to_string());
    let template = Template::of_stack(|stack| {
        StateMachine::builder()
            .definition(build())
            .build(stack, "Machine");
    });
    let text =
        template.only("AWS::StepFunctions::StateMachine")["Properties"]["DefinitionString"].clone();
    let text = text.as_str().unwrap();
    assert!(
        text.find("\"B\":").unwrap() < text.find("\"A\":").unwrap(),
        "{text}"
    );
}
