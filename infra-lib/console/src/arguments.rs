//! Options that both programs have.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, ValueEnum};

use crate::{ExitCode, Process};

/// Options of every command.
#[derive(Args, Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct GlobalArguments {
    /// When to use colours. `auto`: when standard error is a terminal and `NO_COLOR` is not set.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,

    /// Prints findings and data only.
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

impl GlobalArguments {
    /// True when talk is coloured in this process.
    pub fn colored(&self, process: &Process<'_>) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => process.terminal && process.variable("NO_COLOR").is_none(),
        }
    }
}

/// Use of colours.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, ValueEnum)]
#[expect(missing_docs, reason = "their help would be longer than the option's")]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// Options that choose the configuration of an app.
#[derive(Args, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct ConfigurationArguments {
    /// The environment: the name of a file in the configuration folder, without `.yaml`.
    #[arg(long, short, global = true, value_name = "NAME")]
    pub env: Option<String>,

    /// Replaces a value of the configuration, such as `service.desired_count=3`. Can be repeated.
    #[arg(long, global = true, value_name = "KEY=VALUE")]
    pub set: Vec<String>,

    /// The folder with the environment files, in place of the app's own.
    #[arg(long, global = true, value_name = "FOLDER")]
    pub config: Option<PathBuf>,
}

impl ConfigurationArguments {
    /// True when no option was given.
    pub fn is_empty(&self) -> bool {
        self.env.is_none() && self.set.is_empty() && self.config.is_none()
    }

    /// The options as arguments of another process.
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

/// Prints what the parser of arguments answered: help and version as data, wrong usage as talk.
pub fn print_refusal(refused: &clap::Error, process: &mut Process<'_>) -> ExitCode {
    let text = refused.render().to_string();
    let (stream, code) = match refused.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => (&mut process.stdout, ExitCode::Ok),
        _ => (&mut process.stderr, ExitCode::Usage),
    };
    // A reader that went away needs no message.
    let _ = stream.write_all(text.as_bytes());
    code
}
