//! Removes images from the container repository of a bootstrap stack.

use infra_aws::{ImageRegistry, RegistryImage, retry_transient};
use time::OffsetDateTime;

use super::super::read_all_pages;
use super::uses::{HASH_LENGTH, Uses, is_hash_digit};
use super::{
    Ages, GcOptions, StoreSurvey, Stored, StoredAsset, decide_fate, format_isolation,
    parse_isolation,
};
use crate::error::Error;

/// Middle of the tag that `cdk gc` uses too: `NUMBER-aws-cdk.isolated-TIME`. The number distinguishes tags, which are unique within a repository.
const ISOLATED: &str = "-aws-cdk.isolated-";

/// Maximum number of images in one request of `BatchDeleteImage`.
const DELETED_AT_ONCE: usize = 100;

/// Compares the images of a repository with the hashes that are in use. Images without a tag are parts of others, or expired by the lifecycle rules.
pub(super) async fn survey_images(
    registry: &dyn ImageRegistry,
    repository: &str,
    uses: &Uses,
    options: &GcOptions,
    now: OffsetDateTime,
) -> Result<StoreSurvey, Error> {
    let images = read_all_pages(|next| {
        retry_transient(move || registry.list_images(repository, next.clone()))
    });
    let images = images
        .await
        .map_err(|error| Error::from_api(format!("list the images of `{repository}`"), error))?;
    let mut survey = StoreSurvey {
        name: repository.to_owned(),
        ..StoreSurvey::default()
    };
    for image in images {
        let isolations = image.tags.iter().filter(|tag| tag.contains(ISOLATED));
        let isolations: Vec<String> = isolations.cloned().collect();
        let isolated = isolations
            .iter()
            .filter_map(|tag| parse_isolation(tag.rsplit_once('-')?.1))
            .max();
        let ages = Ages {
            created: image.pushed,
            isolated,
        };
        let Some(asset) = to_asset(image, isolations) else {
            survey.foreign += 1;
            continue;
        };
        let is_used = uses.names_any(&asset.hashes);
        survey.add_asset(asset, decide_fate(options, now, is_used, ages));
    }
    for assets in [&mut survey.delete, &mut survey.isolate, &mut survey.restore] {
        assets.sort_by(|a, b| a.name.cmp(&b.name));
    }
    Ok(survey)
}

/// Deletes, isolates and restores images.
pub(super) async fn collect_images(
    registry: &dyn ImageRegistry,
    survey: &StoreSurvey,
    now: OffsetDateTime,
) -> Result<(), Error> {
    let repository = &survey.name;
    for asset in &survey.restore {
        if let Stored::Image { isolations, .. } = &asset.stored {
            let removed = retry_transient(|| registry.remove_tags(repository, isolations)).await;
            removed.map_err(|error| tagging_error(asset, error))?;
        }
    }
    for (number, asset) in survey.isolate.iter().enumerate() {
        if let Stored::Image { digest, .. } = &asset.stored {
            let tag = format!("{number}{ISOLATED}{}", format_isolation(now));
            let tagged = retry_transient(|| registry.tag_image(repository, digest, &tag)).await;
            tagged.map_err(|error| tagging_error(asset, error))?;
        }
    }
    let digests = survey
        .delete
        .iter()
        .filter_map(|asset| match &asset.stored {
            Stored::Image { digest, .. } => Some(digest.clone()),
            Stored::Object { .. } => None,
        });
    let digests: Vec<String> = digests.collect();
    for some in digests.chunks(DELETED_AT_ONCE) {
        let deleted = retry_transient(|| registry.delete_images(repository, some)).await;
        deleted
            .map_err(|error| Error::from_api(format!("delete images of `{repository}`"), error))?;
    }
    Ok(())
}

fn tagging_error(asset: &StoredAsset, error: infra_aws::ApiError) -> Error {
    Error::from_api(format!("tag the image `{}`", asset.name), error)
}

/// Returns an image as an asset, or `None` if a tag does not end with a hash: another program gave it, and templates can name the image by it. Else,
/// templates can name the image by a tag or by its digest.
fn to_asset(image: RegistryImage, isolations: Vec<String>) -> Option<StoredAsset> {
    let tags = image.tags.iter().filter(|tag| !isolations.contains(tag));
    let named: Option<Vec<(&String, &str)>> = tags
        .map(|tag| parse_hash(tag).map(|hash| (tag, hash)))
        .collect();
    let named = named?;
    let (name, _) = *named.first()?;
    let name = name.clone();
    let digest = image.digest.strip_prefix("sha256:").map(str::to_owned);
    let hashes = named.iter().map(|(_, hash)| (*hash).to_owned());
    Some(StoredAsset {
        name,
        versions: 1,
        bytes: u64::try_from(image.size).unwrap_or_default(),
        hashes: hashes.chain(digest).collect(),
        stored: Stored::Image {
            digest: image.digest,
            isolations,
        },
    })
}

/// Returns the hash at the end of a tag, which can follow a prefix (`dockerTagPrefix` of the CDK's synthesizer).
fn parse_hash(tag: &str) -> Option<&str> {
    let hash = tag.get(tag.len().checked_sub(HASH_LENGTH)?..)?;
    hash.chars().all(is_hash_digit).then_some(hash)
}

#[cfg(test)]
mod tests {
    use infra_aws::RegistryImage;

    use super::{parse_hash, to_asset};

    #[test]
    fn leaves_images_that_another_program_tagged() {
        let image = |tags: &[&str]| {
            let tags: Vec<String> = tags.iter().map(|tag| (*tag).to_owned()).collect();
            RegistryImage::builder()
                .digest("sha256:1")
                .tags(tags)
                .size(1)
                .build()
        };
        let hash = "0a".repeat(32);
        let isolated = "7-aws-cdk.isolated-1764547200000".to_owned();
        let named = [hash.as_str(), &isolated];
        let asset = to_asset(image(&named), vec![isolated.clone()]).unwrap();
        assert_eq!(asset.name, hash);
        assert!(to_asset(image(&[&hash, "production"]), Vec::new()).is_none());
        assert!(to_asset(image(&[]), Vec::new()).is_none());
    }

    #[test]
    fn reads_hash_from_tags_of_assets_only() {
        let hash = "0a".repeat(32);
        assert_eq!(parse_hash(&hash), Some(&*hash));
        assert_eq!(parse_hash(&format!("web-{hash}")), Some(&*hash));
        assert_eq!(parse_hash("latest"), None);
        assert_eq!(parse_hash(&format!("{hash}-web")), None);
        assert_eq!(parse_hash("7-aws-cdk.isolated-1764547200000"), None);
    }
}
