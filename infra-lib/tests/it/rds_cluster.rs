//! Tests of Aurora clusters, and of instances of MySQL and MariaDB, of `infra_lib::rds`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::MetricSource;
use infra_lib::ec2::{Connectable, Egress, SecurityGroup, Vpc};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::logs::RetentionDays;
use infra_lib::rds::{
    AuroraMysql, AuroraMysqlLog, AuroraMysqlVersion, AuroraPostgres, AuroraPostgresLog,
    AuroraPostgresVersion, Availability, BackupWindow, ClusterInstance, ClusterStorage,
    Credentials, DataApi, DatabaseCluster, DatabaseClusterAttributes, DatabaseInsights,
    DeletionProtection, EnhancedMonitoring, IamAuthentication, InstanceClass, MaintenanceWindow,
    MariadbEngineVersion, MinorVersionUpgrades, MysqlEngineVersion, RdsInstance,
    ServerlessCapacity, Storage, TimeOfDay, Weekday, Windows,
};
use infra_lib::{
    App, Construct, Duration, Environment, Output, RemovalPolicy, Size, Stack, StackProps,
    backup_days, cidr, database_name,
};
use serde_json::{Value as Json, json};

use crate::base::findings_of;

const CLUSTER: &str = "AWS::RDS::DBCluster";
const INSTANCE: &str = "AWS::RDS::DBInstance";

fn vpc(stack: Stack<'_>) -> Vpc<'_> {
    Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .build(stack, "Vpc")
}

/// Starts the builder of a cluster with all required properties.
macro_rules! cluster {
    ($stack:expr) => {
        cluster!($stack, AuroraPostgresVersion::V17_9)
    };
    ($stack:expr, $engine:expr) => {
        cluster!($stack, $engine, ClusterInstance::serverless())
    };
    ($stack:expr, $engine:expr, $writer:expr) => {
        DatabaseCluster::builder()
            .subnets(vpc($stack).isolated())
            .engine($engine)
            .writer($writer)
    };
}

fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com").for_this_account())
        .build(stack, "Role")
}

fn rotate(stack: Stack<'_>) -> Function<'_> {
    Function::builder()
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .code(Code::inline("exports.handler = async () => {};"))
        .build(stack, "Rotate")
}

/// Returns the template without the VPC, which other tests cover.
fn without_network(template: &Template) -> String {
    let mut json = template.json().clone();
    json["Resources"]
        .as_object_mut()
        .unwrap()
        .retain(|id, _| !id.starts_with("Vpc"));
    serde_json::to_string_pretty(&json).unwrap()
}

#[test]
fn renders_private_encrypted_and_protected_cluster() {
    let template = Template::of_stack(|stack| {
        cluster!(stack)
            .reader("Reader", ClusterInstance::serverless().promotion_tier(1))
            .database_name(database_name!("notes"))
            .build(stack, "Database");
    });
    insta::assert_snapshot!(without_network(&template));
}

#[test]
fn renders_every_chosen_cluster_setting() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        key.allow_cloudwatch_logs();
        let engine = AuroraMysql::new(AuroraMysqlVersion::V3_10_4)
            .backtrack(Duration::hours(24))
            .log(AuroraMysqlLog::Audit);
        let writer = ClusterInstance::provisioned(InstanceClass::R8G_LARGE).identifier("notes-1");
        let cluster = cluster!(stack, engine, writer)
            .reader(
                "Reader",
                ClusterInstance::provisioned(InstanceClass::R8G_XLARGE),
            )
            .credentials(
                Credentials::generated()
                    .user_name("owner")
                    .encryption_key(key),
            )
            .cluster_identifier("notes".to_owned())
            .port(3307)
            .storage(ClusterStorage::IoOptimized)
            .encryption_key(key)
            .backup_retention(backup_days!(35))
            .windows(Windows::new(
                BackupWindow::daily(TimeOfDay::utc(23, 30), Duration::hours(1)),
                MaintenanceWindow::weekly(
                    Weekday::Monday,
                    TimeOfDay::utc(4, 0),
                    Duration::hours(1),
                ),
            ))
            .deletion_protection(DeletionProtection::Disabled)
            .removal_policy(RemovalPolicy::Destroy)
            .minor_version_upgrades(MinorVersionUpgrades::Manual)
            .iam_authentication(IamAuthentication::Enabled)
            .data_api(DataApi::Enabled)
            .database_insights(DatabaseInsights::Advanced)
            .enhanced_monitoring(EnhancedMonitoring::EverySecond)
            .log_retention(RetentionDays::ONE_WEEK)
            .parameter("server_audit_logging", "1")
            .instance_parameter("max_connections", "500")
            .build(stack, "Database");
        let role = role(stack);
        cluster.grant_connect(&role, "api");
        cluster.grant_data_api(&role);
        cluster.rotate_with(&rotate(stack), Duration::days(30));
    });
    insta::assert_snapshot!(without_network(&template));
}

#[test]
fn allows_clients_on_port_of_engine_and_returns_endpoints() {
    let template = Template::of_stack(|stack| {
        let cluster = cluster!(stack, AuroraMysqlVersion::V3_12_0).build(stack, "Database");
        let api = SecurityGroup::from_id(stack, "Api", "sg-api", Egress::DenyAll);
        cluster.allow_from(&api);
        Output::new(stack, "Host", cluster.host());
        Output::new(stack, "Readers", cluster.reader_host());
        Output::new(stack, "Port", cluster.port());
        Output::new(stack, "Secret", cluster.secret().arn());
    });
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "FromPort": 3306, "ToPort": 3306 }),
    );
    template.has_output("Port", json!({ "Value": "3306" }));
    for (output, attribute) in [
        ("Host", "Endpoint.Address"),
        ("Readers", "ReadEndpoint.Address"),
        ("Secret", "MasterUserSecret.SecretArn"),
    ] {
        let value =
            json!({ "Value": { "Fn::GetAtt": [Match::string_like("Database*"), attribute] } });
        template.has_output(output, value);
    }
}

#[test]
fn restores_snapshot_with_its_databases_and_user() {
    let template = Template::of_stack(|stack| {
        let engine = AuroraPostgres::new(AuroraPostgresVersion::other("16.9"))
            .log(AuroraPostgresLog::IamAuthenticationErrors)
            .log(AuroraPostgresLog::Instance);
        cluster!(stack, engine)
            .snapshot("before-migration")
            .serverless_capacity(
                ServerlessCapacity::between(0.0, 4.0).pause_after(Duration::minutes(10)),
            )
            .build(stack, "Database");
    });
    template.has_properties(
        CLUSTER,
        json!({
            "SnapshotIdentifier": "before-migration",
            "DatabaseName": Match::absent(),
            "MasterUsername": Match::absent(),
            "ManageMasterUserPassword": true,
            "EngineVersion": "16.9",
            "EnableCloudwatchLogsExports": ["postgresql", "iam-db-auth-error", "instance"],
            "ServerlessV2ScalingConfiguration":
                { "MinCapacity": 0, "MaxCapacity": 4, "SecondsUntilAutoPause": 600 },
        }),
    );
    template.has_properties(
        "AWS::RDS::DBClusterParameterGroup",
        json!({ "Family": "aurora-postgresql16", "Parameters": { "rds.force_ssl": "1" } }),
    );
}

#[test]
fn retains_instances_with_their_cluster() {
    let template = Template::of_stack(|stack| {
        cluster!(stack)
            .removal_policy(RemovalPolicy::Retain)
            .build(stack, "Database");
    });
    template.has_resource(CLUSTER, json!({ "DeletionPolicy": "Retain" }));
    template.has_resource(INSTANCE, json!({ "DeletionPolicy": "Retain" }));
}

#[test]
fn exports_other_logs_of_mysql() {
    let template = Template::of_stack(|stack| {
        let engine = AuroraMysql::new(AuroraMysqlVersion::V3_11_1)
            .log(AuroraMysqlLog::General)
            .log(AuroraMysqlLog::IamAuthenticationErrors)
            .log(AuroraMysqlLog::Instance);
        cluster!(stack, engine)
            .database_insights(DatabaseInsights::Off)
            .enhanced_monitoring(EnhancedMonitoring::Off)
            .build(stack, "Database");
    });
    template.has_properties(
        CLUSTER,
        json!({
            "EnableCloudwatchLogsExports":
                ["error", "slowquery", "general", "iam-db-auth-error", "instance"],
            "PerformanceInsightsEnabled": false,
            "DatabaseInsightsMode": Match::absent(),
        }),
    );
    template.has_properties(
        INSTANCE,
        json!({ "EnablePerformanceInsights": false, "MonitoringInterval": Match::absent() }),
    );
    // One is that of the flow logs of the VPC.
    template.resource_count("AWS::Logs::LogGroup", 6);
    template.resource_count("AWS::IAM::Role", 1);
}

#[test]
fn reports_invalid_capacity() {
    insta::assert_snapshot!(findings_of(|stack| {
        cluster!(stack)
            .serverless_capacity(
                ServerlessCapacity::between(0.3, 512.0).pause_after(Duration::minutes(10)),
            )
            .build(stack, "Database");
    }));
}

#[test]
fn reports_inverted_capacity_and_short_pause() {
    insta::assert_snapshot!(findings_of(|stack| {
        let vpc = vpc(stack);
        for (id, capacity) in [
            ("Inverted", ServerlessCapacity::between(4.0, 2.0)),
            (
                "Short",
                ServerlessCapacity::between(0.0, 2.0).pause_after(Duration::minutes(1)),
            ),
        ] {
            DatabaseCluster::builder()
                .subnets(vpc.isolated())
                .engine(AuroraPostgresVersion::V17_9)
                .writer(ClusterInstance::serverless())
                .serverless_capacity(capacity)
                .build(stack, id);
        }
    }));
}

#[test]
fn reports_access_that_the_database_refuses() {
    insta::assert_snapshot!(findings_of(|stack| {
        let cluster = cluster!(stack).build(stack, "Database");
        let role = role(stack);
        cluster.grant_connect(&role, "api");
        cluster.grant_data_api(&role);
    }));
}

#[test]
fn reports_rotation_of_managed_password() {
    insta::assert_snapshot!(findings_of(|stack| {
        let cluster = cluster!(stack).build(stack, "Database");
        let rotation = cluster.rotate_with(&rotate(stack), Duration::days(30));
        assert!(rotation.is_none());
    }));
}

#[test]
fn reports_new_database_and_user_in_snapshot() {
    insta::assert_snapshot!(findings_of(|stack| {
        cluster!(stack)
            .snapshot("before-migration")
            .database_name(database_name!("notes"))
            .credentials(Credentials::generated())
            .build(stack, "Database");
    }));
}

#[test]
fn reports_long_backtrack_window() {
    insta::assert_snapshot!(findings_of(|stack| {
        let engine = AuroraMysql::new(AuroraMysqlVersion::V3_10_4).backtrack(Duration::days(7));
        cluster!(stack, engine).build(stack, "Database");
    }));
}

#[test]
fn reports_port_identifier_user_and_tls() {
    insta::assert_snapshot!(findings_of(|stack| {
        cluster!(
            stack,
            AuroraMysqlVersion::V3_10_4,
            ClusterInstance::serverless().identifier("writer-")
        )
        .port(443)
        .cluster_identifier("my_cluster".to_owned())
        .credentials(Credentials::managed_by_rds().user_name("owner_of_all_notes"))
        .parameter("require_secure_transport", "OFF")
        .build(stack, "Database");
    }));
}

#[test]
fn imports_cluster_by_attributes() {
    let template = Template::of_stack(|stack| {
        let cluster = DatabaseCluster::from_attributes(
            stack,
            "Database",
            DatabaseClusterAttributes::builder()
                .cluster_identifier("notes")
                .host("notes.example.com")
                .reader_host("readers.example.com")
                .port(3306)
                .security_group_id("sg-database")
                .resource_id("cluster-ABC")
                .build(),
        );
        let role = role(stack);
        cluster.grant_connect(&role, "api");
        cluster.grant_data_api(&role);
        cluster.allow_from(&SecurityGroup::from_id(
            stack,
            "Client",
            "sg-client",
            Egress::DenyAll,
        ));
        Output::new(stack, "Readers", cluster.reader_host());
    });
    let policy = template.only("AWS::IAM::Role").to_string();
    for part in [
        "dbuser:cluster-ABC/api",
        "cluster:notes",
        "rds-data:ExecuteStatement",
    ] {
        assert!(policy.contains(part), "{part} in {policy}");
    }
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "GroupId": "sg-database", "SourceSecurityGroupId": "sg-client", "FromPort": 3306 }),
    );
    template.has_output("Readers", json!({ "Value": "readers.example.com" }));
}

#[test]
fn looks_up_cluster_as_the_cdk_does() {
    let app = App::new();
    let stack = StackProps::new()
        .environment(Environment::new("111122223333", "eu-west-1"))
        .build(&app, "Api");
    let cluster = DatabaseCluster::from_lookup(stack, "Database", "notes");
    assert_eq!(cluster.host().as_literal(), Some("TESTADDRESS"));
    assert_eq!(
        cluster.reader_host().as_literal(),
        Some("TESTREADERADDRESS")
    );
    let asked = format!("{:?}", app.synth().missing());
    assert!(asked.contains("AWS::RDS::DBCluster"), "{asked}");
}

#[test]
fn has_metrics_of_cluster_and_members() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let cluster = cluster!(stack).build(stack, "Database");
    assert!(cluster.metrics().len() >= 90, "{}", cluster.metrics().len());
    assert_eq!(cluster.metric_namespace(), "AWS/RDS");
    assert_eq!(cluster.metric_dimensions()[0].0, "DBClusterIdentifier");
    assert_eq!(
        cluster.metric_serverless_capacity(),
        cluster.metric_named("ServerlessDatabaseCapacity")
    );
    let imported = DatabaseCluster::from_lookup(stack, "Imported", "notes");
    assert_eq!(imported.metrics().len(), cluster.metrics().len());
    assert_eq!(cluster.scope().path().as_str(), "Stack/Database");
}

/// Returns the properties of an instance and its parameter group.
fn instance(build: impl for<'app> FnOnce(Stack<'app>)) -> (Json, Json) {
    let template = Template::of_stack(build);
    (
        template.only(INSTANCE)["Properties"].clone(),
        template.only("AWS::RDS::DBParameterGroup")["Properties"].clone(),
    )
}

macro_rules! instance {
    ($stack:expr, $version:expr) => {
        RdsInstance::builder()
            .subnets(vpc($stack).isolated())
            .version($version)
            .instance_class(InstanceClass::T4G_MICRO)
            .storage(Storage::gp3(Size::gib(20)))
            .availability(Availability::SingleAz)
            .database_name(database_name!("notes"))
    };
}

#[test]
fn creates_instances_of_mysql_and_mariadb() {
    let (mysql, group) = instance(|stack| {
        instance!(stack, MysqlEngineVersion::V8_4_10).build(stack, "Database");
    });
    assert_eq!(
        [&mysql["Engine"], &mysql["EngineVersion"], &mysql["Port"]],
        ["mysql", "8.4.10", "3306"]
    );
    assert_eq!(
        mysql["EnableCloudwatchLogsExports"],
        json!(["error", "slowquery"])
    );
    assert_eq!(group["Family"], "mysql8.4");
    assert_eq!(
        group["Parameters"],
        json!({ "require_secure_transport": "1" })
    );
    let (mariadb, group) = instance(|stack| {
        instance!(stack, MariadbEngineVersion::V11_8_6)
            .port(3307)
            .parameter("max_connections", "100")
            .build(stack, "Database");
    });
    assert_eq!(
        [
            &mariadb["Engine"],
            &mariadb["EngineVersion"],
            &mariadb["Port"]
        ],
        ["mariadb", "11.8.6", "3307"]
    );
    assert_eq!(group["Family"], "mariadb11.8");
    assert_eq!(
        group["Parameters"],
        json!({ "require_secure_transport": "1", "max_connections": "100" })
    );
}

#[test]
fn rotates_generated_password_of_instance_after_its_attachment() {
    let template = Template::of_stack(|stack| {
        let database = instance!(stack, MysqlEngineVersion::V8_4_10)
            .credentials(Credentials::generated())
            .build(stack, "Database");
        let rotation = database.rotate_with(&rotate(stack), Duration::days(7));
        assert!(rotation.is_some());
    });
    template.has_resource(
        "AWS::SecretsManager::RotationSchedule",
        json!({ "DependsOn": Match::list_with(json!([Match::string_like("DatabaseSecretAttachment*")])) }),
    );
}
