//! Simulates S3 buckets with objects.

use super::world::State;
use infra_aws::{ApiError, ObjectSummary, PutObject};

/// Object as it was uploaded.
pub(super) type Object = PutObject;

impl State {
    pub(super) fn list_objects(
        &self,
        bucket: &str,
        prefix: &str,
    ) -> Result<Vec<ObjectSummary>, ApiError> {
        let Some(objects) = self.buckets.get(bucket) else {
            return Err(bucket_not_found("ListObjectsV2"));
        };
        let found = objects
            .values()
            .filter(|object| object.key.starts_with(prefix));
        Ok(found
            .map(|object| {
                ObjectSummary::builder()
                    .key(object.key.clone())
                    .size(i64::try_from(object.body.len()).unwrap_or(i64::MAX))
                    .etag(compute_etag(&object.body))
                    .build()
            })
            .collect())
    }

    pub(super) fn put_object(&mut self, request: PutObject) -> Result<bool, ApiError> {
        let Some(objects) = self.buckets.get_mut(&request.bucket) else {
            return Err(bucket_not_found("PutObject"));
        };
        if request.only_if_absent && objects.contains_key(&request.key) {
            return Ok(false);
        }
        objects.insert(request.key.clone(), request);
        Ok(true)
    }
}

fn bucket_not_found(operation: &'static str) -> ApiError {
    ApiError::new(
        "S3",
        operation,
        "NoSuchBucket",
        "The specified bucket does not exist",
    )
}

/// Returns the MD5 digest of the content, which is the ETag of an object uploaded in one part.
fn compute_etag(body: &[u8]) -> String {
    format!("{:x}", md5::compute(body))
}
