//! The stack `Data`: 13 resources, converted by `import-template` from
//! `Data.template.json`.
//!
//! Crates: `infra-lib` (features `cloudwatch`, `ec2`, `iam`, `kms`, `logs`, `rds`, `sns`), `serde_json`.

use infra_lib::cfn::{
    ec2::{self, security_group},
    rds::{self, db_instance},
    sns,
};
use infra_lib::cloudwatch::{Alarm, Comparison, Metric, Statistic, TreatMissingData};
use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::kms::Key;
use infra_lib::logs::LogGroup;
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::{App, Output, RemovalPolicy, Stack, Value, pseudo, sub};
use serde_json::json;

/// Adds the stack to the app.
pub fn data(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "Data");

    // Resources
    let database_security_group5_c91_fdcb =
        ec2::CfnSecurityGroupProps::new("database Data/Database")
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
            .build(stack, "DatabaseSecurityGroup5C91FDCB");

    let database_subnet_group7_d60_f180 = rds::CfnDbSubnetGroupProps::new(
        "subnets of Data/Database",
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
    .build(stack, "DatabaseSubnetGroup7D60F180");

    let database_parameter_group2_a921026 =
        rds::CfnDbParameterGroupProps::new("settings of Data/Database", "postgres17")
            .parameters(json!({ "rds.force_ssl": "1" }))
            .build(stack, "DatabaseParameterGroup2A921026");

    let database_log_grouppostgresql_ea502_a2_e = LogGroup::builder()
        .log_group_name("/aws/rds/instance/data-databaseb269d8bb/postgresql")
        .removal_policy(RemovalPolicy::RetainExceptOnCreate)
        .build(stack, "DatabaseLogGrouppostgresqlEA502A2E");
    database_log_grouppostgresql_ea502_a2_e
        .cfn()
        .override_logical_id("DatabaseLogGrouppostgresqlEA502A2E");

    let database_log_groupupgrade_a3_adfde1 = LogGroup::builder()
        .log_group_name("/aws/rds/instance/data-databaseb269d8bb/upgrade")
        .removal_policy(RemovalPolicy::RetainExceptOnCreate)
        .build(stack, "DatabaseLogGroupupgradeA3ADFDE1");
    database_log_groupupgrade_a3_adfde1
        .cfn()
        .override_logical_id("DatabaseLogGroupupgradeA3ADFDE1");

    let database_monitoring_role576991_da = Role::builder()
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
        .build(stack, "DatabaseMonitoringRole576991DA");
    database_monitoring_role576991_da
        .cfn()
        .override_logical_id("DatabaseMonitoringRole576991DA");

    let database_b269_d8_bb = rds::CfnDbInstanceProps::new()
        .engine("postgres")
        .engine_version("17.11")
        .engine_lifecycle_support("open-source-rds-extended-support-disabled")
        .db_instance_class("db.t4g.micro")
        .db_name("shop")
        .port("5432")
        .multi_az(true)
        .publicly_accessible(false)
        .storage_type("gp3")
        .storage_encrypted(true)
        .allocated_storage("20")
        .ca_certificate_identifier("rds-ca-rsa2048-g1")
        .backup_retention_period(7)
        .preferred_backup_window("01:00-02:00")
        .preferred_maintenance_window("sun:02:30-sun:03:30")
        .copy_tags_to_snapshot(true)
        .delete_automated_backups(false)
        .deletion_protection(true)
        .auto_minor_version_upgrade(true)
        .enable_iam_database_authentication(false)
        .enable_cloudwatch_logs_exports(["postgresql", "upgrade"])
        .max_allocated_storage(100)
        .db_instance_identifier("data-databaseb269d8bb")
        .db_subnet_group_name(database_subnet_group7_d60_f180.ref_())
        .db_parameter_group_name(database_parameter_group2_a921026.ref_())
        .vpc_security_groups([database_security_group5_c91_fdcb.attr_group_id()])
        .enable_performance_insights(true)
        .database_insights_mode(db_instance::DatabaseInsightsMode::STANDARD)
        .performance_insights_retention_period(7)
        .monitoring_interval(60)
        .monitoring_role_arn(database_monitoring_role576991_da.arn())
        .master_username("dbadmin")
        .manage_master_user_password(true)
        .build(stack, "DatabaseB269D8BB");
    database_b269_d8_bb.depends_on(database_log_grouppostgresql_ea502_a2_e.cfn());
    database_b269_d8_bb.depends_on(database_log_groupupgrade_a3_adfde1.cfn());
    database_b269_d8_bb.apply_removal_policy(RemovalPolicy::Snapshot);

    let key = Key::builder().build(stack, "Key");
    key.add_statement(
        Statement::allow()
            .principal(Principal::service("cloudwatch.amazonaws.com"))
            .actions(["kms:Decrypt", "kms:GenerateDataKey*"])
            .resource("*")
            .condition("StringEquals", "aws:SourceAccount", pseudo::account_id()),
    );

    let alarms = Topic::builder()
        .encryption(TopicEncryption::key(key))
        .build(stack, "Alarms");

    alarms.add_statement(
        Statement::allow()
            .principal(Principal::service("cloudwatch.amazonaws.com"))
            .action("sns:Publish")
            .resource(alarms.arn())
            .condition("StringEquals", "aws:SourceAccount", pseudo::account_id()),
    );

    sns::CfnSubscriptionProps::new("email", alarms.arn())
        .endpoint("on-call@example.com")
        .build(stack, "AlarmsoncallexamplecomBDA54E6D");

    let cpu = Alarm::builder()
        .metric(
            Metric::new("AWS/RDS", "CPUUtilization")
                .dimension("DBInstanceIdentifier", database_b269_d8_bb.ref_()),
        )
        .comparison(Comparison::GreaterThanThreshold)
        .threshold(80.0)
        .evaluation_periods(3)
        .treat_missing_data(TreatMissingData::Breaching)
        .description("The database has been busy for 15 minutes")
        .build(stack, "Cpu");
    cpu.cfn()
        .modify(|props| props.alarm_actions([alarms.arn()]));

    let storage = Alarm::builder()
        .metric(
            Metric::new("AWS/RDS", "FreeStorageSpace")
                .dimension("DBInstanceIdentifier", database_b269_d8_bb.ref_())
                .statistic(Statistic::Minimum),
        )
        .comparison(Comparison::LessThanThreshold)
        .threshold(4294967296.0)
        .evaluation_periods(1)
        .treat_missing_data(TreatMissingData::Breaching)
        .description("Less than 4 GiB of storage left")
        .build(stack, "Storage");
    storage
        .cfn()
        .modify(|props| props.alarm_actions([alarms.arn()]));

    // Outputs
    Output::new(stack, "Host", database_b269_d8_bb.attr_endpoint_address())
        .description("Address of the database");

    stack
}

/// A value that the bindings have no type for, as the template has it.
fn raw<T>(json: serde_json::Value) -> Value<T> {
    Value::from_data(json.into())
}
