//! Aspects: a visit to every construct before synthesis resolves anything.

use std::rc::Rc;

use crate::tree::{App, Scope};

/// Something that visits constructs and may change or report on them.
///
/// Any function of a [`Scope`] is one:
///
/// ```
/// use infra_core::{App, Scope};
///
/// let app = App::new();
/// app.add_aspect(|scope: Scope<'_>| {
///     if let Some(resource) = scope.as_resource() {
///         resource.override_prop("Description", "owned by team notes");
///     }
/// });
/// ```
pub trait Aspect {
    /// Called once for the construct the aspect was added to and once for each construct below it.
    fn visit(&self, scope: Scope<'_>);
}

impl<F: for<'app> Fn(Scope<'app>)> Aspect for F {
    fn visit(&self, scope: Scope<'_>) {
        self(scope);
    }
}

impl App {
    /// Visits every construct at synthesis, before anything is resolved.
    pub fn add_aspect(&self, aspect: impl Aspect + 'static) {
        self.root().add_aspect(aspect);
    }
}

impl Scope<'_> {
    /// Visits this construct and everything below it at synthesis, before anything is resolved.
    pub fn add_aspect(self, aspect: impl Aspect + 'static) {
        self.write(|tree| {
            tree.node_mut(self.index)
                .extras_mut()
                .aspects
                .push(Rc::new(move |scope: Scope<'_>| aspect.visit(scope)));
        });
    }
}
