//! Command-line options that the app and the tool share.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, ValueEnum};

use crate::{ExitCode, Process};

/// Options that every command of the app and the tool accepts.
#[derive(Args, Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct GlobalArguments {
    /// Use of colors. `auto`: if standard error is a terminal and `NO_COLOR` is not set.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,

    /// Prints only findings and data.
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

impl GlobalArguments {
    /// Returns true if messages are colored in this process, according to the option, the terminal and `NO_COLOR`.
    pub fn is_colored(&self, process: &Process<'_>) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => process.terminal && process.find_variable("NO_COLOR").is_none(),
        }
    }
}

/// Use of colors in the messages on standard error.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, ValueEnum)]
#[expect(missing_docs, reason = "their help would be longer than the option's")]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// Options that select and override the configuration of an app.
#[derive(Args, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct ConfigurationArguments {
    /// Environment: name of a file in the configuration folder, without `.yaml`.
    #[arg(long, short, global = true, value_name = "NAME")]
    pub env: Option<String>,

    /// Overrides a value of the configuration, such as `service.desired_count=3`. Can be repeated.
    #[arg(long, global = true, value_name = "KEY=VALUE")]
    pub set: Vec<String>,

    /// Folder with the environment files, instead of the app's own.
    #[arg(long, global = true, value_name = "FOLDER")]
    pub config: Option<PathBuf>,
}

impl ConfigurationArguments {
    /// Returns true if none of the options was given, so that the app's default configuration applies.
    pub fn is_empty(&self) -> bool {
        self.env.is_none() && self.set.is_empty() && self.config.is_none()
    }

    /// Returns the options in the form of arguments, to pass them to another process.
    pub fn to_arguments(&self) -> Vec<OsString> {
        let mut arguments: Vec<OsString> = Vec::new();
        if let Some(environment) = &self.env {
            arguments.extend(["--env".into(), environment.into()]);
        }
        for setting in &self.set {
            arguments.extend(["--set".into(), setting.into()]);
        }
        if let Some(folder) = &self.config {
            arguments.extend(["--config".into(), folder.into()]);
        }
        arguments
    }
}

/// Prints the reply of the argument parser: help and version to standard output, errors to standard error. Returns the exit code.
pub fn print_usage_error(refused: &clap::Error, process: &mut Process<'_>) -> ExitCode {
    let text = refused.render().to_string();
    let (stream, code) = match refused.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => (&mut process.stdout, ExitCode::Ok),
        _ => (&mut process.stderr, ExitCode::Usage),
    };
    // A closed stream needs no message.
    let _ = stream.write_all(text.as_bytes());
    code
}
