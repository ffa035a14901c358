//! `deploy`: plans, asks, executes, and stays until AWS is done.

mod approval;
mod report;
mod stop;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use infra_core::{Diagnostic, codes};
use infra_toolkit::assembly::CloudAssembly;
use infra_toolkit::cloud::Cloud;
use infra_toolkit::deploy::{self, Approvals, DeployOptions, Follow, Source};
use infra_toolkit::evidence::FailFast;
use infra_toolkit::plan::PlanRecord;
use infra_toolkit::{Class, Error};

use super::plan::{PlanArguments, duration};
use super::{Session, files};
use crate::ExitCode;
use crate::program::Failure;
use crate::progress::{Driving, ProgressArguments};

use approval::{Approval, Asks};
use stop::Deploying;

pub(super) use approval::Level;

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    #[command(flatten)]
    plan: PlanArguments,

    /// Executes what was planned from exactly these sources and reviewed, and refuses whatever differs.
    #[arg(long, conflicts_with = "plan_file")]
    reviewed: bool,

    /// Executes what this plan file points at, if it still is what these sources make.
    #[arg(long = "plan", id = "plan_file", value_name = "FILE")]
    plan_file: Option<PathBuf>,

    /// Says yes to every question. The data-loss stop is none.
    #[arg(long, short, conflicts_with = "require_approval")]
    yes: bool,

    /// Which changes have to be approved.
    #[arg(long, value_name = "WHICH", default_value = "any")]
    require_approval: Level,

    /// Accepts that this resource, by logical ID or construct path, loses its data. Can be repeated.
    ///
    /// In a workflow (`CI` is set) only a file of approvals is accepted.
    #[arg(long, value_name = "ID")]
    allow_data_loss: Vec<String>,

    /// The committed file that says whose data may be lost, by which changes. Default: `infra/approvals.yaml`, when
    /// there is one.
    #[arg(long, value_name = "FILE")]
    approvals: Option<PathBuf>,

    /// Ends the deployment after this time: it is cancelled and rolled back.
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    timeout: Option<Duration>,

    /// Ends the roll-out of a service once the same container has failed in the same way so often, in place of waiting
    /// until ECS gives up. Without a number: 3 times.
    #[arg(long, value_name = "TIMES", num_args = 0..=1, require_equals = true, default_missing_value = "3", value_parser = clap::value_parser!(u32).range(1..))]
    fail_fast: Option<u32>,

    /// Leaves once AWS has begun; `watch` comes back to it.
    #[arg(long)]
    detach: bool,

    /// Writes the outputs of all stacks to this file, as JSON.
    #[arg(long, value_name = "FILE")]
    outputs_file: Option<PathBuf>,

    #[command(flatten)]
    progress: ProgressArguments,
}

pub(super) fn run(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    let wanted = engine_options(session, options)?;
    if let Some(path) = &options.outputs_file {
        files::check_writable(session, path)?;
    }
    let assembly = session.wanted(options.plan.selection.assembly.as_deref())?;
    let level = if options.yes {
        Level::Never
    } else {
        options.require_approval
    };
    session.with_cloud(async |session, cloud| {
        let asked = Asked {
            level,
            progress: options.progress,
            outputs_file: options.outputs_file.as_deref(),
        };
        carry_out(session, cloud, &assembly, wanted.clone(), asked).await
    })
}

/// How a deployment is talked about.
pub(super) struct Asked<'o> {
    pub(super) level: Level,
    pub(super) progress: ProgressArguments,
    pub(super) outputs_file: Option<&'o Path>,
}

/// Plans, asks, executes and reports, whatever assembly it is.
pub(super) async fn carry_out(
    session: &mut Session<'_>,
    cloud: Arc<dyn Cloud>,
    assembly: &CloudAssembly,
    wanted: DeployOptions,
    asked: Asked<'_>,
) -> Result<ExitCode, Failure> {
    let several = assembly.select(&wanted.plan.stacks)?.len() > 1;
    let (asks, questions) = Asks::new();
    let stop = Deploying::new(
        cloud.clone(),
        assembly,
        &wanted.plan,
        Approval::new(asked.level, several),
        asked.progress,
    );
    let operation = deploy::deploy(cloud.clone(), assembly.clone(), wanted, Arc::new(asks));
    let driving = Driving {
        arguments: asked.progress,
        cloud: &*cloud,
        stop: &stop,
        questions: Some(questions),
    };
    let deployed = session.drive_recorded("deploy", operation, driving).await?;
    if let Some(path) = asked.outputs_file {
        files::write(session, path, &report::outputs_file(&deployed))?;
    }
    report::print(session, asked.progress, &*cloud, &deployed)?;
    Ok(ExitCode::Ok)
}

fn engine_options(session: &Session<'_>, options: &Arguments) -> Result<DeployOptions, Failure> {
    let source = match &options.plan_file {
        Some(path) => Source::Plan(PlanRecord::parse(&files::read(session, path)?)?),
        None if options.reviewed => Source::Reviewed {
            changes: std::collections::BTreeMap::new(),
        },
        None => Source::New,
    };
    if let Some(first) = options.allow_data_loss.first()
        && session.variable("CI").is_some()
    {
        let message = format!("`--allow-data-loss {first}` is not accepted in a workflow");
        let finding = Diagnostic::new(codes::DATA_LOSS, message)
            .help("commit the approval to `infra/approvals.yaml`, where it is reviewed and bound to these changes");
        return Err(Error::new(Class::Blocked, finding).into());
    }
    Ok(DeployOptions {
        approvals: approvals(session, options)?,
        plan: options.plan.options(),
        source,
        allow_data_loss: options
            .allow_data_loss
            .iter()
            .cloned()
            .collect::<BTreeSet<_>>(),
        timeout: options.timeout,
        fail_fast: options
            .fail_fast
            .map(|same_failure| FailFast { same_failure }),
        follow: if options.detach {
            Follow::UntilStarted
        } else {
            Follow::ToTheEnd
        },
        ..DeployOptions::default()
    })
}

/// What was approved in a file, which may be missing unless it is named.
fn approvals(session: &Session<'_>, options: &Arguments) -> Result<Approvals, Failure> {
    let usual = Path::new("infra/approvals.yaml");
    let path = match &options.approvals {
        Some(path) => path,
        None if session.directory.join(usual).is_file() => usual,
        None => return Ok(Approvals::default()),
    };
    let text = files::read(session, path)?;
    Ok(Approvals::parse(&session.show(path), &text)?)
}
