//! Tests of the constructs in `infra_lib::rds`.

use infra_lib::assertions::{Match, Template};
use infra_lib::ec2::{Connectable, SecurityGroup, Vpc};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::rds::{
    Availability, BackupRetention, BackupRetentionError, BackupWindow, Credentials,
    DatabaseInsights, DatabaseName, DatabaseNameError, DeletionProtection, EnhancedMonitoring,
    IamAuthentication, InstanceClass, MaintenanceWindow, MinorVersionUpgrades,
    PostgresEngineVersion, RdsInstance, Storage, TimeOfDay, Weekday, Windows,
};
use infra_lib::{
    App, Construct, Duration, Output, RemovalPolicy, Size, Stack, backup_days, cidr, core::render,
    database_name,
};
use serde_json::json;

/// Starts the builder of a database with all required properties.
macro_rules! database {
    ($stack:expr) => {
        database!($stack, Storage::gp3(Size::gib(20)))
    };
    ($stack:expr, $storage:expr) => {
        RdsInstance::builder()
            .subnets(
                Vpc::builder()
                    .cidr(cidr!("10.0.0.0/16"))
                    .build($stack, "Vpc")
                    .isolated(),
            )
            .version(PostgresEngineVersion::V17_11)
            .instance_class(InstanceClass::T4G_MICRO)
            .storage($storage)
            .availability(Availability::SingleAz)
            .database_name(database_name!("notes"))
    };
}

/// Returns the findings about an app whose only stack `build` fills, rendered as for users.
fn findings(build: impl for<'app> FnOnce(Stack<'app>)) -> String {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    app.synth()
        .findings()
        .iter()
        .map(render)
        .collect::<Vec<_>>()
        .join("\n")
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
fn renders_private_encrypted_and_protected_database() {
    let template = Template::of_stack(|stack| {
        database!(
            stack,
            Storage::gp3(Size::gib(20)).autoscale_to(Size::gib(100))
        )
        .build(stack, "Database");
    });
    insta::assert_snapshot!(without_network(&template));
}

#[test]
fn renders_every_chosen_database_setting() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        key.allow_cloudwatch_logs();
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .build(stack, "Vpc");
        let database = RdsInstance::builder()
            .subnets(vpc.isolated())
            .version(PostgresEngineVersion::V16_15)
            .instance_class(InstanceClass::M7G_LARGE)
            .storage(
                Storage::gp3(Size::gib(400))
                    .autoscale_to(Size::tib(2))
                    .iops(12_000)
                    .throughput_mibps(500),
            )
            .availability(Availability::MultiAz)
            .database_name(database_name!("notes"))
            .credentials(
                Credentials::generated()
                    .user_name("notes_owner")
                    .encryption_key(key),
            )
            .instance_identifier("notes")
            .port(5433)
            .encryption_key(key)
            .backup_retention(backup_days!(35))
            .windows(Windows::new(
                BackupWindow::daily(TimeOfDay::utc(23, 30), Duration::hours(1)),
                MaintenanceWindow::weekly(
                    Weekday::Sunday,
                    TimeOfDay::utc(22, 0),
                    Duration::minutes(90),
                ),
            ))
            .deletion_protection(DeletionProtection::Disabled)
            .removal_policy(RemovalPolicy::Destroy)
            .minor_version_upgrades(MinorVersionUpgrades::Manual)
            .iam_authentication(IamAuthentication::Enabled)
            .database_insights(DatabaseInsights::Advanced)
            .enhanced_monitoring(EnhancedMonitoring::Every15Seconds)
            .parameter("log_min_duration_statement", "500")
            .build(stack, "Database");
        let role = Role::builder()
            .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
            .build(stack, "Role");
        database.grant_connect(&role, "notes_api");
        database.secret().grant_read(&role);
    });
    insta::assert_snapshot!(without_network(&template));
}

#[test]
fn allows_clients_on_port_and_returns_endpoints() {
    let template = Template::of_stack(|stack| {
        let vpc = Vpc::builder()
            .cidr(cidr!("10.1.0.0/16"))
            .build(stack, "Other");
        let api = SecurityGroup::builder().vpc(vpc).build(stack, "Api");
        let database = database!(stack).port(5433).build(stack, "Database");
        database.allow_from(&api);
        Output::new(stack, "Host", database.host());
        Output::new(stack, "Port", database.port());
        Output::new(stack, "Secret", database.secret().arn());
    });
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "FromPort": 5433, "ToPort": 5433 }),
    );
    template.has_output("Port", json!({ "Value": "5433" }));
    template.has_output(
        "Host",
        json!({ "Value": { "Fn::GetAtt": [Match::any(), "Endpoint.Address"] } }),
    );
    template.has_output(
        "Secret",
        json!({ "Value": { "Fn::GetAtt": [Match::any(), "MasterUserSecret.SecretArn"] } }),
    );
}

#[test]
fn denies_egress_of_database_security_group() {
    let template = Template::of_stack(|stack| {
        database!(stack).build(stack, "Database");
    });
    template.has_properties(
        "AWS::EC2::SecurityGroup",
        json!({ "GroupDescription": "database Stack/Database", "SecurityGroupEgress": [{ "CidrIp": "255.255.255.255/32" }] }),
    );
}

#[test]
fn returns_metrics_of_instance() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let database = database!(stack).build(stack, "Database");
    let metrics = [
        database.metric_cpu(),
        database.metric_free_storage(),
        database.metric_freeable_memory(),
        database.metric_connections(),
    ];
    assert_eq!(metrics.len(), 4);
}

#[test]
fn rejects_invalid_database_names() {
    for (name, expected) in [
        ("notes", Ok(())),
        ("my-app", Err(DatabaseNameError::Character('-'))),
        ("1notes", Err(DatabaseNameError::Start)),
        ("", Err(DatabaseNameError::Length)),
        ("rdsadmin", Err(DatabaseNameError::Reserved("rdsadmin"))),
    ] {
        assert_eq!(name.parse::<DatabaseName>().map(|_| ()), expected, "{name}");
    }
}

#[test]
fn accepts_backup_retention_of_1_to_35_days() {
    assert_eq!(
        BackupRetention::parse(35).map(BackupRetention::as_days),
        Ok(35)
    );
    assert_eq!(BackupRetention::parse(0), Err(BackupRetentionError(0)));
    assert_eq!(
        BackupRetention::parse(99).unwrap_err().to_string(),
        "RDS keeps backups for 1 to 35 days, not 99"
    );
}

#[test]
fn formats_windows_across_midnight_for_rds() {
    let over_midnight = BackupWindow::daily(TimeOfDay::utc(23, 30), Duration::hours(1));
    let over_the_week = MaintenanceWindow::weekly(
        Weekday::Sunday,
        TimeOfDay::utc(23, 45),
        Duration::minutes(30),
    );
    assert_eq!(over_midnight.to_string(), "23:30-00:30");
    assert_eq!(over_the_week.to_string(), "sun:23:45-mon:00:15");
}

#[test]
fn reports_storage_limit_below_initial_size() {
    insta::assert_snapshot!(findings(|stack| {
        database!(
            stack,
            Storage::gp3(Size::gib(100)).autoscale_to(Size::gib(50))
        )
        .build(stack, "Database");
    }));
}

#[test]
fn reports_invalid_database_storage() {
    insta::assert_snapshot!(findings(|stack| {
        database!(stack, Storage::gp3(Size::gib(10)).iops(3_000)).build(stack, "Database");
    }));
}

#[test]
fn reports_too_short_backup_window() {
    insta::assert_snapshot!(findings(|stack| {
        database!(stack)
            .windows(Windows::new(
                BackupWindow::daily(TimeOfDay::utc(1, 0), Duration::minutes(10)),
                MaintenanceWindow::weekly(
                    Weekday::Sunday,
                    TimeOfDay::utc(24, 0),
                    Duration::hours(1),
                ),
            ))
            .build(stack, "Database");
    }));
}

#[test]
fn reports_overlapping_windows() {
    insta::assert_snapshot!(findings(|stack| {
        database!(stack)
            .windows(Windows::new(
                BackupWindow::daily(TimeOfDay::utc(0, 10), Duration::hours(1)),
                MaintenanceWindow::weekly(
                    Weekday::Sunday,
                    TimeOfDay::utc(23, 45),
                    Duration::minutes(30),
                ),
            ))
            .build(stack, "Database");
    }));
}

#[test]
fn reports_database_without_forced_tls() {
    insta::assert_snapshot!(findings(|stack| {
        database!(stack)
            .parameter("rds.force_ssl", "0")
            .build(stack, "Database");
    }));
}

#[test]
fn reports_reserved_master_user_name() {
    insta::assert_snapshot!(findings(|stack| {
        database!(stack)
            .credentials(Credentials::managed_by_rds().user_name("admin"))
            .build(stack, "Database");
    }));
}

#[test]
fn reports_invalid_database_port() {
    insta::assert_snapshot!(findings(|stack| {
        database!(stack).port(443).build(stack, "Database");
    }));
}

#[test]
fn reports_invalid_instance_identifier() {
    insta::assert_snapshot!(findings(|stack| {
        database!(stack)
            .instance_identifier("notes--db")
            .build(stack, "Database");
    }));
}

#[test]
fn derives_63_character_identifier_from_stack_and_path() {
    let app = App::new();
    let stack = Stack::new(
        &app,
        "a-very-long-name-of-a-stack-that-says-what-is-in-it-and-where-it-is-deployed",
    );
    let group = stack.scope().construct("Storage");
    database!(stack).build(group, "Database");
    let template = Template::of(
        &app.synth(),
        "a-very-long-name-of-a-stack-that-says-what-is-in-it-and-where-it-is-deployed",
    );
    let identifier = template.only("AWS::RDS::DBInstance")["Properties"]["DBInstanceIdentifier"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(identifier.len(), 63);
    insta::assert_snapshot!(identifier);
}
