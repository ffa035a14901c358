//! Aspects: visitors that run over every construct of a scope before synthesis resolves references. [`Aspect`] is the trait, [`App::add_aspect`] and
//! [`Scope::add_aspect`] register one.

use std::rc::Rc;

use crate::tree::{App, Scope};

/// A visitor that inspects, changes or reports on constructs, like `IAspect` of the CDK.
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
    /// Visits one construct. Synthesis calls it once for the construct that the aspect was added to and once for each construct below it.
    fn visit(&self, scope: Scope<'_>);
}

impl<F: for<'app> Fn(Scope<'app>)> Aspect for F {
    fn visit(&self, scope: Scope<'_>) {
        self(scope);
    }
}

impl App {
    /// Adds an aspect that visits every construct of the app at synthesis, before references are resolved.
    pub fn add_aspect(&self, aspect: impl Aspect + 'static) {
        self.root().add_aspect(aspect);
    }
}

impl Scope<'_> {
    /// Adds an aspect that visits this construct and every construct below it at synthesis, before references are resolved.
    pub fn add_aspect(self, aspect: impl Aspect + 'static) {
        self.change_tree(|tree| {
            tree.node_mut(self.index)
                .extras_mut()
                .aspects
                .push(Rc::new(move |scope: Scope<'_>| aspect.visit(scope)));
        });
    }
}
