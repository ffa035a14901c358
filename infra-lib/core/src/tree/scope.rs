//! Handles to nodes of the construct tree: [`Scope`], and the trait [`Construct`] of everything that has a node.

use std::borrow::Cow;
use std::panic::Location;

use super::{Acknowledgement, App, Dependency, NodeKind, Tree};
use crate::allowed_interruption::AllowedInterruption;
use crate::diagnostic::{Code, Diagnostic, Origin};
use crate::node_id::NodeId;
use crate::value::{Data, IntoValue};

/// Types that have a node in the construct tree: apps, stages, stacks, resources and other constructs. Functions take `impl Construct` for a scope to
/// build in or a dependency to wait for.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a construct",
    note = "give the scope: `&app`, a stack, or a construct created earlier"
)]
pub trait Construct<'app> {
    /// Returns the handle to the node of this construct.
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

/// A handle to a node of the construct tree, like `Construct` of the CDK. Constructs are built in scopes.
///
/// It borrows the [`App`]: after [`App::synth`] has consumed the app, no scope remains and no construct can be added.
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
    pub(crate) fn read_tree<T>(self, look: impl FnOnce(&Tree) -> T) -> T {
        look(&self.app.tree.borrow())
    }

    pub(crate) fn change_tree<T>(self, change: impl FnOnce(&mut Tree) -> T) -> T {
        change(&mut self.app.tree.borrow_mut())
    }

    pub(crate) fn at_index(self, index: u32) -> Self {
        Self {
            app: self.app,
            index,
            origin: None,
        }
    }

    /// Returns the same scope, but nodes added through it record the source location of the caller.
    ///
    /// Use it in methods of library constructs that add nodes after `build`, such as `allow_from`.
    #[track_caller]
    pub fn at_caller(self) -> Self {
        Self {
            origin: Some(Location::caller()),
            ..self
        }
    }

    #[track_caller]
    pub(crate) fn add_node(self, id: &str, kind: NodeKind) -> Self {
        let origin = self.origin.unwrap_or(Location::caller());
        let given = self.origin;
        let index = self.change_tree(|tree| {
            let index = tree.add_node(self.index, id, kind, origin);
            if let Some(origin) = given {
                tree.node_mut(index).origin = origin;
            }
            index
        });
        self.at_index(index)
    }

    /// Adds a construct that groups others. Nodes built in it record their own source locations.
    #[track_caller]
    pub fn construct(self, id: &str) -> Self {
        self.add_node(
            id,
            NodeKind::Construct(Cow::Borrowed("constructs.Construct")),
        )
    }

    /// Adds a construct of a library. Nodes built in it record the source location of the call to the library.
    ///
    /// `type_name` is the construct type shown in `tree.json`, for example `infra-lib.ec2.Vpc`.
    #[track_caller]
    pub fn library_construct(self, id: &str, type_name: &'static str) -> Self {
        let scope = self.add_node(id, NodeKind::Construct(Cow::Borrowed(type_name)));
        scope.change_tree(|tree| tree.node_mut(scope.index).shares_origin = true);
        scope
    }

    /// Returns the node ID, by which values refer to the construct.
    pub fn node_id(self) -> NodeId {
        self.read_tree(|tree| tree.node_id(self.index))
    }

    /// Returns the construct ID, unique within the parent. It is empty for the app.
    pub fn id(self) -> String {
        self.read_tree(|tree| tree.node(self.index).id.to_string())
    }

    /// Returns the construct path: the IDs from below the app down to this construct, joined with `/`.
    pub fn path(self) -> String {
        self.read_tree(|tree| tree.path(self.index))
    }

    /// Returns the source location of the call that created the construct.
    pub fn origin(self) -> Origin {
        self.read_tree(|tree| tree.node(self.index).origin)
    }

    /// Returns the parent, or `None` for the app.
    pub fn parent(self) -> Option<Self> {
        self.read_tree(|tree| tree.node(self.index).parent)
            .map(|parent| self.at_index(parent))
    }

    /// Returns the children, in creation order.
    pub fn children(self) -> Vec<Self> {
        let children = self.read_tree(|tree| tree.node(self.index).children.clone());
        children
            .into_iter()
            .map(|index| self.at_index(index))
            .collect()
    }

    /// Returns the child with the given construct ID.
    pub fn child(self, id: &str) -> Option<Self> {
        self.read_tree(|tree| tree.child(self.index, id))
            .map(|index| self.at_index(index))
    }

    /// Returns this construct and its descendants, parents first.
    pub fn descendants(self) -> Vec<Self> {
        let found = self.read_tree(|tree| tree.collect_subtree(self.index));
        found
            .into_iter()
            .map(|index| self.at_index(index))
            .collect()
    }

    /// Makes every resource in this scope wait for every resource in `other` at deployment.
    ///
    /// Within a stack, this becomes `DependsOn`; across stacks, an order of deployment.
    #[track_caller]
    pub fn depends_on(self, other: impl Construct<'app>) {
        let dependency = Dependency {
            on: other.scope().node_id(),
            origin: Location::caller(),
        };
        self.change_tree(|tree| {
            tree.node_mut(self.index)
                .extras_mut()
                .dependencies
                .push(dependency);
        });
    }

    /// Stores data of a library construct with its node, one value for each type. This keeps handles `Copy`.
    ///
    /// Use a `Cell` or `RefCell` for data that changes later.
    pub fn attach<T: 'static>(self, data: T) {
        let data: std::rc::Rc<dyn std::any::Any> = std::rc::Rc::new(data);
        self.change_tree(|tree| {
            let attached = &mut tree.node_mut(self.index).extras_mut().attached;
            attached.retain(|old| !old.is::<T>());
            attached.push(data);
        });
    }

    /// Returns the data of type `T` stored by [`attach`](Self::attach), or `None` for a type that was not stored.
    pub fn attached<T: 'static>(self) -> Option<std::rc::Rc<T>> {
        self.read_tree(|tree| {
            let extras = tree.node(self.index).extras.as_ref()?;
            extras
                .attached
                .iter()
                .find_map(|data| std::rc::Rc::clone(data).downcast().ok())
        })
    }

    /// Returns the scope of a node ID, or `None` if it belongs to another app.
    pub fn node(self, id: NodeId) -> Option<Self> {
        let known =
            self.read_tree(|tree| id.app() == tree.app && (id.index() as usize) < tree.nodes.len());
        known.then(|| self.at_index(id.index()))
    }

    /// Returns the scope of the app.
    pub fn root(self) -> Self {
        self.at_index(0)
    }

    /// Adds a tag to every taggable resource in this scope. The tag closest to a resource applies.
    ///
    /// On a stack or above, the stack is tagged, and CloudFormation propagates its tags to the resources.
    pub fn tag(self, key: impl Into<String>, value: impl IntoValue<String>) {
        let (key, value) = (key.into(), value.into_value());
        self.change_tree(|tree| {
            tree.node_mut(self.index)
                .extras_mut()
                .tags
                .insert(key, Some(value))
        });
    }

    /// Excludes this scope from a tag that an ancestor sets.
    ///
    /// On a stack, the stack does not get the tag. Below a stack, only tags that are set within the stack can be excluded, because CloudFormation
    /// propagates the tags of the stack to its resources.
    pub fn remove_tag(self, key: impl Into<String>) {
        let key = key.into();
        self.change_tree(|tree| {
            tree.node_mut(self.index)
                .extras_mut()
                .tags
                .insert(key, None)
        });
    }

    /// Adds an entry to the `Metadata` attribute of the resource, or to the `Metadata` section of the template if this is a stack.
    pub fn add_metadata(self, key: impl Into<Cow<'static, str>>, data: impl Into<Data>) {
        self.change_tree(|tree| {
            tree.node_mut(self.index)
                .extras_mut()
                .metadata
                .insert(key, data);
        });
    }

    /// Sets a drawing of what this construct does, in the language of [Mermaid](https://mermaid.js.org), such as the states of a state machine. It is not
    /// part of the template; [`Synthesis::diagram`](crate::Synthesis::diagram) returns it.
    pub fn set_diagram(self, mermaid: impl Into<String>) {
        let mermaid = mermaid.into();
        self.change_tree(|tree| {
            tree.node_mut(self.index).extras_mut().diagram = Some(mermaid);
        });
    }

    /// Sets the logical ID of a resource, parameter, mapping, condition, rule or output, instead of deriving it from the construct path.
    pub fn override_logical_id(self, logical_id: impl Into<String>) {
        let logical_id = logical_id.into();
        self.change_tree(|tree| {
            tree.node_mut(self.index).extras_mut().logical_id = Some(logical_id);
        });
    }

    /// Reports a finding about this construct. A missing construct path or source location is filled in.
    pub fn report(self, diagnostic: Diagnostic) {
        self.change_tree(|tree| {
            let located = diagnostic.path_if_missing(|| tree.path(self.index));
            let located = located.place_if_missing(|| tree.place(self.index));
            tree.diagnostics.push(located);
        });
    }

    /// Acknowledges findings of a code for this construct and everything below it, with the reason.
    ///
    /// Findings of severity [`Fatal`](crate::Severity::Fatal) cannot be acknowledged: CloudFormation is certain to refuse the template.
    #[track_caller]
    pub fn acknowledge(self, code: Code, reason: impl Into<String>) {
        self.add_acknowledgement(code, None, reason.into(), Location::caller());
    }

    /// Acknowledges findings of a code for one property path (`Engine`, `Tags.0.Key`) and the paths below it.
    #[track_caller]
    pub fn acknowledge_property(
        self,
        code: Code,
        property: impl Into<String>,
        reason: impl Into<String>,
    ) {
        self.add_acknowledgement(
            code,
            Some(property.into()),
            reason.into(),
            Location::caller(),
        );
    }

    fn add_acknowledgement(
        self,
        code: Code,
        property: Option<String>,
        reason: String,
        origin: Origin,
    ) {
        let entry = Acknowledgement {
            code,
            property,
            reason,
            origin,
        };
        self.change_tree(|tree| {
            tree.node_mut(self.index)
                .extras_mut()
                .acknowledgements
                .push(entry);
        });
    }

    /// Adds a check that runs on this construct at synthesis, when the tree is complete. It reports problems with [`report`](Self::report).
    pub fn add_validator(self, check: impl for<'any> Fn(Scope<'any>) + 'static) {
        self.change_tree(|tree| {
            tree.node_mut(self.index)
                .extras_mut()
                .validators
                .push(Box::new(check));
        });
    }

    /// Declares a former path of this construct, relative to its stack. A deployment then moves the resources instead of replacing them.
    pub fn moved_from(self, old_path: impl Into<String>) {
        let old_path = old_path.into();
        self.change_tree(|tree| {
            tree.node_mut(self.index)
                .extras_mut()
                .moved_from
                .push(old_path);
        });
    }

    /// Limits the interruptions of this construct by a deployment: of everything below it, and of the resources that these use, in this stack and in
    /// others. Declared on a stack, a stage or the app, the limit covers all of their resources.
    ///
    /// A change that interrupts more, or whose effect no rule covers, is a blocker (`INF7603`): `infra deploy` executes it only with the approval of
    /// this resource, by `--allow-interruption` or in `infra/approvals.yaml`. Where several limits apply, also that of the environment in
    /// `infra.toml`, the strictest decides. Without one, the review shows interruptions and nothing blocks them; CloudFormation has no such limit.
    ///
    /// ```
    /// use infra_core::{AllowedInterruption, App, CfnResource, Construct, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Data");
    /// let database = CfnResource::new(stack, "Database", "AWS::RDS::DBInstance", serde_json::json!({}));
    /// database.scope().limit_interruptions(AllowedInterruption::Brief);
    /// let synthesis = app.synth();
    /// let stack = synthesis.stack("Data").unwrap();
    /// assert_eq!(stack.interruption_limits["Data/Database"], AllowedInterruption::Brief);
    /// ```
    pub fn limit_interruptions(self, allowed: AllowedInterruption) {
        self.change_tree(|tree| {
            let extras = tree.node_mut(self.index).extras_mut();
            let stricter = extras
                .allowed_interruption
                .map_or(allowed, |known| known.min(allowed));
            extras.allowed_interruption = Some(stricter);
        });
    }
}
