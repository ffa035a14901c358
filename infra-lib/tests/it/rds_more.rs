//! Tests of read replicas, restores, option groups and event subscriptions of `infra_lib::rds`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::MetricSource;
use infra_lib::ec2::{Connectable, SecurityGroup, Vpc};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::rds::{
    AuroraPostgresVersion, Availability, ClusterInstance, Credentials, DatabaseCluster,
    DatabaseInsights, DeletionProtection, EngineOption, EnhancedMonitoring, EventSourceKind,
    EventSubscription, IamAuthentication, InstanceClass, MaintenanceWindow, MariadbEngineVersion,
    MinorVersionUpgrades, MysqlEngineVersion, OptionGroup, PointInTime, PostgresEngineVersion,
    RdsInstance, RdsInstanceAttributes, RdsReadReplica, Storage, TimeOfDay, Weekday,
};
use infra_lib::sns::Topic;
use infra_lib::{Duration, RemovalPolicy, Size, Stack, cidr, database_name};
use serde_json::{Value as Json, json};

use crate::base::findings_of;

fn vpc(stack: Stack<'_>) -> Vpc<'_> {
    Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .build(stack, "Vpc")
}

/// A builder of a database in the VPC.
macro_rules! database {
    ($vpc:expr) => {
        RdsInstance::builder()
            .subnets($vpc.isolated())
            .version(PostgresEngineVersion::V17_11)
            .instance_class(InstanceClass::T4G_MICRO)
            .storage(Storage::gp3(Size::gib(20)))
            .availability(Availability::SingleAz)
            .database_name(database_name!("notes"))
    };
}

/// Returns the instance whose logical ID begins with `id`.
fn instance<'a>(template: &'a Template, id: &str) -> &'a Json {
    let instances = template.resources("AWS::RDS::DBInstance");
    instances
        .into_iter()
        .find(|(found, _)| found.starts_with(id))
        .unwrap()
        .1
}

#[test]
fn creates_read_replica_with_parameters_and_logs_of_source() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let database = database!(vpc).build(stack, "Database");
        RdsReadReplica::builder()
            .source(database)
            .subnets(vpc.isolated())
            .instance_class(InstanceClass::T4G_MICRO)
            .instance_identifier("reports".to_owned())
            .build(stack, "Reports");
    });
    let source = instance(&template, "Database");
    let replica = instance(&template, "Reports");
    let source_id = template.resources("AWS::RDS::DBInstance")[0].0;
    assert_eq!(replica["DeletionPolicy"], "Delete");
    let properties = &replica["Properties"];
    assert_eq!(
        properties["SourceDBInstanceIdentifier"],
        json!({ "Fn::Sub": format!("arn:${{AWS::Partition}}:rds:${{AWS::Region}}:${{AWS::AccountId}}:db:${{{source_id}}}") })
    );
    for same in [
        "DBParameterGroupName",
        "EnableCloudwatchLogsExports",
        "Port",
    ] {
        assert_eq!(properties[same], source["Properties"][same], "{same}");
    }
    for inherited in [
        "Engine",
        "StorageEncrypted",
        "MasterUsername",
        "AllocatedStorage",
    ] {
        assert_eq!(properties[inherited], Json::Null, "{inherited}");
    }
    template.has_properties(
        "AWS::RDS::DBInstance",
        json!({
            "DBInstanceIdentifier": "reports",
            "DBInstanceClass": "db.t4g.micro",
            "DBSubnetGroupName": { "Ref": Match::string_like("ReportsSubnetGroup*") },
            "VPCSecurityGroups": [{ "Fn::GetAtt": [Match::string_like("ReportsSecurityGroup*"), "GroupId"] }],
            "DeletionProtection": true,
            "MultiAZ": false,
            "PubliclyAccessible": false,
            "PreferredMaintenanceWindow": "sun:02:30-sun:03:30",
            "MonitoringInterval": 60,
            "EnablePerformanceInsights": true,
        }),
    );
    template.has_properties(
        "AWS::Logs::LogGroup",
        json!({ "LogGroupName": "/aws/rds/instance/reports/postgresql", "RetentionInDays": 90 }),
    );
}

#[test]
fn sets_options_of_read_replica_of_existing_database() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let key = Key::builder().build(stack, "Key");
        let source = RdsInstance::from_attributes(
            stack,
            "Database",
            RdsInstanceAttributes::builder()
                .instance_identifier("notes")
                .host("notes.example.com")
                .port(3_306)
                .build(),
        );
        let replica = RdsReadReplica::builder()
            .source(source)
            .subnets(vpc.isolated())
            .instance_class(InstanceClass::T4G_MICRO)
            .source_region("eu-central-1")
            .availability(Availability::MultiAz)
            .parameter_group_name("tls-only")
            .encryption_key(key)
            .maintenance_window(MaintenanceWindow::weekly(
                Weekday::Monday,
                TimeOfDay::utc(3, 0),
                Duration::hours(1),
            ))
            .deletion_protection(DeletionProtection::Disabled)
            .removal_policy(RemovalPolicy::Retain)
            .minor_version_upgrades(MinorVersionUpgrades::Manual)
            .iam_authentication(IamAuthentication::Enabled)
            .database_insights(DatabaseInsights::Off)
            .enhanced_monitoring(EnhancedMonitoring::Off)
            .build(stack, "Reports");
        let api = SecurityGroup::builder().vpc(vpc).build(stack, "Api");
        replica.allow_from(&api);
        let role = Role::builder()
            .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
            .build(stack, "Role");
        replica.grant_connect(&role, "reader");
        assert_eq!(replica.port().as_literal(), Some("3306"));
        assert!(replica.metrics().len() > 20);
    });
    template.has_resource(
        "AWS::RDS::DBInstance",
        json!({
            "DeletionPolicy": "Retain",
            "Properties": {
                "SourceDBInstanceIdentifier": { "Fn::Sub": Match::string_like("*:db:notes") },
                "SourceRegion": "eu-central-1",
                "MultiAZ": true,
                "DBParameterGroupName": "tls-only",
                "KmsKeyId": { "Fn::GetAtt": [Match::string_like("Key*"), "Arn"] },
                "PreferredMaintenanceWindow": "mon:03:00-mon:04:00",
                "DeletionProtection": false,
                "AutoMinorVersionUpgrade": false,
                "EnableIAMDatabaseAuthentication": true,
                "EnablePerformanceInsights": false,
                "EnableCloudwatchLogsExports": Match::absent(),
                "MonitoringInterval": Match::absent(),
            },
        }),
    );
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "FromPort": 3306 }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [{ "Action": "rds-db:connect" }] } }] }),
    );
}

#[test]
fn restores_instances() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        database!(vpc)
            .snapshot("before-migration")
            .build(stack, "Snapshot");
        database!(vpc)
            .point_in_time(PointInTime::at("notes", "2026-11-30T08:00:00Z"))
            .build(stack, "Time");
        database!(vpc)
            .point_in_time(PointInTime::latest("notes"))
            .build(stack, "Latest");
    });
    let properties = |id: &str| &instance(&template, id)["Properties"];
    let snapshot = properties("Snapshot");
    assert_eq!(snapshot["DBSnapshotIdentifier"], "before-migration");
    assert_eq!(snapshot["StorageEncrypted"], true);
    let time = properties("Time");
    assert_eq!(time["SourceDBInstanceIdentifier"], "notes");
    assert_eq!(time["RestoreTime"], "2026-11-30T08:00:00Z");
    assert_eq!(time["StorageEncrypted"], Json::Null);
    let latest = properties("Latest");
    assert_eq!(latest["UseLatestRestorableTime"], true);
    assert_eq!(latest["RestoreTime"], Json::Null);
    for restored in [snapshot, time, latest] {
        assert_eq!(restored["DBName"], Json::Null);
        assert_eq!(restored["MasterUsername"], Json::Null);
        assert_eq!(restored["ManageMasterUserPassword"], true);
    }
}

#[test]
fn restores_clusters() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let builder = || {
            DatabaseCluster::builder()
                .subnets(vpc.isolated())
                .engine(AuroraPostgresVersion::V17_9)
                .writer(ClusterInstance::serverless())
        };
        builder()
            .point_in_time(PointInTime::at("notes", "2026-11-30T08:00:00Z"))
            .build(stack, "Time");
        builder()
            .point_in_time(PointInTime::latest("notes"))
            .build(stack, "Latest");
    });
    let common = |more: (&str, Json)| {
        let mut properties = json!({
            "SourceDBClusterIdentifier": "notes",
            "MasterUsername": Match::absent(),
            "ManageMasterUserPassword": true,
        });
        properties[more.0] = more.1;
        properties
    };
    for more in [
        ("RestoreToTime", json!("2026-11-30T08:00:00Z")),
        ("UseLatestRestorableTime", json!(true)),
    ] {
        template.has_properties("AWS::RDS::DBCluster", common(more));
    }
}

#[test]
fn creates_option_group_for_database() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let audit = EngineOption::new("MARIADB_AUDIT_PLUGIN")
            .version("1.0")
            .setting("SERVER_AUDIT_EVENTS", "CONNECT");
        let options = OptionGroup::builder()
            .engine(MariadbEngineVersion::other("11.4.8"))
            .option(audit)
            .build(stack, "Options");
        OptionGroup::builder()
            .engine(MysqlEngineVersion::other("8.4.7"))
            .description("cache of queries")
            .option_group_name("memcached")
            .option(EngineOption::new("MEMCACHED"))
            .build(stack, "Other");
        RdsInstance::builder()
            .subnets(vpc.isolated())
            .version(MariadbEngineVersion::other("11.4.8"))
            .instance_class(InstanceClass::T4G_MICRO)
            .storage(Storage::gp3(Size::gib(20)))
            .availability(Availability::SingleAz)
            .database_name(database_name!("notes"))
            .option_group(options)
            .build(stack, "Database");
    });
    let groups: Vec<&Json> = template
        .resources("AWS::RDS::OptionGroup")
        .iter()
        .map(|(_, group)| &group["Properties"])
        .collect();
    assert_eq!(
        groups,
        [
            &json!({
                "EngineName": "mariadb",
                "MajorEngineVersion": "11.4",
                "OptionConfigurations": [{
                    "OptionName": "MARIADB_AUDIT_PLUGIN",
                    "OptionVersion": "1.0",
                    "OptionSettings": [{ "Name": "SERVER_AUDIT_EVENTS", "Value": "CONNECT" }],
                }],
                "OptionGroupDescription": "options of mariadb 11.4",
            }),
            &json!({
                "EngineName": "mysql",
                "MajorEngineVersion": "8.4",
                "OptionConfigurations": [{ "OptionName": "MEMCACHED" }],
                "OptionGroupDescription": "cache of queries",
                "OptionGroupName": "memcached",
            }),
        ]
    );
    template.has_properties(
        "AWS::RDS::DBInstance",
        json!({ "OptionGroupName": { "Ref": Match::string_like("Options*") } }),
    );
}

#[test]
fn subscribes_topic_to_events() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let database = database!(vpc).build(stack, "Database");
        let topic = Topic::builder().build(stack, "Topic");
        EventSubscription::builder()
            .topic(topic)
            .source(&database)
            .category("failover")
            .category("failure")
            .subscription_name("failovers")
            .build(stack, "Failovers");
        EventSubscription::builder()
            .topic(topic)
            .source_kind(EventSourceKind::Snapshot)
            .build(stack, "Snapshots");
        EventSubscription::builder()
            .topic(topic)
            .source_kind(EventSourceKind::Proxy)
            .build(stack, "Proxies");
    });
    template.has_properties(
        "AWS::RDS::EventSubscription",
        json!({
            "EventCategories": ["failover", "failure"],
            "SnsTopicArn": { "Ref": Match::string_like("Topic*") },
            "SourceIds": [{ "Ref": Match::string_like("Database*") }],
            "SourceType": "db-instance",
            "SubscriptionName": "failovers",
        }),
    );
    for kind in ["db-snapshot", "db-proxy"] {
        template.has_properties("AWS::RDS::EventSubscription", json!({ "SourceType": kind }));
    }
    let policy = template.only("AWS::SNS::TopicPolicy").to_string();
    assert!(policy.contains("events.rds.amazonaws.com"), "{policy}");
}

#[test]
fn reports_what_rds_rejects() {
    insta::assert_snapshot!(findings_of(|stack| {
        let vpc = vpc(stack);
        let database = database!(vpc).build(stack, "Database");
        RdsReadReplica::builder()
            .source(database)
            .subnets(vpc.isolated())
            .instance_class(InstanceClass::T4G_MICRO)
            .removal_policy(RemovalPolicy::Snapshot)
            .build(stack, "Reports");
        let cluster = DatabaseCluster::builder()
            .subnets(vpc.isolated())
            .engine(AuroraPostgresVersion::V17_9)
            .writer(ClusterInstance::serverless())
            .snapshot("before-migration")
            .point_in_time(PointInTime::at("notes", "yesterday"))
            .build(stack, "Cluster");
        database!(vpc)
            .snapshot("before-migration")
            .point_in_time(PointInTime::latest("notes"))
            .credentials(Credentials::generated())
            .build(stack, "Twice");
        let existing = Topic::from_arn("arn:aws:sns:eu-west-1:111122223333:events");
        EventSubscription::builder()
            .topic(existing)
            .source(&database)
            .source(&cluster)
            .build(stack, "Mixed");
        EventSubscription::builder()
            .topic(Topic::builder().build(stack, "Topic"))
            .category("failover")
            .build(stack, "Categories");
        OptionGroup::builder()
            .engine(PostgresEngineVersion::V17_11)
            .build(stack, "Options");
    }));
}
