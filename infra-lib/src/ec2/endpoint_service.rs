//! AWS services that a VPC can reach without leaving Amazon's network.

use std::borrow::Cow;

use crate::{Value, pseudo, sub};

/// An AWS service that has interface endpoints (AWS PrivateLink), by the last part of its endpoint's name.
///
/// The list of services:
/// <https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html>.
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
    /// Amazon CloudWatch metrics.
    CLOUDWATCH = "monitoring";
    /// Amazon CloudWatch Logs.
    CLOUDWATCH_LOGS = "logs";
    /// Amazon ECR: image manifests and tokens.
    ECR_API = "ecr.api";
    /// Amazon ECR: the registry that images are pulled from; their layers come from S3.
    ECR_DKR = "ecr.dkr";
    /// Amazon ECS.
    ECS = "ecs";
    /// AWS KMS.
    KMS = "kms";
    /// Amazon RDS.
    RDS = "rds";
    /// Amazon S3. A gateway endpoint, which costs nothing, serves as well.
    S3 = "s3";
    /// AWS Secrets Manager.
    SECRETS_MANAGER = "secretsmanager";
    /// Amazon SNS.
    SNS = "sns";
    /// Amazon SQS.
    SQS = "sqs";
    /// AWS Systems Manager, Parameter Store included.
    SSM = "ssm";
    /// Session Manager, which ECS Exec uses.
    SSM_MESSAGES = "ssmmessages";
    /// AWS STS.
    STS = "sts";
    /// AWS X-Ray.
    XRAY = "xray";
}

impl InterfaceEndpointService {
    /// A service that has no constant here, by the part of the endpoint's name after the region: `athena`.
    pub fn other(name: impl Into<Cow<'static, str>>) -> Self {
        Self(name.into())
    }

    /// The part of the endpoint's name after the region.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn service_name(&self) -> Value<String> {
        service_name(&self.0)
    }

    /// The construct id of an endpoint: letters and digits, as in `EcrApi`.
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

/// An AWS service that has gateway endpoints: a route in route tables, free of charge.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum GatewayEndpointService {
    /// Amazon S3.
    S3,
    /// Amazon DynamoDB.
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
