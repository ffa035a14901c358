//! Implements `lsp`: a language server for templates, and for the findings of the app, on standard input and output.
//!
//! The protocol runs in a separate thread, which answers everything about open templates. Running the app takes seconds: it is a job for the thread of
//! the command, which owns the session, and publishes its findings when it has ended.
//!
//! Protocol: <https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/>

mod actions;
mod app;
mod complete;
mod define;
mod diagnostics;
mod hover;
mod outline;
mod place;
mod schema;
mod server;
mod text;
mod uri;
mod words;

use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;

use clap::Args;
use infra_core::render;

use super::check::{CheckSettings, load_check_settings};
use crate::ExitCode;
use crate::failure::Failure;
use crate::process::Protocol;
use crate::session::Session;

use server::Output;

/// Options of `lsp`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Accepted for editors that pass it; standard input and output are the only transport.
    #[arg(long, hide = true)]
    stdio: bool,
}

/// Work for the thread of the command.
enum Job {
    /// Reads the settings of `[check]` for the project of a folder.
    LoadSettings(PathBuf, mpsc::Sender<Result<CheckSettings, String>>),
    /// Runs the app of the project, and publishes its findings.
    ValidateApp(PathBuf),
}

pub(crate) fn run_lsp(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    // The option says what is always true.
    let Arguments { stdio: _ } = options;
    let protocol = std::mem::take(&mut session.protocol);
    let is_script = matches!(protocol, Protocol::Script(_));
    let (output, written) = Output::open(is_script)?;
    let (sender, jobs) = mpsc::channel::<Job>();
    let (folder, sink) = (session.directory.to_owned(), output.clone());
    let protocol = thread::Builder::new()
        .name("lsp".to_owned())
        .spawn(move || server::serve_protocol(protocol, &folder, sink, &sender))?;
    let mut app = app::AppFindings::new(output);
    // Ends once the server, which holds the sender, has ended.
    while let Ok(job) = jobs.recv() {
        let mut validate = None;
        // Of several requests to run the app, which arrived while it ran, one is enough.
        for job in std::iter::once(job).chain(jobs.try_iter()) {
            match job {
                Job::LoadSettings(folder, reply) => {
                    let settings = load_check_settings(session, &folder);
                    // The server has ended if nobody waits.
                    let _ = reply.send(settings.map_err(|finding| render(&finding)));
                }
                Job::ValidateApp(folder) => validate = Some(folder),
            }
        }
        if let Some(folder) = validate {
            app.validate_app(session, &folder);
        }
    }
    drop(app);
    let ended = protocol
        .join()
        .unwrap_or_else(|_| Err("the server ended with a panic".to_owned()));
    let written = written.join().unwrap_or_default();
    if is_script {
        session
            .output
            .write_data(&String::from_utf8_lossy(&written))?;
    }
    match ended {
        Ok(code) => Ok(code),
        Err(reason) => {
            session.output.write_message(&format!(
                "error: the session of the language server failed: {reason}\n  = help: `infra lsp` is started by an editor, which communicates over standard input and output\n"
            ))?;
            Ok(ExitCode::Error)
        }
    }
}
