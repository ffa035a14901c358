//! Releases: what was deployed, kept so that it can be shown and come back.
//!
//! The construct `ReleaseLog` gives the app a bucket. In it each release has a record, and the files that it is made of, the cloud assembly and the
//! site, are kept by their digests: what two releases share is there once.

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

/// What was deployed at one time.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Release {
    /// Its number, from 1 on.
    pub release: u64,
    /// When it was recorded, RFC 3339.
    pub time: String,
    /// Where it comes from.
    #[serde(flatten)]
    pub about: About,
    /// The digests of container images, by the construct that runs them.
    pub images: BTreeMap<String, String>,
    /// The last step of the database's schema; none where there is no migration.
    pub migration: Option<String>,
    /// All of its steps.
    pub steps: Vec<Step>,
    /// The site that is served, once one was published.
    pub site: Option<SiteVersion>,
    /// The release that this one brought back.
    pub restores: Option<u64>,
    /// The stacks.
    pub stacks: Vec<ReleasedStack>,
    /// The files of the cloud assembly, by name, with their digests.
    pub assembly: BTreeMap<String, Digest>,
}

/// Where a release comes from, as far as that is known.
#[derive(
    bon::Builder, Clone, Debug, Default, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize,
)]
#[builder(on(String, into))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct About {
    /// The commit of its sources.
    pub commit: Option<String>,
    /// Who deployed it.
    pub by: Option<String>,
    /// The page of the workflow's run.
    pub run: Option<String>,
    /// The SHA-256 of the plan file that was executed, in hexadecimal digits; none where none was.
    #[serde(default)]
    pub plan: Option<String>,
}

/// A site by what is in it.
#[derive(Clone, Debug, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SiteVersion {
    /// The first digits of the digest over all files.
    pub version: String,
    /// The construct.
    pub construct: String,
}

impl SiteVersion {
    /// The version of the site of a construct.
    pub fn new(version: impl Into<String>, construct: impl Into<String>) -> Self {
        Self {
            version: version.into(),
            construct: construct.into(),
        }
    }
}

/// A stack of a release.
#[derive(Clone, Debug, Deserialize, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ReleasedStack {
    /// The construct path.
    pub path: String,
    /// The name in CloudFormation.
    pub name: String,
    /// The region, where the app says so.
    pub region: Option<String>,
    /// The digest of its template.
    pub template: Digest,
}

/// Which release is meant.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Which {
    /// That one.
    Number(u64),
    /// The newest.
    Latest,
    /// The one that served before the newest: what was brought back counts as itself.
    Previous,
}

impl FromStr for Which {
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

impl fmt::Display for Which {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "release {number}"),
            Self::Latest => f.write_str("the latest release"),
            Self::Previous => f.write_str("the release before"),
        }
    }
}

impl Release {
    /// The release that serves with this one: itself, or what it brought back.
    pub fn origin(&self) -> u64 {
        self.restores.unwrap_or(self.release)
    }

    /// Whether it has the same stacks as another.
    fn has_stacks_of(&self, other: &Self) -> bool {
        self.stacks == other.stacks
    }
}

/// Those of these releases, newest first, that is meant.
fn choose(releases: &[Release], which: Which) -> Option<&Release> {
    let newest = releases.first()?;
    match which {
        Which::Latest => Some(newest),
        Which::Number(number) => releases.iter().find(|found| found.release == number),
        Which::Previous => {
            let origin = newest.origin();
            let mut before = releases.iter().filter(|found| found.release < origin);
            before.find(|found| found.restores.is_none())
        }
    }
}

/// The images of task definitions, by construct.
fn images(assembly: &CloudAssembly) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for stack in &assembly.stacks {
        for resource in stack.template.resources() {
            if resource.type_name != "AWS::ECS::TaskDefinition" {
                continue;
            }
            let name = construct_of(&stack.resource(resource.logical_id, resource.type_name));
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

/// `sha256:` and 64 digits, wherever they stand.
fn image_digest(text: &str) -> Option<String> {
    let at = text.find("sha256:")?;
    let digest = text.get(at..at + 71)?;
    let hexadecimal = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    digest[7..]
        .chars()
        .all(hexadecimal)
        .then(|| digest.to_owned())
}

fn steps(assembly: &CloudAssembly) -> Vec<Step> {
    let migrations = assembly.stacks.iter();
    migrations
        .flat_map(migration::declared_in)
        .flat_map(|migration| migration.steps)
        .collect()
}

fn stacks(assembly: &CloudAssembly) -> Vec<ReleasedStack> {
    let stacks = assembly.stacks.iter().map(|stack| ReleasedStack {
        path: stack.path.clone(),
        name: stack.name.clone(),
        region: stack.region.clone(),
        template: stack.template.digest(),
    });
    stacks.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{About, Release, Which, choose, image_digest};

    fn release(release: u64, restores: Option<u64>) -> Release {
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
    fn the_release_before_is_what_served_before() {
        let previous = |releases: &[Release]| choose(releases, Which::Previous).map(|r| r.release);
        let mut releases = vec![release(3, None), release(2, None), release(1, None)];
        assert_eq!(previous(&releases), Some(2));
        // Once 2 is back, going back again leads to 1, not to the 3 that was left.
        releases.insert(0, release(4, Some(2)));
        assert_eq!(previous(&releases), Some(1));
        releases.insert(0, release(5, None));
        assert_eq!(previous(&releases), Some(3));
        assert_eq!(previous(&[release(1, None)]), None);
        assert_eq!(choose(&releases, Which::Latest).map(|r| r.release), Some(5));
        assert_eq!(
            choose(&releases, Which::Number(4)).map(|r| r.release),
            Some(4)
        );
        assert!(choose(&releases, Which::Number(9)).is_none());
    }

    #[test]
    fn which_release_is_a_number_or_a_word() {
        assert_eq!("12".parse(), Ok(Which::Number(12)));
        assert_eq!("previous".parse(), Ok(Which::Previous));
        assert!("r12".parse::<Which>().is_err());
    }

    #[test]
    fn the_digest_of_an_image_is_found_in_any_expression() {
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
