//! Removes assets that no stack uses from the bucket and the container repository of the CDK's bootstrap stack.
//!
//! As `cdk gc`, with its tags, so that both commands can be used on one environment. Differences: assets of waiting change sets and of recorded releases, and
//! images named by digest, are in use, a stack in progress or with an unfinished rollback stops the command, previous versions of objects are deleted too, and everything is
//! compared with the templates again right before the first deletion.
//!
//! AWS CDK: [Garbage collection](https://docs.aws.amazon.com/cdk/v2/guide/ref-cli-cmd-gc.html).

mod images;
mod objects;
mod uses;

use std::collections::BTreeMap;
use std::sync::Arc;

use infra_aws::Cloud;
use infra_core::{Diagnostic, codes};
use time::{Duration, OffsetDateTime};

use crate::error::{Class, Error};
use crate::operation::Operation;
use uses::Uses;

/// Name of the stack that `cdk bootstrap` creates by default.
pub const BOOTSTRAP_STACK: &str = "CDKToolkit";

/// The kinds of assets to remove.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum AssetKinds {
    /// Objects of the bucket, and images of the repository.
    #[default]
    All,
    /// Objects of the bucket: files, and folders as ZIP archives.
    Files,
    /// Images of the container repository.
    Images,
}

/// Region, bootstrap stack and ages of a removal.
#[derive(bon::Builder, Clone, Debug, Eq, Hash, PartialEq)]
#[builder(on(String, into))]
#[non_exhaustive]
pub struct GcOptions {
    /// Region of the bootstrap stack. Only stacks of this region can use its assets.
    pub region: String,
    /// Name of the bootstrap stack in CloudFormation. Default: [`BOOTSTRAP_STACK`].
    #[builder(default = BOOTSTRAP_STACK.to_owned())]
    pub bootstrap_stack: String,
    /// Kinds of assets to remove. Default: all.
    #[builder(default)]
    pub kinds: AssetKinds,
    /// Time between the isolation of an unused asset and its deletion. With the default, 0, unused assets are deleted without isolation.
    #[builder(default = Duration::ZERO)]
    pub rollback_buffer: Duration,
    /// Age below which an asset is kept, since the stack that it was published for may not exist yet. Default: 1 day.
    #[builder(default = Duration::DAY)]
    pub created_buffer: Duration,
    /// Number of the newest releases of each app whose assets are kept, so that they can be restored. Only release logs of this region are read. Default: 10.
    #[builder(default = 10)]
    pub kept_releases: usize,
}

/// Result of comparing bucket and repository with the templates. Nothing has been changed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GarbageSurvey {
    /// Region and ages that the survey was made with.
    pub options: GcOptions,
    /// Number of stacks whose templates and change sets were read.
    pub stacks: usize,
    /// Assets of the bucket; `None` if they were not requested, or if the bootstrap stack has no bucket.
    pub bucket: Option<StoreSurvey>,
    /// Assets of the repository; `None` if they were not requested, or if the bootstrap stack has no repository.
    pub repository: Option<StoreSurvey>,
}

impl GarbageSurvey {
    /// Returns true if no asset is to be deleted, isolated or restored.
    pub fn is_empty(&self) -> bool {
        self.stores().all(|store| store.planned().next().is_none())
    }

    /// Returns bucket and repository, as far as they were read.
    pub fn stores(&self) -> impl Iterator<Item = &StoreSurvey> {
        self.bucket.iter().chain(&self.repository)
    }
}

/// Assets of the bucket or of the repository, by what is to be done with them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct StoreSurvey {
    /// Name of the bucket or repository.
    pub name: String,
    /// Number of assets that a template, a parameter or a change set names.
    pub used: usize,
    /// Number of unused assets that are younger than the created buffer.
    pub recent: usize,
    /// Number of isolated assets whose rollback buffer has not passed.
    pub waiting: usize,
    /// Number of objects or images with a name that is not the hash of an asset. They are never changed.
    pub foreign: usize,
    /// Assets to delete, by name.
    pub delete: Vec<StoredAsset>,
    /// Assets to isolate: they get a tag with the current time.
    pub isolate: Vec<StoredAsset>,
    /// Isolated assets that are in use again: they lose the tag.
    pub restore: Vec<StoredAsset>,
}

impl StoreSurvey {
    fn planned(&self) -> impl Iterator<Item = &StoredAsset> {
        self.delete.iter().chain(&self.isolate).chain(&self.restore)
    }

    /// Adds an asset to the list or number of its fate.
    fn add_asset(&mut self, asset: StoredAsset, fate: Fate) {
        match fate {
            Fate::Used => self.used += 1,
            Fate::Recent => self.recent += 1,
            Fate::Waiting => self.waiting += 1,
            Fate::Delete => self.delete.push(asset),
            Fate::Isolate => self.isolate.push(asset),
            Fate::Restore => {
                self.used += 1;
                self.restore.push(asset);
            }
        }
    }

    /// Moves assets that have come into use since the survey out of the lists that assume the opposite.
    fn keep_used(&mut self, uses: &Uses) {
        let (delete, isolate) = (&mut self.delete, &mut self.isolate);
        let before = delete.len() + isolate.len();
        delete.retain(|asset| !uses.names_any(&asset.hashes));
        isolate.retain(|asset| !uses.names_any(&asset.hashes));
        self.used += before - delete.len() - isolate.len();
        self.restore.retain(|asset| uses.names_any(&asset.hashes));
    }
}

/// An object or image with its size.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct StoredAsset {
    /// Key of the object, or first tag of the image.
    pub name: String,
    /// Number of stored versions of the object, without delete markers; 1 for an image.
    pub versions: usize,
    /// Size of all versions in bytes; for an image that of its layers, also of those that other images share.
    pub bytes: u64,
    /// Hashes under which templates can name the asset.
    hashes: Vec<String>,
    /// Identity of the asset in its store.
    stored: Stored,
}

/// Identity of an asset in its store, with the tags that isolate it.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Stored {
    /// Version IDs of an object, with delete markers, and the tags of its current version.
    Object {
        versions: Vec<String>,
        tags: BTreeMap<String, String>,
    },
    /// Digest of an image, and its tags of isolation.
    Image {
        digest: String,
        isolations: Vec<String>,
    },
}

impl Default for Stored {
    fn default() -> Self {
        Self::Object {
            versions: Vec::new(),
            tags: BTreeMap::new(),
        }
    }
}

/// Assets to change, decided by their use and age.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Fate {
    Used,
    Recent,
    Waiting,
    Delete,
    Isolate,
    Restore,
}

/// Ages of an asset: times of its publication and of its isolation.
#[derive(Clone, Copy, Debug, Default)]
struct Ages {
    created: Option<OffsetDateTime>,
    isolated: Option<OffsetDateTime>,
}

/// Decides on an asset. One of unknown age is kept.
fn decide_fate(options: &GcOptions, now: OffsetDateTime, is_used: bool, ages: Ages) -> Fate {
    let is_old = |created| now - created >= options.created_buffer;
    match ages.isolated {
        Some(_) if is_used => Fate::Restore,
        None if is_used => Fate::Used,
        _ if !ages.created.is_some_and(is_old) => Fate::Recent,
        _ if options.rollback_buffer <= Duration::ZERO => Fate::Delete,
        None => Fate::Isolate,
        Some(at) if now - at >= options.rollback_buffer => Fate::Delete,
        Some(_) => Fate::Waiting,
    }
}

/// Compares the assets of a bootstrap stack with the templates of all stacks of its region. Makes read-only calls.
///
/// # Errors
///
/// When the bootstrap stack does not exist, the state of a stack makes its assets unknown (INF7451), or a call fails.
pub fn survey_garbage(cloud: Arc<dyn Cloud>, options: GcOptions) -> Operation<GarbageSurvey> {
    Operation::new(|_| async move {
        let stores = find_stores(&*cloud, &options).await?;
        let uses = uses::read_uses(&cloud, &options).await?;
        let now = cloud.current_time();
        let bucket = match &stores.bucket {
            Some(name) if options.kinds != AssetKinds::Images => {
                let store = cloud.s3_client(&options.region);
                Some(objects::survey_objects(&*store, name, &uses, &options, now).await?)
            }
            _ => None,
        };
        let repository = match &stores.repository {
            Some(name) if options.kinds != AssetKinds::Files => {
                let registry = cloud.ecr_client(&options.region);
                Some(images::survey_images(&*registry, name, &uses, &options, now).await?)
            }
            _ => None,
        };
        Ok(GarbageSurvey {
            options,
            stacks: uses.stacks,
            bucket,
            repository,
        })
    })
}

/// Deletes, isolates and restores the assets of a survey, and returns the actions. The templates are read again first: an asset that is in use now is kept.
///
/// # Errors
///
/// As [`survey_garbage`], before the first change. A call that fails afterwards leaves the remaining assets, which the next run finds again.
pub fn collect_garbage(
    cloud: Arc<dyn Cloud>,
    mut survey: GarbageSurvey,
) -> Operation<GarbageSurvey> {
    Operation::new(|_| async move {
        let region = survey.options.region.clone();
        let uses = uses::read_uses(&cloud, &survey.options).await?;
        let now = cloud.current_time();
        for store in survey.bucket.iter_mut().chain(&mut survey.repository) {
            store.keep_used(&uses);
        }
        if let Some(bucket) = &survey.bucket {
            objects::collect_objects(&*cloud.s3_client(&region), bucket, now).await?;
        }
        if let Some(repository) = &survey.repository {
            images::collect_images(&*cloud.ecr_client(&region), repository, now).await?;
        }
        Ok(survey)
    })
}

/// Bucket and repository of a bootstrap stack.
struct Stores {
    bucket: Option<String>,
    repository: Option<String>,
}

async fn find_stores(cloud: &dyn Cloud, options: &GcOptions) -> Result<Stores, Error> {
    let name = &options.bootstrap_stack;
    let client = cloud.cloudformation_client(&options.region);
    let found = client.describe_stack(name).await;
    let found =
        found.map_err(|error| Error::from_api(format!("describe stack `{name}`"), error))?;
    let Some(stack) = found.filter(|stack| !stack.status.is_deleted()) else {
        let finding = Diagnostic::new(
            codes::NOT_BOOTSTRAPPED,
            format!(
                "the stack `{name}` with the bucket and repository of assets does not exist in {}",
                options.region
            ),
        )
        .help("name the bootstrap stack with `--bootstrap-stack-name`, and its region with `--region`");
        return Err(Error::new(Class::Error, finding));
    };
    // Names of the outputs in the template of `cdk bootstrap`.
    let output = |wanted: &str| {
        let found = stack.outputs.iter().find(|output| output.name == wanted);
        found.map(|output| output.value.clone())
    };
    Ok(Stores {
        bucket: output("BucketName"),
        repository: output("ImageRepositoryName"),
    })
}

/// Returns the time in a tag of isolation: milliseconds since 1970, as the CDK writes it. Other text counts as no time.
fn parse_isolation(text: &str) -> Option<OffsetDateTime> {
    let milliseconds: i128 = text.parse().ok()?;
    OffsetDateTime::from_unix_timestamp_nanos(milliseconds.checked_mul(1_000_000)?).ok()
}

/// Formats the time of an isolation for a tag.
fn format_isolation(at: OffsetDateTime) -> String {
    (at.unix_timestamp_nanos() / 1_000_000).to_string()
}

#[cfg(test)]
mod tests {
    use infra_fake::START;
    use time::Duration;

    use super::{Ages, Fate, GcOptions, decide_fate, format_isolation, parse_isolation};

    #[test]
    fn decides_by_use_and_age() {
        let days = |days: i64| Some(START - Duration::days(days));
        let fate = |rollback: i64, is_used, created, isolated| {
            let options = GcOptions::builder()
                .region("eu-west-1")
                .rollback_buffer(Duration::days(rollback))
                .build();
            decide_fate(&options, START, is_used, Ages { created, isolated })
        };
        assert_eq!(fate(0, true, days(9), None), Fate::Used);
        assert_eq!(fate(0, true, days(9), days(5)), Fate::Restore);
        assert_eq!(fate(0, false, days(1), None), Fate::Delete);
        assert_eq!(fate(0, false, days(0), None), Fate::Recent);
        assert_eq!(fate(0, false, None, days(9)), Fate::Recent);
        assert_eq!(fate(7, false, days(9), None), Fate::Isolate);
        assert_eq!(fate(7, false, days(9), days(6)), Fate::Waiting);
        assert_eq!(fate(7, false, days(9), days(7)), Fate::Delete);
    }

    #[test]
    fn reads_back_time_of_isolation() {
        assert_eq!(parse_isolation(&format_isolation(START)), Some(START));
        assert_eq!(parse_isolation("yesterday"), None);
    }
}
