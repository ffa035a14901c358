//! Runs the programs that build assets: container tools, and commands from the assembly.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use infra_core::Diagnostic;

/// Number of output lines shown of a failed program.
const LINES: usize = 20;

/// Failure of a program, with its last lines of output.
#[derive(Debug)]
pub(super) struct Failure {
    /// Reason of the failure, as a clause of an error message.
    pub(super) why: String,
    /// Last lines of output and errors.
    pub(super) last: Vec<String>,
}

impl Failure {
    /// Adds the last lines of output to a finding as notes.
    pub(super) fn add_notes(self, finding: Diagnostic) -> Diagnostic {
        self.last.into_iter().fold(finding, Diagnostic::note)
    }
}

/// Runs a command from the assembly in a folder and returns its standard output.
pub(super) async fn run_command(folder: &Path, command: &[String]) -> Result<String, Failure> {
    let Some((program, arguments)) = command.split_first() else {
        return Err(Failure {
            why: "its command is empty".to_owned(),
            last: Vec::new(),
        });
    };
    run_program(folder, Path::new(program), arguments.to_vec(), None).await
}

/// Runs a program in a folder, with an optional text on its standard input, and returns its standard output.
pub(super) async fn run_program(
    folder: &Path,
    program: &Path,
    arguments: Vec<String>,
    input: Option<String>,
) -> Result<String, Failure> {
    let (folder, program) = (folder.to_owned(), program.to_owned());
    let work = tokio::task::spawn_blocking(move || {
        wait_for_program(&folder, &program, &arguments, input.as_deref())
    });
    work.await.unwrap_or_else(|error| {
        Err(Failure {
            why: format!("cannot wait for its command: {error}"),
            last: Vec::new(),
        })
    })
}

fn wait_for_program(
    folder: &Path,
    program: &PathBuf,
    arguments: &[String],
    input: Option<&str>,
) -> Result<String, Failure> {
    // Only the first argument is shown: others may contain secret build arguments.
    let first = arguments.first().map_or("", String::as_str);
    let shown = format!("`{} {first}`", program.display());
    let fail = |why: String| Failure {
        why,
        last: Vec::new(),
    };
    let mut process = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .stdin(if input.is_some() {
            Stdio::piped()
        } else {
            Stdio::null()
        })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| fail(format!("cannot start {shown}: {error}")))?;
    if let (Some(input), Some(mut stdin)) = (input, process.stdin.take()) {
        // A program that exits without reading its input reports the reason itself.
        let _ = stdin.write_all(input.as_bytes());
    }
    let done = process.wait_with_output();
    let done = done.map_err(|error| fail(format!("cannot read the output of {shown}: {error}")))?;
    if done.status.success() {
        return Ok(String::from_utf8_lossy(&done.stdout).into_owned());
    }
    let ended = match done.status.code() {
        Some(code) => format!("{shown} failed with exit code {code}"),
        None => format!("{shown} was terminated by a signal"),
    };
    let said = [&done.stdout[..], &done.stderr[..]].concat();
    let said = String::from_utf8_lossy(&said);
    let lines: Vec<&str> = said
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let last = &lines[lines.len().saturating_sub(LINES)..];
    Err(Failure {
        why: ended,
        last: last.iter().map(|line| (*line).to_owned()).collect(),
    })
}
