//! Publishes the assets of stacks to their buckets and repositories before change sets are created.

mod archive;
mod bootstrap;
mod containers;
mod files;
mod images;
mod run;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use infra_aws::{Cloud, Identity};
use infra_core::{Diagnostic, codes};
use infra_template::assembly::{AssumedRole, Placeholders, Stack};

use crate::access;
use crate::error::{Class, Error};
use crate::event::Event;
use crate::operation::Reporter;

pub(crate) use bootstrap::check_bootstrap_version as check_bootstrap;

/// A stack whose assets are to be published, with the values of its placeholders.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StackAssets<'a> {
    pub(crate) stack: &'a Stack,
    pub(crate) placeholders: &'a Placeholders,
}

/// Behavior for an asset that is not published yet.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum MissingAsset {
    /// Publish the asset to its destinations.
    Publish,
    /// Refuse it, because the plan may not publish (`--no-publish`), for instance with an assembly from an untrusted source.
    RejectInPlan,
    /// Leave it unpublished, because the plan is only reviewed (`--allow-unpublished`): the template has the name of its content. Templates of nested stacks
    /// are refused, because CloudFormation reads them for the change set.
    AllowInPlan,
    /// Refuse it, because a reviewed deployment runs no command from an assembly. All assets of the change sets were published before; an assembly
    /// modified since must not run commands with the credentials of the deployment.
    Reject,
}

/// Everything that publishing needs besides the assets themselves.
#[derive(Debug)]
pub(crate) struct Publisher<'a> {
    pub(crate) cloud: &'a Arc<dyn Cloud>,
    pub(crate) identity: &'a Identity,
    /// Path of the container tool; `None` if none is installed.
    pub(crate) container_tool: Option<&'a PathBuf>,
    pub(crate) absent: MissingAsset,
    pub(crate) reporter: &'a Reporter,
}

/// Publishes the assets of these stacks that are missing, each destination once. Returns the number of destinations that were written.
///
/// Skips stack templates, although the CDK lists them as assets: they are sent to CloudFormation in the request, or through the bucket if they are
/// too large.
pub(crate) async fn publish_assets(
    publisher: &Publisher<'_>,
    wanted: &[StackAssets<'_>],
) -> Result<usize, Error> {
    let mut done = BTreeSet::new();
    let mut count = 0;
    for one in wanted {
        for (id, asset) in &one.stack.assets.files {
            for destination in asset.destinations.values() {
                let written =
                    files::publish_file(publisher, *one, id, asset, destination, &mut done).await?;
                count += usize::from(written);
            }
        }
        for (id, asset) in &one.stack.assets.images {
            count += images::publish_image(publisher, *one, id, asset, &mut done).await?;
        }
    }
    Ok(count)
}

/// Returns the bucket for the template of a stack, and AWS with the credentials to upload to it; `None` if the assembly names no template URL.
pub(crate) async fn template_bucket(
    cloud: &Arc<dyn Cloud>,
    one: StackAssets<'_>,
    identity: &Identity,
) -> Result<Option<(String, Arc<dyn Cloud>)>, Error> {
    let Some(url) = &one.stack.settings.template_url else {
        return Ok(None);
    };
    let url = access::fill_placeholders(one.placeholders, url, one.stack)?;
    let bucket = url
        .strip_prefix("s3://")
        .and_then(|rest| rest.split_once('/'));
    let Some((bucket, _)) = bucket else {
        let finding = Diagnostic::new(
            codes::ASSEMBLY_NOT_READABLE,
            format!("the template of stack `{}` is at `{url}`", one.stack.name),
        )
        .path(one.stack.path.clone())
        .expected("s3://BUCKET/KEY");
        return Err(Error::new(Class::Error, finding));
    };
    let destinations = one.stack.assets.files.values();
    let mut destinations = destinations.flat_map(|asset| asset.destinations.values());
    let destination = destinations.find(|destination| {
        access::fill_placeholders(one.placeholders, &destination.bucket_name, one.stack)
            .is_ok_and(|name| name == bucket)
    });
    let role = match destination {
        Some(destination) => destination_role(one.stack, destination.assumed_role())?,
        None => one.stack.settings.deploy_role.clone(),
    };
    let found = access::assume_role(
        &**cloud,
        role.as_ref(),
        one.stack,
        one.placeholders,
        identity,
    )
    .await?;
    let cloud = found.cloud.unwrap_or_else(|| Arc::clone(cloud));
    Ok(Some((bucket.to_owned(), cloud)))
}

impl Publisher<'_> {
    /// Returns AWS with the role of an asset destination.
    async fn assume_asset_role(
        &self,
        one: StackAssets<'_>,
        role: Option<&AssumedRole>,
    ) -> Result<Arc<dyn Cloud>, Error> {
        let access = access::assume_role(
            &**self.cloud,
            role,
            one.stack,
            one.placeholders,
            self.identity,
        )
        .await?;
        if let Some(message) = access.notice {
            self.send_notice(one.stack, message);
        }
        Ok(access.cloud.unwrap_or_else(|| Arc::clone(self.cloud)))
    }

    /// Decides on a missing asset: returns true to publish it, false to leave it unpublished, or an error if it is required.
    fn check_absent(
        &self,
        stack: &Stack,
        name: &str,
        place: &str,
        is_nested_template: bool,
    ) -> Result<bool, Error> {
        let (class, who, way_out) = match self.absent {
            MissingAsset::Publish => return Ok(true),
            MissingAsset::AllowInPlan if !is_nested_template => {
                let message = format!("the asset `{name}` is not published yet: `{place}`");
                self.send_notice(stack, message);
                return Ok(false);
            }
            MissingAsset::AllowInPlan => (
                Class::Blocked,
                "CloudFormation reads templates of nested stacks for a change set",
                "if you trust the assembly, publish its assets first: `infra publish-assets`",
            ),
            MissingAsset::RejectInPlan => (
                Class::Blocked,
                "`--no-publish` prevents publishing",
                "if you trust the assembly, publish its assets first: `infra publish-assets`",
            ),
            MissingAsset::Reject => (
                Class::Stale,
                "a reviewed deployment does not publish assets",
                "publish it with `infra publish-assets`, and deploy again",
            ),
        };
        let why = format!("it does not exist at `{place}`, and {who}");
        let finding = unpublished_asset_finding(stack, name, &why).help(way_out);
        Err(Error::new(class, finding))
    }

    fn send_notice(&self, stack: &Stack, message: String) {
        self.reporter.send_event(Event::Notice {
            stack: Some(stack.name.clone()),
            message,
        });
    }
}

/// Returns the role of an asset destination, or a finding if the role has an unknown option.
fn destination_role(
    stack: &Stack,
    role: Result<Option<AssumedRole>, String>,
) -> Result<Option<AssumedRole>, Error> {
    role.map_err(|option| {
        let finding = Diagnostic::new(
            codes::ASSEMBLY_NOT_READABLE,
            format!("an asset is published by a role with the option `{option}`, which this version does not support"),
        )
        .path(stack.path.clone());
        Error::new(Class::Error, finding)
    })
}

/// Builds the finding for an asset that cannot be published.
fn unpublished_asset_finding(stack: &Stack, name: &str, why: &str) -> Diagnostic {
    Diagnostic::new(
        codes::ASSET_NOT_PUBLISHED,
        format!(
            "cannot publish the asset `{name}` of stack `{}`: {why}",
            stack.name
        ),
    )
    .path(stack.path.clone())
}
