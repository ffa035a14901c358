//! The origin of a resource in the program of an app: [`ResourceOrigin`].

/// The construct and source location that a resource of a template comes from.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct ResourceOrigin {
    /// Construct path of the resource, starting at the root of the app, for example `Notes/Assets/Resource`.
    pub construct_path: String,
    /// Source location in the program, in the form `file:line:column`, or `None` if the assembly does not record it.
    pub source: Option<String>,
    /// Former construct paths of the resource, relative to the stack, as declared with `moved_from`.
    pub moved_from: Vec<String>,
}
