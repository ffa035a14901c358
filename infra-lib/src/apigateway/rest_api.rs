//! REST APIs.

use std::cell::RefCell;

use super::checks::{check_methods, find_methods, is_preflight};
use super::stage::StageSettings;
use super::{
    ApiResource, Deployment, Endpoint, ImportedRestApi, RestAuthorization, RestStage, endpoint,
};
use crate::apigatewayv2::{AccessLogs, Cors, Throttling, execute_arn};
use crate::cfn::apigateway::{CfnAccount, CfnAccountProps, CfnMethod, CfnRestApi, CfnRestApiProps};
use crate::construct::With;
use crate::core::{Construct, Id, IntoValue, RemovalPolicy, Scope, Value, value};
use crate::iam::{Grant, Grantable, ManagedPolicy, Principal, Role};
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
        /// VPC endpoints of a private API.
        list vpc_endpoints: Value<Id<kind::ec2::VpcEndpoint>>,
        /// Variables of the stage.
        list variables: (String, Value<String>),
        /// Name of the API. Default: the stack and the ID.
        text api_name,
        /// Description of the API. Default: none.
        text description,
        /// Public endpoint, unless the API is private. Default: regional (CloudFormation: edge-optimized).
        default endpoint: Endpoint = Endpoint::Regional,
        /// Preflight requests for every resource. Default: none, as in CloudFormation.
        optional cors: Cors,
        /// Availability of the endpoint `https://ID.execute-api.REGION.amazonaws.com`. Default: available, as in
        /// CloudFormation.
        default default_endpoint: bool = true,
        /// Name of the stage. Default: `prod`.
        text stage_name,
        /// Access logs of the stage. Default: to a log group of the stage (CloudFormation: none).
        default access_logs: AccessLogs<'app> = AccessLogs::OwnGroup,
        /// Role with which API Gateway writes logs, in the settings of the account and region. All APIs share the setting,
        /// so the role and the setting are retained when the API is removed. Default: created with access logs.
        default cloudwatch_role: bool = true,
        /// Traces of requests in AWS X-Ray. Default: none, as in CloudFormation.
        default tracing: bool = false,
        /// Maximum rate of requests to each method of the stage. Default: the limit of the account.
        optional throttling: Throttling,
        /// Metrics for each method of the stage, at a charge. Default: none, as in CloudFormation.
        default detailed_metrics: bool = false,
    }
}

impl<S: rest_api_builder::State> RestApiBuilder<'_, S> {
    /// Makes the API private: only requests through this VPC endpoint for `execute-api`, and further ones that are added,
    /// are accepted. The policy of the API rejects others.
    pub fn vpc_endpoint(mut self, id: impl IntoValue<Id<kind::ec2::VpcEndpoint>>) -> Self {
        self.vpc_endpoints.push(id.into_value());
        self
    }

    /// Sets a variable of the stage, which integrations read as `${stageVariables.NAME}`.
    pub fn variable(mut self, name: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.variables.push((name.into(), value.into_value()));
        self
    }
}

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
        let logs = !matches!(props.access_logs, AccessLogs::Off);
        let settings = StageSettings {
            name: props.stage_name.unwrap_or_else(|| value("prod")),
            description: None,
            variables: props.variables,
            access_logs: props.access_logs,
            tracing: props.tracing,
            throttling: props.throttling,
            detailed_metrics: props.detailed_metrics,
        };
        let account = (logs && props.cloudwatch_role).then(|| add_account(scope, resource));
        let (deployment, stage) = deploy(scope, resource, account, settings);
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

    /// Returns the ID of the API.
    pub fn id(&self) -> Value<Id<kind::apigateway::RestApi>> {
        self.resource.ref_()
    }

    /// Returns the URL of the stage.
    pub fn url(&self) -> Value<String> {
        self.stage.url()
    }

    /// Returns the latest deployment.
    pub const fn deployment(&self) -> Deployment<'app> {
        self.deployment
    }

    /// Returns the stage that is created with the API.
    pub const fn stage(&self) -> RestStage<'app> {
        self.stage
    }

    /// Returns the setting of the account with the role for logs, if the API has created it.
    pub(super) const fn account(&self) -> Option<CfnAccount<'app>> {
        self.account
    }

    /// Returns the L1 binding of the API.
    pub const fn cfn(&self) -> CfnRestApi<'app> {
        self.resource
    }

    /// Allows a principal to send requests to every method with [`RestAuthorization::iam`]. Principals without a policy of
    /// the app are reported (`INF4608`).
    #[track_caller]
    pub fn grant_invoke(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to)
            .action("execute-api:Invoke")
            .resource(execute_arn(self.id().into_value(), "*/*/*"))
            .on_identity(self)
    }
}

/// Adds the deployment and the stage of an API.
#[track_caller]
pub(super) fn deploy<'app>(
    scope: Scope<'app>,
    api: CfnRestApi<'app>,
    account: Option<CfnAccount<'app>>,
    settings: StageSettings<'app>,
) -> (Deployment<'app>, RestStage<'app>) {
    let deployment = Deployment::add(scope, api);
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
    (deployment, stage)
}

/// Adds the role with which API Gateway writes logs, and the setting of the account.
#[track_caller]
pub(super) fn add_account<'app>(scope: Scope<'app>, api: CfnRestApi<'app>) -> CfnAccount<'app> {
    let role = Role::builder()
        .assumed_by(Principal::service("apigateway.amazonaws.com"))
        .managed_policy(ManagedPolicy::aws(
            "service-role/AmazonAPIGatewayPushToCloudWatchLogs",
        ))
        .build(scope, "CloudWatchRole");
    role.cfn().apply_removal_policy(RemovalPolicy::Retain);
    let account = CfnAccountProps::new()
        .cloud_watch_role_arn(role.arn())
        .build(scope, "Account");
    account.apply_removal_policy(RemovalPolicy::Retain);
    account.depends_on(api);
    account
}
