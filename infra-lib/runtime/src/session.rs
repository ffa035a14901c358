//! Defines [`Session`], the state of a running command: the app, its configuration and the streams.

use std::io;
use std::path::Path;
use std::time::Instant;

use infra_console::{ConfigurationArguments, ExitCode, Output, Variables, show_path, words};
use infra_core::{App, Diagnostic, Synthesis};

use crate::configuration::{self, Configuration, Request};

/// The reason why a command ended early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Mistakes of the user, or failed operations, which are printed as findings.
    Findings(Vec<Diagnostic>),
    /// An output stream that cannot be written to.
    Stream(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Stream(error)
    }
}

impl From<Diagnostic> for Failure {
    fn from(finding: Diagnostic) -> Self {
        Self::Findings(vec![finding])
    }
}

/// A function that adds constructs to an app, with or without a configuration.
type Construct<'a> = dyn Fn(&App, &Request<'_>) -> Result<(), Vec<Diagnostic>> + 'a;

/// An app, with its configuration type erased.
pub(crate) struct Build<'a> {
    construct: Box<Construct<'a>>,
    /// Folder of the configuration, if the app has one.
    pub(crate) folder: Option<&'static str>,
    /// Function that returns the JSON Schema of the configuration; `None` for an app without one.
    pub(crate) schema: Option<fn() -> serde_json::Value>,
}

impl<'a> Build<'a> {
    pub(crate) fn with_configuration<C: Configuration>(build: &'a dyn Fn(&App, &C)) -> Self {
        Self {
            construct: Box::new(move |app, request| {
                let config = configuration::load_configuration::<C>(request)?;
                build(app, &config);
                Ok(())
            }),
            folder: Some(C::FOLDER),
            schema: Some(configuration::schema_of::<C>),
        }
    }

    pub(crate) fn without_configuration(build: &'a dyn Fn(&App)) -> Self {
        Self {
            construct: Box::new(move |app, _| {
                build(app);
                Ok(())
            }),
            folder: None,
            schema: None,
        }
    }
}

/// A running command, with its app, options and streams.
pub(crate) struct Session<'a> {
    pub(crate) build: &'a Build<'a>,
    pub(crate) output: Output<'a>,
    pub(crate) directory: &'a Path,
    pub(crate) variables: &'a Variables,
    pub(crate) configuration: ConfigurationArguments,
    pub(crate) started: Option<Instant>,
}

impl Session<'_> {
    /// Returns the value of an environment variable, if it is set and not empty.
    pub(crate) fn find_variable(&self, name: &str) -> Option<&str> {
        self.variables.find_text(name)
    }

    /// Formats a path for messages, relative to the working folder where possible.
    pub(crate) fn display_path(&self, path: &Path) -> String {
        show_path(self.directory, path)
    }

    /// Loads the configuration and adds the constructs of the app.
    pub(crate) fn build_constructs(&self, app: &App) -> Result<(), Failure> {
        let request = Request {
            arguments: &self.configuration,
            variables: self.variables,
            directory: self.directory,
        };
        (self.build.construct)(app, &request).map_err(Failure::Findings)
    }

    /// Formats the elapsed time as ` in 31 ms`; empty if times are disabled.
    pub(crate) fn format_elapsed(&self) -> String {
        self.started.map_or_else(String::new, |started| {
            format!(" in {} ms", started.elapsed().as_millis())
        })
    }

    /// Prints the findings, and returns true if they make the command fail.
    pub(crate) fn report_findings(
        &mut self,
        synthesis: &Synthesis,
        strict: bool,
    ) -> Result<bool, Failure> {
        self.output.write_findings(synthesis.findings())?;
        let failed = synthesis.has_errors() || strict && !synthesis.findings().is_empty();
        Ok(failed)
    }

    /// Prints the last line of a command that failed.
    pub(crate) fn report_failure(
        &mut self,
        synthesis: &Synthesis,
        consequence: &str,
    ) -> Result<ExitCode, Failure> {
        let count = words::count_findings(synthesis.summary());
        let line = self
            .output
            .emphasize_text(&format!("{count}: {consequence}"));
        self.output.write_status(&format!("{line}\n"))?;
        Ok(ExitCode::Error)
    }
}
