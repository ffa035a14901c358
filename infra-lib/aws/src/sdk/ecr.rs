//! Client for Amazon Elastic Container Registry.

use async_trait::async_trait;
use aws_config::SdkConfig;
use serde_json::json;

use super::ApiResult;
use super::signed::json::{JsonClient, Protocol};
use super::signed::{Endpoint, Service};
use crate::{ApiError, ImageRegistry, RegistryLogin};

const SERVICE: Service = Service {
    name: "ECR",
    id: "ecr",
    signing_name: "ecr",
    endpoint: Endpoint::Ecr,
};

const PROTOCOL: Protocol = Protocol {
    version: "1.1",
    target: "AmazonEC2ContainerRegistry_V20150921",
};

/// ECR client with signed calls.
#[derive(Debug)]
pub(super) struct Client(JsonClient);

impl Client {
    pub(super) fn new(config: &SdkConfig) -> Self {
        Self(JsonClient::new(config, SERVICE, PROTOCOL))
    }
}

#[async_trait]
impl ImageRegistry for Client {
    async fn has_image(&self, repository: &str, tag: &str) -> ApiResult<bool> {
        let input = json!({ "repositoryName": repository, "imageIds": [{ "imageTag": tag }] });
        match self.0.call_operation("DescribeImages", &input).await {
            Ok(_) => Ok(true),
            Err(error) if error.code == "ImageNotFoundException" => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn request_login(&self) -> ApiResult<RegistryLogin> {
        const OPERATION: &str = "GetAuthorizationToken";
        let answer = self.0.call_operation(OPERATION, &json!({})).await?;
        let data = &answer["authorizationData"][0];
        let host = data["proxyEndpoint"].as_str().unwrap_or_default();
        let host = host.trim_start_matches("https://").trim_end_matches('/');
        let token = data["authorizationToken"].as_str().unwrap_or_default();
        let text = aws_smithy_types::base64::decode(token).ok();
        let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
        match text.as_deref().and_then(|text| text.split_once(':')) {
            Some((user, password)) if !host.is_empty() => {
                Ok(RegistryLogin::new(user, password, host))
            }
            // The token is a secret and must not be part of the message.
            _ => Err(ApiError::new(
                "ECR",
                OPERATION,
                "InvalidAnswer",
                "the response contains no authorization token",
            )),
        }
    }
}
