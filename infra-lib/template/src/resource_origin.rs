//! The place of a resource in the program of an app.

/// The place of a resource in the app.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct ResourceOrigin {
    /// The construct path, the stack's included.
    pub construct_path: String,
    /// `file:line:column` of the user's program.
    pub source: Option<String>,
    /// Former construct paths below the stack, declared with `moved_from`.
    pub moved_from: Vec<String>,
}
