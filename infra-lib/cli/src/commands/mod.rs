//! One module a command; here is what they share.

pub(crate) mod bootstrap;
pub(crate) mod cancel;
mod chosen;
mod confirm;
pub(crate) mod deploy;
pub(crate) mod destroy;
pub(crate) mod diagnose;
pub(crate) mod diff;
pub(crate) mod doctor;
pub(crate) mod drift;
mod explain;
mod files;
mod graph;
pub(crate) mod hotswap;
pub(crate) mod import;
pub(crate) mod import_template;
pub(crate) mod logs;
mod ls;
pub(crate) mod migrate;
pub(crate) mod outputs;
pub(crate) mod plan;
pub(crate) mod publish_site;
pub(crate) mod refactor;
pub(crate) mod releases;
pub(crate) mod rollback;
mod sarif;
mod schema;
mod synth;
mod validate;
pub(crate) mod watch;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use infra_aws::Cloud;
use infra_core::{Diagnostic, StackArtifact, Synthesis, codes, nearest};
use infra_template::assembly::CloudAssembly;

use crate::arguments::{Arguments, Command, ConfigurationArguments};
use crate::configuration::Request;
use crate::output::{self, Output};
use crate::person::{Interrupts, Person};
use crate::process::{Connection, Process, show};
use crate::program::{Failure, Program};
use crate::{ExitCode, assembly};

/// A command at work.
pub(crate) struct Session<'a> {
    pub(crate) program: &'a Program<'a>,
    pub(crate) output: Output<'a>,
    pub(crate) directory: &'a Path,
    variables: &'a BTreeMap<String, String>,
    configuration: ConfigurationArguments,
    started: Option<Instant>,
    /// Whether talk is read at a terminal, where lines can be written over.
    pub(crate) terminal: bool,
    /// Columns and lines of the terminal.
    pub(crate) size: fn() -> Option<(u16, u16)>,
    pub(crate) person: &'a mut Person,
    pub(crate) interrupts: &'a mut Interrupts,
    connection: &'a mut Connection,
}

impl Session<'_> {
    /// An environment variable that is set to something.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        let value = self.variables.get(name).map(String::as_str);
        value.filter(|value| !value.is_empty())
    }

    /// The environment that was asked for.
    pub(crate) fn environment(&self) -> Option<&str> {
        self.configuration.env.as_deref()
    }

    /// The path as messages show it.
    pub(crate) fn show(&self, path: &Path) -> String {
        show(self.directory, path)
    }

    pub(crate) fn request(&self) -> Request<'_> {
        Request {
            arguments: &self.configuration,
            variables: self.variables,
            directory: self.directory,
        }
    }

    /// ` in 31 ms`, when times are wanted.
    fn elapsed(&self) -> String {
        self.started.map_or_else(String::new, |started| {
            format!(" in {} ms", started.elapsed().as_millis())
        })
    }

    /// What is wanted: the assembly in a folder, or what the app synthesizes now.
    ///
    /// Findings are printed; errors end the command, because nothing that is wrong is compared or deployed.
    pub(crate) fn wanted(&mut self, folder: Option<&Path>) -> Result<CloudAssembly, Failure> {
        if let Some(folder) = folder {
            return Ok(CloudAssembly::read(&self.directory.join(folder))?);
        }
        let synthesis = assembly::synthesize(self)?;
        if synthesis.has_errors() {
            return Err(Failure::Findings(synthesis.findings().to_vec()));
        }
        self.output.findings(synthesis.findings())?;
        Ok(CloudAssembly::of(&synthesis)?)
    }

    /// Does work that talks to AWS, in a runtime of one thread.
    pub(crate) fn with_cloud<R>(
        &mut self,
        work: impl AsyncFnOnce(&mut Self, Arc<dyn Cloud>) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        let connection = std::mem::replace(self.connection, Connection::Environment);
        let (cloud, runtime) = match connection {
            Connection::Given(cloud, runtime) => (cloud, runtime),
            Connection::Environment => {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()?;
                let cloud = runtime.block_on(infra_aws::sdk::connect())?;
                (cloud, runtime)
            }
        };
        let result = runtime.block_on(work(self, cloud));
        // A line that nobody types any more must not keep the process from ending.
        runtime.shutdown_background();
        result
    }

    /// Prints what was found; answers whether it keeps the command from going on.
    fn judge(&mut self, synthesis: &Synthesis, strict: bool) -> Result<bool, Failure> {
        self.output.findings(synthesis.findings())?;
        let failed = synthesis.has_errors() || strict && !synthesis.findings().is_empty();
        Ok(failed)
    }

    /// The last line of a command that failed.
    fn verdict(&mut self, synthesis: &Synthesis, consequence: &str) -> Result<ExitCode, Failure> {
        let count = output::count(synthesis.summary());
        let line = self.output.emphasis(&format!("{count}: {consequence}"));
        self.output.talk(&format!("{line}\n"))?;
        Ok(ExitCode::Error)
    }
}

/// Runs the command that was named.
pub(crate) fn run(
    program: &Program<'_>,
    process: &mut Process<'_>,
    arguments: &Arguments,
    configuration: ConfigurationArguments,
    colored: bool,
) -> Result<ExitCode, Failure> {
    let workflow = process.in_workflow();
    let mut session = Session {
        program,
        output: Output::new(process.stdout, process.stderr, colored, arguments.quiet)
            .in_workflow(workflow),
        directory: &process.directory,
        variables: &process.variables,
        configuration,
        started: process.started,
        terminal: process.terminal,
        size: process.size,
        person: &mut process.person,
        interrupts: &mut process.interrupts,
        connection: &mut process.connection,
    };
    match &arguments.command {
        Command::Synth(options) => synth::run(&mut session, options),
        Command::Ls(options) => ls::run(&mut session, options),
        Command::Validate(options) => validate::run(&mut session, options),
        Command::Explain(options) => explain::run(&mut session, options),
        Command::Graph(options) => graph::run(&mut session, options),
        Command::Schema(options) => schema::run(&mut session, options),
        Command::Diff(options) => diff::run(&mut session, options),
        Command::Plan(options) => plan::run(&mut session, options),
        Command::Deploy(options) => deploy::run(&mut session, options),
        Command::Watch(options) => watch::run(&mut session, options),
        Command::Cancel(options) => cancel::run(&mut session, options),
        Command::Outputs(options) => outputs::run(&mut session, options),
        Command::Drift(options) => drift::run(&mut session, options),
        Command::Import(options) => import::run(&mut session, options),
        Command::Releases(options) => releases::run(&mut session, options),
        Command::Rollback(options) => rollback::run(&mut session, options),
        Command::Refactor(options) => refactor::run(&mut session, options),
        Command::Bootstrap(options) => bootstrap::run(&mut session, options),
        Command::Doctor(options) => doctor::run(&mut session, options),
        Command::Destroy(options) => destroy::run(&mut session, options),
        Command::Diagnose(options) => diagnose::run(&mut session, options),
        Command::Logs(options) => logs::run(&mut session, options),
        Command::Migrate(options) => migrate::run(&mut session, options),
        Command::Hotswap(options) => hotswap::run(&mut session, options),
        Command::PublishSite(options) => publish_site::run(&mut session, options),
        Command::ImportTemplate(options) => import_template::run(&mut session, options),
    }
}

/// The stack of that name, or a finding that names those there are.
fn stack<'s>(synthesis: &'s Synthesis, name: &str) -> Result<&'s StackArtifact, Failure> {
    synthesis.stack(name).ok_or_else(|| {
        let known = || synthesis.stacks().iter().map(|stack| stack.path.as_str());
        let listed: Vec<String> = known().map(|path| format!("`{path}`")).collect();
        let finding = Diagnostic::new(codes::UNKNOWN_STACK, format!("there is no stack `{name}`"))
            .expected(format!("one of {}", listed.join(", ")));
        match nearest(name, known()) {
            Some(meant) => finding.help(format!("did you mean `{meant}`?")).into(),
            None => finding.into(),
        }
    })
}
