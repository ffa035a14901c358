//! Stages of HTTP APIs.

use super::access_logs::LogKind;
use super::stage_properties::{stage_properties, stage_variables};
use super::{AccessLogs, HttpApi, MappedStage, Throttling};
use crate::cfn::apigatewayv2::{CfnApi, CfnStage, CfnStageProps, stage};
use crate::construct::With;
use crate::core::{Data, Diagnostic, IntoValue, Name, Scope, Value, codes, value};
use crate::kind;
use crate::sub;

/// Name of the stage without a segment in its URL.
pub(super) const DEFAULT: &str = "$default";

crate::construct! {
    /// A stage of an HTTP API: a state of the API that answers requests, at a path with its name.
    ///
    /// Creates an
    /// [`AWS::ApiGatewayV2::Stage`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-stage.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | name | `$default`, at the root path | required |
    /// | deployment | automatic: every change of the API is served at once | none: the stage serves nothing |
    /// | access logs | JSON, to a log group whose events expire after a month | none |
    /// | throttling | the limit of the account | the same |
    /// | metrics for each route | none | none |
    ///
    /// ```
    /// use infra_lib::apigatewayv2::{HttpApi, HttpStage};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let api = HttpApi::builder().create_default_stage(false).build(stack, "Api");
    /// HttpStage::builder()
    ///     .api(&api)
    ///     .stage_name("beta")
    ///     .variable("table", "notes-beta")
    ///     .build(stack, "Beta");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct HttpStage<'app>: "infra-lib.apigatewayv2.HttpStage" {
        resource: CfnStage<'app>,
        api: CfnApi<'app>,
        is_default: bool,
    }

    /// Properties of an [`HttpStage`], set through [`HttpStage::builder`].
    pub struct HttpStageProps, HttpStageBuilder, http_stage_builder {
        shared stage_properties,
        /// API that the stage serves.
        required_handle api: HttpApi<'app>,
        /// Name of the stage: letters, digits, hyphens and underscores, at most 128 (`INF4929`). Default: `$default`.
        text stage_name,
        /// Description of the stage. Default: none.
        text description,
        /// Deployment of every change of the API. Default: automatic (CloudFormation: none).
        default auto_deploy: bool = true,
        /// Access logs. Default: to a log group of this stage (CloudFormation: none).
        default access_logs: AccessLogs<'app> = AccessLogs::OwnGroup,
    }
}

stage_variables! { HttpStageBuilder, http_stage_builder; }

impl<'app> HttpStage<'app> {
    fn create(scope: Scope<'app>, props: HttpStageProps<'app>) -> Self {
        let name = props.stage_name.unwrap_or_else(|| value(DEFAULT));
        let is_default = name.as_literal() == Some(DEFAULT);
        if !is_default {
            check_name(scope, name.as_literal());
        }
        let resource = CfnStageProps::new(props.api.id(), name)
            .auto_deploy(props.auto_deploy)
            .with(props.description, CfnStageProps::description)
            .with(
                access_log_settings(props.access_logs, scope, LogKind::Http),
                CfnStageProps::access_log_settings,
            )
            .with(
                route_settings(props.throttling, props.detailed_metrics),
                CfnStageProps::default_route_settings,
            )
            .with(variables(props.variables), CfnStageProps::stage_variables)
            .build(scope, "Resource");
        Self {
            scope,
            resource,
            api: props.api.cfn(),
            is_default,
        }
    }

    /// Returns the name of the stage.
    pub fn stage_name(&self) -> Value<Name<kind::apigatewayv2::Stage>> {
        self.resource.ref_()
    }

    /// Returns the URL of the stage at the default endpoint, which ends with `/` for the stage `$default`.
    pub fn url(&self) -> Value<String> {
        if self.is_default {
            sub![self.api.attr_api_endpoint(), "/"]
        } else {
            sub![self.api.attr_api_endpoint(), "/", self.stage_name()]
        }
    }

    /// Returns the L1 binding of the API of the stage.
    pub(super) const fn api(&self) -> CfnApi<'app> {
        self.api
    }

    /// Returns the L1 binding of the stage.
    pub const fn cfn(&self) -> CfnStage<'app> {
        self.resource
    }
}

impl<'app> MappedStage<'app> for HttpStage<'app> {
    fn mapped_api_id(&self) -> Value<String> {
        self.api.ref_().into_value()
    }

    fn mapped_stage_name(&self) -> Value<String> {
        self.stage_name().into_value()
    }
}

/// Reports a name that is not of letters, digits, hyphens and underscores, or too long (`INF4929`).
pub(crate) fn check_name(scope: Scope<'_>, name: Option<&str>) {
    let is_valid = |name: &str| {
        (1..=128).contains(&name.len())
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    if let Some(name) = name.filter(|name| !is_valid(name)) {
        scope.report(
            Diagnostic::new(
                codes::STAGE_NAME,
                format!("API Gateway rejects a stage with the name `{name}`"),
            )
            .property("StageName")
            .actual(name)
            .expected("1 to 128 letters, digits, hyphens and underscores")
            .url("https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-stage.html"),
        );
    }
}

pub(super) fn access_log_settings<'app>(
    logs: AccessLogs<'app>,
    stage: Scope<'app>,
    kind: LogKind,
) -> Option<stage::AccessLogSettings> {
    let arn = logs.destination_arn(stage)?;
    Some(
        stage::AccessLogSettings::new()
            .destination_arn(arn)
            .format(kind.format()),
    )
}

pub(super) fn route_settings(
    throttling: Option<Throttling>,
    detailed_metrics: bool,
) -> Option<stage::RouteSettings> {
    let settings = stage::RouteSettings::new()
        .with(throttling, |settings, limit| {
            settings
                .throttling_rate_limit(limit.rate)
                .throttling_burst_limit(limit.burst)
        })
        .with(
            detailed_metrics.then_some(true),
            stage::RouteSettings::detailed_metrics_enabled,
        );
    (throttling.is_some() || detailed_metrics).then_some(settings)
}

pub(super) fn variables(variables: Vec<(String, Value<String>)>) -> Option<Data> {
    let entries = variables
        .into_iter()
        .map(|(name, value)| (name, value.into_data()));
    let map = Data::map(entries);
    let is_empty = map.as_map().is_none_or(crate::core::Map::is_empty);
    (!is_empty).then_some(map)
}
