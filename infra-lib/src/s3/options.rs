//! Options of a bucket: cross-origin requests, object lock and archive tiers.

use infra_cfn::s3::bucket::{
    CorsConfiguration, CorsRule as CorsRuleProperty, CorsRuleAllowedMethods, DefaultRetention,
    DefaultRetentionMode, IntelligentTieringConfiguration, IntelligentTieringConfigurationRequired,
    IntelligentTieringConfigurationStatus, ObjectLockConfiguration,
    ObjectLockConfigurationObjectLockEnabled, ObjectLockRule, TagFilter, Tiering,
    TieringAccessTier,
};

use crate::construct::With;
use crate::{Duration, IntoValue, Scope, value};

use super::lifecycle::check_whole_days;

/// A method of a request from a page of another origin.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum CorsMethod {
    /// Download of an object.
    Get,
    /// Metadata of an object.
    Head,
    /// Upload of an object.
    Put,
    /// Upload by a form.
    Post,
    /// Deletion of an object.
    Delete,
}

/// A rule for cross-origin requests: pages of these origins may send these requests, if they are also signed or
/// otherwise permitted. Without a rule, browsers refuse all of them.
///
/// ```
/// use infra_lib::Duration;
/// use infra_lib::s3::{CorsMethod, CorsRule};
///
/// let uploads = CorsRule::new(CorsMethod::Put, "https://app.example.com")
///     .allow_method(CorsMethod::Get)
///     .allow_header("content-type")
///     .expose_header("ETag")
///     .max_age(Duration::hours(1));
/// ```
///
/// See [CORS](https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html).
#[derive(Clone, Debug)]
pub struct CorsRule {
    methods: Vec<CorsMethod>,
    origins: Vec<String>,
    headers: Vec<String>,
    exposed: Vec<String>,
    max_age: Option<Duration>,
}

impl CorsRule {
    /// Creates a rule for a method and an origin, such as `https://app.example.com`; `*` once stands for any text.
    pub fn new(method: CorsMethod, origin: impl Into<String>) -> Self {
        Self {
            methods: vec![method],
            origins: vec![origin.into()],
            headers: Vec::new(),
            exposed: Vec::new(),
            max_age: None,
        }
    }

    /// Adds a method.
    pub fn allow_method(mut self, method: CorsMethod) -> Self {
        self.methods.push(method);
        self
    }

    /// Adds an origin.
    pub fn allow_origin(mut self, origin: impl Into<String>) -> Self {
        self.origins.push(origin.into());
        self
    }

    /// Adds a header that requests may have. Default: only headers that need no permission.
    pub fn allow_header(mut self, name: impl Into<String>) -> Self {
        self.headers.push(name.into());
        self
    }

    /// Adds a header of responses that scripts may read. Default: only headers that need no permission.
    pub fn expose_header(mut self, name: impl Into<String>) -> Self {
        self.exposed.push(name.into());
        self
    }

    /// Sets the time for which browsers keep the answer. Default: none, as in S3.
    pub const fn max_age(mut self, age: Duration) -> Self {
        self.max_age = Some(age);
        self
    }

    fn into_property(self) -> CorsRuleProperty {
        let methods: Vec<_> = self
            .methods
            .into_iter()
            .map(|method| match method {
                CorsMethod::Get => CorsRuleAllowedMethods::GET,
                CorsMethod::Head => CorsRuleAllowedMethods::HEAD,
                CorsMethod::Put => CorsRuleAllowedMethods::PUT,
                CorsMethod::Post => CorsRuleAllowedMethods::POST,
                CorsMethod::Delete => CorsRuleAllowedMethods::DELETE,
            })
            .collect();
        CorsRuleProperty::new(methods, self.origins)
            .with(some(self.headers), CorsRuleProperty::allowed_headers)
            .with(some(self.exposed), CorsRuleProperty::exposed_headers)
            .with(self.max_age, |rule, age| rule.max_age(age.to_seconds_i64()))
    }
}

/// Returns the property of all rules, or `None` without any.
pub(super) fn render_cors(rules: Vec<CorsRule>) -> Option<CorsConfiguration> {
    let rules: Vec<_> = rules.into_iter().map(CorsRule::into_property).collect();
    some(rules).map(CorsConfiguration::new)
}

fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

/// Protection of versions of objects against deletion and change, which cannot be turned off once the bucket has it.
///
/// See [Object Lock](https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ObjectLock {
    /// Objects are protected that are written with a retention or a legal hold.
    Each,
    /// Every new version is protected for whole days; principals with `s3:BypassGovernanceRetention` may delete it.
    Governance(Duration),
    /// Every new version is protected for whole days, and nobody may delete it, not even the root user.
    Compliance(Duration),
}

impl ObjectLock {
    /// Returns the property; reports ages that are not whole days (`INF4503`).
    pub(super) fn render(self, scope: Scope<'_>) -> ObjectLockConfiguration {
        let lock = ObjectLockConfiguration::new()
            .object_lock_enabled(ObjectLockConfigurationObjectLockEnabled::ENABLED);
        let (mode, age) = match self {
            Self::Each => return lock,
            Self::Governance(age) => (DefaultRetentionMode::GOVERNANCE, age),
            Self::Compliance(age) => (DefaultRetentionMode::COMPLIANCE, age),
        };
        let retention =
            DefaultRetention::new()
                .mode(mode)
                .days(check_whole_days(scope, "ObjectLock", age));
        lock.rule(ObjectLockRule::new().default_retention(retention))
    }
}

/// Archive tiers for objects of the storage class Intelligent-Tiering that nobody reads.
///
/// Without archive tiers, such objects move between tiers from which they can be read at once. From an archive tier they
/// must be restored first, which takes hours.
///
/// ```
/// use infra_lib::Duration;
/// use infra_lib::s3::ArchiveTiers;
///
/// let tiers = ArchiveTiers::new("reports").prefix("reports/").deep_archive_after(Duration::days(180));
/// ```
///
/// See [Intelligent-Tiering](https://docs.aws.amazon.com/AmazonS3/latest/userguide/intelligent-tiering-overview.html).
#[derive(Clone, Debug)]
pub struct ArchiveTiers {
    id: String,
    prefix: Option<String>,
    tags: Vec<(String, String)>,
    archive: Option<Duration>,
    deep: Option<Duration>,
}

impl ArchiveTiers {
    /// Creates a configuration for all objects. The ID must be unique within the bucket.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            prefix: None,
            tags: Vec::new(),
            archive: None,
            deep: None,
        }
    }

    /// Limits the configuration to objects whose keys begin with a text.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    /// Limits the configuration to objects with a tag.
    pub fn tag(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.tags.push((key.into(), value.into()));
        self
    }

    /// Moves objects to Archive Access after a time without reads, in whole days, at least 90.
    pub const fn archive_after(mut self, time: Duration) -> Self {
        self.archive = Some(time);
        self
    }

    /// Moves objects to Deep Archive Access after a time without reads, in whole days, at least 180.
    pub const fn deep_archive_after(mut self, time: Duration) -> Self {
        self.deep = Some(time);
        self
    }

    /// Returns the property; reports times that are not whole days (`INF4503`).
    pub(super) fn render(self, scope: Scope<'_>) -> IntelligentTieringConfiguration {
        let tiers = [
            (TieringAccessTier::ARCHIVE_ACCESS, self.archive),
            (TieringAccessTier::DEEP_ARCHIVE_ACCESS, self.deep),
        ];
        let tierings: Vec<Tiering> = tiers
            .into_iter()
            .filter_map(|(tier, time)| {
                Some(Tiering::new(tier, check_whole_days(scope, &self.id, time?)))
            })
            .collect();
        let tags: Vec<TagFilter> = self
            .tags
            .into_iter()
            .map(|(key, value)| TagFilter::new(key, value))
            .collect();
        IntelligentTieringConfiguration::new(IntelligentTieringConfigurationRequired {
            id: value(self.id),
            status: value(IntelligentTieringConfigurationStatus::ENABLED),
            tierings: tierings.into_value(),
        })
        .with(self.prefix, IntelligentTieringConfiguration::prefix)
        .with(some(tags), IntelligentTieringConfiguration::tag_filters)
    }
}
