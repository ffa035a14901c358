//! Removes objects from the bucket of a bootstrap stack.

use std::collections::BTreeMap;

use infra_aws::{ObjectStore, ObjectVersion, retry_transient};
use time::OffsetDateTime;

use super::super::read_all_pages;
use super::uses::{HASH_LENGTH, Uses, is_hash_digit};
use super::{
    Ages, GcOptions, StoreSurvey, Stored, StoredAsset, decide_fate, format_isolation,
    parse_isolation,
};
use crate::error::Error;
use crate::together::{collect_results, run_concurrently};

/// Key of the tag that `cdk gc` uses too. Its value is the time of the isolation.
const ISOLATED: &str = "aws-cdk:isolated";

/// Number of objects whose tags are read or written at the same time.
const AT_ONCE: usize = 32;

/// Maximum number of versions in one request of `DeleteObjects`.
const DELETED_AT_ONCE: usize = 1_000;

/// Compares the objects of a bucket with the hashes that are in use.
pub(super) async fn survey_objects(
    store: &dyn ObjectStore,
    bucket: &str,
    uses: &Uses,
    options: &GcOptions,
    now: OffsetDateTime,
) -> Result<StoreSurvey, Error> {
    let versions =
        read_all_pages(|next| retry_transient(move || store.list_versions(bucket, next.clone())));
    let versions = versions
        .await
        .map_err(|error| Error::from_api(format!("list the objects of `{bucket}`"), error))?;
    let mut objects: BTreeMap<String, Vec<ObjectVersion>> = BTreeMap::new();
    for version in versions {
        objects
            .entry(version.key.clone())
            .or_default()
            .push(version);
    }
    let mut survey = StoreSurvey {
        name: bucket.to_owned(),
        ..StoreSurvey::default()
    };
    let mut known = Vec::new();
    for (key, versions) in objects {
        match parse_hash(&key) {
            Some(hash) => known.push(KnownObject::new(hash.to_owned(), key, versions)),
            None => survey.foreign += 1,
        }
    }
    for some in known.chunks_mut(AT_ONCE) {
        let tags = run_concurrently(some.iter().map(|object| async {
            // A deleted object has no tags, and one that is too young for any change needs none.
            let is_used = uses.names_any(&object.asset.hashes);
            let fate = decide_fate(options, now, is_used, object.ages);
            if object.is_deleted || fate == super::Fate::Recent {
                return Ok(None);
            }
            read_tags(store, bucket, &object.asset.name).await.map(Some)
        }));
        let tags = collect_results(tags.await)?;
        for (object, tags) in some.iter_mut().zip(tags) {
            if let Some(tags) = tags {
                object.add_tags(tags);
            }
        }
    }
    for object in known {
        let is_used = uses.names_any(&object.asset.hashes);
        let ages = match object {
            // A deleted object cannot be restored by removing a tag.
            KnownObject {
                ages, is_deleted, ..
            } if is_deleted && is_used => Ages {
                isolated: None,
                ..ages
            },
            KnownObject { ages, .. } => ages,
        };
        survey.add_asset(object.asset, decide_fate(options, now, is_used, ages));
    }
    Ok(survey)
}

/// Deletes, isolates and restores objects.
pub(super) async fn collect_objects(
    store: &dyn ObjectStore,
    survey: &StoreSurvey,
    now: OffsetDateTime,
) -> Result<(), Error> {
    let bucket = &survey.name;
    let changes = survey.restore.iter().map(|asset| (asset, None));
    let isolated = Some(format_isolation(now));
    let changes: Vec<_> = changes
        .chain(
            survey
                .isolate
                .iter()
                .map(|asset| (asset, isolated.as_ref())),
        )
        .collect();
    for some in changes.chunks(AT_ONCE) {
        let written = run_concurrently(some.iter().map(|(asset, isolated)| async move {
            let mut tags = match &asset.stored {
                Stored::Object { tags, .. } => tags.clone(),
                Stored::Image { .. } => return Ok(()),
            };
            tags.remove(ISOLATED);
            tags.extend(isolated.map(|at| (ISOLATED.to_owned(), at.clone())));
            let (key, tags) = (&asset.name, &tags);
            let written = retry_transient(|| store.put_object_tags(bucket, key, tags)).await;
            written.map_err(|error| Error::from_api(format!("tag the object `{key}`"), error))
        }));
        collect_results(written.await)?;
    }
    let versions = survey.delete.iter().flat_map(|asset| {
        let versions = match &asset.stored {
            Stored::Object { versions, .. } => versions.as_slice(),
            Stored::Image { .. } => &[],
        };
        versions.iter().map(|version| {
            ObjectVersion::builder()
                .key(asset.name.clone())
                .version(version.clone())
                .build()
        })
    });
    let versions: Vec<ObjectVersion> = versions.collect();
    for some in versions.chunks(DELETED_AT_ONCE) {
        let deleted = retry_transient(|| store.delete_versions(bucket, some)).await;
        deleted.map_err(|error| Error::from_api(format!("delete objects of `{bucket}`"), error))?;
    }
    Ok(())
}

/// An object whose name is the hash of an asset.
struct KnownObject {
    asset: StoredAsset,
    ages: Ages,
    /// True if the latest version is a delete marker, so that only previous versions have content.
    is_deleted: bool,
}

impl KnownObject {
    fn new(hash: String, key: String, versions: Vec<ObjectVersion>) -> Self {
        let latest = versions.iter().find(|version| version.is_latest);
        let is_deleted = latest.is_some_and(|version| version.is_delete_marker);
        let created = latest.and_then(|version| version.modified);
        let contents = versions.iter().filter(|version| !version.is_delete_marker);
        let bytes = contents.clone().map(|version| version.size).sum::<i64>();
        Self {
            ages: Ages {
                created,
                isolated: created.filter(|_| is_deleted),
            },
            is_deleted,
            asset: StoredAsset {
                name: key,
                versions: contents.count(),
                bytes: u64::try_from(bytes).unwrap_or_default(),
                hashes: vec![hash],
                stored: Stored::Object {
                    versions: versions.into_iter().map(|one| one.version).collect(),
                    tags: BTreeMap::new(),
                },
            },
        }
    }

    fn add_tags(&mut self, read: BTreeMap<String, String>) {
        self.ages.isolated = read.get(ISOLATED).and_then(|text| parse_isolation(text));
        if let Stored::Object { tags, .. } = &mut self.asset.stored {
            *tags = read;
        }
    }
}

async fn read_tags(
    store: &dyn ObjectStore,
    bucket: &str,
    key: &str,
) -> Result<BTreeMap<String, String>, Error> {
    let tags = retry_transient(|| store.get_object_tags(bucket, key)).await;
    tags.map_err(|error| Error::from_api(format!("read the tags of the object `{key}`"), error))
}

/// Returns the hash in the key of an asset: the name of the file without its extensions. Other keys have none.
fn parse_hash(key: &str) -> Option<&str> {
    let (_, name) = key.rsplit_once('/').unwrap_or(("", key));
    let (stem, _) = name.split_once('.').unwrap_or((name, ""));
    (stem.len() == HASH_LENGTH && stem.chars().all(is_hash_digit)).then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::parse_hash;

    #[test]
    fn reads_hash_from_keys_of_assets_only() {
        let hash = "0a".repeat(32);
        for key in [
            format!("{hash}.zip"),
            format!("team/{hash}"),
            format!("{hash}.tar.gz"),
        ] {
            assert_eq!(parse_hash(&key), Some(&*hash), "{key}");
        }
        for key in [
            format!("{hash}0.zip"),
            format!("v{hash}.zip"),
            "notes.json".to_owned(),
        ] {
            assert_eq!(parse_hash(&key), None, "{key}");
        }
    }
}
