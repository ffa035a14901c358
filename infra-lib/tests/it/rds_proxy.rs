//! Tests of database proxies of `infra_lib::rds`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::MetricSource;
use infra_lib::ec2::{Connectable, Egress, SecurityGroup, Vpc};
use infra_lib::iam::{Principal, Role};
use infra_lib::rds::{
    AuroraPostgresVersion, Availability, ClusterInstance, DatabaseCluster, DatabaseProxy,
    DatabaseProxyAttributes, DebugLogging, IamAuthentication, InstanceClass, MariadbEngineVersion,
    RdsInstance, Storage,
};
use infra_lib::secretsmanager::Secret;
use infra_lib::{App, Duration, Output, Size, Stack, cidr, database_name};
use serde_json::json;

use crate::base::findings_of;

fn vpc(stack: Stack<'_>) -> Vpc<'_> {
    Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .build(stack, "Vpc")
}

fn cluster<'app>(stack: Stack<'app>, vpc: Vpc<'app>) -> DatabaseCluster<'app> {
    DatabaseCluster::builder()
        .subnets(vpc.isolated())
        .engine(AuroraPostgresVersion::V17_9)
        .writer(ClusterInstance::serverless())
        .build(stack, "Db")
}

fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("lambda.amazonaws.com"))
        .build(stack, "Role")
}

#[test]
fn leads_to_cluster_with_tls_and_secret() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let proxy = DatabaseProxy::builder()
            .target(cluster(stack, vpc))
            .subnets(vpc.isolated())
            .build(stack, "Px");
        let client = SecurityGroup::from_id(stack, "Client", "sg-client", Egress::DenyAll);
        proxy.allow_from(&client);
        Output::new(stack, "Host", proxy.host());
        Output::new(stack, "Port", proxy.port());
    });
    let resources = &template.json()["Resources"];
    let secret = json!({ "Fn::GetAtt": [Match::string_like("Db*"), "MasterUserSecret.SecretArn"] });
    template.has_properties(
        "AWS::RDS::DBProxy",
        json!({
            "DBProxyName": Match::string_like("Stack-Px*"),
            "EngineFamily": "POSTGRESQL",
            "RequireTLS": true,
            "DebugLogging": false,
            "IdleClientTimeout": 1_800,
            "Auth": [{ "AuthScheme": "SECRETS", "IAMAuth": "DISABLED", "SecretArn": secret }],
            "RoleArn": { "Fn::GetAtt": [Match::string_like("PxIAMRole*"), "Arn"] },
            "VpcSecurityGroupIds": [{ "Fn::GetAtt": [Match::string_like("PxProxySecurityGroup*"), "GroupId"] }],
        }),
    );
    template.has_resource(
        "AWS::RDS::DBProxyTargetGroup",
        json!({
            "DependsOn": Match::list_with(json!([Match::string_like("DbWriter*")])),
            "Properties": {
                "TargetGroupName": "default",
                "DBClusterIdentifiers": [{ "Ref": Match::string_like("Db*") }],
                "DBInstanceIdentifiers": Match::absent(),
                "ConnectionPoolConfigurationInfo": { "MaxConnectionsPercent": 100 },
            },
        }),
    );
    for (from, to) in [
        ("sg-client", "PxProxySecurityGroup"),
        ("PxProxySecurityGroup", "DbSecurityGroup"),
    ] {
        let rule = resources.as_object().unwrap().values().any(|resource| {
            let text = resource["Properties"].to_string();
            resource["Type"] == "AWS::EC2::SecurityGroupIngress"
                && resource["Properties"]["SourceSecurityGroupId"]
                    .to_string()
                    .contains(from)
                && resource["Properties"]["GroupId"].to_string().contains(to)
                && text.contains("5432")
        });
        assert!(rule, "{from} reaches {to}: {resources}");
    }
    template.has_output("Port", json!({ "Value": "5432" }));
    template.has_output(
        "Host",
        json!({ "Value": { "Fn::GetAtt": [Match::string_like("Px*"), "Endpoint"] } }),
    );
}

#[test]
fn sets_options_for_instance() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let database = RdsInstance::builder()
            .subnets(vpc.isolated())
            .version(MariadbEngineVersion::V11_8_6)
            .instance_class(InstanceClass::T4G_MICRO)
            .storage(Storage::gp3(Size::gib(20)))
            .availability(Availability::SingleAz)
            .database_name(database_name!("notes"))
            .build(stack, "Db");
        let arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:reader-AbCdEf";
        let proxy = DatabaseProxy::builder()
            .target(database)
            .subnets(vpc.isolated())
            .db_proxy_name("notes")
            .secret(Secret::from_arn(arn))
            .iam_authentication(IamAuthentication::Enabled)
            .idle_client_timeout(Duration::minutes(5))
            .borrow_timeout(Duration::seconds(30))
            .max_connections_percent(80)
            .max_idle_connections_percent(20)
            .init_query("SET time_zone = '+00:00'")
            .exclude_variable_sets_from_pinning()
            .debug_logging(DebugLogging::Enabled)
            .build(stack, "Px");
        proxy.grant_connect(&role(stack), "reader");
    });
    template.has_properties(
        "AWS::RDS::DBProxy",
        json!({
            "DBProxyName": "notes",
            "EngineFamily": "MYSQL",
            "DebugLogging": true,
            "IdleClientTimeout": 300,
            "Auth": [
                { "IAMAuth": "REQUIRED" },
                { "IAMAuth": "REQUIRED", "SecretArn": Match::string_like("*reader-AbCdEf") },
            ],
        }),
    );
    template.has_properties(
        "AWS::RDS::DBProxyTargetGroup",
        json!({
            "DBInstanceIdentifiers": [{ "Ref": Match::string_like("Db*") }],
            "ConnectionPoolConfigurationInfo": {
                "MaxConnectionsPercent": 80,
                "MaxIdleConnectionsPercent": 20,
                "ConnectionBorrowTimeout": 30,
                "InitQuery": "SET time_zone = '+00:00'",
                "SessionPinningFilters": ["EXCLUDE_VARIABLE_SETS"],
            },
        }),
    );
    let json = template.json().to_string();
    assert!(
        json.contains(":db-proxy:") && json.contains("/reader"),
        "{json}"
    );
}

#[test]
fn imports_proxy_by_attributes() {
    let template = Template::of_stack(|stack| {
        let proxy = DatabaseProxy::from_attributes(
            stack,
            "Proxy",
            DatabaseProxyAttributes::builder()
                .db_proxy_name("notes")
                .arn("arn:aws:rds:eu-west-1:111122223333:db-proxy:prx-ABC")
                .host("notes.example.com")
                .port(3306)
                .security_group_id("sg-proxy")
                .build(),
        );
        proxy.grant_connect(&role(stack), "reader");
        let client = SecurityGroup::from_id(stack, "Client", "sg-client", Egress::DenyAll);
        proxy.allow_from(&client);
        assert_eq!(proxy.host().as_literal(), Some("notes.example.com"));
    });
    let role = template.only("AWS::IAM::Role").to_string();
    assert!(role.contains("dbuser:prx-ABC/reader"), "{role}");
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "GroupId": "sg-proxy", "SourceSecurityGroupId": "sg-client", "FromPort": 3306 }),
    );
}

#[test]
fn has_metrics_of_proxy() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let vpc = vpc(stack);
    let proxy = DatabaseProxy::builder()
        .target(cluster(stack, vpc))
        .subnets(vpc.isolated())
        .build(stack, "Px");
    assert_eq!(proxy.metrics().len(), 24);
    assert_eq!(proxy.metric_dimensions()[0].0, "ProxyName");
    assert_eq!(
        proxy.metric_connections_pinned(),
        proxy.metric_named("DatabaseConnectionsCurrentlySessionPinned")
    );
}

#[test]
fn reports_invalid_settings_and_refused_access() {
    insta::assert_snapshot!(findings_of(|stack| {
        let vpc = vpc(stack);
        let cluster = cluster(stack, vpc);
        let build = |id: &str| {
            DatabaseProxy::builder()
                .target(cluster)
                .subnets(vpc.isolated())
                .db_proxy_name(id.to_owned())
        };
        let proxy = build("Slow")
            .idle_client_timeout(Duration::hours(12))
            .borrow_timeout(Duration::minutes(10))
            .build(stack, "Slow");
        proxy.grant_connect(&role(stack), "reader");
        build("Full")
            .max_connections_percent(0)
            .build(stack, "Full");
        build("Idle")
            .max_connections_percent(50)
            .max_idle_connections_percent(60)
            .build(stack, "Idle");
    }));
}
