//! Backends of HTTP APIs.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::service::Service;
use super::{AsVpcLink, HttpMethod, VpcLinkRef, execute_arn};
use crate::cfn::apigatewayv2::{CfnApi, CfnIntegrationProps, integration};
use crate::cfn::lambda::{CfnPermissionProps, CfnPermissionRequired};
use crate::construct::With;
use crate::core::{
    Arn, Construct, Diagnostic, Duration, IntoValue, NodeId, Scope, Value, codes, value,
};
use crate::ec2::{Connectable, Port};
use crate::elbv2::{AsListener, ListenerRef};
use crate::kind;
use crate::sub;

/// Longest time that a backend of an HTTP API may take.
///
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>
const LONGEST: Duration = Duration::seconds(30);

/// Backend of the routes of an [`HttpApi`](super::HttpApi): a function, a URL, a load balancer in a VPC, a queue, an event
/// bus or a state machine.
///
/// The first route that uses it adds an
/// [`AWS::ApiGatewayV2::Integration`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-integration.html),
/// which clones of it share within an API. Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | permission to invoke a function | for the API and the paths of its routes | none: requests fail |
/// | permission to call a service | in a role of the first route | none: requests fail |
/// | format of events of a function | 2.0 | required |
/// | connection from a VPC link | allowed to the port of the listener | not allowed |
/// | timeout | 30 seconds | 30 seconds |
///
/// ```
/// use infra_lib::apigatewayv2::{HttpApi, HttpIntegration, HttpMethod};
/// use infra_lib::lambda::{Code, Function, Runtime};
/// use infra_lib::{App, Duration, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let function = Function::builder()
///     .runtime(Runtime::Nodejs24)
///     .handler("index.handler")
///     .code(Code::inline("exports.handler = async () => 'hello';"))
///     .build(stack, "Function");
/// let notes = HttpIntegration::lambda("Notes", &function).timeout(Duration::seconds(5));
/// let api = HttpApi::builder().build(stack, "Api");
/// api.add_route(HttpMethod::Get, "/notes", &notes);
/// api.add_route(HttpMethod::Get, "/notes/{id}", &notes);
/// api.add_route(HttpMethod::Get, "/status", &HttpIntegration::url("Status", "https://status.example.com"));
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Debug)]
#[must_use = "an integration has no effect until a route uses it"]
pub struct HttpIntegration<'app> {
    id: String,
    backend: Backend<'app>,
    method: HttpMethod,
    timeout: Option<Duration>,
    parameters: BTreeMap<String, Value<String>>,
    /// Integration of each API, which clones share.
    made: Rc<RefCell<BTreeMap<NodeId, NodeId>>>,
}

#[derive(Clone, Debug)]
pub(super) enum Backend<'app> {
    Function(Value<Arn<kind::lambda::Function>>),
    Url(Value<String>),
    Listener(Box<Private<'app>>),
    Service(Service<'app>),
}

/// Listener of a load balancer behind a link.
#[derive(Clone, Debug)]
pub(super) struct Private<'app> {
    listener: ListenerRef<'app>,
    link: VpcLinkRef<'app>,
    server_name: Option<Value<String>>,
}

impl<'app> HttpIntegration<'app> {
    pub(super) fn new(id: impl Into<String>, backend: Backend<'app>) -> Self {
        Self {
            id: id.into(),
            backend,
            method: HttpMethod::Any,
            timeout: None,
            parameters: BTreeMap::new(),
            made: Rc::default(),
        }
    }

    /// Creates a backend that is a function, a version or an alias. The function receives events in format 2.0, and each
    /// route permits the API to invoke it.
    pub fn lambda(
        id: impl Into<String>,
        function: impl IntoValue<Arn<kind::lambda::Function>>,
    ) -> Self {
        Self::new(id, Backend::Function(function.into_value()))
    }

    /// Creates a backend that is a public URL, to which requests are forwarded with their method.
    pub fn url(id: impl Into<String>, url: impl IntoValue<String>) -> Self {
        Self::new(id, Backend::Url(url.into_value()))
    }

    /// Creates a backend that is the listener of a load balancer, to which the link may connect. A listener with HTTPS
    /// needs the name in its certificate: [`https_listener`](Self::https_listener).
    pub fn listener(
        id: impl Into<String>,
        listener: &impl AsListener<'app>,
        link: impl AsVpcLink<'app>,
    ) -> Self {
        Self::new(
            id,
            Backend::Listener(Box::new(Private {
                listener: listener.as_listener(),
                link: link.as_vpc_link(),
                server_name: None,
            })),
        )
    }

    /// Creates a backend that is an HTTPS listener of a load balancer. API Gateway verifies that its certificate has the
    /// name `server_name`.
    pub fn https_listener(
        id: impl Into<String>,
        listener: &impl AsListener<'app>,
        link: impl AsVpcLink<'app>,
        server_name: impl IntoValue<String>,
    ) -> Self {
        Self::new(
            id,
            Backend::Listener(Box::new(Private {
                listener: listener.as_listener(),
                link: link.as_vpc_link(),
                server_name: Some(server_name.into_value()),
            })),
        )
    }

    /// Sets the method of requests to a URL or listener. Default: that of the request.
    pub fn method(mut self, method: HttpMethod) -> Self {
        self.method = method;
        self
    }

    /// Sets the time that the backend may take, at most 30 seconds (`INF4931`). Default: 30 seconds, as in CloudFormation.
    pub fn timeout(mut self, time: Duration) -> Self {
        self.timeout = Some(time);
        self
    }

    /// Changes a part of requests before the backend receives them, such as `overwrite:path` with `$request.path.proxy`.
    /// See [transform API requests](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html).
    pub fn request_parameter(
        mut self,
        target: impl Into<String>,
        source: impl IntoValue<String>,
    ) -> Self {
        self.parameters.insert(target.into(), source.into_value());
        self
    }

    /// Returns the target of a route, and adds the integration and the permission that it needs. `path` is empty for the
    /// default route.
    #[track_caller]
    pub(super) fn bind(&self, api: CfnApi<'app>, route: Scope<'app>, path: &str) -> Value<String> {
        if let Backend::Function(function) = &self.backend {
            let requests = format!("*/*{path}");
            CfnPermissionProps::new(CfnPermissionRequired {
                action: value("lambda:InvokeFunction"),
                function_name: function.clone().cast(),
                principal: value("apigateway.amazonaws.com"),
            })
            .source_arn(execute_arn(api.ref_().into_value(), requests))
            .build(route, &format!("{}-Permission", self.id));
        }
        let api_id = api.scope().node_id();
        let known = self.made.borrow().get(&api_id).copied();
        let known = known
            .and_then(|id| route.node(id))
            .and_then(Scope::as_resource);
        let integration = known.unwrap_or_else(|| {
            let made = self.add(
                api,
                route.library_construct(&self.id, "infra-lib.apigatewayv2.HttpIntegration"),
            );
            self.made
                .borrow_mut()
                .insert(api_id, made.scope().node_id());
            made
        });
        sub!["integrations/", integration.ref_value::<String>()]
    }

    #[track_caller]
    fn add(&self, api: CfnApi<'app>, scope: Scope<'app>) -> crate::core::Resource<'app> {
        self.check(scope);
        let kind = match &self.backend {
            Backend::Function(_) | Backend::Service(_) => "AWS_PROXY",
            Backend::Url(_) | Backend::Listener(_) => "HTTP_PROXY",
        };
        let props = CfnIntegrationProps::new(api.ref_(), kind)
            .with(self.timeout, |cfn, time| {
                cfn.timeout_in_millis(time.to_seconds_i64().saturating_mul(1_000))
            })
            .with(
                (!self.parameters.is_empty()).then(|| self.parameters.clone()),
                CfnIntegrationProps::request_parameters,
            );
        let props = match &self.backend {
            Backend::Function(arn) => props.integration_uri(arn).payload_format_version("2.0"),
            Backend::Service(service) => service.set(props, scope.parent().unwrap_or(scope)),
            Backend::Url(url) => props
                .integration_uri(url)
                .integration_method(self.method.as_str())
                .payload_format_version("1.0"),
            Backend::Listener(private) => {
                let Private {
                    listener,
                    link,
                    server_name,
                } = &**private;
                link.allow_to(listener, Port::tcp(listener.port()));
                props
                    .integration_uri(listener.arn())
                    .integration_method(self.method.as_str())
                    .payload_format_version("1.0")
                    .connection_type("VPC_LINK")
                    .connection_id(link.id())
                    .with(server_name.clone(), |cfn, name| {
                        cfn.tls_config(integration::TlsConfig::new().server_name_to_verify(name))
                    })
            }
        };
        *props.build(scope, "Resource")
    }

    #[track_caller]
    fn check(&self, scope: Scope<'app>) {
        let origin = std::panic::Location::caller();
        if let Some(time) = self.timeout
            && !(Duration::seconds(1)..=LONGEST).contains(&time)
        {
            scope.report(
                Diagnostic::new(
                    codes::INTEGRATION_TIMEOUT,
                    format!("API Gateway cannot wait {time} for a backend"),
                )
                .origin(origin)
                .property("TimeoutInMillis")
                .actual(time.to_string())
                .expected("1 to 30 seconds")
                .help("start longer work with a queue or a state machine, and answer at once")
                .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html"),
            );
        }
        let Backend::Listener(private) = &self.backend else {
            return;
        };
        let Private {
            listener,
            server_name,
            ..
        } = &**private;
        let is_https = listener.is_https();
        if is_https != server_name.is_some() {
            let (message, help) = if is_https {
                (
                    "an API sends unencrypted requests to an HTTPS listener",
                    "name the server in its certificate: `HttpIntegration::https_listener(…)`",
                )
            } else {
                (
                    "an API sends encrypted requests to an HTTP listener",
                    "use `HttpIntegration::listener(…)`, or give the listener a certificate",
                )
            };
            scope.report(
                Diagnostic::new(codes::INTEGRATION_TLS, message)
                    .origin(origin)
                    .property("TlsConfig")
                    .help(help)
                    .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html"),
            );
        }
    }
}
