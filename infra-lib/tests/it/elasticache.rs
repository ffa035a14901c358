//! Tests of the constructs in `infra_lib::elasticache`.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudwatch::MetricSource;
use infra_lib::ec2::{Connectable, SecurityGroup, Vpc};
use infra_lib::elasticache::{
    BackupWindow, CacheAccess, CacheNodeType, Failover, MaintenanceWindow, NodeEngine,
    ReplicationGroup, ReplicationGroupAttributes, ServerlessCache, ServerlessCacheAttributes,
    ServerlessEngine, SubnetGroup, TimeOfDay, Topology, TransitEncryption, User,
    UserAuthentication, UserEngine, UserGroup, Weekday, Windows,
};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::logs::LogGroup;
use infra_lib::secretsmanager::{Secret, SecretField};
use infra_lib::sns::Topic;
use infra_lib::{App, Duration, RemovalPolicy, Size, Stack, cidr};
use serde_json::{Value as Json, json};

use crate::base::findings_of;

fn vpc(stack: Stack<'_>) -> Vpc<'_> {
    Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .build(stack, "Vpc")
}

fn worker(stack: Stack<'_>) -> User<'_> {
    User::builder()
        .access_string("on ~* +@all -@dangerous")
        .build(stack, "Worker")
}

fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
        .build(stack, "Role")
}

/// Returns the properties of the only resource of a type.
fn properties<'a>(template: &'a Template, kind: &str) -> &'a Json {
    &template.only(kind)["Properties"]
}

#[test]
fn creates_serverless_cache_with_snapshots() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        ServerlessCache::builder()
            .subnets(vpc.isolated())
            .build(stack, "Sessions");
    });
    let cache = template.only("AWS::ElastiCache::ServerlessCache");
    assert_eq!(cache["DeletionPolicy"], "Delete");
    let name = cache["Properties"]["ServerlessCacheName"].as_str().unwrap();
    assert!(name.starts_with("stack-sessions"), "{name}");
    template.has_properties(
        "AWS::ElastiCache::ServerlessCache",
        json!({
            "DailySnapshotTime": "01:00",
            "Engine": "valkey",
            "MajorEngineVersion": "8",
            "SecurityGroupIds": [{ "Fn::GetAtt": [Match::string_like("SessionsSecurityGroup*"), "GroupId"] }],
            "SnapshotRetentionLimit": 7,
            "SubnetIds": [
                { "Ref": Match::string_like("VpcIsolatedSubnet1*") },
                { "Ref": Match::string_like("VpcIsolatedSubnet2*") },
            ],
            "CacheUsageLimits": Match::absent(),
            "UserGroupId": Match::absent(),
        }),
    );
}

#[test]
fn sets_options_of_serverless_cache() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let key = Key::builder().build(stack, "Key");
        let users = UserGroup::builder()
            .user(worker(stack))
            .build(stack, "Users");
        let group = SecurityGroup::builder().vpc(vpc).build(stack, "Group");
        ServerlessCache::builder()
            .subnets(vpc.private())
            .engine(ServerlessEngine::Redis7)
            .serverless_cache_name("sessions".to_owned())
            .description("sessions of users")
            .user_group(users)
            .min_data_storage(Size::gib(1))
            .max_data_storage(Size::gib(10))
            .min_ecpu_per_second(1_000)
            .max_ecpu_per_second(5_000)
            .snapshot_retention_days(14)
            .daily_snapshot_time(TimeOfDay::utc(4, 30))
            .final_snapshot_name("last")
            .restore_from(
                "arn:aws:elasticache:eu-west-1:111122223333:serverlesscachesnapshot:first",
            )
            .encryption_key(key)
            .security_group(group)
            .removal_policy(RemovalPolicy::Retain)
            .build(stack, "Sessions");
    });
    template.has_resource(
        "AWS::ElastiCache::ServerlessCache",
        json!({
            "DeletionPolicy": "Retain",
            "Properties": {
                "CacheUsageLimits": {
                    "DataStorage": { "Minimum": 1, "Maximum": 10, "Unit": "GB" },
                    "ECPUPerSecond": { "Minimum": 1_000, "Maximum": 5_000 },
                },
                "DailySnapshotTime": "04:30",
                "Description": "sessions of users",
                "Engine": "redis",
                "FinalSnapshotName": "last",
                "KmsKeyId": { "Fn::GetAtt": [Match::string_like("Key*"), "Arn"] },
                "MajorEngineVersion": "7",
                "SecurityGroupIds": [{ "Fn::GetAtt": [Match::string_like("Group*"), "GroupId"] }],
                "ServerlessCacheName": "sessions",
                "SnapshotArnsToRestore":
                    ["arn:aws:elasticache:eu-west-1:111122223333:serverlesscachesnapshot:first"],
                "SnapshotRetentionLimit": 14,
                "UserGroupId": { "Ref": Match::string_like("Users*") },
            },
        }),
    );
}

#[test]
fn opens_both_ports_of_serverless_caches() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let api = SecurityGroup::builder().vpc(vpc).build(stack, "Api");
        let builder = || ServerlessCache::builder().subnets(vpc.isolated());
        builder().build(stack, "Valkey").allow_from(&api);
        let memcached = builder()
            .engine(ServerlessEngine::Memcached16)
            .build(stack, "Memcached");
        memcached.allow_from(&api);
    });
    for (from, to) in [(6_379, 6_380), (11_211, 11_212)] {
        template.has_properties(
            "AWS::EC2::SecurityGroupIngress",
            json!({ "FromPort": from, "ToPort": to, "IpProtocol": "tcp" }),
        );
    }
    template.has_properties(
        "AWS::ElastiCache::ServerlessCache",
        json!({
            "Engine": "memcached",
            "MajorEngineVersion": "1.6",
            "SnapshotRetentionLimit": Match::absent(),
            "DailySnapshotTime": Match::absent(),
        }),
    );
}

#[test]
fn creates_replication_group_with_tls_token_and_failover() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        ReplicationGroup::builder()
            .subnets(vpc.isolated())
            .node_type(CacheNodeType::T4G_SMALL)
            .replication_group_id("sessions".to_owned())
            .build(stack, "Cache");
    });
    let token = template.resources("AWS::SecretsManager::Secret")[0].0;
    let subnets = template.resources("AWS::ElastiCache::SubnetGroup")[0].0;
    let group = template
        .resources("AWS::EC2::SecurityGroup")
        .into_iter()
        .find(|(id, _)| id.starts_with("CacheSecurityGroup"))
        .unwrap()
        .0;
    let cache = template.only("AWS::ElastiCache::ReplicationGroup");
    assert_eq!(cache["DeletionPolicy"], "Snapshot");
    assert_eq!(
        cache["Properties"],
        json!({
            "AtRestEncryptionEnabled": true,
            "AuthToken": { "Fn::Sub": format!("{{{{resolve:secretsmanager:${{{token}}}:SecretString}}}}") },
            "AutomaticFailoverEnabled": true,
            "CacheNodeType": "cache.t4g.small",
            "CacheParameterGroupName": "default.valkey8",
            "CacheSubnetGroupName": { "Ref": subnets },
            "Engine": "valkey",
            "EngineVersion": "8.1",
            "MultiAZEnabled": true,
            "NumCacheClusters": 2,
            "Port": 6379,
            "PreferredMaintenanceWindow": "sun:02:30-sun:03:30",
            "ReplicationGroupDescription": "Stack/Cache",
            "ReplicationGroupId": "sessions",
            "SecurityGroupIds": [{ "Fn::GetAtt": [group, "GroupId"] }],
            "SnapshotRetentionLimit": 7,
            "SnapshotWindow": "01:00-02:00",
            "TransitEncryptionEnabled": true,
            "TransitEncryptionMode": "required",
        })
    );
}

#[test]
fn sets_options_of_replication_group_with_shards() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let key = Key::builder().build(stack, "Key");
        let users = UserGroup::builder()
            .user(worker(stack))
            .build(stack, "Users");
        let subnets = SubnetGroup::builder()
            .subnets(vpc.private())
            .description("caches")
            .cache_subnet_group_name("caches")
            .build(stack, "Subnets");
        let windows = Windows::new(
            BackupWindow::daily(TimeOfDay::utc(4, 0), Duration::hours(1)),
            MaintenanceWindow::weekly(Weekday::Monday, TimeOfDay::utc(5, 30), Duration::hours(2)),
        );
        let cache = ReplicationGroup::builder()
            .subnets(subnets)
            .node_type(CacheNodeType::other("cache.r8g.large"))
            .engine(NodeEngine::REDIS_7_1)
            .topology(Topology::sharded(3, 2))
            .access(CacheAccess::user_group(users))
            .description("sessions of users")
            .port(6_400)
            .encryption_key(key)
            .security_group(SecurityGroup::builder().vpc(vpc).build(stack, "Group"))
            .snapshot_retention_days(0)
            .windows(windows)
            .snapshot_name("first")
            .slow_log(LogGroup::builder().build(stack, "Slow"))
            .engine_log(LogGroup::builder().build(stack, "Engine"))
            .notification_topic(Topic::builder().build(stack, "Topic").arn())
            .parameter("maxmemory-policy", "allkeys-lfu")
            .removal_policy(RemovalPolicy::Destroy)
            .build(stack, "Cache");
        assert!(cache.secret().is_none());
        assert_eq!(cache.port().as_literal(), Some("6400"));
    });
    let log = |group: &str, kind: &str| {
        json!({
            "DestinationDetails": { "CloudWatchLogsDetails": { "LogGroup": { "Ref": Match::string_like(group) } } },
            "DestinationType": "cloudwatch-logs",
            "LogFormat": "json",
            "LogType": kind,
        })
    };
    template.has_resource(
        "AWS::ElastiCache::ReplicationGroup",
        json!({
            "DeletionPolicy": "Delete",
            "Properties": {
                "AuthToken": Match::absent(),
                "AutomaticFailoverEnabled": true,
                "CacheNodeType": "cache.r8g.large",
                "CacheParameterGroupName": { "Ref": Match::string_like("CacheParameterGroup*") },
                "CacheSubnetGroupName": { "Ref": Match::string_like("Subnets*") },
                "ClusterMode": "enabled",
                "Engine": "redis",
                "EngineVersion": "7.1",
                "KmsKeyId": { "Fn::GetAtt": [Match::string_like("Key*"), "Arn"] },
                "LogDeliveryConfigurations": [log("Slow*", "slow-log"), log("Engine*", "engine-log")],
                "MultiAZEnabled": true,
                "NotificationTopicArn": { "Ref": Match::string_like("Topic*") },
                "NumCacheClusters": Match::absent(),
                "NumNodeGroups": 3,
                "Port": 6400,
                "PreferredMaintenanceWindow": "mon:05:30-mon:07:30",
                "ReplicasPerNodeGroup": 2,
                "ReplicationGroupDescription": "sessions of users",
                "SnapshotName": "first",
                "SnapshotRetentionLimit": 0,
                "SnapshotWindow": Match::absent(),
                "UserGroupIds": [{ "Ref": Match::string_like("Users*") }],
            },
        }),
    );
    assert_eq!(
        properties(&template, "AWS::ElastiCache::ParameterGroup"),
        &json!({
            "CacheParameterGroupFamily": "redis7",
            "Description": "settings of Stack/Cache",
            "Properties": { "cluster-enabled": "yes", "maxmemory-policy": "allkeys-lfu" },
        })
    );
    template.has_properties(
        "AWS::ElastiCache::SubnetGroup",
        json!({ "Description": "caches", "CacheSubnetGroupName": "caches" }),
    );
}

#[test]
fn switches_failover_and_tokens() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let secret = Secret::builder().build(stack, "Secret");
        let builder = || {
            ReplicationGroup::builder()
                .subnets(vpc.isolated())
                .node_type(CacheNodeType::T4G_MICRO)
        };
        builder()
            .topology(Topology::replicas(0))
            .failover(Failover::Disabled)
            .access(CacheAccess::token(secret.field("token")))
            .build(stack, "Single");
        builder()
            .topology(Topology::sharded(2, 0))
            .failover(Failover::Automatic)
            .access(CacheAccess::network())
            .build(stack, "Shards");
    });
    template.has_properties(
        "AWS::ElastiCache::ReplicationGroup",
        json!({
            "AutomaticFailoverEnabled": false,
            "MultiAZEnabled": false,
            "NumCacheClusters": 1,
            "AuthToken": { "Fn::Sub": Match::string_like("{{resolve:secretsmanager:${Secret*}:SecretString:token}}") },
        }),
    );
    template.has_properties(
        "AWS::ElastiCache::ReplicationGroup",
        json!({
            "AutomaticFailoverEnabled": true,
            "MultiAZEnabled": false,
            "NumNodeGroups": 2,
            "AuthToken": Match::absent(),
            "CacheParameterGroupName": "default.valkey8.cluster.on",
        }),
    );
}

#[test]
fn creates_users_with_iam_and_passwords() {
    let template = Template::of_stack(|stack| {
        let secret = Secret::builder().build(stack, "Secret");
        let redis = || {
            User::builder()
                .engine(UserEngine::Redis)
                .access_string("on ~* +@all")
        };
        let reader = redis().user_id("reader".to_owned()).build(stack, "Reader");
        let writer = redis()
            .user_id("writer".to_owned())
            .user_name("w".to_owned())
            .authentication(UserAuthentication::passwords(
                secret.field("old"),
                secret.field("new"),
            ))
            .build(stack, "Writer");
        UserGroup::builder()
            .engine(UserEngine::Redis)
            .user_group_id("users".to_owned())
            .user(reader)
            .user(writer)
            .build(stack, "Users");
    });
    let users: Vec<&Json> = template
        .resources("AWS::ElastiCache::User")
        .iter()
        .map(|(_, user)| &user["Properties"])
        .collect();
    let password = |key: &str| {
        let secret = template.resources("AWS::SecretsManager::Secret")[0].0;
        json!({ "Fn::Sub": format!("{{{{resolve:secretsmanager:${{{secret}}}:SecretString:{key}}}}}") })
    };
    assert_eq!(
        users[..2],
        [
            &json!({
                "AccessString": "on ~* +@all",
                "AuthenticationMode": { "Type": "iam" },
                "Engine": "redis",
                "UserId": "reader",
                "UserName": "reader",
            }),
            &json!({
                "AccessString": "on ~* +@all",
                "AuthenticationMode": { "Type": "password", "Passwords": [password("old"), password("new")] },
                "Engine": "redis",
                "UserId": "writer",
                "UserName": "w",
            }),
        ]
    );
    // Redis OSS asks for a user `default`, which may do nothing here.
    assert_eq!(users[2]["UserName"], "default");
    assert_eq!(users[2]["AccessString"], "off ~* -@all");
    assert_eq!(
        users[2]["AuthenticationMode"],
        json!({ "Type": "no-password-required" })
    );
    let group = template.only("AWS::ElastiCache::UserGroup");
    assert_eq!(
        group["Properties"],
        json!({
            "Engine": "redis",
            "UserGroupId": "users",
            "UserIds": ["reader", "writer", users[2]["UserId"]],
        })
    );
    assert_eq!(group["DependsOn"].as_array().map(Vec::len), Some(3));
}

#[test]
fn grants_connections_as_user() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let worker = worker(stack);
        let users = UserGroup::builder().user(worker).build(stack, "Users");
        let role = role(stack);
        let cache = ServerlessCache::builder()
            .subnets(vpc.isolated())
            .user_group(users)
            .build(stack, "Sessions");
        cache.grant_connect(&role, worker);
        let nodes = ReplicationGroup::builder()
            .subnets(vpc.isolated())
            .node_type(CacheNodeType::T4G_SMALL)
            .access(CacheAccess::user_group(users))
            .build(stack, "Nodes");
        nodes.grant_connect(&role, worker);
    });
    let worker =
        json!({ "Fn::GetAtt": [template.resources("AWS::ElastiCache::User")[0].0, "Arn"] });
    let cache = json!({ "Fn::GetAtt": [template.resources("AWS::ElastiCache::ServerlessCache")[0].0, "ARN"] });
    let nodes = template.resources("AWS::ElastiCache::ReplicationGroup")[0].0;
    let nodes = format!(
        "arn:${{AWS::Partition}}:elasticache:${{AWS::Region}}:${{AWS::AccountId}}:replicationgroup:${{{nodes}}}"
    );
    let roles = template.resources("AWS::IAM::Role");
    let role = roles
        .iter()
        .find(|(id, _)| id.starts_with("Role"))
        .unwrap()
        .1;
    assert_eq!(
        role["Properties"]["Policies"][0]["PolicyDocument"]["Statement"],
        json!([{
            "Effect": "Allow",
            "Action": "elasticache:Connect",
            "Resource": [cache, worker, { "Fn::Sub": nodes }],
        }])
    );
}

#[test]
fn imports_caches_and_users() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        let api = SecurityGroup::builder().vpc(vpc).build(stack, "Api");
        let role = role(stack);
        let worker = User::from_id(stack, "Worker", "worker");
        let cache = ServerlessCache::from_attributes(
            stack,
            "Sessions",
            ServerlessCacheAttributes::builder()
                .serverless_cache_name("sessions")
                .host("sessions.example.com")
                .security_group_id("sg-0123456789abcdef0")
                .build(),
        );
        cache.allow_from(&api);
        cache.grant_connect(&role, worker);
        let nodes = ReplicationGroup::from_attributes(
            stack,
            "Nodes",
            ReplicationGroupAttributes::builder()
                .replication_group_id("nodes")
                .host("nodes.example.com")
                .port(6_400)
                .security_group_id("sg-0123456789abcdef1")
                .build(),
        );
        nodes.allow_from(&api);
        nodes.grant_connect(&role, worker);
        assert_eq!(nodes.reader_host().as_literal(), Some("nodes.example.com"));
        assert_eq!(cache.port().as_literal(), Some("6379"));
        let users = UserGroup::from_id(stack, "Users", "users");
        ServerlessCache::builder()
            .subnets(vpc.isolated())
            .user_group(users)
            .build(stack, "New");
    });
    template.has_properties(
        "AWS::ElastiCache::ServerlessCache",
        json!({ "UserGroupId": "users" }),
    );
    for (from, to) in [(6_379, 6_380), (6_400, 6_400)] {
        template.has_properties(
            "AWS::EC2::SecurityGroupIngress",
            json!({ "FromPort": from, "ToPort": to }),
        );
    }
    let arn = |rest: &str| json!({ "Fn::Sub": format!("arn:${{AWS::Partition}}:elasticache:${{AWS::Region}}:${{AWS::AccountId}}:{rest}") });
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "Policies": [{ "PolicyDocument": { "Statement": [{
            "Action": "elasticache:Connect",
            "Resource": [arn("serverlesscache:sessions"), arn("user:worker"), arn("replicationgroup:nodes")],
        }] } }] }),
    );
}

#[test]
fn measures_caches_and_nodes() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let vpc = vpc(stack);
    let cache = ServerlessCache::builder()
        .subnets(vpc.isolated())
        .build(stack, "Sessions");
    assert_eq!(cache.metrics().len(), 21);
    assert_eq!(
        cache.metric_named("ThrottledCmds"),
        cache.metric_throttled_commands()
    );
    let builder = || {
        ReplicationGroup::builder()
            .subnets(vpc.isolated())
            .node_type(CacheNodeType::T4G_SMALL)
    };
    let plain = builder().build(stack, "Plain");
    let shards = builder()
        .topology(Topology::sharded(2, 1))
        .build(stack, "Shards");
    let dimension = |node: infra_lib::elasticache::CacheNode| node.metric_dimensions();
    assert_ne!(dimension(plain.node(1, 1)), dimension(plain.node(1, 2)));
    assert_eq!(plain.node(1, 2).metrics().len(), 32);
    shards
        .node(2, 1)
        .alarm_on("EngineCPUUtilization")
        .comparison(infra_lib::cloudwatch::Comparison::GreaterThanThreshold)
        .threshold(90)
        .evaluation_periods(3)
        .treat_missing_data(infra_lib::cloudwatch::TreatMissingData::Breaching)
        .build(stack, "Busy");
    let template = Template::of(&app.synth(), "Stack");
    let id = template.resources("AWS::ElastiCache::ReplicationGroup")[1].0;
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({ "Dimensions": [
            { "Name": "CacheClusterId", "Value": { "Fn::Sub": format!("${{{id}}}-0002-001") } },
        ] }),
    );
}

#[test]
fn reports_users_that_elasticache_rejects() {
    insta::assert_snapshot!(findings_of(|stack| {
        let builder = User::builder;
        builder()
            .access_string("+@all")
            .user_name("other".to_owned())
            .build(stack, "Names");
        builder()
            .access_string("on ~* +@all")
            .authentication(UserAuthentication::disabled())
            .build(stack, "Open");
        let parameter =
            SecretField::from_ssm_parameter("arn:aws:ssm:eu-west-1:111122223333:parameter/cache");
        builder()
            .access_string("on ~* +@all")
            .authentication(UserAuthentication::password(parameter))
            .build(stack, "Parameter");
        let named = |id: &str| {
            let secret = Secret::builder().build(stack, &format!("{id}Secret"));
            builder()
                .access_string("on ~* +@all")
                .user_name("same".to_owned())
                .authentication(UserAuthentication::password(secret.text()))
                .build(stack, id)
        };
        UserGroup::builder()
            .user_group_id("Users_".to_owned())
            .build(stack, "Empty");
        UserGroup::builder()
            .engine(UserEngine::Redis)
            .user(named("One"))
            .user(named("Two"))
            .build(stack, "Same");
    }));
}

#[test]
fn reports_caches_that_elasticache_rejects() {
    insta::assert_snapshot!(findings_of(|stack| {
        let vpc = vpc(stack);
        let worker = worker(stack);
        let memcached = ServerlessCache::builder()
            .subnets(vpc.isolated())
            .engine(ServerlessEngine::Memcached16)
            .user_group(UserGroup::builder().user(worker).build(stack, "Users"))
            .min_data_storage(Size::mib(100))
            .max_ecpu_per_second(500)
            .snapshot_retention_days(7)
            .daily_snapshot_time(TimeOfDay::utc(25, 0))
            .build(stack, "Memcached");
        let secret = Secret::builder().build(stack, "Secret");
        let reader = User::builder()
            .access_string("on ~* +@read")
            .authentication(UserAuthentication::password(secret.text()))
            .build(stack, "Reader");
        memcached.grant_connect(&role(stack), reader);
        let builder = || {
            ReplicationGroup::builder()
                .subnets(vpc.isolated())
                .node_type(CacheNodeType::T4G_SMALL)
        };
        let single = builder()
            .topology(Topology::replicas(0))
            .transit_encryption(TransitEncryption::Preferred)
            .snapshot_retention_days(90)
            .build(stack, "Single");
        single.grant_connect(&role_named(stack, "Other"), worker);
        builder()
            .topology(Topology::sharded(501, 6))
            .failover(Failover::Disabled)
            .build(stack, "Shards");
        builder()
            .topology(Topology::sharded(2, 0))
            .windows(Windows::new(
                BackupWindow::daily(TimeOfDay::utc(1, 0), Duration::minutes(30)),
                MaintenanceWindow::weekly(
                    Weekday::Sunday,
                    TimeOfDay::utc(3, 0),
                    Duration::hours(1),
                ),
            ))
            .build(stack, "Windows");
    }));
}

fn role_named<'app>(stack: Stack<'app>, id: &str) -> Role<'app> {
    Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
        .build(stack, id)
}

#[test]
fn needs_two_zones_for_failover() {
    let findings = findings_of(|stack| {
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .availability_zones(1)
            .build(stack, "Vpc");
        ServerlessCache::builder()
            .subnets(vpc.isolated())
            .build(stack, "Sessions");
        ReplicationGroup::builder()
            .subnets(vpc.isolated())
            .node_type(CacheNodeType::T4G_SMALL)
            .build(stack, "Cache");
    });
    assert_eq!(findings.matches("INF4106").count(), 2, "{findings}");
    assert!(findings.contains("a cache with failover requires subnets in two Availability Zones"));
}
