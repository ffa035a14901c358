//! Alias records: names for AWS resources.

use infra_cfn::route53::CfnRecordSet;

use super::alias_target::{AliasTarget, AsAliasTarget};
use super::health_check::{AsHealthCheck, HealthCheckRef};
use super::record::{Settings, create_record, record_methods, record_properties};
use super::record_data::RecordData;
use super::zone::{AsHostedZone, HostedZoneRef};
use crate::{Name, Scope, Value, kind};

crate::construct! {
    /// An alias record of type `A`: a name whose IPv4 addresses are those of an AWS resource.
    ///
    /// Creates an
    /// [`AWS::Route53::RecordSet`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-recordset.html).
    /// Zone, name and target are required. Route 53 checks the health of a load balancer before it answers with it, and
    /// of no other target (CloudFormation: of none). Alias records have no time to live; queries for them are free of
    /// charge. A name with addresses of its own is a [`Record`](super::Record).
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::route53::{ARecord, AliasTarget, HostedZone};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Domain");
    /// let zone = HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com");
    /// ARecord::builder()
    ///     .zone(&zone)
    ///     .domain_name("notes.example.com")
    ///     .target(AliasTarget::cloudfront("d111111abcdef8.cloudfront.net"))
    ///     .build(stack, "Notes");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ARecord<'app>: "infra-lib.route53.ARecord" {
        resource: CfnRecordSet<'app>,
        zone: HostedZoneRef<'app>,
    }

    /// Properties of an [`ARecord`], set through [`ARecord::builder`].
    pub struct ARecordProps, ARecordBuilder, a_record_builder {
        shared record_properties,
        /// Target of the record: a load balancer, a distribution, a domain name of an API, an interface endpoint, another
        /// record, or an [`AliasTarget`].
        required_reference target: AsAliasTarget::as_alias_target => AliasTarget,
    }
}

crate::construct! {
    /// An alias record of type `AAAA`: a name whose IPv6 addresses are those of an AWS resource.
    ///
    /// Creates an
    /// [`AWS::Route53::RecordSet`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-recordset.html)
    /// with the defaults of [`ARecord`]. Clients that use IPv4 need an [`ARecord`] with the same name.
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::route53::{AaaaRecord, AliasTarget, HostedZone};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Domain");
    /// let zone = HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com");
    /// AaaaRecord::builder()
    ///     .zone(&zone)
    ///     .domain_name("notes.example.com")
    ///     .target(AliasTarget::cloudfront("d111111abcdef8.cloudfront.net"))
    ///     .build(stack, "NotesIpv6");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct AaaaRecord<'app>: "infra-lib.route53.AaaaRecord" {
        resource: CfnRecordSet<'app>,
        zone: HostedZoneRef<'app>,
    }

    /// Properties of an [`AaaaRecord`], set through [`AaaaRecord::builder`].
    pub struct AaaaRecordProps, AaaaRecordBuilder, aaaa_record_builder {
        shared record_properties,
        /// Target of the record: a load balancer, a distribution, a domain name of an API, an interface endpoint, another
        /// record, or an [`AliasTarget`].
        required_reference target: AsAliasTarget::as_alias_target => AliasTarget,
    }
}

record_methods!(ARecord);
record_methods!(AaaaRecord);

/// Adds `create` of an alias record.
macro_rules! create {
    ($name:ident, $props:ident, $data:ident) => {
        impl<'app> $name<'app> {
            #[track_caller]
            fn create(scope: Scope<'app>, props: $props<'app>) -> Self {
                let zone = props.zone;
                let resource = create_record(
                    scope,
                    Settings {
                        zone,
                        domain_name: props.domain_name,
                        data: RecordData::$data(&props.target),
                        ttl: None,
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
    };
}

create!(ARecord, ARecordProps, alias_a);
create!(AaaaRecord, AaaaRecordProps, alias_aaaa);
