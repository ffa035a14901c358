//! A command at work: the app, its configuration and the streams.

use std::io;
use std::path::Path;
use std::time::Instant;

use infra_console::{ConfigurationArguments, ExitCode, Output, Variables, show_path, words};
use infra_core::{App, Diagnostic, Synthesis};

use crate::configuration::{self, Configuration, Request};

/// The reason why a command ended early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Mistakes of the user, or operations that failed.
    Findings(Vec<Diagnostic>),
    /// A stream that cannot be written to.
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

/// Makes constructs, with or without a configuration.
type Construct<'a> = dyn Fn(&App, &Request<'_>) -> Result<(), Vec<Diagnostic>> + 'a;

/// An app as the commands see it.
pub(crate) struct Build<'a> {
    construct: Box<Construct<'a>>,
    /// The folder of the configuration, where the app has one.
    pub(crate) folder: Option<&'static str>,
    /// The JSON Schema of the configuration; `None` for an app without one.
    pub(crate) schema: Option<fn() -> serde_json::Value>,
}

impl<'a> Build<'a> {
    pub(crate) fn configured<C: Configuration>(build: &'a dyn Fn(&App, &C)) -> Self {
        Self {
            construct: Box::new(move |app, request| {
                let config = configuration::load::<C>(request)?;
                build(app, &config);
                Ok(())
            }),
            folder: Some(C::FOLDER),
            schema: Some(configuration::schema_of::<C>),
        }
    }

    pub(crate) fn simple(build: &'a dyn Fn(&App)) -> Self {
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

/// A command at work.
pub(crate) struct Session<'a> {
    pub(crate) build: &'a Build<'a>,
    pub(crate) output: Output<'a>,
    pub(crate) directory: &'a Path,
    pub(crate) variables: &'a Variables,
    pub(crate) configuration: ConfigurationArguments,
    pub(crate) started: Option<Instant>,
}

impl Session<'_> {
    /// The value of an environment variable that is set and not empty.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        self.variables.text(name)
    }

    /// The path as messages show it.
    pub(crate) fn show(&self, path: &Path) -> String {
        show_path(self.directory, path)
    }

    /// Adds the constructs of the app.
    pub(crate) fn construct(&self, app: &App) -> Result<(), Failure> {
        let request = Request {
            arguments: &self.configuration,
            variables: self.variables,
            directory: self.directory,
        };
        (self.build.construct)(app, &request).map_err(Failure::Findings)
    }

    /// ` in 31 ms`, when times are wanted.
    pub(crate) fn elapsed(&self) -> String {
        self.started.map_or_else(String::new, |started| {
            format!(" in {} ms", started.elapsed().as_millis())
        })
    }

    /// Prints the findings; true when they end the command.
    pub(crate) fn judge(&mut self, synthesis: &Synthesis, strict: bool) -> Result<bool, Failure> {
        self.output.findings(synthesis.findings())?;
        let failed = synthesis.has_errors() || strict && !synthesis.findings().is_empty();
        Ok(failed)
    }

    /// Prints the last line of a command that failed.
    pub(crate) fn fail(
        &mut self,
        synthesis: &Synthesis,
        consequence: &str,
    ) -> Result<ExitCode, Failure> {
        let count = words::count(synthesis.summary());
        let line = self.output.emphasis(&format!("{count}: {consequence}"));
        self.output.talk(&format!("{line}\n"))?;
        Ok(ExitCode::Error)
    }
}
