//! Defines a check of the set-up of a delivery, with its stage and result.

use schemars::JsonSchema;
use serde::Serialize;

/// The stage of the set-up that a check belongs to, in the order of `docs/getting-to-production.md`.
#[derive(Clone, Copy, Debug, Eq, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Stage {
    /// The hosted zone of the public address.
    Name,
    /// The repository and its workflows.
    Repository,
    /// The environments on GitHub and their protection.
    Environments,
    /// Rulesets for branches and tags.
    Rules,
    /// Identity provider, permissions boundaries, roles and image registries.
    Foundation,
    /// Mail subscriptions of alarms.
    Mail,
    /// Variables of the repository.
    Variables,
    /// The first deployment to each environment.
    FirstVersion,
}

/// The result of a check.
#[derive(Clone, Copy, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Verdict {
    /// The subject is set up correctly.
    Ok,
    /// The subject is missing or set up incorrectly.
    Missing,
    /// The subject could not be checked; the message contains the reason.
    Unknown,
}

/// A check of one part of the set-up.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Check {
    /// Stage of the set-up.
    pub(super) stage: Stage,
    /// Part of the set-up that was checked.
    pub(super) subject: String,
    /// Result of the check.
    pub(super) verdict: Verdict,
    /// Reason for a result other than `ok`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message: Option<String>,
    /// Command that repairs the subject, or page that describes the repair.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) repair: Option<String>,
}

impl Check {
    /// Creates a check of a subject that is set up correctly.
    pub(super) fn ok(stage: Stage, subject: impl Into<String>) -> Self {
        Self {
            stage,
            subject: subject.into(),
            verdict: Verdict::Ok,
            message: None,
            repair: None,
        }
    }

    /// Creates a check of a subject that is missing or wrong, with its repair.
    pub(super) fn missing(
        stage: Stage,
        subject: impl Into<String>,
        message: impl Into<String>,
        repair: impl Into<String>,
    ) -> Self {
        Self {
            verdict: Verdict::Missing,
            message: Some(message.into()),
            repair: Some(repair.into()),
            ..Self::ok(stage, subject)
        }
    }

    /// Creates a check that could not be made.
    pub(super) fn unknown(
        stage: Stage,
        subject: impl Into<String>,
        reason: impl Into<String>,
        repair: impl Into<String>,
    ) -> Self {
        Self {
            verdict: Verdict::Unknown,
            message: Some(reason.into()),
            repair: Some(repair.into()).filter(|repair: &String| !repair.is_empty()),
            ..Self::ok(stage, subject)
        }
    }

    /// Creates a check from a list of problems; an empty list means success.
    pub(super) fn from_problems(
        stage: Stage,
        subject: impl Into<String>,
        problems: &[String],
        repair: impl Into<String>,
    ) -> Self {
        if problems.is_empty() {
            Self::ok(stage, subject)
        } else {
            Self::missing(stage, subject, problems.join("; "), repair)
        }
    }
}
