//! Conditions of a template, evaluated by CloudFormation at deployment.

use crate::node_id::NodeId;
use crate::tree::{ConditionNode, Construct, NodeKind, Scope};
use crate::value::{ConditionExpr, Expr, IntoValue, Target, Value};

/// A condition in the `Conditions` section of a template, for resources, outputs and [`fn_if`](crate::intrinsics::fn_if).
///
/// AWS: [Conditions](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html).
#[derive(Clone, Copy, Debug)]
pub struct Condition<'app>(pub(crate) Scope<'app>);

impl<'app> Condition<'app> {
    /// Adds a condition to the stack that holds `scope`. `expr` comes from [`equals`](crate::intrinsics::equals),
    /// [`fn_and`](crate::intrinsics::fn_and), [`fn_or`](crate::intrinsics::fn_or), [`fn_not`](crate::intrinsics::fn_not), or is another condition.
    #[track_caller]
    pub fn new(scope: impl Construct<'app>, id: &str, expr: impl Into<ConditionExpr>) -> Self {
        let node = ConditionNode {
            expr: expr.into().0,
        };
        Self(
            scope
                .scope()
                .add_node(id, NodeKind::Condition(Box::new(node))),
        )
    }

    /// Returns the node ID of the condition, by which expressions refer to it.
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

/// Returns `Fn::If`: the value of `then` if the condition holds at deployment, else the value of `otherwise`.
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
