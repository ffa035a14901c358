//! Client for the Cloud Control API: resources of any type of the CloudFormation registry.

use async_trait::async_trait;
use aws_config::SdkConfig;
use serde_json::{Value as JsonValue, json};

use super::ApiResult;
use super::signed::json::{JsonClient, Protocol};
use super::signed::{Endpoint, Service};
use crate::{ApiError, ApiErrorKind, CloudControl, FoundResource, Page};

const SERVICE: Service = Service {
    name: "Cloud Control",
    id: "cloudcontrol",
    signing_name: "cloudcontrolapi",
    endpoint: Endpoint::RegionalOrFips("cloudcontrolapi"),
};

const PROTOCOL: Protocol = Protocol {
    version: "1.0",
    target: "CloudApiService",
};

/// Number of resources on a page, as in the CDK.
const PAGE: u32 = 100;

/// Cloud Control client with signed calls.
#[derive(Debug)]
pub(super) struct Client(JsonClient);

impl Client {
    pub(super) fn new(config: &SdkConfig) -> Self {
        Self(JsonClient::new(config, SERVICE, PROTOCOL))
    }
}

/// Reads a description, whose properties are JSON in a string.
fn parse_resource(operation: &'static str, found: &JsonValue) -> ApiResult<FoundResource> {
    let properties = found["Properties"].as_str().unwrap_or("{}");
    let properties = serde_json::from_str(properties).map_err(|error| {
        let said = format!("the properties of a resource are not JSON: {error}");
        let kind = ApiErrorKind::Unreadable;
        ApiError::without_response(kind, SERVICE.name, operation, said, error)
    })?;
    Ok(FoundResource {
        identifier: found["Identifier"].as_str().map(str::to_owned),
        properties,
    })
}

#[async_trait]
impl CloudControl for Client {
    async fn get_resource(
        &self,
        type_name: &str,
        identifier: &str,
    ) -> ApiResult<Option<FoundResource>> {
        const OPERATION: &str = "GetResource";
        let input = json!({ "TypeName": type_name, "Identifier": identifier });
        match self.0.call_operation(OPERATION, &input).await {
            Ok(answer) => parse_resource(OPERATION, &answer["ResourceDescription"]).map(Some),
            Err(error) if error.code == "ResourceNotFoundException" => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn list_resources(
        &self,
        type_name: &str,
        model: Option<&JsonValue>,
        next: Option<String>,
    ) -> ApiResult<Page<FoundResource>> {
        const OPERATION: &str = "ListResources";
        let mut input = json!({ "TypeName": type_name, "MaxResults": PAGE });
        if let Some(model) = model {
            input["ResourceModel"] = model.to_string().into();
        }
        if let Some(next) = next {
            input["NextToken"] = next.into();
        }
        let answer = self.0.call_operation(OPERATION, &input).await?;
        let found = answer["ResourceDescriptions"].as_array().into_iter();
        let found = found
            .flatten()
            .map(|found| parse_resource(OPERATION, found));
        let next = answer["NextToken"].as_str().map(str::to_owned);
        Ok(Page::new(found.collect::<ApiResult<_>>()?, next))
    }
}
