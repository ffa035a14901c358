//! REST APIs.

use std::cell::RefCell;

use super::checks::{check_methods, find_methods, is_preflight};
use super::rest_api_properties::{
    rest_api_builders, rest_api_properties, rest_apis, rest_stage_properties, stage_settings,
};
use super::stage::StageSettings;
use super::{ApiResource, Deployment, ImportedRestApi, RestAuthorization, RestStage, endpoint};
use crate::apigatewayv2::{Cors, stage_properties, stage_variables};
use crate::cfn::apigateway::{CfnAccount, CfnMethod, CfnRestApi, CfnRestApiProps};
use crate::construct::With;
use crate::core::{Construct, Id, IntoValue, Scope, value};
use crate::kind;
use crate::unique_name::unique_name;

/// Cross-origin options and the default authorization of an API, stored with its node.
#[derive(Default)]
pub(super) struct Authorizations {
    pub(super) default: RefCell<Option<RestAuthorization>>,
}

/// Options of preflight requests for every resource, stored with the node of an API.
struct DefaultCors(Cors);

/// Authorization that the program has chosen for one method.
pub(super) struct Chosen(pub(super) RestAuthorization);

impl Authorizations {
    #[track_caller]
    pub(super) fn apply_default(&self, method: CfnMethod<'_>, api: CfnRestApi<'_>) {
        if let Some(authorization) = self.default.borrow().as_ref() {
            authorization.apply(method, api);
        }
    }
}

crate::construct! {
    /// A REST API of Amazon API Gateway: a tree of resources with methods.
    ///
    /// Creates an
    /// [`AWS::ApiGateway::RestApi`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-restapi.html),
    /// a [`Deployment`] that is made again for each change, and a stage. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | endpoint | regional | edge-optimized |
    /// | deployment | one for each change | none: changes are not served |
    /// | stage | `prod` | none |
    /// | access logs | JSON, to a log group whose events expire after a month | none |
    /// | role for logs in the settings of the account | created with access logs, and retained | none: stages with logs fail |
    /// | throttling | the limit of the account | the same |
    /// | traces in AWS X-Ray | none | none |
    /// | name | the stack and the ID | required |
    ///
    /// Synthesis reports malformed paths (`INF4921`), methods that exist twice (`INF4922`), two variables below one resource
    /// (`INF4933`), and an API without methods (`INF4934`).
    ///
    /// ```
    /// use infra_lib::apigateway::{HttpMethod, RestApi, RestIntegration};
    /// use infra_lib::lambda::{Code, Function, Runtime};
    /// use infra_lib::{App, Output, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let function = Function::builder()
    ///     .runtime(Runtime::Nodejs24)
    ///     .handler("index.handler")
    ///     .code(Code::inline("exports.handler = async () => ({ statusCode: 200 });"))
    ///     .build(stack, "Function");
    /// let api = RestApi::builder().tracing(true).build(stack, "Api");
    /// let notes = api.root().add_resource("notes");
    /// notes.add_method(HttpMethod::Get, &RestIntegration::lambda(&function));
    /// notes.add_resource("{id}").add_method(HttpMethod::Get, &RestIntegration::lambda(&function));
    /// Output::new(stack, "Url", api.url());
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct RestApi<'app>: "infra-lib.apigateway.RestApi" {
        resource: CfnRestApi<'app>,
        deployment: Deployment<'app>,
        stage: RestStage<'app>,
        account: Option<CfnAccount<'app>>,
    }

    /// Properties of a [`RestApi`], set through [`RestApi::builder`].
    pub struct RestApiProps, RestApiBuilder, rest_api_builder {
        shared stage_properties,
        shared rest_stage_properties,
        shared rest_api_properties,
        /// Description of the API. Default: none.
        text description,
        /// Preflight requests for every resource. Default: none, as in CloudFormation.
        optional cors: Cors,
        /// Availability of the endpoint `https://ID.execute-api.REGION.amazonaws.com`. Default: available, as in
        /// CloudFormation.
        default default_endpoint: bool = true,
    }
}

rest_api_builders! { RestApiBuilder, rest_api_builder; }
stage_variables! { RestApiBuilder, rest_api_builder; }

impl<'app> RestApi<'app> {
    fn create(scope: Scope<'app>, props: RestApiProps<'app>) -> Self {
        let name = props
            .api_name
            .unwrap_or_else(|| value(unique_name(scope, "Resource", 128)));
        let cfn = CfnRestApiProps::new()
            .name(name)
            .with(props.description, CfnRestApiProps::description)
            .with(
                (!props.default_endpoint).then_some(true),
                CfnRestApiProps::disable_execute_api_endpoint,
            );
        let resource =
            endpoint::configure(cfn, props.endpoint, props.vpc_endpoints).build(scope, "Resource");
        let name = props.stage_name.unwrap_or_else(|| value("prod"));
        let settings = stage_settings!(props, name, None);
        let account = settings.account(scope, resource, props.cloudwatch_role);
        let deployment = Deployment::add(scope, resource, props.retain_deployments);
        let stage = deploy(scope, resource, deployment, account, settings);
        scope.attach(Authorizations::default());
        scope.add_validator(check_methods);
        let api = Self {
            scope,
            resource,
            deployment,
            stage,
            account,
        };
        if let Some(cors) = props.cors {
            scope.attach(DefaultCors(cors.clone()));
            api.root().add_cors_preflight(&cors);
        }
        api
    }

    /// Imports an existing API by its ID, such as `abcdef1234`, and its name, which its metrics have.
    pub fn from_attributes(
        api_id: impl IntoValue<Id<kind::apigateway::RestApi>>,
        api_name: impl IntoValue<String>,
    ) -> ImportedRestApi {
        ImportedRestApi::new(api_id.into_value(), api_name.into_value())
    }

    /// Returns the resource of the path `/`.
    #[track_caller]
    pub fn root(&self) -> ApiResource<'app> {
        ApiResource::root(*self)
    }

    /// Sets the authorization of every method that does not require another, of those that exist and of later ones.
    /// Preflight requests stay public.
    #[track_caller]
    pub fn set_default_authorization(&self, authorization: impl Into<RestAuthorization>) {
        let authorization = authorization.into();
        for method in find_methods(self.scope) {
            let scope = method.scope().parent();
            let has_chosen = scope.and_then(Scope::attached::<Chosen>).is_some();
            if !has_chosen && !is_preflight(method) {
                authorization.apply(method, self.resource);
            }
        }
        if let Some(authorizations) = self.scope.attached::<Authorizations>() {
            *authorizations.default.borrow_mut() = Some(authorization);
        }
    }

    pub(super) fn default_cors(&self) -> Option<Cors> {
        let cors = self.scope.attached::<DefaultCors>()?;
        Some(cors.0.clone())
    }

    /// Returns the setting of the account with the role for logs, if the API has created it.
    pub(super) const fn account(&self) -> Option<CfnAccount<'app>> {
        self.account
    }
}

rest_apis! { RestApi }

/// Adds the stage of an API.
#[track_caller]
pub(super) fn deploy<'app>(
    scope: Scope<'app>,
    api: CfnRestApi<'app>,
    deployment: Deployment<'app>,
    account: Option<CfnAccount<'app>>,
    settings: StageSettings<'app>,
) -> RestStage<'app> {
    let id = format!(
        "DeploymentStage.{}",
        settings.name.as_literal().unwrap_or("stage")
    );
    let id = id.replace('/', "--");
    let stage_scope = scope.library_construct(&id, "infra-lib.apigateway.RestStage");
    let stage = RestStage::add(stage_scope, api, deployment, settings);
    if let Some(account) = account {
        stage.cfn().depends_on(account);
    }
    stage
}
