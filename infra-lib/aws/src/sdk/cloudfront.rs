//! Client for CloudFront over the AWS SDK.

use async_trait::async_trait;
use aws_config::SdkConfig;
use aws_sdk_cloudfront::error::BuildError;
use aws_sdk_cloudfront::types::{InvalidationBatch, Paths};

use super::{ApiResult, problem};
use crate::{ApiError, ApiErrorKind, Cdn};

const SERVICE: &str = "CloudFront";

/// CloudFront client over the AWS SDK.
#[derive(Debug)]
pub(super) struct Client(aws_sdk_cloudfront::Client);

impl Client {
    pub(super) fn new(config: &SdkConfig) -> Self {
        Self(aws_sdk_cloudfront::Client::new(config))
    }
}

/// Returns the error for a request without required fields, which is not sent.
fn convert_build_error(error: BuildError) -> ApiError {
    let said = error.to_string();
    ApiError::without_response(
        ApiErrorKind::Invalid,
        SERVICE,
        "CreateInvalidation",
        said,
        error,
    )
}

#[async_trait]
impl Cdn for Client {
    async fn invalidate_paths(
        &self,
        distribution: &str,
        paths: &[String],
        token: &str,
    ) -> ApiResult<String> {
        let count = i32::try_from(paths.len()).unwrap_or(i32::MAX);
        let paths = Paths::builder()
            .quantity(count)
            .set_items(Some(paths.to_vec()))
            .build()
            .map_err(convert_build_error)?;
        let batch = InvalidationBatch::builder()
            .paths(paths)
            .caller_reference(token)
            .build()
            .map_err(convert_build_error)?;
        let answer = self
            .0
            .create_invalidation()
            .distribution_id(distribution)
            .invalidation_batch(batch)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "CreateInvalidation"))?;
        Ok(answer.invalidation.map(|made| made.id).unwrap_or_default())
    }

    async fn is_invalidated(&self, distribution: &str, id: &str) -> ApiResult<bool> {
        let answer = self
            .0
            .get_invalidation()
            .distribution_id(distribution)
            .id(id)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "GetInvalidation"))?;
        Ok(answer
            .invalidation
            .is_some_and(|found| found.status == "Completed"))
    }
}
