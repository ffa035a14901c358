//! HTTPS endpoints of functions.

use super::invoke::{Invocable, Invoked};
use super::{Alias, AsFunction, FunctionRef, Permission};
use crate::cfn::lambda::url::{self, AuthType, InvokeMode};
use crate::cfn::lambda::{CfnUrl, CfnUrlProps};
use crate::construct::With;
use crate::core::{Duration, IntoValue, Scope, Value};
use crate::iam::{Grant, Grantable};

/// Callers of a function URL.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum UrlAuth {
    /// Principals with permission, which sign their requests; see [`Url::grant_invoke`].
    Iam,
    /// Every client on the internet. The function has to authenticate callers itself.
    Public,
}

/// Cross-origin requests that browsers may send to a function URL.
#[derive(Clone, Debug, Default)]
pub struct Cors {
    origins: Vec<Value<String>>,
    methods: Vec<Value<url::CorsAllowMethods>>,
    headers: Vec<Value<String>>,
    exposed: Vec<Value<String>>,
    max_age: Option<Duration>,
    credentials: bool,
}

impl Cors {
    /// Creates options that allow nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Allows requests of pages from an origin, such as `https://www.example.com`, or `*`.
    pub fn allow_origin(mut self, origin: impl IntoValue<String>) -> Self {
        self.origins.push(origin.into_value());
        self
    }

    /// Allows a method such as `GET`, or `*`.
    pub fn allow_method(mut self, method: impl Into<String>) -> Self {
        let method = url::CorsAllowMethods::other(method.into());
        self.methods.push(method.into_value());
        self
    }

    /// Allows a request header.
    pub fn allow_header(mut self, name: impl IntoValue<String>) -> Self {
        self.headers.push(name.into_value());
        self
    }

    /// Lets scripts read a response header.
    pub fn expose_header(mut self, name: impl IntoValue<String>) -> Self {
        self.exposed.push(name.into_value());
        self
    }

    /// Allows cookies and other credentials. Default: not allowed.
    pub fn allow_credentials(mut self) -> Self {
        self.credentials = true;
        self
    }

    /// Sets the time for which browsers keep these options, at most a day. Default: 0 seconds.
    pub fn max_age(mut self, time: Duration) -> Self {
        self.max_age = Some(time);
        self
    }

    fn cfn(self) -> url::Cors {
        let some = |list: Vec<Value<String>>| (!list.is_empty()).then_some(list);
        let methods = (!self.methods.is_empty()).then_some(self.methods);
        url::Cors::new()
            .with(some(self.origins), url::Cors::allow_origins)
            .with(methods, url::Cors::allow_methods)
            .with(some(self.headers), url::Cors::allow_headers)
            .with(some(self.exposed), url::Cors::expose_headers)
            .with(self.max_age, |cors, time| {
                cors.max_age(time.to_seconds_i64())
            })
            .with(
                self.credentials.then_some(true),
                url::Cors::allow_credentials,
            )
    }
}

crate::construct! {
    /// An HTTPS endpoint of a function.
    ///
    /// Creates an
    /// [`AWS::Lambda::Url`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-url.html),
    /// and two permissions for every principal if it is public. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | callers | principals with permission (IAM) | required |
    /// | responses | at once, at most 6 MB | the same |
    /// | cross-origin requests | none | none |
    ///
    /// ```
    /// use infra_lib::iam::{Principal, Role};
    /// use infra_lib::lambda::{Code, Function, Runtime, Url};
    /// use infra_lib::{App, Output, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let function = Function::builder()
    ///     .runtime(Runtime::Nodejs24)
    ///     .handler("index.handler")
    ///     .code(Code::inline("exports.handler = async () => 'hello';"))
    ///     .build(stack, "Function");
    /// let url = Url::builder().function(&function).build(stack, "Url");
    /// let role = Role::builder().assumed_by(Principal::service("ecs-tasks.amazonaws.com")).build(stack, "Role");
    /// url.grant_invoke(&role);
    /// Output::new(stack, "Endpoint", url.url());
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Url<'app>: "infra-lib.lambda.Url" {
        resource: CfnUrl<'app>,
        function: FunctionRef<'app>,
        alias: Option<Alias<'app>>,
    }

    /// Properties of a [`Url`], set through [`Url::builder`].
    pub struct UrlProps, UrlBuilder, url_builder {
        /// Function that answers requests, of this app or another one. An existing function must be in the account and
        /// region of the stack; for a public URL it must be known to be there (`INF4980`).
        required_reference function: AsFunction::as_function => FunctionRef<'app>,
        /// Alias of the function that answers requests. Default: none, the unpublished state of the function answers.
        handle alias: Alias<'app>,
        /// Callers of the URL. Default: principals with permission (CloudFormation: required).
        default auth: UrlAuth = UrlAuth::Iam,
        /// Cross-origin requests of browsers. Default: none, as in CloudFormation.
        optional cors: Cors,
        /// Form of responses. Default: at once, as in CloudFormation.
        default invoke_mode: InvokeMode = InvokeMode::BUFFERED,
    }
}

impl<'app> Url<'app> {
    fn create(scope: Scope<'app>, props: UrlProps<'app>) -> Self {
        let (function, alias) = (props.function, props.alias);
        let auth = match props.auth {
            UrlAuth::Iam => AuthType::AWS_IAM,
            UrlAuth::Public => AuthType::NONE,
        };
        let resource = CfnUrlProps::new(auth, function.arn())
            .with(
                alias.map(|alias| alias.alias_name()),
                CfnUrlProps::qualifier,
            )
            .with(props.cors, |cfn, cors| cfn.cors(cors.cfn()))
            .invoke_mode(props.invoke_mode)
            .build(scope, "Resource");
        if let Some(alias) = alias {
            // The qualifier is a name, which creates no dependency.
            resource.depends_on(alias);
        }
        let url = Self {
            scope,
            resource,
            function,
            alias,
        };
        if props.auth == UrlAuth::Public {
            let target = url.target();
            if target.can_permit("*") {
                Permission::add_public_url(scope, &target.arn());
            }
        }
        url
    }

    fn target(&self) -> Invoked<'app> {
        match self.alias {
            Some(alias) => alias.invoked(),
            None => self.function.invoked(),
        }
    }

    /// Returns the URL, `https://….lambda-url.REGION.on.aws/`.
    pub fn url(&self) -> Value<String> {
        self.resource.attr_function_url()
    }

    /// Returns the function.
    pub fn function(&self) -> FunctionRef<'app> {
        self.function
    }

    /// Returns the alias that answers requests, or `None` for the unpublished state of the function.
    pub fn alias(&self) -> Option<Alias<'app>> {
        self.alias
    }

    /// Returns the L1 binding of the URL.
    pub fn cfn(&self) -> CfnUrl<'app> {
        self.resource
    }

    /// Allows a role to call the URL, but not to invoke the function in another way. Principals without a policy of the
    /// app are reported (`INF4608`).
    #[track_caller]
    pub fn grant_invoke(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        let url = Grant::to(to)
            .action("lambda:InvokeFunctionUrl")
            .resource(self.target().arn())
            .condition("StringEquals", "lambda:FunctionUrlAuthType", "AWS_IAM")
            .on_identity(self);
        if !to.grantee().has_policy() {
            return url;
        }
        url.and(
            Grant::to(to)
                .action("lambda:InvokeFunction")
                .resource(self.target().arn())
                .condition("Bool", "lambda:InvokedViaFunctionUrl", "true")
                .on_identity(self),
        )
    }
}
