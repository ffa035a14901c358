//! REST APIs from OpenAPI documents.

use std::path::{Path, PathBuf};

use super::rest_api::{add_account, deploy};
use super::stage::StageSettings;
use super::{Deployment, Endpoint, RestStage, endpoint};
use crate::apigatewayv2::{AccessLogs, Throttling, execute_arn};
use crate::cfn::apigateway::{CfnRestApi, CfnRestApiProps, rest_api};
use crate::core::assembly::FileAsset;
use crate::core::{Data, Diagnostic, Id, IntoValue, Name, Scope, Value, codes, value};
use crate::iam::{Grant, Grantable};
use crate::kind;
use crate::unique_name::unique_name;

/// An OpenAPI document in JSON, version 2 or 3.0.
///
/// See [working with API definitions](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html).
#[derive(Clone, Debug)]
pub struct OpenApi(Source);

#[derive(Clone, Debug)]
enum Source {
    File(PathBuf),
    Asset(PathBuf),
    Json(serde_json::Value),
}

impl OpenApi {
    /// Returns the document in a file, which becomes a part of the template. It can contain intrinsic functions of
    /// CloudFormation.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self(Source::File(path.into()))
    }

    /// Returns the document in a file, which is uploaded to S3: for documents that are too large for a template.
    pub fn asset(path: impl Into<PathBuf>) -> Self {
        Self(Source::Asset(path.into()))
    }

    /// Returns a document of the program, which becomes a part of the template.
    pub const fn json(document: serde_json::Value) -> Self {
        Self(Source::Json(document))
    }
}

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
        /// VPC endpoints of a private API.
        list vpc_endpoints: Value<Id<kind::ec2::VpcEndpoint>>,
        /// Document that defines the API.
        required document: OpenApi,
        /// Name of the API. Default: the stack and the ID.
        text api_name,
        /// Public endpoint, unless the API is private. Default: regional (CloudFormation: edge-optimized).
        default endpoint: Endpoint = Endpoint::Regional,
        /// Failure of the deployment when the import has warnings. Default: it fails (CloudFormation: it does not).
        default fail_on_warnings: bool = true,
        /// Name of the stage. Default: `prod`.
        text stage_name,
        /// Access logs of the stage. Default: to a log group of the stage (CloudFormation: none).
        default access_logs: AccessLogs<'app> = AccessLogs::OwnGroup,
        /// Role with which API Gateway writes logs, in the settings of the account and region. Default: created with access
        /// logs.
        default cloudwatch_role: bool = true,
        /// Traces of requests in AWS X-Ray. Default: none, as in CloudFormation.
        default tracing: bool = false,
        /// Maximum rate of requests to each method of the stage. Default: the limit of the account.
        optional throttling: Throttling,
        /// Metrics for each method of the stage, at a charge. Default: none, as in CloudFormation.
        default detailed_metrics: bool = false,
    }
}

impl<S: spec_rest_api_builder::State> SpecRestApiBuilder<'_, S> {
    /// Makes the API private: only requests through this VPC endpoint for `execute-api`, and further ones that are added,
    /// are accepted. The policy of the API rejects others.
    pub fn vpc_endpoint(mut self, id: impl IntoValue<Id<kind::ec2::VpcEndpoint>>) -> Self {
        self.vpc_endpoints.push(id.into_value());
        self
    }
}

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
        let (cfn, asset) = set_document(scope, cfn, props.document);
        let resource =
            endpoint::configure(cfn, props.endpoint, props.vpc_endpoints).build(scope, "Resource");
        if let Some(asset) = asset {
            asset.annotate(*resource, "BodyS3Location");
        }
        let logs = !matches!(props.access_logs, AccessLogs::Off);
        let settings = StageSettings {
            name: props.stage_name.unwrap_or_else(|| value("prod")),
            description: None,
            variables: Vec::new(),
            access_logs: props.access_logs,
            tracing: props.tracing,
            throttling: props.throttling,
            detailed_metrics: props.detailed_metrics,
        };
        let account = (logs && props.cloudwatch_role).then(|| add_account(scope, resource));
        let (deployment, stage) = deploy(scope, resource, account, settings);
        Self {
            scope,
            resource,
            deployment,
            stage,
        }
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

    /// Returns the L1 binding of the API.
    pub const fn cfn(&self) -> CfnRestApi<'app> {
        self.resource
    }

    /// Allows a principal to send requests to every method with IAM authorization. Principals without a policy of the app
    /// are reported (`INF4608`).
    #[track_caller]
    pub fn grant_invoke(&self, to: &impl Grantable<'app>) -> Grant<'app> {
        Grant::to(to)
            .action("execute-api:Invoke")
            .resource(execute_arn(self.id().into_value(), "*/*/*"))
            .on_identity(self)
    }
}

fn set_document(
    scope: Scope<'_>,
    cfn: CfnRestApiProps,
    document: OpenApi,
) -> (CfnRestApiProps, Option<FileAsset>) {
    match document.0 {
        Source::Json(json) => {
            if let Err(reason) = check_document(&json) {
                report(scope, "the document", &reason);
            }
            (cfn.body(Data::from(json)), None)
        }
        Source::File(path) => match read(&path) {
            Ok(json) => (cfn.body(Data::from(json)), None),
            Err(reason) => {
                report(scope, &path.display().to_string(), &reason);
                (cfn, None)
            }
        },
        Source::Asset(path) => {
            if let Err(reason) = read(&path) {
                report(scope, &path.display().to_string(), &reason);
                return (cfn, None);
            }
            let asset = FileAsset::new(scope, &path);
            let location = rest_api::S3Location::new()
                .bucket(asset.bucket_name().cast::<Name<kind::s3::Bucket>>())
                .key(asset.object_key());
            (cfn.body_s3_location(location), Some(asset))
        }
    }
}

fn read(path: &Path) -> Result<serde_json::Value, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let json = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    check_document(&json)?;
    Ok(json)
}

fn check_document(json: &serde_json::Value) -> Result<(), String> {
    let has_version = json.get("openapi").is_some() || json.get("swagger").is_some();
    let has_paths = json.get("paths").is_some_and(serde_json::Value::is_object);
    match (has_version, has_paths) {
        (false, _) => Err("it has neither the field `openapi` nor `swagger`".to_owned()),
        (_, false) => Err("it has no object `paths`".to_owned()),
        _ => Ok(()),
    }
}

fn report(scope: Scope<'_>, document: &str, reason: &str) {
    scope.report(
        Diagnostic::new(
            codes::OPENAPI_DOCUMENT,
            format!("a REST API cannot be made from its OpenAPI document: {reason}"),
        )
        .property("Body")
        .actual(document)
        .expected("an OpenAPI document in JSON, version 2 or 3.0")
        .help("give the path from the folder in which the program runs")
        .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html"),
    );
}
