//! Constants for every code of this project, such as [`DUPLICATE_CONSTRUCT_ID`]. [`ALL`] lists them with their pages, [`find_code`] looks one up by name.

use super::{Code, CodeInfo, Severity};

macro_rules! codes {
    ($($(#[$meta:meta])* $const:ident = $name:literal, $severity:ident, $title:literal;)*) => {
        $($(#[$meta])* #[doc = concat!("`", $name, "`: ", $title, ".")]
        pub const $const: Code = Code::custom($name, Severity::$severity);)*

        /// Every code with its title and page, in ascending order.
        pub const ALL: &[CodeInfo] = &[$(CodeInfo {
            code: $const,
            title: $title,
            page: include_str!(concat!("../../codes/", $name, ".md")),
        }),*];

        /// Expands a macro with the constant and the name of every code: `CONST = "INF1001"; …`.
        ///
        /// `infra-lib` generates the documentation tests of the code pages with it, which keeps the list in one place.
        #[doc(hidden)]
        #[macro_export]
        macro_rules! for_each_code {
            ($callback:ident) => { $callback! { $($const = $name;)* } };
        }
    };
}

codes! {
    DUPLICATE_CONSTRUCT_ID = "INF1001", Error, "two constructs in one scope have the same id";
    INVALID_CONSTRUCT_ID = "INF1002", Error, "a construct id cannot be part of a path";
    OUTSIDE_STACK = "INF1003", Error, "a resource is not inside a stack";
    FOREIGN_VALUE = "INF1004", Error, "a value belongs to a construct of another app";
    BAD_OVERRIDE_PATH = "INF1005", Error, "an override path continues below a literal, or beyond the end of a list";
    LOGICAL_ID_CLASH = "INF1006", Fatal, "two entries of one template have the same logical ID";
    INVALID_LOGICAL_ID = "INF1007", Fatal, "CloudFormation rejects a logical ID because of its characters or length";
    UNUSED_ACKNOWLEDGEMENT = "INF1008", Warning, "an acknowledgement matches no finding";
    FATAL_ACKNOWLEDGED = "INF1009", Error, "an acknowledgement names a finding that cannot be accepted";
    LOOKUP_NEEDS_ENVIRONMENT = "INF1010", Error, "a context lookup needs a known account and region";
    INVALID_STACK_NAME = "INF1011", Fatal, "CloudFormation rejects a stack name because of its characters or length";
    DUPLICATE_STACK_NAME = "INF1012", Error, "two stacks of one environment have the same name";
    EMPTY_STACK = "INF1013", Fatal, "a stack has no resources";

    CROSS_REGION_EXPORT = "INF1201", Error, "a strong reference crosses regions or accounts";
    CROSS_STAGE_REFERENCE = "INF1202", Error, "a stack reads a value of another stage";
    STACK_CYCLE = "INF1203", Fatal, "stacks form a dependency cycle";
    RESOURCE_CYCLE = "INF1204", Fatal, "resources form a dependency cycle";
    UNREFERENCEABLE = "INF1205", Error, "a stack reads a parameter, condition or mapping of another stack";
    UNDEFINED_REFERENCE = "INF1206", Fatal, "a reference names a logical ID that is not in the template";
    UNKNOWN_ATTRIBUTE = "INF1207", Fatal, "a resource has no attribute of that name";
    WRONG_REFERENCE_KIND = "INF1208", Error, "a property expects another kind of resource";
    UNKNOWN_REGION = "INF1209", Error, "a reference may cross regions, but one region is not known";
    CROSS_ACCOUNT_NEEDS_ROLE = "INF1210", Error, "a reference crosses accounts without a role that may read the output";

    STACK_IN_STACK = "INF1280", Warning, "a stack in the scope of another stack is deployed on its own";
    ENDLESS_ASPECT = "INF1281", Error, "an aspect does not end";
    INCLUDE_NOT_READABLE = "INF1282", Error, "an included template cannot be read";
    INCLUDE_UNSUPPORTED = "INF1283", Error, "a part of an included template cannot be included";
    INCLUDE_UNKNOWN_NAME = "INF1284", Error, "an included template has no entry of that name";
    INCLUDE_WRONG_TYPE = "INF1285", Error, "an included resource is of another type";
    CUSTOM_RESOURCE = "INF1286", Warning, "a stack has a custom resource";
    CUSTOM_RESOURCE_SETTING = "INF1287", Error, "CloudFormation rejects a setting of a custom resource";

    ASSET_NOT_READABLE = "INF1301", Error, "the file or folder of an asset cannot be read";

    TOO_MANY_RESOURCES = "INF2001", Fatal, "a template has more than 500 resources";
    TOO_MANY_PARAMETERS = "INF2002", Fatal, "a template has more than 200 parameters";
    TOO_MANY_OUTPUTS = "INF2003", Fatal, "a template has more than 200 outputs";
    TOO_MANY_MAPPINGS = "INF2004", Fatal, "a template has more than 200 mappings";
    TEMPLATE_TOO_LARGE = "INF2005", Fatal, "a template is larger than 1 MB";
    NON_ASCII = "INF2006", Warning, "a template contains characters outside ASCII, which CloudFormation may replace with `?`";
    TEXT_TOO_LONG = "INF2007", Fatal, "a name or description of a template is too long";
    NEAR_RESOURCE_LIMIT = "INF2008", Warning, "a template is close to 500 resources";
    MANY_WEAK_READS = "INF2009", Warning, "a template reads outputs of other stacks more than 50 times";
    NESTED_TOO_DEEP = "INF2010", Error, "a stack is nested deeper than 16 levels";

    UNKNOWN_RESOURCE_TYPE = "INF3001", Warning, "the schemas have no resource type of that name";
    UNKNOWN_PROPERTY = "INF3002", Warning, "the schema of the resource type has no property of that name";
    MISSING_PROPERTY = "INF3003", Error, "a required property is missing";
    WRONG_TYPE = "INF3004", Error, "a property has a value of the wrong type";
    UNKNOWN_ENUM_VALUE = "INF3005", Warning, "a property has a value that the schema does not list";
    PATTERN_MISMATCH = "INF3006", Warning, "a property does not match the schema's pattern";
    OUT_OF_RANGE = "INF3007", Error, "a number, length or count is outside the range of the schema";
    READ_ONLY_PROPERTY = "INF3008", Error, "a read-only property is set";
    DEPRECATED_PROPERTY = "INF3009", Warning, "a property is deprecated";
    PROPERTY_COMBINATION = "INF3010", Error, "properties are combined in a way that the schema excludes";
    DUPLICATE_ITEMS = "INF3011", Error, "a list that must be unique repeats an item";
    NULL_VALUE = "INF3012", Fatal, "a property is null";

    // INF40: backup (60 to 64)
    // INF40: elasticache (10 to 39), efs (40 to 59), backup (60 to 79)
    CACHE_USER = "INF4010", Error, "ElastiCache rejects a user";
    CACHE_USER_GROUP = "INF4011", Error, "ElastiCache rejects a user group";
    CACHE_LIMITS = "INF4012", Error, "ElastiCache rejects a limit of a serverless cache";
    CACHE_SECRET = "INF4013", Error, "the password of a cache is not in Secrets Manager";
    CACHE_FAILOVER = "INF4014", Error, "a cache has no replica that could take over";
    CACHE_NODES = "INF4015", Error, "ElastiCache rejects the number of nodes of a cache";
    CACHE_SNAPSHOTS = "INF4016", Error, "ElastiCache rejects the retention of snapshots";
    CACHE_ACCESS = "INF4017", Error, "a permission or a user group is given for a cache that does not accept it";
    CACHE_NAME = "INF4018", Error, "ElastiCache rejects a name or an ID";
    CACHE_WINDOW = "INF4019", Error, "ElastiCache rejects a snapshot or maintenance window of a cache";
    CACHE_PLAINTEXT = "INF4020", Warning, "a cache accepts connections without TLS";
    // INF4021: ec2
    NETWORK_ACL_RULE = "INF4021", Error, "EC2 rejects the number of a rule of a network ACL";
    NETWORK_ACL_NUMBER = "INF4022", Error, "two rules of a network ACL have the same number";
    NETWORK_ACL_ONE_WAY = "INF4023", Warning, "a network ACL allows traffic in one direction only";
    SUBNET_ACL = "INF4024", Error, "a subnet has two network ACLs, or one of another VPC";
    DHCP_OPTIONS = "INF4025", Error, "EC2 rejects the servers of a set of DHCP options";
    PEERING_OVERLAP = "INF4026", Error, "the CIDR blocks of peered VPCs overlap";
    PEERING_ROUTES = "INF4027", Error, "a peering connection needs route tables that are not known";
    ENDPOINT_SERVICE_TARGETS = "INF4028", Error, "EC2 rejects the load balancers of an endpoint service";
    ENDPOINT_SERVICE_OPEN = "INF4029", Warning, "every AWS account can connect to an endpoint service";
    // INF4030: policies
    UNKNOWN_CONDITION_KEY = "INF4030", Warning, "a policy condition has a key that no service knows";
    ACTION_RESOURCE = "INF4031", Warning, "an action does not take the resources of its statement";
    // INF4034: patterns
    SCALE_FROM_ZERO = "INF4034", Error, "a service that scales on a metric of its tasks can have no task";
    NO_RUNNING_TASK_METRIC = "INF4035", Error, "a worker scales on the number of running tasks, which its cluster does not publish";
    // INF4040: efs
    FILE_SYSTEM_LIFECYCLE = "INF4040", Error, "EFS rejects the lifecycle of a file system";
    FILE_SYSTEM_THROUGHPUT = "INF4041", Error, "EFS rejects the provisioned throughput of a file system";
    ACCESS_POINT_DIRECTORY = "INF4042", Error, "EFS rejects the directory of an access point";
    FILE_SYSTEM_REPLICATION = "INF4043", Error, "EFS rejects the replication of a file system";
    ONE_ZONE_SUBNET = "INF4044", Error, "the zone of a One Zone file system is not known";
    FUNCTION_FILE_SYSTEM = "INF4045", Error, "Lambda rejects the file system of a function";
    // INF4046: iot
    TOPIC_RULE_SQL = "INF4046", Error, "AWS IoT rejects the SQL of a topic rule";
    TOPIC_RULE_ACTIONS = "INF4047", Error, "a topic rule has no actions";
    TOPIC_RULE_LOOP = "INF4048", Warning, "a topic rule publishes to a topic that it reads";
    DEVICE_POLICY_TOPIC = "INF4049", Error, "a policy of devices names a topic that never matches";
    DEVICE_POLICY_OPEN = "INF4050", Warning, "a policy lets each device use the topics of all others";
    // INF4051: cloudformation
    WAIT_CONDITION = "INF4051", Error, "CloudFormation rejects a wait condition";
    STACK_SET_TEMPLATE = "INF4052", Error, "the template of a stack set cannot be deployed";
    STACK_SET_TARGETS = "INF4053", Error, "the targets of a stack set do not fit its permissions";
    VAULT_LOCK = "INF4060", Error, "AWS Backup rejects the lock of a vault";
    BACKUP_RULE = "INF4061", Error, "AWS Backup rejects a rule of a backup plan";
    EMPTY_BACKUP_PLAN = "INF4062", Error, "a backup plan has no rules";
    EMPTY_BACKUP_SELECTION = "INF4063", Error, "a backup selection selects nothing";
    RETENTION_OUTSIDE_LOCK = "INF4064", Error, "a rule keeps backups for a time that the lock of its vault refuses";

    // INF4065: route53
    RECORD_DATA = "INF4065", Error, "Route 53 rejects the data of a record";
    RECORD_ROUTING = "INF4066", Error, "Route 53 rejects the routing of a record, or it has no effect";
    CNAME_AT_APEX = "INF4067", Error, "a `CNAME` record has the name of its zone";
    RECORD_CONFLICT = "INF4068", Error, "two records of a zone exclude each other";
    HEALTH_CHECK_SETTING = "INF4069", Error, "Route 53 rejects a health check";
    QUERY_LOGS_REGION = "INF4070", Error, "query logs of a zone go to a log group outside us-east-1";
    DNSSEC_KEY_REGION = "INF4071", Error, "the key that signs a zone is not in us-east-1";

    // INF4072: cloudfront
    ORIGIN_GROUP = "INF4072", Error, "CloudFront rejects a group of origins";
    EDGE_FUNCTION_EVENT = "INF4073", Error, "CloudFront rejects the functions of a behavior";
    EDGE_FUNCTION_REGION = "INF4074", Error, "a function of Lambda@Edge is not in us-east-1";
    EDGE_FUNCTION_CODE = "INF4075", Error, "CloudFront rejects the code of a function";
    PUBLIC_KEY_PEM = "INF4076", Error, "a key for signed URLs is no public key";
    DUPLICATE_PATH_PATTERN = "INF4077", Error, "two behaviors of a distribution have the same path pattern";
    PUBLIC_FUNCTION_URL = "INF4078", Warning, "the URL of a function behind a distribution is public";
    CACHE_TIMES = "INF4079", Error, "the times of a cache policy contradict each other";

    // INF4080: opensearchservice
    DOMAIN_NODES = "INF4080", Error, "OpenSearch Service rejects the nodes of a domain";
    DOMAIN_ZONES = "INF4081", Error, "the nodes or subnets of a domain do not fill its Availability Zones";
    DOMAIN_STORAGE = "INF4082", Error, "OpenSearch Service rejects the storage of a domain";
    DOMAIN_ACCESS = "INF4083", Error, "OpenSearch Service rejects the authentication of a domain";
    DOMAIN_VERSION = "INF4084", Error, "OpenSearch Service rejects the version of a domain";
    DOMAIN_SETTING = "INF4085", Error, "OpenSearch Service rejects a setting of a domain, or it has no effect";

    // INF4086: codebuild
    BUILD_SPEC = "INF4086", Error, "a project without a source has no commands";
    BUILD_SOURCE = "INF4087", Error, "CodeBuild rejects the sources or artifacts of a project";
    BUILD_SETTING = "INF4088", Error, "CodeBuild rejects a setting of a project, or it has no effect";

    // INF4089: codepipeline
    PIPELINE_STAGES = "INF4089", Error, "CodePipeline rejects the stages of a pipeline";
    PIPELINE_ARTIFACT = "INF4090", Error, "CodePipeline rejects the artifacts of a pipeline";
    PIPELINE_SETTING = "INF4091", Error, "CodePipeline rejects a setting of a pipeline";

    // INF41: ec2
    VPC_BLOCK_SIZE = "INF4101", Fatal, "the CIDR block of a VPC is not between /16 and /28";
    VPC_BLOCK_FULL = "INF4102", Error, "the subnets of a tier do not fit into their part of the VPC's CIDR block";
    ZONE_COUNT = "INF4103", Error, "a VPC has no Availability Zones, or more than six";
    SINGLE_ZONE = "INF4104", Warning, "a VPC has one Availability Zone";
    EMPTY_TIER = "INF4105", Error, "a construct uses a tier without subnets";
    TOO_FEW_ZONES = "INF4106", Error, "a construct that needs two Availability Zones has fewer";
    OVERLAPPING_SUBNETS = "INF4107", Error, "subnets overlap, or lie outside their VPC";
    UNREACHABLE_SERVICE = "INF4108", Error, "an AWS service cannot be reached from private subnets";
    DEFAULT_SECURITY_GROUP = "INF4109", Error, "a resource uses the default security group of its VPC";
    BACKWARDS_PORT_RANGE = "INF4110", Error, "a port range ends before it starts";
    NO_DEFAULT_PORT = "INF4111", Error, "a connection is allowed to a construct without a port";
    SECURITY_GROUP_TEXT = "INF4112", Fatal, "EC2 rejects the description of a security group or rule";
    DUPLICATE_ENDPOINT = "INF4113", Error, "a VPC has two endpoints for the same service";
    UNKNOWN_VPC_BLOCK = "INF4114", Error, "the CIDR block of an imported VPC is needed but not known";
    IMAGE_ARCHITECTURE = "INF4115", Error, "an instance type has another processor architecture than its machine image";
    USER_DATA_SIZE = "INF4116", Error, "user data is longer than EC2 accepts";
    INSTANCE_ZONE = "INF4117", Error, "an instance or network interface is placed in a subnet that its tier does not have";
    UNREACHABLE_ADDRESS = "INF4118", Warning, "an Elastic IP address belongs to an instance outside public subnets";
    INSTANCE_TARGETS = "INF4119", Error, "the targets of a target group are of another kind";
    PUBLIC_KEY = "INF4120", Error, "EC2 does not accept the public key of a key pair";
    PRIVATE_KEY = "INF4121", Error, "the private key of an imported public key is used";
    VOLUME_LIMITS = "INF4122", Error, "EBS cannot create a volume with these settings";
    ATTACHMENT_ZONE = "INF4123", Error, "a volume or network interface is in another Availability Zone than its instance";
    PARTITION_COUNT = "INF4124", Error, "EC2 rejects the number of partitions of a placement group";

    // INF42: ecs, ecr, application autoscaling
    IMAGE_WITHOUT_DIGEST = "INF4211", Error, "a container image is not named by digest";
    DUPLICATE_ENVIRONMENT_NAME = "INF4212", Error, "a container sets the same environment variable twice";
    CONTAINER_SECRET_IN_ENVIRONMENT = "INF4213", Error, "a secret is passed to a container as a plain environment variable";
    TASK_SETTING_RANGE = "INF4214", Error, "a task setting is outside the range that Fargate accepts";
    CONTAINER_NAME = "INF4215", Error, "the name of a container is invalid or already used";
    DEPLOYMENT_STUCK = "INF4216", Error, "the deployment settings of a service do not allow replacing a task";
    EXEC_NEEDS_WRITABLE_ROOT = "INF4217", Error, "ECS Exec is enabled for a container with a read-only root file system";
    SCALING_BOUNDS = "INF4218", Error, "the minimum capacity is greater than the maximum";
    SCALING_TARGET = "INF4219", Error, "a scaling policy has a target that cannot be reached";
    TARGET_PORT = "INF4220", Error, "a container and its target group have different ports";
    NO_REQUEST_METRIC = "INF4221", Error, "scaling uses requests of a target group that has no load balancer yet";
    MIGRATION_STEPS = "INF4222", Error, "migration steps have no name or the same name";

    // INF4223: rds, after INF44
    SERVERLESS_CAPACITY = "INF4223", Error, "RDS rejects the capacity of a serverless cluster";
    DATABASE_ACCESS_OFF = "INF4224", Error, "a permission is granted for access that a database does not accept";
    MANAGED_PASSWORD_ROTATION = "INF4225", Error, "a function rotates a password that RDS manages";
    RESTORED_CLUSTER = "INF4226", Error, "a cluster that starts with a snapshot has properties of a new one";
    BACKTRACK_WINDOW = "INF4227", Error, "a cluster cannot be rewound that far";
    PROXY_SETTING = "INF4228", Error, "RDS rejects a setting of a database proxy";
    READ_REPLICA_REMOVAL = "INF4229", Error, "a read replica is removed with a final snapshot";
    EVENT_SUBSCRIPTION = "INF4230", Error, "RDS rejects an event subscription";
    OPTION_GROUP = "INF4231", Error, "RDS rejects an option group";
    RESTORE_TIME = "INF4232", Error, "RDS rejects the time of a restore";
    RESTORED_INSTANCE = "INF4233", Error, "a database starts with two restores, or with properties of a new one";

    FEW_IMAGES_KEPT = "INF4291", Warning, "a registry keeps too few images for a rollback";

    // INF43: elbv2
    HEALTH_CHECK_TIMEOUT = "INF4301", Error, "the timeout of a health check is not shorter than its interval";
    DUPLICATE_RULE_PRIORITY = "INF4303", Fatal, "two rules of a listener have the same priority";
    RULE_CONDITIONS = "INF4305", Error, "a listener rule has no conditions, or too many";
    UNUSED_TARGET_GROUP = "INF4306", Warning, "no listener forwards to a target group";
    TARGET_GROUP_RANGE = "INF4307", Error, "a setting of a target group is outside the accepted range";
    IDLE_TIMEOUT_RANGE = "INF4308", Error, "the idle timeout of a load balancer is outside the accepted range";
    DUPLICATE_LISTENER_PORT = "INF4309", Fatal, "two listeners of a load balancer have the same port";
    CLEAR_TEXT_FORWARD = "INF4310", Warning, "an internet-facing load balancer forwards unencrypted requests";
    PROTOCOL_VERSION = "INF4311", Error, "a target group and its health check or listener use incompatible protocols";

    // INF44: rds
    STORAGE_CANNOT_GROW = "INF4401", Error, "the storage limit of a database is too close to its initial storage";
    DATABASE_STORAGE = "INF4402", Error, "the storage size or speed of a database is outside the range that RDS accepts";
    DATABASE_WINDOW = "INF4403", Error, "a backup or maintenance window of a database is invalid";
    DATABASE_WINDOWS_OVERLAP = "INF4404", Error, "the backup and maintenance windows of a database overlap";
    TLS_NOT_FORCED = "INF4405", Error, "a database would accept connections without TLS";
    DATABASE_USER = "INF4406", Error, "RDS rejects the name of a master user";
    DATABASE_PORT = "INF4407", Error, "RDS rejects the port of a database";
    DATABASE_IDENTIFIER = "INF4408", Error, "RDS rejects the identifier of a database";

    // INF45: s3, cloudfront, certificates, route53, waf
    BUCKET_NAME = "INF4501", Error, "S3 rejects the name of a bucket";
    IMPORTED_BUCKET_POLICY = "INF4502", Warning, "a policy statement is needed on an imported bucket";
    LIFECYCLE_DAYS = "INF4503", Error, "a lifecycle rule has an age that is not a positive number of whole days";
    LOG_BUCKET_ENCRYPTION = "INF4504", Error, "a bucket for access logs is encrypted with a KMS key";
    NOTIFICATION_OVERLAP = "INF4505", Error, "two notifications of a bucket are about an event of the same object";
    NOTIFICATION_LOOP = "INF4506", Warning, "a function writes into the bucket whose new objects invoke it";
    BUCKET_CANNOT_NOTIFY = "INF4507", Error, "S3 cannot send the notifications of a bucket";
    LIFECYCLE_RULE = "INF4508", Error, "S3 rejects a lifecycle rule";
    BUCKET_VERSIONS = "INF4509", Error, "a bucket lacks the versions or the key that replication or object lock needs";
    CERTIFICATE_REGION = "INF4510", Error, "the certificate of a distribution is not in us-east-1";
    NAME_OUTSIDE_ZONE = "INF4511", Error, "a name does not belong to its hosted zone";
    CERTIFICATE_NAMES = "INF4512", Error, "a certificate does not cover a domain name of the site";
    WEB_ACL_REGION = "INF4520", Error, "a web ACL for CloudFront is not in us-east-1";
    UNSAFE_SCRIPTS = "INF4530", Warning, "a content security policy lets injected scripts run";
    API_PATH = "INF4531", Error, "the path pattern of a cache behavior is not valid or covers the pages";
    SITE_LOGS_REGION = "INF4532", Error, "access logs of a distribution are delivered outside us-east-1";
    ORIGIN_NOT_INTERNAL = "INF4533", Warning, "a load balancer behind a VPC origin is also reachable from the internet";
    ORIGIN_REGION = "INF4534", Error, "the prefix list of CloudFront is not known in a region";

    // INF46: iam, secrets, kms, ssm, github
    POLICY_TOO_LARGE = "INF4601", Error, "a policy is larger than IAM allows";
    UNKNOWN_CONDITION_OPERATOR = "INF4602", Error, "a policy condition has an unknown operator";
    INCOMPLETE_STATEMENT = "INF4603", Error, "a policy statement lacks a required element or has a forbidden one";
    GENERATED_FIELD_GIVEN = "INF4604", Error, "a field of a secret is both generated and set";
    INVALID_TRUST = "INF4605", Error, "the trust policy of a delivery role would be invalid or too broad";
    UNKNOWN_ACTION = "INF4606", Warning, "a policy statement names an action that does not exist";
    UNDONE_BOUNDARY = "INF4607", Error, "an action would bypass the permissions boundary of a delivery";
    GRANT_WITHOUT_POLICY = "INF4608", Error, "neither the principal nor the resource has a policy that could permit the access";
    INSTANCE_ROLE_TRUST = "INF4609", Error, "EC2 cannot assume the role of an instance profile";
    IMPORTED_KEY_POLICY = "INF4610", Warning, "a policy statement is needed on an imported key";
    IMPORTED_ROLE_POLICY = "INF4611", Warning, "a construct needs permissions of an imported role";

    // INF47: logs, cloudwatch, sns
    ALARM_CANNOT_PUBLISH = "INF4701", Error, "an alarm acts on a topic that CloudWatch cannot publish to";
    BAD_ALARM_WINDOW = "INF4702", Error, "an alarm evaluates more or fewer datapoints than CloudWatch accepts";
    BAD_METRIC_EXPRESSION = "INF4703", Error, "a metric expression uses an undefined or invalid name";
    INVALID_EMAIL_ADDRESS = "INF4704", Error, "an e-mail subscription has an invalid e-mail address";
    SUBSCRIBED_QUEUE_KIND = "INF4705", Error, "a topic cannot deliver to a queue of that kind";
    TOPIC_NAME = "INF4706", Error, "SNS rejects the name of a topic";
    INVALID_HTTPS_ENDPOINT = "INF4707", Error, "an HTTPS subscription has an endpoint that is no `https://` URL";
    FILTER_POLICY = "INF4708", Error, "SNS rejects the filter policy of a subscription";

    // INF48: sqs, dynamodb
    QUEUE_NAME = "INF4801", Error, "SQS rejects the name of a queue";
    MAX_RECEIVE_COUNT = "INF4802", Error, "a message moves to the dead-letter queue after a number of receives that SQS rejects";
    DEAD_LETTER_KIND = "INF4803", Error, "a queue and its dead-letter queue are of different kinds";
    REDRIVE_REFUSED = "INF4804", Error, "the redrive allow policy of a queue is invalid, or refuses the source of messages";
    DEAD_LETTER_RETENTION = "INF4805", Warning, "a dead-letter queue deletes messages earlier than their source";
    IMPORTED_QUEUE_POLICY = "INF4806", Warning, "the policy of an imported queue must allow a delivery";
    KEY_ATTRIBUTE_TYPE = "INF4821", Error, "a key attribute of a table has two types";
    DUPLICATE_INDEX_NAME = "INF4822", Error, "two indexes of a table have the same name";
    TOO_MANY_INDEXES = "INF4823", Error, "a table has more indexes than DynamoDB accepts";
    LOCAL_INDEX_KEY = "INF4824", Error, "a table with a local secondary index has no sort key";
    INDEX_CAPACITY = "INF4825", Error, "an index has a capacity that does not fit the billing mode of its table";
    UNKNOWN_INDEX = "INF4826", Error, "a table has no index of that name";
    TIME_TO_LIVE_TYPE = "INF4827", Error, "the time to live attribute of a table is not a number";
    // INF4861: events, scheduler, kinesis
    EVENT_PATTERN = "INF4861", Error, "EventBridge rejects an event pattern, or no event can match it";
    UNMATCHED_EXAMPLE = "INF4862", Error, "the event pattern of a rule does not match its example";
    SCHEDULE_EXPRESSION = "INF4863", Error, "EventBridge rejects a schedule expression";
    SCHEDULE_ON_CUSTOM_BUS = "INF4864", Error, "a rule with a schedule is not on the default event bus";
    RULE_WITHOUT_TARGET = "INF4865", Warning, "a rule has no targets";
    RULE_CANNOT_PUBLISH = "INF4866", Error, "a rule publishes to a topic that EventBridge cannot use";
    TARGET_INPUT = "INF4867", Error, "the input of a target has an undefined variable or an invalid path";
    AWS_EVENTS_ON_CUSTOM_BUS = "INF4868", Warning, "a rule on a custom event bus waits for events of an AWS service";
    SCHEDULE_TIME_ZONE = "INF4871", Error, "EventBridge Scheduler rejects a time zone";
    SCHEDULE_PERIOD = "INF4872", Error, "a schedule ends before it starts";
    STREAM_RETENTION = "INF4881", Error, "Kinesis rejects the retention of a stream";

    // INF490: lambda
    FUNCTION_CODE = "INF4901", Error, "the code of a function does not have a form that Lambda accepts";
    HANDLER_NOT_FOUND = "INF4902", Error, "the code of a function does not contain its handler";
    DEPRECATED_RUNTIME = "INF4903", Warning, "AWS has ended the support of the runtime of a function";
    FUNCTION_ENVIRONMENT = "INF4904", Error, "Lambda rejects the environment variables of a function";
    INVOKE_WITHOUT_SOURCE = "INF4905", Warning, "a service may invoke a function on behalf of any account";
    CODE_ARCHITECTURE = "INF4906", Error, "the executable of a function is built for another processor";
    EVENT_SOURCE_SETTING = "INF4907", Error, "an event source mapping has a setting that does not fit its source";
    QUEUE_TIMEOUT = "INF4908", Error, "a queue makes messages visible again before a function has ended";
    FUNCTION_OUTSIDE_VPC = "INF4909", Error, "a connection is allowed to or from a function outside a VPC";
    PERMISSION_CONDITION = "INF4910", Error, "the permission of a function cannot have a condition of its principal";
    FUNCTION_BUILD = "INF4911", Error, "a function in Rust cannot be built";
    ASYNC_DESTINATION = "INF4912", Error, "a FIFO queue or topic shall receive records of asynchronous invocations";
    SNAP_START = "INF4913", Error, "Lambda rejects SnapStart of a function";
    IMAGE_SETTING = "INF4914", Error, "a function from a container image has a setting for other code";
    LAYER_COMPATIBILITY = "INF4915", Warning, "a layer is not made for the runtime or processor of a function";
    DEPLOYMENT_STEPS = "INF4916", Error, "CodeDeploy rejects the steps of a deployment";

    // INF492: apigatewayv2, apigateway
    ROUTE_PATH = "INF4921", Error, "API Gateway rejects the path of a route";
    DUPLICATE_ROUTE = "INF4922", Error, "an API has two routes with the same key";
    CORS_CREDENTIALS = "INF4923", Error, "an API allows credentials in requests from every origin";
    PUBLIC_ROUTE = "INF4924", Warning, "everybody may use a route of an API that has a default authorization";
    AUTHORIZER_OF_OTHER_API = "INF4925", Error, "a route uses an authorizer of another API";
    API_CERTIFICATE_REGION = "INF4926", Error, "the certificate of a domain name is in another region than its API";
    API_CERTIFICATE_NAME = "INF4927", Error, "the certificate of an API does not cover its domain name";
    DUPLICATE_MAPPING = "INF4928", Error, "two stages are mapped to the same path of a domain name";
    STAGE_NAME = "INF4929", Error, "API Gateway rejects the name of a stage";
    AUTHORIZER_CACHE = "INF4930", Error, "API Gateway cannot keep the answers of an authorizer for so much time";
    INTEGRATION_TIMEOUT = "INF4931", Error, "API Gateway cannot wait so much time for a backend";
    INTEGRATION_TLS = "INF4932", Error, "the encryption of a private integration does not fit its listener";
    SIBLING_VARIABLES = "INF4933", Error, "a resource of a REST API has two variables below it";
    API_WITHOUT_METHODS = "INF4934", Error, "a REST API has no methods";
    OPENAPI_DOCUMENT = "INF4935", Error, "a REST API cannot be made from its OpenAPI document";
    API_KEY_WITHOUT_PLAN = "INF4936", Warning, "a method requires an API key that no usage plan has";
    CANARY_DEPLOYMENT = "INF4937", Error, "the deployment that a stage with a canary still uses is deleted";
    DUPLICATE_GATEWAY_RESPONSE = "INF4938", Error, "a REST API has two gateway responses of one type";

    // INF4939: dynamodb
    SCALED_ON_DEMAND = "INF4939", Error, "a table that is billed on demand is scaled";

    // INF494: stepfunctions
    UNREACHABLE_STATE = "INF4941", Error, "no state leads to a state of a machine";
    CHOICE_WITHOUT_DEFAULT = "INF4942", Warning, "a choice of a state machine has no steps for other cases";
    DUPLICATE_STATE = "INF4943", Error, "a state machine has several states of the same name";
    UNKNOWN_STATE = "INF4944", Error, "a state continues at a state that does not exist";
    STATE_OF_OTHER_BRANCH = "INF4945", Error, "a state continues at a state of another branch";
    STATE_NAME = "INF4946", Error, "Step Functions rejects the name of a state";
    STATE_PATH = "INF4947", Error, "a path of a state does not begin with `$`";
    STATE_EXPRESSION = "INF4948", Error, "an expression of a state is not one of JSONata";
    DEFINITION_SIZE = "INF4949", Error, "the definition of a state machine is too large";
    EXPRESS_INTEGRATION = "INF4950", Error, "a state of an express machine needs a standard machine";
    EXPRESS_TIMEOUT = "INF4951", Error, "a time is longer than executions of an express machine";
    TASK_TOKEN_UNUSED = "INF4952", Error, "a task waits for its token, but does not send it";
    STATE_HEARTBEAT = "INF4953", Error, "the heartbeat of a task is not shorter than its timeout";
    STATE_ERRORS = "INF4954", Error, "Step Functions rejects a retry or catch of a state";
    EMPTY_STATE = "INF4955", Error, "a choice has no condition, or a parallel state no branch";

    // INF4956: kinesisfirehose
    DELIVERY_PREFIX = "INF4956", Error, "Firehose rejects a prefix with expressions without one for errors";
    DELIVERY_FORMAT = "INF4957", Error, "Firehose rejects the compression or the buffer of converted records";

    // INF4958: pipes
    PIPE_DEAD_LETTER_QUEUE = "INF4958", Error, "a pipe that reads a queue has a dead-letter queue of its own";

    // INF4959: lambda, ecs
    IMAGE_PLATFORM = "INF4959", Error, "an image from a Dockerfile is built for another processor than that which runs it";

    // INF496: cognito, logs, ssm, secretsmanager, kms
    USER_POOL_PLAN = "INF4961", Error, "a user pool uses a feature that its plan does not include";
    USER_POOL_ATTRIBUTE = "INF4962", Error, "a user pool has two attributes of the same name";
    USER_POOL_TRIGGER = "INF4963", Error, "a user pool has two functions for one trigger";
    CALLBACK_URL = "INF4964", Error, "Cognito rejects a URL of a client, or never matches it";
    IMPLICIT_GRANT = "INF4965", Warning, "a client uses the implicit grant of OAuth";
    TOKEN_VALIDITY = "INF4966", Error, "Cognito rejects the validity of a token";
    USER_POOL_DOMAIN = "INF4967", Error, "Cognito rejects the prefix of a domain";
    RESOURCE_SERVER_SCOPE = "INF4968", Error, "a resource server does not have a scope, or has it twice";
    PROVIDER_SECRET = "INF4969", Error, "the secret of an identity provider is not in Secrets Manager";
    EMAIL_FACTOR_SENDER = "INF4970", Error, "a user pool sends second factors by e-mail without SES";
    METRIC_DEFAULT = "INF4971", Error, "a metric filter has both a default value and dimensions";
    LOG_CLASS_FILTER = "INF4972", Error, "a log group of the class Infrequent Access has a filter";
    PARAMETER_LIST_ITEM = "INF4973", Error, "an item of a list parameter contains a comma, or the list is empty";
    ROTATION_INTERVAL = "INF4974", Error, "Secrets Manager rejects the interval of a rotation";
    KEY_ALIAS_NAME = "INF4975", Error, "KMS rejects the name of an alias";

    // INF4976: iam
    OIDC_PROVIDER_URL = "INF4976", Error, "IAM rejects the URL of an OpenID Connect provider";

    // INF4977: events
    CONNECTION_SECRET = "INF4977", Error, "CloudFormation cannot read the secret of a connection";

    // INF4978: lambda
    POWERTOOLS_RUNTIME = "INF4978", Error, "AWS publishes no layer of Powertools for a runtime";

    // INF4979: apigateway
    EDGE_CERTIFICATE_REGION = "INF4979", Error, "the certificate of an edge-optimized domain name is not in us-east-1";

    // INF4980: lambda
    IMPORTED_FUNCTION_POLICY = "INF4980", Warning, "the policy of an imported function must allow an invocation";
    IMPORTED_FUNCTION_ROLE = "INF4981", Warning, "the role of an imported function must allow an action";

    // INF4982: sns
    FIFO_TOPIC_SUBSCRIBER = "INF4982", Error, "a FIFO topic cannot deliver to functions and delivery streams";

    // INF4983: dynamodb
    TABLE_WITHOUT_STREAM = "INF4983", Error, "a function receives the changes of a table that has no stream";

    // INF4984: sns
    IMPORTED_TOPIC_POLICY = "INF4984", Warning, "the policy of an imported topic must allow a service to publish";

    // INF4985: policies over rendered templates
    WILDCARD_PRINCIPAL = "INF4985", Error, "a resource policy allows access to everyone";

    // INF4986: images from Dockerfiles
    SECRET_IN_BUILD_CONTEXT = "INF4986", Error, "a build secret is a file of a build context, which the assembly contains";

    // INF4988: apigateway
    BASE_PATH = "INF4988", Error, "API Gateway rejects the base path of an edge-optimized domain name";

    // INF4990: cloudwatch
    ALARM_WITHOUT_INSTANCE = "INF4990", Error, "an alarm has an action on an EC2 instance, but watches no metric of one";

    // INF4991: autoscaling
    GROUP_CAPACITY = "INF4991", Error, "the capacities of an Auto Scaling group are in the wrong order";
    GROUP_UPDATE = "INF4992", Error, "CloudFormation rejects the update policy of an Auto Scaling group";
    GROUP_SETTING = "INF4993", Error, "EC2 Auto Scaling rejects a setting of a group";
    SCALING_STEPS = "INF4994", Error, "the steps of a scaling policy are missing or contradict each other";

    // INF4995: dynamodb
    REPLICA_KEY = "INF4995", Error, "a replica of a global table has no key, or one of another region";
    STRONG_CONSISTENCY = "INF4996", Error, "DynamoDB rejects the regions or options of a strongly consistent global table";
    REPLICA_REGION = "INF4997", Error, "a global table has two replicas in one region";
    LEADING_KEYS = "INF4998", Error, "a grant by leading key names no key";
    REPLICA_STREAM = "INF4999", Error, "the stream of a global table lacks an image";
    // INF5: policies over rendered templates
    PUBLIC_DATABASE = "INF5001", Error, "a database has a public address";
    UNENCRYPTED_STORAGE = "INF5002", Error, "data at rest is not encrypted";
    OPEN_INGRESS = "INF5003", Error, "a security group allows traffic from the whole internet";
    SECRET_IN_ENVIRONMENT = "INF5004", Error, "an environment variable contains a secret in plain text";
    RESOLVED_SECRET = "INF5005", Error, "a dynamic reference exposes the text of a secret";
    WILDCARD_PERMISSIONS = "INF5006", Warning, "a policy allows all actions on all resources";
    STATEFUL_REMOVAL = "INF5007", Warning, "a resource with data has no deletion policy";
    LOG_RETENTION = "INF5008", Warning, "a log group has no retention period";
    PUBLIC_BUCKET = "INF5009", Error, "a bucket is public or does not block all public access";
    CLEAR_TEXT_TRAFFIC = "INF5010", Warning, "traffic is possible without TLS or with an outdated version of TLS";
    DATABASE_DELETION_PROTECTION = "INF5011", Warning, "a highly available database has no deletion protection";

    // INF51: policies of an organization, loaded with the option `--policy`
    POLICY_VIOLATION = "INF5101", Error, "a template violates a policy of the organisation";
    POLICY_NOT_READABLE = "INF5102", Error, "a policy folder, or a file of it, cannot be read";
    POLICY_NOT_EVALUATED = "INF5103", Error, "a policy rule could not be evaluated";
    POLICY_UNSEEN = "INF5104", Fatal, "the rules of a policy cannot check everything that would be deployed";

    // INF6: configuration and command line
    UNKNOWN_CONFIGURATION_KEY = "INF6001", Error, "the configuration has an unknown key";
    WRONG_CONFIGURATION_VALUE = "INF6002", Error, "a configuration key has an invalid value";
    MISSING_CONFIGURATION_KEY = "INF6003", Error, "the configuration lacks a required key";
    MALFORMED_CONFIGURATION = "INF6004", Error, "a configuration file cannot be read as YAML";
    UNKNOWN_ENVIRONMENT = "INF6005", Error, "the environment has no configuration file";
    BAD_SETTING = "INF6006", Error, "a `--set` names no configuration key";
    STALE_SCHEMA = "INF6007", Error, "the committed configuration schema is stale";
    NO_CONFIGURATION = "INF6008", Error, "the app has no configuration";
    OUTPUT_NOT_WRITABLE = "INF6101", Error, "the cloud assembly cannot be written";
    UNKNOWN_STACK = "INF6102", Error, "the app has no stack of that name";
    UNKNOWN_CODE = "INF6103", Error, "there is no such diagnostic code";
    MALFORMED_CONTEXT = "INF6104", Error, "the context from the `cdk` CLI cannot be read";
    TOOL_NOT_FOUND = "INF6105", Error, "the tool `infra` cannot be found, built or started";
    TOOL_VERSION = "INF6106", Error, "the app and the tool have incompatible versions";
    NO_APP = "INF6107", Error, "there is no app to synthesize";
    APP_FAILED = "INF6108", Error, "the app cannot be started, or did not write a cloud assembly";
    BAD_PROJECT_FILE = "INF6109", Error, "the project file `infra.toml` or `cdk.json` cannot be used";
    STALE_DELIVERY = "INF6110", Error, "a delivery pipeline file does not match `infra.toml`";
    EDITED_DELIVERY = "INF6111", Error, "a delivery pipeline file was edited by hand";

    // INF70: credentials, settings and failed calls of AWS
    NO_CREDENTIALS = "INF7001", Error, "no AWS credentials were found";
    EXPIRED_CREDENTIALS = "INF7002", Error, "AWS no longer accepts the credentials";
    ACCESS_DENIED = "INF7003", Error, "a permission is missing";
    THROTTLED = "INF7004", Error, "AWS throttles the calls";
    NO_ANSWER = "INF7005", Error, "AWS does not respond";
    API_REFUSED = "INF7006", Error, "AWS rejects a call";
    BAD_AWS_CONFIGURATION = "INF7007", Error, "an AWS setting cannot be used";
    WRONG_ACCOUNT = "INF7008", Error, "the credentials belong to another account than the stack";
    NO_REGION = "INF7009", Error, "the region of a stack is not set";

    // INF71: assemblies, templates and context lookups
    ASSEMBLY_NOT_READABLE = "INF7101", Error, "a cloud assembly cannot be read";
    TEMPLATE_NOT_READABLE = "INF7102", Error, "a template cannot be read";
    APP_ERROR = "INF7103", Error, "the app reports an error of a construct";
    APP_WARNING = "INF7104", Warning, "the app reports a warning of a construct";
    UNANSWERED_LOOKUP = "INF7105", Error, "a context lookup has no answer";
    LOOKUP_FAILED = "INF7106", Error, "a context lookup cannot be answered";
    UNKNOWN_LOOKUP = "INF7107", Error, "the provider of a context lookup is unknown";
    LOOKUPS_WITHOUT_END = "INF7108", Error, "the app repeats context lookups that were answered";
    UNKNOWN_CONTEXT = "INF7109", Error, "there is no such context value, or it cannot be removed here";
    REVISION_NOT_SYNTHESIZED = "INF7110", Error, "the cloud assembly of a git revision cannot be created";

    // INF72: plans
    STACK_BUSY = "INF7201", Error, "another operation on the stack is in progress";
    STACK_STUCK = "INF7202", Error, "a stack is in a state that needs manual repair";
    LEFTOVERS = "INF7203", Error, "a stack whose creation failed still contains resources";
    CHANGE_SET_FAILED = "INF7204", Error, "CloudFormation cannot create the change set";
    VALIDATION_FAILED = "INF7205", Error, "AWS rejects a property before the deployment";
    HOOK_REFUSED = "INF7206", Error, "a CloudFormation hook rejects the change set";
    TOO_MANY_CHANGE_SETS = "INF7207", Error, "a stack has reached its quota of change sets";
    TEMPLATE_OVER_LIMIT = "INF7208", Error, "a template exceeds the size limit of CloudFormation";
    NO_TEMPLATE_BUCKET = "INF7209", Error, "a template needs an S3 bucket, and none is named";
    FOREIGN_CHANGE_SET = "INF7210", Error, "a change set of that name was not created by this tool";
    PLAN_NOT_READABLE = "INF7211", Error, "a plan file cannot be read";
    WRONG_PARAMETER = "INF7212", Error, "a parameter has no value, or is not in the template";
    CHANGE_SET_SLOW = "INF7213", Error, "CloudFormation does not finish a change set";
    NOT_BOOTSTRAPPED = "INF7214", Error, "the environment has no CDK bootstrap stack, or an outdated one";
    ROLE_NOT_ASSUMED = "INF7215", Error, "a role that the assembly names cannot be assumed";
    ASSET_NOT_PUBLISHED = "INF7216", Error, "an asset of a stack cannot be published";
    NO_CONTAINER_TOOL = "INF7217", Error, "an image must be built, but no container tool is installed";

    // INF73: deployments, approvals and plan files
    LOST_SIGHT = "INF7301", Error, "the command stopped following a deployment before its end";
    DEADLINE_PASSED = "INF7302", Error, "a deployment exceeds its time limit";
    RESOURCE_FAILED = "INF7303", Error, "a resource could not be created, changed or deleted";
    TASK_FAILED = "INF7304", Error, "a task of an ECS service stopped";
    NOT_PLANNED = "INF7310", Error, "there is no plan of these sources";
    PLAN_MISMATCH = "INF7311", Error, "the change set differs from the review";
    PLAN_EXPIRED = "INF7312", Error, "a plan has expired";
    PLAN_OBSOLETE = "INF7313", Error, "a stack has changed since it was planned";
    DATA_LOSS = "INF7314", Error, "data would be lost";
    APPROVALS_NOT_READABLE = "INF7315", Error, "the approvals file cannot be read";
    APPROVAL_OF_OTHER_CHANGES = "INF7316", Error, "an approval was given for other changes";
    DEPLOYMENT_ROLLED_BACK = "INF7317", Error, "a deployment failed and was rolled back";
    ROLLBACK_STUCK = "INF7318", Error, "a deployment failed and could not be rolled back";
    LEFT_ALONE = "INF7319", Error, "a stack was not deployed, because a stack that it depends on failed";
    APPROVAL_MISSING = "INF7320", Error, "a change was not approved";
    OUT_OF_TIME = "INF7321", Error, "a deployment exceeded its time limit and was cancelled";
    EXPRESS_REPLACEMENT = "INF7322", Error, "a resource would be replaced in express mode";
    DEPLOYED_IN_PART = "INF7323", Error, "a deployment ended after some of its stacks were deployed";
    INTERRUPTED_BEFORE = "INF7330", Warning, "a command was interrupted before AWS changed anything";
    DETACHED = "INF7331", Warning, "an operation continues in AWS, but its progress is no longer displayed";
    FILE_NOT_USABLE = "INF7334", Error, "a file named by an option cannot be read or written";
    NOTHING_TO_CANCEL = "INF7335", Error, "an operation cannot be cancelled";
    DRIFT_SINCE_PLAN = "INF7341", Error, "a resource was changed outside CloudFormation since it was planned";
    PLAN_FILE_MISSING = "INF7342", Error, "a reviewed deployment in a workflow names no plan file";
    PLAN_NOT_SIGNED = "INF7343", Error, "a plan file lacks the required signature";

    // INF74: operations on deployed stacks: destroy, outputs, rollback, drift, import, refactor and gc
    NOT_DEPLOYED = "INF7401", Error, "a stack is not deployed";
    TERMINATION_PROTECTED = "INF7402", Error, "a stack is protected against deletion";
    STACK_IN_USE = "INF7403", Error, "other stacks depend on a stack that would be deleted";
    RETAIN_TOO_EARLY = "INF7404", Error, "resources can be retained only after a failed deletion";
    RESOURCE_PROTECTED = "INF7405", Error, "a resource is protected against deletion";
    BUCKET_NOT_EMPTY = "INF7406", Error, "a bucket is not empty";
    DELETION_FAILED = "INF7407", Error, "a stack could not be deleted";
    UNKNOWN_RESOURCE = "INF7408", Error, "an option names a resource that does not exist";
    NOT_CONFIRMED = "INF7409", Error, "the change was not confirmed";
    OUTPUT_NAME_CLASH = "INF7410", Error, "two stacks have outputs of the same name with different values";
    NOTHING_TO_ROLL_BACK = "INF7411", Error, "there is nothing to roll back";
    CANNOT_SKIP = "INF7412", Error, "a resource did not fail, so it cannot be skipped";
    NOT_OF_APP = "INF7413", Error, "a stack that is not in the app lacks the app's tag";
    STILL_IN_APP = "INF7414", Error, "a stack that is still in the app cannot be orphaned";
    NOT_GIVEN_UP = "INF7415", Error, "a stack could not be orphaned";
    DRIFT_NOT_DETECTED = "INF7421", Error, "drift of a stack could not be detected";
    DRIFT_IGNORES_NOT_READABLE = "INF7422", Error, "the file of accepted drift cannot be read";
    STALE_DRIFT_IGNORE = "INF7423", Warning, "an entry of accepted drift matches no difference";
    BAD_IDENTIFIER = "INF7431", Error, "an identifier is not the primary identifier of its resource type";
    NO_DELETION_POLICY = "INF7432", Error, "an imported resource has no deletion policy";
    IMPORT_INCOMPLETE = "INF7433", Error, "an imported resource refers to a resource that is not deployed";
    IMPORT_FAILED = "INF7434", Error, "resources could not be imported";
    ALREADY_DEPLOYED = "INF7435", Error, "a resource to import already belongs to the stack";
    MOVE_NOT_POSSIBLE = "INF7442", Error, "a declared move cannot be executed";
    MOVE_CROSSES_STACKS = "INF7443", Error, "a move would leave a reference from one stack to another";
    REFACTOR_DIFFERS = "INF7444", Error, "AWS would make other moves than the confirmed ones";
    REFACTOR_FAILED = "INF7445", Error, "stacks could not be refactored";
    ASSETS_IN_USE_UNKNOWN = "INF7451", Error, "the assets that a stack uses are not known";

    // INF75: running workloads: logs, one-off tasks, hotswap, sites and releases
    NOTHING_DEPLOYED = "INF7501", Error, "no stack of the app is deployed";
    NO_LOGS = "INF7502", Error, "no deployed service, task or function has logs under that name";
    NO_ONE_OFF_TASK = "INF7503", Error, "a one-off task cannot be found, or there are several";
    TASK_NOT_RUN = "INF7504", Error, "a one-off task never ran";
    TASK_ENDED_BADLY = "INF7505", Error, "a one-off task ended with an exit code other than 0";
    TASK_OVERDUE = "INF7506", Error, "a one-off task exceeded its time limit and was stopped";
    NOT_IMAGES_ALONE = "INF7507", Error, "the app differs from the deployed stack in more than images";
    HOTSWAP_IN_PRODUCTION = "INF7508", Error, "hotswap is refused for a production stack";
    NOT_STEADY = "INF7509", Error, "a service did not become stable with its new image";
    NO_SITE = "INF7510", Error, "a site cannot be found, or there are several";
    SITE_FOLDER = "INF7511", Error, "the folder does not contain a built site";
    NOT_PUBLISHED = "INF7512", Error, "some files of a site were not published";
    MIGRATION_FAILED = "INF7513", Error, "a migration failed, and the stacks that depend on it were not changed";
    CONTRACTION_WITH_ROLLBACK = "INF7514", Warning, "a contracting migration step may break an automatic rollback";
    NO_RELEASE_LOG = "INF7520", Error, "no deployed stack keeps releases";
    UNKNOWN_RELEASE = "INF7521", Error, "a release, or a file of it, does not exist";
    CONTRACTED_SINCE = "INF7522", Error, "a release cannot be restored after a contracting migration step";
    RELEASE_NOT_RECORDED = "INF7523", Error, "the deployment succeeded, but the release was not recorded";

    // INF76: conversion of existing templates
    TEMPLATE_NOT_CONVERTIBLE = "INF7601", Error, "a template contains something that a program cannot express";
    TEMPLATE_PART_KEPT = "INF7602", Warning, "a program has a part of a template as data";

    // INF7603 and following: simulated deployments
    INTERRUPTION_NOT_ALLOWED = "INF7603", Error, "a deployment would interrupt more than is allowed";
    SIMULATED_RESOURCE_UNKNOWN = "INF7604", Error, "a simulated deployment has no operation on a resource";

    // INF7605 and following: costs
    COST_LIMIT_EXCEEDED = "INF7605", Error, "the estimated costs exceed the limit of the environment";

    // INF7610 and following: reachability
    OPENED_PATH = "INF7610", Error, "a deployment would open a path from the internet";

    // INF80: templates as files
    NOT_A_DOCUMENT = "INF8001", Error, "a template is neither valid JSON nor valid YAML";
    DUPLICATE_KEY = "INF8002", Error, "a map of a template has the same key twice";
    UNKNOWN_KEY = "INF8003", Error, "a section or an attribute of a template has no key of that name";
    MISSING_KEY = "INF8004", Error, "a section or an entry of a template lacks a required key";
    WRONG_FORM = "INF8005", Error, "a part of a template has the wrong form";
    INVALID_FUNCTION = "INF8006", Error, "an intrinsic function has invalid arguments";
    FUNCTION_NOT_ALLOWED = "INF8007", Error, "an intrinsic function is not allowed at its place";
    UNDEFINED_CONDITION = "INF8008", Error, "a condition is not defined in the template";
    UNDEFINED_MAPPING = "INF8009", Error, "a mapping, or a key of it, is not defined in the template";
    INVALID_PARAMETER = "INF8010", Error, "a parameter of a template contradicts its constraints";
    CONDITIONAL_TARGET = "INF8011", Warning, "a reference is used in cases in which its resource does not exist";
    UNUSED_ENTRY = "INF8012", Warning, "a parameter, mapping or condition is not used";
    INVALID_POLICY = "INF8013", Error, "a policy document contradicts the grammar of IAM";
    RELATED_PROPERTY = "INF8023", Error, "a property is missing, or not allowed, because of the value of another one";
    RELATED_VALUE = "INF8024", Error, "the values of two properties contradict each other";
    DUPLICATE_NAME = "INF8025", Error, "two resources have the same name";
    IDENTIFIER_FORM = "INF8026", Error, "an identifier does not have the form of its kind";
    PLACEHOLDER_OUTSIDE_SUB = "INF8027", Warning, "a placeholder of `Fn::Sub` stands outside of it";
    NESTED_PARAMETER = "INF8030", Error, "the parameters of a nested stack do not match those of its template";
    NESTED_OUTPUT = "INF8031", Error, "the template of a nested stack has no output of that name";
    NESTED_TEMPLATE = "INF8032", Error, "the template of a nested stack cannot be read, or contains itself";
    DYNAMIC_REFERENCE = "INF8034", Error, "a dynamic reference has a form or a place in which CloudFormation cannot resolve it";
}

/// Returns the code with the given name, for example `INF1001`, ignoring case, or `None` for an unknown name.
pub fn find_code(name: &str) -> Option<&'static CodeInfo> {
    ALL.iter()
        .find(|info| info.code.as_str().eq_ignore_ascii_case(name))
}
