//! Lifecycle rules of a bucket.

use infra_cfn::s3::bucket::{
    AbortIncompleteMultipartUpload, NoncurrentVersionExpiration, Rule, RuleStatus, Transition,
    TransitionStorageClass,
};

use crate::{Diagnostic, Duration, Scope, codes};

/// A lifecycle rule: expiration and transition of objects by age.
///
/// ```
/// use infra_lib::{Duration, s3::LifecycleRule};
///
/// let rule = LifecycleRule::new("exports").prefix("exports/").expire_after(Duration::days(30));
/// ```
///
/// See [lifecycle configuration](https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html).
#[derive(Clone, Debug)]
pub struct LifecycleRule {
    id: String,
    prefix: Option<String>,
    expire: Option<Duration>,
    expire_noncurrent: Option<Duration>,
    abort_uploads: Option<Duration>,
    transitions: Vec<(TransitionStorageClass, Duration)>,
}

impl LifecycleRule {
    /// Creates a rule for all objects. The ID must be unique within the bucket.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            prefix: None,
            expire: None,
            expire_noncurrent: None,
            abort_uploads: None,
            transitions: Vec::new(),
        }
    }

    /// Limits the rule to objects whose keys start with a prefix.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    /// Deletes objects at an age in whole days (`INF4503` otherwise).
    pub fn expire_after(mut self, age: Duration) -> Self {
        self.expire = Some(age);
        self
    }

    /// Deletes noncurrent versions after a time in whole days since they were replaced or deleted.
    pub fn expire_noncurrent_after(mut self, age: Duration) -> Self {
        self.expire_noncurrent = Some(age);
        self
    }

    /// Aborts multipart uploads that are not completed after a time in whole days.
    pub fn abort_incomplete_uploads_after(mut self, age: Duration) -> Self {
        self.abort_uploads = Some(age);
        self
    }

    /// Moves objects to another storage class at an age in whole days.
    pub fn transition_after(mut self, age: Duration, class: TransitionStorageClass) -> Self {
        self.transitions.push((class, age));
        self
    }

    /// Returns the rule as a property; reports ages that are not whole days.
    pub(super) fn into_property(self, scope: Scope<'_>) -> Rule {
        let whole_days = |age| check_whole_days(scope, &self.id, age);
        let mut rule = Rule::new(RuleStatus::ENABLED).id(self.id.clone());
        if let Some(prefix) = &self.prefix {
            rule = rule.prefix(prefix);
        }
        if let Some(age) = self.expire {
            rule = rule.expiration_in_days(whole_days(age));
        }
        if let Some(age) = self.expire_noncurrent {
            rule = rule
                .noncurrent_version_expiration(NoncurrentVersionExpiration::new(whole_days(age)));
        }
        if self.expire.is_none() && self.expire_noncurrent.is_some() {
            rule = rule.expired_object_delete_marker(true);
        }
        if let Some(age) = self.abort_uploads {
            rule = rule.abort_incomplete_multipart_upload(AbortIncompleteMultipartUpload::new(
                whole_days(age),
            ));
        }
        if !self.transitions.is_empty() {
            let transitions = self.transitions.iter().map(|(class, age)| {
                Transition::new(class.clone()).transition_in_days(whole_days(*age))
            });
            rule = rule.transitions(transitions.collect::<Vec<_>>());
        }
        rule
    }
}

fn check_whole_days(scope: Scope<'_>, rule: &str, age: Duration) -> i64 {
    if age.as_days().is_none_or(|days| days == 0) {
        scope.report(
            Diagnostic::new(
                codes::LIFECYCLE_DAYS,
                format!(
                    "the lifecycle rule `{rule}` has an age that is not a whole number of days"
                ),
            )
            .property("LifecycleConfiguration.Rules")
            .actual(age.to_string())
            .expected("one day or more, in whole days")
            .help("use `Duration::days(…)`"),
        );
    }
    age.as_seconds().div_ceil(86_400).cast_signed().max(1)
}
