//! Finds sites by the outputs of deployed stacks.

use infra_core::{Diagnostic, codes};

use crate::deployed::{DeployedStack, construct_of, is_called};
use crate::error::{Class, Error};
use crate::outputs::ConstructOutputs;
use infra_template::ResourceName;

/// Deployed site that files can be published to: a bucket behind a CloudFront distribution.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Site {
    /// Construct path of the site, such as `Web/Site`.
    pub name: String,
    /// Name of the stack in CloudFormation that contains the site.
    pub stack: String,
    /// Region of the stack and its bucket, such as `eu-west-1`.
    pub region: String,
    /// Name of the S3 bucket that the distribution serves.
    pub bucket: String,
    /// ID of the CloudFront distribution, such as `E1A2B3C4D5E6F7`, for invalidations.
    pub distribution: String,
    /// URL at which visitors reach the site, with the scheme.
    pub url: String,
    /// Folder whose files are served as immutable, such as `assets/`; `None` if the distribution has none.
    pub assets: Option<String>,
}

/// Suffixes of the outputs that the construct `CloudFrontSite` creates.
const OUTPUTS: [&str; 3] = ["BucketName", "DistributionId", "Url"];

pub(super) fn find_site(stacks: &[DeployedStack], called: Option<&str>) -> Result<Site, Error> {
    let sites: Vec<(ResourceName, Site)> = stacks.iter().flat_map(list_sites).collect();
    let matching: Vec<&(ResourceName, Site)> = sites
        .iter()
        .filter(|(name, _)| called.is_none_or(|called| is_called(name, called)))
        .collect();
    let known: Vec<String> = sites
        .iter()
        .map(|(_, site)| format!("`{}`", site.name))
        .collect();
    let finding = match (matching.as_slice(), called) {
        ([(_, site)], _) => return Ok(site.clone()),
        ([], Some(called)) if !known.is_empty() => Diagnostic::new(
            codes::NO_SITE,
            format!("no deployed stack has a site `{called}`"),
        )
        .expected(format!("one of {}", known.join(", "))),
        ([], _) => Diagnostic::new(codes::NO_SITE, "no deployed stack has a site")
            .help("deploy the stack with the `cloudfront::CloudFrontSite` first"),
        (_, _) => Diagnostic::new(
            codes::NO_SITE,
            "there are several sites, but none was selected",
        )
        .expected(format!("one of {}", known.join(", ")))
        .help("select one with `--site CONSTRUCT`"),
    };
    Err(Error::new(Class::Error, finding))
}

/// Returns the sites of a stack: constructs with all three outputs.
fn list_sites(stack: &DeployedStack) -> Vec<(ResourceName, Site)> {
    let constructs = ConstructOutputs::of_stack(stack, &OUTPUTS).into_iter();
    let complete = constructs.filter_map(|outputs| {
        let value = |kind: &str| outputs.find_value(kind);
        let id = outputs.find_resource("DistributionId")?;
        let name = stack.resource_name(&id, "AWS::CloudFront::Distribution");
        let site = Site {
            name: construct_of(&name),
            stack: stack.description.name.clone(),
            region: stack.region.clone(),
            bucket: value("BucketName")?,
            distribution: value("DistributionId")?,
            url: value("Url")?,
            assets: find_assets_folder(stack, &id),
        };
        Some((name, site))
    });
    complete.collect()
}

/// Returns the path prefix whose responses a function of the distribution marks as immutable.
fn find_assets_folder(stack: &DeployedStack, distribution: &str) -> Option<String> {
    let properties = stack.template.find_resource(distribution)?.properties()?;
    let behaviors = properties.get("DistributionConfig")?["CacheBehaviors"].as_array()?;
    let found = behaviors.iter().find(|behavior| {
        let functions = behavior["FunctionAssociations"].as_array();
        let mut functions = functions.into_iter().flatten();
        functions.any(|function| function["EventType"] == "viewer-response")
    })?;
    let pattern = found["PathPattern"].as_str()?;
    let folder = pattern.trim_start_matches('/').strip_suffix('*')?;
    (!folder.is_empty() && !folder.contains('*')).then(|| folder.to_owned())
}
