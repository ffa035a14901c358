//! What a diff compares with.

use std::convert::Infallible;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use infra_template::assembly::{CloudAssembly, Stack};
use infra_template::diff;
use infra_template::diff::Before;
use infra_template::review::Review;

use crate::failure::Failure;
use crate::session::Session;

/// What to compare with.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Against {
    /// What AWS has.
    Deployed,
    /// A cloud assembly.
    Folder(PathBuf),
    /// What the app makes at a git revision.
    Revision(String),
}

impl FromStr for Against {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text.strip_prefix("git:") {
            Some(revision) => Self::Revision(revision.to_owned()),
            None if text == "deployed" => Self::Deployed,
            None => Self::Folder(text.into()),
        })
    }
}

impl fmt::Display for Against {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deployed => f.write_str("deployed"),
            Self::Folder(folder) => write!(f, "{}", folder.display()),
            Self::Revision(revision) => write!(f, "git {revision}"),
        }
    }
}

/// The cloud assembly in a folder.
pub(super) fn folder(session: &Session<'_>, folder: &Path) -> Result<CloudAssembly, Failure> {
    Ok(CloudAssembly::read(&session.directory.join(folder))?)
}

/// One assembly against another: stacks that only the old one has are removed.
pub(super) fn compare(
    old: &CloudAssembly,
    new: &CloudAssembly,
    wanted: &[&Stack],
    against: &str,
) -> Review {
    let before = old.stacks.iter().map(|stack| {
        let before = Before::builder()
            .template(stack.template.clone())
            .tags(stack.tags.clone())
            .nested(stack.nested_templates())
            .build();
        (stack.name.clone(), before)
    });
    let everything = wanted.len() == new.stacks.len();
    let is_gone = |stack: &&Stack| !new.stacks.iter().any(|new| new.name == stack.name);
    let removed: Vec<&Stack> = if everything {
        old.stacks.iter().filter(is_gone).collect()
    } else {
        Vec::new()
    };
    diff::review(&before.collect(), wanted, &removed, against)
}
