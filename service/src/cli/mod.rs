//! The command line: what it says, and with which code it ends.

mod backup;
mod contract;
mod doctor;
mod exit;
mod healthcheck;
mod migrate;
mod openapi;
mod output;
mod password;
mod push_key;
mod seed;
mod serve;
mod user;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use exit::Exit;

/// The notes service.
///
/// Everything is told by the environment; service/README.md has the table. Without any variable the service listens on port 8080 of this machine
/// and keeps its data in data/notes.db.
#[derive(Debug, Parser)]
#[command(name = "notes", version, disable_help_subcommand = true, arg_required_else_help = true, after_help = exit::HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer requests until SIGTERM
    Serve(serve::Arguments),
    /// Bring the schema of the database up to date, or look at it
    #[command(subcommand)]
    Migrate(migrate::Command),
    /// Make the user `demo` (password `demo-notes-1234`) with notes to develop with; nothing if there is one
    Seed(seed::Arguments),
    /// Manage accounts: list, make, disable, delete, set passwords, invite
    #[command(subcommand)]
    User(user::Command),
    /// Show the public key of messages to browsers, or make another one
    PushKey(push_key::Arguments),
    /// Write everything in the database into one file, while the service runs
    Backup(backup::Write),
    /// Put everything in such a file into an empty database, of the same kind or the other
    Restore(backup::Restore),
    /// Look at configuration, database, schema, clock, mail, provider, files and disk; each line says what is wrong and the way out
    Doctor(doctor::Arguments),
    /// Print the document that describes the API
    Openapi(openapi::Arguments),
    /// Print what an infrastructure has to know of the service
    Contract(contract::Arguments),
    /// Ask the service on this machine whether it lives
    Healthcheck,
}

/// The program.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help that was asked for is no mistake. When nobody reads there is nobody to tell.
            let _ = error.print();
            return if error.use_stderr() {
                Exit::Usage
            } else {
                Exit::Done
            }
            .into();
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let Ok(runtime) = runtime else {
        return Exit::Defect.into();
    };
    let exit = runtime.block_on(async {
        match arguments.command {
            Command::Serve(arguments) => serve::run(&arguments).await,
            Command::Migrate(command) => migrate::run(&command).await,
            Command::Seed(arguments) => seed::run(&arguments).await,
            Command::User(command) => user::run(&command).await,
            Command::PushKey(arguments) => push_key::run(&arguments).await,
            Command::Backup(arguments) => backup::write(&arguments).await,
            Command::Restore(arguments) => backup::restore(&arguments).await,
            Command::Doctor(arguments) => doctor::run(&arguments).await,
            Command::Openapi(arguments) => openapi::run(&arguments),
            Command::Contract(arguments) => contract::run(&arguments),
            Command::Healthcheck => healthcheck::run().await,
        }
    });
    // Work on other threads, as a password that is being hashed, is not waited for.
    runtime.shutdown_background();
    exit.into()
}
