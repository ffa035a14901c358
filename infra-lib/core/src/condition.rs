//! Conditions of a template: decisions taken at deploy time.

use crate::node_id::NodeId;
use crate::tree::{ConditionNode, Construct, NodeKind, Scope};
use crate::value::{ConditionExpr, Expr, IntoValue, Target, Value};

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

impl From<Condition<'_>> for ConditionExpr {
    fn from(condition: Condition<'_>) -> Self {
        Self(Expr::Condition(Target::Node(condition.node_id())).into())
    }
}

/// `Fn::If`: one of two values, decided at deploy time.
pub fn fn_if<T>(
    condition: Condition<'_>,
    then: impl IntoValue<T>,
    otherwise: impl IntoValue<T>,
) -> Value<T> {
    let (then, otherwise) = (then.into_value(), otherwise.into_value());
    Value::from_data(
        Expr::If(
            Target::Node(condition.node_id()),
            then.into_data(),
            otherwise.into_data(),
        )
        .into(),
    )
}
