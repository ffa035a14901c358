//! Node IDs, by which values refer to constructs until synthesis assigns logical IDs.

/// The identity of a node in the construct tree of one app. IDs of different apps never compare equal.
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

    /// Returns the position of the node in creation order, starting at 0 for the app.
    pub const fn index(self) -> u32 {
        self.index
    }
}
