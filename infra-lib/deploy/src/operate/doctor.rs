//! Looks at everything a deployment needs before one is tried: credentials, regions, quotas, stacks that are stuck.

mod checks;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use crate::operation::Operation;
use infra_aws::Cloud;
use infra_template::assembly::CloudAssembly;

/// What a check came to.
#[derive(Clone, Copy, Debug, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// As it should be.
    Ok,
    /// It may become a problem.
    Warn,
    /// A deployment would fail.
    Fail,
}

/// Something that was looked at.
#[derive(Clone, Debug, Eq, Hash, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Check {
    /// What: `credentials`, `account`, `region`, `quota`, `stack`, `changeSets`, `bootstrap`, `image`, `endpoint`.
    pub subject: String,
    /// What it came to.
    pub verdict: Verdict,
    /// In words.
    pub message: String,
    /// The way out.
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

/// What the doctor is told that it cannot see.
#[derive(bon::Builder, Clone, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct DoctorOptions {
    /// The stacks; all of the app when none is named.
    #[builder(default)]
    pub stacks: Vec<String>,
    /// The endpoint in place of AWS, as the environment says, with the variable that says it.
    #[builder(default)]
    pub endpoints: Vec<(String, String)>,
}

/// Looks at everything. It fails at nothing but a stack that the app does not have: what is wrong is a check.
pub fn doctor(
    cloud: Arc<dyn Cloud>,
    assembly: CloudAssembly,
    options: DoctorOptions,
) -> Operation<Vec<Check>> {
    Operation::new(|_| async move {
        let stacks: Vec<_> = assembly
            .select(&options.stacks)?
            .into_iter()
            .cloned()
            .collect();
        Ok(checks::all(&cloud, &stacks, &options).await)
    })
}
