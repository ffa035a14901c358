//! The stack `Names`: 8 resources, converted by `import-template` from
//! `names.yaml`.
//!
//! Crates: `infra-core`, `infra-cfn` (features `sns`, `sqs`).

use infra_cfn::{
    sns,
    sqs::{self, queue},
};
use infra_core::intrinsics::{ConditionExpr, equals, find_in_map, fn_or};
use infra_core::{
    App, Condition, Construct as _, Data, Mapping, Output, ParameterProps, ParameterType, Stack,
    StackProps, sub, value,
};

/// Adds the stack to the app.
pub fn names(app: &App) -> Stack<'_> {
    let stack = StackProps::new()
        .description("Namen, die es schon gibt – \"überall\"")
        .build(app, "Names");

    // Parameters
    let type_ = ParameterProps::new(ParameterType::String)
        .default_value("a")
        .build(stack, "Type");
    let stack_parameter = ParameterProps::new(ParameterType::String)
        .default_value("b")
        .build(stack, "Stack");
    let select_parameter = ParameterProps::new(ParameterType::String)
        .default_value(r#"c "quoted" \ back"#)
        .build(stack, "Select");

    // Mappings
    let queue_mapping = Mapping::new(stack, "QueueMapping", [("a", vec![("b", Data::from("c"))])]);
    queue_mapping.scope().override_logical_id("Queue");

    // Conditions
    let queue_condition = Condition::new(stack, "QueueCondition", equals::<String>(type_, "a"));
    queue_condition.scope().override_logical_id("Queue");
    let zuerst = Condition::new(
        stack,
        "Zuerst",
        equals::<String>(select_parameter, stack_parameter),
    );

    let match_condition = Condition::new(
        stack,
        "MatchCondition",
        fn_or([
            ConditionExpr::from(queue_condition),
            ConditionExpr::from(zuerst),
        ]),
    );
    match_condition.scope().override_logical_id("Match");

    // Resources

    // Called like the mapping and the condition,
    // and like an output.
    let queue = sqs::CfnQueueProps::new()
        .queue_name(find_in_map::<String>(queue_mapping, "a", "b"))
        .build(stack, "Queue");
    queue.apply_condition(queue_condition);

    sqs::CfnQueueProps::new().build(stack, "QUEUE");

    let default = sqs::CfnQueueProps::new()
        .tags([queue::Tag::new("größe", "klein & fein")])
        .build(stack, "DefaultResource");
    default.override_logical_id("Default");

    let resource = sqs::CfnQueueProps::new().build(stack, "Resource");
    resource.depends_on(default);

    let match_ = sns::CfnTopicProps::new()
        .topic_name(stack_parameter)
        .build(stack, "Match");
    match_.apply_condition(match_condition);

    sns::CfnTopicProps::new()
        .display_name(sub![select_parameter.value::<String>()])
        .build(stack, "R2D2");

    sns::CfnTopicProps::new().build(stack, "3rd");

    sns::CfnTopicProps::new()
        .display_name("no names here, but ${one}")
        .build(
            stack,
            "AVeryLongLogicalIdThatSomebodyMadeFromTheNameOfTheTeamAndTheNameOfTheServiceAndTheNameOfTheEnvironmentAndThenSomeMore",
        );

    // Outputs
    Output::new(stack, "QueueOutput", queue.attr_arn())
        .condition(queue_condition)
        .scope()
        .override_logical_id("Queue");
    Output::new(stack, "TypeOutput", type_.value::<String>())
        .scope()
        .override_logical_id("Type");

    // Nothing to compute.
    Output::new(stack, "Text", value::<String>("fixed"));
    Output::new(stack, "Number", value::<String>("42"));
    Output::new(stack, "DefaultOutput", default.ref_())
        .scope()
        .override_logical_id("Default");

    stack
}
