//! The number of a node: what values say in place of a logical ID until synthesis gives one.

/// The number of a node in the tree of one app.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct NodeId {
    app: u32,
    index: u32,
}

impl NodeId {
    pub(crate) const fn new(app: u32, index: u32) -> Self {
        Self { app, index }
    }

    pub(crate) const fn app(self) -> u32 {
        self.app
    }

    /// The place of the node in creation order.
    pub const fn index(self) -> u32 {
        self.index
    }
}
