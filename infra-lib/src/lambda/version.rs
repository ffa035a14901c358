//! Published versions of a function.

use super::Function;
use super::invoke::{Invocable, Invoked};
use crate::cfn::lambda::{CfnVersion, CfnVersionProps};
use crate::core::logical_id::logical_id;
use crate::core::{Arn, AspectPriority, Construct, Data, Expr, IntoValue, Scope, Target, Value};
use crate::iam::{Grant, Grantable};
use crate::kind;

/// ID of the construct of the current version, as in the CDK.
const ID: &str = "CurrentVersion";

/// Properties of a function that apply to all versions, so their change publishes none.
const NOT_VERSIONED: &[&str] = &[
    "ReservedConcurrentExecutions",
    "RecursiveLoop",
    "RuntimeManagementConfig",
    "Tags",
];

/// A published version of a function: its code and configuration at the time of a deployment, which never change.
///
/// Creates an
/// [`AWS::Lambda::Version`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html).
/// Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | logical ID | ends with a hash of the properties of the function | chosen in the template |
/// | change of the function | creates a new version, and deletes the old one after aliases have moved | publishes no version |
///
/// ```
/// use infra_lib::lambda::{Alias, Code, Function, Runtime};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let function = Function::builder()
///     .runtime(Runtime::Python314)
///     .handler("index.handler")
///     .code(Code::inline("def handler(event, context): return event"))
///     .build(stack, "Function");
/// let version = function.current_version();
/// Alias::builder().alias_name("live").version(&version).build(stack, "Live");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Version<'app> {
    scope: Scope<'app>,
    resource: CfnVersion<'app>,
    function: Function<'app>,
}

impl<'app> Function<'app> {
    /// Publishes the present state of the function, and returns the version. Further calls return the same version.
    #[track_caller]
    pub fn current_version(&self) -> Version<'app> {
        let scope = self.scope();
        let made = scope.child(ID).and_then(|version| {
            let resource = version.child("Resource")?.as_resource()?;
            Some((version, CfnVersion::from_resource(resource)?))
        });
        let (scope, resource) = made.unwrap_or_else(|| {
            let scope = scope
                .at_caller()
                .library_construct(ID, "infra-lib.lambda.Version");
            let resource = CfnVersionProps::new(self.function_name()).build(scope, "Resource");
            let function = self.cfn().scope().node_id();
            scope.add_aspect_with_priority(AspectPriority::READ_ONLY, move |version: Scope<'_>| {
                let function = version.node(function).and_then(Scope::as_resource);
                if let (Some(function), Some(_)) = (function, version.as_resource()) {
                    name_by_content(version, function);
                }
            });
            (scope, resource)
        });
        Version {
            scope,
            resource,
            function: *self,
        }
    }
}

/// Sets the logical ID of a version to that of its path and a hash of the function.
fn name_by_content(version: Scope<'_>, function: crate::core::Resource<'_>) {
    let mut text = String::new();
    for (name, data) in function.props().as_map().iter() {
        if !NOT_VERSIONED.contains(&name) {
            text.push_str(name);
            text.push_str(&described(version, data));
        }
    }
    let hash = logical_id(&["Version", &text]);
    let hash = &hash[hash.len() - 8..];
    let stack = version.stack().map(|stack| stack.scope().path());
    let path = version.path();
    let below = path
        .strip_prefix(&stack.unwrap_or_default())
        .unwrap_or(&path);
    let components: Vec<&str> = below.split('/').filter(|part| !part.is_empty()).collect();
    version.override_logical_id(format!("{}{hash}", logical_id(&components)));
}

/// Returns data as text in which construct paths stand for nodes: a number of a node depends on those created before it.
fn described(scope: Scope<'_>, data: &Data) -> String {
    let mut text = format!("{data:?}");
    data.for_each_expr(&mut |expr| {
        let (Expr::Ref(Target::Node(id)) | Expr::GetAtt(Target::Node(id), _)) = expr else {
            return;
        };
        if let Some(node) = scope.node(*id) {
            text = text.replace(&format!("{id:?}"), &node.path());
        }
    });
    text
}

impl<'app> Version<'app> {
    /// Returns the ARN of the version, which ends with its number.
    pub fn arn(&self) -> Value<Arn<kind::lambda::Version>> {
        self.resource.ref_()
    }

    /// Returns the number of the version.
    pub fn number(&self) -> Value<String> {
        self.resource.attr_version()
    }

    /// Returns the function.
    pub fn function(&self) -> Function<'app> {
        self.function
    }

    /// Returns the L1 binding of the version.
    pub fn cfn(&self) -> CfnVersion<'app> {
        self.resource
    }

    /// Allows a principal to invoke this version.
    #[track_caller]
    pub fn grant_invoke(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        self.invoked().grant(to)
    }
}

impl<'app> Invocable<'app> for Version<'app> {
    fn invoked(&self) -> Invoked<'app> {
        Invoked::of_own(self.scope, self.into_value())
    }
}

impl<'app> Construct<'app> for Version<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

impl IntoValue<Arn<kind::lambda::Function>> for Version<'_> {
    fn into_value(self) -> Value<Arn<kind::lambda::Function>> {
        self.arn().cast()
    }
}

impl IntoValue<Arn<kind::lambda::Function>> for &Version<'_> {
    fn into_value(self) -> Value<Arn<kind::lambda::Function>> {
        self.arn().cast()
    }
}
