//! Mappings of a template: constant tables that `Fn::FindInMap` reads at deployment.

use crate::node_id::NodeId;
use crate::tree::{Construct, MappingNode, NodeKind, Scope};
use crate::value::{Data, Expr, IntoValue, Target, Value};

/// A table of constants in the `Mappings` section of a template: text or lists of text, by a top-level and a second-level key.
///
/// AWS: [Mappings](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/mappings-section-structure.html).
#[derive(Clone, Copy, Debug)]
pub struct Mapping<'app>(pub(crate) Scope<'app>);

impl<'app> Mapping<'app> {
    /// Adds a mapping to the stack that holds `scope`. Read its values with [`find_in_map`](crate::intrinsics::find_in_map).
    #[track_caller]
    pub fn new<K, L>(
        scope: impl Construct<'app>,
        id: &str,
        entries: impl IntoIterator<Item = (K, L)>,
    ) -> Self
    where
        K: Into<String>,
        L: IntoIterator<Item = (&'static str, Data)>,
    {
        let entries = entries
            .into_iter()
            .map(|(top, second)| (top.into(), Data::map(second)))
            .collect();
        Self(
            scope
                .scope()
                .add_node(id, NodeKind::Mapping(Box::new(MappingNode { entries }))),
        )
    }

    /// Returns the mapping at a node, or `None` if the node is of another kind.
    pub fn from_scope(scope: Scope<'app>) -> Option<Self> {
        scope
            .read_tree(|tree| matches!(tree.node(scope.index).kind, NodeKind::Mapping(_)))
            .then_some(Self(scope))
    }

    /// Returns the node ID of the mapping, by which expressions refer to it.
    pub fn node_id(&self) -> NodeId {
        self.0.node_id()
    }
}

impl<'app> Construct<'app> for Mapping<'app> {
    fn scope(&self) -> Scope<'app> {
        self.0
    }
}

/// Returns `Fn::FindInMap`: the value of a [`Mapping`] at two keys, read by CloudFormation at deployment.
pub fn find_in_map<T>(
    mapping: Mapping<'_>,
    top_level_key: impl IntoValue<String>,
    second_level_key: impl IntoValue<String>,
) -> Value<T> {
    let (top, second) = (top_level_key.into_value(), second_level_key.into_value());
    Value::from_data(
        Expr::FindInMap(
            Target::Node(mapping.node_id()),
            top.into_data(),
            second.into_data(),
            None,
        )
        .into(),
    )
}
