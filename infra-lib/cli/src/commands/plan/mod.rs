//! Implements `plan`: creates change sets for review; its subcommands show and remove plans.

use std::fmt::Write as _;

mod arguments;
mod brief;
mod parameters;
mod plan_file;
mod stop;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use infra_aws::Cloud;
use infra_deploy::plan;
use infra_deploy::plan::{DiscardScope, Listed, Plan, PlanRecord};
use infra_template::review::{Basis, Review, Verdict};

use super::budget::require_budget;
use super::files;
use crate::ExitCode;
use crate::failure::Failure;
use crate::policy::{OutputForm, PassedPolicies};
use crate::progress::record::{self, Own};
use crate::progress::{DriveContext, ProgressArguments};
use crate::render::{self, Detail, Target};
use crate::session::Session;
use infra_console::words::clean_line;
use infra_console::words::format_count;

pub(crate) use arguments::{PlanArguments, Selection, duration};
pub(super) use brief::summarize_review;
pub(super) use stop::PendingChangeSets;

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    subcommand: Option<PlanCommand>,

    #[command(flatten)]
    plan: PlanArguments,

    /// Refuses unpublished assets, in place of publishing them.
    ///
    /// Use it for an assembly from another source: publishing executes what the assembly names, with the credentials of the plan.
    #[arg(long)]
    no_publish: bool,

    /// Plans although assets are not published, and publishes none. `deploy` refuses the plan until `publish-assets` has published them.
    ///
    /// Use it to review an assembly from another source, such as that of a pull request. Templates of nested stacks must be published.
    #[arg(long, conflicts_with = "no_publish")]
    allow_unpublished: bool,

    #[command(flatten)]
    writing: PlanFileArguments,

    #[command(flatten)]
    printing: PrintArguments,

    #[command(flatten)]
    progress: ProgressArguments,
}

/// Options for the plan file to write.
#[derive(Args, Clone, Debug)]
struct PlanFileArguments {
    /// Writes the plan file, which `deploy --plan` executes: ARNs of change sets, and digests of everything that was reviewed.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// The built site to publish with this plan; `publish-site --plan` publishes no other.
    #[arg(long, value_name = "FOLDER", requires = "out")]
    site: Option<PathBuf>,
}

/// Options for printing a review.
#[derive(Args, Clone, Copy, Debug)]
struct PrintArguments {
    /// Prints Markdown for a pull request.
    #[arg(long, conflicts_with = "json")]
    markdown: bool,

    /// Shows every property of new resources too.
    #[arg(long, conflicts_with_all = ["json", "markdown"])]
    full: bool,

    /// Ends with exit code 2 if there are changes.
    #[arg(long)]
    detailed_exitcode: bool,
}

impl PrintArguments {
    /// Returns the form in which the result of policies is written.
    fn policy_form(self, progress: ProgressArguments) -> OutputForm {
        if progress.json {
            OutputForm::Json
        } else if self.markdown {
            OutputForm::Markdown
        } else {
            OutputForm::Text
        }
    }

    /// Adds the result of policies to a review in Markdown.
    fn add_policy(
        self,
        session: &mut Session<'_>,
        policy: Option<&PassedPolicies>,
    ) -> Result<(), Failure> {
        if let Some(policy) = policy
            && self.markdown
        {
            session.output.write_data(&policy.render_markdown())?;
        }
        Ok(())
    }
}

/// An operation on existing plans.
#[derive(Debug, Subcommand)]
enum PlanCommand {
    /// Prints the existing plan of the same sources, and creates nothing.
    Show(Box<Show>),
    /// Removes the plans of the app's stacks.
    Discard(Remove),
    /// Removes plans that can no longer be executed: expired, obsolete or failed, including those with longer prefixes.
    Prune(Remove),
}

/// Options of `plan show`.
#[derive(Args, Debug)]
pub(crate) struct Show {
    #[command(flatten)]
    plan: PlanArguments,

    /// Shows the plan of this plan file, in place of the one with the key of these sources.
    #[arg(
        long = "plan",
        id = "plan_file",
        value_name = "FILE",
        conflicts_with = "out"
    )]
    plan_file: Option<PathBuf>,

    #[command(flatten)]
    writing: PlanFileArguments,

    #[command(flatten)]
    printing: PrintArguments,

    #[command(flatten)]
    progress: ProgressArguments,
}

#[derive(Args, Debug)]
struct Remove {
    #[command(flatten)]
    selection: Selection,

    #[command(flatten)]
    progress: ProgressArguments,
}

pub(crate) fn run_plan(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    match &options.subcommand {
        None => create_plan(session, options),
        Some(PlanCommand::Show(options)) => run_plan_show(session, options),
        Some(PlanCommand::Discard(options)) => remove_plans(session, options, DiscardScope::All),
        Some(PlanCommand::Prune(options)) => remove_plans(session, options, DiscardScope::Unusable),
    }
}

fn create_plan(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    let mut planned = options.plan.to_plan_options(session)?;
    planned.no_publish = options.no_publish;
    planned.allow_unpublished = options.allow_unpublished;
    let assembly = session.load_reviewable_assembly(options.plan.selection.assembly.as_deref())?;
    let form = options.printing.policy_form(options.progress);
    let policy = options
        .plan
        .policy
        .require_compliance(session, &assembly, "plan", form)?;
    require_budget(session, &assembly, "plan", form)?;
    let (wanted, site) = options.writing.prepare_options(session, planned)?;
    session.with_cloud(async |session, cloud| {
        let stop = PendingChangeSets::new(cloud.clone(), &assembly, &wanted);
        let operation = plan::plan_changes(cloud.clone(), assembly.clone(), wanted.clone());
        let driving = DriveContext {
            arguments: options.progress,
            cloud: &*cloud,
            interruptible: &stop,
            questions: None,
        };
        let made = session.drive_recorded("plan", operation, driving).await?;
        options
            .writing
            .write_plan_file(session, &made, site.as_ref(), policy.as_ref())?;
        let code = print_plan(session, options.progress, options.printing, &*cloud, &made)?;
        options.printing.add_policy(session, policy.as_ref())?;
        if !options.progress.json {
            print_next_step(session, &made, options.writing.out.as_deref())?;
        }
        Ok(code)
    })
}

/// Runs `plan show`, and prints the review in the requested form.
pub(crate) fn run_plan_show(
    session: &mut Session<'_>,
    options: &Show,
) -> Result<ExitCode, Failure> {
    find_plan(session, options, |session, cloud, found, policy| {
        let code = print_plan(session, options.progress, options.printing, cloud, found)?;
        options.printing.add_policy(session, policy)?;
        if let Some(path) = &options.plan_file {
            let text =
                plan_file::describe_plan_file(&files::read_text(session, path)?, &found.record);
            session.output.write_status(&text)?;
        }
        Ok(code)
    })
}

/// Runs `plan show` and prints the review as one JSON document.
pub(crate) fn show_document(
    session: &mut Session<'_>,
    options: &Show,
) -> Result<ExitCode, Failure> {
    find_plan(session, options, |session, _, found, _| {
        session
            .output
            .write_json(&render::build_document(&found.review))?;
        Ok(ExitCode::Ok)
    })
}

/// Finds the plan that was created from the same sources, and prints it with `print`.
fn find_plan(
    session: &mut Session<'_>,
    options: &Show,
    print: impl FnOnce(
        &mut Session<'_>,
        &dyn Cloud,
        &Plan,
        Option<&PassedPolicies>,
    ) -> Result<ExitCode, Failure>,
) -> Result<ExitCode, Failure> {
    let record = match &options.plan_file {
        Some(path) => Some(PlanRecord::parse_json(&files::read_text(session, path)?)?),
        None => None,
    };
    let planned = options.plan.to_plan_options(session)?;
    let (wanted, site) = options.writing.prepare_options(session, planned)?;
    let assembly = session.load_reviewable_assembly(options.plan.selection.assembly.as_deref())?;
    let form = options.printing.policy_form(options.progress);
    let policy = options
        .plan
        .policy
        .require_compliance(session, &assembly, "plan show", form)?;
    if let (Some(policy), Some(record)) = (&policy, &record) {
        policy.check_plan(record)?;
    }
    session.with_cloud(async |session, cloud| {
        let stop = PendingChangeSets::new(cloud.clone(), &assembly, &wanted);
        let (cloud_again, app, plan_options) = (cloud.clone(), assembly.clone(), wanted.clone());
        let operation = match &record {
            Some(record) => plan::show_record(cloud_again, app, plan_options, record.clone()),
            None => plan::show_plan(cloud_again, app, plan_options),
        };
        let driving = DriveContext {
            arguments: options.progress,
            cloud: &*cloud,
            interruptible: &stop,
            questions: None,
        };
        let found = session
            .drive_recorded("plan show", operation, driving)
            .await?;
        options
            .writing
            .write_plan_file(session, &found, site.as_ref(), policy.as_ref())?;
        print(session, &*cloud, &found, policy.as_ref())
    })
}

/// Prints the review as data; messages about it go to standard error.
fn print_plan(
    session: &mut Session<'_>,
    progress: ProgressArguments,
    printing: PrintArguments,
    cloud: &dyn Cloud,
    plan: &Plan,
) -> Result<ExitCode, Failure> {
    let changes = plan.review.verdict() != Verdict::NoChanges;
    let code = if changes && printing.detailed_exitcode {
        ExitCode::Differences
    } else {
        ExitCode::Ok
    };
    if progress.json {
        let planned = Own::Plan {
            stacks: render::mask_review(&plan.review).stacks,
        };
        record::write_record(&mut session.output, cloud.current_time(), planned)?;
        if let Some(left) = &plan.review.left {
            record::write_record(
                &mut session.output,
                cloud.current_time(),
                Own::LeftStacks(left.clone()),
            )?;
        }
        let result = Own::Result {
            command: "plan".to_owned(),
            exit_code: code.number(),
            release: None,
            stacks: Vec::new(),
        };
        record::write_record(&mut session.output, cloud.current_time(), result)?;
    } else if printing.markdown {
        let app = session.app_name();
        let environment = session.environment().unwrap_or("default");
        let text = render::render_markdown(
            &plan.review,
            Target {
                app: &app,
                environment,
            },
        );
        session.output.write_data(&text)?;
    } else {
        let detail = if printing.full {
            Detail::Full
        } else {
            Detail::Brief
        };
        let text = render::render_text(&plan.review, detail, &session.output);
        session.output.write_data(&text)?;
    }
    Ok(code)
}

/// Formats the changes for people.
pub(super) fn format_review(review: &Review, session: &Session<'_>) -> String {
    render::render_text(review, Detail::Brief, &session.output)
}

/// Prints the command that executes the plan.
fn print_next_step(
    session: &mut Session<'_>,
    plan: &Plan,
    file: Option<&Path>,
) -> Result<(), Failure> {
    let expires = plan
        .review
        .stacks
        .iter()
        .find_map(|stack| match &stack.basis {
            Basis::ChangeSet { expires, .. } => Some(expires.clone()),
            _ => None,
        });
    let text = match expires {
        Some(expires) => {
            let until = clean_line(&expires).replace('T', " ");
            // Minutes are precise enough for people.
            let until = until.get(..16).unwrap_or(&until);
            let command = match file {
                Some(path) => format!("deploy --plan {}", session.format_path(path)),
                None => "deploy --reviewed".to_owned(),
            };
            format!("`{command}` executes exactly these changes, until {until} UTC\n")
        }
        None => "nothing to deploy\n".to_owned(),
    };
    let text = session.output.wrap_to_columns(&text);
    session.output.write_status(&text)?;
    Ok(())
}

fn remove_plans(
    session: &mut Session<'_>,
    options: &Remove,
    which: DiscardScope,
) -> Result<ExitCode, Failure> {
    let assembly = session.load_assembly(options.selection.assembly.as_deref())?;
    let wanted = options.selection.to_plan_options();
    session.with_cloud(async |session, cloud| {
        let stop = PendingChangeSets::new(cloud.clone(), &assembly, &wanted);
        let operation =
            plan::discard_change_sets(cloud.clone(), assembly.clone(), wanted.clone(), which);
        let driving = DriveContext {
            arguments: options.progress,
            cloud: &*cloud,
            interruptible: &stop,
            questions: None,
        };
        let removed = session
            .drive_recorded("plan discard", operation, driving)
            .await?;
        if options.progress.json {
            let result = Own::Result {
                command: "plan discard".to_owned(),
                exit_code: ExitCode::Ok.number(),
                release: None,
                stacks: removed.iter().map(removed_record).collect(),
            };
            record::write_record(&mut session.output, cloud.current_time(), result)?;
            return Ok(ExitCode::Ok);
        }
        let mut text = String::new();
        for one in &removed {
            let _ = writeln!(text, "{}: removed {}", one.stack, one.name);
        }
        session.output.write_data(&text)?;
        let line = match removed.len() {
            0 => "no such plan exists".to_owned(),
            count => format!("{} removed", format_count(count, "plan")),
        };
        session.output.write_status(&format!("{line}\n"))?;
        Ok(ExitCode::Ok)
    })
}

fn removed_record(listed: &Listed) -> record::StackResult {
    record::StackResult {
        stack: listed.stack.clone(),
        outcome: format!("removed {}", listed.name),
        outputs: std::collections::BTreeMap::new(),
    }
}
