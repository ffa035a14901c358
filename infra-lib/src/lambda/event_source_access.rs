//! Access of event source mappings to clusters of Kafka and brokers, and their pollers.

use crate::cfn::lambda::event_source_mapping::{
    ProvisionedPollerConfig, SourceAccessConfiguration, SourceAccessConfigurationType,
};
use crate::core::{Arn, Id, IntoValue, Value, sub};
use crate::kind;

/// Credentials with which a mapping reads a cluster of Kafka or a broker, or a part of the network in which they are.
///
/// Credentials are secrets of Secrets Manager, which the role of the function must be able to read. See
/// [Kafka](https://docs.aws.amazon.com/lambda/latest/dg/kafka-cluster-auth.html) and [Amazon
/// MQ](https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html).
#[derive(Clone, Debug)]
#[must_use = "access has no effect until it is passed to a mapping"]
pub struct SourceAccess {
    kind: SourceAccessConfigurationType,
    uri: Value<String>,
}

macro_rules! secrets {
    ($($(#[doc = $doc:literal])+ $name:ident = $kind:ident;)+) => {
        impl SourceAccess {
            $(
                $(#[doc = $doc])+
                pub fn $name(secret: impl IntoValue<Arn<kind::secretsmanager::Secret>>) -> Self {
                    Self::new(SourceAccessConfigurationType::$kind, secret.into_value().cast())
                }
            )+
        }
    };
}

secrets! {
    /// Creates access by user name and password: of a broker, or of a cluster with SASL/PLAIN.
    basic_auth = BASIC_AUTH;
    /// Creates access to a cluster with SASL/SCRAM and SHA-256.
    scram_sha_256 = SASL_SCRAM_256_AUTH;
    /// Creates access to a cluster with SASL/SCRAM and SHA-512.
    scram_sha_512 = SASL_SCRAM_512_AUTH;
    /// Creates access to a cluster with a certificate of the client and its private key.
    client_certificate = CLIENT_CERTIFICATE_TLS_AUTH;
    /// Creates trust in the authority that signed the certificates of a cluster. Default: authorities that Lambda trusts.
    server_root_ca = SERVER_ROOT_CA_CERTIFICATE;
}

impl SourceAccess {
    fn new(kind: SourceAccessConfigurationType, uri: Value<String>) -> Self {
        Self { kind, uri }
    }

    /// Creates the virtual host of a RabbitMQ broker.
    pub fn virtual_host(name: impl IntoValue<String>) -> Self {
        Self::new(
            SourceAccessConfigurationType::VIRTUAL_HOST,
            name.into_value(),
        )
    }

    /// Creates a subnet from which a cluster outside AWS can be reached.
    pub fn subnet(id: impl IntoValue<Id<kind::ec2::Subnet>>) -> Self {
        let uri = sub!["subnet:", id.into_value()];
        Self::new(SourceAccessConfigurationType::VPC_SUBNET, uri)
    }

    /// Creates a security group with which a cluster outside AWS is reached.
    pub fn security_group(id: impl IntoValue<Id<kind::ec2::SecurityGroup>>) -> Self {
        let uri = sub!["security_group:", id.into_value()];
        Self::new(SourceAccessConfigurationType::VPC_SECURITY_GROUP, uri)
    }

    pub(super) fn property(self) -> SourceAccessConfiguration {
        SourceAccessConfiguration::new()
            .type_(self.kind)
            .uri(self.uri)
    }
}

/// Number of pollers that are kept for a mapping of Kafka or a queue, at a charge, so that it follows bursts of events.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct ProvisionedPollers {
    minimum: u32,
    maximum: u32,
}

impl ProvisionedPollers {
    /// Creates a range: at least `minimum` pollers, 1 to 200, and at most `maximum`.
    pub const fn new(minimum: u32, maximum: u32) -> Self {
        Self { minimum, maximum }
    }

    pub(super) fn property(self) -> ProvisionedPollerConfig {
        ProvisionedPollerConfig::new()
            .minimum_pollers(self.minimum)
            .maximum_pollers(self.maximum)
    }
}
