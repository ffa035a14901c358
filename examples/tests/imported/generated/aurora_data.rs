//! The stack `Data`: 13 resources, converted by `import-template` from
//! `Data.template.json`.
//!
//! Crates: `infra-lib` (features `backup`, `ec2`, `iam`, `logs`, `rds`), `serde_json`.

use infra_lib::cfn::{
    backup::{self, backup_plan, backup_selection, backup_vault},
    ec2::{self, security_group},
    rds::{self, db_cluster},
};
use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::logs::LogGroup;
use infra_lib::{App, Output, RemovalPolicy, Stack, Value, pseudo, sub, value};
use serde_json::json;

/// Adds the stack to the app.
pub fn data(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "Data");

    // Resources
    let cluster_security_group0921994_b = ec2::CfnSecurityGroupProps::new("database Data/Cluster")
        .vpc_id(raw(json!({
            "Fn::GetStackOutput": {
                "StackName": "Network",
                "Region": { "Ref": "AWS::Region" },
                "OutputName": "PublishOutputRefVpc8378EB385002A76F"
            }
        })))
        .security_group_egress([security_group::Egress::new("icmp")
            .cidr_ip("255.255.255.255/32")
            .description("Disallow all traffic")
            .from_port(252)
            .to_port(86)])
        .build(stack, "ClusterSecurityGroup0921994B");

    let cluster_subnets_dcfa5_cb7 = rds::CfnDbSubnetGroupProps::new(
        "subnets of Data/Cluster",
        [
            raw(json!({
                "Fn::GetStackOutput": {
                    "StackName": "Network",
                    "Region": { "Ref": "AWS::Region" },
                    "OutputName": "PublishOutputRefVpcIsolatedSubnet1SubnetE48C57370776373F"
                }
            })),
            raw(json!({
                "Fn::GetStackOutput": {
                    "StackName": "Network",
                    "Region": { "Ref": "AWS::Region" },
                    "OutputName": "PublishOutputRefVpcIsolatedSubnet2Subnet16364B913FABD1A1"
                }
            })),
        ],
    )
    .build(stack, "ClusterSubnetsDCFA5CB7");

    let cluster_parameter_group879806_fd =
        rds::CfnDbClusterParameterGroupProps::new(rds::CfnDbClusterParameterGroupRequired {
            description: value("settings of Data/Cluster"),
            family: value("aurora-postgresql17"),
            parameters: value(json!({ "rds.force_ssl": "1" })),
        })
        .build(stack, "ClusterParameterGroup879806FD");

    let cluster_log_grouppostgresql5_dca5_dc2 = LogGroup::builder()
        .log_group_name("/aws/rds/cluster/data-clustereb0386a7/postgresql")
        .removal_policy(RemovalPolicy::RetainExceptOnCreate)
        .build(stack, "ClusterLogGrouppostgresql5DCA5DC2");
    cluster_log_grouppostgresql5_dca5_dc2
        .cfn()
        .override_logical_id("ClusterLogGrouppostgresql5DCA5DC2");

    let cluster_eb0386_a7 = rds::CfnDbClusterProps::new()
        .engine("aurora-postgresql")
        .engine_version("17.9")
        .engine_lifecycle_support("open-source-rds-extended-support-disabled")
        .storage_encrypted(true)
        .backup_retention_period(7)
        .preferred_backup_window("01:00-02:00")
        .preferred_maintenance_window("sun:02:30-sun:03:30")
        .copy_tags_to_snapshot(true)
        .delete_automated_backups(false)
        .deletion_protection(true)
        .enable_iam_database_authentication(false)
        .enable_http_endpoint(true)
        .enable_cloudwatch_logs_exports(["postgresql"])
        .serverless_v2_scaling_configuration(
            db_cluster::ServerlessV2ScalingConfiguration::new()
                .min_capacity(0.5)
                .max_capacity(8.0),
        )
        .master_username("dbadmin")
        .database_name("shop")
        .performance_insights_enabled(true)
        .database_insights_mode(db_cluster::DatabaseInsightsMode::STANDARD)
        .performance_insights_retention_period(7)
        .db_cluster_identifier("data-clustereb0386a7")
        .db_subnet_group_name(cluster_subnets_dcfa5_cb7.ref_())
        .db_cluster_parameter_group_name(cluster_parameter_group879806_fd.ref_())
        .vpc_security_group_ids([cluster_security_group0921994_b.attr_group_id()])
        .port(5432)
        .manage_master_user_password(true)
        .build(stack, "ClusterEB0386A7");
    cluster_eb0386_a7.depends_on(cluster_log_grouppostgresql5_dca5_dc2.cfn());
    cluster_eb0386_a7.apply_removal_policy(RemovalPolicy::Snapshot);

    let cluster_monitoring_role2_be39429 = Role::builder()
        .assumed_by(
            Principal::service("monitoring.rds.amazonaws.com").condition(
                "StringEquals",
                "aws:SourceAccount",
                pseudo::account_id(),
            ),
        )
        .managed_policy(
            sub![
                "arn:",
                pseudo::partition(),
                ":iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
            ]
            .cast(),
        )
        .build(stack, "ClusterMonitoringRole2BE39429");
    cluster_monitoring_role2_be39429
        .cfn()
        .override_logical_id("ClusterMonitoringRole2BE39429");

    let cluster_writer_a91_bb273 = rds::CfnDbInstanceProps::new()
        .db_cluster_identifier(cluster_eb0386_a7.ref_())
        .engine("aurora-postgresql")
        .db_instance_class("db.serverless")
        .promotion_tier(0)
        .publicly_accessible(false)
        .ca_certificate_identifier("rds-ca-rsa2048-g1")
        .preferred_maintenance_window("sun:02:30-sun:03:30")
        .auto_minor_version_upgrade(true)
        .monitoring_interval(60)
        .monitoring_role_arn(cluster_monitoring_role2_be39429.arn())
        .enable_performance_insights(true)
        .performance_insights_retention_period(7)
        .build(stack, "ClusterWriterA91BB273");
    cluster_writer_a91_bb273.apply_removal_policy(RemovalPolicy::Destroy);

    let cluster_reader_a09_a3718 = rds::CfnDbInstanceProps::new()
        .db_cluster_identifier(cluster_eb0386_a7.ref_())
        .engine("aurora-postgresql")
        .db_instance_class("db.serverless")
        .promotion_tier(1)
        .publicly_accessible(false)
        .ca_certificate_identifier("rds-ca-rsa2048-g1")
        .preferred_maintenance_window("sun:02:30-sun:03:30")
        .auto_minor_version_upgrade(true)
        .monitoring_interval(60)
        .monitoring_role_arn(cluster_monitoring_role2_be39429.arn())
        .enable_performance_insights(true)
        .performance_insights_retention_period(7)
        .build(stack, "ClusterReaderA09A3718");
    cluster_reader_a09_a3718.depends_on(cluster_writer_a91_bb273);
    cluster_reader_a09_a3718.apply_removal_policy(RemovalPolicy::Destroy);

    Role::builder()
        .assumed_by(Principal::service("lambda.amazonaws.com"))
        .statement(
            Statement::allow()
                .actions([
                    "rds-data:BatchExecuteStatement",
                    "rds-data:BeginTransaction",
                    "rds-data:CommitTransaction",
                    "rds-data:ExecuteStatement",
                    "rds-data:RollbackTransaction",
                ])
                .resource(cluster_eb0386_a7.attr_db_cluster_arn()),
        )
        .statement(
            Statement::allow()
                .action("secretsmanager:GetSecretValue")
                .resource(cluster_eb0386_a7.attr_master_user_secret_secret_arn()),
        )
        .build(stack, "Reports");

    let vault23237_e5_b = backup::CfnBackupVaultProps::new("Data-Vault23237E5B")
        .access_policy(json!({
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Deny",
                    "Principal": { "AWS": "*" },
                    "Action": ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"],
                    "Resource": "*"
                }
            ]
        }))
        .lock_configuration(backup_vault::LockConfigurationType::new(7))
        .build(stack, "Vault23237E5B");
    vault23237_e5_b.apply_removal_policy(RemovalPolicy::RetainExceptOnCreate);

    let plan_daf4_e53_a =
        backup::CfnBackupPlanProps::new(backup_plan::BackupPlanResourceType::new(
            "Data-PlanDAF4E53A",
            [
                backup_plan::BackupRuleResourceType::new("Daily", vault23237_e5_b.ref_())
                    .schedule_expression("cron(0 5 * * ? *)")
                    .lifecycle(backup_plan::LifecycleResourceType::new().delete_after_days(35.0)),
                backup_plan::BackupRuleResourceType::new("Monthly", vault23237_e5_b.ref_())
                    .schedule_expression("cron(0 5 1 * ? *)")
                    .lifecycle(backup_plan::LifecycleResourceType::new().delete_after_days(365.0)),
            ],
        ))
        .build(stack, "PlanDAF4E53A");

    let plan_cluster_role3768_c2_b8 = Role::builder()
        .assumed_by(Principal::service("backup.amazonaws.com"))
        .managed_policy(
            sub![
                "arn:",
                pseudo::partition(),
                ":iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
            ]
            .cast(),
        )
        .build(stack, "PlanClusterRole3768C2B8");
    plan_cluster_role3768_c2_b8
        .cfn()
        .override_logical_id("PlanClusterRole3768C2B8");

    backup::CfnBackupSelectionProps::new(
        plan_daf4_e53_a.ref_(),
        backup_selection::BackupSelectionResourceType::new(
            plan_cluster_role3768_c2_b8.arn(),
            "Cluster",
        )
        .resources([cluster_eb0386_a7.attr_db_cluster_arn()]),
    )
    .build(stack, "PlanCluster6B93D391");

    // Outputs
    Output::new(stack, "Writer", cluster_eb0386_a7.attr_endpoint_address())
        .description("Address of the writer");
    Output::new(
        stack,
        "Readers",
        cluster_eb0386_a7.attr_read_endpoint_address(),
    )
    .description("Address of the readers");

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
