//! Replication of new objects into other buckets.

use infra_cfn::s3::bucket::{AccessControlTranslation, AccessControlTranslationOwner};
use infra_cfn::s3::bucket::{
    DeleteMarkerReplication, DeleteMarkerReplicationStatus, EncryptionConfiguration, Metrics,
    MetricsStatus, ReplicationDestination, ReplicationDestinationStorageClass, ReplicationRule,
    ReplicationRuleFilter, ReplicationRuleStatus, ReplicationTime, ReplicationTimeStatus,
    ReplicationTimeValue, SourceSelectionCriteria, SseKmsEncryptedObjects,
    SseKmsEncryptedObjectsStatus,
};

use super::Bucket;
use crate::construct::With;
use crate::core::{Arn, Construct, Data, Diagnostic, IntoValue, Scope, Value, codes};
use crate::iam::{Grant, Grantable, Grantee, Principal, Role};
use crate::kind;
use infra_cfn::s3::CfnBucket;

const REQUIREMENTS: &str =
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-requirements.html";

/// Copies of new objects and versions into another bucket, of the same or another region, stack or account.
///
/// Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | role | one of the bucket, for its destinations only | required |
/// | objects | all | all |
/// | delete markers | not replicated | not replicated |
/// | objects encrypted with a KMS key | replicated, encrypted with the key of the destination | not replicated |
/// | owner of copies in another account | that account | the source account |
/// | time | usually minutes, without a guarantee | the same |
///
/// See [Replication](https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html).
#[derive(Clone, Debug)]
#[must_use = "the settings have no effect until they are passed to `Bucket::replicate`"]
pub struct Replication<'app> {
    destination: Bucket<'app>,
    prefix: Option<String>,
    account: Option<Value<String>>,
    storage_class: Option<ReplicationDestinationStorageClass>,
    delete_markers: bool,
    time_control: bool,
}

impl<'app> Replication<'app> {
    /// Creates a replication of all new objects to a bucket of the app, or an imported one.
    pub const fn to(destination: Bucket<'app>) -> Self {
        Self {
            destination,
            prefix: None,
            account: None,
            storage_class: None,
            delete_markers: false,
            time_control: false,
        }
    }

    /// Limits the replication to objects whose keys begin with a text.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    /// States that the destination belongs to another account, which then owns the copies. Its bucket policy must permit
    /// the role of the replication, [`Bucket::replication_role_arn`].
    pub fn account(mut self, id: impl IntoValue<String>) -> Self {
        self.account = Some(id.into_value());
        self
    }

    /// Sets the storage class of the copies. Default: that of the object.
    pub fn storage_class(mut self, class: ReplicationDestinationStorageClass) -> Self {
        self.storage_class = Some(class);
        self
    }

    /// Replicates delete markers, so that deleted objects are hidden at the destination as well.
    pub const fn with_delete_markers(mut self) -> Self {
        self.delete_markers = true;
        self
    }

    /// Replicates within 15 minutes, with metrics, which is charged (Replication Time Control).
    pub const fn within_15_minutes(mut self) -> Self {
        self.time_control = true;
        self
    }

    fn render(self, source: Bucket<'app>, priority: usize) -> ReplicationRule {
        let mut destination = ReplicationDestination::new(self.destination.arn())
            .with(self.storage_class, ReplicationDestination::storage_class);
        if let Some(account) = self.account {
            destination = destination.account(account).access_control_translation(
                AccessControlTranslation::new(AccessControlTranslationOwner::DESTINATION),
            );
        }
        if self.time_control {
            let minutes = || ReplicationTimeValue::new(15);
            destination = destination
                .replication_time(ReplicationTime::new(
                    ReplicationTimeStatus::ENABLED,
                    minutes(),
                ))
                .metrics(Metrics::new(MetricsStatus::ENABLED).event_threshold(minutes()));
        }
        let has_key = source.encryption_key().is_some();
        let replica_key = self.destination.encryption_key().filter(|_| has_key);
        if let Some(key) = replica_key {
            destination =
                destination.encryption_configuration(EncryptionConfiguration::new(key.arn()));
        }
        let delete_markers = if self.delete_markers {
            DeleteMarkerReplicationStatus::ENABLED
        } else {
            DeleteMarkerReplicationStatus::DISABLED
        };
        let criteria = SourceSelectionCriteria::new().sse_kms_encrypted_objects(
            SseKmsEncryptedObjects::new(SseKmsEncryptedObjectsStatus::ENABLED),
        );
        let filter = ReplicationRuleFilter::new().prefix(self.prefix.unwrap_or_default());
        ReplicationRule::new(destination, ReplicationRuleStatus::ENABLED)
            .id(format!("Rule{priority}"))
            .priority(i64::try_from(priority).unwrap_or(i64::MAX))
            .filter(filter)
            .delete_marker_replication(DeleteMarkerReplication::new().status(delete_markers))
            .with(replica_key.map(|_| criteria), |rule, criteria| {
                rule.source_selection_criteria(criteria)
            })
    }
}

/// Name of the child of a bucket with the role, as in the CDK.
const ROLE: &str = "ReplicationRole";

impl<'app> Bucket<'app> {
    /// Copies new objects and versions into another bucket. Several calls add rules, of which the latest wins where two
    /// have the same destination.
    ///
    /// Both buckets need versions, and a bucket with a KMS key needs a destination with one (`INF4509`); replication of
    /// imported buckets is not managed by this app (`INF4509`).
    ///
    /// ```
    /// use infra_lib::s3::{Bucket, Replication};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let backups = Bucket::builder().build(stack, "Backups");
    /// let notes = Bucket::builder().build(stack, "Notes");
    /// notes.replicate(Replication::to(backups).prefix("notes/"));
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    #[track_caller]
    pub fn replicate(&self, replication: Replication<'app>) {
        let scope = self.scope().at_caller();
        let Some(resource) = self.cfn() else {
            report(
                scope,
                "the replication of an imported bucket is not managed by this app",
                "a bucket of this app",
            );
            return;
        };
        let destination = replication.destination;
        check_versions(scope, *self, "source");
        check_versions(scope, destination, "destination");
        if self.encryption_key().is_some() && destination.encryption_key().is_none() {
            report(
                scope,
                "objects encrypted with a KMS key are not replicated to a bucket without one",
                "a destination with a KMS key of its region",
            );
        }
        let role = self.permit_replication(&destination);
        let rules = match resource.prop("ReplicationConfiguration.Rules") {
            Some(Data::List(rules)) => rules,
            _ => Vec::new(),
        };
        let priority = rules.len() + 1;
        let added: Value<ReplicationRule> = replication.render(*self, priority).into_value();
        let rules = rules.into_iter().chain([added.into_data()]);
        resource.override_prop("ReplicationConfiguration.Role", role.into_data());
        resource.override_prop("ReplicationConfiguration.Rules", Data::list(rules));
    }

    /// Returns the ARN of the role that replicates, for the bucket policy of a destination in another account, or `None`
    /// before the first call of [`replicate`](Self::replicate).
    pub fn replication_role_arn(&self) -> Option<Value<Arn<kind::iam::Role>>> {
        let role = self.scope().child(ROLE)?.default_child()?;
        Some(role.attr_value("Arn"))
    }

    /// Adds the role of the replications unless there is one, and permissions for a destination; returns its ARN.
    #[track_caller]
    fn permit_replication(&self, destination: &Self) -> Value<Arn<kind::iam::Role>> {
        let scope = self.scope().at_caller();
        let role = match scope.child(ROLE).and_then(Scope::default_child) {
            Some(role) => role,
            None => *Role::builder()
                .assumed_by(Principal::service("s3.amazonaws.com"))
                .build(scope, ROLE)
                .cfn(),
        };
        let arn: Value<Arn<kind::iam::Role>> = role.attr_value("Arn");
        let to = Replicator(Grantee::of_resource(role, &arn));
        Grant::to(&to)
            .actions(["s3:GetReplicationConfiguration", "s3:ListBucket"])
            .resource(self.arn())
            .on(self);
        Grant::to(&to)
            .actions([
                "s3:GetObjectVersionForReplication",
                "s3:GetObjectVersionAcl",
                "s3:GetObjectVersionTagging",
            ])
            .resource(self.object_arns("*"))
            .on(self);
        Grant::to(&to)
            .actions([
                "s3:ReplicateObject",
                "s3:ReplicateDelete",
                "s3:ReplicateTags",
                "s3:ObjectOwnerOverrideToBucketOwner",
            ])
            .resource(destination.object_arns("*"))
            .on(destination);
        if let Some(key) = self.encryption_key() {
            Grant::to(&to)
                .action("kms:Decrypt")
                .resource(key.arn())
                .on(&key);
            if let Some(key) = destination.encryption_key() {
                Grant::to(&to)
                    .action("kms:Encrypt")
                    .resource(key.arn())
                    .on(&key);
            }
        }
        arn
    }
}

/// The role of the replications of a bucket, as receiver of permissions.
struct Replicator<'app>(Grantee<'app>);

impl<'app> Grantable<'app> for Replicator<'app> {
    fn grantee(&self) -> Grantee<'app> {
        self.0.clone()
    }
}

/// Reports a bucket of the app without versions (`INF4509`).
fn check_versions(scope: Scope<'_>, bucket: Bucket<'_>, role: &str) {
    let versions = |resource: CfnBucket<'_>| resource.has_prop("VersioningConfiguration");
    if bucket.cfn().is_some_and(|resource| !versions(resource)) {
        report(
            scope,
            &format!("the {role} of a replication does not keep versions"),
            "`Versioning::Enabled`, the default",
        );
    }
}

fn report(scope: Scope<'_>, message: &str, expected: &'static str) {
    scope.report(
        Diagnostic::new(codes::BUCKET_VERSIONS, message.to_owned())
            .property("ReplicationConfiguration")
            .expected(expected)
            .url(REQUIREMENTS),
    );
}
