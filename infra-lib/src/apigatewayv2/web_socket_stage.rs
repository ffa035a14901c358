//! Stages of WebSocket APIs.

use super::access_logs::LogKind;
use super::stage::{access_log_settings, check_name, route_settings, variables};
use super::stage_properties::{stage_properties, stage_variables};
use super::{AccessLogs, MappedStage, WebSocketApi, execute_arn, imported};
use crate::cfn::apigatewayv2::{CfnApi, CfnStage, CfnStageProps};
use crate::construct::With;
use crate::core::{IntoValue, Name, Scope, Value};
use crate::iam::{Grant, Grantable};
use crate::kind;
use crate::sub;

crate::construct! {
    /// A stage of a WebSocket API: a state of the API that accepts connections, at a path with its name.
    ///
    /// Creates an
    /// [`AWS::ApiGatewayV2::Stage`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-stage.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | name | required | required |
    /// | deployment | automatic: every change of the API is served at once | none: the stage serves nothing |
    /// | access logs | none, since they need a role in the settings of the account | none |
    /// | throttling | the limit of the account | the same |
    ///
    /// ```
    /// use infra_lib::apigatewayv2::{WebSocketApi, WebSocketStage};
    /// use infra_lib::{App, Output, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let api = WebSocketApi::builder().build(stack, "Api");
    /// let stage = WebSocketStage::builder().api(&api).stage_name("live").build(stack, "Live");
    /// Output::new(stack, "Url", stage.url());
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct WebSocketStage<'app>: "infra-lib.apigatewayv2.WebSocketStage" {
        resource: CfnStage<'app>,
        api: CfnApi<'app>,
    }

    /// Properties of a [`WebSocketStage`], set through [`WebSocketStage::builder`].
    pub struct WebSocketStageProps, WebSocketStageBuilder, web_socket_stage_builder {
        shared stage_properties,
        /// API that the stage serves.
        required_handle api: WebSocketApi<'app>,
        /// Name of the stage: letters, digits, hyphens and underscores, at most 128 (`INF4929`).
        required_value stage_name: String,
        /// Description of the stage. Default: none.
        text description,
        /// Deployment of every change of the API. Default: automatic (CloudFormation: none).
        default auto_deploy: bool = true,
        /// Access logs, for which the account needs [a role for
        /// CloudWatch](https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html). Default: none, as
        /// in CloudFormation.
        default access_logs: AccessLogs<'app> = AccessLogs::Off,
    }
}

stage_variables! { WebSocketStageBuilder, web_socket_stage_builder; }

impl<'app> WebSocketStage<'app> {
    fn create(scope: Scope<'app>, props: WebSocketStageProps<'app>) -> Self {
        check_name(scope, props.stage_name.as_literal());
        let resource = CfnStageProps::new(props.api.id(), props.stage_name)
            .auto_deploy(props.auto_deploy)
            .with(props.description, CfnStageProps::description)
            .with(
                access_log_settings(props.access_logs, scope, LogKind::WebSocket),
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
        }
    }

    /// Returns the name of the stage.
    pub fn stage_name(&self) -> Value<Name<kind::apigatewayv2::Stage>> {
        self.resource.ref_()
    }

    /// Returns the URL to which clients connect, `wss://…/NAME`.
    pub fn url(&self) -> Value<String> {
        sub![self.api.attr_api_endpoint(), "/", self.stage_name()]
    }

    /// Returns the URL to which backends send messages for clients, `https://…/NAME`.
    pub fn callback_url(&self) -> Value<String> {
        let host = imported::host(self.api.ref_().into_value());
        sub!["https://", host, "/", self.stage_name()]
    }

    /// Returns the L1 binding of the API of the stage.
    pub(super) const fn api(&self) -> CfnApi<'app> {
        self.api
    }

    /// Returns the L1 binding of the stage.
    pub const fn cfn(&self) -> CfnStage<'app> {
        self.resource
    }

    /// Allows a principal to send messages to clients of this stage, and to disconnect them. Principals without a policy
    /// of the app are reported (`INF4608`).
    #[track_caller]
    pub fn grant_manage_connections(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        let api = execute_arn(self.api.ref_().into_value(), "");
        Grant::to(to)
            .action("execute-api:ManageConnections")
            .resource(sub![api, self.stage_name(), "/*/@connections/*"])
            .on_identity(self)
    }
}

impl<'app> MappedStage<'app> for WebSocketStage<'app> {
    fn mapped_api_id(&self) -> Value<String> {
        self.api.ref_().into_value()
    }

    fn mapped_stage_name(&self) -> Value<String> {
        self.stage_name().into_value()
    }
}
