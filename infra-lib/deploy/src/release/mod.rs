//! Records releases, so that they can be listed and restored.
//!
//! The construct `ReleaseLog` provides a bucket. It contains a record for each release; the files of cloud assembly and site are stored by digest, so
//! that releases share equal files. [`ReleaseLog`] reads and writes the bucket, [`Release`] is a record.

mod log;
mod site;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::deployed::construct_of;
use infra_template::assembly::CloudAssembly;
use infra_template::digest::Digest;
use infra_template::migration;
use infra_template::review::Step;

pub use log::{Recorded, ReleaseLog};
pub use site::{SiteFiles, site_files};

/// Record of a deployed state of the app, with everything that restoring it needs.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Release {
    /// Number of the release. Numbers start at 1 and increase by 1.
    pub release: u64,
    /// Time at which the release was recorded, in RFC 3339 format.
    pub time: String,
    /// Origin of the release: commit, author, workflow run and plan file.
    #[serde(flatten)]
    pub about: About,
    /// Digests of container images (`sha256:…`), by the construct path that runs them.
    pub images: BTreeMap<String, String>,
    /// Name of the last database schema step; absent if the app has no migration.
    pub migration: Option<String>,
    /// All steps of the database schema, in the order in which they are applied.
    pub steps: Vec<Step>,
    /// Site that is published with this release; absent until one has been published.
    pub site: Option<SiteVersion>,
    /// Number of the release that this one restored; absent for an ordinary deployment.
    pub restores: Option<u64>,
    /// Stacks of the release, in deployment order, with the digests of their templates.
    pub stacks: Vec<ReleasedStack>,
    /// Digests of the cloud assembly's files, by file name; the contents are stored by digest.
    pub assembly: BTreeMap<String, Digest>,
}

/// Origin of a release; unknown values are absent.
#[derive(
    bon::Builder, Clone, Debug, Default, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize,
)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct About {
    /// Git commit that the app was synthesized from, as a full hash.
    pub commit: Option<String>,
    /// Person, role or account that made the deployment, as reported by the workflow.
    pub by: Option<String>,
    /// URL of the workflow run that made the deployment.
    pub run: Option<String>,
    /// SHA-256 digest of the executed plan file, in hexadecimal; absent if no plan file was executed.
    #[serde(default)]
    pub plan: Option<String>,
}

/// Published version of a site, identified by the contents of its files.
#[derive(Clone, Debug, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SiteVersion {
    /// Version of the site: the shortened digest over all of its files, twelve digits.
    pub version: String,
    /// Construct path of the site that the files were published to.
    pub construct: String,
}

impl SiteVersion {
    /// Creates a site version from the shortened digest and the construct path of the site.
    pub fn new(version: impl Into<String>, construct: impl Into<String>) -> Self {
        Self {
            version: version.into(),
            construct: construct.into(),
        }
    }
}

/// Stack of a release, identified by its names and the digest of its template.
#[derive(Clone, Debug, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ReleasedStack {
    /// Construct path of the stack below the app, such as `Prod/Data`.
    pub path: String,
    /// Name of the stack in CloudFormation, such as `notes-prod-data`.
    pub name: String,
    /// Region of the stack; absent if the app leaves it to the environment.
    pub region: Option<String>,
    /// Digest of the template that was deployed, as synthesized.
    pub template: Digest,
}

/// Selection of a release by number or position; parsed from a number, `latest` or `previous`.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ReleaseSelector {
    /// The release with exactly this number; an error if it does not exist.
    Number(u64),
    /// The newest release in the log, whether or not it restored another one.
    Latest,
    /// The release that served before the newest one. A restoring release counts as the release that it restored.
    Previous,
}

impl FromStr for ReleaseSelector {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "latest" => Ok(Self::Latest),
            "previous" => Ok(Self::Previous),
            number => number
                .parse()
                .map(Self::Number)
                .map_err(|_| "give the number of a release, `previous` or `latest`".to_owned()),
        }
    }
}

impl fmt::Display for ReleaseSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "release {number}"),
            Self::Latest => f.write_str("the latest release"),
            Self::Previous => f.write_str("the release before"),
        }
    }
}

impl Release {
    /// Returns the number of the release whose state this one has: its own, or that of the release it restored.
    pub fn origin(&self) -> u64 {
        self.restores.unwrap_or(self.release)
    }

    /// Returns true if both releases have the same stacks.
    fn has_stacks_of(&self, other: &Self) -> bool {
        self.stacks == other.stacks
    }
}

/// Returns the selected release of a list that is ordered newest first.
fn choose_release(releases: &[Release], which: ReleaseSelector) -> Option<&Release> {
    let newest = releases.first()?;
    match which {
        ReleaseSelector::Latest => Some(newest),
        ReleaseSelector::Number(number) => releases.iter().find(|found| found.release == number),
        ReleaseSelector::Previous => {
            let origin = newest.origin();
            let mut before = releases.iter().filter(|found| found.release < origin);
            before.find(|found| found.restores.is_none())
        }
    }
}

/// Returns the image digests of task definitions, by construct path.
fn list_images(assembly: &CloudAssembly) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for stack in &assembly.stacks {
        for resource in stack.template.resources() {
            if resource.type_name != "AWS::ECS::TaskDefinition" {
                continue;
            }
            let name = construct_of(&stack.resource_name(resource.logical_id, resource.type_name));
            let containers = resource
                .properties()
                .map(|all| &all["ContainerDefinitions"]);
            let containers = containers.and_then(|list| list.as_array());
            for container in containers.into_iter().flatten() {
                if let Some(digest) = image_digest(&container["Image"].to_string()) {
                    found.insert(name.clone(), digest);
                    break;
                }
            }
        }
    }
    found
}

/// Returns the first `sha256:` digest in a text.
fn image_digest(text: &str) -> Option<String> {
    let at = text.find("sha256:")?;
    let digest = text.get(at..at + 71)?;
    let hexadecimal = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    digest[7..]
        .chars()
        .all(hexadecimal)
        .then(|| digest.to_owned())
}

fn list_steps(assembly: &CloudAssembly) -> Vec<Step> {
    let migrations = assembly.stacks.iter();
    migrations
        .flat_map(migration::find_stack_migrations)
        .flat_map(|migration| migration.steps)
        .collect()
}

fn list_stacks(assembly: &CloudAssembly) -> Vec<ReleasedStack> {
    let stacks = assembly.stacks.iter().map(|stack| ReleasedStack {
        path: stack.path.clone(),
        name: stack.name.clone(),
        region: stack.region.clone(),
        template: stack.template.compute_digest(),
    });
    stacks.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{About, Release, ReleaseSelector, choose_release, image_digest};

    fn build_release(release: u64, restores: Option<u64>) -> Release {
        Release {
            release,
            time: "2026-03-09T09:00:00Z".to_owned(),
            about: About::default(),
            images: BTreeMap::new(),
            migration: None,
            steps: Vec::new(),
            site: None,
            restores,
            stacks: Vec::new(),
            assembly: BTreeMap::new(),
        }
    }

    #[test]
    fn previous_release_skips_restoring_ones() {
        let previous = |releases: &[Release]| {
            choose_release(releases, ReleaseSelector::Previous).map(|r| r.release)
        };
        let mut releases = vec![
            build_release(3, None),
            build_release(2, None),
            build_release(1, None),
        ];
        assert_eq!(previous(&releases), Some(2));
        // After 2 has been restored, going back again leads to 1, not to the abandoned 3.
        releases.insert(0, build_release(4, Some(2)));
        assert_eq!(previous(&releases), Some(1));
        releases.insert(0, build_release(5, None));
        assert_eq!(previous(&releases), Some(3));
        assert_eq!(previous(&[build_release(1, None)]), None);
        assert_eq!(
            choose_release(&releases, ReleaseSelector::Latest).map(|r| r.release),
            Some(5)
        );
        assert_eq!(
            choose_release(&releases, ReleaseSelector::Number(4)).map(|r| r.release),
            Some(4)
        );
        assert!(choose_release(&releases, ReleaseSelector::Number(9)).is_none());
    }

    #[test]
    fn selector_is_a_number_or_a_word() {
        assert_eq!("12".parse(), Ok(ReleaseSelector::Number(12)));
        assert_eq!("previous".parse(), Ok(ReleaseSelector::Previous));
        assert!("r12".parse::<ReleaseSelector>().is_err());
    }

    #[test]
    fn finds_image_digest_in_any_expression() {
        let digest = format!("sha256:{}", "0f".repeat(32));
        for text in [
            format!("registry/notes@{digest}"),
            format!(r#"{{"Fn::Join":["",[{{"Ref":"Images"}},"@{digest}"]]}}"#),
        ] {
            assert_eq!(image_digest(&text), Some(digest.clone()));
        }
        assert_eq!(image_digest("notes:latest"), None);
        assert_eq!(image_digest("notes@sha256:12"), None);
    }
}
