//! The [`Bucket`] construct and its options.

use bon::Builder;
use infra_cfn::s3::bucket::{
    AccelerateConfiguration, AccelerateConfigurationAccelerationStatus, BlockedEncryptionTypes,
    BlockedEncryptionTypesEncryptionType, BucketEncryption as EncryptionProperty,
    LifecycleConfiguration, LoggingConfiguration, OwnershipControls, OwnershipControlsRule,
    OwnershipControlsRuleObjectOwnership, PublicAccessBlockConfiguration,
    ServerSideEncryptionByDefault, ServerSideEncryptionByDefaultSseAlgorithm,
    ServerSideEncryptionRule, VersioningConfiguration, VersioningConfigurationStatus,
};
use infra_cfn::s3::{CfnBucket, CfnBucketProps};

use super::options::render_cors;
use super::{AccessLogs, ArchiveTiers, BucketName, CorsRule, LifecycleRule, ObjectLock};
use crate::kms::{AsKey, KeyRef};
use crate::{
    Arn, Construct, Diagnostic, Duration, IntoValue, Name, RemovalPolicy, Scope, Value, codes,
    kind, pseudo, sub,
};

/// Server-side encryption of a bucket's objects.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub enum BucketEncryption<'app> {
    /// Keys of S3 (SSE-S3), free of charge.
    #[default]
    S3Managed,
    /// A KMS key (SSE-KMS) with a bucket key, which saves most requests to KMS.
    Kms(KeyRef<'app>),
}

impl<'app> BucketEncryption<'app> {
    /// Returns the encryption with a customer managed key: a [`Key`](crate::kms::Key) of the app or an imported one.
    pub fn kms(key: impl AsKey<'app>) -> Self {
        Self::Kms(key.as_key())
    }
}

/// Versioning of a bucket's objects.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Versioning {
    /// Overwritten and deleted objects remain as noncurrent versions.
    #[default]
    Enabled,
    /// Overwritten and deleted objects are lost.
    Off,
}

/// Retention of noncurrent versions of objects.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum NoncurrentVersions {
    /// Time after an object was replaced or deleted; whole days.
    KeepFor(Duration),
    /// Unlimited retention; S3 deletes no noncurrent version.
    Keep,
}

/// An S3 bucket.
///
/// Creates an
/// [`AWS::S3::Bucket`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html)
/// and its bucket policy. Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | public access | blocked | blocked |
/// | object ownership | bucket owner, without ACLs | the same |
/// | TLS | 1.2 or later, required by the bucket policy | optional |
/// | encryption | SSE-S3; SSE-C is refused | SSE-S3 |
/// | versioning | on | off |
/// | noncurrent versions | deleted after 90 days | kept |
/// | incomplete multipart uploads | aborted after 7 days | kept |
/// | access logs, notifications, replication | none | none |
/// | requests from pages of other origins | refused by browsers | the same |
/// | removal from the template | retained | deleted, which fails unless the bucket is empty |
///
/// ```
/// use infra_lib::prelude::*;
/// use infra_lib::s3::{AccessLogs, Bucket};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Data");
/// let logs = Bucket::log_bucket(Duration::days(90)).build(stack, "Logs");
/// let exports = Bucket::builder().access_logs(AccessLogs::to(logs).prefix("exports/")).build(stack, "Exports");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Bucket<'app> {
    pub(super) scope: Scope<'app>,
    key: Option<KeyRef<'app>>,
}

/// Facts that a [`Bucket`] handle needs after the bucket was added.
struct State {
    name: Value<Name<kind::s3::Bucket>>,
    arn: Value<Arn<kind::s3::Bucket>>,
    regional_domain_name: Value<String>,
}

/// Properties of a [`Bucket`], set through [`Bucket::builder`].
#[derive(Builder, Debug)]
#[builder(builder_type(name = BucketBuilder), state_mod(vis = "pub"), finish_fn(name = props, vis = "pub(crate)"), start_fn(name = start, vis = "pub(crate)"))]
pub struct BucketProps<'app> {
    #[builder(field)]
    lifecycle_rules: Vec<LifecycleRule>,
    #[builder(field)]
    cors_rules: Vec<CorsRule>,
    #[builder(field)]
    archive_tiers: Vec<ArchiveTiers>,
    /// Name of the bucket. Changing it replaces the bucket. Default: a generated name, so that CloudFormation can
    /// replace the bucket.
    #[builder(into)]
    bucket_name: Option<BucketName>,
    /// Server-side encryption of objects. Default: [`BucketEncryption::S3Managed`], as in S3.
    #[builder(default)]
    encryption: BucketEncryption<'app>,
    /// Versioning of objects. Default: [`Versioning::Enabled`] (CloudFormation: off).
    #[builder(default)]
    versioning: Versioning,
    /// Retention of noncurrent versions. Default: 90 days (S3: unlimited).
    #[builder(default = NoncurrentVersions::KeepFor(Duration::days(90)))]
    noncurrent_versions: NoncurrentVersions,
    /// Destination of access logs. Default: none, as in S3.
    access_logs: Option<AccessLogs<'app>>,
    /// Protection of versions against deletion, which cannot be turned off later; it needs versioning (`INF4509`).
    /// Default: none, as in S3.
    object_lock: Option<ObjectLock>,
    /// Transfers through the edge locations of CloudFront, at an endpoint of its own and an additional charge. Default:
    /// `false`, as in S3.
    #[builder(default)]
    transfer_acceleration: bool,
    /// Removal policy of the bucket. Default: it is retained (CloudFormation: deleted, which fails unless the bucket
    /// is empty).
    #[builder(default = RemovalPolicy::Retain)]
    removal_policy: RemovalPolicy,
}

impl<'app, S: bucket_builder::State> BucketBuilder<'app, S> {
    /// Adds a lifecycle rule, in addition to those for incomplete uploads and noncurrent versions.
    pub fn lifecycle_rule(mut self, rule: LifecycleRule) -> Self {
        self.lifecycle_rules.push(rule);
        self
    }

    /// Adds a rule for requests from pages of other origins. Default: browsers refuse all of them.
    pub fn cors_rule(mut self, rule: CorsRule) -> Self {
        self.cors_rules.push(rule);
        self
    }

    /// Adds archive tiers for objects of the storage class Intelligent-Tiering. Default: none, as in S3.
    pub fn archive_tiers(mut self, tiers: ArchiveTiers) -> Self {
        self.archive_tiers.push(tiers);
        self
    }

    /// Adds the bucket under `scope`.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> Bucket<'app>
    where
        S: bucket_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope.scope().library_construct(id, "infra-lib.s3.Bucket");
        let key = match props.encryption {
            BucketEncryption::S3Managed => None,
            BucketEncryption::Kms(key) => Some(key),
        };
        let mut cfn = CfnBucketProps::new()
            .public_access_block_configuration(no_public_access())
            .ownership_controls(OwnershipControls::new(vec![
                OwnershipControlsRule::new()
                    .object_ownership(OwnershipControlsRuleObjectOwnership::BUCKET_OWNER_ENFORCED),
            ]))
            .bucket_encryption(render_encryption(key))
            .lifecycle_configuration(render_lifecycle(&props, scope));
        if let Some(cors) = render_cors(props.cors_rules) {
            cfn = cfn.cors_configuration(cors);
        }
        if !props.archive_tiers.is_empty() {
            let tiers = props.archive_tiers.into_iter();
            let tiers: Vec<_> = tiers.map(|tiers| tiers.render(scope)).collect();
            cfn = cfn.intelligent_tiering_configurations(tiers);
        }
        if let Some(lock) = props.object_lock {
            check_lock(scope, props.versioning);
            let lock = lock.render(scope);
            cfn = cfn
                .object_lock_enabled(true)
                .object_lock_configuration(lock);
        }
        if props.transfer_acceleration {
            cfn = cfn.accelerate_configuration(AccelerateConfiguration::new(
                AccelerateConfigurationAccelerationStatus::ENABLED,
            ));
        }
        if let Some(name) = props.bucket_name {
            check_name(scope, &name);
            cfn = cfn.bucket_name(name.value());
        }
        if props.versioning == Versioning::Enabled {
            cfn = cfn.versioning_configuration(VersioningConfiguration::new(
                VersioningConfigurationStatus::ENABLED,
            ));
        }
        if let Some(logs) = &props.access_logs {
            let mut logging =
                LoggingConfiguration::new().destination_bucket_name(logs.bucket.bucket_name());
            if !logs.prefix.is_empty() {
                logging = logging.log_file_prefix(&logs.prefix);
            }
            cfn = cfn.logging_configuration(logging);
        }
        let resource = cfn.build(scope, "Resource");
        resource.apply_removal_policy(props.removal_policy);
        if let Some(logs) = props.access_logs {
            logs.bucket.accept_s3_access_logs(&logs.prefix);
            if let Some(policy) = logs.bucket.policy() {
                resource.depends_on(policy);
            }
        }
        scope.attach(State {
            name: resource.ref_(),
            arn: resource.attr_arn(),
            regional_domain_name: resource.attr_regional_domain_name(),
        });
        let bucket = Bucket { scope, key };
        bucket.make_policy();
        bucket
    }
}

impl<'app> Bucket<'app> {
    /// Returns a builder for a bucket.
    pub fn builder() -> BucketBuilder<'app> {
        BucketProps::start()
    }

    /// Returns a builder for a bucket with access logs. Logs are deleted after `keep` (whole days) and encrypted with
    /// SSE-S3, since load balancers and S3 cannot write logs with other keys. Overwritten and deleted logs can be
    /// restored for 7 days.
    ///
    /// Each construct that uses the bucket for its logs adds the permission of its service, through
    /// [`accept_load_balancer_logs`](Self::accept_load_balancer_logs) and similar methods.
    pub fn log_bucket(
        keep: Duration,
    ) -> BucketBuilder<'app, bucket_builder::SetNoncurrentVersions> {
        let rule = LifecycleRule::new("ExpireLogs").expire_after(keep);
        Self::builder()
            .lifecycle_rule(rule)
            .noncurrent_versions(NoncurrentVersions::KeepFor(Duration::days(7)))
    }

    /// Imports an existing bucket by its name. Its policy does not belong to this app.
    ///
    /// `key` is the KMS key that encrypts the bucket, if there is one.
    #[track_caller]
    pub fn from_bucket_name(
        scope: impl Construct<'app>,
        id: &str,
        name: impl IntoValue<Name<kind::s3::Bucket>>,
        key: Option<KeyRef<'app>>,
    ) -> Self {
        let scope = scope.scope().library_construct(id, "infra-lib.s3.Bucket");
        let name = name.into_value();
        scope.attach(State {
            arn: sub!["arn:", pseudo::partition(), ":s3:::", &name].cast(),
            regional_domain_name: sub![&name, ".s3.", pseudo::region(), ".", pseudo::url_suffix()],
            name,
        });
        Self { scope, key }
    }

    /// Returns the name of the bucket.
    pub fn bucket_name(&self) -> Value<Name<kind::s3::Bucket>> {
        self.with_state(|state| state.name.clone())
    }

    /// Returns the ARN of the bucket.
    pub fn arn(&self) -> Value<Arn<kind::s3::Bucket>> {
        self.with_state(|state| state.arn.clone())
    }

    /// Returns the ARN of the objects whose keys match a pattern, such as `exports/*`.
    pub fn object_arns(&self, pattern: &str) -> Value<String> {
        sub![self.arn(), "/", pattern]
    }

    /// Returns the regional domain name, `….s3.eu-west-1.amazonaws.com`.
    pub fn regional_domain_name(&self) -> Value<String> {
        self.with_state(|state| state.regional_domain_name.clone())
    }

    /// Returns the KMS key that encrypts objects, or `None` with SSE-S3.
    pub fn encryption_key(&self) -> Option<KeyRef<'app>> {
        self.key
    }

    /// Returns the L1 binding of the bucket, or `None` for an imported bucket.
    pub fn cfn(&self) -> Option<CfnBucket<'app>> {
        CfnBucket::from_resource(self.scope.default_child()?)
    }

    fn with_state<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        let state = self.scope.attached::<State>();
        look(&state.expect("every bucket is made with its state"))
    }
}

fn no_public_access() -> PublicAccessBlockConfiguration {
    PublicAccessBlockConfiguration::new()
        .block_public_acls(true)
        .block_public_policy(true)
        .ignore_public_acls(true)
        .restrict_public_buckets(true)
}

/// Returns the encryption property, which refuses keys from clients (SSE-C): such objects are lost with their keys,
/// and ransomware with stolen credentials uses it.
fn render_encryption(key: Option<KeyRef<'_>>) -> EncryptionProperty {
    let rule = ServerSideEncryptionRule::new().blocked_encryption_types(
        BlockedEncryptionTypes::new()
            .encryption_type(vec![BlockedEncryptionTypesEncryptionType::SSE_C]),
    );
    EncryptionProperty::new(vec![match key {
        None => rule.server_side_encryption_by_default(ServerSideEncryptionByDefault::new(
            ServerSideEncryptionByDefaultSseAlgorithm::AES256,
        )),
        Some(key) => rule
            .bucket_key_enabled(true)
            .server_side_encryption_by_default(
                ServerSideEncryptionByDefault::new(
                    ServerSideEncryptionByDefaultSseAlgorithm::AWS_KMS,
                )
                .kms_master_key_id(key.arn()),
            ),
    }])
}

fn render_lifecycle(props: &BucketProps<'_>, scope: Scope<'_>) -> LifecycleConfiguration {
    let mut upkeep = LifecycleRule::new("Upkeep").abort_incomplete_uploads_after(Duration::days(7));
    if let (Versioning::Enabled, NoncurrentVersions::KeepFor(age)) =
        (props.versioning, props.noncurrent_versions)
    {
        upkeep = upkeep.expire_noncurrent_after(age);
    }
    let rules = std::iter::once(upkeep).chain(props.lifecycle_rules.iter().cloned());
    LifecycleConfiguration::new(
        rules
            .map(|rule| rule.into_property(scope))
            .collect::<Vec<_>>(),
    )
}

/// Reports object lock of a bucket without versions (`INF4509`).
fn check_lock(scope: Scope<'_>, versioning: Versioning) {
    if versioning == Versioning::Off {
        scope.report(
            Diagnostic::new(
                codes::BUCKET_VERSIONS,
                "object lock protects versions, and the bucket does not keep any",
            )
            .property("ObjectLockConfiguration")
            .expected("`Versioning::Enabled`, the default")
            .url("https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html"),
        );
    }
}

/// Reports an invalid name. [`bucket_name!`](crate::bucket_name) and `parse` accept valid names only; of deferred
/// names, only the literal parts are checked.
fn check_name(scope: Scope<'_>, name: &BucketName) {
    if let Some((part, error)) = name.find_problem() {
        scope.report(
            Diagnostic::new(codes::BUCKET_NAME, error.to_string())
                .property("BucketName")
                .actual(part)
                .help("use a name in lower case, with hyphens between words")
                .url(
                    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
                ),
        );
    }
}
