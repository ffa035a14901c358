//! Defines the other side of a diff, and compares two assemblies.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use infra_reach::{StackSource, add_opened_paths};
use infra_template::assembly::{CloudAssembly, Stack};
use infra_template::diff;
use infra_template::diff::DeployedStackState;
use infra_template::review::Review;

use crate::failure::Failure;
use crate::session::Session;

/// The other side of a diff.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::commands) enum DiffBase {
    /// The templates of the deployed stacks.
    Deployed,
    /// The cloud assembly in this folder.
    Folder(PathBuf),
    /// The assembly that the app synthesizes at this git revision.
    Revision(String),
}

impl FromStr for DiffBase {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text.strip_prefix("git:") {
            Some(revision) => Self::Revision(revision.to_owned()),
            None if text == "deployed" => Self::Deployed,
            None => Self::Folder(text.into()),
        })
    }
}

impl fmt::Display for DiffBase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deployed => f.write_str("deployed"),
            Self::Folder(folder) => write!(f, "{}", folder.display()),
            Self::Revision(revision) => write!(f, "git {revision}"),
        }
    }
}

/// Reads the cloud assembly in a folder.
pub(super) fn read_folder(session: &Session<'_>, folder: &Path) -> Result<CloudAssembly, Failure> {
    Ok(CloudAssembly::read_directory(
        &session.directory.join(folder),
    )?)
}

/// Returns the state of each stack of an assembly, by its name.
pub(super) fn list_states(assembly: &CloudAssembly) -> BTreeMap<String, DeployedStackState> {
    let states = assembly.stacks.iter();
    states
        .map(|stack| (stack.name.clone(), DeployedStackState::of_stack(stack)))
        .collect()
}

/// Compares two assemblies, given the states of the old one. Stacks that only the old one contains are removed, unless single stacks are selected.
pub(super) fn compare_assemblies(
    old: &CloudAssembly,
    before: &BTreeMap<String, DeployedStackState>,
    new: &CloudAssembly,
    wanted: &[&Stack],
    against: &str,
) -> Review {
    let everything = wanted.len() == new.stacks.len();
    let is_gone = |stack: &&Stack| !new.stacks.iter().any(|new| new.name == stack.name);
    let removed: Vec<&Stack> = if everything {
        old.stacks.iter().filter(is_gone).collect()
    } else {
        Vec::new()
    };
    let mut review = diff::review_stacks(before, wanted, &removed, against);
    let sources = |assembly: &CloudAssembly| {
        assembly
            .stacks
            .iter()
            .map(StackSource::from_stack)
            .collect()
    };
    add_opened_paths(&mut review.stacks, sources(old), sources(new));
    review
}
