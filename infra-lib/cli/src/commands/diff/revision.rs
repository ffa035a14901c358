//! The cloud assembly that the app makes at a git revision: a worktree beside the user's, built and run there.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use infra_console::contract;
use infra_core::{Diagnostic, codes};
use infra_template::assembly::CloudAssembly;
use infra_template::digest::Digest;

use crate::app::AppSource;
use crate::failure::Failure;
use crate::session::Session;

/// Makes it. The worktree is removed afterwards, what was compiled stays for the next time.
pub(super) fn assembly(session: &Session<'_>, revision: &str) -> Result<CloudAssembly, Failure> {
    let app = app(session, revision)?;
    let manifest = app.folder.as_path();
    let top = git(manifest, &["rev-parse", "--show-toplevel"], || {
        format!("`{}` is in no git repository", session.show(manifest))
    })?;
    let top = PathBuf::from(top);
    // The workspace need not be at the top of the repository.
    let below = git(manifest, &["rev-parse", "--show-prefix"], || {
        format!("`{}` is in no git repository", session.show(manifest))
    })?;
    // By its full name, so that a branch cannot be taken for an option.
    let commit = git(
        manifest,
        &[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &format!("{revision}^{{commit}}"),
        ],
        || format!("there is no revision `{revision}`"),
    )?;
    let target = session.variable("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = target
        .unwrap_or_else(|| top.join("target"))
        .join("infra-diff")
        // Repositories may share a target folder.
        .join(Digest::of(top.as_os_str().as_encoded_bytes()).short());
    // The same place each time: cargo compiles again what has moved.
    let worktree = Worktree {
        top,
        folder: target.join("worktree"),
    };
    worktree.add(&commit, revision)?;
    let there = worktree.folder.join(below);
    let synthesized = synthesize(session, &app.command, &there, &target, revision);
    worktree.remove();
    synthesized
}

struct Worktree {
    top: PathBuf,
    folder: PathBuf,
}

impl Worktree {
    fn add(&self, commit: &str, revision: &str) -> Result<(), Failure> {
        // One that a diff left behind when it was killed.
        self.remove();
        let folder = self.folder.display().to_string();
        git(
            &self.top,
            &["worktree", "add", "--detach", "--force", &folder, commit],
            || format!("cannot check out `{revision}`"),
        )?;
        Ok(())
    }

    fn remove(&self) {
        // It may not be there; what is left over is written over the next time.
        let _ = Command::new("git")
            .current_dir(&self.top)
            .args(["worktree", "remove", "--force"])
            .arg(&self.folder)
            .output();
        // Of a repository that is somewhere else now, git knows nothing. The folder is ours alone.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The app as it is started in a checkout.
struct App {
    /// The folder of its package or project file.
    folder: PathBuf,
    /// The program and its first arguments.
    command: Vec<String>,
}

/// The app by cargo's variables, where cargo runs it, else by the project file.
fn app(session: &Session<'_>, revision: &str) -> Result<App, Failure> {
    let cargo = (
        session.variable(contract::APP),
        session.variable("CARGO_MANIFEST_DIR"),
        session.variable("CARGO_PKG_NAME"),
    );
    if let (Some(_), Some(folder), Some(package)) = cargo {
        let cargo = session.variable("CARGO").unwrap_or("cargo");
        let command = [cargo, "run", "--quiet", "--package", package, "--"];
        return Ok(App {
            folder: folder.into(),
            command: command.map(str::to_owned).to_vec(),
        });
    }
    if let AppSource::Infra {
        project: Some(project),
        ..
    } = session.app_source()?
    {
        return Ok(App {
            folder: project.folder().to_owned(),
            command: project.command().map_err(|finding| *finding)?,
        });
    }
    let message = format!("`--against git:{revision}` has to know how the app is built");
    Err(Diagnostic::new(codes::REVISION_NOT_SYNTHESIZED, message)
        .note("CARGO_MANIFEST_DIR and CARGO_PKG_NAME are not set, and there is no `infra.toml`")
        .help("run it with `cargo run -p PACKAGE -- diff …`, or synthesize the revision yourself and name the folder")
        .into())
}

fn synthesize(
    session: &Session<'_>,
    app: &[String],
    folder: &Path,
    target: &Path,
    revision: &str,
) -> Result<CloudAssembly, Failure> {
    // Nothing of an earlier revision may be taken for this one.
    let out = target.join("out");
    let _ = std::fs::remove_dir_all(&out);
    let (program, first) = app
        .split_first()
        .map_or(("", app), |(program, rest)| (program, rest));
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target.join("target"))
        .args(first)
        .args(["synth", "--quiet", "--out"])
        .arg(&out);
    let mut configuration = session.configuration.clone();
    configuration.config = configuration
        .config
        .map(|folder| session.directory.join(folder));
    command.args(configuration.to_arguments());
    let output = command
        .output()
        .map_err(|error| failed(&format!("cannot start `{program}`"), &error.to_string()))?;
    if !output.status.success() {
        let doing = format!("the app of `{revision}` cannot be built or synthesized");
        return Err(failed(&doing, &said(&output))
            .help(format!(
                "check the revision out and run `{} synth` to see more",
                app.join(" ")
            ))
            .into());
    }
    Ok(CloudAssembly::read(&out)?)
}

/// The answer of git, or a finding with what it said.
fn git(folder: &Path, arguments: &[&str], doing: impl Fn() -> String) -> Result<String, Failure> {
    let output = Command::new("git")
        .current_dir(folder)
        .args(arguments)
        .output()
        .map_err(|error| failed("cannot start git", &error.to_string()))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    Err(failed(&doing(), &said(&output))
        .help("name a branch, a tag or a commit that `git rev-parse` knows")
        .into())
}

/// The last lines of what a program said before it gave up.
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}

fn failed(message: &str, said: &str) -> Diagnostic {
    let finding = Diagnostic::new(codes::REVISION_NOT_SYNTHESIZED, message);
    if said.is_empty() {
        finding
    } else {
        finding.note(said)
    }
}
