//! Implements `deploy`: plans, asks, executes, and follows the operation until AWS completes it.

mod approval;
mod report;
mod stop;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use infra_aws::Cloud;
use infra_core::{Code, Diagnostic, codes};
use infra_deploy::deploy;
use infra_deploy::deploy::{Approvals, DeployOptions, Outcome, Source, WatchUntil};
use infra_deploy::evidence::FailFast;
use infra_deploy::plan::{FailureBehavior, PlanOptions};
use infra_deploy::release::{About, Recorded, ReleaseLog};
use infra_deploy::{Class, Error};
use infra_template::assembly::CloudAssembly;
use infra_template::digest::Digest;

use super::budget::require_budget;
use super::files;
use super::plan::{PlanArguments, duration};
use super::releases::OriginArguments;
use super::signer::SignerArguments;
use crate::ExitCode;
use crate::failure::Failure;
use crate::policy::OutputForm;
use crate::progress::{DriveContext, ProgressArguments};
use crate::session::Session;

use approval::{Approval, ChannelApprover};
use stop::InterruptibleDeployment;

pub(super) use approval::ApprovalLevel;

#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "options of a command line")]
pub(crate) struct Arguments {
    #[command(flatten)]
    plan: PlanArguments,

    /// Executes the reviewed plan of exactly these sources, and refuses any difference.
    ///
    /// Needs `--plan` in a workflow (`CI` is set): CloudFormation does not return everything that was reviewed.
    #[arg(long)]
    reviewed: bool,

    /// Executes the change sets of this plan file, if they still match these sources.
    #[arg(long = "plan", id = "plan_file", value_name = "FILE")]
    plan_file: Option<PathBuf>,

    #[command(flatten)]
    signer: SignerArguments,

    /// Answers every question with yes. Permits neither data loss, nor interruptions that are not allowed, nor new paths from the internet.
    #[arg(long, short, conflicts_with = "require_approval")]
    yes: bool,

    /// The changes that need approval.
    #[arg(long, value_name = "WHICH", default_value = "any")]
    require_approval: ApprovalLevel,

    /// Permits the loss of this resource's data: logical ID or construct path. Can be repeated.
    ///
    /// Workflows (`CI` is set) accept a file of approvals only.
    #[arg(long, value_name = "ID")]
    allow_data_loss: Vec<String>,

    /// Permits an interruption of this resource that is longer than allowed: logical ID or construct path. Can be repeated.
    ///
    /// Workflows (`CI` is set) accept a file of approvals only.
    #[arg(long, value_name = "ID")]
    allow_interruption: Vec<String>,

    /// Permits a new path from the internet to this resource: logical ID or construct path. Can be repeated.
    ///
    /// Workflows (`CI` is set) accept a file of approvals only.
    #[arg(long, value_name = "ID")]
    allow_exposure: Vec<String>,

    /// The committed file that permits the loss of data, interruptions and paths from the internet, for named resources and changes. Default: `infra/approvals.yaml`, if it exists.
    #[arg(long, value_name = "FILE")]
    approvals: Option<PathBuf>,

    /// Maximum duration of the deployment, after which it is cancelled and rolled back.
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    timeout: Option<Duration>,

    /// Maximum duration of a migration. It is then stopped, and stacks that depend on it are not deployed.
    #[arg(long, value_name = "DURATION", default_value = "30m", value_parser = duration)]
    migration_timeout: Duration,

    /// Ends the deployment of a service once the same container has failed in the same way this many times, in place of waiting until ECS gives up.
    /// Without a number: 3 times.
    #[arg(long, value_name = "TIMES", num_args = 0..=1, require_equals = true, default_missing_value = "3", value_parser = clap::value_parser!(u32).range(1..))]
    fail_fast: Option<u32>,

    /// Makes AWS report success once resources are configured, before they are ready to serve: for development.
    ///
    /// Failures are not rolled back, and a change that replaces a resource is refused.
    #[arg(long, conflicts_with_all = ["reviewed", "plan_file"])]
    express: bool,

    /// Ends once AWS has begun; `watch` follows the operation later.
    #[arg(long)]
    detach: bool,

    #[command(flatten)]
    origin: OriginArguments,

    /// Writes the outputs of all stacks to this file, as JSON: schemas/outputs.schema.json.
    #[arg(long, value_name = "FILE")]
    outputs_file: Option<PathBuf>,

    #[command(flatten)]
    progress: ProgressArguments,
}

pub(crate) fn run_deploy(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let wanted = engine_options(session, options)?;
    if let Some(path) = &options.outputs_file {
        files::check_writable(session, path)?;
    }
    let assembly = session.load_reviewable_assembly(options.plan.selection.assembly.as_deref())?;
    let form = if options.progress.json {
        OutputForm::Json
    } else {
        OutputForm::Text
    };
    let policy = options
        .plan
        .policy
        .require_compliance(session, &assembly, "deploy", form)?;
    require_budget(session, &assembly, "deploy", form)?;
    let level = if options.yes {
        ApprovalLevel::Never
    } else {
        options.require_approval
    };
    let mut about = options.origin.to_about(session);
    if let Source::Plan(record) = &wanted.source {
        if let Some(policy) = &policy {
            policy.check_plan(record)?;
        }
        about.plan = Some(Digest::hash_bytes(record.to_json().as_bytes()).to_string());
    }
    session.with_cloud(async |session, cloud| {
        let asked = DeployRequest {
            level,
            progress: options.progress,
            outputs_file: options.outputs_file.as_deref(),
            recording: Some(Recording {
                about: about.clone(),
                restores: None,
            }),
        };
        run_deployment(session, cloud, &assembly, wanted.clone(), asked).await?;
        Ok(ExitCode::Ok)
    })
}

/// The options of a deployment that concern approval and reporting.
pub(super) struct DeployRequest<'o> {
    pub(super) level: ApprovalLevel,
    pub(super) progress: ProgressArguments,
    pub(super) outputs_file: Option<&'o Path>,
    /// Record to add to the release log, if the app has one.
    pub(super) recording: Option<Recording>,
}

/// The contents of a release record that do not follow from the deployment.
#[derive(Clone, Debug)]
pub(super) struct Recording {
    pub(super) about: About,
    /// Number of the release that is restored.
    pub(super) restores: Option<u64>,
}

/// Plans, asks, executes and reports a deployment of any assembly.
pub(super) async fn run_deployment(
    session: &mut Session<'_>,
    cloud: Arc<dyn Cloud>,
    assembly: &CloudAssembly,
    wanted: DeployOptions,
    asked: DeployRequest<'_>,
) -> Result<deploy::Deployed, Failure> {
    let stacks = select_stack_names(assembly, &wanted)?;
    let several = stacks.len() > 1;
    let (asks, questions) = ChannelApprover::new();
    let stop = InterruptibleDeployment::new(
        cloud.clone(),
        assembly,
        &wanted.plan,
        Approval::new(asked.level, several),
        asked.progress,
        stacks,
    );
    let operation = deploy::deploy_stacks(cloud.clone(), assembly.clone(), wanted, Arc::new(asks));
    let driving = DriveContext {
        arguments: asked.progress,
        cloud: &*cloud,
        interruptible: &stop,
        questions: Some(questions),
    };
    let deployed = session.drive_recorded("deploy", operation, driving).await?;
    let written = match asked.outputs_file {
        Some(path) => files::write_text(session, path, &report::format_outputs_file(&deployed)),
        None => Ok(()),
    };
    let recorded = match asked.recording {
        Some(recording) => record_release(&cloud, assembly, &deployed, recording).await,
        None => Ok(None),
    };
    let release = recorded.as_ref().ok().and_then(Option::as_ref);
    let failed = match (&recorded, written) {
        (Ok(_), Ok(())) => None,
        (Ok(_), Err(Failure::Findings(findings))) => {
            Some(Error::from_findings(Class::Error, findings))
        }
        (Ok(_), Err(failure)) => return Err(failure),
        (Err(_), _) => None,
    };
    // The last JSON line contains the exit code, so it is written once the result is known.
    if failed.is_none() && recorded.is_ok() || !asked.progress.json {
        report::print_results(session, asked.progress, &*cloud, &deployed, release)?;
    }
    let failed = match recorded {
        Ok(_) => failed,
        Err(error) => Some(error.with_finding(not_recorded())),
    };
    match failed {
        None => Ok(deployed),
        Some(error) => {
            let error = adjust_deploy_error(&deployed, error);
            session.write_failure_record("deploy", asked.progress, &*cloud, error.into())
        }
    }
}

/// Returns the names of the stacks to deploy: those of the plan file unless stacks are selected.
fn select_stack_names(
    assembly: &CloudAssembly,
    wanted: &DeployOptions,
) -> Result<Vec<String>, Error> {
    if let (Source::Plan(record), true) = (&wanted.source, wanted.plan.stacks.is_empty()) {
        return Ok(record.stacks.iter().map(|one| one.stack.clone()).collect());
    }
    let stacks = assembly.select_stacks(&wanted.plan.stacks)?.into_iter();
    Ok(stacks.map(|stack| stack.name.clone()).collect())
}

/// Adjusts an error that occurred after a deployment. If a stack was executed, its class must not claim that nothing was changed.
pub(super) fn adjust_deploy_error(deployed: &deploy::Deployed, mut error: Error) -> Error {
    if deployed.has_executed() && !matches!(error.class, Class::Stuck | Class::Interrupted) {
        error.class = Class::Partial;
    }
    error.stacks = deployed.list_states();
    error
}

/// Records the deployment in the release log, unless a part of it is still in progress.
async fn record_release(
    cloud: &Arc<dyn Cloud>,
    assembly: &CloudAssembly,
    deployed: &deploy::Deployed,
    recording: Recording,
) -> Result<Option<Recorded>, Error> {
    let over = deployed.stacks.iter().all(|stack| {
        matches!(
            stack.outcome,
            Outcome::Deployed { .. } | Outcome::NoChanges { .. }
        )
    });
    if !over {
        return Ok(None);
    }
    let Some(log) = ReleaseLog::open_log(cloud, assembly).await? else {
        return Ok(None);
    };
    let chosen = assembly.stacks.iter().filter(|stack| {
        let mut stacks = deployed.stacks.iter();
        stacks.any(|deployed| deployed.path == stack.path)
    });
    let chosen: BTreeSet<String> = chosen.map(|stack| stack.id.clone()).collect();
    let recorded = log
        .record_deployment(assembly, &chosen, recording.about, recording.restores)
        .await?;
    Ok(Some(recorded))
}

fn not_recorded() -> Diagnostic {
    Diagnostic::new(
        codes::RELEASE_NOT_RECORDED,
        "the deployment succeeded, but the release was not recorded",
    )
    .help("run the same command again: it deploys nothing and records the release")
}

fn no_plan_file() -> Diagnostic {
    Diagnostic::new(
        codes::PLAN_FILE_MISSING,
        "a reviewed deployment in a workflow requires the plan file of the review",
    )
    .note("CloudFormation does not return the role, `NoEcho` values and resources to import: anyone with permission to create change sets could have changed them")
    .help("write the file with `plan --out FILE` or `plan show --out FILE`, pass it on as an artifact, and deploy it with `deploy --plan FILE`")
}

fn engine_options(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<DeployOptions, Failure> {
    let source = match &options.plan_file {
        Some(path) => Source::Plan(options.signer.read_plan(session, path)?),
        None if options.reviewed && session.variable("CI").is_some() => {
            return Err(Error::new(Class::Blocked, no_plan_file()).into());
        }
        None if options.reviewed => Source::Reviewed {
            changes: std::collections::BTreeMap::new(),
        },
        None => Source::New,
    };
    if session.variable("CI").is_some() {
        let (losses, interruptions) = (&options.allow_data_loss, &options.allow_interruption);
        refuse_in_workflow("--allow-data-loss", losses, codes::DATA_LOSS)?;
        let code = codes::INTERRUPTION_NOT_ALLOWED;
        refuse_in_workflow("--allow-interruption", interruptions, code)?;
        let exposures = &options.allow_exposure;
        refuse_in_workflow("--allow-exposure", exposures, codes::OPENED_PATH)?;
    }
    Ok(DeployOptions::builder()
        .approvals(read_approvals(session, options)?)
        .plan(plan_options(options, session)?)
        .source(source)
        .allow_data_loss(to_set(&options.allow_data_loss))
        .allow_interruption(to_set(&options.allow_interruption))
        .allow_exposure(to_set(&options.allow_exposure))
        .maybe_timeout(options.timeout)
        .migration_timeout(options.migration_timeout)
        .maybe_fail_fast(options.fail_fast.map(FailFast::new))
        .follow(if options.detach {
            WatchUntil::Started
        } else {
            WatchUntil::End
        })
        .build())
}

fn to_set(names: &[String]) -> BTreeSet<String> {
    names.iter().cloned().collect()
}

/// Refuses an option that approves a change, because a workflow has to read approvals from a file.
fn refuse_in_workflow(option: &str, names: &[String], code: Code) -> Result<(), Failure> {
    let Some(first) = names.first() else {
        return Ok(());
    };
    let message = format!("`{option} {first}` is not accepted in a workflow");
    let finding = Diagnostic::new(code, message)
        .help("commit the approval to `infra/approvals.yaml`, where it is reviewed and bound to these changes");
    Err(Error::new(Class::Blocked, finding).into())
}

/// Returns the options of the plan. Express mode does not support rollback, so failed resources are kept.
fn plan_options(options: &Arguments, session: &mut Session<'_>) -> Result<PlanOptions, Failure> {
    let mut plan = options.plan.to_plan_options(session)?;
    if options.express {
        plan.express = true;
        plan.when_it_fails = FailureBehavior::Keep;
    }
    Ok(plan)
}

/// Reads the file with approvals, which is optional unless `--approvals` names it.
fn read_approvals(session: &Session<'_>, options: &Arguments) -> Result<Approvals, Failure> {
    let usual = Path::new("infra/approvals.yaml");
    let path = match &options.approvals {
        Some(path) => path,
        None if session.directory.join(usual).is_file() => usual,
        None => return Ok(Approvals::default()),
    };
    let text = files::read_text(session, path)?;
    Ok(Approvals::parse_yaml(&session.format_path(path), &text)?)
}
