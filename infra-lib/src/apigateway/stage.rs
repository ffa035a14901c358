//! Stages of REST APIs.

use super::rest_api_properties::{rest_stage_properties, stage_settings};
use super::{Canary, Deployment, RestApi, account};
use crate::apigatewayv2::{
    AccessLogs, LogKind, MappedStage, Throttling, check_stage_name, stage_properties,
    stage_variables,
};
use crate::cfn::apigateway::{CfnAccount, CfnRestApi, CfnStage, CfnStageProps, stage};
use crate::construct::With;
use crate::core::{IntoValue, Name, Scope, Value, pseudo};
use crate::kind;
use crate::sub;

crate::construct! {
    /// A stage of a REST API: a deployment that answers requests, at a path with the name of the stage.
    ///
    /// Creates an
    /// [`AWS::ApiGateway::Stage`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-stage.html)
    /// for the latest deployment. A [`RestApi`] has one already. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | deployment | the latest one | required |
    /// | access logs | JSON, to a log group whose events expire after a month | none |
    /// | traces in AWS X-Ray | none | none |
    /// | throttling | the limit of the account | the same |
    ///
    /// ```
    /// use infra_lib::apigateway::{HttpMethod, RestApi, RestIntegration, RestStage};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let api = RestApi::builder().build(stack, "Api");
    /// api.root().add_method(HttpMethod::Get, &RestIntegration::mock(200));
    /// RestStage::builder().api(&api).stage_name("beta").variable("table", "beta").build(stack, "Beta");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct RestStage<'app>: "infra-lib.apigateway.RestStage" {
        resource: CfnStage<'app>,
        api: CfnRestApi<'app>,
    }

    /// Properties of a [`RestStage`], set through [`RestStage::builder`].
    pub struct RestStageProps, RestStageBuilder, rest_stage_builder {
        shared stage_properties,
        shared rest_stage_properties,
        /// API that the stage serves.
        required_handle api: RestApi<'app>,
        /// Name of the stage: letters, digits, hyphens and underscores, at most 128 (`INF4929`).
        required_value stage_name: String,
        /// Description of the stage. Default: none.
        text description,
    }
}

stage_variables! { RestStageBuilder, rest_stage_builder; }

/// Settings of a stage, for the stage of an API as well.
#[derive(Debug)]
pub(super) struct StageSettings<'app> {
    pub(super) name: Value<String>,
    pub(super) description: Option<Value<String>>,
    pub(super) variables: Vec<(String, Value<String>)>,
    pub(super) access_logs: AccessLogs<'app>,
    pub(super) tracing: bool,
    pub(super) canary: Option<Canary>,
    pub(super) throttling: Option<Throttling>,
    pub(super) detailed_metrics: bool,
}

impl<'app> StageSettings<'app> {
    /// Adds the setting of the account with a role for logs, if the stage has logs and the API may have the setting.
    #[track_caller]
    pub(super) fn account(
        &self,
        scope: Scope<'app>,
        api: CfnRestApi<'app>,
        has_role: bool,
    ) -> Option<CfnAccount<'app>> {
        let logs = !matches!(self.access_logs, AccessLogs::Off);
        (logs && has_role).then(|| account::add(scope, api))
    }
}

impl<'app> RestStage<'app> {
    fn create(scope: Scope<'app>, props: RestStageProps<'app>) -> Self {
        let settings = stage_settings!(props, props.stage_name, props.description);
        let stage = Self::add(scope, props.api.cfn(), props.api.deployment(), settings);
        if let Some(account) = props.api.account() {
            stage.resource.depends_on(account);
        }
        stage
    }

    /// Adds the resource of a stage whose construct exists.
    pub(super) fn add(
        scope: Scope<'app>,
        api: CfnRestApi<'app>,
        deployment: Deployment<'app>,
        settings: StageSettings<'app>,
    ) -> Self {
        check_stage_name(scope, settings.name.as_literal());
        let variables: std::collections::BTreeMap<String, Value<String>> =
            settings.variables.into_iter().collect();
        let logs = settings.access_logs.destination_arn(scope).map(|arn| {
            stage::AccessLogSetting::new()
                .destination_arn(arn)
                .format(LogKind::Rest.format())
        });
        let has_method_settings = settings.throttling.is_some() || settings.detailed_metrics;
        let methods = stage::MethodSetting::new()
            .http_method("*")
            .resource_path("/*")
            .with(settings.throttling, |methods, limit| {
                methods
                    .throttling_rate_limit(limit.rate)
                    .throttling_burst_limit(limit.burst)
            })
            .with(
                settings.detailed_metrics.then_some(true),
                stage::MethodSetting::metrics_enabled,
            );
        let (deployment_id, canary) = match settings.canary {
            Some(canary) => {
                let (stable, setting) = canary.apply(scope, deployment);
                (stable, Some(setting))
            }
            None => (deployment.id(), None),
        };
        let resource = CfnStageProps::new(api.ref_())
            .deployment_id(deployment_id)
            .with(canary, CfnStageProps::canary_setting)
            .stage_name(settings.name)
            .with(settings.description, CfnStageProps::description)
            .with(logs, CfnStageProps::access_log_setting)
            .with(
                settings.tracing.then_some(true),
                CfnStageProps::tracing_enabled,
            )
            .with(has_method_settings.then_some([methods]), |cfn, methods| {
                cfn.method_settings(methods)
            })
            .with(
                (!variables.is_empty()).then_some(variables),
                CfnStageProps::variables,
            )
            .build(scope, "Resource");
        Self {
            scope,
            resource,
            api,
        }
    }

    /// Returns the name of the stage.
    pub fn stage_name(&self) -> Value<Name<kind::apigateway::Stage>> {
        self.resource.ref_()
    }

    /// Returns the URL of the stage, `https://ID.execute-api.REGION.amazonaws.com/NAME/`.
    pub fn url(&self) -> Value<String> {
        sub![
            "https://",
            self.api.ref_(),
            ".execute-api.",
            pseudo::region(),
            ".",
            pseudo::url_suffix(),
            "/",
            self.stage_name(),
            "/"
        ]
    }

    /// Returns the L1 binding of the API of the stage.
    pub(super) const fn api(&self) -> CfnRestApi<'app> {
        self.api
    }

    /// Returns the L1 binding of the stage.
    pub const fn cfn(&self) -> CfnStage<'app> {
        self.resource
    }
}

impl<'app> MappedStage<'app> for RestStage<'app> {
    fn mapped_api_id(&self) -> Value<String> {
        self.api.ref_().into_value()
    }

    fn mapped_stage_name(&self) -> Value<String> {
        self.stage_name().into_value()
    }
}
