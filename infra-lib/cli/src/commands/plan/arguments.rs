//! Defines the options that `plan` and `deploy` share. All of them are part of a plan, and are reviewed with it.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use infra_aws::RollbackAlarms;
use infra_deploy::plan::{DriftCheck, FailureBehavior, PlanOptions};

use super::parameters::ParameterArguments;
use crate::failure::Failure;
use crate::policy::PolicyArguments;
use crate::session::Session;

/// Options that a plan is created with.
#[derive(Args, Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "options of a command line")]
pub(crate) struct PlanArguments {
    #[command(flatten)]
    pub(crate) selection: Selection,

    #[command(flatten)]
    pub(crate) policy: PolicyArguments,

    #[command(flatten)]
    parameters: ParameterArguments,

    /// The service role that CloudFormation assumes. Later operations on the stack use it too.
    #[arg(long, value_name = "ARN")]
    role_arn: Option<String>,

    /// An SNS topic that receives every event of the stacks. Can be repeated.
    #[arg(long, value_name = "ARN")]
    notification_arn: Vec<String>,

    /// The time for which the plan can be executed.
    #[arg(long, value_name = "DURATION", default_value = "7d", value_parser = duration)]
    expires: Duration,

    /// Imports resources whose names already exist into the stack, in place of failing.
    #[arg(long)]
    import_existing: bool,

    /// Reverts changes that were made outside of CloudFormation to what the template specifies.
    #[arg(long)]
    revert_drift: bool,

    /// Disables the check for changes made outside of CloudFormation since the plan; they are overwritten.
    ///
    /// By default, `plan --out` records earlier changes, and `deploy --plan` refuses to overwrite later ones.
    #[arg(long)]
    ignore_drift: bool,

    /// Keeps resources in their state when the deployment fails, for investigation.
    #[arg(long)]
    no_rollback: bool,

    /// A CloudWatch alarm that ends the deployment and rolls it back. Can be repeated.
    #[arg(long, value_name = "ARN")]
    alarm: Vec<String>,

    /// Minutes for which the alarms are monitored after the last resource is complete, 0 to 180.
    #[arg(long, value_name = "MINUTES", requires = "alarm", value_parser = clap::value_parser!(u16).range(0..=180))]
    bake: Option<u16>,

    /// The bucket for templates of more than 51,200 bytes, in the region of the stack.
    #[arg(long, value_name = "NAME")]
    bucket: Option<String>,

    /// Waits for another operation on a stack to end, in place of refusing at once.
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    wait_for_stack: Option<Duration>,
}

/// The stacks that a command applies to, and the assembly that contains them.
#[derive(Args, Clone, Debug)]
pub(crate) struct Selection {
    /// Selects this stack only, by construct path or name. Can be repeated.
    #[arg(long, value_name = "NAME")]
    pub(crate) stack: Vec<String>,

    /// The prefix of change set names, such as `pr123`: change sets with another prefix are never touched.
    #[arg(long, value_name = "PREFIX", default_value = "infra", value_parser = prefix)]
    pub(crate) prefix: String,

    /// The cloud assembly in this folder, in place of the one that the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) assembly: Option<PathBuf>,
}

impl Selection {
    /// Returns the engine's options, with everything else at its default.
    pub(crate) fn to_plan_options(&self) -> PlanOptions {
        PlanOptions::builder()
            .stacks(self.stack.clone())
            .name_prefix(self.prefix.clone())
            .build()
    }
}

impl PlanArguments {
    /// Returns the engine's options, and reads the values of parameters.
    pub(crate) fn to_plan_options(
        &self,
        session: &mut Session<'_>,
    ) -> Result<PlanOptions, Failure> {
        let parameters = self
            .parameters
            .read_values(session, &self.selection.stack)?;
        let rollback_alarms = (!self.alarm.is_empty()).then(|| {
            RollbackAlarms::builder()
                .alarms(self.alarm.clone())
                .monitoring_minutes(self.bake.unwrap_or(0))
                .build()
        });
        Ok(PlanOptions::builder()
            .stacks(self.selection.stack.clone())
            .name_prefix(self.selection.prefix.clone())
            .parameters(parameters)
            .maybe_role_arn(self.role_arn.clone())
            .notification_arns(self.notification_arn.clone())
            .expires(self.expires)
            .maybe_rollback_alarms(rollback_alarms)
            .import_existing(self.import_existing)
            .revert_drift(self.revert_drift)
            .drift_check(if self.ignore_drift {
                DriftCheck::Off
            } else {
                DriftCheck::SincePlan
            })
            .when_it_fails(if self.no_rollback {
                FailureBehavior::Keep
            } else {
                FailureBehavior::RollBack
            })
            .maybe_bucket(self.bucket.clone())
            .maybe_container_tool(session.container_tool())
            .maybe_wait_for_stack(self.wait_for_stack)
            .maybe_availability(session.availability()?)
            .build())
    }
}

/// Parses a duration: `90s`, `30m`, `2h`, `7d`.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let wrong =
        || format!("`{text}` is not a valid duration: write it as `90s`, `30m`, `2h` or `7d`");
    let unit = text.chars().next_back().ok_or_else(wrong)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 60 * 60,
        'd' => 24 * 60 * 60,
        _ => return Err(wrong()),
    };
    let number: u64 = text[..text.len() - 1].parse().map_err(|_| wrong())?;
    let seconds = number.checked_mul(seconds).ok_or_else(wrong)?;
    Ok(Duration::from_secs(seconds))
}

/// Parses a prefix of change set names, which consist of letters, digits and hyphens; a hyphen and the plan key follow it.
fn prefix(text: &str) -> Result<String, String> {
    let letters = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if letters && text.len() <= 64 {
        Ok(text.to_owned())
    } else {
        Err("expected a letter, then letters, digits and hyphens, at most 64 characters".into())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::duration;

    #[test]
    fn parses_durations_with_unit_only() {
        assert_eq!(duration("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("30m"), Ok(Duration::from_mins(30)));
        assert_eq!(duration("7d"), Ok(Duration::from_hours(7 * 24)));
        for wrong in ["", "m", "30", "-1m", "1 m", "1µ", "99999999999999999999d"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
