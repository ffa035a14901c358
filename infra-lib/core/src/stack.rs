//! Stacks, the unit of deployment of CloudFormation: [`Stack`] with its name, environment, tags and dependencies.

use crate::diagnostic::{Diagnostic, codes};
use crate::environment::Environment;
use crate::logical_id::logical_id;
use crate::stack_props::StackProps;
use crate::tree::{Construct, NodeKind, Scope, StackNode, Tree};
use crate::value::IntoValue;

impl StackProps {
    /// Adds a stack with these properties to an app or a stage. A stack in the scope of another stack is reported (`INF1280`).
    #[track_caller]
    pub fn build<'app>(self, scope: impl Construct<'app>, id: &str) -> Stack<'app> {
        let node = StackNode {
            props: self,
            resource: None,
        };
        let scope = scope.scope();
        let stack = scope.add_node(id, NodeKind::Stack(Box::new(node)));
        if let Some(outer) = scope.read_tree(|tree| enclosing_stack(tree, scope.index)) {
            report_stack_in_stack(stack, scope.at_index(outer));
        }
        Stack(stack)
    }
}

/// A stack: a template that CloudFormation deploys, updates and deletes as a unit, with its name and environment.
///
/// AWS: [Stacks](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacks.html).
#[derive(Clone, Copy, Debug)]
pub struct Stack<'app>(pub(crate) Scope<'app>);

impl<'app> Stack<'app> {
    /// Adds a stack with default properties to an app or a stage. Use [`StackProps`] to set its name, environment or tags.
    ///
    /// A stack in the scope of another stack is deployed on its own as well, which is reported (`INF1280`); for a part of a stack, use
    /// [`NestedStack`](crate::NestedStack).
    #[track_caller]
    pub fn new(scope: impl Construct<'app>, id: &str) -> Self {
        StackProps::new().build(scope, id)
    }

    /// Returns the stack that holds a construct, or `None` for constructs outside a stack.
    pub fn of(construct: impl Construct<'app>) -> Option<Self> {
        construct.scope().stack()
    }

    /// Returns the name of the stack in CloudFormation. A nested stack gets its name from CloudFormation at deployment; for it, this is the name of
    /// the root stack.
    pub fn stack_name(&self) -> String {
        self.0.read_tree(|tree| stack_name(tree, self.0.index))
    }

    /// Returns the stack in which this one is nested, or `None` for a stack that is deployed on its own.
    pub fn nested_stack_parent(&self) -> Option<Self> {
        self.0
            .read_tree(|tree| tree.stacks_above(self.0.index).nth(1))
            .map(|index| Self(self.0.at_index(index)))
    }

    /// Returns the account and region of the stack, completed with those of its stage.
    pub fn environment(&self) -> Environment {
        self.0
            .read_tree(|tree| stack_environment(tree, self.0.index))
    }

    /// Deploys this stack after the stack of `other`.
    #[track_caller]
    pub fn depends_on(&self, other: impl Construct<'app>) {
        self.0.depends_on(other);
    }

    /// Adds a tag to the stack and to every taggable resource in it.
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
    /// Returns the stack that holds this construct, or the construct itself if it is a stack.
    pub fn stack(self) -> Option<Stack<'app>> {
        self.read_tree(|tree| tree.node(self.index).stack)
            .map(|index| Stack(self.at_index(index)))
    }
}

/// Returns the stack in whose scope a node is. The stacks of a stage are independent of a stack that contains the stage.
fn enclosing_stack(tree: &Tree, index: u32) -> Option<u32> {
    tree.ancestors(index)
        .take_while(|at| !matches!(tree.node(*at).kind, NodeKind::Stage(_)))
        .find(|at| matches!(tree.node(*at).kind, NodeKind::Stack(_)))
}

fn report_stack_in_stack(stack: Scope<'_>, outer: Scope<'_>) {
    let (path, outer) = (stack.path(), outer.path());
    stack.report(
        Diagnostic::new(
            codes::STACK_IN_STACK,
            format!("stack `{path}` is in the scope of stack `{outer}`, but is deployed on its own"),
        )
        .note(format!(
            "its name is `{}`; it is not updated or deleted together with `{outer}`",
            Stack(stack).stack_name()
        ))
        .help("use `NestedStack::new` for a part of the outer stack, else the app or a stage as scope; acknowledge the finding to keep the name of a deployed stack"),
    );
}

fn stack_node(tree: &Tree, stack: u32) -> Option<&StackNode> {
    match &tree.node(stack).kind {
        NodeKind::Stack(node) => Some(node),
        _ => None,
    }
}

/// Returns the properties of the stack at a node. A nested stack does not inherit those of its parent.
pub(crate) fn stack_props(tree: &Tree, stack: u32) -> StackProps {
    stack_node(tree, stack)
        .map(|node| node.props.clone())
        .unwrap_or_default()
}

/// Returns the name of the stack in CloudFormation, by the rules of the CDK.
pub(crate) fn stack_name(tree: &Tree, stack: u32) -> String {
    let stack = tree.root_stack(stack);
    if let Some(name) = stack_node(tree, stack).and_then(|node| node.props.stack_name.clone()) {
        return name;
    }
    let stage = tree.stage_of(stack);
    let below_stage = tree.path_components(stack, Some(stage));
    let name = match below_stage.as_slice() {
        [only] => (*only).to_owned(),
        several => logical_id(several),
    };
    match tree.path_components(stage, None).join("-") {
        prefix if prefix.is_empty() => name,
        prefix => format!("{prefix}-{name}"),
    }
}

/// Returns the name of the stack's artifact in the cloud assembly.
pub(crate) fn artifact_id(tree: &Tree, stack: u32) -> String {
    match tree.path_components(stack, None).as_slice() {
        [only] => (*only).to_owned(),
        several => logical_id(several),
    }
}

/// Returns the environment of the stack. Account and region are completed independently with those of its stages.
pub(crate) fn stack_environment(tree: &Tree, stack: u32) -> Environment {
    let stack = tree.root_stack(stack);
    let mut found = stack_node(tree, stack)
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
