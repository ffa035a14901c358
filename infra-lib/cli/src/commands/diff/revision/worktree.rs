//! Creates and removes the git worktree of one run.

use std::path::{Path, PathBuf};
use std::process::Command;

use infra_console::ExitCode;

use super::{last_error_lines, synthesis_failed};
use crate::child;
use crate::failure::Failure;

/// A git worktree that is removed when it is dropped.
pub(super) struct Worktree {
    /// Top folder of the user's checkout.
    top: PathBuf,
    folder: PathBuf,
}

impl Worktree {
    /// Checks a commit out into a new folder.
    pub(super) fn check_out(
        top: &Path,
        folder: &Path,
        commit: &str,
        revision: &str,
    ) -> Result<Self, Failure> {
        // Created first, so that a partial worktree is removed if git fails.
        let worktree = Self {
            top: top.to_owned(),
            folder: folder.to_owned(),
        };
        let shown = folder.display().to_string();
        run_git(
            top,
            &["worktree", "add", "--detach", "--force", &shown, commit],
            || format!("cannot check out `{revision}`"),
        )?;
        Ok(worktree)
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Removes the remains of killed runs below a folder. No other run may be active there.
    pub(super) fn remove_leftovers(top: &Path, below: &Path) {
        let Ok(listed) = run_git(top, &["worktree", "list", "--porcelain"], String::new) else {
            return;
        };
        let folders = listed
            .lines()
            .filter_map(|line| line.strip_prefix("worktree "))
            .map(Path::new);
        for folder in folders.filter(|folder| folder.starts_with(below)) {
            remove_worktree(top, folder);
        }
        let runs = std::fs::read_dir(below).into_iter().flatten().flatten();
        for run in runs.filter(|run| run.file_name().to_string_lossy().starts_with("run-")) {
            // A folder that cannot be removed does no harm.
            let _ = std::fs::remove_dir_all(run.path());
        }
    }
}

impl Drop for Worktree {
    fn drop(&mut self) {
        remove_worktree(&self.top, &self.folder);
    }
}

fn remove_worktree(top: &Path, folder: &Path) {
    // The worktree may not exist; its folder is removed with that of the run.
    let _ = Command::new("git")
        .current_dir(top)
        .args(["worktree", "remove", "--force", "--force"])
        .arg(folder)
        .output();
}

/// Runs git and returns its output, or a finding with its error message.
pub(super) fn run_git(
    folder: &Path,
    arguments: &[&str],
    doing: impl Fn() -> String,
) -> Result<String, Failure> {
    let mut command = Command::new("git");
    command.current_dir(folder).args(arguments);
    let output = child::capture_output(&mut command)
        .map_err(|error| synthesis_failed("cannot start git", &error.to_string()))?;
    if child::is_interrupted() {
        return Err(Failure::Process(ExitCode::Interrupted));
    }
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    Err(synthesis_failed(&doing(), &last_error_lines(&output))
        .help("use a branch, tag or commit that `git rev-parse` accepts")
        .into())
}
