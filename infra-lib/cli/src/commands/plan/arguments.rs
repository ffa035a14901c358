//! What `plan` and `deploy` have in common: everything that is part of a plan, and so of what is reviewed.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use infra_aws::RollbackAlarms;
use infra_deploy::plan::{DriftCheck, PlanOptions, WhenItFails};

use super::parameters::ParameterArguments;
use crate::failure::Failure;
use crate::policy::PolicyArguments;
use crate::session::Session;

/// Everything that a plan is made with.
#[derive(Args, Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "options of a command line")]
pub(crate) struct PlanArguments {
    #[command(flatten)]
    pub(crate) selection: Selection,

    #[command(flatten)]
    pub(crate) policy: PolicyArguments,

    #[command(flatten)]
    parameters: ParameterArguments,

    /// The role that CloudFormation works with. It sticks to the stack.
    #[arg(long, value_name = "ARN")]
    role_arn: Option<String>,

    /// A topic that is told of every event of the stacks. Can be repeated.
    #[arg(long, value_name = "ARN")]
    notification_arn: Vec<String>,

    /// For how long the plan may be executed.
    #[arg(long, value_name = "DURATION", default_value = "7d", value_parser = duration)]
    expires: Duration,

    /// Takes resources whose names exist already into the stack, in place of failing.
    #[arg(long)]
    import_existing: bool,

    /// Brings resources that somebody changed by other means back to what the template says.
    #[arg(long)]
    revert_drift: bool,

    /// Neither looks for resources that somebody changed by other means since the plan nor refuses to overwrite them.
    ///
    /// `plan --out` records what was changed before, and `deploy --plan` refuses to overwrite more.
    #[arg(long)]
    ignore_drift: bool,

    /// Leaves everything as it is when the deployment fails, for a person to look at.
    #[arg(long)]
    no_rollback: bool,

    /// An alarm that ends the deployment and rolls it back. Can be repeated.
    #[arg(long, value_name = "ARN")]
    alarm: Vec<String>,

    /// Minutes that the alarms are watched after the last resource is done, 0 to 180.
    #[arg(long, value_name = "MINUTES", requires = "alarm", value_parser = clap::value_parser!(u16).range(0..=180))]
    bake: Option<u16>,

    /// The bucket for templates of more than 51,200 bytes, in the region of the stack.
    #[arg(long, value_name = "NAME")]
    bucket: Option<String>,

    /// Waits for another operation on a stack to end, in place of refusing at once.
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    wait_for_stack: Option<Duration>,
}

/// Which stacks, of which assembly.
#[derive(Args, Clone, Debug)]
pub(crate) struct Selection {
    /// This stack only, by construct path or name. Can be repeated.
    #[arg(long, value_name = "NAME")]
    pub(crate) stack: Vec<String>,

    /// What names of change sets begin with, such as `pr123`: those of others are never touched.
    #[arg(long, value_name = "PREFIX", default_value = "infra", value_parser = prefix)]
    pub(crate) prefix: String,

    /// The cloud assembly in this folder, in place of what the app synthesizes.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) assembly: Option<PathBuf>,
}

impl Selection {
    /// As the engine wants it, everything else at its default.
    pub(crate) fn options(&self) -> PlanOptions {
        PlanOptions::builder()
            .stacks(self.stack.clone())
            .name_prefix(self.prefix.clone())
            .build()
    }
}

impl PlanArguments {
    /// As the engine wants it; reads values of parameters.
    pub(crate) fn options(&self, session: &mut Session<'_>) -> Result<PlanOptions, Failure> {
        let parameters = self.parameters.read(session, &self.selection.stack)?;
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
                WhenItFails::Keep
            } else {
                WhenItFails::RollBack
            })
            .maybe_bucket(self.bucket.clone())
            .maybe_container_tool(session.container_tool())
            .maybe_wait_for_stack(self.wait_for_stack)
            .build())
    }
}

/// `90s`, `30m`, `2h`, `7d`.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is no duration: write it as `90s`, `30m`, `2h` or `7d`");
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

/// Change sets have names of letters, digits and hyphens; the key follows behind a hyphen.
fn prefix(text: &str) -> Result<String, String> {
    let letters = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if letters && text.len() <= 64 {
        Ok(text.to_owned())
    } else {
        Err("begin with a letter, go on with letters, digits and hyphens, 64 at most".into())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::duration;

    #[test]
    fn durations_have_a_unit() {
        assert_eq!(duration("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("30m"), Ok(Duration::from_mins(30)));
        assert_eq!(duration("7d"), Ok(Duration::from_hours(7 * 24)));
        for wrong in ["", "m", "30", "-1m", "1 m", "1µ", "99999999999999999999d"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
