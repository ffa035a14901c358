//! Client for CloudFront over the AWS SDK.

use async_trait::async_trait;
use aws_config::SdkConfig;
use aws_sdk_cloudfront::error::BuildError;
use aws_sdk_cloudfront::types::{InvalidationBatch, Paths};

use super::{Answer, problem};
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
fn incomplete(error: BuildError) -> ApiError {
    let said = error.to_string();
    ApiError::no_answer(
        ApiErrorKind::Invalid,
        SERVICE,
        "CreateInvalidation",
        said,
        error,
    )
}

#[async_trait]
impl Cdn for Client {
    async fn invalidate(
        &self,
        distribution: &str,
        paths: &[String],
        token: &str,
    ) -> Answer<String> {
        let count = i32::try_from(paths.len()).unwrap_or(i32::MAX);
        let paths = Paths::builder()
            .quantity(count)
            .set_items(Some(paths.to_vec()))
            .build()
            .map_err(incomplete)?;
        let batch = InvalidationBatch::builder()
            .paths(paths)
            .caller_reference(token)
            .build()
            .map_err(incomplete)?;
        let answer = self
            .0
            .create_invalidation()
            .distribution_id(distribution)
            .invalidation_batch(batch)
            .send()
            .await
            .map_err(problem::of(SERVICE, "CreateInvalidation"))?;
        Ok(answer.invalidation.map(|made| made.id).unwrap_or_default())
    }

    async fn is_invalidated(&self, distribution: &str, id: &str) -> Answer<bool> {
        let answer = self
            .0
            .get_invalidation()
            .distribution_id(distribution)
            .id(id)
            .send()
            .await
            .map_err(problem::of(SERVICE, "GetInvalidation"))?;
        Ok(answer
            .invalidation
            .is_some_and(|found| found.status == "Completed"))
    }
}
