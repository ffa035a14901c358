//! Resources of REST APIs: the segments of paths.

use super::checks::Preflight;
use super::{RestApi, RestIntegration, RestMethod, preflight};
use crate::apigatewayv2::{Cors, HttpMethod, check_path};
use crate::cfn::apigateway::{
    CfnMethodProps, CfnMethodRequired, CfnResourceProps, CfnResourceRequired,
};
use crate::core::{Construct, Diagnostic, Id, Scope, Value, codes, value};
use crate::kind;

/// Name of the construct of the root resource, which logical IDs leave out.
const ROOT: &str = "Default";

/// A segment of the paths of a [`RestApi`], from [`RestApi::root`] and [`add_resource`](Self::add_resource).
///
/// Creates an
/// [`AWS::ApiGateway::Resource`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-resource.html);
/// the root exists with the API.
#[derive(Clone, Copy, Debug)]
pub struct ApiResource<'app> {
    scope: Scope<'app>,
    api: RestApi<'app>,
}

impl<'app> ApiResource<'app> {
    /// Returns the root resource of an API, whose construct is added by the first call.
    #[track_caller]
    pub(super) fn root(api: RestApi<'app>) -> Self {
        let known = api.scope().child(ROOT);
        let scope = known.unwrap_or_else(|| {
            api.scope()
                .library_construct(ROOT, "infra-lib.apigateway.RootResource")
        });
        Self { scope, api }
    }

    /// Returns the resource below this one with a path segment, which the first call adds. A segment is a text or a
    /// variable such as `{id}`; one at the end of a path can match the rest, as in `{proxy+}`.
    ///
    /// Malformed segments are reported (`INF4921`), and a second variable below one resource (`INF4933`).
    #[track_caller]
    pub fn add_resource(&self, segment: &str) -> Self {
        let id = segment.replace('/', "--");
        if let Some(scope) = self.scope.child(&id) {
            return Self { scope, ..*self };
        }
        self.check_variable(segment);
        let scope = self
            .scope
            .at_caller()
            .library_construct(&id, "infra-lib.apigateway.Resource");
        let child = Self { scope, ..*self };
        CfnResourceProps::new(CfnResourceRequired {
            parent_id: self.id(),
            path_part: value(segment),
            rest_api_id: self.api.id(),
        })
        .build(scope, "Resource");
        check_path(scope, "PathPart", &child.path());
        if let Some(cors) = self.api.default_cors() {
            child.add_cors_preflight(&cors);
        }
        child
    }

    /// Returns the resource with a path below this one, such as `notes/{id}`, and adds the segments that do not exist.
    #[track_caller]
    pub fn add_path(&self, path: &str) -> Self {
        let segments = path.split('/').filter(|segment| !segment.is_empty());
        segments.fold(*self, |resource, segment| resource.add_resource(segment))
    }

    /// Adds a method: requests for the resource with it go to the integration. A method can be added once (`INF4922`).
    #[track_caller]
    pub fn add_method(
        &self,
        method: HttpMethod,
        integration: &RestIntegration,
    ) -> RestMethod<'app> {
        let scope = self.method_scope(method);
        RestMethod::add(scope, self, method, integration)
    }

    /// Answers preflight requests of browsers for the resource. Backends have to send the headers of other answers.
    #[track_caller]
    pub fn add_cors_preflight(&self, cors: &Cors) {
        let scope = self.method_scope(HttpMethod::Options);
        scope.attach(Preflight);
        cors.check(scope, "Integration.IntegrationResponses");
        let (integration, response) = preflight::answer(cors);
        let method = CfnMethodProps::new(CfnMethodRequired {
            http_method: value(HttpMethod::Options.as_str()),
            resource_id: self.id(),
            rest_api_id: self.api.id(),
        })
        .authorization_type("NONE")
        .integration(integration)
        .method_responses([response])
        .build(scope, "Resource");
        self.api.deployment().cfn().depends_on(method);
    }

    /// Adds the construct of a method; reports one that exists.
    #[track_caller]
    fn method_scope(&self, method: HttpMethod) -> Scope<'app> {
        let name = method.as_str();
        let first = self.scope.child(name);
        let copy = format!("{name}-2");
        let id = if first.is_some() { &copy } else { name };
        let scope = self
            .scope
            .at_caller()
            .library_construct(id, "infra-lib.apigateway.Method");
        if let Some(first) = first {
            scope.report(
                Diagnostic::new(
                    codes::DUPLICATE_ROUTE,
                    format!("the resource `{}` already has the method {name}", self.path()),
                )
                .property("HttpMethod")
                .actual(name)
                .related("first added here", first.origin())
                .help("add each method of a resource once")
                .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-method-settings.html"),
            );
        }
        scope
    }

    /// Reports a variable beside another one (`INF4933`).
    #[track_caller]
    fn check_variable(&self, segment: &str) {
        let is_variable = |id: &str| id.starts_with('{');
        let other = self
            .scope
            .children()
            .into_iter()
            .find(|child| is_variable(&child.id()));
        if let Some(other) = other.filter(|_| is_variable(segment)) {
            self.scope.report(
                Diagnostic::new(
                    codes::SIBLING_VARIABLES,
                    format!("the resource `{}` has two variables below it", self.path()),
                )
                .origin(std::panic::Location::caller())
                .property("PathPart")
                .actual(segment)
                .expected(other.id())
                .related("the other one is added here", other.origin())
                .help("give the variable the same name in every path")
                .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html"),
            );
        }
    }

    /// Returns the path of the resource, such as `/notes/{id}`.
    pub fn path(&self) -> String {
        Self::path_of(self.scope)
    }

    /// Returns the path of the resource at a construct.
    pub(super) fn path_of(scope: Scope<'app>) -> String {
        let mut segments: Vec<String> = std::iter::successors(Some(scope), |one| one.parent())
            .map(Scope::id)
            .take_while(|id| id != ROOT)
            .collect();
        segments.reverse();
        format!("/{}", segments.join("/"))
    }

    /// Returns the ID of the resource.
    pub fn id(&self) -> Value<Id<kind::apigateway::Resource>> {
        match self.scope.default_child() {
            Some(resource) => resource.ref_value(),
            None => self.api.cfn().attr_root_resource_id().cast(),
        }
    }

    /// Returns the API of the resource.
    pub const fn api(&self) -> RestApi<'app> {
        self.api
    }
}

impl<'app> Construct<'app> for ApiResource<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
