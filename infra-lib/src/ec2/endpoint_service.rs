//! AWS services that a VPC can reach without leaving Amazon's network.

use std::borrow::Cow;

use crate::{Value, pseudo, sub};

/// An AWS service with interface endpoints (AWS PrivateLink), named by the last part of the endpoint's service name,
/// as in `com.amazonaws.eu-central-1.secretsmanager`.
///
/// AWS lists the services in [AWS services that integrate with AWS
/// PrivateLink](https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html).
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct InterfaceEndpointService(Cow<'static, str>);

macro_rules! services {
    ($($(#[$meta:meta])* $name:ident = $text:literal;)*) => {
        impl InterfaceEndpointService {
            $($(#[$meta])* pub const $name: Self = Self(Cow::Borrowed($text));)*
        }
    };
}

services! {
    /// Amazon CloudWatch metrics, `monitoring`.
    CLOUDWATCH = "monitoring";
    /// Amazon CloudWatch Logs, `logs`.
    CLOUDWATCH_LOGS = "logs";
    /// Amazon ECR API, `ecr.api`: authorization tokens and image metadata.
    ECR_API = "ecr.api";
    /// Amazon ECR registry, `ecr.dkr`: image manifests for `docker pull`. Image layers come from S3.
    ECR_DKR = "ecr.dkr";
    /// Amazon ECS API, `ecs`.
    ECS = "ecs";
    /// AWS Key Management Service, `kms`.
    KMS = "kms";
    /// Amazon RDS API, `rds`. Connections to a database do not use it.
    RDS = "rds";
    /// Amazon S3, `s3`. A gateway endpoint serves most purposes and is free of charge.
    S3 = "s3";
    /// AWS Secrets Manager, `secretsmanager`.
    SECRETS_MANAGER = "secretsmanager";
    /// Amazon Simple Notification Service, `sns`.
    SNS = "sns";
    /// Amazon Simple Queue Service, `sqs`.
    SQS = "sqs";
    /// AWS Systems Manager, `ssm`, including Parameter Store.
    SSM = "ssm";
    /// Session Manager, `ssmmessages`, which ECS Exec uses.
    SSM_MESSAGES = "ssmmessages";
    /// AWS Security Token Service, `sts`.
    STS = "sts";
    /// AWS X-Ray, `xray`.
    XRAY = "xray";
}

impl InterfaceEndpointService {
    /// Creates a service that has no constant here, by the part of the endpoint's name after the region, such as
    /// `athena`.
    pub fn other(name: impl Into<Cow<'static, str>>) -> Self {
        Self(name.into())
    }

    /// Returns the part of the endpoint's name after the region.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn service_name(&self) -> Value<String> {
        service_name(&self.0)
    }

    /// Returns the construct ID of an endpoint: letters and digits, as in `EcrApi`.
    pub(crate) fn construct_id(&self) -> String {
        let mut id = String::new();
        for word in self.0.split(|c: char| !c.is_ascii_alphanumeric()) {
            let mut letters = word.chars();
            id.extend(letters.next().map(|first| first.to_ascii_uppercase()));
            id.extend(letters);
        }
        id
    }
}

/// An AWS service with gateway endpoints: routes in route tables, free of charge ([AWS
/// page](https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html)).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum GatewayEndpointService {
    /// Amazon Simple Storage Service.
    S3,
    /// Amazon DynamoDB, without DynamoDB Streams.
    DynamoDb,
}

impl GatewayEndpointService {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::S3 => "s3",
            Self::DynamoDb => "dynamodb",
        }
    }

    pub(crate) const fn construct_id(self) -> &'static str {
        match self {
            Self::S3 => "S3",
            Self::DynamoDb => "DynamoDB",
        }
    }

    pub(crate) fn service_name(self) -> Value<String> {
        service_name(self.as_str())
    }
}

fn service_name(service: &str) -> Value<String> {
    sub!["com.amazonaws.", pseudo::region(), ".", service]
}
