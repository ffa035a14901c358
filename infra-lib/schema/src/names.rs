//! Properties that two resources of one type cannot share: physical names and other identifiers. [`unique_names`] lists those of a type.

use crate::catalog::resource;
use crate::model::ResourceType;

/// Properties whose values, taken together, belong to one resource of a type.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Unique {
    /// Names of the properties. The last one is the name, those before it are its scope, such as the cluster of a service.
    pub properties: Vec<String>,
    /// `true` if two resources without scope share the default one.
    pub optional_scope: bool,
}

/// Names of types whose identifier is generated, such as an ARN: scope, then name. From the pages of the types in the
/// [template reference](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html).
const NAMES: [(&str, &str); 27] = [
    ("AWS::AppSync::FunctionConfiguration", "ApiId Name"),
    ("AWS::Batch::ComputeEnvironment", "ComputeEnvironmentName"),
    ("AWS::Batch::JobQueue", "JobQueueName"),
    ("AWS::CloudFront::Function", "Name"),
    ("AWS::CodeBuild::Project", "Name"),
    ("AWS::EC2::LaunchTemplate", "LaunchTemplateName"),
    ("AWS::EC2::SecurityGroup", "VpcId GroupName"),
    ("AWS::EC2::SubnetRouteTableAssociation", "SubnetId"),
    ("AWS::ECS::Service", "Cluster ServiceName"),
    ("AWS::EFS::MountTarget", "FileSystemId SubnetId"),
    (
        "AWS::ElasticLoadBalancingV2::Listener",
        "LoadBalancerArn Port",
    ),
    (
        "AWS::ElasticLoadBalancingV2::ListenerRule",
        "ListenerArn Priority",
    ),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", "Name"),
    ("AWS::ElasticLoadBalancingV2::TargetGroup", "Name"),
    ("AWS::Events::Rule", "EventBusName Name"),
    ("AWS::IAM::ManagedPolicy", "ManagedPolicyName"),
    ("AWS::Lambda::Alias", "FunctionName Name"),
    ("AWS::MSK::Cluster", "ClusterName"),
    (
        "AWS::RDS::DBProxyTargetGroup",
        "DBProxyName TargetGroupName",
    ),
    ("AWS::SNS::Topic", "TopicName"),
    ("AWS::SQS::Queue", "QueueName"),
    ("AWS::Scheduler::Schedule", "GroupName Name"),
    ("AWS::SecretsManager::ResourcePolicy", "SecretId"),
    ("AWS::SecretsManager::RotationSchedule", "SecretId"),
    ("AWS::SecretsManager::Secret", "Name"),
    ("AWS::StepFunctions::Activity", "Name"),
    ("AWS::StepFunctions::StateMachine", "StateMachineName"),
];

/// Types whose identifier may be given twice: revisions of one name, and record sets, whose names are compared in their normal form.
const SHARED: [&str; 2] = ["AWS::Batch::JobDefinition", "AWS::Route53::RecordSet"];

/// Returns the sets of properties that two resources of a type cannot have with equal values.
///
/// ```
/// use infra_schema::names::unique_names;
///
/// assert_eq!(unique_names("AWS::S3::Bucket")[0].properties, ["BucketName"]);
/// assert_eq!(unique_names("AWS::ECS::Service")[0].properties, ["Cluster", "ServiceName"]);
/// assert!(unique_names("AWS::EC2::Instance").is_empty());
/// ```
pub fn unique_names(type_name: &str) -> Vec<Unique> {
    if let Ok(at) = NAMES.binary_search_by(|(name, _)| (*name).cmp(type_name)) {
        return vec![Unique {
            properties: NAMES[at].1.split(' ').map(str::to_owned).collect(),
            optional_scope: true,
        }];
    }
    let schema = resource(type_name).filter(|_| !SHARED.contains(&type_name));
    schema.and_then(identifier).into_iter().collect()
}

/// Returns the primary identifier if a template sets all of it.
fn identifier(schema: &ResourceType) -> Option<Unique> {
    let mut properties = Vec::new();
    for path in &schema.primary_identifier {
        let name = path.to_string();
        let property = schema.properties.iter().find(|one| *one.name == *name)?;
        if property.read_only {
            return None;
        }
        properties.push(name);
    }
    (!properties.is_empty()).then_some(Unique {
        properties,
        optional_scope: false,
    })
}

#[cfg(test)]
mod tests {
    use super::{NAMES, unique_names};
    use crate::catalog::resource;

    #[test]
    fn names_properties_that_can_be_set() {
        assert!(NAMES.is_sorted());
        for (type_name, properties) in NAMES {
            let schema = resource(type_name).expect(type_name);
            for property in properties.split(' ') {
                let found = schema.properties.iter().find(|one| *one.name == *property);
                let found = found.unwrap_or_else(|| panic!("{type_name} has no {property}"));
                assert!(!found.read_only, "{type_name} sets {property}");
            }
        }
    }

    #[test]
    fn leaves_out_generated_identifiers() {
        assert!(unique_names("AWS::EC2::VPC").is_empty());
        assert!(unique_names("AWS::Batch::JobDefinition").is_empty());
        assert_eq!(
            unique_names("AWS::ApiGateway::Method")[0].properties,
            ["RestApiId", "ResourceId", "HttpMethod"]
        );
    }
}
