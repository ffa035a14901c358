//! Tests of the constructs in `infra_lib::opensearchservice`.

use infra_lib::assertions::{Match, Template};
use infra_lib::certificatemanager::Certificate;
use infra_lib::cloudwatch::MetricSource;
use infra_lib::core::logical_id::logical_id;
use infra_lib::ec2::{Connectable, SecurityGroup, Vpc};
use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::kms::Key;
use infra_lib::logs::LogGroup;
use infra_lib::opensearchservice::{
    AsDomain, CognitoLogin, CustomEndpoint, Domain, DomainAccess, DomainAttributes, DomainCapacity,
    DomainNetwork, DomainStorage, EngineVersion, IpAddresses, MasterNodes, OffPeakWindow,
    SamlLogin, SearchInstanceType, SoftwareUpdates, TlsPolicy, ZoneCount,
};
use infra_lib::route53::HostedZone;
use infra_lib::secretsmanager::{Secret, SecretField};
use infra_lib::{App, Duration, RemovalPolicy, Size, Stack, cidr, policy};
use serde_json::{Value as Json, json};

use crate::base::findings_of;

const DOMAIN: &str = "AWS::OpenSearchService::Domain";

fn vpc(stack: Stack<'_>) -> Vpc<'_> {
    Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .build(stack, "Vpc")
}

fn two_nodes() -> DomainCapacity {
    DomainCapacity::data_nodes(2, SearchInstanceType::R7G_LARGE)
}

fn role<'app>(stack: Stack<'app>, id: &str) -> Role<'app> {
    Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
        .build(stack, id)
}

/// Returns the logical ID of the resource with a path below the stack.
fn id_of(path: &str) -> String {
    logical_id(&path.split('/').collect::<Vec<_>>())
}

/// Returns the properties of the only domain of a stack.
fn properties(template: &Template) -> &Json {
    &template.only(DOMAIN)["Properties"]
}

#[test]
fn creates_domain_in_vpc_with_secure_defaults() {
    let template = Template::of_stack(|stack| {
        let vpc = vpc(stack);
        Domain::builder()
            .network(DomainNetwork::vpc(vpc.isolated()))
            .capacity(two_nodes())
            .build(stack, "Search");
    });
    let domain = template.only(DOMAIN);
    assert_eq!(domain["DeletionPolicy"], "Retain");
    assert_eq!(
        domain["UpdatePolicy"],
        json!({ "EnableVersionUpgrade": true })
    );
    let secret = id_of("Search/MasterUser/Resource");
    let group = id_of("Search/SecurityGroup/Resource");
    let logs = id_of("Search/AppLogs/Resource");
    assert_eq!(
        domain["DependsOn"],
        json!([id_of("Search/LogGroupPolicy/ResourcePolicy")])
    );
    assert_eq!(
        *properties(&template),
        json!({
            "AccessPolicies": {
                "Version": "2012-10-17",
                "Statement": [{
                    "Effect": "Allow",
                    "Principal": { "AWS": "*" },
                    "Action": "es:ESHttp*",
                    "Resource": "*",
                }],
            },
            "AdvancedSecurityOptions": {
                "Enabled": true,
                "InternalUserDatabaseEnabled": true,
                "MasterUserOptions": {
                    "MasterUserName": "admin",
                    "MasterUserPassword": { "Fn::Sub": format!("{{{{resolve:secretsmanager:${{{secret}}}:SecretString:password}}}}") },
                },
            },
            "ClusterConfig": {
                "DedicatedMasterEnabled": false,
                "InstanceCount": 2,
                "InstanceType": "r7g.large.search",
                "MultiAZWithStandbyEnabled": false,
                "ZoneAwarenessConfig": { "AvailabilityZoneCount": 2 },
                "ZoneAwarenessEnabled": true,
            },
            "DomainEndpointOptions": {
                "EnforceHTTPS": true,
                "TLSSecurityPolicy": "Policy-Min-TLS-1-2-PFS-2023-10",
            },
            "EBSOptions": { "EBSEnabled": true, "VolumeSize": 10, "VolumeType": "gp3" },
            "EncryptionAtRestOptions": { "Enabled": true },
            "EngineVersion": "OpenSearch_3.3",
            "IPAddressType": "ipv4",
            "LogPublishingOptions": {
                "ES_APPLICATION_LOGS": {
                    "CloudWatchLogsLogGroupArn": { "Fn::GetAtt": [logs, "Arn"] },
                    "Enabled": true,
                },
            },
            "NodeToNodeEncryptionOptions": { "Enabled": true },
            "SoftwareUpdateOptions": { "AutoSoftwareUpdateEnabled": true },
            "VPCOptions": {
                "SecurityGroupIds": [{ "Fn::GetAtt": [group, "GroupId"] }],
                "SubnetIds": [
                    { "Ref": id_of("Vpc/IsolatedSubnet1/Subnet") },
                    { "Ref": id_of("Vpc/IsolatedSubnet2/Subnet") },
                ],
            },
        })
    );
    template.has_properties(
        "AWS::SecretsManager::Secret",
        json!({ "GenerateSecretString": {
            "GenerateStringKey": "password",
            "RequireEachIncludedType": true,
            "SecretStringTemplate": "{\"username\":\"admin\"}",
        } }),
    );
    template.has_properties(
        "AWS::Logs::ResourcePolicy",
        json!({ "PolicyDocument": { "Statement": [{
            "Effect": "Allow",
            "Principal": { "Service": "es.amazonaws.com" },
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": { "Fn::GetAtt": [logs, "Arn"] },
            "Condition": { "StringEquals": { "aws:SourceAccount": { "Ref": "AWS::AccountId" } } },
        }] } }),
    );
}

#[test]
fn spreads_nodes_over_the_zones_that_they_fill() {
    let zones_of = |count, zones: Option<ZoneCount>| {
        let template = Template::of_stack(|stack| {
            Domain::builder()
                .network(DomainNetwork::internet())
                .capacity(DomainCapacity::data_nodes(
                    count,
                    SearchInstanceType::T3_SMALL,
                ))
                .maybe_zones(zones)
                .build(stack, "Search");
        });
        let config = &properties(&template)["ClusterConfig"];
        assert_eq!(
            config["ZoneAwarenessEnabled"],
            config.get("ZoneAwarenessConfig").is_some()
        );
        config["ZoneAwarenessConfig"]["AvailabilityZoneCount"]
            .as_u64()
            .unwrap_or(1)
    };
    assert_eq!(zones_of(1, None), 1);
    assert_eq!(zones_of(2, None), 2);
    assert_eq!(zones_of(3, None), 3);
    assert_eq!(zones_of(4, None), 2);
    assert_eq!(zones_of(5, None), 1);
    assert_eq!(zones_of(6, None), 3);
    assert_eq!(zones_of(4, Some(ZoneCount::Three)), 3);
    assert_eq!(zones_of(2, Some(ZoneCount::One)), 1);
}

#[test]
fn uses_one_subnet_for_each_zone() {
    let template = Template::of_stack(|stack| {
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .availability_zones(3)
            .build(stack, "Vpc");
        Domain::builder()
            .network(DomainNetwork::vpc(vpc.private()))
            .capacity(DomainCapacity::data_nodes(
                1,
                SearchInstanceType::R7GD_LARGE,
            ))
            .build(stack, "Search");
    });
    let properties = properties(&template);
    assert_eq!(
        properties["VPCOptions"]["SubnetIds"],
        json!([{ "Ref": id_of("Vpc/PrivateSubnet1/Subnet") }])
    );
    assert_eq!(properties["EBSOptions"], json!({ "EBSEnabled": false }));
}

#[test]
fn sets_options_of_domain() {
    let template = Template::of_stack(|stack| {
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .availability_zones(3)
            .build(stack, "Vpc");
        let zone = HostedZone::from_attributes(stack, "Zone", "Z0123456789", "example.com");
        let certificate = Certificate::builder()
            .domain_name("search.example.com")
            .zone(&zone)
            .build(stack, "Certificate");
        let logs = |id: &str| LogGroup::builder().build(stack, id);
        let capacity = DomainCapacity::data_nodes(3, SearchInstanceType::OR2_LARGE)
            .master_nodes(MasterNodes::Three, SearchInstanceType::M7G_MEDIUM)
            .warm_nodes(2, SearchInstanceType::ULTRAWARM1_MEDIUM)
            .coordinator_nodes(2, SearchInstanceType::M7G_LARGE)
            .cold_storage()
            .multi_az_with_standby();
        Domain::builder()
            .network(DomainNetwork::vpc(vpc.private()))
            .capacity(capacity)
            .version(EngineVersion::open_search("2.19"))
            .domain_name("products")
            .storage(DomainStorage::gp3_with(Size::gib(100), 6_000, 500))
            .access(DomainAccess::master_role(role(stack, "Admins")))
            .encryption_key(Key::builder().build(stack, "Key"))
            .security_group(SecurityGroup::builder().vpc(vpc).build(stack, "Group"))
            .tls_policy(TlsPolicy::Tls12)
            .custom_endpoint(CustomEndpoint::new("search.example.com", certificate).zone(zone))
            .ip_addresses(IpAddresses::DualStack)
            .application_log(logs("Errors"))
            .search_slow_log(logs("Searches"))
            .index_slow_log(logs("Writes"))
            .audit_log(logs("Audit"))
            .cognito(CognitoLogin::new("eu-west-1_abcdefghi", "eu-west-1:1234"))
            .software_updates(SoftwareUpdates::Manual)
            .off_peak_window(OffPeakWindow::starting_at(3, 30))
            .advanced_option("indices.query.bool.max_clause_count", "2048")
            .removal_policy(RemovalPolicy::Destroy)
            .build(stack, "Search");
    });
    assert_eq!(template.only(DOMAIN)["DeletionPolicy"], "Delete");
    template.resource_count("AWS::SecretsManager::Secret", 0);
    let domain = id_of("Search/Resource");
    template.has_properties(
        DOMAIN,
        json!({
            "AccessPolicies": Match::absent(),
            "AdvancedOptions": { "indices.query.bool.max_clause_count": "2048" },
            "AdvancedSecurityOptions": {
                "Enabled": true,
                "InternalUserDatabaseEnabled": false,
                "MasterUserOptions": {
                    "MasterUserARN": { "Fn::GetAtt": [id_of("Admins/Resource"), "Arn"] },
                },
            },
            "ClusterConfig": {
                "ColdStorageOptions": { "Enabled": true },
                "DedicatedMasterCount": 3,
                "DedicatedMasterEnabled": true,
                "DedicatedMasterType": "m7g.medium.search",
                "InstanceCount": 3,
                "InstanceType": "or2.large.search",
                "MultiAZWithStandbyEnabled": true,
                "NodeOptions": [{
                    "NodeType": "coordinator",
                    "NodeConfig": { "Enabled": true, "Count": 2, "Type": "m7g.large.search" },
                }],
                "WarmCount": 2,
                "WarmEnabled": true,
                "WarmType": "ultrawarm1.medium.search",
                "ZoneAwarenessConfig": { "AvailabilityZoneCount": 3 },
            },
            "CognitoOptions": {
                "Enabled": true,
                "IdentityPoolId": "eu-west-1:1234",
                "RoleArn": { "Fn::GetAtt": [id_of("Search/CognitoRole/Resource"), "Arn"] },
                "UserPoolId": "eu-west-1_abcdefghi",
            },
            "DomainEndpointOptions": {
                "CustomEndpoint": "search.example.com",
                "CustomEndpointCertificateArn": { "Ref": id_of("Certificate/Resource") },
                "CustomEndpointEnabled": true,
                "TLSSecurityPolicy": "Policy-Min-TLS-1-2-2019-07",
            },
            "DomainName": "products",
            "EBSOptions": {
                "EBSEnabled": true,
                "Iops": 6_000,
                "Throughput": 500,
                "VolumeSize": 100,
                "VolumeType": "gp3",
            },
            "EncryptionAtRestOptions": { "Enabled": true, "KmsKeyId": { "Ref": id_of("Key/Resource") } },
            "EngineVersion": "OpenSearch_2.19",
            "IPAddressType": "dualstack",
            "OffPeakWindowOptions": {
                "Enabled": true,
                "OffPeakWindow": { "WindowStartTime": { "Hours": 3, "Minutes": 30 } },
            },
            "SoftwareUpdateOptions": { "AutoSoftwareUpdateEnabled": false },
        }),
    );
    let logs: Vec<&String> = properties(&template)["LogPublishingOptions"]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    assert_eq!(
        logs,
        [
            "AUDIT_LOGS",
            "ES_APPLICATION_LOGS",
            "INDEX_SLOW_LOGS",
            "SEARCH_SLOW_LOGS"
        ]
    );
    template.has_properties(
        "AWS::Route53::RecordSet",
        json!({
            "Name": "search.example.com.",
            "ResourceRecords": [{ "Fn::GetAtt": [domain, "DomainEndpoint"] }],
            "Type": "CNAME",
        }),
    );
    template.has_properties(
        "AWS::IAM::Role",
        json!({ "ManagedPolicyArns": [
            { "Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/AmazonOpenSearchServiceCognitoAccess" },
        ] }),
    );
}

#[test]
fn reads_password_from_secret_and_logs_in_with_saml() {
    let template = Template::of_stack(|stack| {
        let secret = Secret::builder()
            .field("username", "root")
            .build(stack, "Password");
        let saml = SamlLogin::new("https://id.example.com", "<xml/>")
            .master_user("ada")
            .master_backend_role("admins")
            .roles_key("groups")
            .subject_key("mail")
            .session_timeout(Duration::hours(8));
        Domain::builder()
            .network(DomainNetwork::internet())
            .capacity(two_nodes())
            .access(DomainAccess::password(secret.field("password")).user_name("root"))
            .saml(saml)
            .access_policy(
                Statement::deny()
                    .principal(Principal::any())
                    .action("es:ESHttpDelete"),
            )
            .build(stack, "Search");
    });
    let secret = id_of("Password/Resource");
    assert_eq!(
        properties(&template)["AdvancedSecurityOptions"],
        json!({
            "Enabled": true,
            "InternalUserDatabaseEnabled": true,
            "MasterUserOptions": {
                "MasterUserName": "root",
                "MasterUserPassword": { "Fn::Sub": format!("{{{{resolve:secretsmanager:${{{secret}}}:SecretString:password}}}}") },
            },
            "SAMLOptions": {
                "Enabled": true,
                "Idp": { "EntityId": "https://id.example.com", "MetadataContent": "<xml/>" },
                "MasterBackendRole": "admins",
                "MasterUserName": "ada",
                "RolesKey": "groups",
                "SessionTimeoutMinutes": 480,
                "SubjectKey": "mail",
            },
        })
    );
    assert_eq!(
        properties(&template)["AccessPolicies"]["Statement"],
        json!([
            { "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "es:ESHttp*", "Resource": "*" },
            { "Effect": "Deny", "Principal": { "AWS": "*" }, "Action": "es:ESHttpDelete", "Resource": "*" },
        ])
    );
    template.resource_count("AWS::EC2::SecurityGroup", 0);
}

#[test]
fn grants_requests_to_the_domain_indexes_and_paths() {
    let template = Template::of_stack(|stack| {
        let domain = Domain::builder()
            .network(DomainNetwork::internet())
            .capacity(two_nodes())
            .access(DomainAccess::iam())
            .build(stack, "Search");
        domain.grant_read(&role(stack, "Reader"));
        domain.grant_write(&role(stack, "Writer"));
        domain.grant_read_write(&role(stack, "Both"));
        let index = role(stack, "Index");
        domain.grant_index_read(&index, "logs-*");
        domain.grant_index_write(&index, "metrics");
        domain.grant_index_read_write(&role(stack, "IndexBoth"), "logs-*");
        let path = role(stack, "Path");
        domain.grant_path_read(&path, "logs/_search");
        domain.grant_path_write(&path, "logs/_doc/*");
        domain.grant_path_read_write(&role(stack, "PathBoth"), "logs/_doc/*");
    });
    assert!(properties(&template).get("AccessPolicies").is_none());
    let domain = id_of("Search/Resource");
    let arn = json!({ "Fn::GetAtt": [domain, "Arn"] });
    let below = |rest: &str| json!({ "Fn::Sub": format!("${{{domain}.Arn}}/{rest}") });
    let read = json!(["es:ESHttpGet", "es:ESHttpHead"]);
    let write = json!([
        "es:ESHttpDelete",
        "es:ESHttpPatch",
        "es:ESHttpPost",
        "es:ESHttpPut"
    ]);
    let both = json!([
        "es:ESHttpGet",
        "es:ESHttpHead",
        "es:ESHttpDelete",
        "es:ESHttpPatch",
        "es:ESHttpPost",
        "es:ESHttpPut"
    ]);
    let statement = |actions: &Json, resource: Json| json!({ "Effect": "Allow", "Action": actions, "Resource": resource });
    let statements = |id: &str| {
        let role = &template.json()["Resources"][id_of(&format!("{id}/Resource"))];
        role["Properties"]["Policies"][0]["PolicyDocument"]["Statement"].clone()
    };
    let all = json!([arn, below("*")]);
    assert_eq!(statements("Reader"), json!([statement(&read, all.clone())]));
    assert_eq!(
        statements("Writer"),
        json!([statement(&write, all.clone())])
    );
    assert_eq!(statements("Both"), json!([statement(&both, all)]));
    assert_eq!(
        statements("Index"),
        json!([
            statement(&read, json!([below("logs-*"), below("logs-*/*")])),
            statement(&write, json!([below("metrics"), below("metrics/*")])),
        ])
    );
    assert_eq!(
        statements("IndexBoth"),
        json!([statement(
            &both,
            json!([below("logs-*"), below("logs-*/*")])
        )])
    );
    assert_eq!(
        statements("Path"),
        json!([
            statement(&read, below("logs/_search")),
            statement(&write, below("logs/_doc/*")),
        ])
    );
    assert_eq!(
        statements("PathBoth"),
        json!([statement(&both, below("logs/_doc/*"))])
    );
}

#[test]
fn imports_domain_by_endpoint_and_by_attributes() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let domain = Domain::from_endpoint(
        stack,
        "Search",
        "https://search-my-products-abcdefghijklmnop.eu-west-1.es.amazonaws.com/",
    );
    assert_eq!(domain.domain_name().as_literal(), Some("my-products"));
    assert_eq!(
        domain.endpoint().as_literal(),
        Some("search-my-products-abcdefghijklmnop.eu-west-1.es.amazonaws.com")
    );
    let vpc = vpc(stack);
    let attributes = DomainAttributes::builder()
        .domain_name("logs")
        .endpoint("vpc-logs-abc.eu-west-1.es.amazonaws.com")
        .arn("arn:aws:es:eu-west-1:111122223333:domain/logs")
        .security_group_id("sg-0123456789abcdef0")
        .build();
    let logs = Domain::from_attributes(stack, "Logs", attributes);
    logs.as_domain()
        .allow_from(&SecurityGroup::builder().vpc(vpc).build(stack, "Api"));
    let reader = role(stack, "Reader");
    logs.grant_index_read(&reader, "logs-*");
    domain.grant_read_write(&reader);
    let synthesis = app.synth();
    assert!(!synthesis.has_errors());
    let template = Template::of(&synthesis, "Stack");
    let role = &template.json()["Resources"][id_of("Reader/Resource")];
    let statements = &role["Properties"]["Policies"][0]["PolicyDocument"]["Statement"];
    assert_eq!(
        statements[0]["Resource"],
        json!([
            "arn:aws:es:eu-west-1:111122223333:domain/logs/logs-*",
            "arn:aws:es:eu-west-1:111122223333:domain/logs/logs-*/*"
        ])
    );
    assert_eq!(
        statements[1]["Resource"],
        json!([
            { "Fn::Sub": "arn:${AWS::Partition}:es:${AWS::Region}:${AWS::AccountId}:domain/my-products" },
            { "Fn::Sub": "arn:${AWS::Partition}:es:${AWS::Region}:${AWS::AccountId}:domain/my-products/*" },
        ])
    );
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "GroupId": "sg-0123456789abcdef0", "FromPort": 443, "ToPort": 443 }),
    );
}

#[test]
fn has_metrics_of_name_and_account() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let domain = Domain::builder()
        .network(DomainNetwork::internet())
        .capacity(two_nodes())
        .build(stack, "Search");
    assert_eq!(domain.metric_namespace(), "AWS/ES");
    let dimensions = domain.metric_dimensions();
    let names: Vec<&str> = dimensions.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["DomainName", "ClientId"]);
    assert_eq!(
        domain.metric_cluster_status_red(),
        domain.metric_named("ClusterStatus.red")
    );
    domain
        .metric_free_storage_space()
        .alarm()
        .comparison(infra_lib::cloudwatch::Comparison::LessThanThreshold)
        .threshold(5_120)
        .evaluation_periods(1)
        .treat_missing_data(infra_lib::cloudwatch::TreatMissingData::Missing)
        .build(stack, "Full");
    let template = Template::of(&app.synth(), "Stack");
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({
            "Dimensions": [
                { "Name": "DomainName", "Value": { "Ref": id_of("Search/Resource") } },
                { "Name": "ClientId", "Value": { "Ref": "AWS::AccountId" } },
            ],
            "MetricName": "FreeStorageSpace",
            "Statistic": "Minimum",
        }),
    );
}

#[test]
fn does_not_report_policy_of_domain_that_authenticates_users() {
    let findings = |access: DomainAccess<'static>| {
        let app = App::new();
        app.add_policy(policy::recommended());
        let stack = Stack::new(&app, "Stack");
        let statement = Statement::allow()
            .principal(Principal::any())
            .action("es:ESHttpGet");
        Domain::builder()
            .network(DomainNetwork::internet())
            .capacity(two_nodes())
            .access(access)
            .access_policy(statement)
            .build(stack, "Search");
        let synthesis = app.synth();
        let codes = synthesis.findings().iter();
        codes
            .filter(|found| found.code.as_str() == "INF4985")
            .count()
    };
    assert_eq!(findings(DomainAccess::generated_password()), 0);
    assert_eq!(findings(DomainAccess::iam()), 1);
}

#[test]
fn reports_nodes_that_opensearch_service_rejects() {
    insta::assert_snapshot!(findings_of(|stack| {
        let build = |id: &str, capacity| {
            Domain::builder()
                .network(DomainNetwork::internet())
                .capacity(capacity)
                .build(stack, id);
        };
        let data = DomainCapacity::data_nodes;
        build("None", data(0, SearchInstanceType::R7G_LARGE));
        build("Type", data(1, SearchInstanceType::other("r7g.large")));
        build("WarmData", data(1, SearchInstanceType::ULTRAWARM1_MEDIUM));
        build(
            "Warm",
            data(1, SearchInstanceType::T3_SMALL).warm_nodes(1, SearchInstanceType::R7G_LARGE),
        );
        build(
            "Cold",
            data(1, SearchInstanceType::R7G_LARGE).cold_storage(),
        );
        build(
            "Coordinator",
            data(1, SearchInstanceType::R7G_LARGE)
                .coordinator_nodes(0, SearchInstanceType::M7G_LARGE),
        );
        build(
            "Standby",
            data(2, SearchInstanceType::R7G_LARGE)
                .master_nodes(MasterNodes::Five, SearchInstanceType::M7G_MEDIUM)
                .multi_az_with_standby(),
        );
    }));
}

#[test]
fn reports_settings_that_opensearch_service_rejects() {
    insta::assert_snapshot!(findings_of(|stack| {
        let vpc = vpc(stack);
        let builder = || {
            Domain::builder()
                .network(DomainNetwork::internet())
                .capacity(two_nodes())
        };
        builder().zones(ZoneCount::Three).build(stack, "Zones");
        Domain::builder()
            .network(DomainNetwork::vpc(vpc.isolated()))
            .capacity(DomainCapacity::data_nodes(3, SearchInstanceType::R7G_LARGE))
            .zones(ZoneCount::Three)
            .build(stack, "Subnets");
        let storage = |id: &str, storage| {
            builder().storage(storage).build(stack, id);
        };
        storage("Small", DomainStorage::gp2(Size::gib(5)));
        storage("Iops", DomainStorage::io1(Size::gib(10), 1_000));
        storage(
            "Throughput",
            DomainStorage::gp3_with(Size::gib(10), 3_000, 1_000),
        );
        storage("Local", DomainStorage::local_disks());
        let parameter =
            SecretField::from_ssm_parameter("arn:aws:ssm:eu-west-1:111122223333:parameter/search");
        builder()
            .access(DomainAccess::password(parameter))
            .saml(SamlLogin::new("short", "<xml/>"))
            .build(stack, "Parameter");
        builder()
            .saml(
                SamlLogin::new("https://id.example.com", "<xml/>")
                    .session_timeout(Duration::days(2)),
            )
            .build(stack, "Session");
        builder()
            .access(DomainAccess::iam())
            .audit_log(LogGroup::builder().build(stack, "Audit"))
            .saml(SamlLogin::new("https://id.example.com", "<xml/>"))
            .build(stack, "Iam");
        builder()
            .version(EngineVersion::elasticsearch("6.5"))
            .build(stack, "Old");
        builder()
            .version(EngineVersion::elasticsearch("5.6"))
            .access(DomainAccess::iam())
            .build(stack, "Older");
        builder()
            .version(EngineVersion::open_search("latest"))
            .build(stack, "Latest");
        let named = builder()
            .domain_name("Products")
            .off_peak_window(OffPeakWindow::starting_at(24, 0))
            .build(stack, "Named");
        named.allow_from(&SecurityGroup::builder().vpc(vpc).build(stack, "Api"));
        Domain::from_endpoint(stack, "Endpoint", "https://search.example.com");
    }));
}
