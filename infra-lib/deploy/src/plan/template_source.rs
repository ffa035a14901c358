//! Passes a template to CloudFormation: in the request, or through S3 if it is too large.

use std::sync::Arc;

use infra_core::quotas::{INLINE_TEMPLATE_BYTES, TEMPLATE_BYTES};
use infra_core::{Diagnostic, codes};

use super::target::Target;
use crate::assets::{self, StackAssets};
use crate::calls::Calls;
use crate::error::{Class, Error};
use crate::operate::bootstrap;
use infra_aws::{Cloud, PutObject, TemplateSource};
use infra_template::digest::Digest;

/// Returns the template source for `CreateChangeSet`. Uploads the template if it is too large for the request.
pub(crate) async fn create_template_source(
    calls: &Calls,
    cloud: &Arc<dyn Cloud>,
    target: &Target,
    body: String,
    bucket: Option<&str>,
) -> Result<TemplateSource, Error> {
    let (name, bytes) = (&target.stack.name, body.len());
    if bytes <= INLINE_TEMPLATE_BYTES {
        return Ok(TemplateSource::Body(body));
    }
    let refuse = |finding: Diagnostic| {
        Err(Error::new(
            Class::Error,
            finding.path(target.stack.path.clone()),
        ))
    };
    if bytes > TEMPLATE_BYTES {
        return refuse(
            Diagnostic::new(
                codes::TEMPLATE_OVER_LIMIT,
                format!("the template of stack `{name}` has {bytes} bytes"),
            )
            .expected(format!("at most {TEMPLATE_BYTES} bytes"))
            .help("split the stack, and keep resources that change together in one stack"),
        );
    }
    let one = StackAssets {
        stack: &target.stack,
        placeholders: &target.placeholders,
    };
    let known = match bucket {
        Some(named) => Some((named.to_owned(), Arc::clone(&target.cloud))),
        None => match assets::template_bucket(cloud, one, &target.identity).await? {
            Some(known) => Some(known),
            None => bootstrap::find_bucket(&*target.cloud, &target.region)
                .await?
                .map(|bucket| (bucket, Arc::clone(&target.cloud))),
        },
    };
    let Some((bucket, cloud)) = known else {
        return refuse(
            Diagnostic::new(
                codes::NO_TEMPLATE_BUCKET,
                format!("the template of stack `{name}` has {bytes} bytes, but no bucket is set"),
            )
            .expected(format!(
                "at most {INLINE_TEMPLATE_BYTES} bytes without a bucket"
            ))
            .help("create one with `bootstrap`, or use your own with `--bucket NAME`"),
        );
    };
    // The key is derived from the contents: an existing object is equal, and the upload reports success.
    let key = format!("templates/{}.json", Digest::hash_bytes(body.as_bytes()));
    let objects = cloud.s3_client(&target.region);
    let request = PutObject::builder()
        .bucket(bucket.clone())
        .key(key.clone())
        .body(body.into_bytes())
        .content_type("application/json")
        .only_if_absent(true)
        .build();
    calls
        .call_with_retries(|| objects.put_object(request.clone()))
        .await
        .map_err(|error| {
            Error::from_api(
                format!("upload the template of stack `{name}` to bucket `{bucket}`"),
                error,
            )
        })?;
    let url = infra_aws::object_url(&bucket, &target.region, &key);
    Ok(TemplateSource::Url(url))
}
