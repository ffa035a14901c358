//! The root of the construct tree: [`App`], and the keys of the tags with which it marks stacks.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::panic::Location;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value as JsonValue;

use super::{Construct, Node, NodeKind, Scope, Tree};
use crate::missing_context::MissingContext;
use crate::policy::Policy;
use crate::removal_policy::RemovalPolicy;
use crate::value::{IntoValue, ReferenceStrength};

/// Number of the next app. It distinguishes apps of one process, so that values used in another app are reported; it does not appear in any output.
static NEXT_APP: AtomicU32 = AtomicU32::new(0);

/// Key of the stack tag that names the app and the environment to which a stack belongs: `infra:app`.
pub const APP_TAG: &str = "infra:app";

/// Key of the stack tag with the date after which a preview is removed: `infra:expires`. Only stacks of previews have it.
pub const EXPIRES_TAG: &str = "infra:expires";

/// An app, the root of the construct tree: all stacks that are synthesized together. [`synth`](App::synth) renders them.
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
/// The app cannot be changed after synthesis; the compiler rejects it:
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
    /// `true` if resolved references are written as weak ones.
    pub(crate) avoids_resolved: RefCell<bool>,
    /// `true` if assets that have to be built are built.
    pub(crate) builds_assets: Cell<bool>,
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
    /// Creates an app without constructs.
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
            builds_assets: Cell::new(false),
        }
    }

    /// Returns the root of the construct tree.
    pub fn root(&self) -> Scope<'_> {
        self.scope()
    }

    /// Adds context values: answers to context lookups from `cdk.context.json`, or those that the `cdk` CLI passes in `CDK_CONTEXT_JSON`.
    pub fn set_context(&self, context: impl IntoIterator<Item = (String, JsonValue)>) {
        self.context.borrow_mut().extend(context);
    }

    /// Adds a tag to every stack and every taggable resource of the app.
    pub fn tag(&self, key: impl Into<String>, value: impl IntoValue<String>) {
        self.root().tag(key, value);
    }

    /// Marks every stack as part of this app and environment, with the tag `infra:app` and the value `APP/ENVIRONMENT`.
    ///
    /// A stack that is removed from the program later remains in AWS. The mark identifies such stacks: `infra diff`, `plan` and `deploy` report them,
    /// and `infra destroy` and `orphan` accept them. Default without a call: no mark, and such stacks are not reported.
    ///
    /// The pair must be unique within an account. If two apps use the same mark, each reports the stacks of the other as removed from the program.
    ///
    /// CloudFormation propagates the tag to every taggable resource. Exclude a stack by [`remove_tag`](crate::Scope::remove_tag) with [`APP_TAG`].
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

    /// Marks every stack as part of a preview: a separate environment for one proposed change, which is deleted with all its data.
    ///
    /// The tag `infra:app` has the value `APP/ENVIRONMENT/PREVIEW`. With it, `infra previews` lists the preview and `infra destroy --preview` deletes
    /// it, using the credentials and the assembly of any other preview of that environment. The tag `infra:expires` has the date after which the
    /// preview is removed, as `YYYY-MM-DD` (UTC). The date is a parameter because synthesis reads no clock. Every resource gets the removal policy
    /// [`Destroy`](crate::RemovalPolicy::Destroy), regardless of its construct: no resource is retained, and no snapshot is taken.
    ///
    /// Default without a call: no preview. The names of the stacks must differ between previews.
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

    /// Adds a policy that checks every rendered template.
    pub fn add_policy(&self, policy: impl Policy + 'static) {
        self.policies.borrow_mut().push(Box::new(policy));
    }

    /// Sets the way in which stacks read values of other stacks, unless a stack or a value overrides it.
    ///
    /// Default: [`ReferenceStrength::Weak`].
    pub fn set_reference_strength(&self, strength: ReferenceStrength) {
        *self.reference_strength.borrow_mut() = strength;
    }

    /// Writes references of strength [`ReferenceStrength::Resolved`] as weak ones.
    ///
    /// Use it for deployers that do not supply parameters from outputs, such as the `cdk` CLI.
    pub fn replace_resolved_references(&self) {
        *self.avoids_resolved.borrow_mut() = true;
    }

    /// Builds assets that have to be built, such as functions in Rust, when their constructs are added. Call it before adding constructs.
    ///
    /// Default without a call: nothing is built, and the template has placeholders for such assets, which no tool can publish. The command `synth`
    /// of an app calls it; commands that only read the app, and tests, do not need the content and stay fast.
    pub fn build_assets(&self) {
        self.builds_assets.set(true);
    }
}
