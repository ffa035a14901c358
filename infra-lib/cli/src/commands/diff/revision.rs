//! Synthesizes the app at a git revision, in a temporary worktree where it is built and run.

mod worktree;

use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use infra_console::{ExitCode, contract};
use infra_core::{Diagnostic, codes};
use infra_template::assembly::CloudAssembly;
use infra_template::digest::Digest;

use crate::app::{AppSource, Project, show_command};
use crate::child::{self, TemporaryFolder};
use crate::failure::Failure;
use crate::session::Session;

use worktree::{Worktree, run_git};

/// Synthesizes the app at a revision. The worktree is removed afterwards; compiled code is kept for the next run.
///
/// Runs for one repository are serialized: they share compiled code, and a program that a concurrent run builds could be mistaken for that of this
/// revision.
pub(super) fn synthesize_revision(
    session: &mut Session<'_>,
    revision: &str,
) -> Result<CloudAssembly, Failure> {
    let app = App::from_session(session, revision)?;
    let project = app.folder();
    let no_repository = || {
        format!(
            "`{}` is not in a git repository",
            session.format_path(project)
        )
    };
    let top = PathBuf::from(run_git(
        project,
        &["rev-parse", "--show-toplevel"],
        no_repository,
    )?);
    // The workspace may be below the top of the repository.
    let below = run_git(project, &["rev-parse", "--show-prefix"], no_repository)?;
    // `--end-of-options` keeps a revision that begins with a hyphen from being parsed as an option.
    let commit = run_git(
        project,
        &[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &format!("{revision}^{{commit}}"),
        ],
        || format!("the revision `{revision}` does not exist"),
    )?;
    let target = session.variables.find_path("CARGO_TARGET_DIR");
    let cache = target
        .map_or_else(|| top.join("target"), Path::to_owned)
        .join("infra-diff")
        // Repositories can share a target folder.
        .join(Digest::hash_bytes(top.as_os_str().as_encoded_bytes()).short());
    let _lock = acquire_lock(session, &cache).map_err(|error| not_usable(&cache, &error))?;
    Worktree::remove_leftovers(&top, &cache);
    let run = TemporaryFolder::new_in(&cache).map_err(|error| not_usable(&cache, &error))?;
    let worktree = Worktree::check_out(&top, &run.path().join("worktree"), &commit, revision)?;
    let there = worktree.folder().join(below);
    let request = Request {
        out: &run.path().join("out"),
        target: &cache.join("target"),
        revision,
    };
    let (command, folder) = app.resolve_command(&worktree, &there, revision)?;
    synthesize_app(session, &command, &folder, &request)
}

/// Waits for other runs on the repository. Closing the file releases the lock, even if the process is killed.
fn acquire_lock(session: &mut Session<'_>, cache: &Path) -> std::io::Result<File> {
    std::fs::create_dir_all(cache)?;
    let file = File::create(cache.join("lock"))?;
    if file.try_lock().is_err() {
        session
            .output
            .write_status("waiting for another `diff --against git:…` of this repository\n")?;
        file.lock()?;
    }
    Ok(file)
}

fn not_usable(folder: &Path, error: &std::io::Error) -> Diagnostic {
    synthesis_failed(
        &format!("cannot use the folder `{}`", folder.display()),
        &error.to_string(),
    )
}

/// The way to start the app in a checkout.
enum App {
    /// The package that Cargo is running, from the variables that Cargo sets.
    Package {
        folder: PathBuf,
        command: Vec<OsString>,
    },
    /// The app that the revision's project file names. The folder is that of the current project file.
    Project(PathBuf),
}

impl App {
    fn from_session(session: &Session<'_>, revision: &str) -> Result<Self, Failure> {
        let variables = session.variables;
        let cargo = (
            variables.find_value(contract::APP),
            variables.find_path("CARGO_MANIFEST_DIR"),
            variables.find_value("CARGO_PKG_NAME"),
        );
        if let (Some(_), Some(folder), Some(package)) = cargo {
            let cargo = variables.find_value("CARGO").unwrap_or("cargo".as_ref());
            let command = [
                cargo,
                "run".as_ref(),
                "--quiet".as_ref(),
                "--package".as_ref(),
                package,
                "--".as_ref(),
            ];
            return Ok(Self::Package {
                folder: folder.to_owned(),
                command: command.map(OsString::from).to_vec(),
            });
        }
        if let AppSource::Infra {
            project: Some(project),
            ..
        } = session.app_source()?
        {
            return Ok(Self::Project(project.folder().to_owned()));
        }
        let message = format!("`--against git:{revision}` needs to know how the app is built");
        Err(Diagnostic::new(codes::REVISION_NOT_SYNTHESIZED, message)
            .note("CARGO_MANIFEST_DIR and CARGO_PKG_NAME are not set, and there is no `infra.toml`")
            .help("run it with `cargo run -p PACKAGE -- diff …`, or synthesize the revision yourself and pass the folder with `--against FOLDER`")
            .into())
    }

    /// Returns the current folder of the package or project file.
    fn folder(&self) -> &Path {
        match self {
            Self::Package { folder, .. } | Self::Project(folder) => folder,
        }
    }

    /// Returns the command at the revision, and the folder in which it runs.
    fn resolve_command(
        self,
        worktree: &Worktree,
        there: &Path,
        revision: &str,
    ) -> Result<(Vec<OsString>, PathBuf), Failure> {
        let folder = match self {
            Self::Package { command, .. } => return Ok((command, there.to_owned())),
            Self::Project(folder) => folder,
        };
        let top = worktree.folder();
        let within = there.ancestors().take_while(|place| place.starts_with(top));
        for place in within {
            if let Some(project) = Project::from_checkout(place).map_err(|finding| *finding)? {
                let words = project.parse_command().map_err(|finding| *finding)?;
                let words = words.into_iter().map(OsString::from).collect();
                return Ok((words, place.to_owned()));
            }
        }
        let message = format!("`{revision}` has no `{}`", contract::PROJECT_FILE);
        Err(synthesis_failed(
            &message,
            &format!("the current one is in `{}`", folder.display()),
        )
        .help("synthesize that revision yourself, and pass the folder with `--against FOLDER`")
        .into())
    }
}

/// A request for an assembly.
struct Request<'a> {
    out: &'a Path,
    /// Target folder of Cargo, shared by all revisions.
    target: &'a Path,
    revision: &'a str,
}

fn synthesize_app(
    session: &Session<'_>,
    app: &[OsString],
    folder: &Path,
    request: &Request<'_>,
) -> Result<CloudAssembly, Failure> {
    let mut words = app.iter();
    let program = words.next().cloned().unwrap_or_default();
    let mut command = Command::new(&program);
    command
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", request.target)
        .env(contract::DIRECTORY, session.directory)
        .args(words)
        .args(["synth", "--quiet", "--out"])
        .arg(request.out);
    let mut configuration = session.configuration.clone();
    configuration.config = configuration
        .config
        .map(|folder| session.directory.join(folder));
    command.args(configuration.to_arguments());
    let output = child::capture_output(&mut command).map_err(|error| {
        let message = format!("cannot start `{}`", program.to_string_lossy());
        synthesis_failed(&message, &error.to_string())
    })?;
    if child::is_interrupted() {
        return Err(Failure::Process(ExitCode::Interrupted));
    }
    if !output.status.success() {
        let revision = request.revision;
        let doing = format!("cannot build or synthesize the app of `{revision}`");
        return Err(synthesis_failed(&doing, &last_error_lines(&output))
            .help(format!(
                "check the revision out and run `{} synth` for more detail",
                show_command(app)
            ))
            .into());
    }
    Ok(CloudAssembly::read_directory(request.out)?)
}

/// Returns the last 12 lines that a failed program wrote to standard error.
fn last_error_lines(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}

fn synthesis_failed(message: &str, said: &str) -> Diagnostic {
    let finding = Diagnostic::new(codes::REVISION_NOT_SYNTHESIZED, message);
    if said.is_empty() {
        finding
    } else {
        finding.note(said)
    }
}
