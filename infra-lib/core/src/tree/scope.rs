//! Copyable handles to nodes: what constructs are built under, and what passes look through.

use std::borrow::Cow;
use std::panic::Location;

use super::{Acknowledgement, App, Dependency, NodeKind, Tree};
use crate::diagnostic::{Code, Diagnostic, Origin};
use crate::node_id::NodeId;
use crate::value::{Data, IntoValue};

/// Anything that constructs can be built under or that dependencies can name: an app, a stage, a stack, a construct.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a construct",
    note = "give the scope: `&app`, a stack, or a construct made earlier"
)]
pub trait Construct<'app> {
    /// The node of this construct.
    fn scope(&self) -> Scope<'app>;
}

impl<'app, C: Construct<'app>> Construct<'app> for &C {
    fn scope(&self) -> Scope<'app> {
        (**self).scope()
    }
}

impl<'app> Construct<'app> for &'app App {
    fn scope(&self) -> Scope<'app> {
        Scope {
            app: self,
            index: 0,
            origin: None,
        }
    }
}

/// A node of the construct tree.
///
/// It borrows the [`App`]: once [`App::synth`] has taken the app, no scope is left and nothing can be added.
#[derive(Clone, Copy)]
pub struct Scope<'app> {
    pub(crate) app: &'app App,
    pub(crate) index: u32,
    pub(crate) origin: Option<Origin>,
}

impl std::fmt::Debug for Scope<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Scope").field(&self.path()).finish()
    }
}

impl PartialEq for Scope<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.node_id() == other.node_id()
    }
}

impl<'app> Construct<'app> for Scope<'app> {
    fn scope(&self) -> Self {
        *self
    }
}

impl<'app> Scope<'app> {
    pub(crate) fn read<T>(self, look: impl FnOnce(&Tree) -> T) -> T {
        look(&self.app.tree.borrow())
    }

    pub(crate) fn write<T>(self, change: impl FnOnce(&mut Tree) -> T) -> T {
        change(&mut self.app.tree.borrow_mut())
    }

    pub(crate) fn at(self, index: u32) -> Self {
        Self {
            app: self.app,
            index,
            origin: None,
        }
    }

    /// The same scope; nodes added through it report the caller's place instead of their own.
    ///
    /// For methods of library constructs that add nodes late, such as `allow_from`.
    #[track_caller]
    pub fn at_caller(self) -> Self {
        Self {
            origin: Some(Location::caller()),
            ..self
        }
    }

    #[track_caller]
    pub(crate) fn add(self, id: &str, kind: NodeKind) -> Self {
        let origin = self.origin.unwrap_or(Location::caller());
        let given = self.origin;
        let index = self.write(|tree| {
            let index = tree.add(self.index, id, kind, origin);
            if let Some(origin) = given {
                tree.node_mut(index).origin = origin;
            }
            index
        });
        self.at(index)
    }

    /// Adds a grouping construct; nodes made under it report their own places.
    #[track_caller]
    pub fn construct(self, id: &str) -> Self {
        self.add(
            id,
            NodeKind::Construct(Cow::Borrowed("constructs.Construct")),
        )
    }

    /// Adds a construct of a library; nodes made under it report the place where the library was called.
    ///
    /// `type_name` is the construct type shown in `tree.json`, such as `infra-lib.ec2.Vpc`.
    #[track_caller]
    pub fn library_construct(self, id: &str, type_name: &'static str) -> Self {
        let scope = self.add(id, NodeKind::Construct(Cow::Borrowed(type_name)));
        scope.write(|tree| tree.node_mut(scope.index).shares_origin = true);
        scope
    }

    /// The number of the node.
    pub fn node_id(self) -> NodeId {
        self.read(|tree| tree.node_id(self.index))
    }

    /// The id within the parent; empty for the app.
    pub fn id(self) -> String {
        self.read(|tree| tree.node(self.index).id.to_string())
    }

    /// The ids from below the app down to here, joined with `/`.
    pub fn path(self) -> String {
        self.read(|tree| tree.path(self.index))
    }

    /// Where in the user's program the construct was made.
    pub fn origin(self) -> Origin {
        self.read(|tree| tree.node(self.index).origin)
    }

    /// The construct that this one is in.
    pub fn parent(self) -> Option<Self> {
        self.read(|tree| tree.node(self.index).parent)
            .map(|parent| self.at(parent))
    }

    /// The constructs directly below, in the order in which they were made.
    pub fn children(self) -> Vec<Self> {
        let children = self.read(|tree| tree.node(self.index).children.clone());
        children.into_iter().map(|index| self.at(index)).collect()
    }

    /// The construct with that id directly below.
    pub fn child(self, id: &str) -> Option<Self> {
        self.read(|tree| tree.child(self.index, id))
            .map(|index| self.at(index))
    }

    /// This construct and everything below it, parents first.
    pub fn descendants(self) -> Vec<Self> {
        let found = self.read(|tree| tree.subtree(self.index));
        found.into_iter().map(|index| self.at(index)).collect()
    }

    /// Makes everything here wait for everything in `other`.
    ///
    /// In one stack this becomes `DependsOn`, between stacks an order of deployment.
    #[track_caller]
    pub fn depends_on(self, other: impl Construct<'app>) {
        let dependency = Dependency {
            on: other.scope().node_id(),
            origin: Location::caller(),
        };
        self.write(|tree| {
            tree.node_mut(self.index)
                .extras_mut()
                .dependencies
                .push(dependency);
        });
    }

    /// Keeps data of a library construct with its node, one piece of each type, so that handles stay `Copy`.
    ///
    /// What may change later goes in a `Cell` or `RefCell`.
    pub fn attach<T: 'static>(self, data: T) {
        let data: std::rc::Rc<dyn std::any::Any> = std::rc::Rc::new(data);
        self.write(|tree| {
            let attached = &mut tree.node_mut(self.index).extras_mut().attached;
            attached.retain(|old| !old.is::<T>());
            attached.push(data);
        });
    }

    /// The data of that type kept with the node.
    pub fn attached<T: 'static>(self) -> Option<std::rc::Rc<T>> {
        self.read(|tree| {
            let extras = tree.node(self.index).extras.as_ref()?;
            extras
                .attached
                .iter()
                .find_map(|data| std::rc::Rc::clone(data).downcast().ok())
        })
    }

    /// The node of that number, when it is one of the same app.
    pub fn node(self, id: NodeId) -> Option<Self> {
        let known =
            self.read(|tree| id.app() == tree.app && (id.index() as usize) < tree.nodes.len());
        known.then(|| self.at(id.index()))
    }

    /// The app's node.
    pub fn root(self) -> Self {
        self.at(0)
    }

    /// Tags every taggable resource here and below; the nearest tag of a name wins.
    ///
    /// On a stack or above, the stack itself is tagged, and CloudFormation passes its tags on.
    pub fn tag(self, key: impl Into<String>, value: impl IntoValue<String>) {
        let (key, value) = (key.into(), value.into_value());
        self.write(|tree| {
            tree.node_mut(self.index)
                .extras_mut()
                .tags
                .insert(key, Some(value))
        });
    }

    /// Keeps a tag set further up, but below the stack, away from here and below.
    pub fn remove_tag(self, key: impl Into<String>) {
        let key = key.into();
        self.write(|tree| {
            tree.node_mut(self.index)
                .extras_mut()
                .tags
                .insert(key, None)
        });
    }

    /// Adds an entry to the `Metadata` of the resource, or of the template when this is a stack.
    pub fn add_metadata(self, key: impl Into<Cow<'static, str>>, data: impl Into<Data>) {
        self.write(|tree| {
            tree.node_mut(self.index)
                .extras_mut()
                .metadata
                .insert(key, data);
        });
    }

    /// Chooses the logical ID of a resource, parameter, mapping, condition, rule or output, in place of the one made
    /// from the path.
    pub fn override_logical_id(self, logical_id: impl Into<String>) {
        let logical_id = logical_id.into();
        self.write(|tree| tree.node_mut(self.index).extras_mut().logical_id = Some(logical_id));
    }

    /// Reports a problem with this construct; path and place are filled in when they are missing.
    pub fn report(self, diagnostic: Diagnostic) {
        self.write(|tree| {
            let located = diagnostic.path_if_missing(|| tree.path(self.index));
            let located = located.origin_if_missing(tree.node(self.index).origin);
            tree.diagnostics.push(located);
        });
    }

    /// Accepts a finding for this construct and everything below it, with the reason.
    ///
    /// What CloudFormation is certain to refuse ([`Severity::Fatal`](crate::Severity::Fatal)) cannot be accepted.
    #[track_caller]
    pub fn acknowledge(self, code: Code, reason: impl Into<String>) {
        self.accept(code, None, reason.into(), Location::caller());
    }

    /// Accepts a finding for one property path (`Engine`, `Tags.0.Key`) and what is below it.
    #[track_caller]
    pub fn acknowledge_property(
        self,
        code: Code,
        property: impl Into<String>,
        reason: impl Into<String>,
    ) {
        self.accept(
            code,
            Some(property.into()),
            reason.into(),
            Location::caller(),
        );
    }

    fn accept(self, code: Code, property: Option<String>, reason: String, origin: Origin) {
        let entry = Acknowledgement {
            code,
            property,
            reason,
            origin,
        };
        self.write(|tree| {
            tree.node_mut(self.index)
                .extras_mut()
                .acknowledgements
                .push(entry);
        });
    }

    /// Runs a check on this construct at synthesis, when everything has been added.
    pub fn add_validator(self, check: impl for<'any> Fn(Scope<'any>) + 'static) {
        self.write(|tree| {
            tree.node_mut(self.index)
                .extras_mut()
                .validators
                .push(Box::new(check));
        });
    }

    /// Declares that this construct used to be at another path below its stack, so that a deployment can move it
    /// instead of replacing it.
    pub fn moved_from(self, old_path: impl Into<String>) {
        let old_path = old_path.into();
        self.write(|tree| {
            tree.node_mut(self.index)
                .extras_mut()
                .moved_from
                .push(old_path);
        });
    }
}
