//! Models of bodies, and validators of requests.

use super::RestApi;
use crate::cfn::apigateway::{
    CfnModel, CfnModelProps, CfnRequestValidator, CfnRequestValidatorProps,
};
use crate::construct::With;
use crate::core::{Id, Json, Name, Scope, Value, value};
use crate::kind;

crate::construct! {
    /// A model of a body: a JSON schema that requests can be validated against.
    ///
    /// Creates an
    /// [`AWS::ApiGateway::Model`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-model.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | content type | `application/json` | required |
    /// | name | generated | generated |
    ///
    /// ```
    /// use infra_lib::apigateway::{HttpMethod, Model, RequestValidator, RestApi, RestIntegration};
    /// use infra_lib::{App, Stack};
    /// use serde_json::json;
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let api = RestApi::builder().build(stack, "Api");
    /// let note = Model::builder()
    ///     .api(&api)
    ///     .schema(json!({ "type": "object", "required": ["title"] }))
    ///     .build(api, "Note");
    /// let bodies = RequestValidator::builder().api(&api).body(true).build(api, "Bodies");
    /// api.root()
    ///     .add_method(HttpMethod::Post, &RestIntegration::mock(202))
    ///     .request_model("application/json", &note)
    ///     .validate(&bodies);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Model<'app>: "infra-lib.apigateway.Model" {
        resource: CfnModel<'app>,
    }

    /// Properties of a [`Model`], set through [`Model::builder`].
    pub struct ModelProps, ModelBuilder, model_builder {
        /// API whose methods use the model.
        required_handle api: RestApi<'app>,
        /// JSON schema, draft 4.
        required_value schema: Json,
        /// Name of the model: letters and digits. Default: a generated name.
        text model_name,
        /// Content type of the body. Default: `application/json`.
        text content_type,
        /// Description of the model. Default: none.
        text description,
    }
}

impl<'app> Model<'app> {
    fn create(scope: Scope<'app>, props: ModelProps<'app>) -> Self {
        let content_type = props
            .content_type
            .unwrap_or_else(|| value("application/json"));
        let resource = CfnModelProps::new(props.api.id())
            .schema(props.schema)
            .content_type(content_type)
            .with(props.model_name, CfnModelProps::name)
            .with(props.description, CfnModelProps::description)
            .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the name of the model.
    pub fn model_name(&self) -> Value<Name<kind::apigateway::Model>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the model.
    pub const fn cfn(&self) -> CfnModel<'app> {
        self.resource
    }
}

crate::construct! {
    /// A validator of requests, which rejects invalid ones with status 400 before the backend receives them.
    ///
    /// Creates an
    /// [`AWS::ApiGateway::RequestValidator`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-requestvalidator.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | body | not validated | not validated |
    /// | parameters | not validated | not validated |
    ///
    /// ```
    /// use infra_lib::apigateway::{HttpMethod, RequestValidator, RestApi, RestIntegration};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let api = RestApi::builder().build(stack, "Api");
    /// let parameters = RequestValidator::builder().api(&api).parameters(true).build(api, "Parameters");
    /// api.root()
    ///     .add_method(HttpMethod::Get, &RestIntegration::mock(200))
    ///     .request_parameter("method.request.querystring.page", true)
    ///     .validate(&parameters);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct RequestValidator<'app>: "infra-lib.apigateway.RequestValidator" {
        resource: CfnRequestValidator<'app>,
    }

    /// Properties of a [`RequestValidator`], set through [`RequestValidator::builder`].
    pub struct RequestValidatorProps, RequestValidatorBuilder, request_validator_builder {
        /// API whose methods use the validator.
        required_handle api: RestApi<'app>,
        /// Name of the validator. Default: none.
        text validator_name,
        /// Validation of bodies against the model of the method. Default: none, as in CloudFormation.
        default body: bool = false,
        /// Validation of required headers and parameters. Default: none, as in CloudFormation.
        default parameters: bool = false,
    }
}

impl<'app> RequestValidator<'app> {
    fn create(scope: Scope<'app>, props: RequestValidatorProps<'app>) -> Self {
        let resource = CfnRequestValidatorProps::new(props.api.id())
            .validate_request_body(props.body)
            .validate_request_parameters(props.parameters)
            .with(props.validator_name, CfnRequestValidatorProps::name)
            .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the ID of the validator.
    pub fn id(&self) -> Value<Id<kind::apigateway::RequestValidator>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the validator.
    pub const fn cfn(&self) -> CfnRequestValidator<'app> {
        self.resource
    }
}
