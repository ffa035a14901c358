//! Simulates S3 buckets with objects, their versions and tags.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::FakeCloud;
use super::world::State;
use infra_aws::{ApiError, ObjectSummary, ObjectVersion, PutObject};

/// Object as it was uploaded last, with its tags and previous versions.
#[derive(Clone, Debug)]
pub(super) struct Object {
    pub(super) upload: PutObject,
    pub(super) tags: BTreeMap<String, String>,
    /// Versions, the newest first.
    versions: Vec<ObjectVersion>,
}

impl FakeCloud {
    /// Enables versioning of a bucket, and creates the bucket if it does not exist.
    pub fn enable_versioning(&self, bucket: &str) {
        self.create_bucket(bucket);
        let mut world = self.lock_world();
        world.state.versioned_buckets.insert(bucket.to_owned());
    }

    /// Returns the tags of an object; empty if it does not exist.
    pub fn object_tags(&self, bucket: &str, key: &str) -> BTreeMap<String, String> {
        let world = self.lock_world();
        let object = world.state.find_object(bucket, key);
        object.map(|object| object.tags.clone()).unwrap_or_default()
    }
}

impl State {
    pub(super) fn find_object(&self, bucket: &str, key: &str) -> Option<&Object> {
        self.buckets.get(bucket)?.get(key)
    }

    pub(super) fn list_objects(
        &self,
        bucket: &str,
        prefix: &str,
    ) -> Result<Vec<ObjectSummary>, ApiError> {
        let Some(objects) = self.buckets.get(bucket) else {
            return Err(bucket_not_found("ListObjectsV2"));
        };
        let found = objects.values().map(|object| &object.upload);
        let found = found.filter(|upload| upload.key.starts_with(prefix));
        Ok(found
            .map(|upload| {
                ObjectSummary::builder()
                    .key(upload.key.clone())
                    .size(byte_count(&upload.body))
                    .etag(compute_etag(&upload.body))
                    .build()
            })
            .collect())
    }

    pub(super) fn list_versions(&self, bucket: &str) -> Result<Vec<ObjectVersion>, ApiError> {
        let Some(objects) = self.buckets.get(bucket) else {
            return Err(bucket_not_found("ListObjectVersions"));
        };
        let versions = objects.values().flat_map(|object| &object.versions);
        Ok(versions.cloned().collect())
    }

    pub(super) fn put_object(
        &mut self,
        request: PutObject,
        now: OffsetDateTime,
    ) -> Result<bool, ApiError> {
        let Some(objects) = self.buckets.get(&request.bucket) else {
            return Err(bucket_not_found("PutObject"));
        };
        if request.only_if_absent && objects.contains_key(&request.key) {
            return Ok(false);
        }
        self.store_object(request, now);
        Ok(true)
    }

    /// Stores an object, and creates the bucket if it does not exist.
    pub(super) fn store_object(&mut self, upload: PutObject, now: OffsetDateTime) {
        let versioned = self.versioned_buckets.contains(&upload.bucket);
        let version = if versioned {
            format!("version-{}", self.next_number())
        } else {
            "null".to_owned()
        };
        let stored = ObjectVersion::builder()
            .key(upload.key.clone())
            .version(version)
            .size(byte_count(&upload.body))
            .modified(now)
            .is_latest(true)
            .build();
        let objects = self.buckets.entry(upload.bucket.clone()).or_default();
        let before = objects.remove(&upload.key);
        let previous = before.map(|object| object.versions).unwrap_or_default();
        let previous = previous.into_iter().filter(|_| versioned).map(|mut one| {
            one.is_latest = false;
            one
        });
        let object = Object {
            tags: BTreeMap::new(),
            versions: std::iter::once(stored).chain(previous).collect(),
            upload,
        };
        objects.insert(object.upload.key.clone(), object);
    }

    /// Deletes versions of objects; an object without any is gone.
    pub(super) fn delete_versions(&mut self, bucket: &str, versions: &[ObjectVersion]) {
        let Some(objects) = self.buckets.get_mut(bucket) else {
            return;
        };
        for deleted in versions {
            if let Some(object) = objects.get_mut(&deleted.key) {
                let mut kept = std::mem::take(&mut object.versions);
                kept.retain(|one| one.version != deleted.version);
                object.versions = kept;
            }
        }
        objects.retain(|_, object| !object.versions.is_empty());
    }

    /// Replaces the tags of an object.
    pub(super) fn tag_object(
        &mut self,
        bucket: &str,
        key: &str,
        tags: &BTreeMap<String, String>,
    ) -> Result<(), ApiError> {
        let objects = self.buckets.get_mut(bucket);
        let Some(object) = objects.and_then(|objects| objects.get_mut(key)) else {
            return Err(key_not_found("PutObjectTagging"));
        };
        object.tags.clone_from(tags);
        Ok(())
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

pub(super) fn key_not_found(operation: &'static str) -> ApiError {
    ApiError::new(
        "S3",
        operation,
        "NoSuchKey",
        "The specified key does not exist.",
    )
}

fn byte_count(body: &[u8]) -> i64 {
    i64::try_from(body.len()).unwrap_or(i64::MAX)
}

/// Returns the MD5 digest of the content, which is the ETag of an object uploaded in one part.
fn compute_etag(body: &[u8]) -> String {
    format!("{:x}", md5::compute(body))
}
