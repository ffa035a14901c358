//! Client for Amazon Elastic Container Registry.

use async_trait::async_trait;
use aws_config::SdkConfig;
use aws_smithy_types::DateTime;
use serde_json::{Value as JsonValue, json};

use super::ApiResult;
use super::signed::json::{JsonClient, Protocol};
use super::signed::{Endpoint, Service};
use super::time::convert_time;
use crate::{ApiError, ImageRegistry, Page, RegistryImage, RegistryLogin};

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

    async fn list_images(
        &self,
        repository: &str,
        next: Option<String>,
    ) -> ApiResult<Page<RegistryImage>> {
        let mut input = json!({ "repositoryName": repository, "maxResults": 1_000 });
        if let Some(next) = next {
            input["nextToken"] = JsonValue::String(next);
        }
        let answer = self.0.call_operation("DescribeImages", &input).await?;
        let images = answer["imageDetails"].as_array().into_iter().flatten();
        let next = answer["nextToken"].as_str().map(str::to_owned);
        Ok(Page::new(images.map(parse_image).collect(), next))
    }

    async fn tag_image(&self, repository: &str, digest: &str, tag: &str) -> ApiResult<()> {
        let read = json!({ "repositoryName": repository, "imageIds": [{ "imageDigest": digest }] });
        let answer = self.0.call_operation("BatchGetImage", &read).await?;
        check_failures("BatchGetImage", &answer)?;
        let image = &answer["images"][0];
        let mut write = json!({
            "repositoryName": repository,
            "imageManifest": image["imageManifest"],
            "imageDigest": digest,
            "imageTag": tag,
        });
        if let Some(kind) = image["imageManifestMediaType"].as_str() {
            write["imageManifestMediaType"] = kind.into();
        }
        match self.0.call_operation("PutImage", &write).await {
            Ok(_) => Ok(()),
            Err(error) if error.code == "ImageAlreadyExistsException" => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn remove_tags(&self, repository: &str, tags: &[String]) -> ApiResult<()> {
        let ids = tags.iter().map(|tag| json!({ "imageTag": tag }));
        self.delete_ids(repository, ids.collect()).await
    }

    async fn delete_images(&self, repository: &str, digests: &[String]) -> ApiResult<()> {
        let ids = digests
            .iter()
            .map(|digest| json!({ "imageDigest": digest }));
        self.delete_ids(repository, ids.collect()).await
    }
}

impl Client {
    async fn delete_ids(&self, repository: &str, ids: Vec<JsonValue>) -> ApiResult<()> {
        if ids.is_empty() {
            return Ok(());
        }
        let input = json!({ "repositoryName": repository, "imageIds": ids });
        let answer = self.0.call_operation("BatchDeleteImage", &input).await?;
        check_failures("BatchDeleteImage", &answer)
    }
}

/// Returns the first failure of a batch: the call succeeds even if it failed for some images. One that is gone already is not a failure.
fn check_failures(operation: &'static str, answer: &JsonValue) -> ApiResult<()> {
    let failures = answer["failures"].as_array().into_iter().flatten();
    let is_gone = |code: &str| operation == "BatchDeleteImage" && code == "ImageNotFound";
    for failure in failures {
        let code = failure["failureCode"].as_str().unwrap_or_default();
        if !is_gone(code) {
            let reason = failure["failureReason"].as_str().unwrap_or_default();
            return Err(ApiError::new("ECR", operation, code, reason));
        }
    }
    Ok(())
}

fn parse_image(image: &JsonValue) -> RegistryImage {
    let tags = image["imageTags"].as_array().into_iter().flatten();
    let pushed = image["imagePushedAt"].as_f64().map(DateTime::from_secs_f64);
    RegistryImage {
        digest: image["imageDigest"].as_str().unwrap_or_default().to_owned(),
        tags: tags
            .filter_map(|tag| tag.as_str().map(str::to_owned))
            .collect(),
        size: image["imageSizeInBytes"].as_i64().unwrap_or_default(),
        pushed: convert_time(pushed),
    }
}
