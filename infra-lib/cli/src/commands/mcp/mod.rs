//! Implements `mcp`: read-only tools and resources for agents over the Model Context Protocol, on standard input and output.
//!
//! The protocol runs in a separate thread. Tools without an app answer there; the others are jobs for the thread of the command, one after the other,
//! because a session and its streams belong to one thread.

mod annotations;
mod answer;
mod book;
mod codes;
mod constructs;
mod project;
mod resources;
mod review;
mod server;
mod streams;
mod tool;
mod types;

use std::sync::mpsc;
use std::thread;

use clap::Args;

use crate::ExitCode;
use crate::failure::Failure;
use crate::process::Protocol;
use crate::session::Session;

use server::Job;
use tool::{Tool, Work};

/// The tools, in the order in which they are listed.
static TOOLS: [&Tool; 8] = [
    &codes::EXPLAIN_CODE,
    &codes::LIST_CODES,
    &constructs::FIND_CONSTRUCT,
    &types::DESCRIBE_TYPE,
    &project::SYNTH,
    &project::VALIDATE,
    &review::DIFF,
    &review::SHOW_PLAN,
];

/// Options of `mcp`, which has none.
#[derive(Args, Debug)]
pub(crate) struct Arguments {}

pub(crate) fn run_mcp(
    session: &mut Session<'_>,
    _options: &Arguments,
) -> Result<ExitCode, Failure> {
    let (sender, jobs) = mpsc::channel::<Job>();
    let protocol = std::mem::take(&mut session.protocol);
    let is_script = matches!(protocol, Protocol::Script(_));
    let protocol = thread::Builder::new()
        .name("mcp".to_owned())
        .spawn(move || server::serve_protocol(protocol, sender))?;
    // Ends once the server, which holds the sender, has ended.
    for job in jobs {
        job.execute_call(session);
    }
    let ended = protocol
        .join()
        .unwrap_or_else(|_| Err("the server ended with a panic".to_owned()));
    match ended {
        Ok(written) => {
            if is_script {
                session
                    .output
                    .write_data(&String::from_utf8_lossy(&written))?;
            }
            Ok(ExitCode::Ok)
        }
        Err(reason) => {
            session.output.write_message(&format!(
                "error: the Model Context Protocol session failed: {reason}\n  = help: `infra mcp` is started by an agent, which communicates over standard input and output\n"
            ))?;
            Ok(ExitCode::Error)
        }
    }
}
