//! Rules of a template: assertions about parameters that CloudFormation evaluates before it deploys.

use crate::tree::{Construct, NodeKind, RuleNode, Scope};
use crate::value::ConditionExpr;

/// A rule in the `Rules` section of a template: assertions about parameters, evaluated before CloudFormation creates or updates resources.
///
/// See [Rules](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html).
#[derive(Clone, Copy, Debug)]
pub struct Rule<'app>(Scope<'app>);

impl<'app> Rule<'app> {
    /// Adds a rule with one assertion to the stack that holds `scope`. CloudFormation shows `description` when the assertion fails, or a generic
    /// message if it is empty.
    #[track_caller]
    pub fn new(
        scope: impl Construct<'app>,
        id: &str,
        assertion: impl Into<ConditionExpr>,
        description: impl Into<String>,
    ) -> Self {
        let node = RuleNode {
            condition: None,
            assertions: vec![(assertion.into().0, description.into())],
        };
        Self(scope.scope().add_node(id, NodeKind::Rule(Box::new(node))))
    }

    /// Evaluates the assertions only if `condition` holds. Default: always.
    pub fn when(self, condition: impl Into<ConditionExpr>) -> Self {
        let condition = condition.into().0;
        self.change_node(|node| node.condition = Some(condition))
    }

    /// Adds an assertion with the message that CloudFormation shows when it fails.
    pub fn assert(
        self,
        assertion: impl Into<ConditionExpr>,
        description: impl Into<String>,
    ) -> Self {
        let entry = (assertion.into().0, description.into());
        self.change_node(|node| node.assertions.push(entry))
    }

    fn change_node(self, change: impl FnOnce(&mut RuleNode)) -> Self {
        self.0.change_tree(|tree| {
            if let NodeKind::Rule(node) = &mut tree.node_mut(self.0.index).kind {
                change(node);
            }
        });
        self
    }
}

impl<'app> Construct<'app> for Rule<'app> {
    fn scope(&self) -> Scope<'app> {
        self.0
    }
}
