//! Conditions of a template: decisions taken at deploy time.

use crate::tree::{Construct, NodeId, NodeKind, Scope};
use crate::value::{ConditionExpr, Data};

#[derive(Clone, Debug)]
pub(crate) struct ConditionNode {
    pub(crate) expr: Data,
}

/// A condition that resources and [`fn_if`](crate::intrinsics::fn_if) can use.
#[derive(Clone, Copy, Debug)]
pub struct Condition<'app>(Scope<'app>);

impl<'app> Condition<'app> {
    /// Adds a condition to the stack that holds `scope`.
    #[track_caller]
    pub fn new(scope: impl Construct<'app>, id: &str, expr: impl Into<ConditionExpr>) -> Self {
        let node = ConditionNode {
            expr: expr.into().0,
        };
        Self(scope.scope().add(id, NodeKind::Condition(Box::new(node))))
    }

    /// The number of the node.
    pub fn node_id(&self) -> NodeId {
        self.0.node_id()
    }
}

impl<'app> Construct<'app> for Condition<'app> {
    fn scope(&self) -> Scope<'app> {
        self.0
    }
}
