//! Runs the command line of an app within a test and returns its output.
//!
//! ```
//! use infra_core::{CfnResource, Stack};
//!
//! let outcome = infra_runtime::testing::Invocation::new(["ls"]).run_simple(|app| {
//!     let stack = Stack::new(app, "Hello");
//!     CfnResource::new(stack, "Topic", "AWS::SNS::Topic", serde_json::json!({}));
//! });
//! assert_eq!(outcome.stdout, "Hello\n");
//! ```

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use infra_console::Process;
use infra_core::App;

use crate::program;
use crate::session::Build;
use crate::{Configuration, ExitCode};

/// A command line in an environment that holds nothing but the variables set here.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Invocation {
    arguments: Vec<OsString>,
    variables: BTreeMap<String, String>,
    directory: PathBuf,
}

/// Output of a command line. Its `Display` is made for snapshots.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Outcome {
    /// The data.
    pub stdout: String,
    /// The talk.
    pub stderr: String,
    /// The exit code.
    pub exit_code: ExitCode,
}

impl Invocation {
    /// A command line of these arguments, without the name of the program.
    pub fn new<A: Into<OsString>>(arguments: impl IntoIterator<Item = A>) -> Self {
        let name = OsString::from("app");
        Self {
            arguments: std::iter::once(name)
                .chain(arguments.into_iter().map(Into::into))
                .collect(),
            variables: BTreeMap::new(),
            directory: std::env::current_dir().unwrap_or_default(),
        }
    }

    /// Sets the working folder.
    pub fn directory(mut self, directory: impl Into<PathBuf>) -> Self {
        self.directory = directory.into();
        self
    }

    /// Sets an environment variable.
    pub fn variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// Runs it as [`run`](crate::run) does.
    pub fn run<C: Configuration>(self, build: impl Fn(&App, &C)) -> Outcome {
        self.record(&Build::configured(&build))
    }

    /// Runs it as [`run_simple`](crate::run_simple) does.
    pub fn run_simple(self, build: impl Fn(&App)) -> Outcome {
        self.record(&Build::simple(&build))
    }

    fn record(self, build: &Build<'_>) -> Outcome {
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let mut process = Process::new(&mut stdout, &mut stderr);
        process.arguments = self.arguments;
        process.variables = self.variables;
        process.directory = self.directory;
        let exit_code = program::main(build, &mut process);
        Outcome {
            stdout: String::from_utf8_lossy(&stdout).into_owned(),
            stderr: String::from_utf8_lossy(&stderr).into_owned(),
            exit_code,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "exit code: {}", self.exit_code.number())?;
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                writeln!(f, "--- {name}\n{}", text.trim_end())?;
            }
        }
        Ok(())
    }
}
