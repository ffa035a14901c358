//! Public hosted zones of Route 53.

use infra_cfn::route53::CfnHostedZoneProps;
use infra_cfn::route53::hosted_zone::{HostedZoneConfig, QueryLoggingConfig};

use super::zone::{AsHostedZone, HostedZoneRef, ZoneState, normalize_value, zone_methods};
use super::{KeySigningKey, Record, RecordData, query_logs};
use crate::construct::With;
use crate::kms::AsKey;
use crate::logs::{AsLogGroup, LogGroupRef};
use crate::{Construct, Id, IntoValue, RemovalPolicy, Scope, Value, kind};

crate::construct! {
    /// A public hosted zone with the records of a domain.
    ///
    /// Creates an
    /// [`AWS::Route53::HostedZone`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-hostedzone.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | removal policy | retain, since a new zone would have other name servers | delete, which fails while the zone has records |
    /// | comment | none | none |
    /// | query logs | none | none |
    /// | DNSSEC | off, until [`enable_dnssec`](Self::enable_dnssec) | off |
    ///
    /// The zone answers once the registrar of the domain, or the zone of the parent domain, names its
    /// [name servers](Self::name_servers); for a parent zone of the app, [`delegate_to`](Self::delegate_to) does so.
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::route53::HostedZone;
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Domain");
    /// let zone = HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com");
    /// let own = HostedZone::builder().zone_name("notes.example.com").build(stack, "Notes");
    /// zone.delegate_to(&own);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct HostedZone<'app>: "infra-lib.route53.HostedZone" {}

    /// Properties of a [`HostedZone`], set through [`HostedZone::builder`].
    pub struct HostedZoneProps, HostedZoneBuilder, hosted_zone_builder {
        /// Domain name, such as `example.com`. Changing it replaces the zone.
        required_value zone_name: String,
        /// Comment on the zone. Default: none.
        text comment,
        /// Log group in `us-east-1` that receives a line for each query (`INF4070` otherwise). Log groups for queries
        /// usually have names that begin with `/aws/route53/`. A resource policy of CloudWatch Logs lets Route 53 write
        /// to it. Default: none, as in CloudFormation.
        reference query_logs: AsLogGroup::as_log_group => LogGroupRef<'app>,
        /// Removal policy of the zone. Default: it is retained (CloudFormation: deleted).
        default removal_policy: RemovalPolicy = RemovalPolicy::Retain,
    }
}

zone_methods!(HostedZone);

/// Name servers of a zone of the app.
struct NameServers(Value<Vec<String>>);

impl<'app> HostedZone<'app> {
    #[track_caller]
    fn create(scope: Scope<'app>, props: HostedZoneProps<'app>) -> Self {
        let name = normalize_value(props.zone_name);
        let absolute = super::zone::absolute_name(name.clone());
        let policy = props
            .query_logs
            .map(|group| query_logs::allow(scope, group));
        let zone = CfnHostedZoneProps::new()
            .name(absolute)
            .with(props.comment, |cfn, comment| {
                cfn.hosted_zone_config(HostedZoneConfig::new().comment(comment))
            })
            .with(props.query_logs, |cfn, group| {
                cfn.query_logging_config(QueryLoggingConfig::new(group.arn()))
            })
            .build(scope, "Resource");
        zone.apply_removal_policy(props.removal_policy);
        if let Some(policy) = policy {
            zone.depends_on(policy);
        }
        ZoneState::attach(scope, zone.attr_id(), name);
        scope.attach(NameServers(zone.attr_name_servers()));
        Self { scope }
    }

    /// Imports an existing zone by its ID and domain name.
    #[track_caller]
    pub fn from_attributes(
        scope: impl Construct<'app>,
        id: &str,
        hosted_zone_id: impl IntoValue<Id<kind::route53::HostedZone>>,
        zone_name: impl IntoValue<String>,
    ) -> Self {
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.route53.HostedZone");
        let name = normalize_value(zone_name.into_value());
        ZoneState::attach(scope, hosted_zone_id.into_value(), name);
        Self { scope }
    }

    /// Returns the names of the four name servers, or `None` for an imported zone, whose name servers are not known.
    pub fn name_servers(&self) -> Option<Value<Vec<String>>> {
        self.scope
            .attached::<NameServers>()
            .map(|servers| servers.0.clone())
    }

    /// Adds the `NS` record that delegates a part of this domain to another zone of the app, valid for 2 days.
    ///
    /// A zone whose name does not belong to this one is reported (`INF4511`), and so is an imported zone, whose name
    /// servers are not known (`INF4065`): create a [`Record`] with [`RecordData::ns`] for it.
    #[track_caller]
    pub fn delegate_to(&self, zone: &Self) -> Record<'app> {
        let data = match zone.name_servers() {
            Some(servers) => RecordData::ns_list(servers),
            None => RecordData::ns(Vec::<String>::new()),
        };
        let id = format!("Delegation-{}", zone.scope.id());
        Record::builder()
            .zone(self)
            .domain_name(zone.zone_name())
            .data(data)
            .build(self.scope.at_caller(), &id)
    }

    /// Signs the records of the zone (DNSSEC), with a new KMS key.
    ///
    /// The stack must be in `us-east-1`, where Route 53 looks for the key (`INF4071`). DNSSEC protects the domain once the
    /// parent zone has a `DS` record with the key, which the Route 53 console and `aws route53 get-dnssec` show; Route 53
    /// must stop signing only after that record has gone.
    ///
    /// See [configuring DNSSEC
    /// signing](https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html).
    #[track_caller]
    pub fn enable_dnssec(&self) -> KeySigningKey<'app> {
        let key = KeySigningKey::builder()
            .zone(self)
            .build(self.scope.at_caller(), "KeySigningKey");
        key.sign_zone(*self);
        key
    }

    /// Signs the records of the zone (DNSSEC) with an existing KMS key, such as one of the security team. See
    /// [`enable_dnssec`](Self::enable_dnssec).
    ///
    /// The key is asymmetric, has the spec `ECC_NIST_P256` and the usage `SIGN_VERIFY`, and is in `us-east-1` (`INF4071`).
    #[track_caller]
    pub fn enable_dnssec_with(&self, kms_key: &impl AsKey<'app>) -> KeySigningKey<'app> {
        let key = KeySigningKey::builder()
            .zone(self)
            .kms_key(kms_key)
            .build(self.scope.at_caller(), "KeySigningKey");
        key.sign_zone(*self);
        key
    }
}
