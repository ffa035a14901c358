//! Reads a policy folder: its rule files, their digest and its settings.

use std::fs;
use std::path::{Path, PathBuf};

use infra_core::{Diagnostic, Place, codes};
use infra_template::digest::Digest;

use super::FolderSummary;
use super::exceptions::{self, Settings};
use super::guard;

/// File extensions of rule files, the same as those of the `cfn-guard` program.
const ENDINGS: [&str; 2] = ["guard", "ruleset"];

/// A policy folder whose rules have been parsed.
#[derive(Debug)]
pub(super) struct Folder {
    /// Path of the folder as the user named it.
    pub(super) display_path: String,
    /// Rule files, sorted by path.
    pub(super) files: Vec<RuleFile>,
    /// Content of `policy.toml`, or the defaults without that file.
    pub(super) settings: Settings,
    /// Commit of the checkout whose root is the folder; `None` on a branch.
    revision: Option<String>,
    digest: Digest,
}

/// A file with rules of AWS CloudFormation Guard.
#[derive(Clone, Debug)]
pub(super) struct RuleFile {
    /// Path of the file for messages.
    pub(super) display_path: String,
    /// Content of the file.
    pub(super) text: String,
    /// Number of rules in the file.
    pub(super) rules: usize,
}

impl Folder {
    /// Reads a folder and its subfolders, and parses the rules. Names that begin with `.` are ignored.
    ///
    /// # Errors
    ///
    /// Returns a finding for each file that cannot be read or parsed, for a symbolic link, and for a folder without rules, since a mistyped folder
    /// would otherwise accept everything.
    pub(super) fn read_folder(path: &Path, shown: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut paths = Vec::new();
        collect_rule_files(path, &mut paths).map_err(|(at, reason)| {
            let shown = format_path(shown, path, &at);
            vec![unreadable_finding(format!(
                "cannot read `{shown}`: {reason}"
            ))]
        })?;
        paths.sort();
        let mut files = Vec::new();
        let mut problems = Vec::new();
        let mut digested = Vec::new();
        for file in paths {
            let name = relative_path(path, &file);
            let file_shown = format_path(shown, path, &file);
            let text = match fs::read_to_string(&file) {
                Ok(text) => text,
                Err(error) => {
                    problems.push(unreadable_finding(format!(
                        "cannot read `{file_shown}`: {error}"
                    )));
                    continue;
                }
            };
            digested.push((name, text.clone()));
            let mut file = RuleFile {
                display_path: file_shown,
                text,
                rules: 0,
            };
            match guard::parse_rules(&file) {
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
            match read_settings(&settings, &format_path(shown, path, &settings)) {
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
            let message = format!("the policy folder `{shown}` contains no rules");
            return Err(vec![unreadable_finding(message).expected(
                "files `*.guard` with rules of AWS CloudFormation Guard, in the folder or below it",
            )]);
        }
        Ok(Self {
            display_path: shown.to_owned(),
            files,
            settings: read,
            revision: read_revision(path),
            digest: compute_digest(&digested),
        })
    }

    /// Returns the description of the folder for outputs and plan files.
    pub(super) fn to_summary(&self) -> FolderSummary {
        FolderSummary {
            folder: self.display_path.clone(),
            name: self.settings.name.clone(),
            revision: self.revision.clone(),
            digest: self.digest.clone(),
            rules: self.files.iter().map(|file| file.rules).sum(),
        }
    }
}

/// Returns the commit of a checkout with a detached HEAD, as workflows create it. It is informative only; the digest identifies the rules.
fn read_revision(folder: &Path) -> Option<String> {
    let head = fs::read_to_string(folder.join(".git/HEAD")).ok()?;
    let head = head.trim();
    let is_commit = head.len() == 40 && head.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_commit.then(|| head.to_owned())
}

/// Computes the digest over names and contents. Each is preceded by its length, which makes the encoding unambiguous.
fn compute_digest(files: &[(String, String)]) -> Digest {
    let mut bytes = Vec::new();
    for (name, text) in files {
        for part in [name, text] {
            bytes.extend(part.len().to_be_bytes());
            bytes.extend(part.as_bytes());
        }
    }
    Digest::hash_bytes(&bytes)
}

/// Adds the rule files in a folder and its subfolders. Symbolic links are refused, because they could lead out of the folder or form a cycle.
fn collect_rule_files(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), (PathBuf, String)> {
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
            let reason = "it is a symbolic link, which is not followed in a policy folder; replace it with the file";
            return Err((path, reason.to_owned()));
        }
        if kind.is_dir() {
            collect_rule_files(&path, found)?;
        } else if path
            .extension()
            .is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known))
        {
            found.push(path);
        }
    }
    Ok(())
}

/// Returns a path relative to a folder, separated by `/` on every system.
fn relative_path(folder: &Path, path: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path);
    let parts = path.components();
    let parts = parts.map(|part| part.as_os_str().to_string_lossy().into_owned());
    parts.collect::<Vec<String>>().join("/")
}

/// Formats a path in the folder for messages, below the name that the user gave.
fn format_path(shown: &str, folder: &Path, path: &Path) -> String {
    match relative_path(folder, path).as_str() {
        "" => shown.to_owned(),
        name => format!("{}/{name}", shown.trim_end_matches('/')),
    }
}

fn read_settings(path: &Path, shown: &str) -> Result<(Settings, String), Box<Diagnostic>> {
    let text = fs::read_to_string(path).map_err(|error| {
        Box::new(unreadable_finding(format!(
            "cannot read `{shown}`: {error}"
        )))
    })?;
    let settings: Settings = toml::from_str(&text).map_err(|error| {
        let finding = unreadable_finding(format!("cannot use `{shown}`: {}", error.message())).expected(
            "`name`; `[[exceptions]]` with `rule`, `stack`, `reason` and, for one resource, `resource` or `construct` with `type`; `[[unseen]]` with `stack`, `reason` and one of `macro`, `module`, `template`, `stack_set`",
        );
        Box::new(match error.span() {
            Some(span) => finding.place(place_of_offset(shown, &text, span.start)),
            None => finding,
        })
    })?;
    if let Some(problem) = settings.find_problem() {
        return Err(Box::new(unreadable_finding(format!(
            "`{shown}`: {problem}"
        ))));
    }
    Ok((settings, text))
}

/// Converts a byte offset to line and column, both starting at 1.
fn place_of_offset(file: &str, text: &str, at: usize) -> Place {
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

fn unreadable_finding(message: String) -> Diagnostic {
    Diagnostic::new(codes::POLICY_NOT_READABLE, message)
}
