//! Records of any type.

use infra_cfn::route53::record_set::AliasTarget as AliasTargetProperty;
use infra_cfn::route53::{CfnRecordSet, CfnRecordSetProps};

use super::health_check::{AsHealthCheck, HealthCheckRef};
use super::record_checks::{Checked, check_record};
use super::record_data::{Content, RecordData};
use super::zone::{AsHostedZone, HostedZoneRef, absolute_name};
use super::{AliasTarget, RoutingPolicy};
use crate::construct::With;
use crate::unique_name::unique_name;
use crate::{Duration, Name, Scope, Value, kind, value};

/// Inserts the properties of every record into those of a construct, as `shared record_properties`.
macro_rules! record_properties {
    ([$($before:tt)*] $($rest:tt)*) => {
        $crate::__construct_props! { $($before)*
            /// Hosted zone of the record.
            required_reference zone: AsHostedZone::as_hosted_zone => HostedZoneRef<'app>,
            /// Complete name of the record, such as `notes.example.com`. A name outside the zone is reported (`INF4511`).
            required_value domain_name: String,
            /// Choice between this record and others with the same name and type. Default: none, the record is the only
            /// one (simple routing).
            optional routing: $crate::route53::RoutingPolicy,
            /// Name of the record among those with the same name and type, up to 128 characters; only with `routing`.
            /// Default: from stack and construct (CloudFormation: required).
            text set_identifier,
            /// Health check; Route 53 answers with the record only while the check is healthy. Only with `routing`.
            /// Default: none.
            reference health_check: AsHealthCheck::as_health_check => HealthCheckRef<'app>,
            /// Comment on the record. Default: none.
            text comment,
            $($rest)*
        }
    };
}
pub(super) use record_properties;

crate::construct! {
    /// A record of a hosted zone, of any type.
    ///
    /// Creates an
    /// [`AWS::Route53::RecordSet`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-recordset.html).
    /// Zone, name and data are required. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | time to live | 30 minutes; 2 days for `NS` | required |
    /// | routing | simple | simple |
    /// | set identifier | with `routing`, from stack and construct | required with routing |
    ///
    /// Synthesis reports data that Route 53 rejects (`INF4065`), routing that it rejects or that has no effect (`INF4066`),
    /// a `CNAME` with the name of the zone (`INF4067`) and records that exclude each other (`INF4068`).
    ///
    /// Names of AWS resources are [`ARecord`](super::ARecord) and [`AaaaRecord`](super::AaaaRecord), aliases without a time
    /// to live and without a charge.
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::route53::{HostedZone, Record, RecordData, RoutingPolicy};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Domain");
    /// let zone = HostedZone::builder().zone_name("example.com").build(stack, "Zone");
    /// Record::builder()
    ///     .zone(&zone)
    ///     .domain_name("example.com")
    ///     .data(RecordData::mx([(10, "mx1.example.net"), (20, "mx2.example.net")]))
    ///     .build(stack, "Mail");
    /// Record::builder()
    ///     .zone(&zone)
    ///     .domain_name("example.com")
    ///     .data(RecordData::txt(["v=spf1 include:example.net -all"]))
    ///     .build(stack, "Senders");
    /// for (id, address, weight) in [("Blue", "192.0.2.1", 90), ("Green", "192.0.2.2", 10)] {
    ///     Record::builder()
    ///         .zone(&zone)
    ///         .domain_name("www.example.com")
    ///         .data(RecordData::a([address]))
    ///         .ttl(Duration::minutes(1))
    ///         .routing(RoutingPolicy::weighted(weight))
    ///         .build(stack, id);
    /// }
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Record<'app>: "infra-lib.route53.Record" {
        resource: CfnRecordSet<'app>,
        zone: HostedZoneRef<'app>,
    }

    /// Properties of a [`Record`], set through [`Record::builder`].
    pub struct RecordProps, RecordBuilder, record_builder {
        shared record_properties,
        /// Type and data of the record.
        required data: RecordData,
        /// Time for which resolvers keep an answer. An alias has none. Default: 30 minutes, and 2 days for `NS`
        /// (CloudFormation: required).
        optional ttl: Duration,
    }
}

/// Properties of a record of any construct.
pub(super) struct Settings<'app> {
    pub(super) zone: HostedZoneRef<'app>,
    pub(super) domain_name: Value<String>,
    pub(super) data: RecordData,
    pub(super) ttl: Option<Duration>,
    pub(super) routing: Option<RoutingPolicy>,
    pub(super) set_identifier: Option<Value<String>>,
    pub(super) health_check: Option<HealthCheckRef<'app>>,
    pub(super) comment: Option<Value<String>>,
}

/// Adds the resource of a record.
pub(super) fn create_record<'app>(
    scope: Scope<'app>,
    settings: Settings<'app>,
) -> CfnRecordSet<'app> {
    let zone = settings.zone;
    let data = &settings.data;
    if let Some(name) = settings.domain_name.as_literal() {
        zone.check_holds(name, scope, "Name");
    }
    check_record(
        scope,
        &Checked {
            zone,
            name: &settings.domain_name,
            data,
            ttl: settings.ttl,
            routing: settings.routing.as_ref(),
            set_identifier: settings.set_identifier.as_ref(),
            has_health_check: settings.health_check.is_some(),
        },
    );
    let cfn = CfnRecordSetProps::new(
        absolute_name(settings.domain_name),
        settings.data.record_type().to_owned(),
    )
    .hosted_zone_id(zone.hosted_zone_id())
    .with(settings.comment, CfnRecordSetProps::comment)
    .with(settings.health_check, |cfn, check| {
        cfn.health_check_id(check.health_check_id())
    });
    let cfn = match settings.routing {
        None => cfn.with(settings.set_identifier, CfnRecordSetProps::set_identifier),
        Some(routing) => {
            let identifier = settings
                .set_identifier
                .unwrap_or_else(|| value(unique_name(scope, "Resource", 128)));
            routing.set_properties(cfn).set_identifier(identifier)
        }
    };
    let ttl = settings
        .ttl
        .unwrap_or_else(|| default_ttl(settings.data.record_type()));
    let cfn = match settings.data.into_content() {
        Content::Alias(target) => cfn.alias_target(alias_property(&target)),
        Content::Values(values) => cfn
            .resource_records(values)
            .ttl(ttl.as_seconds().to_string()),
        Content::List(list) => cfn.resource_records(list).ttl(ttl.as_seconds().to_string()),
    };
    cfn.build(scope, "Resource")
}

fn alias_property(target: &AliasTarget) -> AliasTargetProperty {
    AliasTargetProperty::new(target.dns_name(), target.hosted_zone_id())
        .evaluate_target_health(target.evaluates_health())
}

/// Returns the time to live of a type: name servers change rarely, so that resolvers keep them for long.
fn default_ttl(record_type: &str) -> Duration {
    match record_type {
        "NS" => Duration::days(2),
        _ => Duration::minutes(30),
    }
}

/// Adds the methods that records of all constructs share.
macro_rules! record_methods {
    ($name:ident) => {
        impl<'app> $name<'app> {
            /// Returns the complete name of the record, with a trailing dot.
            pub fn domain_name(&self) -> Value<Name<kind::route53::RecordSet>> {
                self.resource.ref_()
            }

            /// Returns the zone of the record.
            pub fn zone(&self) -> HostedZoneRef<'app> {
                self.zone
            }

            /// Returns the L1 binding of the record.
            pub fn cfn(&self) -> CfnRecordSet<'app> {
                self.resource
            }
        }

        /// Answers with the answer of the record, which is in the same zone.
        impl<'app> $crate::route53::AsAliasTarget<'app> for $name<'app> {
            fn as_alias_target(&self) -> AliasTarget {
                AliasTarget::new(self.domain_name(), self.zone.hosted_zone_id())
            }
        }
    };
}
pub(super) use record_methods;

record_methods!(Record);

impl<'app> Record<'app> {
    #[track_caller]
    fn create(scope: Scope<'app>, props: RecordProps<'app>) -> Self {
        let zone = props.zone;
        let resource = create_record(
            scope,
            Settings {
                zone,
                domain_name: props.domain_name,
                data: props.data,
                ttl: props.ttl,
                routing: props.routing,
                set_identifier: props.set_identifier,
                health_check: props.health_check,
                comment: props.comment,
            },
        );
        Self {
            scope,
            resource,
            zone,
        }
    }
}
