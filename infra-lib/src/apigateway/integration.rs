//! Backends of the methods of REST APIs.

use super::AsVpcLink;
use crate::apigatewayv2::{HttpMethod, function_uri};
use crate::cfn::apigateway::method::{
    Integration, IntegrationConnectionType, IntegrationPassthroughBehavior, IntegrationResponse,
    IntegrationType, MethodResponse,
};
use crate::construct::With;
use crate::core::{Arn, Duration, Id, IntoValue, Value};
use crate::kind;

/// Backend of the methods of a [`RestApi`](super::RestApi): a function, a public URL, a URL behind a [`VpcLink`](super::VpcLink), or an answer
/// of API Gateway itself.
///
/// Each method that uses a function permits the API to invoke it for the method and path. Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | permission to invoke a function | for the API, method and path | none: requests fail |
/// | timeout | 29 seconds | 29 seconds |
///
/// ```
/// use infra_lib::apigateway::{HttpMethod, RestApi, RestIntegration};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let api = RestApi::builder().build(stack, "Api");
/// api.root().add_method(HttpMethod::Get, &RestIntegration::mock(200));
/// let status = RestIntegration::url("https://status.example.com");
/// api.root().add_resource("status").add_method(HttpMethod::Get, &status);
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Debug)]
#[must_use = "an integration has no effect until a method uses it"]
pub struct RestIntegration {
    backend: Backend,
    timeout: Option<Duration>,
}

#[derive(Clone, Debug)]
enum Backend {
    Function(Value<Arn<kind::lambda::Function>>),
    Url {
        url: Value<String>,
        method: HttpMethod,
    },
    Private {
        url: Value<String>,
        method: HttpMethod,
        link: Value<Id<kind::apigateway::VpcLink>>,
    },
    Mock(u16),
}

impl RestIntegration {
    const fn new(backend: Backend) -> Self {
        Self {
            backend,
            timeout: None,
        }
    }

    /// Creates a backend that is a function, a version or an alias, which receives the whole request (proxy).
    pub fn lambda(function: impl IntoValue<Arn<kind::lambda::Function>>) -> Self {
        Self::new(Backend::Function(function.into_value()))
    }

    /// Creates a backend that is a public URL, to which requests are forwarded with any method.
    pub fn url(url: impl IntoValue<String>) -> Self {
        Self::url_with_method(url, HttpMethod::Any)
    }

    /// Creates a backend that is a public URL, which is requested with one method.
    pub fn url_with_method(url: impl IntoValue<String>, method: HttpMethod) -> Self {
        Self::new(Backend::Url {
            url: url.into_value(),
            method,
        })
    }

    /// Creates a backend that is a URL behind the load balancer of a link, to which requests are forwarded with any method.
    /// The host of the URL is that of the header `Host`, and of the certificate with HTTPS; the port that of a listener.
    pub fn private<'app>(url: impl IntoValue<String>, link: impl AsVpcLink<'app>) -> Self {
        Self::private_with_method(url, HttpMethod::Any, link)
    }

    /// Creates a backend that is a URL behind the load balancer of a link, which is requested with one method.
    pub fn private_with_method<'app>(
        url: impl IntoValue<String>,
        method: HttpMethod,
        link: impl AsVpcLink<'app>,
    ) -> Self {
        Self::new(Backend::Private {
            url: url.into_value(),
            method,
            link: link.as_vpc_link().id(),
        })
    }

    /// Creates an empty answer with a status, without a backend.
    pub const fn mock(status: u16) -> Self {
        Self::new(Backend::Mock(status))
    }

    /// Sets the time that the backend may take. Default: 29 seconds, as in CloudFormation.
    pub fn timeout(mut self, time: Duration) -> Self {
        self.timeout = Some(time);
        self
    }

    /// Returns the function, if the backend is one.
    pub(super) const fn function(&self) -> Option<&Value<Arn<kind::lambda::Function>>> {
        match &self.backend {
            Backend::Function(function) => Some(function),
            Backend::Url { .. } | Backend::Private { .. } | Backend::Mock(_) => None,
        }
    }

    /// Returns the property of a method, and the responses that the method declares for it.
    pub(super) fn property(&self) -> (Integration, Option<MethodResponse>) {
        let (integration, response) = match &self.backend {
            Backend::Function(function) => (
                Integration::new(IntegrationType::AWS_PROXY)
                    .integration_http_method("POST")
                    .uri(function_uri(function.clone())),
                None,
            ),
            Backend::Url { url, method } => (
                Integration::new(IntegrationType::HTTP_PROXY)
                    .integration_http_method(method.as_str())
                    .uri(url),
                None,
            ),
            Backend::Private { url, method, link } => (
                Integration::new(IntegrationType::HTTP_PROXY)
                    .connection_id(link)
                    .connection_type(IntegrationConnectionType::VPC_LINK)
                    .integration_http_method(method.as_str())
                    .uri(url),
                None,
            ),
            Backend::Mock(status) => (
                mock(*status).integration_responses([IntegrationResponse::new(status.to_string())]),
                Some(MethodResponse::new(status.to_string())),
            ),
        };
        let integration = integration.with(self.timeout, |integration, time| {
            integration.timeout_in_millis(time.to_seconds_i64().saturating_mul(1_000))
        });
        (integration, response)
    }
}

/// Returns an integration that answers every request with a status.
pub(super) fn mock(status: u16) -> Integration {
    Integration::new(IntegrationType::MOCK)
        .passthrough_behavior(IntegrationPassthroughBehavior::NEVER)
        .request_templates([("application/json", format!("{{\"statusCode\": {status}}}"))])
}
