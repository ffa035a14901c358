//! Command line of the service: its arguments, and the exit code of each command. [`main`] is the entry point.

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

/// The notes service
///
/// All settings are environment variables; service/README.md lists them. Without any variable, the service listens on port 8080 of this machine and
/// keeps its data in data/notes.db.
#[derive(Debug, Parser)]
#[command(name = "notes", version, disable_help_subcommand = true, arg_required_else_help = true, after_help = exit::HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the service until it receives SIGTERM
    Serve(serve::Arguments),
    /// Update or inspect the schema of the database
    #[command(subcommand)]
    Migrate(migrate::Command),
    /// Create the user `demo` (password `demo-notes-1234`) with sample notes for development, unless it exists
    Seed(seed::Arguments),
    /// Manage accounts: list, create, disable or delete them, set passwords, create invites
    #[command(subcommand)]
    User(user::Command),
    /// Print the public key of push messages to browsers, or replace the key
    PushKey(push_key::Arguments),
    /// Write all data of the database to one file; the service may keep running
    Backup(backup::Write),
    /// Restore a backup into an empty database, SQLite or PostgreSQL
    Restore(backup::Restore),
    /// Examine the configuration, database, schema, clock, mail, OpenID provider, attachments and disk; each line names a problem and its solution
    Doctor(doctor::Arguments),
    /// Print the OpenAPI document of the API
    Openapi(openapi::Arguments),
    /// Print the contract between the service and its infrastructure: ports, paths, commands, variables and migrations
    Contract(contract::Arguments),
    /// Check that the service on this machine is alive
    Healthcheck,
}

/// Runs the command in the arguments of the process and returns its exit code. `--help` explains the codes.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Requested help is not an error. If the stream is closed, the failure cannot be reported.
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
            Command::Serve(arguments) => serve::run_serve(&arguments).await,
            Command::Migrate(command) => migrate::run_migrate(&command).await,
            Command::Seed(arguments) => seed::run_seed(&arguments).await,
            Command::User(command) => user::run_user(&command).await,
            Command::PushKey(arguments) => push_key::run_push_key(&arguments).await,
            Command::Backup(arguments) => backup::write_backup(&arguments).await,
            Command::Restore(arguments) => backup::restore_backup(&arguments).await,
            Command::Doctor(arguments) => doctor::run_doctor(&arguments).await,
            Command::Openapi(arguments) => openapi::write_openapi(&arguments),
            Command::Contract(arguments) => contract::write_contract(&arguments),
            Command::Healthcheck => healthcheck::run_healthcheck().await,
        }
    });
    // Do not wait for work on other threads, such as a password that is being hashed.
    runtime.shutdown_background();
    exit.into()
}
