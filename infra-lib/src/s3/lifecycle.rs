//! Lifecycle rules of a bucket.

use infra_cfn::s3::bucket::{
    AbortIncompleteMultipartUpload, NoncurrentVersionExpiration, NoncurrentVersionTransition,
    NoncurrentVersionTransitionStorageClass, Rule, RuleStatus, TagFilter, Transition,
    TransitionStorageClass,
};

use super::lifecycle_checks;
use crate::construct::With;
use crate::{Diagnostic, Duration, Scope, Size, codes};

/// A lifecycle rule: expiration and transition of objects by age.
///
/// ```
/// use infra_lib::{Duration, s3::LifecycleRule};
///
/// let rule = LifecycleRule::new("exports").prefix("exports/").expire_after(Duration::days(30));
/// ```
///
/// Rules that S3 rejects are reported (`INF4508`).
///
/// See [lifecycle configuration](https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html).
#[derive(Clone, Debug)]
pub struct LifecycleRule {
    id: String,
    prefix: Option<String>,
    tags: Vec<(String, String)>,
    larger_than: Option<Size>,
    smaller_than: Option<Size>,
    expire: Option<Duration>,
    expire_noncurrent: Option<Duration>,
    abort_uploads: Option<Duration>,
    transitions: Vec<(TransitionStorageClass, Duration)>,
    noncurrent_transitions: Vec<(NoncurrentVersionTransitionStorageClass, Duration)>,
    kept_versions: Option<u8>,
    remove_markers: bool,
}

impl LifecycleRule {
    /// Creates a rule for all objects. The ID must be unique within the bucket.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            prefix: None,
            tags: Vec::new(),
            larger_than: None,
            smaller_than: None,
            expire: None,
            expire_noncurrent: None,
            abort_uploads: None,
            transitions: Vec::new(),
            noncurrent_transitions: Vec::new(),
            kept_versions: None,
            remove_markers: false,
        }
    }

    /// Limits the rule to objects whose keys start with a prefix.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    /// Limits the rule to objects with a tag; with several calls, with all of the tags.
    pub fn tag(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.tags.push((key.into(), value.into()));
        self
    }

    /// Limits the rule to objects that are larger than a size.
    pub fn larger_than(mut self, size: Size) -> Self {
        self.larger_than = Some(size);
        self
    }

    /// Limits the rule to objects that are smaller than a size.
    pub fn smaller_than(mut self, size: Size) -> Self {
        self.smaller_than = Some(size);
        self
    }

    /// Keeps the newest noncurrent versions of each object, 1 to 100, when
    /// [`expire_noncurrent_after`](Self::expire_noncurrent_after) deletes older ones.
    pub fn keep_noncurrent_versions(mut self, count: u8) -> Self {
        self.kept_versions = Some(count);
        self
    }

    /// Moves noncurrent versions to another storage class after a time in whole days since they were replaced or deleted.
    pub fn transition_noncurrent_after(
        mut self,
        age: Duration,
        class: NoncurrentVersionTransitionStorageClass,
    ) -> Self {
        self.noncurrent_transitions.push((class, age));
        self
    }

    /// Removes delete markers behind which no version is left. Rules that delete noncurrent versions but no objects do so
    /// anyway.
    pub fn remove_expired_delete_markers(mut self) -> Self {
        self.remove_markers = true;
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
        lifecycle_checks::check(
            scope,
            &lifecycle_checks::Facts {
                id: &self.id,
                filtered: self.is_filtered(),
                abort: self.abort_uploads,
                removes_markers: self.remove_markers,
                expire: self.expire,
                transitions: &self.transitions,
                kept_versions: self.kept_versions,
                expire_noncurrent: self.expire_noncurrent,
            },
        );
        let whole_days = |age| check_whole_days(scope, &self.id, age);
        let mut rule = Rule::new(RuleStatus::ENABLED).id(self.id.clone());
        if let Some(prefix) = &self.prefix {
            rule = rule.prefix(prefix);
        }
        if let Some(age) = self.expire {
            rule = rule.expiration_in_days(whole_days(age));
        }
        if let Some(age) = self.expire_noncurrent {
            let expiration = NoncurrentVersionExpiration::new(whole_days(age)).with(
                self.kept_versions.map(i64::from),
                NoncurrentVersionExpiration::newer_noncurrent_versions,
            );
            rule = rule.noncurrent_version_expiration(expiration);
        }
        let unfiltered = self.expire_noncurrent.is_some() && !self.is_filtered();
        if self.remove_markers || self.expire.is_none() && unfiltered {
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
        if !self.noncurrent_transitions.is_empty() {
            let transitions = self.noncurrent_transitions.iter().map(|(class, age)| {
                NoncurrentVersionTransition::new(class.clone(), whole_days(*age))
            });
            rule = rule.noncurrent_version_transitions(transitions.collect::<Vec<_>>());
        }
        if !self.tags.is_empty() {
            let tags = self.tags.iter();
            let tags = tags.map(|(key, value)| TagFilter::new(key.as_str(), value.as_str()));
            rule = rule.tag_filters(tags.collect::<Vec<_>>());
        }
        // The properties are texts in CloudFormation.
        let bytes = |size: Size| (size.as_mib() * 1_024 * 1_024).to_string();
        rule.with(self.larger_than.map(bytes), Rule::object_size_greater_than)
            .with(self.smaller_than.map(bytes), Rule::object_size_less_than)
    }

    /// Returns `true` if the rule selects objects by tags or size.
    fn is_filtered(&self) -> bool {
        !self.tags.is_empty() || self.larger_than.is_some() || self.smaller_than.is_some()
    }
}

pub(super) fn check_whole_days(scope: Scope<'_>, rule: &str, age: Duration) -> i64 {
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
