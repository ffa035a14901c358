//! Client for S3 over the AWS SDK.

use std::collections::BTreeMap;
use std::time::Duration;

use async_trait::async_trait;
use aws_config::SdkConfig;
use aws_sdk_s3::config::Builder;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{Delete, ObjectIdentifier, Tag, Tagging};

use super::time::convert_time;
use super::whole::TruncationDetector;
use super::{ApiResult, problem, retry, text_or_empty};
use crate::{ApiError, ApiErrorKind, ObjectStore, ObjectSummary, ObjectVersion, Page, PutObject};

const SERVICE: &str = "S3";

/// S3 client over the AWS SDK.
#[derive(Debug)]
pub(super) struct Client(aws_sdk_s3::Client);

impl Client {
    /// Creates a client. `path_style` is for endpoints whose bucket names are part of the path.
    pub(super) fn new(config: &SdkConfig, path_style: bool) -> Self {
        let config = Builder::from(config)
            .force_path_style(path_style)
            .interceptor(TruncationDetector)
            .retry_classifier(TruncationDetector)
            .build();
        Self(aws_sdk_s3::Client::from_conf(config))
    }

    async fn upload_object(&self, request: &PutObject) -> ApiResult<()> {
        let patience = Builder::new().timeout_config(retry::upload_timeouts(request.body.len()));
        let mut call = self
            .0
            .put_object()
            .bucket(&request.bucket)
            .key(&request.key)
            .body(ByteStream::from(request.body.clone()))
            .set_content_type(request.content_type.clone())
            .set_content_encoding(request.content_encoding.clone())
            .set_cache_control(request.cache_control.clone());
        for (name, value) in &request.metadata {
            call = call.metadata(name, value);
        }
        if request.only_if_absent {
            call = call.if_none_match("*");
        }
        let call = call.customize().config_override(patience);
        call.send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "PutObject"))?;
        Ok(())
    }
}

#[async_trait]
impl ObjectStore for Client {
    async fn list_objects(
        &self,
        bucket: &str,
        prefix: &str,
        next: Option<String>,
    ) -> ApiResult<Page<ObjectSummary>> {
        let answer = self
            .0
            .list_objects_v2()
            .bucket(bucket)
            .prefix(prefix)
            .set_continuation_token(next)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "ListObjectsV2"))?;
        let objects = answer.contents.unwrap_or_default().into_iter();
        Ok(Page {
            items: objects
                .map(|object| ObjectSummary {
                    key: text_or_empty(object.key),
                    size: object.size.unwrap_or_default(),
                    etag: text_or_empty(object.e_tag).trim_matches('"').to_owned(),
                })
                .collect(),
            next: answer.next_continuation_token,
        })
    }

    async fn bucket_exists(&self, bucket: &str) -> ApiResult<bool> {
        let answer = self.0.head_bucket().bucket(bucket).send().await;
        match answer.map_err(problem::convert_sdk_error(SERVICE, "HeadBucket")) {
            Ok(_) => Ok(true),
            Err(error) if error.kind == ApiErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn put_object(&self, request: PutObject) -> ApiResult<bool> {
        // 409 means that another upload to the same key is in progress: only a retry shows which one was first.
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
        for _ in 0..4 {
            match self.upload_object(&request).await {
                Ok(()) => return Ok(true),
                Err(error) if error.code == "PreconditionFailed" || error.code == "412" => {
                    return Ok(false);
                }
                Err(error) if error.code == "ConditionalRequestConflict" => {
                    tokio::time::sleep(Duration::from_millis(500)).await;
                }
                Err(error) => return Err(error),
            }
        }
        self.upload_object(&request).await.map(|()| true)
    }

    async fn get_object(&self, bucket: &str, key: &str) -> ApiResult<Option<Vec<u8>>> {
        let answer = self.0.get_object().bucket(bucket).key(key).send().await;
        let object = match answer.map_err(problem::convert_sdk_error(SERVICE, "GetObject")) {
            Ok(object) => object,
            Err(error) if error.code == "NoSuchKey" => return Ok(None),
            Err(error) => return Err(error),
        };
        let body = object.body.collect().await.map_err(|error| {
            let said = format!("the content of `{key}` ended early");
            ApiError::without_response(ApiErrorKind::Network, SERVICE, "GetObject", said, error)
        })?;
        Ok(Some(body.to_vec()))
    }

    async fn delete_objects(&self, bucket: &str, keys: &[String]) -> ApiResult<()> {
        let objects = keys
            .iter()
            .map(|key| ObjectIdentifier::builder().key(key).build());
        self.remove_objects(bucket, objects.collect()).await
    }

    async fn list_versions(
        &self,
        bucket: &str,
        next: Option<String>,
    ) -> ApiResult<Page<ObjectVersion>> {
        let (key, version) = parse_marker(next.as_deref());
        let answer = self
            .0
            .list_object_versions()
            .bucket(bucket)
            .set_key_marker(key)
            .set_version_id_marker(version)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "ListObjectVersions"))?;
        let next = answer
            .next_key_marker
            .map(|key| format_marker(&key, answer.next_version_id_marker));
        let versions = answer.versions.unwrap_or_default().into_iter();
        let versions = versions.map(|one| ObjectVersion {
            key: text_or_empty(one.key),
            version: text_or_empty(one.version_id),
            size: one.size.unwrap_or_default(),
            modified: convert_time(one.last_modified),
            is_latest: one.is_latest.unwrap_or_default(),
            is_delete_marker: false,
        });
        let markers = answer.delete_markers.unwrap_or_default().into_iter();
        let markers = markers.map(|one| ObjectVersion {
            key: text_or_empty(one.key),
            version: text_or_empty(one.version_id),
            size: 0,
            modified: convert_time(one.last_modified),
            is_latest: one.is_latest.unwrap_or_default(),
            is_delete_marker: true,
        });
        Ok(Page::new(versions.chain(markers).collect(), next))
    }

    async fn delete_versions(&self, bucket: &str, versions: &[ObjectVersion]) -> ApiResult<()> {
        let objects = versions.iter().map(|one| {
            ObjectIdentifier::builder()
                .key(&one.key)
                .version_id(&one.version)
                .build()
        });
        self.remove_objects(bucket, objects.collect()).await
    }

    async fn get_object_tags(
        &self,
        bucket: &str,
        key: &str,
    ) -> ApiResult<BTreeMap<String, String>> {
        let answer = self
            .0
            .get_object_tagging()
            .bucket(bucket)
            .key(key)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "GetObjectTagging"))?;
        let tags = answer.tag_set.into_iter();
        Ok(tags.map(|tag| (tag.key, tag.value)).collect())
    }

    async fn put_object_tags(
        &self,
        bucket: &str,
        key: &str,
        tags: &BTreeMap<String, String>,
    ) -> ApiResult<()> {
        let tags = tags
            .iter()
            .map(|(key, value)| Tag::builder().key(key).value(value).build());
        let tags: Result<Vec<Tag>, _> = tags.collect();
        let tagging = tags.and_then(|tags| Tagging::builder().set_tag_set(Some(tags)).build());
        let tagging = tagging.map_err(|error| {
            let said = error.to_string();
            let kind = ApiErrorKind::Invalid;
            ApiError::without_response(kind, SERVICE, "PutObjectTagging", said, error)
        })?;
        self.0
            .put_object_tagging()
            .bucket(bucket)
            .key(key)
            .tagging(tagging)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "PutObjectTagging"))?;
        Ok(())
    }
}

/// Formats both markers of the next page of versions as one token: the length of the version ID, a colon, the version ID, and the key.
fn format_marker(key: &str, version: Option<String>) -> String {
    let version = text_or_empty(version);
    format!("{}:{version}{key}", version.len())
}

/// Splits a token of [`format_marker`] into the markers of key and version.
fn parse_marker(token: Option<&str>) -> (Option<String>, Option<String>) {
    let split = token.and_then(|token| {
        let (length, rest) = token.split_once(':')?;
        rest.split_at_checked(length.parse().ok()?)
    });
    match split {
        None => (None, None),
        Some((version, key)) => {
            let version = (!version.is_empty()).then(|| version.to_owned());
            (Some(key.to_owned()), version)
        }
    }
}

impl Client {
    async fn remove_objects(
        &self,
        bucket: &str,
        objects: Result<Vec<ObjectIdentifier>, aws_sdk_s3::error::BuildError>,
    ) -> ApiResult<()> {
        let incomplete = |error: aws_sdk_s3::error::BuildError| {
            let said = error.to_string();
            ApiError::without_response(ApiErrorKind::Invalid, SERVICE, "DeleteObjects", said, error)
        };
        let objects = objects.map_err(incomplete)?;
        if objects.is_empty() {
            return Ok(());
        }
        let delete = Delete::builder()
            .set_objects(Some(objects))
            .quiet(true)
            .build()
            .map_err(incomplete)?;
        let answer = self
            .0
            .delete_objects()
            .bucket(bucket)
            .delete(delete)
            .send()
            .await
            .map_err(problem::convert_sdk_error(SERVICE, "DeleteObjects"))?;
        // The call succeeds even if some objects could not be deleted.
        match answer.errors.unwrap_or_default().into_iter().next() {
            None => Ok(()),
            Some(first) => {
                let said = format!(
                    "`{}`: {}",
                    text_or_empty(first.key),
                    text_or_empty(first.message)
                );
                Err(ApiError::new(
                    SERVICE,
                    "DeleteObjects",
                    text_or_empty(first.code),
                    said,
                ))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{format_marker, parse_marker};

    #[test]
    fn keeps_both_markers_of_next_page() {
        assert_eq!(parse_marker(None), (None, None));
        for (key, version) in [("a:1/é\n.zip", Some("3:x")), ("a.zip", None)] {
            let token = format_marker(key, version.map(str::to_owned));
            let expected = (Some(key.to_owned()), version.map(str::to_owned));
            assert_eq!(parse_marker(Some(&token)), expected);
        }
    }
}
