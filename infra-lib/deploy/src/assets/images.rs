//! Publishes image assets to ECR, built with the local container tool.

use std::collections::BTreeSet;
use std::path::Path;

use infra_aws::retry_transient;
use infra_core::{Diagnostic, codes};
use infra_template::assembly::{ImageAsset, ImageDestination};

use super::{Publisher, StackAssets, containers, destination_role, run, unpublished_asset_finding};
use crate::access;
use crate::error::{Class, Error};

/// Publishes an image asset to all of its destinations. The image is built once, and only if it is missing in one of them. Returns the
/// number of destinations to which it was pushed.
pub(super) async fn publish_image(
    publisher: &Publisher<'_>,
    one: StackAssets<'_>,
    id: &str,
    asset: &ImageAsset,
    done: &mut BTreeSet<String>,
) -> Result<usize, Error> {
    let name = asset.display_name.as_deref().unwrap_or(id);
    let mut built = None;
    let mut count = 0;
    for destination in asset.destinations.values() {
        let pushed = push_image(
            publisher,
            one,
            id,
            name,
            asset,
            destination,
            &mut built,
            done,
        )
        .await?;
        if pushed {
            count += 1;
            publisher.send_notice(one.stack, format!("published the image `{name}`"));
        }
    }
    Ok(count)
}

#[expect(
    clippy::too_many_arguments,
    reason = "one step of `publish`, which keeps the state of all of them"
)]
async fn push_image(
    publisher: &Publisher<'_>,
    one: StackAssets<'_>,
    id: &str,
    name: &str,
    asset: &ImageAsset,
    destination: &ImageDestination,
    built: &mut Option<String>,
    done: &mut BTreeSet<String>,
) -> Result<bool, Error> {
    let (stack, place) = (one.stack, one.placeholders);
    let repository = access::fill_placeholders(place, &destination.repository_name, stack)?;
    let tag = access::fill_placeholders(place, &destination.image_tag, stack)?;
    let region = match &destination.region {
        Some(region) => access::fill_placeholders(place, region, stack)?,
        None => place.region.clone(),
    };
    let account = &place.account;
    if !done.insert(format!("ecr://{account}/{region}/{repository}:{tag}")) {
        return Ok(false);
    }
    let role = destination_role(stack, destination.assumed_role())?;
    let cloud = publisher.assume_asset_role(one, role.as_ref()).await?;
    let registry = cloud.ecr_client(&region);
    let there = retry_transient(|| registry.has_image(&repository, &tag)).await;
    let there = there.map_err(|error| {
        let why = format!("cannot access the repository `{repository}`");
        let finding = unpublished_asset_finding(stack, name, &why)
            .note(format!("{} returned an error for `{}`: {}", error.service, error.operation, error.message))
            .help(format!(
                "the bootstrap stack creates the repository: `cdk bootstrap aws://{account}/{region}`"
            ));
        Error::new(Class::Error, finding)
    })?;
    if there {
        return Ok(false);
    }
    if !publisher.check_absent(stack, name, &format!("{repository}:{tag}"), false)? {
        return Ok(false);
    }
    let Some(tool) = publisher.container_tool else {
        return Err(missing_tool_error(one, name));
    };
    let Some(folder) = &stack.assets.folder else {
        let finding = unpublished_asset_finding(stack, name, "its content is no longer available")
            .help("synthesize the app again, and keep the complete folder of the assembly");
        return Err(Error::new(Class::Error, finding));
    };
    let failed = |failure: run::Failure| {
        let finding = unpublished_asset_finding(stack, name, &failure.why);
        Error::new(Class::Error, failure.add_notes(finding))
    };
    let local = if let Some(local) = built {
        local.clone()
    } else {
        let local = build_image(tool, folder, id, asset).await.map_err(failed)?;
        built.insert(local).clone()
    };
    let login = retry_transient(|| registry.request_login()).await;
    let login = login.map_err(|error| Error::from_api("log in to the image registry", error))?;
    let remote = format!("{}/{repository}:{tag}", login.host);
    let user = ["login", "--username", &login.user, "--password-stdin"];
    let mut arguments: Vec<String> = user.into_iter().map(str::to_owned).collect();
    arguments.push(format!("https://{}", login.host));
    let steps = [
        // The password is passed on standard input, because other processes can read arguments.
        (arguments, Some(login.password)),
        (vec!["tag".to_owned(), local, remote.clone()], None),
        (vec!["push".to_owned(), remote], None),
    ];
    for (arguments, input) in steps {
        run::run_program(folder, tool, arguments, input)
            .await
            .map_err(failed)?;
    }
    Ok(true)
}

/// Builds the image and returns its local name.
async fn build_image(
    tool: &Path,
    folder: &Path,
    id: &str,
    asset: &ImageAsset,
) -> Result<String, run::Failure> {
    let source = &asset.source;
    if let Some(command) = &source.executable {
        let printed = run::run_command(folder, command).await?;
        return Ok(printed.trim().to_owned());
    }
    let local = format!("cdkasset-{}", id.to_lowercase());
    let context = folder.join(source.directory.as_deref().unwrap_or("."));
    let arguments = containers::build_arguments(source, &local);
    run::run_program(&context, tool, arguments, None).await?;
    Ok(local)
}

fn missing_tool_error(one: StackAssets<'_>, name: &str) -> Error {
    let finding = Diagnostic::new(
        codes::NO_CONTAINER_TOOL,
        format!(
            "the image `{name}` of stack `{}` must be built, but no container tool is installed",
            one.stack.name
        ),
    )
    .path(one.stack.path.clone())
    .expected("one of docker, podman, finch, buildah in PATH")
    .help("install one of them, or set CDK_DOCKER to another program with the same arguments");
    Error::new(Class::Error, finding)
}
