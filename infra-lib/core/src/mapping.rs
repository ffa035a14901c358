//! Mappings of a template: constant tables that `Fn::FindInMap` reads at deploy time.

use crate::node_id::NodeId;
use crate::tree::{Construct, MappingNode, NodeKind, Scope};
use crate::value::{Data, Expr, IntoValue, Target, Value};

/// A mapping: text or lists of text by top-level and second-level key.
#[derive(Clone, Copy, Debug)]
pub struct Mapping<'app>(Scope<'app>);

impl<'app> Mapping<'app> {
    /// Adds a mapping to the stack that holds `scope`.
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
                .add(id, NodeKind::Mapping(Box::new(MappingNode { entries }))),
        )
    }

    /// The mapping at a node, when it is one.
    pub fn from_scope(scope: Scope<'app>) -> Option<Self> {
        scope
            .read(|tree| matches!(tree.node(scope.index).kind, NodeKind::Mapping(_)))
            .then_some(Self(scope))
    }

    /// The number of the node.
    pub fn node_id(&self) -> NodeId {
        self.0.node_id()
    }
}

impl<'app> Construct<'app> for Mapping<'app> {
    fn scope(&self) -> Scope<'app> {
        self.0
    }
}

/// `Fn::FindInMap`: a value of a [`Mapping`].
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
