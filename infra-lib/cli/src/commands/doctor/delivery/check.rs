//! A check of the set-up of a delivery.

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
    /// Environments with their protection.
    Environments,
    /// Rules for branches and tags.
    Rules,
    /// Identity provider, boundaries, roles and registries.
    Foundation,
    /// Mail subscriptions of alarms.
    Mail,
    /// Variables of the repository.
    Variables,
    /// The first version that was deployed.
    FirstVersion,
}

/// The result of a check.
#[derive(Clone, Copy, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Verdict {
    /// As it should be.
    Ok,
    /// Missing, or not as it should be.
    Missing,
    /// Cannot be checked; the message says why.
    Unknown,
}

/// A check.
#[derive(Clone, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Check {
    /// The stage of the set-up.
    pub(super) stage: Stage,
    /// The thing that was looked at.
    pub(super) subject: String,
    /// The result.
    pub(super) verdict: Verdict,
    /// The reason, where it is not as it should be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message: Option<String>,
    /// The command, or the page, that repairs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) repair: Option<String>,
}

impl Check {
    /// A check of something that is as it should be.
    pub(super) fn ok(stage: Stage, subject: impl Into<String>) -> Self {
        Self {
            stage,
            subject: subject.into(),
            verdict: Verdict::Ok,
            message: None,
            repair: None,
        }
    }

    /// A check of something that is missing or wrong, with the way to repair it.
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

    /// A check that cannot be made.
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

    /// A check with one of several problems, or none.
    pub(super) fn of(
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
