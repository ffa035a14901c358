//! The [`EventSubscription`] construct.

use infra_cfn::rds::{CfnEventSubscription, CfnEventSubscriptionProps};

use super::{DatabaseCluster, RdsInstance, RdsReadReplica};
use crate::construct::With;
use crate::{Arn, Diagnostic, Name, Scope, Value, codes, kind};

/// Kind of resources whose events RDS reports.
///
/// See [events of
/// RDS](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum EventSourceKind {
    /// Instances, also those of clusters.
    Instance,
    /// Clusters.
    Cluster,
    /// Parameter groups.
    ParameterGroup,
    /// Snapshots of instances.
    Snapshot,
    /// Snapshots of clusters.
    ClusterSnapshot,
    /// Proxies.
    Proxy,
}

impl EventSourceKind {
    const fn text(self) -> &'static str {
        match self {
            Self::Instance => "db-instance",
            Self::Cluster => "db-cluster",
            Self::ParameterGroup => "db-parameter-group",
            Self::Snapshot => "db-snapshot",
            Self::ClusterSnapshot => "db-cluster-snapshot",
            Self::Proxy => "db-proxy",
        }
    }
}

/// A construct whose events an [`EventSubscription`] reports.
#[diagnostic::on_unimplemented(
    message = "RDS reports no events of `{Self}`",
    label = "a database, a cluster or a read replica is needed here"
)]
pub trait DatabaseEventSource {
    /// Returns the kind and the identifier.
    fn event_source(&self) -> (EventSourceKind, Value<String>);
}

impl DatabaseEventSource for RdsInstance<'_> {
    fn event_source(&self) -> (EventSourceKind, Value<String>) {
        (EventSourceKind::Instance, self.instance_identifier().cast())
    }
}

impl DatabaseEventSource for RdsReadReplica<'_> {
    fn event_source(&self) -> (EventSourceKind, Value<String>) {
        (EventSourceKind::Instance, self.instance_identifier().cast())
    }
}

impl DatabaseEventSource for DatabaseCluster<'_> {
    fn event_source(&self) -> (EventSourceKind, Value<String>) {
        (EventSourceKind::Cluster, self.cluster_identifier().cast())
    }
}

/// A topic that receives events of RDS, with the permission of RDS to publish: an [`sns::Topic`](crate::sns::Topic) or an
/// [`sns::ImportedTopic`](crate::sns::ImportedTopic), whose policy must have the permission (`INF4984`).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no topic",
    label = "an `sns::Topic` or an `sns::ImportedTopic` is needed here"
)]
pub trait DatabaseEventTopic<'app> {
    /// Returns the topic, to which RDS may publish.
    fn event_topic(&self) -> NotifiedTopic;
}

/// A topic that receives events of RDS, from [`DatabaseEventTopic::event_topic`].
#[derive(Clone, Debug)]
pub struct NotifiedTopic {
    arn: Value<Arn<kind::sns::Topic>>,
    #[cfg(feature = "sns")]
    imported: Option<crate::sns::ImportedTopic>,
}

#[cfg(feature = "sns")]
mod topic {
    use super::{DatabaseEventTopic, NotifiedTopic};
    use crate::iam::Principal;
    use crate::sns::{ImportedTopic, Topic};

    pub(super) const SERVICE: &str = "events.rds.amazonaws.com";

    impl<'app> DatabaseEventTopic<'app> for Topic<'app> {
        fn event_topic(&self) -> NotifiedTopic {
            self.grant_publish(&Principal::service(SERVICE).for_this_account());
            NotifiedTopic {
                arn: self.arn(),
                imported: None,
            }
        }
    }

    impl DatabaseEventTopic<'_> for ImportedTopic {
        fn event_topic(&self) -> NotifiedTopic {
            NotifiedTopic {
                arn: self.arn(),
                imported: Some(self.clone()),
            }
        }
    }

    impl<'app, T: DatabaseEventTopic<'app>> DatabaseEventTopic<'app> for &T {
        fn event_topic(&self) -> NotifiedTopic {
            (**self).event_topic()
        }
    }
}

crate::construct! {
    /// A subscription of a topic to events of RDS, such as failovers.
    ///
    /// Creates an
    /// [`AWS::RDS::EventSubscription`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-eventsubscription.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | permission of RDS to publish | added to the policy of a topic of the app | none |
    /// | sources | all | all |
    /// | categories | all | all |
    /// | name | generated | generated |
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::ec2::Vpc;
    /// use infra_lib::rds::{AuroraPostgresVersion, ClusterInstance, DatabaseCluster, EventSubscription};
    /// use infra_lib::sns::Topic;
    /// use infra_lib::cidr;
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Data");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let cluster = DatabaseCluster::builder()
    ///     .subnets(vpc.isolated())
    ///     .engine(AuroraPostgresVersion::V17_9)
    ///     .writer(ClusterInstance::serverless())
    ///     .build(stack, "Database");
    /// EventSubscription::builder()
    ///     .topic(Topic::builder().build(stack, "Topic"))
    ///     .source(&cluster)
    ///     .category("failover")
    ///     .build(stack, "Failovers");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct EventSubscription<'app>: "infra-lib.rds.EventSubscription" {
        resource: CfnEventSubscription<'app>,
    }

    /// Properties of an [`EventSubscription`], set through [`EventSubscription::builder`].
    pub struct EventSubscriptionProps, EventSubscriptionBuilder, event_subscription_builder {
        /// Sources of one kind.
        list sources: (EventSourceKind, Value<String>),
        /// Categories of events.
        list categories: String,
        /// Topic that receives the events. Changing it replaces the subscription.
        required_reference topic: DatabaseEventTopic::event_topic => NotifiedTopic,
        /// Kind of all sources. Default: that of the sources, or every kind.
        optional source_kind: EventSourceKind,
        /// Name of the subscription, at most 255 characters. Default: a generated name. Changing it replaces the
        /// subscription.
        text subscription_name,
    }
}

impl<S: event_subscription_builder::State> EventSubscriptionBuilder<'_, S> {
    /// Adds a source: a database, a cluster or a read replica. All are of one kind (`INF4230`). Default: all of the account
    /// and region.
    pub fn source(mut self, source: &impl DatabaseEventSource) -> Self {
        self.sources.push(source.event_source());
        self
    }

    /// Adds a category, such as `failover`, `failure`, `low storage` or `maintenance`; it needs a source or a kind of
    /// sources (`INF4230`). Default: all categories.
    pub fn category(mut self, category: impl Into<String>) -> Self {
        self.categories.push(category.into());
        self
    }
}

impl<'app> EventSubscription<'app> {
    fn create(scope: Scope<'app>, props: EventSubscriptionProps<'app>) -> Self {
        #[cfg(feature = "sns")]
        if let Some(topic) = &props.topic.imported {
            topic.report_policy(topic::SERVICE, scope);
        }
        let kind = props
            .source_kind
            .or_else(|| props.sources.first().map(|(kind, _)| *kind));
        check_sources(scope, kind, &props.sources, &props.categories);
        let ids: Vec<Value<String>> = props.sources.into_iter().map(|(_, id)| id).collect();
        let resource = CfnEventSubscriptionProps::new(props.topic.arn)
            .with(kind, |cfn, kind| cfn.source_type(kind.text()))
            .with(
                Some(ids).filter(|ids| !ids.is_empty()),
                CfnEventSubscriptionProps::source_ids,
            )
            .with(
                Some(props.categories).filter(|list| !list.is_empty()),
                CfnEventSubscriptionProps::event_categories,
            )
            .with(
                props.subscription_name,
                CfnEventSubscriptionProps::subscription_name,
            )
            .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the name of the subscription.
    pub fn subscription_name(&self) -> Value<Name<kind::rds::EventSubscription>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the subscription.
    pub fn cfn(&self) -> CfnEventSubscription<'app> {
        self.resource
    }
}

fn check_sources(
    scope: Scope<'_>,
    kind: Option<EventSourceKind>,
    sources: &[(EventSourceKind, Value<String>)],
    categories: &[String],
) {
    let report = |message: &str, property: &str| {
        Diagnostic::new(codes::EVENT_SUBSCRIPTION, message)
            .property(property)
            .url("https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateEventSubscription.html")
    };
    let other = sources.iter().find(|(other, _)| Some(*other) != kind);
    if let (Some(kind), Some((other, _))) = (kind, other) {
        scope.report(
            report(
                "the sources of an event subscription are of different kinds",
                "SourceIds",
            )
            .actual(other.text())
            .expected(kind.text())
            .help("create a subscription for each kind of source"),
        );
    }
    if kind.is_none()
        && let Some(category) = categories.first()
    {
        scope.report(
            report(
                "an event subscription has categories, but no kind of sources",
                "EventCategories",
            )
            .actual(&**category)
            .help("add `.source(…)` or `.source_kind(…)`: each kind has categories of its own"),
        );
    }
}
