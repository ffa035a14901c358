//! Implements `delivery`: generates the workflows of the delivery pipeline from `infra.toml`.

use std::fmt::Write as _;
use std::path::Path;

use clap::{Args, Subcommand};
use infra_console::words::format_count;
use infra_core::{Diagnostic, codes};
use infra_delivery::{COMMAND, File, State, compare_state, list_other_paths, render};

use crate::ExitCode;
use crate::app::Project;
use crate::failure::Failure;
use crate::session::Session;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    subcommand: DeliveryCommand,
}

/// The operation on the generated files.
#[derive(Debug, Subcommand)]
enum DeliveryCommand {
    /// Writes workflows and scripts below the folder of `infra.toml`.
    ///
    /// Files that were changed by hand are not replaced: nothing is written, and the command ends with exit code 1.
    Write(Write),
}

#[derive(Args, Debug)]
struct Write {
    /// Writes nothing; ends with exit code 1 if a file differs from what would be written.
    #[arg(long)]
    check: bool,

    /// Also replaces files that were changed by hand.
    #[arg(long, conflicts_with = "check")]
    force: bool,
}

pub(crate) fn run_delivery(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let DeliveryCommand::Write(options) = &options.subcommand;
    let source = session.app_source()?;
    let Some(project) = source.infra_project() else {
        return Err(no_project().into());
    };
    let files = generate_files(project).map_err(|finding| Failure::from(*finding))?;
    let leftover = find_leftovers(project);
    if options.check {
        return check_files(session, project, &files, &leftover);
    }
    let looked: Vec<(&File, FileState)> = files
        .iter()
        .map(|file| (file, inspect_file(project.folder(), file)))
        .collect();
    if !options.force {
        let edited: Vec<Diagnostic> = looked
            .iter()
            .filter(|(_, found)| *found == FileState::Edited)
            .map(|(file, _)| edited_file(&file.path))
            .collect();
        if !edited.is_empty() {
            return Err(Failure::Findings(edited));
        }
    }
    let mut text = String::new();
    let mut written = 0;
    for (file, found) in &looked {
        if *found != FileState::Current {
            write_file(session, project.folder(), file)?;
            written += 1;
        }
    }
    for path in &leftover {
        std::fs::remove_file(project.folder().join(path))
            .map_err(|error| file_not_usable(&format!("cannot remove `{path}`: {error}")))?;
        let _ = writeln!(
            text,
            "removed `{path}`, which `infra.toml` no longer requires"
        );
    }
    let rest = looked.len() - written;
    let _ = writeln!(
        text,
        "wrote {}; {rest} were up to date",
        format_count(written, "file")
    );
    session.output.write_status(&text)?;
    Ok(ExitCode::Ok)
}

/// Generates the files that the project file describes.
fn generate_files(project: &Project) -> Result<Vec<File>, Box<Diagnostic>> {
    let pipeline = project.require_delivery()?;
    render(&project.name(), project.app(), pipeline)
        .map_err(|invalid| Box::new(project.bad_delivery(&invalid)))
}

/// Returns the paths of files that the command generated for another pipeline, and that are unchanged since.
fn find_leftovers(project: &Project) -> Vec<String> {
    let Ok(pipeline) = project.require_delivery() else {
        return Vec::new();
    };
    let there = |path: &String| {
        let text = std::fs::read_to_string(project.folder().join(path));
        text.is_ok_and(|text| compare_state(&text, "") == State::Stale)
    };
    let paths = list_other_paths(pipeline).into_iter();
    paths.filter(there).collect()
}

fn check_files(
    session: &mut Session<'_>,
    project: &Project,
    files: &[File],
    leftover: &[String],
) -> Result<ExitCode, Failure> {
    let differs = files.iter().filter_map(|file| {
        let what = match inspect_file(project.folder(), file) {
            FileState::Current => return None,
            FileState::Missing => "is missing",
            FileState::Stale => "does not match `infra.toml`",
            FileState::Edited => {
                "does not match `infra.toml`; it was edited by hand, or existed before"
            }
            FileState::NotExecutable => "is not executable",
        };
        Some(stale_file(&file.path, what))
    });
    let left = leftover.iter().map(|path| {
        stale_file(
            path,
            "was written by this command, but `infra.toml` no longer requires it",
        )
    });
    let findings: Vec<Diagnostic> = differs.chain(left).collect();
    if !findings.is_empty() {
        return Err(Failure::Findings(findings));
    }
    let text = format!("{} files match `infra.toml`\n", files.len());
    session.output.write_status(&text)?;
    Ok(ExitCode::Ok)
}

/// The state of a generated file in the project.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum FileState {
    Current,
    Missing,
    Stale,
    Edited,
    NotExecutable,
}

fn inspect_file(folder: &Path, file: &File) -> FileState {
    let path = folder.join(&file.path);
    let Ok(text) = std::fs::read(&path) else {
        return if path.exists() {
            FileState::Edited
        } else {
            FileState::Missing
        };
    };
    match compare_state(&String::from_utf8_lossy(&text), &file.text) {
        State::Current if file.executable && !is_executable(&path) => FileState::NotExecutable,
        State::Current => FileState::Current,
        State::Stale => FileState::Stale,
        _ => FileState::Edited,
    }
}

/// Writes a file and its parent folders, and makes it executable if it is a program.
pub(super) fn write_file(session: &Session<'_>, folder: &Path, file: &File) -> Result<(), Failure> {
    let path = folder.join(&file.path);
    let parent = path.parent().unwrap_or(folder);
    let written = std::fs::create_dir_all(parent)
        .and_then(|()| std::fs::write(&path, &file.text))
        .and_then(|()| {
            if file.executable {
                make_executable(&path)
            } else {
                Ok(())
            }
        });
    written.map_err(|error| {
        file_not_usable(&format!(
            "cannot write `{}`: {error}",
            session.format_path(&path)
        ))
        .into()
    })
}

fn file_not_usable(message: &str) -> Diagnostic {
    Diagnostic::new(codes::FILE_NOT_USABLE, message)
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o111 != 0)
}

#[cfg(unix)]
fn make_executable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut permissions = std::fs::metadata(path)?.permissions();
    // Executable for everyone with read permission, as git checks files out.
    permissions.set_mode(permissions.mode() | ((permissions.mode() & 0o444) >> 2));
    std::fs::set_permissions(path, permissions)
}

/// Returns true: other systems have no executable permission, and git tracks its own.
#[cfg(not(unix))]
fn is_executable(_: &Path) -> bool {
    true
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> std::io::Result<()> {
    Ok(())
}

fn no_project() -> Diagnostic {
    Diagnostic::new(
        codes::NO_APP,
        "this app has no `infra.toml`, which describes the delivery pipeline",
    )
    .help("run the command in a project folder with an `infra.toml`, without `--app`")
}

fn stale_file(path: &str, what: &str) -> Diagnostic {
    Diagnostic::new(codes::STALE_DELIVERY, format!("`{path}` {what}"))
        .help(format!("write it again: `{COMMAND}`"))
}

fn edited_file(path: &str) -> Diagnostic {
    Diagnostic::new(
        codes::EDITED_DELIVERY,
        format!("`{path}` was edited by hand, or existed before"),
    )
    .help(format!(
        "move the change elsewhere, such as to a separate workflow, and overwrite the file: `{COMMAND} --force`"
    ))
}
