//! Integration of Amazon Bedrock.

use super::integration::Integration;
use super::jobs::arn_here;
use crate::core::{Data, IntoValue, Value, pseudo, sub};
use crate::iam::Statement;

/// A model of Amazon Bedrock, for [`Integration::bedrock_invoke_model`].
#[derive(Clone, Debug)]
#[must_use = "a model has no effect until it is passed to an integration"]
pub struct BedrockModel {
    arn: Value<String>,
    /// Foundation models behind an inference profile, in any region.
    behind: Option<Value<String>>,
}

impl BedrockModel {
    /// Names a foundation model of the region, such as `amazon.titan-text-express-v1`.
    pub fn foundation(id: impl IntoValue<String>) -> Self {
        Self {
            arn: foundation_arn(pseudo::region(), id.into_value()),
            behind: None,
        }
    }

    /// Names an inference profile of AWS by its ID, which is a geography, a dot and the ID of a model, such as
    /// `eu.amazon.nova-lite-v1:0`. The role may then invoke the model through this profile in any region to which it
    /// routes requests. An ID without a geography gives no permission for the model.
    ///
    /// See [prerequisites of inference
    /// profiles](https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html).
    pub fn inference_profile(id: &str) -> Self {
        let model = id.split_once('.').map(|(_, model)| model);
        Self {
            arn: arn_here("bedrock", format!("inference-profile/{id}").into_value()),
            behind: model.map(|model| foundation_arn("*".into_value(), model.into_value())),
        }
    }

    /// Names a model by its ARN: one with provisioned throughput, or one of your own.
    pub fn from_arn(arn: impl IntoValue<String>) -> Self {
        Self {
            arn: arn.into_value(),
            behind: None,
        }
    }
}

fn foundation_arn(region: Value<String>, id: Value<String>) -> Value<String> {
    sub![
        "arn:",
        pseudo::partition(),
        ":bedrock:",
        region,
        "::foundation-model/",
        id
    ]
}

/// Models of Amazon Bedrock.
///
/// See [Bedrock and Step Functions](https://docs.aws.amazon.com/step-functions/latest/dg/connect-bedrock.html).
impl Integration {
    /// Creates an invocation of a model. `body` is the input in the form of the model, at most 256 KiB. The role may invoke
    /// this model only.
    ///
    /// The argument `Input`, with `S3Uri`, replaces a larger body, and `Output` stores the answer; both need a permission for
    /// the object, given with [`statement`](Self::statement).
    ///
    /// ```
    /// use infra_lib::stepfunctions::{BedrockModel, Integration, Task};
    /// use serde_json::json;
    ///
    /// let model = BedrockModel::foundation("amazon.titan-text-express-v1");
    /// let body = json!({ "inputText": "{% $states.input.question %}" });
    /// Task::new("Answer", Integration::bedrock_invoke_model(&model, body));
    /// ```
    pub fn bedrock_invoke_model(model: &BedrockModel, body: impl Into<Data>) -> Self {
        let allow = || Statement::allow().action("bedrock:InvokeModel");
        let call = Self::optimized("bedrock:invokeModel")
            .argument("ModelId", model.arn.clone().into_data())
            .argument("ContentType", "application/json")
            .argument("Accept", "application/json")
            .argument("Body", body)
            .statement(allow().resource(&model.arn));
        match &model.behind {
            Some(behind) => call.statement(allow().resource(behind).condition(
                "StringEquals",
                "bedrock:InferenceProfileArn",
                &model.arn,
            )),
            None => call,
        }
    }
}
