//! A folder of rules: its files, their digest and its exceptions.

use std::fs;
use std::path::{Path, PathBuf};

use infra_core::{Diagnostic, Place, codes};
use infra_template::digest::Digest;

use super::FolderSummary;
use super::exceptions::{self, Settings};
use super::guard;

/// Endings of rule files, as the `cfn-guard` program takes them.
const ENDINGS: [&str; 2] = ["guard", "ruleset"];

/// A folder of rules.
#[derive(Debug)]
pub(super) struct Folder {
    /// The folder, as it was named.
    pub(super) shown: String,
    /// The rule files, in the order of their paths.
    pub(super) files: Vec<RuleFile>,
    /// The content of `policy.toml`.
    pub(super) settings: Settings,
    /// The commit of a checkout whose root the folder is.
    revision: Option<String>,
    digest: Digest,
}

/// A file of rules.
#[derive(Clone, Debug)]
pub(super) struct RuleFile {
    /// The path as messages show it.
    pub(super) shown: String,
    /// The content.
    pub(super) text: String,
    /// The number of its rules.
    pub(super) rules: usize,
}

impl Folder {
    /// Reads a folder with everything below it, and parses its rules. Names that begin with `.` are passed over.
    ///
    /// # Errors
    ///
    /// A finding for each file that cannot be read or parsed, one for a link, and one for a folder without rules: a folder with a wrong
    /// name would accept everything.
    pub(super) fn read(path: &Path, shown: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut paths = Vec::new();
        collect(path, &mut paths).map_err(|(at, reason)| {
            let shown = show(shown, path, &at);
            vec![unreadable(format!("cannot read `{shown}`: {reason}"))]
        })?;
        paths.sort();
        let mut files = Vec::new();
        let mut problems = Vec::new();
        let mut digested = Vec::new();
        for file in paths {
            let name = below(path, &file);
            let file_shown = show(shown, path, &file);
            let text = match fs::read_to_string(&file) {
                Ok(text) => text,
                Err(error) => {
                    problems.push(unreadable(format!("cannot read `{file_shown}`: {error}")));
                    continue;
                }
            };
            digested.push((name, text.clone()));
            let mut file = RuleFile {
                shown: file_shown,
                text,
                rules: 0,
            };
            match guard::parse(&file) {
                Ok(rules) => {
                    file.rules = rules;
                    files.push(file);
                }
                Err(problem) => problems.push(problem.into_finding()),
            }
        }
        let settings = path.join(exceptions::FILE);
        let mut read = Settings::default();
        if settings.exists() {
            match read_settings(&settings, &show(shown, path, &settings)) {
                Ok((settings, text)) => {
                    read = settings;
                    digested.push((exceptions::FILE.to_owned(), text));
                }
                Err(problem) => problems.push(*problem),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        if files.is_empty() {
            let message = format!("there are no rules in the policy folder `{shown}`");
            return Err(vec![unreadable(message).expected(
                "files `*.guard` with rules of AWS CloudFormation Guard, in the folder or below it",
            )]);
        }
        Ok(Self {
            shown: shown.to_owned(),
            files,
            settings: read,
            revision: revision(path),
            digest: digest(&digested),
        })
    }

    /// The folder as outputs name it.
    pub(super) fn summary(&self) -> FolderSummary {
        FolderSummary {
            folder: self.shown.clone(),
            name: self.settings.name.clone(),
            revision: self.revision.clone(),
            digest: self.digest.clone(),
            rules: self.files.iter().map(|file| file.rules).sum(),
        }
    }
}

/// The commit of a checkout without a branch, as workflows make it. It is for people: the digest says what the rules are.
fn revision(folder: &Path) -> Option<String> {
    let head = fs::read_to_string(folder.join(".git/HEAD")).ok()?;
    let head = head.trim();
    let is_commit = head.len() == 40 && head.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_commit.then(|| head.to_owned())
}

/// The digest over names and contents; lengths keep one from running into the other.
fn digest(files: &[(String, String)]) -> Digest {
    let mut bytes = Vec::new();
    for (name, text) in files {
        for part in [name, text] {
            bytes.extend(part.len().to_be_bytes());
            bytes.extend(part.as_bytes());
        }
    }
    Digest::of(&bytes)
}

/// Adds the rule files below a folder. Links are refused: a rule could be anywhere then, and a folder could contain itself.
fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), (PathBuf, String)> {
    let at = |error: std::io::Error| (folder.to_owned(), error.to_string());
    for entry in fs::read_dir(folder).map_err(at)? {
        let entry = entry.map_err(at)?;
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let kind = entry
            .file_type()
            .map_err(|error| (path.clone(), error.to_string()))?;
        if kind.is_symlink() {
            let reason = "it is a link, and links in a policy folder are not followed; put the file itself there";
            return Err((path, reason.to_owned()));
        }
        if kind.is_dir() {
            collect(&path, found)?;
        } else if path
            .extension()
            .is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known))
        {
            found.push(path);
        }
    }
    Ok(())
}

/// A path below a folder, with `/`.
fn below(folder: &Path, path: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path);
    let parts = path.components();
    let parts = parts.map(|part| part.as_os_str().to_string_lossy().into_owned());
    parts.collect::<Vec<String>>().join("/")
}

/// A path as messages show it.
fn show(shown: &str, folder: &Path, path: &Path) -> String {
    match below(folder, path).as_str() {
        "" => shown.to_owned(),
        name => format!("{}/{name}", shown.trim_end_matches('/')),
    }
}

fn read_settings(path: &Path, shown: &str) -> Result<(Settings, String), Box<Diagnostic>> {
    let text = fs::read_to_string(path)
        .map_err(|error| Box::new(unreadable(format!("cannot read `{shown}`: {error}"))))?;
    let settings: Settings = toml::from_str(&text).map_err(|error| {
        let finding = unreadable(format!("`{shown}` is not usable: {}", error.message())).expected(
            "`name`; `[[exceptions]]` with `rule`, `stack`, `reason` and, for one resource, `resource` or `construct` with `type`; `[[unseen]]` with `stack`, `reason` and one of `macro`, `module`, `template`, `stack_set`",
        );
        Box::new(match error.span() {
            Some(span) => finding.place(place(shown, &text, span.start)),
            None => finding,
        })
    })?;
    if let Some(problem) = settings.problem() {
        return Err(Box::new(unreadable(format!("`{shown}`: {problem}"))));
    }
    Ok((settings, text))
}

/// Line and column of a byte in a text.
fn place(file: &str, text: &str, at: usize) -> Place {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    Place::new(file, number(line), number(column))
}

fn unreadable(message: String) -> Diagnostic {
    Diagnostic::new(codes::POLICY_NOT_READABLE, message)
}
