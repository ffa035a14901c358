//! Typical durations in seconds by resource type, and the longest chain of a deployment.
//!
//! The values are published measurements (medians) and figures documented by AWS. They are precise enough to distinguish one minute from a quarter of
//! an hour.

mod chain;

pub use chain::estimate_changes;

/// An operation on a resource, as far as durations are concerned.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Work {
    /// Creation of the resource.
    Create,
    /// Update in place, without replacement.
    Update,
    /// Deletion of the resource.
    Delete,
}

/// Seconds to create, update and delete a resource of a type that is not in the table: a few fast calls plus the overhead of CloudFormation.
const OTHERWISE: [u64; 3] = [10, 10, 5];

/// Seconds to create, update and delete a resource, by type.
const SECONDS: &[(&str, [u64; 3])] = &[
    ("AWS::ApiGateway::RestApi", [10, 10, 40]),
    ("AWS::AutoScaling::AutoScalingGroup", [60, 60, 180]),
    // Certificates wait until DNS has the record that validates the domain.
    ("AWS::CertificateManager::Certificate", [240, 30, 15]),
    // A change must reach every edge location; deletion disables the distribution first.
    ("AWS::CloudFront::Distribution", [265, 165, 300]),
    ("AWS::CloudFront::Function", [15, 15, 10]),
    ("AWS::CloudFront::VpcOrigin", [420, 420, 420]),
    ("AWS::CloudWatch::Alarm", [6, 6, 5]),
    ("AWS::Cognito::UserPool", [10, 10, 10]),
    ("AWS::DocDB::DBCluster", [150, 60, 120]),
    ("AWS::DocDB::DBInstance", [480, 300, 420]),
    ("AWS::DynamoDB::GlobalTable", [60, 60, 60]),
    ("AWS::DynamoDB::Table", [35, 35, 25]),
    ("AWS::EC2::EIP", [18, 15, 10]),
    ("AWS::EC2::FlowLog", [8, 8, 8]),
    ("AWS::EC2::Instance", [45, 60, 90]),
    ("AWS::EC2::InternetGateway", [18, 10, 10]),
    ("AWS::EC2::NatGateway", [106, 10, 60]),
    ("AWS::EC2::Route", [12, 12, 10]),
    ("AWS::EC2::RouteTable", [12, 10, 10]),
    ("AWS::EC2::SecurityGroup", [10, 10, 10]),
    ("AWS::EC2::Subnet", [12, 12, 10]),
    ("AWS::EC2::TransitGatewayAttachment", [90, 60, 90]),
    ("AWS::EC2::VPC", [14, 12, 10]),
    ("AWS::EC2::VPCEndpoint", [70, 60, 240]),
    ("AWS::EC2::VPCGatewayAttachment", [12, 10, 12]),
    ("AWS::ECR::Repository", [6, 6, 6]),
    ("AWS::ECS::Cluster", [12, 10, 10]),
    // Includes the time until the tasks are healthy; deletion drains them first.
    ("AWS::ECS::Service", [119, 150, 120]),
    ("AWS::ECS::TaskDefinition", [6, 6, 5]),
    ("AWS::EFS::FileSystem", [15, 15, 15]),
    ("AWS::EFS::MountTarget", [90, 60, 60]),
    ("AWS::EKS::Cluster", [600, 600, 300]),
    ("AWS::EKS::Nodegroup", [150, 300, 240]),
    ("AWS::ElastiCache::CacheCluster", [330, 300, 240]),
    ("AWS::ElastiCache::ReplicationGroup", [600, 480, 420]),
    ("AWS::ElastiCache::ServerlessCache", [180, 120, 120]),
    ("AWS::ElasticLoadBalancingV2::Listener", [6, 6, 5]),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", [116, 10, 20]),
    ("AWS::ElasticLoadBalancingV2::TargetGroup", [10, 10, 8]),
    // A new profile must propagate to every region.
    ("AWS::IAM::InstanceProfile", [126, 15, 10]),
    ("AWS::IAM::ManagedPolicy", [15, 15, 10]),
    ("AWS::IAM::Policy", [15, 15, 10]),
    ("AWS::IAM::Role", [17, 17, 12]),
    ("AWS::KMS::Alias", [6, 6, 5]),
    ("AWS::KMS::Key", [122, 71, 20]),
    ("AWS::KinesisFirehose::DeliveryStream", [60, 30, 60]),
    ("AWS::Lambda::EventSourceMapping", [25, 25, 25]),
    ("AWS::Lambda::Function", [12, 15, 10]),
    ("AWS::Logs::LogGroup", [8, 8, 5]),
    ("AWS::MSK::Cluster", [1_500, 900, 300]),
    ("AWS::Neptune::DBInstance", [600, 300, 420]),
    ("AWS::OpenSearchService::Domain", [1_020, 900, 600]),
    ("AWS::RDS::DBCluster", [90, 60, 120]),
    ("AWS::RDS::DBInstance", [595, 171, 300]),
    ("AWS::RDS::DBParameterGroup", [12, 12, 10]),
    ("AWS::RDS::DBProxy", [300, 60, 240]),
    ("AWS::RDS::DBSubnetGroup", [8, 8, 8]),
    ("AWS::Redshift::Cluster", [240, 180, 180]),
    // Includes the propagation to all name servers.
    ("AWS::Route53::HostedZone", [45, 10, 45]),
    ("AWS::Route53::RecordSet", [45, 45, 45]),
    ("AWS::S3::Bucket", [30, 31, 10]),
    ("AWS::S3::BucketPolicy", [6, 6, 5]),
    // A queue with the name of a deleted one can be created only after a minute.
    ("AWS::SQS::Queue", [72, 60, 60]),
    ("AWS::SecretsManager::Secret", [10, 10, 10]),
    ("AWS::ServiceDiscovery::PrivateDnsNamespace", [60, 10, 60]),
    ("AWS::WAFv2::WebACL", [20, 15, 10]),
];

/// Returns the typical duration of an operation in seconds, or `None` for an unknown resource type.
pub fn known_seconds(type_name: &str, work: Work) -> Option<u64> {
    let at = SECONDS
        .binary_search_by(|(name, _)| (*name).cmp(type_name))
        .ok()?;
    Some(SECONDS[at].1[work as usize])
}

/// Returns the typical duration of an operation in seconds, or a small default for an unknown resource type.
pub fn expected_seconds(type_name: &str, work: Work) -> u64 {
    known_seconds(type_name, work).unwrap_or(OTHERWISE[work as usize])
}

/// Returns the typical duration in seconds of the operation that a status such as `CREATE_IN_PROGRESS` denotes, or `None` if it is unknown.
pub fn typical_seconds(type_name: &str, status: &str) -> Option<u64> {
    let work = match status.split('_').next()? {
        "CREATE" | "IMPORT" => Work::Create,
        "UPDATE" => Work::Update,
        "DELETE" => Work::Delete,
        _ => return None,
    };
    known_seconds(type_name, work)
}

#[cfg(test)]
mod tests {
    use super::{SECONDS, Work, expected_seconds, typical_seconds};

    #[test]
    fn lists_existing_types_in_sorted_table() {
        assert!(SECONDS.is_sorted_by(|(one, _), (other, _)| one < other));
        for (name, _) in SECONDS {
            assert!(infra_schema::resource(name).is_some(), "{name}");
        }
    }

    #[test]
    fn returns_typical_duration_for_status() {
        let database = |status| typical_seconds("AWS::RDS::DBInstance", status);
        assert_eq!(database("CREATE_IN_PROGRESS"), Some(595));
        assert_eq!(database("UPDATE_IN_PROGRESS"), Some(171));
        assert_eq!(database("DELETE_IN_PROGRESS"), Some(300));
        assert_eq!(database("ROLLBACK_IN_PROGRESS"), None);
        assert_eq!(typical_seconds("Custom::Thing", "CREATE_IN_PROGRESS"), None);
        assert_eq!(expected_seconds("Custom::Thing", Work::Create), 10);
    }
}
