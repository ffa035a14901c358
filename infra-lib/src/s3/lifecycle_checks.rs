//! Checks of lifecycle rules.

use infra_cfn::s3::bucket::TransitionStorageClass;

use crate::core::{Data, IntoValue, Value};
use crate::{Diagnostic, Duration, Scope, codes};

/// Parts of a rule that exclude each other.
pub(super) struct Facts<'r> {
    pub(super) id: &'r str,
    /// The rule selects objects by tags or size.
    pub(super) filtered: bool,
    pub(super) abort: Option<Duration>,
    pub(super) removes_markers: bool,
    pub(super) expire: Option<Duration>,
    pub(super) transitions: &'r [(TransitionStorageClass, Duration)],
    pub(super) kept_versions: Option<u8>,
    pub(super) expire_noncurrent: Option<Duration>,
}

/// Reports rules that S3 rejects (`INF4508`).
pub(super) fn check(scope: Scope<'_>, rule: &Facts<'_>) {
    let report = |problem: &str, expected: &'static str| {
        scope.report(
            Diagnostic::new(
                codes::LIFECYCLE_RULE,
                format!("S3 rejects the lifecycle rule `{}`: {problem}", rule.id),
            )
            .property("LifecycleConfiguration.Rules")
            .expected(expected)
            .url(
                "https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html",
            ),
        );
    };
    if rule.filtered && (rule.abort.is_some() || rule.removes_markers) {
        report(
            "uploads and delete markers have neither tags nor a size",
            "a rule of its own for incomplete uploads and delete markers, by prefix at most",
        );
    }
    if rule.expire.is_some() && rule.removes_markers {
        report(
            "a rule that deletes objects at an age cannot remove delete markers",
            "a rule of its own for delete markers",
        );
    }
    let infrequent = rule.transitions.iter().any(|(class, age)| {
        matches!(name(class).as_deref(), Some("STANDARD_IA" | "ONEZONE_IA"))
            && *age < Duration::days(30)
    });
    if infrequent {
        report(
            "objects move to Standard-IA and One Zone-IA after 30 days at the earliest",
            "an age of 30 days or more",
        );
    }
    if let Some(end) = rule.expire
        && rule.transitions.iter().any(|(_, age)| *age >= end)
    {
        report(
            "objects are deleted before they move to another storage class",
            "an age of deletion above the ages of all transitions",
        );
    }
    if rule
        .kept_versions
        .is_some_and(|count| !(1..=100).contains(&count))
    {
        report(
            "the number of versions to keep is out of range",
            "1 to 100 versions",
        );
    }
    if rule.kept_versions.is_some() && rule.expire_noncurrent.is_none() {
        report(
            "a number of versions to keep needs an age of deletion",
            "`.expire_noncurrent_after(…)`",
        );
    }
}

fn name(class: &TransitionStorageClass) -> Option<String> {
    let class: Value<TransitionStorageClass> = class.clone().into_value();
    let data: Data = class.into_data();
    data.as_text().map(str::to_owned)
}
