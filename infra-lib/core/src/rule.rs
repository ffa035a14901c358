//! Rules of a template: what CloudFormation checks about parameters before it deploys.

use crate::tree::{Construct, NodeKind, RuleNode, Scope};
use crate::value::ConditionExpr;

/// A rule: assertions about parameters, checked when a condition holds.
///
/// See [Rules](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html).
#[derive(Clone, Copy, Debug)]
pub struct Rule<'app>(Scope<'app>);

impl<'app> Rule<'app> {
    /// Adds a rule with one assertion and what is said when it fails; without text, CloudFormation says it its way.
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
        Self(scope.scope().add(id, NodeKind::Rule(Box::new(node))))
    }

    /// Checks the assertions only when this holds.
    pub fn when(self, condition: impl Into<ConditionExpr>) -> Self {
        let condition = condition.into().0;
        self.change(|node| node.condition = Some(condition))
    }

    /// Adds another assertion.
    pub fn assert(
        self,
        assertion: impl Into<ConditionExpr>,
        description: impl Into<String>,
    ) -> Self {
        let entry = (assertion.into().0, description.into());
        self.change(|node| node.assertions.push(entry))
    }

    fn change(self, change: impl FnOnce(&mut RuleNode)) -> Self {
        self.0.write(|tree| {
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
