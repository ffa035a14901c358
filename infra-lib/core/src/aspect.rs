//! Aspects: visitors that run over every construct of a scope before synthesis resolves references. [`Aspect`] is the trait, [`App::add_aspect`] and
//! [`Scope::add_aspect`] register one, and [`AspectPriority`] orders them.

use std::any::type_name;
use std::panic::Location;
use std::rc::Rc;

use crate::tree::{App, AspectEntry, Scope};

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
///
/// An aspect visits each construct once: first those of the program, parents before their children, then those that aspects added. Of two aspects, the
/// one with the lower [`AspectPriority`] visits a construct first; if the priorities are equal, the one of the outer scope; in one scope, the one that
/// was added first.
///
/// An aspect may add constructs. If it also adds some to those that it added, and so on, it is stopped after 16 steps and reported (`INF1281`).
pub trait Aspect {
    /// Visits one construct. Synthesis calls it once for the construct that the aspect was added to and once for each construct below it.
    fn visit(&self, scope: Scope<'_>);
}

impl<F: for<'app> Fn(Scope<'app>)> Aspect for F {
    fn visit(&self, scope: Scope<'_>) {
        self(scope);
    }
}

/// Position of an aspect among others, like `AspectPriority` of the CDK. Aspects with a lower number visit a construct first.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct AspectPriority(u16);

impl AspectPriority {
    /// Priority 200, for aspects that change constructs or add some.
    pub const MUTATING: Self = Self(200);
    /// Priority 500, that of [`Scope::add_aspect`].
    pub const DEFAULT: Self = Self(500);
    /// Priority 1000, for aspects that read or report only, so that they see the changes of others.
    pub const READ_ONLY: Self = Self(1000);

    /// Creates a priority from a number, 500 by default.
    pub const fn new(number: u16) -> Self {
        Self(number)
    }
}

impl Default for AspectPriority {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl App {
    /// Adds an aspect that visits every construct of the app at synthesis, before references are resolved.
    #[track_caller]
    pub fn add_aspect(&self, aspect: impl Aspect + 'static) {
        self.root().add_aspect(aspect);
    }
}

impl Scope<'_> {
    /// Adds an aspect that visits this construct and every construct below it at synthesis, before references are resolved.
    #[track_caller]
    pub fn add_aspect(self, aspect: impl Aspect + 'static) {
        self.add_aspect_with_priority(AspectPriority::DEFAULT, aspect);
    }

    /// Adds an aspect with a priority, for aspects that must visit a construct before or after others.
    ///
    /// ```
    /// use infra_core::{App, AspectPriority, Construct as _, Scope, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// stack.scope().add_aspect_with_priority(AspectPriority::READ_ONLY, |scope: Scope<'_>| {
    ///     // Sees the constructs and properties that aspects with other priorities have added.
    ///     let _ = scope.resources().len();
    /// });
    /// ```
    #[track_caller]
    pub fn add_aspect_with_priority<A: Aspect + 'static>(
        self,
        priority: AspectPriority,
        aspect: A,
    ) {
        let entry = AspectEntry {
            owner: self.index,
            priority: priority.0,
            name: type_name::<A>(),
            origin: Location::caller(),
            visit: Rc::new(move |scope: Scope<'_>| aspect.visit(scope)),
        };
        self.change_tree(|tree| tree.aspects.push(entry));
    }
}
