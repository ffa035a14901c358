//! Publishes file assets to S3: a file, a folder as a ZIP archive, or the file that a command creates.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use infra_aws::{ObjectStore, PutObject, retry_transient};
use infra_template::assembly::{FileAsset, FileDestination, Packaging, Placeholders};

use super::{Publisher, StackAssets, archive, destination_role, run, unpublished_asset_finding};
use crate::access;
use crate::error::{Class, Error};
use crate::site::content_type;

/// Publishes a file asset to one of its destinations, unless the object exists. Returns true if it was written.
pub(super) async fn publish_file(
    publisher: &Publisher<'_>,
    one: StackAssets<'_>,
    id: &str,
    asset: &FileAsset,
    destination: &FileDestination,
    done: &mut BTreeSet<String>,
) -> Result<bool, Error> {
    let (stack, place) = (one.stack, one.placeholders);
    let name = asset.display_name.as_deref().unwrap_or(id);
    // Before the bucket is asked: its key does not depend on the content, so an object that is there by chance or by intent must not be taken for it.
    let path = asset.source.path.as_deref().unwrap_or_default();
    if path.starts_with("asset.not-built-") {
        let finding = unpublished_asset_finding(stack, name, "it was not built")
            .help("synthesize the app again without `--no-build`");
        return Err(Error::new(Class::Error, finding));
    }
    let bucket = access::fill_placeholders(place, &destination.bucket_name, stack)?;
    let key = access::fill_placeholders(place, &destination.object_key, stack)?;
    let is_template = match &stack.settings.template_url {
        Some(url) => {
            access::fill_placeholders(place, url, stack)? == format!("s3://{bucket}/{key}")
        }
        None => false,
    };
    if is_template || !done.insert(format!("s3://{bucket}/{key}")) {
        return Ok(false);
    }
    let region = match &destination.region {
        Some(region) => access::fill_placeholders(place, region, stack)?,
        None => place.region.clone(),
    };
    let role = destination_role(stack, destination.assumed_role())?;
    let cloud = publisher.assume_asset_role(one, role.as_ref()).await?;
    let store = cloud.s3_client(&region);
    if object_exists(&*store, &bucket, &key)
        .await
        .map_err(|error| {
            let finding = unpublished_asset_finding(
                stack,
                name,
                &format!("cannot access the bucket `{bucket}`"),
            )
            .note(format!(
                "{} returned an error for `{}`: {}",
                error.service, error.operation, error.message
            ))
            .help(help_for_missing_bucket(asset, place, &region));
            Error::new(Class::Error, finding)
        })?
    {
        return Ok(false);
    }
    let object = format!("s3://{bucket}/{key}");
    if !publisher.check_absent(stack, name, &object, is_nested_template(asset))? {
        return Ok(false);
    }
    let content = read_content(one, name, asset).await?;
    let request = PutObject::builder()
        .bucket(bucket.clone())
        .key(key.clone())
        .body(content.body)
        .content_type(content.kind)
        .only_if_absent(true)
        .build();
    let written = retry_transient(|| store.put_object(request.clone())).await;
    written.map_err(|error| {
        Error::from_api(
            format!("upload the asset `{name}` to `s3://{bucket}/{key}`"),
            error,
        )
    })?;
    publisher.send_notice(stack, format!("published the asset `{name}`"));
    Ok(true)
}

/// Returns the help text for a missing asset bucket. Templates of nested stacks can use any bucket.
fn help_for_missing_bucket(asset: &FileAsset, place: &Placeholders, region: &str) -> String {
    let bootstrap = format!(
        "the bootstrap stack creates the bucket: `cdk bootstrap aws://{}/{region}`",
        place.account
    );
    if is_nested_template(asset) {
        format!(
            "{bootstrap}; or set your own bucket for templates of nested stacks with `StackProps::asset_bucket`"
        )
    } else {
        bootstrap
    }
}

/// Returns true for the template of a nested stack, which is an asset of the stack above it.
fn is_nested_template(asset: &FileAsset) -> bool {
    let path = asset.source.path.as_deref().unwrap_or_default();
    path.ends_with(".nested.template.json")
}

async fn object_exists(
    store: &dyn ObjectStore,
    bucket: &str,
    key: &str,
) -> Result<bool, infra_aws::ApiError> {
    // Lists objects like the `cdk` CLI, because the roles of older bootstrap stacks do not permit `HeadObject`. The key itself sorts first among the
    // keys that it is a prefix of.
    let page = retry_transient(|| store.list_objects(bucket, key, None)).await?;
    Ok(page.items.iter().any(|object| object.key == key))
}

/// Body and content type of an upload.
struct Content {
    body: Vec<u8>,
    kind: &'static str,
}

async fn read_content(
    one: StackAssets<'_>,
    name: &str,
    asset: &FileAsset,
) -> Result<Content, Error> {
    let stack = one.stack;
    let refuse = |why: &str, help: &str| {
        Error::new(
            Class::Error,
            unpublished_asset_finding(stack, name, why).help(help),
        )
    };
    let again = "synthesize the app again, and keep the complete folder of the assembly";
    let Some(folder) = &stack.assets.folder else {
        return Err(refuse("its content is no longer available", again));
    };
    let source = &asset.source;
    let (path, packaging) = match (&source.path, &source.executable) {
        (Some(path), None) => (folder.join(path), source.packaging),
        (None, Some(command)) => {
            let printed = run::run_command(folder, command).await;
            let printed = printed.map_err(|failure| {
                let finding = unpublished_asset_finding(stack, name, &failure.why);
                Error::new(Class::Error, failure.add_notes(finding))
            })?;
            // Like the `cdk` CLI, treats the file as a finished ZIP archive.
            (folder.join(printed.trim()), Packaging::File)
        }
        _ => {
            return Err(refuse(
                "its source must contain either one path or one command",
                "use a version of the CDK that this tool supports",
            ));
        }
    };
    let shown = display_path(&path, folder);
    let zipped = packaging == Packaging::Zip && path.is_dir();
    if !path.exists() {
        return Err(refuse(&format!("`{shown}` is not in the assembly"), again));
    }
    let body = if zipped {
        archive::zip_folder(&path)
    } else {
        std::fs::read(&path)
    };
    let body = body.map_err(|error| refuse(&format!("cannot read `{shown}`: {error}"), again))?;
    let kind = if zipped || source.executable.is_some() {
        "application/zip"
    } else {
        content_type(&shown)
    };
    Ok(Content { body, kind })
}

fn display_path(path: &Path, folder: &PathBuf) -> String {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    inside.display().to_string()
}
