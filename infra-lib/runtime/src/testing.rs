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

use std::ffi::OsString;
use std::path::PathBuf;

use infra_console::testing::CommandLine;
use infra_core::App;

pub use infra_console::testing::Outcome;

use crate::Configuration;
use crate::program;
use crate::session::Build;

/// A command line to run in a test. Its environment contains only the variables set here.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Invocation(CommandLine);

impl Invocation {
    /// Creates a command line with these arguments, which exclude the name of the program.
    pub fn new<A: Into<OsString>>(arguments: impl IntoIterator<Item = A>) -> Self {
        Self(CommandLine::new("app", arguments))
    }

    /// Sets the working folder, against which relative paths are resolved.
    pub fn directory(self, directory: impl Into<PathBuf>) -> Self {
        Self(self.0.directory(directory))
    }

    /// Sets an environment variable. Variables of the test process are not inherited.
    pub fn variable(self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        Self(self.0.variable(name, value))
    }

    /// Runs the command line as [`run`](crate::run) does, for an app with a configuration.
    pub fn run<C: Configuration>(self, build: impl Fn(&App, &C)) -> Outcome {
        self.record_outcome(&Build::with_configuration(&build))
    }

    /// Runs the command line as [`run_simple`](crate::run_simple) does, for an app without configuration.
    pub fn run_simple(self, build: impl Fn(&App)) -> Outcome {
        self.record_outcome(&Build::without_configuration(&build))
    }

    fn record_outcome(self, build: &Build<'_>) -> Outcome {
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let mut process = self.0.into_process(&mut stdout, &mut stderr);
        let exit_code = program::main(build, &mut process);
        Outcome::new(&stdout, &stderr, exit_code)
    }
}
