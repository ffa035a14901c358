//! The root of the construct tree.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::Location;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value as JsonValue;

use super::{Construct, Node, NodeKind, Scope, Tree};
use crate::missing_context::MissingContext;
use crate::policy::Policy;
use crate::value::{IntoValue, ReferenceStrength};

/// Tells the apps of one process apart, so that a value of one used in another is reported. It reaches no output.
static NEXT_APP: AtomicU32 = AtomicU32::new(0);

/// Key of the stack tag that says to which app a stack belongs, and to which of its environments: `infra:app`.
pub const APP_TAG: &str = "infra:app";

/// An app: the stacks that are synthesized together.
///
/// ```
/// use infra_core::{App, Props, StackProps, add_resource};
///
/// let app = App::new();
/// let stack = StackProps::new().build(&app, "Data");
/// add_resource(stack, "Queue", "AWS::SQS::Queue", Props::new());
/// let synthesis = app.synth();
/// assert!(synthesis.findings().is_empty());
/// ```
///
/// Nothing can be added once the app has been synthesized:
///
/// ```compile_fail
/// # use infra_core::{App, Props, StackProps, add_resource};
/// let app = App::new();
/// let stack = StackProps::new().build(&app, "Data");
/// app.synth();
/// add_resource(stack, "Queue", "AWS::SQS::Queue", Props::new());
/// ```
pub struct App {
    pub(crate) tree: RefCell<Tree>,
    pub(crate) context: RefCell<BTreeMap<String, JsonValue>>,
    pub(crate) missing: RefCell<BTreeMap<String, MissingContext>>,
    pub(crate) policies: RefCell<Vec<Box<dyn Policy>>>,
    pub(crate) reference_strength: RefCell<ReferenceStrength>,
    /// Whether resolved references are written as weak ones.
    pub(crate) avoids_resolved: RefCell<bool>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App")
            .field("nodes", &self.tree.borrow().nodes.len())
            .finish_non_exhaustive()
    }
}

impl Default for App {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl App {
    /// An empty app.
    #[track_caller]
    pub fn new() -> Self {
        let root = Node {
            id: "".into(),
            parent: None,
            stack: None,
            origin: Location::caller(),
            shares_origin: false,
            kind: NodeKind::App,
            children: Vec::new(),
            extras: None,
        };
        Self {
            tree: RefCell::new(Tree::new(NEXT_APP.fetch_add(1, Ordering::Relaxed), root)),
            context: RefCell::default(),
            missing: RefCell::default(),
            policies: RefCell::default(),
            reference_strength: RefCell::new(ReferenceStrength::Weak),
            avoids_resolved: RefCell::new(false),
        }
    }

    /// The root node.
    pub fn root(&self) -> Scope<'_> {
        self.scope()
    }

    /// Gives the app facts that were looked up before: those of `cdk.context.json`, or what the `cdk` CLI passes in `CDK_CONTEXT_JSON`.
    pub fn set_context(&self, context: impl IntoIterator<Item = (String, JsonValue)>) {
        self.context.borrow_mut().extend(context);
    }

    /// Tags every taggable resource and every stack.
    pub fn tag(&self, key: impl Into<String>, value: impl IntoValue<String>) {
        self.root().tag(key, value);
    }

    /// Marks every stack as one of this app in this environment: with the tag `infra:app`, of the value `APP/ENVIRONMENT`.
    ///
    /// A stack that is taken out of the program later stays in AWS. By the mark, `infra diff`, `plan` and `deploy` name it, and
    /// `infra destroy` and `orphan` accept it. Default without a call: no mark, and such stacks are named nowhere.
    ///
    /// The pair has to be unique in an account: the stacks of two apps with one mark look as if they had left each other.
    ///
    /// CloudFormation passes the tag on to every resource that can be tagged. A stack is kept without it by
    /// [`remove_tag`](crate::Scope::remove_tag) with [`APP_TAG`].
    ///
    /// ```
    /// use infra_core::{App, CfnResource, Stack};
    ///
    /// let app = App::new();
    /// app.mark_stacks("notes", "dev");
    /// let stack = Stack::new(&app, "Data");
    /// CfnResource::new(stack, "Queue", "AWS::SQS::Queue", serde_json::json!({}));
    /// assert_eq!(app.synth().stack("Data").unwrap().tags["infra:app"], "notes/dev");
    /// ```
    pub fn mark_stacks(&self, app: &str, environment: &str) {
        self.tag(APP_TAG, format!("{app}/{environment}"));
    }

    /// Checks every rendered template.
    pub fn add_policy(&self, policy: impl Policy + 'static) {
        self.policies.borrow_mut().push(Box::new(policy));
    }

    /// How stacks read values of each other unless a stack or a value says otherwise.
    ///
    /// Default: [`ReferenceStrength::Weak`].
    pub fn set_reference_strength(&self, strength: ReferenceStrength) {
        *self.reference_strength.borrow_mut() = strength;
    }

    /// Writes references of strength [`ReferenceStrength::Resolved`] as weak ones.
    ///
    /// For deployers that do not fill parameters with outputs, such as the `cdk` CLI.
    pub fn replace_resolved_references(&self) {
        *self.avoids_resolved.borrow_mut() = true;
    }
}
