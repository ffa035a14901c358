//! Uploads files in order, invalidates paths in CloudFront, and removes stale files.

use std::sync::Arc;
use std::time::Duration;

use infra_core::{Diagnostic, codes};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use super::files::Caching;
use super::{PublishUntil, SiteOptions, SitePlan, Upload, journal};
use crate::error::{Class, Error};
use crate::event::Event;
use crate::operation::Reporter;
use infra_aws::{ApiError, Cloud, ObjectStore, PutObject, retry_transient};
use infra_template::digest::Digest;

/// Number of concurrent uploads.
const PARALLEL: usize = 8;

/// Maximum number of keys per `DeleteObjects` request: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html>.
const REMOVED_AT_ONCE: usize = 1_000;

/// Time limit for an invalidation, which usually takes a minute or two.
const INVALIDATION_LIMIT: Duration = Duration::from_mins(20);

/// Result of a publication that has uploaded and removed all files of its plan.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Published {
    /// Plan that was executed, with the site and its files.
    pub plan: SitePlan,
    /// ID of the CloudFront invalidation; `None` if no cached path has changed.
    pub invalidation: Option<String>,
    /// True if all edges of CloudFront serve the new version; false if that was not waited for, or took too long.
    pub everywhere: bool,
    /// Duration of the publication, including the wait for the invalidation.
    pub elapsed: Duration,
}

pub(super) async fn publish_files(
    cloud: &Arc<dyn Cloud>,
    plan: SitePlan,
    options: &SiteOptions,
    reporter: &Reporter,
) -> Result<Published, Error> {
    let started = Instant::now();
    let store = cloud.s3_client(&plan.site.region);
    let mut progress = Progress {
        reporter,
        done: 0,
        total: plan.uploads.len() + plan.unchanged.len() + plan.stale.len(),
    };
    for upload in &plan.unchanged {
        progress.report_file("unchanged", &upload.key, upload.bytes);
    }
    let noted = !plan.invalidation.paths.is_empty();
    for caching in [Caching::Immutable, Caching::Checked, Caching::Page] {
        let phase: Vec<&Upload> = plan
            .uploads
            .iter()
            .filter(|upload| upload.caching == caching)
            .collect();
        // Visitors see changes from here on.
        if caching == Caching::Checked && noted {
            let paths = &plan.invalidation.paths;
            retry_transient(|| journal::write_journal(&*store, &plan.site.bucket, paths))
                .await
                .map_err(|error| {
                    interrupted_error(&plan, Caching::Immutable, journal::KEY, error)
                })?;
        }
        let uploaded = upload_all(&store, &plan, phase, caching, &mut progress).await;
        uploaded.map_err(|error| match caching {
            Caching::Immutable => error,
            Caching::Checked | Caching::Page => as_partial(error),
        })?;
    }
    // Stale files must be removed before the edges fetch again; files that old pages still load are removed last.
    let assets = plan.site.assets.as_deref();
    let (hashed, others): (Vec<String>, Vec<String>) = plan
        .stale
        .iter()
        .cloned()
        .partition(|key| Caching::for_file(key, assets) == Caching::Immutable);
    remove_stale(&*store, &plan, &others, &mut progress)
        .await
        .map_err(as_partial)?;
    let mut invalidation = None;
    let mut everywhere = !noted;
    if noted {
        let id = create_invalidation(cloud, &plan)
            .await
            .map_err(as_partial)?;
        if options.until == PublishUntil::Completed {
            everywhere = wait_for_invalidation(cloud, &plan, &id, reporter)
                .await
                .map_err(as_partial)?;
        }
        invalidation = Some(id);
    }
    remove_stale(&*store, &plan, &hashed, &mut progress)
        .await
        .map_err(as_partial)?;
    if noted || plan.resumed {
        retry_transient(|| journal::remove_journal(&*store, &plan.site.bucket))
            .await
            .map_err(|error| {
                as_partial(Error::from_api(
                    format!("remove `{}` from `{}`", journal::KEY, plan.site.bucket),
                    error,
                ))
            })?;
    }
    Ok(Published {
        plan,
        invalidation,
        everywhere,
        elapsed: started.elapsed(),
    })
}

/// Sets the class of errors after which visitors may see parts of the new version.
fn as_partial(mut error: Error) -> Error {
    error.class = Class::Partial;
    error
}

struct Progress<'r> {
    reporter: &'r Reporter,
    done: usize,
    total: usize,
}

impl Progress<'_> {
    fn report_file(&mut self, action: &str, key: &str, bytes: u64) {
        self.done += 1;
        self.reporter.send_event(Event::File {
            action: action.to_owned(),
            key: key.to_owned(),
            bytes,
            done: self.done,
            total: self.total,
        });
    }
}

/// Uploads several files concurrently. The first failure ends it and abandons uploads in progress.
async fn upload_all(
    store: &Arc<dyn ObjectStore>,
    plan: &SitePlan,
    uploads: Vec<&Upload>,
    phase: Caching,
    progress: &mut Progress<'_>,
) -> Result<(), Error> {
    let mut waiting = uploads.into_iter();
    let mut running = JoinSet::new();
    loop {
        while running.len() < PARALLEL
            && let Some(upload) = waiting.next()
        {
            let (store, upload) = (store.clone(), upload.clone());
            let bucket = plan.site.bucket.clone();
            running.spawn(async move {
                let result = upload_file(&*store, &bucket, &upload).await;
                (upload, result)
            });
        }
        let Some(joined) = running.join_next().await else {
            return Ok(());
        };
        let Ok((upload, result)) = joined else {
            // The task panicked; the next run uploads its file.
            let finding =
                Diagnostic::new(codes::NOT_PUBLISHED, "an upload ended without a response")
                    .help("run the command again: it resumes where it was interrupted");
            return Err(Error::new(Class::Error, finding));
        };
        match result {
            Ok(()) => progress.report_file("upload", &upload.key, upload.bytes),
            Err(UploadError::Api(error)) => {
                return Err(interrupted_error(plan, phase, &upload.key, error));
            }
            Err(UploadError::File(message)) => {
                let finding = Diagnostic::new(codes::NOT_PUBLISHED, message)
                    .note(describe_visible_state(plan, phase))
                    .help(
                        "run the command again once the build is done: it resumes where it was interrupted",
                    );
                return Err(Error::new(Class::Error, finding));
            }
        }
    }
}

enum UploadError {
    Api(ApiError),
    File(String),
}

async fn upload_file(
    store: &dyn ObjectStore,
    bucket: &str,
    upload: &Upload,
) -> Result<(), UploadError> {
    let content = std::fs::read(&upload.path).map_err(|error| {
        UploadError::File(format!("cannot read `{}`: {error}", upload.path.display()))
    })?;
    if content.len() as u64 != upload.bytes {
        return Err(UploadError::File(format!(
            "`{}` changed while it was published",
            upload.path.display()
        )));
    }
    let request = PutObject::builder()
        .bucket(bucket)
        .key(upload.key.clone())
        .body(content)
        .content_type(upload.content_type)
        .cache_control(upload.caching.header().to_owned())
        .build();
    retry_transient(|| store.put_object(request.clone()))
        .await
        .map(|_| ())
        .map_err(UploadError::Api)
}

fn interrupted_error(plan: &SitePlan, phase: Caching, key: &str, error: ApiError) -> Error {
    let doing = format!("upload `{key}` to the bucket `{}`", plan.site.bucket);
    let finding = Diagnostic::new(
        codes::NOT_PUBLISHED,
        format!("the new version of `{}` is not published", plan.site.name),
    )
    .note(describe_visible_state(plan, phase))
    .help("run the command again: it resumes where it was interrupted");
    Error::from_api(doing, error).with_finding(finding)
}

/// Describes the state that visitors see after a failure in this phase.
fn describe_visible_state(plan: &SitePlan, phase: Caching) -> String {
    let pages = plan
        .uploads
        .iter()
        .filter(|upload| upload.caching == Caching::Page);
    match phase {
        Caching::Immutable => "visitors see the complete previous version".to_owned(),
        Caching::Checked => {
            "visitors see the pages of the previous version; files without a hash in their name may be new".to_owned()
        }
        Caching::Page => format!(
            "all files that the new pages refer to are uploaded; some of the {} pages may be new, others old",
            pages.count()
        ),
    }
}

async fn create_invalidation(cloud: &Arc<dyn Cloud>, plan: &SitePlan) -> Result<String, Error> {
    let paths = &plan.invalidation.paths;
    // All attempts of this run share one token; the next run has another one.
    let identity = format!(
        "{} {}",
        cloud.current_time().unix_timestamp_nanos(),
        paths.join(" ")
    );
    let token = Digest::hash_bytes(identity.as_bytes());
    let cdn = cloud.cloudfront_client();
    retry_transient(|| cdn.invalidate_paths(&plan.site.distribution, paths, token.short()))
        .await
        .map_err(|error| {
            let finding = Diagnostic::new(
                codes::NOT_PUBLISHED,
                "the files are there, but CloudFront edge locations may still serve the previous version",
            )
            .help("run the command again: it uploads nothing and only creates the invalidation");
            let doing = format!(
                "create an invalidation of the distribution `{}`",
                plan.site.distribution
            );
            Error::from_api(doing, error).with_finding(finding)
        })
}

/// Waits for an invalidation. Returns false if it did not complete in time.
async fn wait_for_invalidation(
    cloud: &Arc<dyn Cloud>,
    plan: &SitePlan,
    id: &str,
    reporter: &Reporter,
) -> Result<bool, Error> {
    reporter.send_event(Event::Notice {
        stack: Some(plan.site.stack.clone()),
        message: format!("waiting for the CloudFront edge locations (invalidation {id})"),
    });
    let cdn = cloud.cloudfront_client();
    let started = Instant::now();
    while started.elapsed() < INVALIDATION_LIMIT {
        let done = retry_transient(|| cdn.is_invalidated(&plan.site.distribution, id)).await;
        if done.map_err(|error| Error::from_api(format!("get the invalidation `{id}`"), error))? {
            return Ok(true);
        }
        sleep(Duration::from_secs(5)).await;
    }
    reporter.send_event(Event::Notice {
        stack: Some(plan.site.stack.clone()),
        message: format!(
            "the invalidation did not finish within {} minutes; CloudFront continues",
            INVALIDATION_LIMIT.as_secs() / 60
        ),
    });
    Ok(false)
}

async fn remove_stale(
    store: &dyn ObjectStore,
    plan: &SitePlan,
    stale: &[String],
    progress: &mut Progress<'_>,
) -> Result<(), Error> {
    for keys in stale.chunks(REMOVED_AT_ONCE) {
        retry_transient(|| store.delete_objects(&plan.site.bucket, keys))
            .await
            .map_err(|error| {
                let finding = Diagnostic::new(
                    codes::NOT_PUBLISHED,
                    "the new version is published; files of the previous version still exist",
                )
                .help("run the command again, or keep them with `--keep-stale`");
                let doing = format!("remove files from the bucket `{}`", plan.site.bucket);
                Error::from_api(doing, error).with_finding(finding)
            })?;
        for key in keys {
            progress.report_file("remove", key, 0);
        }
    }
    Ok(())
}
