//! A stack: what CloudFormation deploys as one unit.

use crate::environment::Environment;
use crate::logical_id::logical_id;
use crate::stack_props::StackProps;
use crate::tree::{Construct, NodeKind, Scope, StackNode, Tree};
use crate::value::IntoValue;

impl StackProps {
    /// Adds the stack to an app or a stage.
    #[track_caller]
    pub fn build<'app>(self, scope: impl Construct<'app>, id: &str) -> Stack<'app> {
        let node = StackNode {
            props: self,
            resource: None,
        };
        Stack(scope.scope().add(id, NodeKind::Stack(Box::new(node))))
    }
}

/// A stack: a template, its name, and where it is deployed.
#[derive(Clone, Copy, Debug)]
pub struct Stack<'app>(pub(crate) Scope<'app>);

impl<'app> Stack<'app> {
    /// Adds a stack with default properties.
    #[track_caller]
    pub fn new(scope: impl Construct<'app>, id: &str) -> Self {
        StackProps::new().build(scope, id)
    }

    /// The stack that holds a construct.
    pub fn of(construct: impl Construct<'app>) -> Option<Self> {
        construct.scope().stack()
    }

    /// The name in CloudFormation. Of a nested stack, whose own name CloudFormation makes at deployment, it is that of the
    /// outermost stack that it is in.
    pub fn stack_name(&self) -> String {
        self.0.read(|tree| stack_name(tree, self.0.index))
    }

    /// The stack that this one is nested in; `None` for a stack that is deployed by itself.
    pub fn nested_stack_parent(&self) -> Option<Self> {
        self.0
            .read(|tree| tree.stacks_above(self.0.index).nth(1))
            .map(|index| Self(self.0.at(index)))
    }

    /// Where the stack is deployed.
    pub fn environment(&self) -> Environment {
        self.0.read(|tree| environment(tree, self.0.index))
    }

    /// Deploys this stack after `other`.
    #[track_caller]
    pub fn depends_on(&self, other: impl Construct<'app>) {
        self.0.depends_on(other);
    }

    /// Tags the stack and every taggable resource in it.
    pub fn tag(&self, key: impl Into<String>, value: impl IntoValue<String>) {
        self.0.tag(key, value);
    }
}

impl<'app> Construct<'app> for Stack<'app> {
    fn scope(&self) -> Scope<'app> {
        self.0
    }
}

impl<'app> Scope<'app> {
    /// The stack that holds this construct, or is it.
    pub fn stack(self) -> Option<Stack<'app>> {
        self.read(|tree| tree.node(self.index).stack)
            .map(|index| Stack(self.at(index)))
    }
}

fn node(tree: &Tree, stack: u32) -> Option<&StackNode> {
    match &tree.node(stack).kind {
        NodeKind::Stack(node) => Some(node),
        _ => None,
    }
}

/// The properties of the stack at that node; those of a nested stack are its own.
pub(crate) fn props(tree: &Tree, stack: u32) -> StackProps {
    node(tree, stack)
        .map(|node| node.props.clone())
        .unwrap_or_default()
}

/// The CloudFormation name of the stack, as the CDK would choose it.
pub(crate) fn stack_name(tree: &Tree, stack: u32) -> String {
    let stack = tree.root_stack(stack);
    if let Some(name) = node(tree, stack).and_then(|node| node.props.stack_name.clone()) {
        return name;
    }
    let stage = tree.stage_of(stack);
    let below_stage = tree.components(stack, Some(stage));
    let name = match below_stage.as_slice() {
        [only] => (*only).to_owned(),
        several => logical_id(several),
    };
    match tree.components(stage, None).join("-") {
        prefix if prefix.is_empty() => name,
        prefix => format!("{prefix}-{name}"),
    }
}

/// The name of the stack's artifact in the cloud assembly.
pub(crate) fn artifact_id(tree: &Tree, stack: u32) -> String {
    match tree.components(stack, None).as_slice() {
        [only] => (*only).to_owned(),
        several => logical_id(several),
    }
}

/// The environment of the stack, part by part its own or that of its stage.
pub(crate) fn environment(tree: &Tree, stack: u32) -> Environment {
    let stack = tree.root_stack(stack);
    let mut found = node(tree, stack)
        .and_then(|node| node.props.environment.clone())
        .unwrap_or_default();
    for above in tree.ancestors(stack) {
        if let NodeKind::Stage(stage) = &tree.node(above).kind
            && let Some(environment) = &stage.environment
        {
            found.account = found.account.or_else(|| environment.account.clone());
            found.region = found.region.or_else(|| environment.region.clone());
        }
    }
    found
}
