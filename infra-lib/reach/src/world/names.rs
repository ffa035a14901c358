//! The texts that references to a resource resolve to: names, ARNs and addresses by type.

/// Key of the ARN among the references of a resource, whatever attribute returns it.
pub(super) const ARN: &str = "Arn";

/// The names of a resource type. In `arn` and `others`, `{name}` is the physical name, `{region}`, `{account}` and
/// `{partition}` are those of the stack, `{path}` is the path of an IAM resource, `{suffix}` a generated ending,
/// and `{id}` a part that only this attribute has.
pub(super) struct Form {
    pub(super) type_name: &'static str,
    /// Property with an explicit physical name, or an empty text for types whose names are always generated.
    pub(super) name: &'static str,
    /// A generated name starts with the name of the stack.
    pub(super) stack_prefix: bool,
    pub(super) arn: &'static str,
    /// Pattern of `Ref`.
    pub(super) reference: &'static str,
    /// Attributes besides `Arn`, with their patterns.
    pub(super) others: &'static [(&'static str, &'static str)],
}

const fn new_form(
    type_name: &'static str,
    name: &'static str,
    stack_prefix: bool,
    arn: &'static str,
    reference: &'static str,
    others: &'static [(&'static str, &'static str)],
) -> Form {
    Form {
        type_name,
        name,
        stack_prefix,
        arn,
        reference,
        others,
    }
}

/// Longest part of the stack's name that a generated name is sure to start with: long ones are cut.
pub(super) const PREFIX: usize = 20;

/// Names by type, from the pages of the types in the CloudFormation reference and the service authorization reference.
pub(super) static FORMS: &[Form] = &[
    new_form(
        "AWS::S3::Bucket",
        "BucketName",
        true,
        "arn:{partition}:s3:::{name}",
        "{name}",
        &[
            ("DomainName", "{name}.s3.amazonaws.com"),
            ("RegionalDomainName", "{name}.s3.{region}.amazonaws.com"),
            (
                "DualStackDomainName",
                "{name}.s3.dualstack.{region}.amazonaws.com",
            ),
            (
                "WebsiteURL",
                "http://{name}.s3-website-{region}.amazonaws.com",
            ),
        ],
    ),
    new_form(
        "AWS::IAM::Role",
        "RoleName",
        true,
        "arn:{partition}:iam::{account}:role{path}{name}",
        "{name}",
        &[],
    ),
    new_form(
        "AWS::IAM::User",
        "UserName",
        true,
        "arn:{partition}:iam::{account}:user{path}{name}",
        "{name}",
        &[],
    ),
    new_form(
        "AWS::IAM::ManagedPolicy",
        "ManagedPolicyName",
        true,
        "arn:{partition}:iam::{account}:policy{path}{name}",
        "arn:{partition}:iam::{account}:policy{path}{name}",
        &[(
            "PolicyArn",
            "arn:{partition}:iam::{account}:policy{path}{name}",
        )],
    ),
    new_form(
        "AWS::Lambda::Function",
        "FunctionName",
        true,
        "arn:{partition}:lambda:{region}:{account}:function:{name}",
        "{name}",
        &[],
    ),
    new_form(
        "AWS::SQS::Queue",
        "QueueName",
        true,
        "arn:{partition}:sqs:{region}:{account}:{name}",
        "https://sqs.{region}.amazonaws.com/{account}/{name}",
        &[
            ("QueueName", "{name}"),
            (
                "QueueUrl",
                "https://sqs.{region}.amazonaws.com/{account}/{name}",
            ),
        ],
    ),
    new_form(
        "AWS::SNS::Topic",
        "TopicName",
        true,
        "arn:{partition}:sns:{region}:{account}:{name}",
        "arn:{partition}:sns:{region}:{account}:{name}",
        &[
            ("TopicName", "{name}"),
            ("TopicArn", "arn:{partition}:sns:{region}:{account}:{name}"),
        ],
    ),
    new_form(
        "AWS::DynamoDB::Table",
        "TableName",
        true,
        "arn:{partition}:dynamodb:{region}:{account}:table/{name}",
        "{name}",
        &[(
            "StreamArn",
            "arn:{partition}:dynamodb:{region}:{account}:table/{name}/stream/{id}",
        )],
    ),
    new_form(
        "AWS::DynamoDB::GlobalTable",
        "TableName",
        true,
        "arn:{partition}:dynamodb:{region}:{account}:table/{name}",
        "{name}",
        &[(
            "StreamArn",
            "arn:{partition}:dynamodb:{region}:{account}:table/{name}/stream/{id}",
        )],
    ),
    new_form(
        "AWS::SecretsManager::Secret",
        "Name",
        false,
        "arn:{partition}:secretsmanager:{region}:{account}:secret:{name}-{suffix}",
        "arn:{partition}:secretsmanager:{region}:{account}:secret:{name}-{suffix}",
        &[(
            "Id",
            "arn:{partition}:secretsmanager:{region}:{account}:secret:{name}-{suffix}",
        )],
    ),
    new_form(
        "AWS::KMS::Key",
        "",
        false,
        "arn:{partition}:kms:{region}:{account}:key/{name}",
        "{name}",
        &[("KeyId", "{name}")],
    ),
    new_form(
        "AWS::Logs::LogGroup",
        "LogGroupName",
        true,
        "arn:{partition}:logs:{region}:{account}:log-group:{name}:*",
        "{name}",
        &[],
    ),
    new_form(
        "AWS::ECR::Repository",
        "RepositoryName",
        false,
        "arn:{partition}:ecr:{region}:{account}:repository/{name}",
        "{name}",
        &[(
            "RepositoryUri",
            "{account}.dkr.ecr.{region}.amazonaws.com/{name}",
        )],
    ),
    new_form(
        "AWS::Kinesis::Stream",
        "Name",
        true,
        "arn:{partition}:kinesis:{region}:{account}:stream/{name}",
        "{name}",
        &[],
    ),
    new_form(
        "AWS::KinesisFirehose::DeliveryStream",
        "DeliveryStreamName",
        true,
        "arn:{partition}:firehose:{region}:{account}:deliverystream/{name}",
        "{name}",
        &[],
    ),
    new_form(
        "AWS::StepFunctions::StateMachine",
        "StateMachineName",
        false,
        "arn:{partition}:states:{region}:{account}:stateMachine:{name}",
        "arn:{partition}:states:{region}:{account}:stateMachine:{name}",
        &[("Name", "{name}")],
    ),
    new_form(
        "AWS::Events::EventBus",
        "Name",
        false,
        "arn:{partition}:events:{region}:{account}:event-bus/{name}",
        "{name}",
        &[],
    ),
    new_form(
        "AWS::RDS::DBInstance",
        "DBInstanceIdentifier",
        false,
        "arn:{partition}:rds:{region}:{account}:db:{name}",
        "{name}",
        &[(
            "MasterUserSecret.SecretArn",
            "arn:{partition}:secretsmanager:{region}:{account}:secret:rds!db-{id}",
        )],
    ),
    new_form(
        "AWS::RDS::DBCluster",
        "DBClusterIdentifier",
        false,
        "arn:{partition}:rds:{region}:{account}:cluster:{name}",
        "{name}",
        &[(
            "MasterUserSecret.SecretArn",
            "arn:{partition}:secretsmanager:{region}:{account}:secret:rds!cluster-{id}",
        )],
    ),
    new_form(
        "AWS::EFS::FileSystem",
        "",
        false,
        "arn:{partition}:elasticfilesystem:{region}:{account}:file-system/{name}",
        "{name}",
        &[("FileSystemId", "{name}")],
    ),
    new_form(
        "AWS::OpenSearchService::Domain",
        "DomainName",
        false,
        "arn:{partition}:es:{region}:{account}:domain/{name}",
        "{name}",
        &[(
            "DomainArn",
            "arn:{partition}:es:{region}:{account}:domain/{name}",
        )],
    ),
    new_form(
        "AWS::ApiGateway::RestApi",
        "",
        false,
        "arn:{partition}:apigateway:{region}::/restapis/{name}",
        "{name}",
        &[("RestApiId", "{name}")],
    ),
    new_form(
        "AWS::ApiGatewayV2::Api",
        "",
        false,
        "arn:{partition}:apigateway:{region}::/apis/{name}",
        "{name}",
        &[
            (
                "ApiEndpoint",
                "https://{name}.execute-api.{region}.amazonaws.com",
            ),
            ("ApiId", "{name}"),
        ],
    ),
    new_form(
        "AWS::CloudFront::Distribution",
        "",
        false,
        "arn:{partition}:cloudfront::{account}:distribution/{name}",
        "{name}",
        &[("Id", "{name}"), ("DomainName", "{id}.cloudfront.net")],
    ),
    new_form(
        "AWS::Lambda::Url",
        "",
        false,
        "{name}",
        "{name}",
        &[
            ("FunctionUrl", "https://{id}.lambda-url.{region}.on.aws/"),
            ("FunctionArn", "{name}"),
        ],
    ),
    new_form(
        "AWS::SSM::Parameter",
        "Name",
        false,
        "arn:{partition}:ssm:{region}:{account}:parameter/{name}",
        "{name}",
        &[],
    ),
    new_form(
        "AWS::EC2::VPC",
        "",
        false,
        "arn:{partition}:ec2:{region}:{account}:vpc/{name}",
        "{name}",
        &[("VpcId", "{name}")],
    ),
    new_form(
        "AWS::EC2::SecurityGroup",
        "",
        false,
        "arn:{partition}:ec2:{region}:{account}:security-group/{name}",
        "{name}",
        &[("GroupId", "{name}"), ("Id", "{name}")],
    ),
    new_form(
        "AWS::EC2::Subnet",
        "",
        false,
        "arn:{partition}:ec2:{region}:{account}:subnet/{name}",
        "{name}",
        &[("SubnetId", "{name}")],
    ),
    new_form(
        "AWS::CloudFront::VpcOrigin",
        "",
        false,
        "arn:{partition}:cloudfront::{account}:vpcorigin/{name}",
        "{name}",
        &[("Id", "{name}")],
    ),
];

/// Returns the form of a type.
pub(super) fn find_form(type_name: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.type_name == type_name)
}
