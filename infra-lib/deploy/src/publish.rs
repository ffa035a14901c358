//! Publishes the assets of stacks and changes nothing else, so that a pipeline can plan and deploy with roles that may not publish.

use std::path::PathBuf;
use std::sync::Arc;

use infra_aws::Cloud;
use infra_template::assembly::CloudAssembly;

use crate::access;
use crate::assets::{self, MissingAsset, Publisher, StackAssets};
use crate::error::Error;
use crate::operation::Operation;
use crate::plan::target::resolve_region;

/// Options for publishing assets. The default publishes those of all stacks.
#[derive(bon::Builder, Clone, Debug)]
#[non_exhaustive]
pub struct PublishOptions {
    /// Stacks whose assets are published, by construct path, artifact ID or name; all stacks if empty.
    #[builder(default)]
    pub stacks: Vec<String>,
    /// Path of the program that builds and pushes images (docker, podman, finch or buildah); `None` if none is installed.
    pub container_tool: Option<PathBuf>,
}

/// Publishes the assets of stacks that are missing in their buckets and repositories, and returns the number of objects and images that were written.
///
/// Needs no permission for CloudFormation: an assembly of this library is published with those of the caller on the bucket and the repository, one of the CDK
/// with the publishing roles that it names. Commands that an assembly names are executed.
pub fn publish_assets(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: PublishOptions,
) -> Operation<usize> {
    Operation::new(|reporter| async move {
        let stacks = assembly.select_stacks(&options.stacks)?;
        let identity = cloud
            .caller_identity()
            .await
            .map_err(|error| Error::from_api("identify the AWS credentials", error))?;
        let mut places = Vec::new();
        for stack in stacks {
            let region = resolve_region(&*cloud, stack)?;
            places.push((
                stack,
                access::placeholders_for_stack(stack, &region, &identity),
            ));
        }
        let publisher = Publisher {
            cloud: &cloud,
            identity: &identity,
            container_tool: options.container_tool.as_ref(),
            absent: MissingAsset::Publish,
            reporter: &reporter,
        };
        let wanted: Vec<StackAssets<'_>> = places
            .iter()
            .map(|(stack, placeholders)| StackAssets {
                stack,
                placeholders,
            })
            .collect();
        assets::publish_assets(&publisher, &wanted).await
    })
}
