//! Implements `diff`: predicts changes from templates. It never writes to AWS, and sends no request with `--against FOLDER`.

mod against;
mod revision;

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use infra_core::Diagnostic;
use infra_reach::{StackSource, add_opened_paths};
use infra_template::assembly::{CloudAssembly, Stack};
use infra_template::diff::{self, DeployedStackState};
use infra_template::permissions::permissions_for_changes;
use infra_template::review::{Review, StackReview, Verdict};
use infra_template::simulate::{add_interruptions, simulate};

use super::pricing::{compare_reviewed, describe_usage, load_model};
use crate::ExitCode;
use crate::failure::Failure;
use crate::render::cost::render_cost_section;
use crate::render::permissions::render_permissions_section;
use crate::render::{self, Detail, Target, film};
use crate::session::Session;

pub(super) use against::DiffBase;

#[derive(Args, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "flags of a command line, which clap keeps apart"
)]
pub(crate) struct Arguments {
    /// Compares this stack only, by construct path or name. Can be repeated.
    #[arg(long, value_name = "NAME")]
    stack: Vec<String>,

    /// The other side of the comparison: `deployed`, the folder of another cloud assembly, or `git:REV` for the app at that revision.
    #[arg(long, value_name = "WHAT", default_value = "deployed")]
    against: DiffBase,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    assembly: Option<PathBuf>,

    /// Ends with exit code 2 if the changes are at least this severe.
    #[arg(long, value_name = "WHAT", default_value = "never")]
    fail_on: FailOn,

    /// Ends with exit code 2 if there are differences. The same as `--fail-on any-change`.
    #[arg(long)]
    detailed_exitcode: bool,

    /// Shows every property of new resources too.
    #[arg(long)]
    full: bool,

    /// Prints the review as JSON: schemas/review.schema.json.
    #[arg(long, conflicts_with_all = ["markdown", "full"])]
    json: bool,

    /// Prints the review as Markdown, for a comment on a pull request.
    #[arg(long, conflicts_with = "full")]
    markdown: bool,
}

/// The least severe change that ends the command with exit code 2.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum FailOn {
    /// No change, so that the command never ends with exit code 2.
    Never,
    /// Any difference, including a deployed stack that is no longer in the app.
    AnyChange,
    /// A change that broadens access, or replaces or removes a resource.
    Broadening,
    /// A change that replaces or removes a resource.
    Destructive,
}

impl FailOn {
    fn should_fail(self, review: &Review) -> bool {
        let broadens = review.stacks.iter().any(StackReview::is_broadening);
        let verdict = review.verdict();
        match self {
            Self::Never => false,
            // A stack that left the app is a difference, although no deployment touches it.
            Self::AnyChange => verdict > Verdict::NoChanges || !review.orphaned_stacks().is_empty(),
            Self::Broadening => broadens || verdict >= Verdict::Destructive,
            Self::Destructive => verdict >= Verdict::Destructive,
        }
    }
}

pub(crate) fn run_diff(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let assembly = session.load_reviewable_assembly(options.assembly.as_deref())?;
    let compared = compare_against(session, &assembly, &options.stack, &options.against)?;
    let review = &compared.review;
    let wanted = assembly.select_stacks(&options.stack)?;
    print_review(session, options, &compared, &assembly, &wanted)?;
    session.output.write_findings(&compared.warnings)?;
    let fails = options.fail_on.should_fail(review)
        || options.detailed_exitcode && FailOn::AnyChange.should_fail(review);
    Ok(if fails {
        ExitCode::Differences
    } else {
        ExitCode::Ok
    })
}

/// Changes of an assembly, with the templates that they were predicted from.
pub(super) struct Comparison {
    pub(super) review: Review,
    /// Former state of each stack, by its name.
    pub(super) before: BTreeMap<String, DeployedStackState>,
    pub(super) warnings: Vec<Diagnostic>,
}

/// Predicts the changes from another state to an assembly, for the given stacks or for all.
pub(super) fn review_against(
    session: &mut Session<'_>,
    assembly: &CloudAssembly,
    stacks: &[String],
    against: &DiffBase,
) -> Result<(Review, Vec<Diagnostic>), Failure> {
    let compared = compare_against(session, assembly, stacks, against)?;
    Ok((compared.review, compared.warnings))
}

/// Predicts changes as [`review_against`] does, and returns the former state with them.
pub(super) fn compare_against(
    session: &mut Session<'_>,
    assembly: &CloudAssembly,
    stacks: &[String],
    against: &DiffBase,
) -> Result<Comparison, Failure> {
    let wanted = assembly.select_stacks(stacks)?;
    let allowed = session.availability()?;
    let all: Vec<&Stack> = assembly.stacks.iter().collect();
    let other = match against {
        DiffBase::Deployed => None,
        DiffBase::Folder(folder) => Some(against::read_folder(session, folder)?),
        DiffBase::Revision(revision) => Some(revision::synthesize_revision(session, revision)?),
    };
    match other {
        Some(other) => {
            let against = against.to_string();
            let before = against::list_states(&other);
            let mut review =
                against::compare_assemblies(&other, &before, assembly, &wanted, &against);
            add_interruptions(&mut review.stacks, &before, &all, allowed);
            Ok(Comparison {
                review,
                before,
                warnings: Vec::new(),
            })
        }
        None => session.with_cloud(async |_, cloud| {
            let deployed = infra_deploy::read_deployed_templates(&cloud, assembly, stacks).await?;
            let mut review = diff::review_stacks(&deployed.stacks, &wanted, &[], "deployed");
            let stacks = wanted.iter().copied().map(StackSource::from_stack);
            let after: Vec<StackSource> = stacks.collect();
            let before = after.iter().filter_map(|source| {
                let there = deployed.stacks.get(&source.name)?;
                Some(source.with_templates(there.template.clone(), there.nested.clone()))
            });
            add_opened_paths(&mut review.stacks, before.collect(), after.clone());
            add_interruptions(&mut review.stacks, &deployed.stacks, &all, allowed);
            review.left = deployed.orphaned;
            Ok(Comparison {
                review,
                before: deployed.stacks,
                warnings: deployed.warnings,
            })
        }),
    }
}

fn print_review(
    session: &mut Session<'_>,
    options: &Arguments,
    compared: &Comparison,
    assembly: &CloudAssembly,
    wanted: &[&Stack],
) -> Result<(), Failure> {
    let review = &compared.review;
    if options.json {
        session.output.write_json(&render::build_document(review))?;
        return Ok(());
    }
    let text = if options.markdown {
        let app = session.app_name();
        let environment = session.environment().unwrap_or("default");
        let target = Target {
            app: &app,
            environment,
        };
        let film = simulate(review, &compared.before, wanted);
        let model = load_model(session, None)?;
        let costs = compare_reviewed(&model, review, &compared.before, wanted);
        let usage = describe_usage(&[&costs.before, &costs.after]);
        // A film has the duration by the changed properties, not by the types alone.
        let mut page = review.clone();
        if !film.stacks.is_empty() {
            let stacks = page.stacks.iter_mut();
            stacks.for_each(|stack| stack.estimate = None);
        }
        render::render_markdown(&page, target)
            + &film::render_film_section(&film)
            + &render_permissions_section(&permissions_for_changes(assembly, review))
            + &render_cost_section(&costs.difference, &usage)
    } else {
        let detail = if options.full {
            Detail::Full
        } else {
            Detail::Brief
        };
        render::render_text(review, detail, &session.output)
    };
    session.output.write_data(&text)?;
    Ok(())
}
