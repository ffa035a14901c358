//! The root of the construct tree.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::Location;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value as JsonValue;

use super::{Construct, Node, NodeKind, Scope, Tree};
use crate::missing_context::MissingContext;
use crate::policy::Policy;
use crate::removal_policy::RemovalPolicy;
use crate::value::{IntoValue, ReferenceStrength};

/// Tells the apps of one process apart, so that a value of one used in another is reported. It reaches no output.
static NEXT_APP: AtomicU32 = AtomicU32::new(0);

/// Key of the stack tag that says to which app a stack belongs, and to which of its environments: `infra:app`.
pub const APP_TAG: &str = "infra:app";

/// Key of the stack tag with the day after which a preview is removed: `infra:expires`. Only previews have it.
pub const EXPIRES_TAG: &str = "infra:expires";

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

    /// Marks every stack as one of a preview: an environment of its own for one proposed change, which is removed with all its data.
    ///
    /// The tag `infra:app` has the value `APP/ENVIRONMENT/PREVIEW`, by which `infra previews` lists it, and `infra destroy --preview`
    /// deletes it, with the credentials and the assembly of any other preview of that environment. The tag `infra:expires` has the day
    /// after which it is to be removed, as `YYYY-MM-DD` (UTC); it is an input, since synthesis reads no clock. Every resource gets the
    /// removal policy [`Destroy`](crate::RemovalPolicy::Destroy), whatever its construct says: nothing is left behind, no snapshot either.
    ///
    /// Default without a call: no preview. Stacks of one name must not be marked twice.
    ///
    /// ```
    /// use infra_core::{App, CfnResource, RemovalPolicy, Stack};
    ///
    /// let app = App::new();
    /// app.mark_preview("notes", "preview", "pr7", "2026-12-03");
    /// let stack = Stack::new(&app, "Data");
    /// let bucket = CfnResource::new(stack, "Bucket", "AWS::S3::Bucket", serde_json::json!({}));
    /// bucket.apply_removal_policy(RemovalPolicy::Retain);
    ///
    /// let assembly = app.synth();
    /// let stack = assembly.stack("Data").unwrap();
    /// assert_eq!(stack.tags["infra:app"], "notes/preview/pr7");
    /// assert_eq!(stack.tags["infra:expires"], "2026-12-03");
    /// ```
    pub fn mark_preview(&self, app: &str, environment: &str, preview: &str, expires: &str) {
        self.tag(APP_TAG, format!("{app}/{environment}/{preview}"));
        self.tag(EXPIRES_TAG, expires.to_owned());
        self.add_aspect(|scope: Scope<'_>| {
            if let Some(resource) = scope.as_resource() {
                resource.apply_removal_policy(RemovalPolicy::Destroy);
                resource.apply_update_replace_policy(RemovalPolicy::Destroy);
            }
        });
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
