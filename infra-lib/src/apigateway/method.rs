//! Methods of the resources of REST APIs.

use super::rest_api::{Authorizations, Chosen};
use super::{ApiResource, Model, RequestValidator, RestAuthorization, RestIntegration};
use crate::apigatewayv2::{HttpMethod, execute_arn};
use crate::cfn::apigateway::{CfnMethod, CfnMethodProps, CfnMethodRequired, CfnRestApi};
use crate::cfn::lambda::{CfnPermissionProps, CfnPermissionRequired};
use crate::construct::With;
use crate::core::logical_id::logical_id;
use crate::core::{Construct, Data, IntoValue, Scope, Value, value};
use crate::iam::{Grant, Grantable};

/// A method of a resource, from [`ApiResource::add_method`].
///
/// Creates an
/// [`AWS::ApiGateway::Method`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-method.html).
/// Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | authorization | that of the API; `NONE` without one | required |
/// | API key | not required | not required |
/// | validation of requests | none | none |
#[derive(Clone, Copy, Debug)]
pub struct RestMethod<'app> {
    scope: Scope<'app>,
    resource: CfnMethod<'app>,
    api: CfnRestApi<'app>,
}

impl<'app> RestMethod<'app> {
    /// Adds a method whose construct exists, with the default authorization of the API.
    #[track_caller]
    pub(super) fn add(
        scope: Scope<'app>,
        parent: &ApiResource<'app>,
        method: HttpMethod,
        integration: &RestIntegration,
    ) -> Self {
        let api = parent.api().cfn();
        let (property, response) = integration.property();
        let resource = CfnMethodProps::new(CfnMethodRequired {
            http_method: value(method.as_str()),
            resource_id: parent.id(),
            rest_api_id: api.ref_(),
        })
        .authorization_type("NONE")
        .integration(property)
        .with(response.map(|one| [one]), |cfn, responses| {
            cfn.method_responses(responses)
        })
        .build(scope, "Resource");
        let made = Self {
            scope,
            resource,
            api,
        };
        if let Some(function) = integration.function() {
            CfnPermissionProps::new(CfnPermissionRequired {
                action: value("lambda:InvokeFunction"),
                function_name: function.clone().cast(),
                principal: value("apigateway.amazonaws.com"),
            })
            .source_arn(made.requests(method, &parent.path()))
            .build(scope, &permission_id(parent, method));
        }
        if let Some(authorizations) = parent.api().scope().attached::<Authorizations>() {
            authorizations.apply_default(resource, api);
        }
        parent.api().deployment().cfn().depends_on(resource);
        made
    }

    /// Requires an authorization in place of the API's default: an authorizer, [`RestAuthorization::iam`] or
    /// [`RestAuthorization::public`].
    #[track_caller]
    pub fn require(self, authorization: impl Into<RestAuthorization>) -> Self {
        let authorization = authorization.into();
        authorization.apply(self.resource, self.api);
        self.scope.attach(Chosen(authorization));
        self
    }

    /// Requires an API key in the header `X-API-Key`. A key limits the rate of a client; it does not authorize one. Without
    /// a usage plan for a stage of the API, every request is rejected (`INF4936`).
    pub fn require_api_key(self) -> Self {
        self.resource
            .override_prop("ApiKeyRequired", Data::from(true));
        self
    }

    /// Sets the model of bodies with a content type.
    pub fn request_model(self, content_type: &str, model: &Model<'app>) -> Self {
        self.insert(
            "RequestModels",
            content_type,
            model.model_name().into_data(),
        );
        self
    }

    /// Declares a header or parameter, such as `method.request.querystring.page`.
    pub fn request_parameter(self, name: &str, is_required: bool) -> Self {
        let required = if is_required { "true" } else { "false" };
        self.insert("RequestParameters", name, Data::from(required));
        self
    }

    /// Sets the validator, which rejects requests that do not fit the models and required parameters.
    pub fn validate(self, validator: &RequestValidator<'app>) -> Self {
        self.resource
            .override_prop("RequestValidatorId", validator.id());
        self
    }

    /// Sets an entry of a map. Its key may contain dots, which a path of properties cannot.
    fn insert(&self, property: &'static str, key: &str, data: Data) {
        self.resource.modify_props(|props| {
            let known = props.get(property).and_then(Data::as_map).cloned();
            let mut map = known.unwrap_or_default();
            map.insert(key.to_owned(), data);
            props.as_map_mut().insert(property, map);
        });
    }

    /// Allows a principal to send requests to the method, which needs [`RestAuthorization::iam`]. Variables of the path
    /// match any text. Principals without a policy of the app are reported (`INF4608`).
    #[track_caller]
    pub fn grant_invoke(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        let method = self.resource.prop("HttpMethod");
        let method = method.as_ref().and_then(Data::as_text).unwrap_or("*");
        let method = if method == "ANY" { "*" } else { method };
        let path = self.scope.parent().map(ApiResource::path_of);
        let requests = format!("*/{method}{}", with_wildcards(&path.unwrap_or_default()));
        Grant::to(to)
            .action("execute-api:Invoke")
            .resource(execute_arn(self.api.ref_().into_value(), requests))
            .on_identity(self)
    }

    fn requests(&self, method: HttpMethod, path: &str) -> Value<String> {
        let requests = format!("*/{}{}", method.as_pattern(), with_wildcards(path));
        execute_arn(self.api.ref_().into_value(), requests)
    }

    /// Returns the L1 binding of the method.
    pub const fn cfn(&self) -> CfnMethod<'app> {
        self.resource
    }
}

impl<'app> Construct<'app> for RestMethod<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}

/// Returns a path in which `*` stands for variables, as in ARNs of requests.
fn with_wildcards(path: &str) -> String {
    let segments = path.split('/').map(|segment| {
        if segment.starts_with('{') {
            "*"
        } else {
            segment
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

/// Returns the ID of the permission as in the CDK: the unique ID of the API, the method and the path.
fn permission_id(resource: &ApiResource<'_>, method: HttpMethod) -> String {
    let path = resource.api().scope().path();
    let components: Vec<&str> = path.split('/').collect();
    format!(
        "ApiPermission.{}.{}.{}",
        logical_id(&components),
        method.as_str(),
        resource.path().replace('/', ".")
    )
}
