//! Codes of all rules, for `acknowledge`. Written by `UPDATE=1 cargo test -p infra-packs`.

use infra_core::{Code, Severity};

/// `apigateway-execution-logs`: execution of the API is not logged.
pub const APIGATEWAY_EXECUTION_LOGS: Code =
    Code::custom("apigateway-execution-logs", Severity::Warning);
/// `apigateway-client-certificate`: backends cannot verify that requests come from the API.
pub const APIGATEWAY_CLIENT_CERTIFICATE: Code =
    Code::custom("apigateway-client-certificate", Severity::Warning);
/// `apigateway-tracing`: requests to the API are not traced.
pub const APIGATEWAY_TRACING: Code = Code::custom("apigateway-tracing", Severity::Warning);
/// `apigateway-waf`: no web ACL protects the API.
pub const APIGATEWAY_WAF: Code = Code::custom("apigateway-waf", Severity::Warning);
/// `apigateway-cache-encrypted`: the cache of the API is not encrypted.
pub const APIGATEWAY_CACHE_ENCRYPTED: Code =
    Code::custom("apigateway-cache-encrypted", Severity::Warning);
/// `apigateway-access-logs`: requests to the API are not logged.
pub const APIGATEWAY_ACCESS_LOGS: Code = Code::custom("apigateway-access-logs", Severity::Warning);
/// `apigateway-authorization`: everybody may call the method.
pub const APIGATEWAY_AUTHORIZATION: Code =
    Code::custom("apigateway-authorization", Severity::Warning);
/// `apigateway-domain-tls`: the domain accepts outdated versions of TLS.
pub const APIGATEWAY_DOMAIN_TLS: Code = Code::custom("apigateway-domain-tls", Severity::Warning);
/// `apigatewayv2-authorization`: everybody may call the route.
pub const APIGATEWAYV2_AUTHORIZATION: Code =
    Code::custom("apigatewayv2-authorization", Severity::Warning);
/// `apigatewayv2-access-logs`: requests to the API are not logged.
pub const APIGATEWAYV2_ACCESS_LOGS: Code =
    Code::custom("apigatewayv2-access-logs", Severity::Warning);
/// `appsync-field-logs`: fields that are resolved are not logged.
pub const APPSYNC_FIELD_LOGS: Code = Code::custom("appsync-field-logs", Severity::Warning);
/// `appsync-no-api-keys`: an API key is enough to call the API.
pub const APPSYNC_NO_API_KEYS: Code = Code::custom("appsync-no-api-keys", Severity::Error);
/// `appsync-cache-at-rest`: the cache of the API is not encrypted at rest.
pub const APPSYNC_CACHE_AT_REST: Code = Code::custom("appsync-cache-at-rest", Severity::Warning);
/// `appsync-cache-in-transit`: the cache of the API is not encrypted in transit.
pub const APPSYNC_CACHE_IN_TRANSIT: Code =
    Code::custom("appsync-cache-in-transit", Severity::Warning);
/// `cognito-threat-protection`: threat protection of the user pool is not enforced.
pub const COGNITO_THREAT_PROTECTION: Code =
    Code::custom("cognito-threat-protection", Severity::Warning);
/// `cognito-mfa`: users need no second factor.
pub const COGNITO_MFA: Code = Code::custom("cognito-mfa", Severity::Warning);
/// `cognito-password`: passwords may be shorter than 8 characters.
pub const COGNITO_PASSWORD: Code = Code::custom("cognito-password", Severity::Warning);
/// `stepfunctions-logs`: executions are not logged.
pub const STEPFUNCTIONS_LOGS: Code = Code::custom("stepfunctions-logs", Severity::Warning);
/// `stepfunctions-tracing`: executions are not traced.
pub const STEPFUNCTIONS_TRACING: Code = Code::custom("stepfunctions-tracing", Severity::Warning);
/// `transfer-no-ftp`: the server accepts FTP without encryption.
pub const TRANSFER_NO_FTP: Code = Code::custom("transfer-no-ftp", Severity::Warning);
/// `transfer-connector-logs`: the connector writes no logs.
pub const TRANSFER_CONNECTOR_LOGS: Code =
    Code::custom("transfer-connector-logs", Severity::Warning);
/// `connect-logs`: contact flows of the instance are not logged.
pub const CONNECT_LOGS: Code = Code::custom("connect-logs", Severity::Warning);
/// `ec2-imdsv2`: the instance accepts version 1 of the metadata service.
pub const EC2_IMDSV2: Code = Code::custom("ec2-imdsv2", Severity::Error);
/// `ec2-no-public-address`: the instance gets a public address.
pub const EC2_NO_PUBLIC_ADDRESS: Code = Code::custom("ec2-no-public-address", Severity::Error);
/// `ec2-one-interface`: the instance has several network interfaces.
pub const EC2_ONE_INTERFACE: Code = Code::custom("ec2-one-interface", Severity::Warning);
/// `ec2-paravirtual`: the instance type uses paravirtualization.
pub const EC2_PARAVIRTUAL: Code = Code::custom("ec2-paravirtual", Severity::Warning);
/// `ec2-monitoring`: detailed monitoring is off.
pub const EC2_MONITORING: Code = Code::custom("ec2-monitoring", Severity::Warning);
/// `ec2-profile`: the instance has no role.
pub const EC2_PROFILE: Code = Code::custom("ec2-profile", Severity::Warning);
/// `ec2-ebs-optimized`: traffic of volumes and of the network share a connection.
pub const EC2_EBS_OPTIMIZED: Code = Code::custom("ec2-ebs-optimized", Severity::Warning);
/// `ec2-termination-protection`: the instance can be terminated by one call.
pub const EC2_TERMINATION_PROTECTION: Code =
    Code::custom("ec2-termination-protection", Severity::Warning);
/// `launch-template-imdsv2`: instances of the launch template accept version 1 of the metadata service.
pub const LAUNCH_TEMPLATE_IMDSV2: Code = Code::custom("launch-template-imdsv2", Severity::Warning);
/// `launch-template-no-public-address`: instances of the launch template get public addresses.
pub const LAUNCH_TEMPLATE_NO_PUBLIC_ADDRESS: Code =
    Code::custom("launch-template-no-public-address", Severity::Error);
/// `launch-configuration-imdsv2`: instances accept version 1 of the metadata service.
pub const LAUNCH_CONFIGURATION_IMDSV2: Code =
    Code::custom("launch-configuration-imdsv2", Severity::Error);
/// `launch-configuration-no-public-address`: instances get public addresses.
pub const LAUNCH_CONFIGURATION_NO_PUBLIC_ADDRESS: Code =
    Code::custom("launch-configuration-no-public-address", Severity::Error);
/// `autoscaling-health`: the group does not use the health checks of its load balancer.
pub const AUTOSCALING_HEALTH: Code = Code::custom("autoscaling-health", Severity::Warning);
/// `autoscaling-zones`: the group is in one zone only.
pub const AUTOSCALING_ZONES: Code = Code::custom("autoscaling-zones", Severity::Warning);
/// `autoscaling-types`: the group has one instance type only.
pub const AUTOSCALING_TYPES: Code = Code::custom("autoscaling-types", Severity::Warning);
/// `autoscaling-launch-template`: the group uses a launch configuration.
pub const AUTOSCALING_LAUNCH_TEMPLATE: Code =
    Code::custom("autoscaling-launch-template", Severity::Warning);
/// `lambda-runtime`: the runtime is no longer supported.
pub const LAMBDA_RUNTIME: Code = Code::custom("lambda-runtime", Severity::Warning);
/// `lambda-not-public`: everybody may call the function.
pub const LAMBDA_NOT_PUBLIC: Code = Code::custom("lambda-not-public", Severity::Error);
/// `lambda-service-source`: a service may call the function for any account.
pub const LAMBDA_SERVICE_SOURCE: Code = Code::custom("lambda-service-source", Severity::Warning);
/// `lambda-url-auth`: everybody may call the URL of the function.
pub const LAMBDA_URL_AUTH: Code = Code::custom("lambda-url-auth", Severity::Error);
/// `lambda-zones`: the function in a VPC uses one subnet only.
pub const LAMBDA_ZONES: Code = Code::custom("lambda-zones", Severity::Warning);
/// `lambda-tracing`: requests to the function are not traced.
pub const LAMBDA_TRACING: Code = Code::custom("lambda-tracing", Severity::Warning);
/// `lambda-dead-letters`: events that fail are lost.
pub const LAMBDA_DEAD_LETTERS: Code = Code::custom("lambda-dead-letters", Severity::Warning);
/// `lambda-environment-secrets`: an environment variable has access keys.
pub const LAMBDA_ENVIRONMENT_SECRETS: Code =
    Code::custom("lambda-environment-secrets", Severity::Error);
/// `lambda-environment-kms`: environment variables are not encrypted with a key of the account.
pub const LAMBDA_ENVIRONMENT_KMS: Code = Code::custom("lambda-environment-kms", Severity::Warning);
/// `sagemaker-no-internet`: the notebook has direct access to the internet.
pub const SAGEMAKER_NO_INTERNET: Code = Code::custom("sagemaker-no-internet", Severity::Error);
/// `sagemaker-vpc`: the notebook is in no VPC of the account.
pub const SAGEMAKER_VPC: Code = Code::custom("sagemaker-vpc", Severity::Error);
/// `sagemaker-no-root`: users of the notebook are root.
pub const SAGEMAKER_NO_ROOT: Code = Code::custom("sagemaker-no-root", Severity::Error);
/// `sagemaker-notebook-kms`: the volume of the notebook is not encrypted with a key of the account.
pub const SAGEMAKER_NOTEBOOK_KMS: Code = Code::custom("sagemaker-notebook-kms", Severity::Warning);
/// `sagemaker-instances`: a variant starts with one instance.
pub const SAGEMAKER_INSTANCES: Code = Code::custom("sagemaker-instances", Severity::Warning);
/// `sagemaker-isolated`: containers of the model may use the network.
pub const SAGEMAKER_ISOLATED: Code = Code::custom("sagemaker-isolated", Severity::Warning);
/// `emr-at-rest`: data at rest is not encrypted.
pub const EMR_AT_REST: Code = Code::custom("emr-at-rest", Severity::Warning);
/// `emr-in-transit`: data in transit is not encrypted.
pub const EMR_IN_TRANSIT: Code = Code::custom("emr-in-transit", Severity::Warning);
/// `beanstalk-health`: enhanced health reporting is off.
pub const BEANSTALK_HEALTH: Code = Code::custom("beanstalk-health", Severity::Warning);
/// `beanstalk-updates`: platform updates are not installed.
pub const BEANSTALK_UPDATES: Code = Code::custom("beanstalk-updates", Severity::Error);
/// `beanstalk-logs`: logs are not sent to CloudWatch Logs.
pub const BEANSTALK_LOGS: Code = Code::custom("beanstalk-logs", Severity::Error);
/// `workspace-user-volume`: the user volume is not encrypted.
pub const WORKSPACE_USER_VOLUME: Code = Code::custom("workspace-user-volume", Severity::Warning);
/// `workspace-root-volume`: the root volume is not encrypted.
pub const WORKSPACE_ROOT_VOLUME: Code = Code::custom("workspace-root-volume", Severity::Warning);
/// `ecs-service-no-public-address`: tasks of the service get public addresses.
pub const ECS_SERVICE_NO_PUBLIC_ADDRESS: Code =
    Code::custom("ecs-service-no-public-address", Severity::Error);
/// `ecs-taskset-no-public-address`: tasks of the task set get public addresses.
pub const ECS_TASKSET_NO_PUBLIC_ADDRESS: Code =
    Code::custom("ecs-taskset-no-public-address", Severity::Error);
/// `ecs-host-user`: a container in the network of the host runs as root.
pub const ECS_HOST_USER: Code = Code::custom("ecs-host-user", Severity::Error);
/// `ecs-process-namespace`: containers share the process namespace of the host.
pub const ECS_PROCESS_NAMESPACE: Code = Code::custom("ecs-process-namespace", Severity::Error);
/// `ecs-not-privileged`: a container is privileged.
pub const ECS_NOT_PRIVILEGED: Code = Code::custom("ecs-not-privileged", Severity::Error);
/// `ecs-read-only`: a container can write to its root file system.
pub const ECS_READ_ONLY: Code = Code::custom("ecs-read-only", Severity::Error);
/// `ecs-secrets`: an environment variable has access keys.
pub const ECS_SECRETS: Code = Code::custom("ecs-secrets", Severity::Error);
/// `ecs-logs`: the output of a container is not kept.
pub const ECS_LOGS: Code = Code::custom("ecs-logs", Severity::Error);
/// `ecs-platform-version`: the service is bound to a platform version of Fargate.
pub const ECS_PLATFORM_VERSION: Code = Code::custom("ecs-platform-version", Severity::Warning);
/// `ecs-container-insights`: the cluster has no Container Insights.
pub const ECS_CONTAINER_INSIGHTS: Code = Code::custom("ecs-container-insights", Severity::Warning);
/// `ecs-efs-tls`: a volume on EFS is mounted without TLS.
pub const ECS_EFS_TLS: Code = Code::custom("ecs-efs-tls", Severity::Warning);
/// `ecs-circuit-breaker`: a deployment that fails is not rolled back.
pub const ECS_CIRCUIT_BREAKER: Code = Code::custom("ecs-circuit-breaker", Severity::Warning);
/// `ecs-exec-logs`: commands in containers are not logged.
pub const ECS_EXEC_LOGS: Code = Code::custom("ecs-exec-logs", Severity::Warning);
/// `eks-not-public`: the API of the cluster is public.
pub const EKS_NOT_PUBLIC: Code = Code::custom("eks-not-public", Severity::Error);
/// `eks-secrets`: secrets of the cluster are not encrypted with a key of the account.
pub const EKS_SECRETS: Code = Code::custom("eks-secrets", Severity::Warning);
/// `eks-audit`: the cluster writes no audit log.
pub const EKS_AUDIT: Code = Code::custom("eks-audit", Severity::Warning);
/// `eks-version`: the version of Kubernetes is no longer supported.
pub const EKS_VERSION: Code = Code::custom("eks-version", Severity::Error);
/// `rds-not-public`: the database has a public address.
pub const RDS_NOT_PUBLIC: Code = Code::custom("rds-not-public", Severity::Error);
/// `rds-encrypted`: the database is not encrypted.
pub const RDS_ENCRYPTED: Code = Code::custom("rds-encrypted", Severity::Warning);
/// `rds-multi-az`: the database has no standby in another zone.
pub const RDS_MULTI_AZ: Code = Code::custom("rds-multi-az", Severity::Warning);
/// `rds-monitoring`: enhanced monitoring is off.
pub const RDS_MONITORING: Code = Code::custom("rds-monitoring", Severity::Warning);
/// `rds-deletion-protection`: the database can be deleted by one call.
pub const RDS_DELETION_PROTECTION: Code =
    Code::custom("rds-deletion-protection", Severity::Warning);
/// `rds-logs`: the database publishes no logs.
pub const RDS_LOGS: Code = Code::custom("rds-logs", Severity::Warning);
/// `rds-postgres-logs`: the database does not publish the log `postgresql`.
pub const RDS_POSTGRES_LOGS: Code = Code::custom("rds-postgres-logs", Severity::Warning);
/// `rds-postgres-tls`: the database accepts connections without TLS.
pub const RDS_POSTGRES_TLS: Code = Code::custom("rds-postgres-tls", Severity::Warning);
/// `rds-mysql-tls`: the database accepts connections without TLS.
pub const RDS_MYSQL_TLS: Code = Code::custom("rds-mysql-tls", Severity::Warning);
/// `rds-sqlserver-logs`: the database does not publish the logs `agent` and `error`.
pub const RDS_SQLSERVER_LOGS: Code = Code::custom("rds-sqlserver-logs", Severity::Warning);
/// `rds-iam`: users of IAM cannot log in to the database.
pub const RDS_IAM: Code = Code::custom("rds-iam", Severity::Warning);
/// `rds-backups`: automatic backups are kept for less than 7 days.
pub const RDS_BACKUPS: Code = Code::custom("rds-backups", Severity::Warning);
/// `rds-minor-upgrades`: minor versions are not upgraded automatically.
pub const RDS_MINOR_UPGRADES: Code = Code::custom("rds-minor-upgrades", Severity::Error);
/// `rds-tags-to-snapshots`: snapshots of the database get no tags.
pub const RDS_TAGS_TO_SNAPSHOTS: Code = Code::custom("rds-tags-to-snapshots", Severity::Warning);
/// `rds-port`: the database uses the default port of its engine.
pub const RDS_PORT: Code = Code::custom("rds-port", Severity::Warning);
/// `rds-admin-name`: the administrator has a well-known name.
pub const RDS_ADMIN_NAME: Code = Code::custom("rds-admin-name", Severity::Warning);
/// `rds-managed-password`: the password of the administrator is text of the template.
pub const RDS_MANAGED_PASSWORD: Code = Code::custom("rds-managed-password", Severity::Warning);
/// `rds-cluster-encrypted`: the cluster is not encrypted.
pub const RDS_CLUSTER_ENCRYPTED: Code = Code::custom("rds-cluster-encrypted", Severity::Warning);
/// `rds-cluster-deletion-protection`: the cluster can be deleted by one call.
pub const RDS_CLUSTER_DELETION_PROTECTION: Code =
    Code::custom("rds-cluster-deletion-protection", Severity::Warning);
/// `rds-cluster-iam`: users of IAM cannot log in to the cluster.
pub const RDS_CLUSTER_IAM: Code = Code::custom("rds-cluster-iam", Severity::Warning);
/// `rds-cluster-backtrack`: the cluster cannot go back to an earlier state.
pub const RDS_CLUSTER_BACKTRACK: Code = Code::custom("rds-cluster-backtrack", Severity::Warning);
/// `rds-cluster-tags-to-snapshots`: snapshots of the cluster get no tags.
pub const RDS_CLUSTER_TAGS_TO_SNAPSHOTS: Code =
    Code::custom("rds-cluster-tags-to-snapshots", Severity::Warning);
/// `rds-cluster-admin-name`: the administrator has a well-known name.
pub const RDS_CLUSTER_ADMIN_NAME: Code = Code::custom("rds-cluster-admin-name", Severity::Warning);
/// `rds-cluster-mysql-audit`: the cluster does not publish its audit log.
pub const RDS_CLUSTER_MYSQL_AUDIT: Code =
    Code::custom("rds-cluster-mysql-audit", Severity::Warning);
/// `rds-cluster-postgres-logs`: the cluster does not publish the log `postgresql`.
pub const RDS_CLUSTER_POSTGRES_LOGS: Code =
    Code::custom("rds-cluster-postgres-logs", Severity::Warning);
/// `rds-cluster-minor-upgrades`: minor versions are not upgraded automatically.
pub const RDS_CLUSTER_MINOR_UPGRADES: Code =
    Code::custom("rds-cluster-minor-upgrades", Severity::Warning);
/// `rds-cluster-backups`: automatic backups are kept for less than 7 days.
pub const RDS_CLUSTER_BACKUPS: Code = Code::custom("rds-cluster-backups", Severity::Warning);
/// `rds-security-group-ingress`: the security group of the database allows the whole internet.
pub const RDS_SECURITY_GROUP_INGRESS: Code =
    Code::custom("rds-security-group-ingress", Severity::Error);
/// `rds-cluster-event-subscription`: the subscription does not get failures and maintenance of clusters.
pub const RDS_CLUSTER_EVENT_SUBSCRIPTION: Code =
    Code::custom("rds-cluster-event-subscription", Severity::Warning);
/// `rds-instance-event-subscription`: the subscription does not get failures, maintenance and changes of databases.
pub const RDS_INSTANCE_EVENT_SUBSCRIPTION: Code =
    Code::custom("rds-instance-event-subscription", Severity::Warning);
/// `rds-parameter-event-subscription`: the subscription does not get changes of parameter groups.
pub const RDS_PARAMETER_EVENT_SUBSCRIPTION: Code =
    Code::custom("rds-parameter-event-subscription", Severity::Warning);
/// `rds-security-event-subscription`: the subscription does not get failures and changes of security groups.
pub const RDS_SECURITY_EVENT_SUBSCRIPTION: Code =
    Code::custom("rds-security-event-subscription", Severity::Warning);
/// `documentdb-encrypted`: the cluster is not encrypted.
pub const DOCUMENTDB_ENCRYPTED: Code = Code::custom("documentdb-encrypted", Severity::Warning);
/// `documentdb-backups`: automatic backups are kept for less than 7 days.
pub const DOCUMENTDB_BACKUPS: Code = Code::custom("documentdb-backups", Severity::Warning);
/// `documentdb-audit`: the cluster does not publish its audit log.
pub const DOCUMENTDB_AUDIT: Code = Code::custom("documentdb-audit", Severity::Warning);
/// `documentdb-deletion-protection`: the cluster can be deleted by one call.
pub const DOCUMENTDB_DELETION_PROTECTION: Code =
    Code::custom("documentdb-deletion-protection", Severity::Warning);
/// `neptune-encrypted`: the cluster is not encrypted.
pub const NEPTUNE_ENCRYPTED: Code = Code::custom("neptune-encrypted", Severity::Warning);
/// `neptune-audit`: the cluster does not publish its audit log.
pub const NEPTUNE_AUDIT: Code = Code::custom("neptune-audit", Severity::Warning);
/// `neptune-deletion-protection`: the cluster can be deleted by one call.
pub const NEPTUNE_DELETION_PROTECTION: Code =
    Code::custom("neptune-deletion-protection", Severity::Warning);
/// `neptune-backups`: automatic backups are kept for less than 7 days.
pub const NEPTUNE_BACKUPS: Code = Code::custom("neptune-backups", Severity::Warning);
/// `neptune-iam`: users of IAM cannot log in to the cluster.
pub const NEPTUNE_IAM: Code = Code::custom("neptune-iam", Severity::Warning);
/// `neptune-tags-to-snapshots`: snapshots of the cluster get no tags.
pub const NEPTUNE_TAGS_TO_SNAPSHOTS: Code =
    Code::custom("neptune-tags-to-snapshots", Severity::Warning);
/// `dynamodb-scales`: the capacity of the table is fixed.
pub const DYNAMODB_SCALES: Code = Code::custom("dynamodb-scales", Severity::Warning);
/// `dynamodb-recovery`: the table cannot be restored to a point in time.
pub const DYNAMODB_RECOVERY: Code = Code::custom("dynamodb-recovery", Severity::Warning);
/// `dynamodb-global-recovery`: a replica cannot be restored to a point in time.
pub const DYNAMODB_GLOBAL_RECOVERY: Code =
    Code::custom("dynamodb-global-recovery", Severity::Warning);
/// `dynamodb-deletion-protection`: the table can be deleted by one call.
pub const DYNAMODB_DELETION_PROTECTION: Code =
    Code::custom("dynamodb-deletion-protection", Severity::Warning);
/// `dynamodb-kms`: the table is not encrypted with a key of KMS that the account controls.
pub const DYNAMODB_KMS: Code = Code::custom("dynamodb-kms", Severity::Warning);
/// `dax-encrypted`: the cluster is not encrypted.
pub const DAX_ENCRYPTED: Code = Code::custom("dax-encrypted", Severity::Warning);
/// `dax-tls`: connections to the cluster are not encrypted.
pub const DAX_TLS: Code = Code::custom("dax-tls", Severity::Warning);
/// `elasticache-backups`: automatic backups are off.
pub const ELASTICACHE_BACKUPS: Code = Code::custom("elasticache-backups", Severity::Error);
/// `elasticache-cluster-backups`: automatic backups are off.
pub const ELASTICACHE_CLUSTER_BACKUPS: Code =
    Code::custom("elasticache-cluster-backups", Severity::Error);
/// `elasticache-minor-upgrades`: minor versions are not upgraded automatically.
pub const ELASTICACHE_MINOR_UPGRADES: Code =
    Code::custom("elasticache-minor-upgrades", Severity::Error);
/// `elasticache-failover`: the replication group does not fail over.
pub const ELASTICACHE_FAILOVER: Code = Code::custom("elasticache-failover", Severity::Warning);
/// `elasticache-encrypted`: data at rest is not encrypted.
pub const ELASTICACHE_ENCRYPTED: Code = Code::custom("elasticache-encrypted", Severity::Warning);
/// `elasticache-tls`: connections are not encrypted.
pub const ELASTICACHE_TLS: Code = Code::custom("elasticache-tls", Severity::Warning);
/// `elasticache-auth`: clients need no password or user.
pub const ELASTICACHE_AUTH: Code = Code::custom("elasticache-auth", Severity::Warning);
/// `elasticache-subnets`: the cluster uses the default subnet group.
pub const ELASTICACHE_SUBNETS: Code = Code::custom("elasticache-subnets", Severity::Error);
/// `elasticache-serverless-kms`: the cache is not encrypted with a key of the account.
pub const ELASTICACHE_SERVERLESS_KMS: Code =
    Code::custom("elasticache-serverless-kms", Severity::Warning);
/// `memorydb-tls`: connections are not encrypted.
pub const MEMORYDB_TLS: Code = Code::custom("memorydb-tls", Severity::Warning);
/// `redshift-not-public`: the cluster has a public address.
pub const REDSHIFT_NOT_PUBLIC: Code = Code::custom("redshift-not-public", Severity::Error);
/// `redshift-tls`: connections without TLS are accepted.
pub const REDSHIFT_TLS: Code = Code::custom("redshift-tls", Severity::Warning);
/// `redshift-snapshots`: automatic snapshots are kept for less than 7 days.
pub const REDSHIFT_SNAPSHOTS: Code = Code::custom("redshift-snapshots", Severity::Warning);
/// `redshift-audit`: connections and queries are not logged.
pub const REDSHIFT_AUDIT: Code = Code::custom("redshift-audit", Severity::Warning);
/// `redshift-upgrades`: versions are not upgraded automatically.
pub const REDSHIFT_UPGRADES: Code = Code::custom("redshift-upgrades", Severity::Warning);
/// `redshift-vpc-routing`: copies and unloads do not go through the VPC.
pub const REDSHIFT_VPC_ROUTING: Code = Code::custom("redshift-vpc-routing", Severity::Warning);
/// `redshift-admin-name`: the administrator has the default name.
pub const REDSHIFT_ADMIN_NAME: Code = Code::custom("redshift-admin-name", Severity::Warning);
/// `redshift-encrypted`: the cluster is not encrypted.
pub const REDSHIFT_ENCRYPTED: Code = Code::custom("redshift-encrypted", Severity::Warning);
/// `redshift-closed-port`: a security group of the cluster opens the port 5439 to the whole internet.
pub const REDSHIFT_CLOSED_PORT: Code = Code::custom("redshift-closed-port", Severity::Error);
/// `redshift-database-name`: the database has the default name.
pub const REDSHIFT_DATABASE_NAME: Code = Code::custom("redshift-database-name", Severity::Warning);
/// `codebuild-credentials`: an environment variable of the project has access keys.
pub const CODEBUILD_CREDENTIALS: Code = Code::custom("codebuild-credentials", Severity::Error);
/// `codebuild-source-credentials`: the address of the source repository contains credentials.
pub const CODEBUILD_SOURCE_CREDENTIALS: Code =
    Code::custom("codebuild-source-credentials", Severity::Error);
/// `codebuild-log-encryption`: logs in S3 are not encrypted.
pub const CODEBUILD_LOG_ENCRYPTION: Code =
    Code::custom("codebuild-log-encryption", Severity::Warning);
/// `codebuild-logs`: builds are not logged.
pub const CODEBUILD_LOGS: Code = Code::custom("codebuild-logs", Severity::Warning);
/// `codebuild-not-privileged`: builds run in privileged mode.
pub const CODEBUILD_NOT_PRIVILEGED: Code =
    Code::custom("codebuild-not-privileged", Severity::Error);
/// `codebuild-report-encryption`: exported reports are not encrypted.
pub const CODEBUILD_REPORT_ENCRYPTION: Code =
    Code::custom("codebuild-report-encryption", Severity::Warning);
/// `dms-not-public`: the replication instance has a public address.
pub const DMS_NOT_PUBLIC: Code = Code::custom("dms-not-public", Severity::Error);
/// `dms-minor-upgrades`: minor versions are not upgraded automatically.
pub const DMS_MINOR_UPGRADES: Code = Code::custom("dms-minor-upgrades", Severity::Warning);
/// `dms-tls`: connections to the endpoint are not encrypted.
pub const DMS_TLS: Code = Code::custom("dms-tls", Severity::Warning);
/// `dms-redis-tls`: connections to Redis are not encrypted.
pub const DMS_REDIS_TLS: Code = Code::custom("dms-redis-tls", Severity::Warning);
/// `dms-mongodb-authentication`: MongoDB is read without authentication.
pub const DMS_MONGODB_AUTHENTICATION: Code =
    Code::custom("dms-mongodb-authentication", Severity::Warning);
/// `dms-neptune-iam`: the endpoint for Neptune does not use IAM.
pub const DMS_NEPTUNE_IAM: Code = Code::custom("dms-neptune-iam", Severity::Warning);
/// `dms-target-logs`: the replication task does not log what it loads into the target.
pub const DMS_TARGET_LOGS: Code = Code::custom("dms-target-logs", Severity::Warning);
/// `dms-source-logs`: the replication task does not log what it reads from the source.
pub const DMS_SOURCE_LOGS: Code = Code::custom("dms-source-logs", Severity::Warning);
/// `glue-transform-encrypted`: data of the transform is not encrypted.
pub const GLUE_TRANSFORM_ENCRYPTED: Code =
    Code::custom("glue-transform-encrypted", Severity::Warning);
/// `glue-version`: the version of Glue is no longer supported.
pub const GLUE_VERSION: Code = Code::custom("glue-version", Severity::Warning);
/// `athena-logs`: the workgroup publishes no metrics.
pub const ATHENA_LOGS: Code = Code::custom("athena-logs", Severity::Warning);
/// `athena-encrypted`: results of queries are not encrypted.
pub const ATHENA_ENCRYPTED: Code = Code::custom("athena-encrypted", Severity::Warning);
/// `datasync-logs`: the task writes no logs.
pub const DATASYNC_LOGS: Code = Code::custom("datasync-logs", Severity::Warning);
/// `ssm-parameter-secret`: a parameter with the name of a secret is plain text.
pub const SSM_PARAMETER_SECRET: Code = Code::custom("ssm-parameter-secret", Severity::Warning);
/// `servicecatalog-no-account-shares`: the portfolio is shared with a single account.
pub const SERVICECATALOG_NO_ACCOUNT_SHARES: Code =
    Code::custom("servicecatalog-no-account-shares", Severity::Error);
/// `iam-no-admin`: a statement allows every action on every resource.
pub const IAM_NO_ADMIN: Code = Code::custom("iam-no-admin", Severity::Error);
/// `iam-role-no-admin`: an inline policy allows every action on every resource.
pub const IAM_ROLE_NO_ADMIN: Code = Code::custom("iam-role-no-admin", Severity::Error);
/// `iam-no-administrator-access`: the managed policy `AdministratorAccess` is attached.
pub const IAM_NO_ADMINISTRATOR_ACCESS: Code =
    Code::custom("iam-no-administrator-access", Severity::Error);
/// `iam-user-no-policies`: policies are attached to a user.
pub const IAM_USER_NO_POLICIES: Code = Code::custom("iam-user-no-policies", Severity::Warning);
/// `iam-policy-not-of-users`: the policy is attached to a user.
pub const IAM_POLICY_NOT_OF_USERS: Code =
    Code::custom("iam-policy-not-of-users", Severity::Warning);
/// `iam-no-service-wildcard`: a statement allows every action of a service.
pub const IAM_NO_SERVICE_WILDCARD: Code =
    Code::custom("iam-no-service-wildcard", Severity::Warning);
/// `iam-no-access-keys`: a user gets an access key that does not expire.
pub const IAM_NO_ACCESS_KEYS: Code = Code::custom("iam-no-access-keys", Severity::Warning);
/// `iam-trust-not-public`: everybody may assume the role.
pub const IAM_TRUST_NOT_PUBLIC: Code = Code::custom("iam-trust-not-public", Severity::Error);
/// `iam-no-decrypt-all`: a statement allows decryption with every key.
pub const IAM_NO_DECRYPT_ALL: Code = Code::custom("iam-no-decrypt-all", Severity::Warning);
/// `iam-inline-no-decrypt-all`: a statement allows decryption with every key.
pub const IAM_INLINE_NO_DECRYPT_ALL: Code =
    Code::custom("iam-inline-no-decrypt-all", Severity::Warning);
/// `iam-login-reset`: the password of the user is text of the template.
pub const IAM_LOGIN_RESET: Code = Code::custom("iam-login-reset", Severity::Warning);
/// `kms-rotation`: the key is not rotated.
pub const KMS_ROTATION: Code = Code::custom("kms-rotation", Severity::Warning);
/// `kms-pending-window`: the key is deleted less than 30 days after the request.
pub const KMS_PENDING_WINDOW: Code = Code::custom("kms-pending-window", Severity::Warning);
/// `kms-not-public`: the key policy allows use of the key to everybody.
pub const KMS_NOT_PUBLIC: Code = Code::custom("kms-not-public", Severity::Error);
/// `secret-rotation`: the secret is not rotated.
pub const SECRET_ROTATION: Code = Code::custom("secret-rotation", Severity::Warning);
/// `secret-rotation-days`: the secret is rotated less often than every 90 days.
pub const SECRET_ROTATION_DAYS: Code = Code::custom("secret-rotation-days", Severity::Warning);
/// `secret-kms`: the secret is not encrypted with a key of the account.
pub const SECRET_KMS: Code = Code::custom("secret-kms", Severity::Warning);
/// `secret-generated`: the secret is text of the template.
pub const SECRET_GENERATED: Code = Code::custom("secret-generated", Severity::Error);
/// `secret-policy-not-public`: the policy lets everybody read the secret.
pub const SECRET_POLICY_NOT_PUBLIC: Code =
    Code::custom("secret-policy-not-public", Severity::Error);
/// `acm-key-length`: the RSA key of the certificate is shorter than 2,048 bits.
pub const ACM_KEY_LENGTH: Code = Code::custom("acm-key-length", Severity::Error);
/// `acm-dns-validation`: the certificate is renewed only if somebody answers a mail.
pub const ACM_DNS_VALIDATION: Code = Code::custom("acm-dns-validation", Severity::Warning);
/// `acm-transparency`: the certificate is not in the public log.
pub const ACM_TRANSPARENCY: Code = Code::custom("acm-transparency", Severity::Warning);
/// `pca-root-disabled`: a root certificate authority is active.
pub const PCA_ROOT_DISABLED: Code = Code::custom("pca-root-disabled", Severity::Warning);
/// `cloudtrail-multi-region`: the trail has events of one Region only.
pub const CLOUDTRAIL_MULTI_REGION: Code = Code::custom("cloudtrail-multi-region", Severity::Error);
/// `cloudtrail-kms`: the trail is not encrypted with a key of KMS.
pub const CLOUDTRAIL_KMS: Code = Code::custom("cloudtrail-kms", Severity::Warning);
/// `cloudtrail-on`: the trail does not record.
pub const CLOUDTRAIL_ON: Code = Code::custom("cloudtrail-on", Severity::Error);
/// `cloudtrail-validation`: changed log files are not noticed.
pub const CLOUDTRAIL_VALIDATION: Code = Code::custom("cloudtrail-validation", Severity::Warning);
/// `cloudtrail-logs`: events are not sent to CloudWatch Logs.
pub const CLOUDTRAIL_LOGS: Code = Code::custom("cloudtrail-logs", Severity::Warning);
/// `logs-retention`: log events are kept for ever.
pub const LOGS_RETENTION: Code = Code::custom("logs-retention", Severity::Warning);
/// `logs-retention-year`: log events are kept for less than a year.
pub const LOGS_RETENTION_YEAR: Code = Code::custom("logs-retention-year", Severity::Warning);
/// `logs-kms`: log events are not encrypted with a key of the account.
pub const LOGS_KMS: Code = Code::custom("logs-kms", Severity::Warning);
/// `alarm-actions`: nobody learns of the alarm.
pub const ALARM_ACTIONS: Code = Code::custom("alarm-actions", Severity::Error);
/// `alarm-actions-enabled`: actions of the alarm are off.
pub const ALARM_ACTIONS_ENABLED: Code = Code::custom("alarm-actions-enabled", Severity::Error);
/// `config-all-resources`: the recorder leaves out resource types.
pub const CONFIG_ALL_RESOURCES: Code = Code::custom("config-all-resources", Severity::Error);
/// `guardduty-on`: the detector is off.
pub const GUARDDUTY_ON: Code = Code::custom("guardduty-on", Severity::Error);
/// `guardduty-s3`: protection of S3 is off.
pub const GUARDDUTY_S3: Code = Code::custom("guardduty-s3", Severity::Error);
/// `guardduty-eks-audit`: monitoring of audit logs of EKS is off.
pub const GUARDDUTY_EKS_AUDIT: Code = Code::custom("guardduty-eks-audit", Severity::Error);
/// `guardduty-lambda`: protection of Lambda is off.
pub const GUARDDUTY_LAMBDA: Code = Code::custom("guardduty-lambda", Severity::Error);
/// `guardduty-rds`: protection of RDS is off.
pub const GUARDDUTY_RDS: Code = Code::custom("guardduty-rds", Severity::Error);
/// `guardduty-malware`: protection against malware on EC2 is off.
pub const GUARDDUTY_MALWARE: Code = Code::custom("guardduty-malware", Severity::Error);
/// `guardduty-runtime`: monitoring of running programs is off.
pub const GUARDDUTY_RUNTIME: Code = Code::custom("guardduty-runtime", Severity::Error);
/// `guardduty-eks-agent`: GuardDuty does not manage the agent that monitors running programs on EKS.
pub const GUARDDUTY_EKS_AGENT: Code = Code::custom("guardduty-eks-agent", Severity::Warning);
/// `guardduty-ecs-agent`: GuardDuty does not manage the agent that monitors running programs on ECS on Fargate.
pub const GUARDDUTY_ECS_AGENT: Code = Code::custom("guardduty-ecs-agent", Severity::Warning);
/// `guardduty-ec2-agent`: GuardDuty does not manage the agent that monitors running programs on EC2.
pub const GUARDDUTY_EC2_AGENT: Code = Code::custom("guardduty-ec2-agent", Severity::Warning);
/// `sqs-encrypted`: messages of the queue are not encrypted.
pub const SQS_ENCRYPTED: Code = Code::custom("sqs-encrypted", Severity::Warning);
/// `sqs-not-public`: the queue policy allows access to everybody.
pub const SQS_NOT_PUBLIC: Code = Code::custom("sqs-not-public", Severity::Error);
/// `sqs-tls`: no queue policy denies access without TLS.
pub const SQS_TLS: Code = Code::custom("sqs-tls", Severity::Warning);
/// `sqs-dead-letters`: messages that cannot be processed are lost.
pub const SQS_DEAD_LETTERS: Code = Code::custom("sqs-dead-letters", Severity::Warning);
/// `sns-encrypted`: messages of the topic are not encrypted.
pub const SNS_ENCRYPTED: Code = Code::custom("sns-encrypted", Severity::Warning);
/// `sns-not-public`: the topic policy allows access to everybody.
pub const SNS_NOT_PUBLIC: Code = Code::custom("sns-not-public", Severity::Error);
/// `sns-tls`: no topic policy denies publishing without TLS.
pub const SNS_TLS: Code = Code::custom("sns-tls", Severity::Warning);
/// `sns-subscription-tls`: messages are delivered by plain HTTP.
pub const SNS_SUBSCRIPTION_TLS: Code = Code::custom("sns-subscription-tls", Severity::Warning);
/// `kinesis-encrypted`: records of the stream are not encrypted.
pub const KINESIS_ENCRYPTED: Code = Code::custom("kinesis-encrypted", Severity::Warning);
/// `kinesis-retention`: records are kept for less than 168 hours.
pub const KINESIS_RETENTION: Code = Code::custom("kinesis-retention", Severity::Warning);
/// `firehose-encrypted`: records of the delivery stream are not encrypted.
pub const FIREHOSE_ENCRYPTED: Code = Code::custom("firehose-encrypted", Severity::Warning);
/// `eventbridge-bus-policy`: the event bus has no policy of its own.
pub const EVENTBRIDGE_BUS_POLICY: Code = Code::custom("eventbridge-bus-policy", Severity::Warning);
/// `mq-not-public`: the broker has a public address.
pub const MQ_NOT_PUBLIC: Code = Code::custom("mq-not-public", Severity::Error);
/// `mq-audit`: the broker writes no audit log.
pub const MQ_AUDIT: Code = Code::custom("mq-audit", Severity::Warning);
/// `mq-minor-upgrades`: minor versions are not upgraded automatically.
pub const MQ_MINOR_UPGRADES: Code = Code::custom("mq-minor-upgrades", Severity::Warning);
/// `msk-tls`: brokers talk to each other without TLS.
pub const MSK_TLS: Code = Code::custom("msk-tls", Severity::Warning);
/// `msk-client-tls`: clients may talk to brokers without TLS.
pub const MSK_CLIENT_TLS: Code = Code::custom("msk-client-tls", Severity::Warning);
/// `msk-connect-tls`: the connector talks to the cluster without TLS.
pub const MSK_CONNECT_TLS: Code = Code::custom("msk-connect-tls", Severity::Warning);
/// `sg-no-high-risk-ports`: a port with high risk is open to the whole internet.
pub const SG_NO_HIGH_RISK_PORTS: Code = Code::custom("sg-no-high-risk-ports", Severity::Error);
/// `sg-authorized-ports`: a port other than 80 and 443 is open to the whole internet.
pub const SG_AUTHORIZED_PORTS: Code = Code::custom("sg-authorized-ports", Severity::Error);
/// `sg-no-remote-administration-v4`: SSH or RDP is open to every IPv4 address.
pub const SG_NO_REMOTE_ADMINISTRATION_V4: Code =
    Code::custom("sg-no-remote-administration-v4", Severity::Error);
/// `sg-no-remote-administration-v6`: SSH or RDP is open to every IPv6 address.
pub const SG_NO_REMOTE_ADMINISTRATION_V6: Code =
    Code::custom("sg-no-remote-administration-v6", Severity::Error);
/// `sg-default-closed`: a rule is added to the default security group of a VPC.
pub const SG_DEFAULT_CLOSED: Code = Code::custom("sg-default-closed", Severity::Error);
/// `acl-no-remote-administration`: the network ACL allows SSH or RDP from the whole internet.
pub const ACL_NO_REMOTE_ADMINISTRATION: Code =
    Code::custom("acl-no-remote-administration", Severity::Warning);
/// `subnet-no-public-addresses`: instances in the subnet get public addresses.
pub const SUBNET_NO_PUBLIC_ADDRESSES: Code =
    Code::custom("subnet-no-public-addresses", Severity::Warning);
/// `vpc-flow-logs`: traffic of the VPC is not logged.
pub const VPC_FLOW_LOGS: Code = Code::custom("vpc-flow-logs", Severity::Warning);
/// `vpc-endpoint-ec2`: the VPC has no interface endpoint for EC2.
pub const VPC_ENDPOINT_EC2: Code = Code::custom("vpc-endpoint-ec2", Severity::Warning);
/// `vpc-endpoint-ecr-api`: the VPC has no interface endpoint for the API of ECR.
pub const VPC_ENDPOINT_ECR_API: Code = Code::custom("vpc-endpoint-ecr-api", Severity::Warning);
/// `vpc-endpoint-ecr-docker`: the VPC has no interface endpoint for the registry of ECR.
pub const VPC_ENDPOINT_ECR_DOCKER: Code =
    Code::custom("vpc-endpoint-ecr-docker", Severity::Warning);
/// `vpc-endpoint-ssm`: the VPC has no interface endpoint for Systems Manager.
pub const VPC_ENDPOINT_SSM: Code = Code::custom("vpc-endpoint-ssm", Severity::Warning);
/// `vpc-endpoint-ssm-contacts`: the VPC has no interface endpoint for contacts of Incident Manager.
pub const VPC_ENDPOINT_SSM_CONTACTS: Code =
    Code::custom("vpc-endpoint-ssm-contacts", Severity::Warning);
/// `vpc-endpoint-ssm-incidents`: the VPC has no interface endpoint for Incident Manager.
pub const VPC_ENDPOINT_SSM_INCIDENTS: Code =
    Code::custom("vpc-endpoint-ssm-incidents", Severity::Warning);
/// `vpc-endpoint-policy`: the policy of the endpoint allows everybody every action.
pub const VPC_ENDPOINT_POLICY: Code = Code::custom("vpc-endpoint-policy", Severity::Warning);
/// `transit-gateway-attachments`: the transit gateway accepts attachments of other accounts.
pub const TRANSIT_GATEWAY_ATTACHMENTS: Code =
    Code::custom("transit-gateway-attachments", Severity::Error);
/// `client-vpn-logs`: connections of clients are not logged.
pub const CLIENT_VPN_LOGS: Code = Code::custom("client-vpn-logs", Severity::Warning);
/// `vpn-logs`: a tunnel of the VPN is not logged.
pub const VPN_LOGS: Code = Code::custom("vpn-logs", Severity::Warning);
/// `vpc-block-public-access`: traffic of internet gateways is not blocked.
pub const VPC_BLOCK_PUBLIC_ACCESS: Code =
    Code::custom("vpc-block-public-access", Severity::Warning);
/// `alb-redirects-http`: the listener answers plain HTTP.
pub const ALB_REDIRECTS_HTTP: Code = Code::custom("alb-redirects-http", Severity::Warning);
/// `alb-invalid-headers`: invalid HTTP headers reach the targets.
pub const ALB_INVALID_HEADERS: Code = Code::custom("alb-invalid-headers", Severity::Warning);
/// `alb-logs`: requests to the load balancer are not logged.
pub const ALB_LOGS: Code = Code::custom("alb-logs", Severity::Warning);
/// `lb-deletion-protection`: the load balancer can be deleted by one call.
pub const LB_DELETION_PROTECTION: Code = Code::custom("lb-deletion-protection", Severity::Warning);
/// `alb-desync`: requests that smuggle others are forwarded.
pub const ALB_DESYNC: Code = Code::custom("alb-desync", Severity::Warning);
/// `lb-zones`: the load balancer is in one zone only.
pub const LB_ZONES: Code = Code::custom("lb-zones", Severity::Warning);
/// `lb-tls-policy`: the listener accepts outdated versions or ciphers of TLS.
pub const LB_TLS_POLICY: Code = Code::custom("lb-tls-policy", Severity::Warning);
/// `nlb-tls`: the listener forwards TCP without TLS.
pub const NLB_TLS: Code = Code::custom("nlb-tls", Severity::Warning);
/// `target-group-health`: targets of the group are not checked over HTTP or HTTPS.
pub const TARGET_GROUP_HEALTH: Code = Code::custom("target-group-health", Severity::Warning);
/// `classic-lb-certificate`: a listener with TLS has a certificate of another origin than ACM.
pub const CLASSIC_LB_CERTIFICATE: Code = Code::custom("classic-lb-certificate", Severity::Warning);
/// `classic-lb-tls`: a listener accepts connections without TLS.
pub const CLASSIC_LB_TLS: Code = Code::custom("classic-lb-tls", Severity::Warning);
/// `classic-lb-tls-policy`: a listener accepts outdated versions or ciphers of TLS.
pub const CLASSIC_LB_TLS_POLICY: Code = Code::custom("classic-lb-tls-policy", Severity::Warning);
/// `classic-lb-logs`: requests to the load balancer are not logged.
pub const CLASSIC_LB_LOGS: Code = Code::custom("classic-lb-logs", Severity::Warning);
/// `classic-lb-draining`: requests are cut when an instance is removed.
pub const CLASSIC_LB_DRAINING: Code = Code::custom("classic-lb-draining", Severity::Warning);
/// `classic-lb-cross-zone`: traffic is not balanced across zones.
pub const CLASSIC_LB_CROSS_ZONE: Code = Code::custom("classic-lb-cross-zone", Severity::Warning);
/// `classic-lb-zones`: the load balancer is in one zone only.
pub const CLASSIC_LB_ZONES: Code = Code::custom("classic-lb-zones", Severity::Warning);
/// `cloudfront-root-object`: the distribution has no root object.
pub const CLOUDFRONT_ROOT_OBJECT: Code = Code::custom("cloudfront-root-object", Severity::Error);
/// `cloudfront-tls`: a cache behaviour accepts plain HTTP.
pub const CLOUDFRONT_TLS: Code = Code::custom("cloudfront-tls", Severity::Warning);
/// `cloudfront-failover`: the distribution has no second origin to fail over to.
pub const CLOUDFRONT_FAILOVER: Code = Code::custom("cloudfront-failover", Severity::Warning);
/// `cloudfront-logs`: requests to the distribution are not logged.
pub const CLOUDFRONT_LOGS: Code = Code::custom("cloudfront-logs", Severity::Warning);
/// `cloudfront-waf`: no web ACL protects the distribution.
pub const CLOUDFRONT_WAF: Code = Code::custom("cloudfront-waf", Severity::Warning);
/// `cloudfront-certificate`: the distribution uses CloudFront's own certificate.
pub const CLOUDFRONT_CERTIFICATE: Code = Code::custom("cloudfront-certificate", Severity::Warning);
/// `cloudfront-sni`: the distribution serves TLS with dedicated addresses.
pub const CLOUDFRONT_SNI: Code = Code::custom("cloudfront-sni", Severity::Warning);
/// `cloudfront-viewer-tls`: the distribution accepts outdated versions of TLS.
pub const CLOUDFRONT_VIEWER_TLS: Code = Code::custom("cloudfront-viewer-tls", Severity::Warning);
/// `cloudfront-origin-tls`: requests to an origin are not encrypted.
pub const CLOUDFRONT_ORIGIN_TLS: Code = Code::custom("cloudfront-origin-tls", Severity::Warning);
/// `cloudfront-origin-versions`: an origin may be reached with SSL 3 or an early TLS.
pub const CLOUDFRONT_ORIGIN_VERSIONS: Code =
    Code::custom("cloudfront-origin-versions", Severity::Warning);
/// `cloudfront-origin-access`: an origin in S3 has no origin access control.
pub const CLOUDFRONT_ORIGIN_ACCESS: Code =
    Code::custom("cloudfront-origin-access", Severity::Warning);
/// `route53-query-logs`: queries of the public hosted zone are not logged.
pub const ROUTE53_QUERY_LOGS: Code = Code::custom("route53-query-logs", Severity::Warning);
/// `waf-has-rules`: the web ACL has no rules.
pub const WAF_HAS_RULES: Code = Code::custom("waf-has-rules", Severity::Warning);
/// `waf-metrics`: a rule of the web ACL has no metrics.
pub const WAF_METRICS: Code = Code::custom("waf-metrics", Severity::Warning);
/// `waf-group-metrics`: a rule of the group has no metrics.
pub const WAF_GROUP_METRICS: Code = Code::custom("waf-group-metrics", Severity::Warning);
/// `waf-logs`: requests that the web ACL checks are not logged.
pub const WAF_LOGS: Code = Code::custom("waf-logs", Severity::Warning);
/// `firewall-rule-groups`: the firewall policy has no rule groups.
pub const FIREWALL_RULE_GROUPS: Code = Code::custom("firewall-rule-groups", Severity::Warning);
/// `firewall-full-packets`: full packets pass by default.
pub const FIREWALL_FULL_PACKETS: Code = Code::custom("firewall-full-packets", Severity::Warning);
/// `firewall-fragments`: fragmented packets pass by default.
pub const FIREWALL_FRAGMENTS: Code = Code::custom("firewall-fragments", Severity::Warning);
/// `firewall-rules`: the stateless rule group is empty.
pub const FIREWALL_RULES: Code = Code::custom("firewall-rules", Severity::Warning);
/// `firewall-deletion-protection`: the firewall can be deleted by one call.
pub const FIREWALL_DELETION_PROTECTION: Code =
    Code::custom("firewall-deletion-protection", Severity::Warning);
/// `firewall-subnet-protection`: subnets of the firewall can be changed by one call.
pub const FIREWALL_SUBNET_PROTECTION: Code =
    Code::custom("firewall-subnet-protection", Severity::Warning);
/// `firewall-logs`: traffic of the firewall is not logged.
pub const FIREWALL_LOGS: Code = Code::custom("firewall-logs", Severity::Warning);
/// `es-encrypted`: data of the domain is not encrypted at rest.
pub const ES_ENCRYPTED: Code = Code::custom("es-encrypted", Severity::Warning);
/// `es-in-vpc`: the domain is public.
pub const ES_IN_VPC: Code = Code::custom("es-in-vpc", Severity::Error);
/// `es-node-tls`: nodes talk to each other without TLS.
pub const ES_NODE_TLS: Code = Code::custom("es-node-tls", Severity::Warning);
/// `es-error-logs`: errors of the domain are not logged.
pub const ES_ERROR_LOGS: Code = Code::custom("es-error-logs", Severity::Warning);
/// `es-audit`: the domain writes no audit log.
pub const ES_AUDIT: Code = Code::custom("es-audit", Severity::Warning);
/// `es-data-nodes`: the domain has fewer than three data nodes, or one zone.
pub const ES_DATA_NODES: Code = Code::custom("es-data-nodes", Severity::Warning);
/// `es-master-nodes`: the domain has fewer than three dedicated master nodes.
pub const ES_MASTER_NODES: Code = Code::custom("es-master-nodes", Severity::Warning);
/// `es-tls`: the domain accepts connections without a current TLS.
pub const ES_TLS: Code = Code::custom("es-tls", Severity::Warning);
/// `opensearch-encrypted`: data of the domain is not encrypted at rest.
pub const OPENSEARCH_ENCRYPTED: Code = Code::custom("opensearch-encrypted", Severity::Warning);
/// `opensearch-in-vpc`: the domain is public.
pub const OPENSEARCH_IN_VPC: Code = Code::custom("opensearch-in-vpc", Severity::Error);
/// `opensearch-node-tls`: nodes talk to each other without TLS.
pub const OPENSEARCH_NODE_TLS: Code = Code::custom("opensearch-node-tls", Severity::Warning);
/// `opensearch-error-logs`: errors of the domain are not logged.
pub const OPENSEARCH_ERROR_LOGS: Code = Code::custom("opensearch-error-logs", Severity::Warning);
/// `opensearch-audit`: the domain writes no audit log.
pub const OPENSEARCH_AUDIT: Code = Code::custom("opensearch-audit", Severity::Warning);
/// `opensearch-data-nodes`: the domain has fewer than three data nodes, or one zone.
pub const OPENSEARCH_DATA_NODES: Code = Code::custom("opensearch-data-nodes", Severity::Warning);
/// `opensearch-master-nodes`: the domain has fewer than three dedicated master nodes.
pub const OPENSEARCH_MASTER_NODES: Code =
    Code::custom("opensearch-master-nodes", Severity::Warning);
/// `opensearch-access-control`: access to fields and documents cannot be limited.
pub const OPENSEARCH_ACCESS_CONTROL: Code =
    Code::custom("opensearch-access-control", Severity::Error);
/// `opensearch-tls`: the domain accepts connections without a current TLS.
pub const OPENSEARCH_TLS: Code = Code::custom("opensearch-tls", Severity::Warning);
/// `s3-block-public-access`: the bucket does not block all public access.
pub const S3_BLOCK_PUBLIC_ACCESS: Code = Code::custom("s3-block-public-access", Severity::Error);
/// `s3-no-public-read`: an ACL lets everybody read the bucket.
pub const S3_NO_PUBLIC_READ: Code = Code::custom("s3-no-public-read", Severity::Error);
/// `s3-no-public-write`: an ACL lets everybody write to the bucket.
pub const S3_NO_PUBLIC_WRITE: Code = Code::custom("s3-no-public-write", Severity::Error);
/// `s3-no-acls`: access to the bucket is managed by ACLs.
pub const S3_NO_ACLS: Code = Code::custom("s3-no-acls", Severity::Warning);
/// `s3-tls`: no bucket policy denies access without TLS.
pub const S3_TLS: Code = Code::custom("s3-tls", Severity::Warning);
/// `s3-versioning`: the bucket keeps no old versions of objects.
pub const S3_VERSIONING: Code = Code::custom("s3-versioning", Severity::Warning);
/// `s3-lifecycle`: the bucket has no lifecycle configuration.
pub const S3_LIFECYCLE: Code = Code::custom("s3-lifecycle", Severity::Warning);
/// `s3-version-lifecycle`: old versions of objects are kept for ever.
pub const S3_VERSION_LIFECYCLE: Code = Code::custom("s3-version-lifecycle", Severity::Warning);
/// `s3-access-logs`: requests to the bucket are not logged.
pub const S3_ACCESS_LOGS: Code = Code::custom("s3-access-logs", Severity::Warning);
/// `s3-kms`: the bucket is not encrypted with a key of KMS.
pub const S3_KMS: Code = Code::custom("s3-kms", Severity::Warning);
/// `s3-events`: changes of objects are not announced.
pub const S3_EVENTS: Code = Code::custom("s3-events", Severity::Warning);
/// `s3-object-lock`: objects can be overwritten and deleted.
pub const S3_OBJECT_LOCK: Code = Code::custom("s3-object-lock", Severity::Warning);
/// `s3-policy-not-public`: the bucket policy allows access to everybody.
pub const S3_POLICY_NOT_PUBLIC: Code = Code::custom("s3-policy-not-public", Severity::Error);
/// `s3-policy-foreign-control`: the bucket policy lets another account change policies, ACLs or encryption.
pub const S3_POLICY_FOREIGN_CONTROL: Code =
    Code::custom("s3-policy-foreign-control", Severity::Error);
/// `s3-access-point-public`: the access point does not block all public access.
pub const S3_ACCESS_POINT_PUBLIC: Code = Code::custom("s3-access-point-public", Severity::Error);
/// `s3-multi-region-public`: the multi-Region access point does not block all public access.
pub const S3_MULTI_REGION_PUBLIC: Code = Code::custom("s3-multi-region-public", Severity::Error);
/// `ebs-encrypted`: the volume is not encrypted.
pub const EBS_ENCRYPTED: Code = Code::custom("ebs-encrypted", Severity::Warning);
/// `ebs-launch-template-encrypted`: a volume of the launch template is not encrypted.
pub const EBS_LAUNCH_TEMPLATE_ENCRYPTED: Code =
    Code::custom("ebs-launch-template-encrypted", Severity::Warning);
/// `ebs-instance-encrypted`: a volume of the instance is not encrypted.
pub const EBS_INSTANCE_ENCRYPTED: Code = Code::custom("ebs-instance-encrypted", Severity::Warning);
/// `efs-encrypted`: the file system is not encrypted.
pub const EFS_ENCRYPTED: Code = Code::custom("efs-encrypted", Severity::Warning);
/// `efs-backups`: the file system has no automatic backups.
pub const EFS_BACKUPS: Code = Code::custom("efs-backups", Severity::Warning);
/// `efs-private-subnets`: the mount target is in a public subnet.
pub const EFS_PRIVATE_SUBNETS: Code = Code::custom("efs-private-subnets", Severity::Warning);
/// `efs-root-directory`: the access point shows the root of the file system.
pub const EFS_ROOT_DIRECTORY: Code = Code::custom("efs-root-directory", Severity::Warning);
/// `efs-user`: the access point does not enforce a user.
pub const EFS_USER: Code = Code::custom("efs-user", Severity::Warning);
/// `fsx-openzfs-tags`: backups and volumes of the file system get no tags.
pub const FSX_OPENZFS_TAGS: Code = Code::custom("fsx-openzfs-tags", Severity::Warning);
/// `fsx-lustre-tags`: backups of the file system get no tags.
pub const FSX_LUSTRE_TAGS: Code = Code::custom("fsx-lustre-tags", Severity::Warning);
/// `backup-vault-encrypted`: the vault is not encrypted with a customer managed key.
pub const BACKUP_VAULT_ENCRYPTED: Code = Code::custom("backup-vault-encrypted", Severity::Warning);
/// `backup-plan-retention`: a rule of the backup plan keeps recovery points for ever.
pub const BACKUP_PLAN_RETENTION: Code = Code::custom("backup-plan-retention", Severity::Warning);
/// `ecr-scan`: images are not scanned when they are pushed.
pub const ECR_SCAN: Code = Code::custom("ecr-scan", Severity::Error);
/// `ecr-immutable-tags`: tags of images can be moved.
pub const ECR_IMMUTABLE_TAGS: Code = Code::custom("ecr-immutable-tags", Severity::Warning);
/// `ecr-lifecycle`: images are kept for ever.
pub const ECR_LIFECYCLE: Code = Code::custom("ecr-lifecycle", Severity::Warning);
/// `ecr-kms`: images are not encrypted with a key of KMS.
pub const ECR_KMS: Code = Code::custom("ecr-kms", Severity::Warning);
/// `ecr-policy-not-public`: the repository policy allows access to everybody.
pub const ECR_POLICY_NOT_PUBLIC: Code = Code::custom("ecr-policy-not-public", Severity::Error);
