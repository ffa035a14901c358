//! Findings about references from one stack to another.

use super::{Consumer, StackRead, read_path};
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::environment::Environment;
use crate::node_id::NodeId;
use crate::stack::stack_environment;
use crate::tree::{NodeKind, Tree};

/// Creates a finding about a reference between stacks that names both stacks with their environments.
pub(super) fn reference_finding(tree: &Tree, read: StackRead<'_>, code: Code) -> Diagnostic {
    let StackRead {
        consumer,
        target,
        producer,
        attribute,
    } = read;
    let describe = |stack: u32| {
        let environment = stack_environment(tree, stack);
        let account = environment
            .account
            .map(|account| format!("{account}/"))
            .unwrap_or_default();
        let region = environment
            .region
            .unwrap_or_else(|| "unknown region".to_owned());
        format!("`{}` ({account}{region})", tree.path(stack))
    };
    let message = format!(
        "stack {} reads `{}` from stack {}",
        describe(consumer.stack),
        read_path(tree, target, attribute),
        describe(producer)
    );
    Diagnostic::new(code, message)
        .path(tree.path(consumer.node))
        .origin(tree.node(consumer.node).origin)
        .related(
            "the resource is created here",
            tree.node(target.index()).origin,
        )
}

pub(super) fn unknown_region_finding(
    tree: &Tree,
    read: StackRead<'_>,
    from: &Environment,
    to: &Environment,
) -> Diagnostic {
    let agnostic = if from.region.is_none() {
        "producing"
    } else {
        "reading"
    };
    debug_assert!(from.region != to.region, "equal regions need no answer");
    reference_finding(tree, read, codes::UNKNOWN_REGION)
        .note(format!(
            "the region of the {agnostic} stack is only known at deployment"
        ))
        .help("give both stacks an environment with a region: `StackProps::environment`")
}

pub(super) fn unreferenceable_finding(
    tree: &Tree,
    consumer: Consumer,
    target: NodeId,
) -> Diagnostic {
    let (what, help) = match &tree.node(target.index()).kind {
        NodeKind::Parameter(_) => (
            "a parameter",
            "add a parameter to each stack that needs one, or publish it as an SSM parameter",
        ),
        NodeKind::Condition(_) => (
            "a condition",
            "add the condition to each stack that needs it",
        ),
        NodeKind::Mapping(_) => (
            "a mapping",
            "add the mapping to each stack that needs it, or choose the value in the program",
        ),
        _ => ("this value", "read an attribute of a resource instead"),
    };
    Diagnostic::new(
        codes::UNREFERENCEABLE,
        format!("{what} cannot be read from another stack"),
    )
    .path(tree.path(consumer.node))
    .origin(tree.node(consumer.node).origin)
    .related(
        format!("`{}` is declared here", tree.path(target.index())),
        tree.node(target.index()).origin,
    )
    .note(format!(
        "{what} exists only in the template that declares it"
    ))
    .help(help)
}

pub(super) fn stage_crossing_finding(
    tree: &Tree,
    consumer: Consumer,
    target: NodeId,
    producer: u32,
) -> Option<Diagnostic> {
    let (from, to) = (tree.stage_of(producer), tree.stage_of(consumer.stack));
    (from != to).then(|| {
        let read = StackRead {
            consumer,
            target,
            producer,
            attribute: None,
        };
        reference_finding(tree, read, codes::CROSS_STAGE_REFERENCE)
            .note("stages are deployed independently of each other")
            .help("build the resource in the stage that reads it, or pass its name as plain text")
    })
}
