//! Prepares a stack refactoring from declared moves, compares it with the actions that AWS plans, and executes it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use infra_core::quotas::INLINE_TEMPLATE_BYTES;
use infra_core::{Diagnostic, codes};
use tokio::time::Instant;

use super::find::{Move, Moves, find_moves};
use super::rewrite::apply_moves;
use crate::error::{Class, Error};
use crate::event::Event;
use crate::operate::{Poller, Target, read_all_pages};
use crate::operation::{Operation, Reporter};
use infra_aws::{
    ApiErrorKind, Cloud, CloudFormation, CreateRefactor, RefactorDescription, ResourceMove,
    StackStatus,
};
use infra_template::Template;
use infra_template::assembly::CloudAssembly;

/// Maximum number of stacks in one refactoring: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-refactoring.html>.
const STACK_LIMIT: usize = 5;

/// Moves with the templates after them, ready to be executed; nothing has been written yet.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// Moves to execute; empty if all declared moves have already been done.
    pub moves: Vec<Move>,
    /// Stack names with the templates after the moves.
    templates: Vec<(String, String)>,
    /// Names of the stacks that do not exist yet and that the refactoring creates.
    pub new_stacks: BTreeSet<String>,
    region: String,
}

impl Prepared {
    /// Returns the names of all stacks that the moves read or change.
    pub fn stacks(&self) -> Vec<String> {
        self.templates
            .iter()
            .map(|(name, _)| name.clone())
            .collect()
    }
}

/// Result of a stack refactoring that CloudFormation has completed.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Refactored {
    /// ID of the stack refactoring in CloudFormation, for `DescribeStackRefactor`.
    pub id: String,
    /// Number of resources that have another logical ID or stack now.
    pub moved: usize,
}

/// Finds declared moves that are not done yet, and computes the templates after them. Makes read-only calls.
pub fn prepare_refactoring(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    stacks: Vec<String>,
) -> Operation<Prepared> {
    Operation::new(|_| async move {
        let named: BTreeSet<String> = if stacks.is_empty() {
            let all = assembly.stacks.iter();
            all.map(|stack| stack.name.clone()).collect()
        } else {
            let named = Target::select_stacks(&cloud, &assembly, &stacks).await?;
            named.into_iter().map(|target| target.stack.name).collect()
        };
        // All stacks are read, because a resource can come from any of them.
        let targets = Target::select_in_account(&cloud, &assembly).await?;
        let mut deployed: BTreeMap<String, Template> = BTreeMap::new();
        for target in &targets {
            if let Some(description) = target.describe_stack().await? {
                if let Some(busy) = target.busy_error(&description) {
                    return Err(busy);
                }
                deployed.insert(target.stack.name.clone(), target.read_template().await?);
            }
        }
        let Moves { moves, problems } = find_moves(&deployed, &assembly.stacks);
        if !problems.is_empty() {
            return Err(Error::from_findings(Class::Error, problems));
        }
        let moves: Vec<Move> = moves
            .into_iter()
            .filter(|found| named.contains(&found.movement.to.stack))
            .collect();
        let templates = apply_moves(&deployed, &moves)
            .map_err(|problems| Error::from_findings(Class::Error, problems))?;
        let region = find_common_region(&targets, &templates)?;
        check_sizes(&templates)?;
        Ok(Prepared {
            new_stacks: templates
                .keys()
                .filter(|name| !deployed.contains_key(*name))
                .cloned()
                .collect(),
            templates: templates
                .into_iter()
                .map(|(name, template)| (name, template.json()))
                .collect(),
            moves,
            region,
        })
    })
}

/// Returns the region of all stacks involved; a refactoring cannot span regions.
fn find_common_region(
    targets: &[Target],
    templates: &BTreeMap<String, Template>,
) -> Result<String, Error> {
    let mut regions: BTreeMap<&str, &str> = BTreeMap::new();
    for target in targets {
        if templates.contains_key(target.name()) {
            regions.insert(&target.region, target.name());
        }
    }
    let mut found = regions.into_iter();
    let first = found.next();
    match (first, found.next()) {
        (Some((region, stack)), Some((other, other_stack))) => Err(Error::new(
            Class::Error,
            Diagnostic::new(
                codes::MOVE_NOT_POSSIBLE,
                format!("stack `{stack}` is in {region} and stack `{other_stack}` in {other}"),
            )
            .note("resources cannot move between regions")
            .help("move the resources of one region at a time with `refactor --stack NAME`"),
        )),
        (region, _) => Ok(region
            .map(|(region, _)| region.to_owned())
            .unwrap_or_default()),
    }
}

fn check_sizes(templates: &BTreeMap<String, Template>) -> Result<(), Error> {
    if templates.len() > STACK_LIMIT {
        let finding = Diagnostic::new(
            codes::MOVE_NOT_POSSIBLE,
            "the refactoring involves too many stacks",
        )
        .actual(templates.len().to_string())
        .expected(format!("at most {STACK_LIMIT}"))
        .help(
            "move the resources of some stacks with `refactor --stack NAME`, then those of the others",
        );
        return Err(Error::new(Class::Error, finding));
    }
    for (stack, template) in templates {
        let bytes = template.json().len();
        if bytes > INLINE_TEMPLATE_BYTES {
            let finding = Diagnostic::new(
                codes::MOVE_NOT_POSSIBLE,
                format!("the template of stack `{stack}` is too large to be refactored"),
            )
            .actual(format!("{bytes} bytes"))
            .expected(format!("at most {INLINE_TEMPLATE_BYTES} bytes"))
            .help("split the stack: a refactoring can move resources to a new one with the AWS CLI and S3");
            return Err(Error::new(Class::Error, finding));
        }
    }
    Ok(())
}

/// Executes prepared moves.
///
/// # Errors
///
/// When AWS plans any other action than these moves, in which case nothing is executed, or when the refactoring fails.
pub fn execute_refactoring(cloud: Arc<dyn Cloud>, prepared: Prepared) -> Operation<Refactored> {
    Operation::new(|reporter| async move {
        let client = cloud.cloudformation_client(&prepared.region);
        let wanted: BTreeSet<ResourceMove> = prepared
            .moves
            .iter()
            .map(|found| found.movement.clone())
            .collect();
        let id = client
            .create_refactor(
                CreateRefactor::builder()
                    .description(format!("{} resources moved by their app", wanted.len()))
                    .create_stacks(!prepared.new_stacks.is_empty())
                    .moves(wanted.iter().cloned().collect())
                    .templates(prepared.templates.clone())
                    .build(),
            )
            .await
            .map_err(|error| Error::from_api("create the stack refactoring", error))?;
        let created = wait_until_done(&*client, &id, &reporter, |refactor| {
            !refactor.status.ends_with("_IN_PROGRESS")
        })
        .await?;
        if created.status != "CREATE_COMPLETE" {
            return Err(rejected_error(&created.status, created.reason.as_deref()));
        }
        check_actions(&*client, &id, &wanted).await?;
        let begun = Instant::now();
        client
            .execute_refactor(&id)
            .await
            .map_err(|error| Error::from_api("execute the stack refactoring", error))?;
        for stack in prepared.templates.iter().map(|(name, _)| name) {
            reporter.send_event(Event::StackStarted {
                stack: stack.clone(),
                operation: "refactor".to_owned(),
                total: wanted.len(),
                typical_secs: None,
            });
        }
        let done = wait_until_done(&*client, &id, &reporter, |refactor| {
            // A refactoring that was just started may still be reported as available.
            !refactor.execution_status.ends_with("_IN_PROGRESS")
                && refactor.execution_status != "AVAILABLE"
        })
        .await?;
        if done.execution_status != "EXECUTE_COMPLETE" {
            return Err(failed_error(&done));
        }
        for stack in prepared.templates.iter().map(|(name, _)| name) {
            reporter.send_event(Event::StackFinished {
                stack: stack.clone(),
                status: StackStatus::new(done.execution_status.clone()),
                elapsed_secs: begun.elapsed().as_secs(),
                outputs: Vec::new(),
            });
        }
        Ok(Refactored {
            id,
            moved: wanted.len(),
        })
    })
}

async fn wait_until_done(
    client: &dyn CloudFormation,
    id: &str,
    reporter: &Reporter,
    done: impl Fn(&RefactorDescription) -> bool,
) -> Result<RefactorDescription, Error> {
    Poller::new(reporter)
        .poll_until(
            || client.describe_refactor(id),
            |refactor| done(&refactor).then_some(refactor),
        )
        .await
        .map_err(|error| Error::from_api("get the status of the stack refactoring", error))
}

/// Checks that the actions planned by AWS are exactly the moves that were shown.
async fn check_actions(
    client: &dyn CloudFormation,
    id: &str,
    wanted: &BTreeSet<ResourceMove>,
) -> Result<(), Error> {
    let actions = read_all_pages(|next| client.refactor_actions(id, next)).await;
    let actions = match actions {
        Ok(actions) => actions,
        // An endpoint without this API cannot be checked.
        Err(error) if error.kind == ApiErrorKind::Unsupported => return Ok(()),
        Err(error) => {
            return Err(Error::from_api(
                "list the actions of the stack refactoring",
                error,
            ));
        }
    };
    let planned: BTreeSet<ResourceMove> = actions
        .iter()
        .filter_map(|action| action.movement.clone())
        .collect();
    if planned == *wanted {
        return Ok(());
    }
    let mut finding = Diagnostic::new(
        codes::REFACTOR_DIFFERS,
        "AWS would make other moves than those that were shown",
    );
    for movement in planned.symmetric_difference(wanted) {
        let who = if planned.contains(movement) {
            "only in AWS's plan"
        } else {
            "missing in AWS's plan"
        };
        finding = finding.note(format!(
            "{who}: {}/{} becomes {}/{}",
            movement.from.stack,
            movement.from.logical_id,
            movement.to.stack,
            movement.to.logical_id
        ));
    }
    let finding = finding.help("nothing was executed; check the declarations of `moved_from`");
    Err(Error::new(Class::Stale, finding))
}

fn rejected_error(status: &str, reason: Option<&str>) -> Error {
    let finding = Diagnostic::new(
        codes::REFACTOR_FAILED,
        "CloudFormation rejects the refactoring of the stacks",
    )
    .note(format!("{status}: {}", reason.unwrap_or("no reason was given")))
    .note("nothing was changed")
    .help("some types cannot be moved: keep the logical ID of such a resource with `override_logical_id`");
    Error::new(Class::Error, finding)
}

fn failed_error(done: &RefactorDescription) -> Error {
    let reason = done.execution_reason.as_deref();
    let class = if done.execution_status.starts_with("ROLLBACK_COMPLETE") {
        Class::RolledBack
    } else {
        Class::Stuck
    };
    let finding = Diagnostic::new(codes::REFACTOR_FAILED, "the stacks could not be refactored")
        .note(format!(
            "{}: {}",
            done.execution_status,
            reason.unwrap_or("no reason was given")
        ))
        .help("`doctor` shows the status of the stacks");
    Error::new(class, finding)
}
