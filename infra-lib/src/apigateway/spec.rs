//! REST APIs from OpenAPI documents.

use std::path::PathBuf;

use super::rest_api::deploy;
use super::rest_api_properties::{
    rest_api_builders, rest_api_properties, rest_apis, rest_stage_properties, stage_settings,
};
use super::{Deployment, OpenApi, RestStage, endpoint};
use crate::apigatewayv2::{stage_properties, stage_variables};
use crate::cfn::apigateway::{CfnRestApi, CfnRestApiProps};
use crate::core::{IntoValue, Scope, value};
use crate::unique_name::unique_name;

crate::construct! {
    /// A REST API that an OpenAPI document defines, with the backends in its `x-amazon-apigateway-integration`.
    ///
    /// Creates an
    /// [`AWS::ApiGateway::RestApi`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-restapi.html),
    /// a [`Deployment`] that is made again for each change of the document, and a stage. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | endpoint | regional | edge-optimized |
    /// | deployment | one for each change | none: changes are not served |
    /// | stage | `prod` | none |
    /// | access logs | JSON, to a log group whose events expire after a month | none |
    /// | role for logs in the settings of the account | created with access logs, and retained | none: stages with logs fail |
    /// | warnings of the import | fail the deployment | are ignored |
    /// | permissions to invoke functions | none; see [`Permission`](crate::lambda::Permission) | none |
    ///
    /// A file that cannot be read or is not an OpenAPI document is reported (`INF4935`).
    ///
    /// ```
    /// use infra_lib::apigateway::{OpenApi, SpecRestApi};
    /// use infra_lib::{App, Stack};
    /// use serde_json::json;
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let document = json!({
    ///     "openapi": "3.0.3",
    ///     "info": { "title": "Notes", "version": "1" },
    ///     "paths": { "/status": { "get": {
    ///         "responses": { "200": { "description": "up" } },
    ///         "x-amazon-apigateway-integration": {
    ///             "type": "http_proxy", "httpMethod": "GET", "uri": "https://status.example.com",
    ///         },
    ///     } } },
    /// });
    /// SpecRestApi::builder().document(OpenApi::json(document)).build(stack, "Api");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct SpecRestApi<'app>: "infra-lib.apigateway.SpecRestApi" {
        resource: CfnRestApi<'app>,
        deployment: Deployment<'app>,
        stage: RestStage<'app>,
    }

    /// Properties of a [`SpecRestApi`], set through [`SpecRestApi::builder`] or [`SpecRestApi::from_openapi`].
    pub struct SpecRestApiProps, SpecRestApiBuilder, spec_rest_api_builder {
        shared stage_properties,
        shared rest_stage_properties,
        shared rest_api_properties,
        /// Document that defines the API.
        required document: OpenApi,
        /// Failure of the deployment when the import has warnings. Default: it fails (CloudFormation: it does not).
        default fail_on_warnings: bool = true,
    }
}

rest_api_builders! { SpecRestApiBuilder, spec_rest_api_builder; }
stage_variables! { SpecRestApiBuilder, spec_rest_api_builder; }

impl<'app> SpecRestApi<'app> {
    /// Returns a builder for an API from the document in a file, which becomes a part of the template.
    pub fn from_openapi(
        path: impl Into<PathBuf>,
    ) -> SpecRestApiBuilder<'app, spec_rest_api_builder::SetDocument> {
        Self::builder().document(OpenApi::file(path))
    }

    fn create(scope: Scope<'app>, props: SpecRestApiProps<'app>) -> Self {
        let name = props
            .api_name
            .unwrap_or_else(|| value(unique_name(scope, "Resource", 128)));
        let cfn = CfnRestApiProps::new()
            .name(name)
            .fail_on_warnings(props.fail_on_warnings);
        let (cfn, asset) = props.document.apply(scope, cfn);
        let resource =
            endpoint::configure(cfn, props.endpoint, props.vpc_endpoints).build(scope, "Resource");
        if let Some(asset) = asset {
            asset.annotate(*resource, "BodyS3Location");
        }
        let name = props.stage_name.unwrap_or_else(|| value("prod"));
        let settings = stage_settings!(props, name, None);
        let account = settings.account(scope, resource, props.cloudwatch_role);
        let deployment = Deployment::add(scope, resource, props.retain_deployments);
        let stage = deploy(scope, resource, deployment, account, settings);
        Self {
            scope,
            resource,
            deployment,
            stage,
        }
    }
}

rest_apis! { SpecRestApi }
