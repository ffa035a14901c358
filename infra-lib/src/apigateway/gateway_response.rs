//! Responses that API Gateway gives without a backend.

use std::collections::BTreeMap;

use super::RestApi;
use crate::cfn::apigateway::{CfnGatewayResponse, CfnGatewayResponseProps};
use crate::construct::With;
use crate::core::{Construct, Data, Diagnostic, Id, IntoValue, Scope, Value, codes};
use crate::kind;

macro_rules! response_types {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal;)+) => {
        /// Reason for which API Gateway answers a request itself.
        ///
        /// See [types of gateway
        /// responses](https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html).
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub enum GatewayResponseType {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl GatewayResponseType {
            /// Returns the name of the type, such as `UNAUTHORIZED`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

response_types! {
    /// The authorizer or IAM denies access; status 403.
    AccessDenied = "ACCESS_DENIED";
    /// The API is not configured correctly; status 500.
    ApiConfigurationError = "API_CONFIGURATION_ERROR";
    /// The authorizer failed or gave a malformed answer; status 500.
    AuthorizerConfigurationError = "AUTHORIZER_CONFIGURATION_ERROR";
    /// The authorizer could not be called; status 500.
    AuthorizerFailure = "AUTHORIZER_FAILURE";
    /// The body does not fit the model of the method; status 400.
    BadRequestBody = "BAD_REQUEST_BODY";
    /// A required parameter is missing; status 400.
    BadRequestParameters = "BAD_REQUEST_PARAMETERS";
    /// Every other error with status 400 to 499.
    Default4xx = "DEFAULT_4XX";
    /// Every other error with status 500 to 599.
    Default5xx = "DEFAULT_5XX";
    /// The AWS token is expired; status 403.
    ExpiredToken = "EXPIRED_TOKEN";
    /// The backend failed; status 504.
    IntegrationFailure = "INTEGRATION_FAILURE";
    /// The backend did not answer in time; status 504.
    IntegrationTimeout = "INTEGRATION_TIMEOUT";
    /// The API key is not valid; status 403.
    InvalidApiKey = "INVALID_API_KEY";
    /// The AWS signature is not valid; status 403.
    InvalidSignature = "INVALID_SIGNATURE";
    /// The request has no authentication token, or its resource or method does not exist; status 403.
    MissingAuthenticationToken = "MISSING_AUTHENTICATION_TOKEN";
    /// The client exceeded the quota of its usage plan; status 429.
    QuotaExceeded = "QUOTA_EXCEEDED";
    /// The request has more than 10 MB; status 413.
    RequestTooLarge = "REQUEST_TOO_LARGE";
    /// The resource does not exist, after the authorization succeeded; status 404.
    ResourceNotFound = "RESOURCE_NOT_FOUND";
    /// The client exceeded the rate of the stage, the method or its usage plan; status 429.
    Throttled = "THROTTLED";
    /// The request is not authenticated; status 401.
    Unauthorized = "UNAUTHORIZED";
    /// The backend does not accept the type of the body; status 415.
    UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE";
    /// AWS WAF blocks the request; status 403.
    WafFiltered = "WAF_FILTERED";
}

crate::construct! {
    /// A response that API Gateway gives in place of a backend, such as that of a rejected request.
    ///
    /// Creates an
    /// [`AWS::ApiGateway::GatewayResponse`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-gatewayresponse.html).
    /// The deployment of the API contains it, and is made again for a change of it. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | status | that of the type | the same |
    /// | headers | those of API Gateway | the same |
    /// | body | `{"message": …}` | the same |
    ///
    /// A second response for one type is reported (`INF4938`). Browsers read the errors of another origin only if these have
    /// its header:
    ///
    /// ```
    /// use infra_lib::apigateway::{
    ///     GatewayResponse, GatewayResponseType, HttpMethod, RestApi, RestIntegration,
    /// };
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let api = RestApi::builder().build(stack, "Api");
    /// api.root().add_method(HttpMethod::Get, &RestIntegration::mock(200));
    /// GatewayResponse::builder()
    ///     .api(&api)
    ///     .response_type(GatewayResponseType::Default4xx)
    ///     .header("Access-Control-Allow-Origin", "https://example.com")
    ///     .template("application/json", r#"{"error": $context.error.messageString}"#)
    ///     .build(api, "Errors");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct GatewayResponse<'app>: "infra-lib.apigateway.GatewayResponse" {
        resource: CfnGatewayResponse<'app>,
    }

    /// Properties of a [`GatewayResponse`], set through [`GatewayResponse::builder`].
    pub struct GatewayResponseProps, GatewayResponseBuilder, gateway_response_builder {
        /// Parameters of the response.
        list parameters: (String, Value<String>),
        /// Templates of the body by content type.
        list templates: (String, Value<String>),
        /// API whose response it is.
        required_handle api: RestApi<'app>,
        /// Reason of the response. A change replaces the response.
        required response_type: GatewayResponseType,
        /// Status, 100 to 599. Default: that of the type, as in CloudFormation.
        optional status: u16,
    }
}

impl<S: gateway_response_builder::State> GatewayResponseBuilder<'_, S> {
    /// Sets a header to a text, which is quoted as API Gateway needs it.
    pub fn header(self, name: &str, text: &str) -> Self {
        self.header_from(name, format!("'{text}'"))
    }

    /// Sets a header to a part of the request, such as `method.request.header.Origin`, or to a variable such as
    /// `context.requestId`.
    pub fn header_from(mut self, name: &str, source: impl IntoValue<String>) -> Self {
        let name = format!("gatewayresponse.header.{name}");
        self.parameters.push((name, source.into_value()));
        self
    }

    /// Sets the template of the body for a content type. The variable `$context.error.messageString` is the message as a
    /// JSON text.
    pub fn template(mut self, content_type: &str, template: impl IntoValue<String>) -> Self {
        self.templates
            .push((content_type.to_owned(), template.into_value()));
        self
    }
}

impl<'app> GatewayResponse<'app> {
    fn create(scope: Scope<'app>, props: GatewayResponseProps<'app>) -> Self {
        let response_type = props.response_type.as_str();
        check_duplicate(scope, &props.api, response_type);
        let map = |list: Vec<(String, Value<String>)>| -> Option<BTreeMap<_, _>> {
            (!list.is_empty()).then(|| list.into_iter().collect())
        };
        let resource = CfnGatewayResponseProps::new(response_type, props.api.id())
            .with(
                map(props.parameters),
                CfnGatewayResponseProps::response_parameters,
            )
            .with(
                map(props.templates),
                CfnGatewayResponseProps::response_templates,
            )
            .with(props.status, |cfn, status| {
                cfn.status_code(status.to_string())
            })
            .build(scope, "Resource");
        props.api.deployment().cfn().depends_on(resource);
        Self { scope, resource }
    }

    /// Returns the ID of the response.
    pub fn id(&self) -> Value<Id<kind::apigateway::GatewayResponse>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the response.
    pub const fn cfn(&self) -> CfnGatewayResponse<'app> {
        self.resource
    }
}

/// Reports a response whose API has another one for the type (`INF4938`).
fn check_duplicate(scope: Scope<'_>, api: &RestApi<'_>, response_type: &str) {
    let id = api.id().into_data();
    let resources = scope.root().resources().into_iter();
    let first = resources
        .filter_map(CfnGatewayResponse::from_resource)
        .find(|other| {
            let text = other.prop("ResponseType");
            text.as_ref().and_then(Data::as_text) == Some(response_type)
                && other.prop("RestApiId").as_ref() == Some(&id)
        });
    if let Some(first) = first {
        scope.report(
            Diagnostic::new(
                codes::DUPLICATE_GATEWAY_RESPONSE,
                format!("the API has two responses for `{response_type}`"),
            )
            .property("ResponseType")
            .actual(response_type)
            .expected("one response for each type")
            .related("first added here", first.scope().origin())
            .help("set the headers and templates of both in one response")
            .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html"),
        );
    }
}
