//! HTTP APIs.

use std::rc::Rc;

use super::route::{self, DEFAULT, Routes};
use super::{
    AccessLogs, AsDomainName, Authorization, Cors, DomainNameRef, HttpIntegration, HttpMethod,
    HttpRoute, HttpStage, ImportedHttpApi, Throttling, execute_arn, route_path,
};
use crate::cfn::apigatewayv2::{CfnApi, CfnApiProps};
use crate::construct::With;
use crate::core::{Id, IntoValue, Scope, Value, value};
use crate::iam::{Grant, Grantable};
use crate::kind;
use crate::sub;
use crate::unique_name::unique_name;

crate::construct! {
    /// An HTTP API of Amazon API Gateway: routes to functions and other backends, with authorization, CORS and access logs.
    ///
    /// Creates an
    /// [`AWS::ApiGatewayV2::Api`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html)
    /// and its stage `$default`, which serves every change at once. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | stage | `$default`, with automatic deployment | none: the API answers nothing |
    /// | access logs | JSON, to a log group whose events expire after a month | none |
    /// | throttling | the limit of the account | the same |
    /// | authorization of routes | none, or the API's default | none |
    /// | cross-origin requests | none | none |
    /// | default endpoint | available; with a domain unavailable, so that requests cannot avoid the domain | available |
    /// | name | the stack and the ID | required |
    ///
    /// Synthesis reports malformed paths (`INF4921`), routes that exist twice (`INF4922`), credentials for every origin
    /// (`INF4923`), and public routes of an API with a default authorization (`INF4924`).
    ///
    /// ```
    /// use infra_lib::apigatewayv2::{Cors, HttpApi, HttpIntegration, HttpMethod, Throttling};
    /// use infra_lib::lambda::{Code, Function, Runtime};
    /// use infra_lib::{App, Output, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let function = Function::builder()
    ///     .runtime(Runtime::Nodejs24)
    ///     .handler("index.handler")
    ///     .code(Code::inline("exports.handler = async () => 'hello';"))
    ///     .build(stack, "Function");
    /// let api = HttpApi::builder()
    ///     .cors(Cors::new().allow_origin("https://www.example.com").allow_method(HttpMethod::Get))
    ///     .throttling(Throttling::new(100.0, 50))
    ///     .build(stack, "Api");
    /// api.add_route(HttpMethod::Get, "/notes/{id}", &HttpIntegration::lambda("Notes", &function));
    /// Output::new(stack, "Endpoint", api.url());
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct HttpApi<'app>: "infra-lib.apigatewayv2.HttpApi" {
        resource: CfnApi<'app>,
        default_stage: Option<HttpStage<'app>>,
        domain: Option<DomainNameRef<'app>>,
    }

    /// Properties of an [`HttpApi`], set through [`HttpApi::builder`].
    pub struct HttpApiProps, HttpApiBuilder, http_api_builder {
        /// Name of the API, which need not be unique. Default: the stack and the ID.
        text api_name,
        /// Description of the API. Default: none.
        text description,
        /// Cross-origin requests of browsers. Default: none, as in CloudFormation.
        optional cors: Cors,
        /// Backend of requests that no route accepts. Default: none, such requests receive status 404.
        optional default_integration: HttpIntegration<'app>,
        /// Creation of the stage `$default`. Default: created (CloudFormation: no stage).
        default create_default_stage: bool = true,
        /// Access logs of the stage `$default`. Default: to a log group of the stage (CloudFormation: none).
        default access_logs: AccessLogs<'app> = AccessLogs::OwnGroup,
        /// Maximum rate of requests to each route of the stage `$default`. Default: the limit of the account.
        optional throttling: Throttling,
        /// Metrics for each route of the stage `$default`, at a charge. Default: none, as in CloudFormation.
        default detailed_metrics: bool = false,
        /// Domain name of the stage `$default`, whose root path is mapped to it. Default: none.
        reference domain: AsDomainName::as_domain_name => DomainNameRef<'app>,
        /// Availability of the endpoint `https://ID.execute-api.REGION.amazonaws.com`. Default: available without a
        /// domain, unavailable with one (CloudFormation: available).
        optional default_endpoint: bool,
    }
}

impl<'app> HttpApi<'app> {
    fn create(scope: Scope<'app>, props: HttpApiProps<'app>) -> Self {
        let has_endpoint = props.default_endpoint.unwrap_or(props.domain.is_none());
        if let Some(cors) = &props.cors {
            cors.check(scope, "CorsConfiguration");
        }
        let name = props
            .api_name
            .unwrap_or_else(|| value(unique_name(scope, "Resource", 128)));
        let resource = CfnApiProps::new()
            .name(name)
            .protocol_type("HTTP")
            .with(props.description, CfnApiProps::description)
            .with(props.cors, |cfn, cors| {
                cfn.cors_configuration(cors.property())
            })
            .with(
                (!has_endpoint).then_some(true),
                CfnApiProps::disable_execute_api_endpoint,
            )
            .build(scope, "Resource");
        scope.attach(Routes::default());
        scope.add_validator(route::check_public);
        let mut api = Self {
            scope,
            resource,
            default_stage: None,
            domain: props.domain,
        };
        if props.create_default_stage {
            let stage = HttpStage::builder()
                .api(api)
                .access_logs(props.access_logs)
                .maybe_throttling(props.throttling)
                .detailed_metrics(props.detailed_metrics)
                .build(scope, "DefaultStage");
            if let Some(domain) = props.domain {
                domain.map_root(&stage);
            }
            api.default_stage = Some(stage);
        }
        if let Some(integration) = props.default_integration {
            api.add_default_route(&integration);
        }
        api
    }

    /// Imports an existing API by its ID, such as `abcdef1234`.
    pub fn from_id(api_id: impl IntoValue<Id<kind::apigatewayv2::Api>>) -> ImportedHttpApi {
        ImportedHttpApi::new(api_id.into_value())
    }

    /// Adds a route: requests with the method and path go to the integration. A path has variables such as `/notes/{id}`;
    /// one at its end can match the rest, as in `/files/{proxy+}`.
    #[track_caller]
    pub fn add_route(
        &self,
        method: HttpMethod,
        path: &str,
        integration: &HttpIntegration<'app>,
    ) -> HttpRoute<'app> {
        let id = format!("{}{}", method.as_str(), path.replace('/', "--"));
        let key = format!("{} {path}", method.as_str());
        self.add(&id, &key, path, integration)
    }

    /// Adds the route for requests that no other route accepts.
    #[track_caller]
    pub fn add_default_route(&self, integration: &HttpIntegration<'app>) -> HttpRoute<'app> {
        self.add("DefaultRoute", DEFAULT, "", integration)
    }

    #[track_caller]
    fn add(
        &self,
        id: &str,
        key: &str,
        path: &str,
        integration: &HttpIntegration<'app>,
    ) -> HttpRoute<'app> {
        let routes = self.routes();
        // A second route with the key has one finding, not another one for its ID.
        let copy = format!("{id}-2");
        let id = if routes.has_key(key) { &copy } else { id };
        let scope = self
            .scope
            .at_caller()
            .library_construct(id, "infra-lib.apigatewayv2.HttpRoute");
        if key != DEFAULT {
            route_path::check(scope, "RouteKey", path);
        }
        routes.take_key(key, scope, std::panic::Location::caller());
        let target = integration.bind(self.resource, scope, path);
        HttpRoute::add(scope, self.resource, &routes, key, target)
    }

    fn routes(&self) -> Rc<Routes> {
        self.scope
            .attached()
            .expect("every API is made with its routes")
    }

    /// Sets the authorization of every route that does not require another, of those that exist and of later ones.
    #[track_caller]
    pub fn set_default_authorization(&self, authorization: impl Into<Authorization>) {
        route::set_default(self.resource, self.scope, authorization.into());
    }

    /// Returns the ID of the API.
    pub fn id(&self) -> Value<Id<kind::apigatewayv2::Api>> {
        self.resource.ref_()
    }

    /// Returns the default endpoint, `https://ID.execute-api.REGION.amazonaws.com`. It answers no requests if the API has a
    /// domain.
    pub fn endpoint(&self) -> Value<String> {
        self.resource.attr_api_endpoint()
    }

    /// Returns the URL of the stage `$default`: that of the domain, or of the default endpoint.
    pub fn url(&self) -> Value<String> {
        match self.domain {
            Some(domain) => domain.url(),
            None => sub![self.endpoint(), "/"],
        }
    }

    /// Returns the stage `$default`, or `None` if it was not created.
    pub const fn default_stage(&self) -> Option<HttpStage<'app>> {
        self.default_stage
    }

    /// Returns the L1 binding of the API.
    pub const fn cfn(&self) -> CfnApi<'app> {
        self.resource
    }

    /// Allows a principal to send requests to every route with [`Authorization::iam`]. Principals without a policy of the
    /// app are reported (`INF4608`).
    #[track_caller]
    pub fn grant_invoke(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to)
            .action("execute-api:Invoke")
            .resource(execute_arn(self.id().into_value(), "*/*/*"))
            .on_identity(self)
    }
}
