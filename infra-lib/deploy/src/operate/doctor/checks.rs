//! Checks of the doctor, in the order in which a deployment would meet the problems.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use time::Duration;

use super::{Check, DoctorOptions, Verdict};
use crate::error::Error;
use crate::operate::bootstrap;
use crate::operate::target::read_all_pages;
use infra_aws::{ApiError, ApiErrorKind, ChangeSetStatus, Cloud, CloudFormation, ExecutionStatus};
use infra_core::quotas::INLINE_TEMPLATE_BYTES;
use infra_template::assembly::Stack;

/// Remaining validity of credentials that causes a warning; a deployment with a database and a distribution takes about half an hour.
const SOON: Duration = Duration::minutes(30);

/// Age of a change set that counts as abandoned.
const OLD: Duration = Duration::days(7);

/// Placeholder digest of an image that has not been pushed yet, as in a new configuration.
const NO_DIGEST: &str = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

pub(super) async fn run_all(
    cloud: &Arc<dyn Cloud>,
    stacks: &[Stack],
    options: &DoctorOptions,
) -> Vec<Check> {
    let mut checks = check_endpoints(options);
    let account = check_credentials(&**cloud, &mut checks).await;
    let mut by_region: BTreeMap<String, Vec<&Stack>> = BTreeMap::new();
    for stack in stacks {
        if let Some(wrong) = check_account(stack, account.as_deref()) {
            checks.push(wrong);
            continue;
        }
        match stack.region.clone().or_else(|| cloud.default_region()) {
            Some(region) => by_region.entry(region).or_default().push(stack),
            None => checks.push(
                Check::new(
                    "region",
                    Verdict::Fail,
                    format!("the region of stack `{}` is not set", stack.path),
                )
                .help("set AWS_REGION, or the region in the app"),
            ),
        }
    }
    checks.extend(check_images(stacks));
    // Without credentials, all further calls would fail in the same way.
    if account.is_none() {
        return checks;
    }
    for (region, stacks) in by_region {
        let names: Vec<&str> = stacks.iter().map(|stack| stack.path.as_str()).collect();
        checks.push(Check::new(
            "region",
            Verdict::Ok,
            format!("{region}: {}", names.join(", ")),
        ));
        let client = cloud.cloudformation_client(&region);
        check_quotas(&*client, &region, &mut checks).await;
        for stack in &stacks {
            check_stack(&**cloud, &*client, stack, &mut checks).await;
        }
        checks.extend(check_bootstrap(cloud, &region, &stacks).await);
    }
    checks
}

fn check_endpoints(options: &DoctorOptions) -> Vec<Check> {
    let found = options.endpoints.iter().map(|(variable, address)| {
        Check::new(
            "endpoint",
            Verdict::Warn,
            format!("{variable} sends calls to {address}, not to AWS"),
        )
        .help(format!("unset {variable} to reach AWS"))
    });
    found.collect()
}

/// Checks the credentials, and returns their account ID.
async fn check_credentials(cloud: &dyn Cloud, checks: &mut Vec<Check>) -> Option<String> {
    let identity = match cloud.caller_identity().await {
        Ok(identity) => identity,
        Err(error) => {
            checks.push(failed_check(
                "credentials",
                "identify the AWS credentials",
                error,
            ));
            return None;
        }
    };
    checks.push(Check::new(
        "credentials",
        Verdict::Ok,
        format!("{} in account {}", identity.arn, identity.account),
    ));
    if let Some(end) = cloud.credentials_expiry().await {
        let left = end - cloud.current_time();
        let minutes = left.whole_minutes();
        checks.push(if left < SOON {
            Check::new(
                "credentials",
                Verdict::Warn,
                format!("they expire in {minutes} minutes"),
            )
            .help("log in again before a long deployment")
        } else {
            Check::new(
                "credentials",
                Verdict::Ok,
                format!("they expire in {minutes} minutes"),
            )
        });
    }
    Some(identity.account)
}

fn check_account(stack: &Stack, actual: Option<&str>) -> Option<Check> {
    let (wanted, actual) = (stack.account.as_deref()?, actual?);
    (wanted != actual).then(|| {
        Check::new(
            "account",
            Verdict::Fail,
            format!(
                "stack `{}` belongs to account {wanted}, but the credentials belong to account {actual}",
                stack.path
            ),
        )
        .help("choose the profile of that account with AWS_PROFILE")
    })
}

fn check_images(stacks: &[Stack]) -> Vec<Check> {
    let mut found = Vec::new();
    for stack in stacks {
        for resource in stack.template.resources() {
            let text = serde_json::to_string(resource.entry).unwrap_or_default();
            if text.contains(NO_DIGEST) {
                let name = stack.resource_name(resource.logical_id, resource.type_name);
                found.push(
                    Check::new(
                        "image",
                        Verdict::Fail,
                        format!(
                            "{} uses an image with a placeholder digest of zeros",
                            name.display_name()
                        ),
                    )
                    .help("push the image and set its digest in the configuration"),
                );
            }
        }
    }
    found
}

async fn check_quotas(client: &dyn CloudFormation, region: &str, checks: &mut Vec<Check>) {
    let limits = match client.account_limits().await {
        Ok(limits) => limits,
        Err(error) if error.kind == ApiErrorKind::Unsupported => return,
        Err(error) => {
            checks.push(failed_check(
                "quota",
                "read the quotas of the account",
                error,
            ));
            return;
        }
    };
    let Some(&limit) = limits.limits.get("StackLimit") else {
        return;
    };
    let stacks = match read_all_pages(|next| client.list_stacks(next)).await {
        Ok(stacks) => stacks,
        Err(error) => {
            checks.push(failed_check(
                "quota",
                "count the stacks of the account",
                error,
            ));
            return;
        }
    };
    let count = stacks.len();
    let used = i64::try_from(count).unwrap_or(i64::MAX);
    let message = format!("{count} of {limit} stacks in {region}");
    checks.push(if used >= limit {
        Check::new("quota", Verdict::Fail, message)
            .help("delete stacks, or request an increase in Service Quotas")
    } else if used * 10 >= limit * 9 {
        Check::new("quota", Verdict::Warn, message).help("request an increase in Service Quotas")
    } else {
        Check::new("quota", Verdict::Ok, message)
    });
}

async fn check_stack(
    cloud: &dyn Cloud,
    client: &dyn CloudFormation,
    stack: &Stack,
    checks: &mut Vec<Check>,
) {
    let (name, path) = (&stack.name, &stack.path);
    let found = match client.describe_stack(name).await {
        Ok(Some(found)) => found,
        Ok(None) => {
            let message = format!("{name} is not deployed yet");
            checks.push(Check::new("stack", Verdict::Ok, message));
            return;
        }
        Err(error) => {
            checks.push(failed_check(
                "stack",
                &format!("describe stack `{name}`"),
                error,
            ));
            return;
        }
    };
    let status = &found.status;
    let says = |verdict: Verdict| Check::new("stack", verdict, format!("{name} is {status}"));
    checks.push(if status.is_review() {
        says(Verdict::Warn).help(format!(
            "its first change set was never executed: `deploy --stack {path}`, or `plan discard --stack {path}`"
        ))
    } else if status.is_in_progress() {
        says(Verdict::Warn).help(format!("`watch --stack {path}` shows the operation in progress"))
    } else if status.is_rollback_failed() {
        says(Verdict::Fail).help(format!(
            "remove the cause, then `rollback --stack {path} --continue`"
        ))
    } else if status.is_named("UPDATE_FAILED") {
        says(Verdict::Fail).help(format!("`rollback --stack {path}`, or deploy a correction"))
    } else if status.is_named("DELETE_FAILED") {
        says(Verdict::Fail).help(format!("`destroy --stack {path}` tries again"))
    } else if status.is_failed_creation() {
        says(Verdict::Warn).help(format!("`destroy --stack {path}` deletes its remains"))
    } else {
        says(Verdict::Ok)
    });
    check_change_sets(cloud, client, stack, checks).await;
}

/// Reports change sets that will not be executed: failed, obsolete or old ones. They count towards a quota and obscure the relevant one.
async fn check_change_sets(
    cloud: &dyn Cloud,
    client: &dyn CloudFormation,
    stack: &Stack,
    checks: &mut Vec<Check>,
) {
    let (name, path) = (&stack.name, &stack.path);
    let sets = match read_all_pages(|next| client.list_change_sets(name, next)).await {
        Ok(sets) => sets,
        Err(error) => {
            checks.push(failed_check(
                "changeSets",
                &format!("list the change sets of `{name}`"),
                error,
            ));
            return;
        }
    };
    let is_dead = |set: &&infra_aws::ChangeSetSummary| {
        let old = set
            .created
            .is_some_and(|made| cloud.current_time() - made > OLD);
        old || set.status == ChangeSetStatus::Failed
            || set.execution_status == ExecutionStatus::Obsolete
    };
    let dead: BTreeSet<&str> = sets
        .iter()
        .filter(is_dead)
        .map(|set| set.name.as_str())
        .collect();
    if dead.is_empty() {
        return;
    }
    let list: Vec<&str> = dead.into_iter().collect();
    checks.push(
        Check::new(
            "changeSets",
            Verdict::Warn,
            format!("{name} has unused change sets: {}", list.join(", ")),
        )
        .help(format!(
            "`plan prune --stack {path}` removes those of this program; others were created by other tools or people"
        )),
    );
}

async fn check_bootstrap(cloud: &Arc<dyn Cloud>, region: &str, stacks: &[&Stack]) -> Option<Check> {
    let large: Vec<&str> = stacks
        .iter()
        .filter(|stack| stack.template.json().len() > INLINE_TEMPLATE_BYTES)
        .map(|stack| stack.path.as_str())
        .collect();
    if large.is_empty() {
        let message = format!("{region}: no template needs a bucket");
        return Some(Check::new("bootstrap", Verdict::Ok, message));
    }
    let large = large.join(", ");
    Some(match bootstrap::find_bucket(&**cloud, region).await {
        Ok(Some(bucket)) => Check::new(
            "bootstrap",
            Verdict::Ok,
            format!("{region}: the template of {large} goes through bucket {bucket}"),
        ),
        Ok(None) => Check::new(
            "bootstrap",
            Verdict::Warn,
            format!("{region}: the template of {large} is too large to deploy without a bucket"),
        )
        .help("create one with `bootstrap`, or use your own with `deploy --bucket NAME`"),
        Err(error) => check_from_error("bootstrap", &error),
    })
}

/// Converts a failed call to a check.
fn failed_check(subject: &str, doing: &str, error: ApiError) -> Check {
    check_from_error(subject, &Error::from_api(doing, error))
}

fn check_from_error(subject: &str, error: &Error) -> Check {
    let mut check = Check::new(subject, Verdict::Fail, error.to_string());
    check.help = error.finding().and_then(|finding| finding.help.clone());
    check
}
