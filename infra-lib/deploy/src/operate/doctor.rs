//! Checks the prerequisites of a deployment: credentials, regions, quotas, and stacks in a failed state.

mod checks;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::operation::Operation;
use infra_aws::Cloud;
use infra_template::assembly::CloudAssembly;

/// Result of a check; any [`Fail`](Self::Fail) makes the command exit with an error.
#[derive(Clone, Copy, Debug, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// No problem was found, and a deployment can proceed.
    Ok,
    /// A problem is possible, for instance credentials that expire soon.
    Warn,
    /// A deployment would fail, for instance for lack of credentials.
    Fail,
}

/// Check of one prerequisite of a deployment, with its result and a remedy.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Check {
    /// Subject of the check: `credentials`, `account`, `region`, `quota`, `stack`, `changeSets`, `bootstrap`, `image` or `endpoint`.
    pub subject: String,
    /// Result of the check: no problem, a possible problem, or a certain failure.
    pub verdict: Verdict,
    /// Description of the result with the values that were found.
    pub message: String,
    /// Suggested remedy, usually a command; absent if no action is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

impl Check {
    pub(super) fn new(subject: &str, verdict: Verdict, message: impl Into<String>) -> Self {
        Self {
            subject: subject.to_owned(),
            verdict,
            message: message.into(),
            help: None,
        }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Options of [`run_checks`]: the stacks to check, and settings of the environment.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct DoctorOptions {
    /// Stacks to check, by construct path, artifact ID or name; all stacks of the app if empty.
    #[builder(default)]
    pub stacks: Vec<String>,
    /// Endpoints that replace AWS, as pairs of environment variable and URL, such as `AWS_ENDPOINT_URL` of an emulator.
    #[builder(default)]
    pub endpoints: Vec<(String, String)>,
}

/// Runs all checks. Problems are reported as checks; the only error is a stack name that the app does not have.
pub fn run_checks(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: DoctorOptions,
) -> Operation<Vec<Check>> {
    Operation::new(|_| async move {
        let stacks: Vec<_> = assembly
            .select_stacks(&options.stacks)?
            .into_iter()
            .cloned()
            .collect();
        Ok(checks::run_all(&cloud, &stacks, &options).await)
    })
}
