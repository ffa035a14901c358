//! Tests of imports: handles of existing resources, by attributes and by context lookups.

use infra_lib::assertions::{Match, Template};
use infra_lib::cloudfront::{CloudFrontSite, DistributionLogs, SiteLogs};
use infra_lib::cognito::{UserPool, UserPoolGroup};
use infra_lib::dynamodb::{Attribute, Table, TableEncryption};
use infra_lib::ec2::{
    Connectable, Egress, ImageLookup, Peer, SecurityGroup, SecurityGroupLookup, Tier, Vpc,
    VpcLookup, lookup_availability_zones, lookup_endpoint_service_zones,
};
use infra_lib::ecr::{ImageDigest, Repository};
use infra_lib::ecs::{
    Cluster, ContainerDefinition, ContainerImage, ExecuteCommand, FargateService,
    FargateTaskDefinition, WithPort,
};
use infra_lib::elbv2::{
    Action, ApplicationLoadBalancer, ApplicationLoadBalancerAttributes, HealthCheck, Listener,
    ListenerAttributes, ListenerLookup, ListenerProtocol, ListenerRule, LoadBalancerLookup, Scheme,
    TargetGroup,
};
use infra_lib::events::EventBus;
use infra_lib::iam::{ImportedRole, InstanceProfile, Principal, Role};
use infra_lib::kinesis::{Stream, StreamEncryption};
use infra_lib::kms::{ImportedKey, Key};
use infra_lib::lambda::{Code, Function, Runtime};
use infra_lib::logs::{FilterPattern, LogDestination, LogGroup, SubscriptionFilter};
use infra_lib::lookup::ResourceLookup;
use infra_lib::rds::{RdsInstance, RdsInstanceAttributes};
use infra_lib::route53::{ARecord, AliasTarget, HostedZone, HostedZoneLookup};
use infra_lib::s3::{Bucket, BucketEncryption};
use infra_lib::secretsmanager::Secret;
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::sqs::{Queue, QueueEncryption};
use infra_lib::ssm::StringParameter;
use infra_lib::wafv2::{Regional, WebAcl};
use infra_lib::{
    App, Duration, Environment, Stack, StackProps, Value as Deferred, cidr, kind, sub, task_size,
};
use serde_json::{Value, json};

use crate::base::findings_of;

const DIGEST: &str = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const BALANCER: &str =
    "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shared/50dc6c495c0c9188";
const LISTENER: &str = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shared/50dc6c495c0c9188/f2f7dc8efc522ab2";
const GROUP: &str =
    "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/api/73e2d6bc24d8a067";

fn role(stack: Stack<'_>) -> Role<'_> {
    Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
        .build(stack, "Role")
}

fn balancer_attributes() -> ApplicationLoadBalancerAttributes {
    ApplicationLoadBalancerAttributes::builder()
        .arn(BALANCER)
        .dns_name("internal-shared-1.eu-west-1.elb.amazonaws.com")
        .canonical_hosted_zone_id("Z32O12XQLNTSW2")
        .security_group_id("sg-balancer")
        .scheme(Scheme::Internal)
        .build()
}

#[test]
fn takes_imported_log_group_where_builders_take_one() {
    let template = Template::of_stack(|stack| {
        let logs = LogGroup::from_name(stack, "Logs", "/shop/api");
        let function = Function::builder()
            .runtime(Runtime::Nodejs24)
            .handler("index.handler")
            .code(Code::inline("exports.handler = async () => {};"))
            .log_group(logs)
            .build(stack, "Function");
        assert_eq!(function.log_group().name().as_literal(), Some("/shop/api"));
        SubscriptionFilter::builder()
            .log_group(logs)
            .pattern(FilterPattern::any_term(["ERROR"]))
            .destination(LogDestination::of(&function))
            .build(stack, "Errors");
    });
    template.resource_count("AWS::Logs::LogGroup", 0);
    template.has_properties(
        "AWS::Lambda::Function",
        json!({ "LoggingConfig": { "LogGroup": "/shop/api" } }),
    );
    template.has_properties(
        "AWS::Logs::SubscriptionFilter",
        json!({ "LogGroupName": "/shop/api" }),
    );
    let arn = json!({ "Fn::Sub": "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/shop/api:*" });
    template.has_properties("AWS::Lambda::Permission", json!({ "SourceArn": arn }));
}

#[test]
fn takes_names_out_of_literal_and_deferred_arns() {
    let app = App::new();
    let stack = Stack::new(&app, "Stack");
    let literal = "arn:aws:logs:eu-west-1:111122223333:log-group:/shop/api";
    let logs = LogGroup::from_arn(stack, "Logs", literal);
    assert_eq!(logs.name().as_literal(), Some("/shop/api"));
    assert_eq!(
        logs.arn().as_literal(),
        Some(&*format!("{literal}:*")),
        "the ARN covers the log streams"
    );
    let cluster = Cluster::from_arn(
        stack,
        "Cluster",
        "arn:aws:ecs:eu-west-1:111122223333:cluster/shared",
    );
    assert_eq!(cluster.cluster_name().as_literal(), Some("shared"));
    let images = Repository::from_arn(
        stack,
        "Images",
        "arn:aws:ecr:eu-west-1:444455556666:repository/shop/api",
    );
    assert_eq!(images.name().as_literal(), Some("shop/api"));
    let group = TargetGroup::from_arn(stack, "Group", GROUP);
    assert_eq!(
        group.full_name().as_literal(),
        Some("targetgroup/api/73e2d6bc24d8a067")
    );
    let deferred: Deferred<infra_lib::Arn<kind::ecs::Cluster>> =
        infra_lib::intrinsics::import_value("ClusterArn");
    let cluster = Cluster::from_arn(stack, "Deferred", deferred);
    infra_lib::Output::new(stack, "Name", cluster.cluster_name());
    Bucket::builder().build(stack, "Bucket");
    let synthesis = app.synth();
    assert!(
        synthesis.findings().is_empty(),
        "{:?}",
        synthesis.findings()
    );
    Template::of(&synthesis, "Stack").has_output(
        "Name",
        json!({ "Value": {
            "Fn::Select": [1, { "Fn::Split": ["/", { "Fn::ImportValue": "ClusterArn" }] }]
        } }),
    );
}

#[test]
fn runs_service_in_imported_cluster_behind_imported_listener() {
    let template = Template::of_stack(|stack| {
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .build(stack, "Vpc");
        let images = Repository::from_name(stack, "Images", "api");
        let image = ContainerImage::from_repository(&images, ImageDigest::parse(DIGEST).unwrap());
        let task = FargateTaskDefinition::builder()
            .size(task_size!(512 cpu, 1024 MiB))
            .container(ContainerDefinition::new("api", image).port(8080))
            .log_group(LogGroup::from_name(stack, "Logs", "/shop/api"))
            .build(stack, "TaskDefinition");
        let service = FargateService::builder()
            .cluster(Cluster::from_name(stack, "Cluster", "shared"))
            .task_definition(task)
            .subnets(vpc.private())
            .build(stack, "Service");
        let group = TargetGroup::builder()
            .vpc(vpc)
            .port(8080)
            .health_check(HealthCheck::http("/healthz"))
            .build(stack, "Group");
        let https = Listener::from_attributes(
            stack,
            "Https",
            ListenerAttributes::https(LISTENER, "sg-balancer"),
        );
        ListenerRule::builder()
            .listener(https)
            .priority(10)
            .path_patterns(["/api/*"])
            .action(Action::forward(&group))
            .build(stack, "Rule");
        service.load_balance(&group);
        service
            .auto_scale(2, 10)
            .on_requests_per_target(&group, 100);
    });
    template.has_properties("AWS::ECS::Service", json!({ "Cluster": "shared" }));
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::ListenerRule",
        json!({ "ListenerArn": LISTENER }),
    );
    // The load balancer may reach the tasks.
    template.has_properties(
        "AWS::EC2::SecurityGroupEgress",
        json!({ "GroupId": "sg-balancer", "FromPort": 8080 }),
    );
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "SourceSecurityGroupId": "sg-balancer", "FromPort": 8080 }),
    );
    let policies = template.resources("AWS::ApplicationAutoScaling::ScalingPolicy");
    let label = policies[0].1.to_string();
    assert!(label.contains("app/shared/50dc6c495c0c9188/"), "{label}");
    template.resource_count("AWS::ECS::Cluster", 0);
}

#[test]
fn leaves_settings_of_imported_cluster_alone() {
    let template = Template::of_stack(|stack| {
        let vpc = Vpc::builder()
            .cidr(cidr!("10.0.0.0/16"))
            .build(stack, "Vpc");
        let image = ContainerImage::from_registry_digest(format!("public.ecr.aws/x/y@{DIGEST}"));
        let task = FargateTaskDefinition::builder()
            .size(task_size!(512 cpu, 1024 MiB))
            .container(
                ContainerDefinition::new("api", image)
                    .port(8080)
                    .root_file_system(infra_lib::ecs::RootFileSystem::Writable),
            )
            .build(stack, "TaskDefinition");
        FargateService::builder()
            .cluster(Cluster::from_name(stack, "Cluster", "shared"))
            .task_definition(task)
            .subnets(vpc.private())
            .execute_command(ExecuteCommand::Enabled)
            .build(stack, "Service");
    });
    // Flow logs and the logs of the task.
    template.resource_count("AWS::Logs::LogGroup", 2);
    let policies = format!("{:?}", template.resources("AWS::IAM::Role"));
    assert!(policies.contains("ssmmessages:OpenDataChannel"));
    assert!(!policies.contains("logs:DescribeLogGroups"), "{policies}");
}

#[test]
fn uses_imported_load_balancer_in_every_role() {
    let template = Template::of_stack(|stack| {
        let balancer =
            ApplicationLoadBalancer::from_attributes(stack, "Balancer", balancer_attributes());
        let http = Listener::builder()
            .load_balancer(balancer)
            .protocol(ListenerProtocol::Http)
            .default_action(Action::forward(&TargetGroup::from_arn(
                stack, "Group", GROUP,
            )))
            .build(stack, "Http");
        http.allow_from_peer(&Peer::any_ipv4(), "the internet");
        WebAcl::<Regional>::from_arn(
            stack,
            "WebAcl",
            "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shared/473e64fd",
        )
        .protect(&balancer);
        let zone =
            HostedZone::from_attributes(stack, "Zone", "Z0123456789ABCDEFGHIJ", "example.com");
        ARecord::builder()
            .zone(zone)
            .domain_name("api.example.com")
            .target(AliasTarget::load_balancer(&balancer))
            .build(stack, "Record");
    });
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::Listener",
        json!({ "LoadBalancerArn": BALANCER, "DefaultActions": [{ "TargetGroupArn": GROUP }] }),
    );
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "GroupId": "sg-balancer", "FromPort": 80, "CidrIp": "0.0.0.0/0" }),
    );
    template.has_properties(
        "AWS::WAFv2::WebACLAssociation",
        json!({ "ResourceArn": BALANCER, "WebACLArn": Match::string_like("*webacl/shared/*") }),
    );
    template.has_properties(
        "AWS::Route53::RecordSet",
        json!({ "AliasTarget": { "HostedZoneId": "Z32O12XQLNTSW2" } }),
    );
}

#[test]
fn reports_port_that_imported_load_balancer_has_twice() {
    let found = findings_of(|stack| {
        let balancer =
            ApplicationLoadBalancer::from_attributes(stack, "Balancer", balancer_attributes());
        for id in ["First", "Second"] {
            Listener::builder()
                .load_balancer(balancer)
                .protocol(ListenerProtocol::Http)
                .build(stack, id);
        }
    });
    assert!(
        found.starts_with("fatal[INF4309]: the load balancer already has a listener on port 80"),
        "{found}"
    );
}

#[test]
fn grants_on_imports_reach_the_identity_only() {
    let template = Template::of_stack(|stack| {
        let role = role(stack);
        StringParameter::from_parameter_name(stack, "Level", "/notes/level").grant_read(&role);
        Repository::from_name(stack, "Images", "api").grant_pull(&role);
        let database = RdsInstance::from_attributes(
            stack,
            "Database",
            RdsInstanceAttributes::builder()
                .instance_identifier("notes")
                .host("notes.example.com")
                .security_group_id("sg-database")
                .resource_id("db-ABC")
                .build(),
        );
        database.grant_connect(&role, "api");
        let client = SecurityGroup::from_id(stack, "Client", "sg-client", Egress::DenyAll);
        database.allow_from(&client);
        CloudFrontSite::from_attributes(stack, "Site", "E1", "d1.cloudfront.net")
            .grant_create_invalidation(&role);
    });
    let role = template.only("AWS::IAM::Role").to_string();
    for part in [
        "parameter/notes/level",
        "repository/api",
        "dbuser:db-ABC/api",
        "distribution/E1",
        "ecr:GetAuthorizationToken",
    ] {
        assert!(role.contains(part), "{part} in {role}");
    }
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "GroupId": "sg-database", "SourceSecurityGroupId": "sg-client", "FromPort": 5432 }),
    );
}

type Use = (&'static str, fn(Stack<'_>, ImportedKey<'_>));

#[test]
fn encrypts_with_imported_key() {
    const KEY: &str = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd";
    let silent: [Use; 7] = [
        ("AWS::SQS::Queue", |stack, key| {
            let queue = Queue::builder().encryption(QueueEncryption::key(key));
            queue.build(stack, "It").grant_send(&role(stack));
        }),
        ("AWS::SNS::Topic", |stack, key| {
            let topic = Topic::builder().encryption(TopicEncryption::key(key));
            topic.build(stack, "It").grant_publish(&role(stack));
        }),
        ("AWS::S3::Bucket", |stack, key| {
            let bucket = Bucket::builder().encryption(BucketEncryption::kms(key));
            bucket.build(stack, "It").grant_read(&role(stack));
        }),
        ("AWS::DynamoDB::Table", |stack, key| {
            Table::builder()
                .partition_key(Attribute::string("id"))
                .encryption(TableEncryption::key(key))
                .build(stack, "It")
                .grant_read(&role(stack));
        }),
        ("AWS::Kinesis::Stream", |stack, key| {
            let stream = Stream::builder().encryption(StreamEncryption::key(key));
            stream.build(stack, "It").grant_read(&role(stack));
        }),
        ("AWS::SecretsManager::Secret", |stack, key| {
            let secret = Secret::builder().encryption_key(key).build(stack, "It");
            secret.grant_read(&role(stack));
        }),
        ("AWS::ECR::Repository", |stack, key| {
            Repository::builder().encryption_key(key).build(stack, "It");
        }),
    ];
    let reported: [Use; 2] = [
        ("AWS::Logs::LogGroup", |stack, key| {
            LogGroup::builder().encryption_key(key).build(stack, "It");
        }),
        ("AWS::Events::EventBus", |stack, key| {
            EventBus::builder().encryption_key(key).build(stack, "It");
        }),
    ];
    for (cases, findings) in [(silent.as_slice(), false), (reported.as_slice(), true)] {
        for (kind, build) in cases {
            let app = App::new();
            let stack = Stack::new(&app, "Stack");
            let key = Key::from_arn(stack, "Key", KEY);
            build(stack, key);
            let found = app.synth();
            let codes: Vec<&str> = found
                .findings()
                .iter()
                .map(|one| one.code.as_str())
                .collect();
            assert_eq!(!codes.is_empty(), findings, "{kind}: {codes:?}");
            assert!(
                codes.iter().all(|code| *code == "INF4610"),
                "{kind}: {codes:?}"
            );
            let template = Template::of(&found, "Stack");
            let resource = template.only(kind).to_string();
            assert!(resource.contains(KEY), "{resource}");
            assert!(template.resources("AWS::KMS::Key").is_empty());
            if let Some(role) = template.resources("AWS::IAM::Role").first() {
                assert!(format!("{role:?}").contains(KEY), "{kind}: {role:?}");
            }
        }
    }
}

type Act = (
    &'static str,
    &'static [&'static str],
    fn(Stack<'_>, ImportedRole<'_>),
);

#[test]
fn acts_with_imported_role() {
    let cases: [Act; 3] = [
        ("AWS::Lambda::Function", &["INF4611"], |stack, role| {
            Function::builder()
                .runtime(Runtime::Nodejs24)
                .handler("index.handler")
                .code(Code::inline("exports.handler = async () => {};"))
                .role(role)
                .build(stack, "It");
        }),
        ("AWS::IAM::InstanceProfile", &[], |stack, role| {
            InstanceProfile::builder().role(role).build(stack, "It");
        }),
        ("AWS::Cognito::UserPoolGroup", &[], |stack, role| {
            UserPoolGroup::builder()
                .user_pool(UserPool::from_id("eu-west-1_abc").user_pool_id())
                .role(role)
                .build(stack, "It");
        }),
    ];
    for (kind, codes, build) in cases {
        let app = App::new();
        let stack = Stack::new(&app, "Stack");
        build(
            stack,
            Role::from_arn(stack, "Role", "arn:aws:iam::111122223333:role/shop/reports"),
        );
        let found = app.synth();
        let reported: Vec<&str> = found
            .findings()
            .iter()
            .map(|one| one.code.as_str())
            .collect();
        assert_eq!(reported, codes, "{kind}");
        let template = Template::of(&found, "Stack");
        assert!(template.only(kind).to_string().contains("reports"));
        assert!(template.resources("AWS::IAM::Role").is_empty(), "{kind}");
    }
}

#[test]
fn reports_what_an_imported_role_cannot_be_granted() {
    let found = findings_of(|stack| {
        let role = Role::from_arn(stack, "Role", "arn:aws:iam::111122223333:role/reports");
        let function = Function::builder()
            .runtime(Runtime::Nodejs24)
            .handler("index.handler")
            .code(Code::inline("exports.handler = async () => {};"))
            .role(role)
            .build(stack, "Function");
        Key::from_arn(stack, "Key", "arn:aws:kms:eu-west-1:111122223333:key/1234")
            .grant_decrypt(&function);
    });
    assert!(found.contains("[INF4608]"), "{found}");
    assert!(
        found.contains("must allow `logs:CreateLogStream`, `logs:PutLogEvents`"),
        "{found}"
    );
}

#[test]
fn delivers_logs_of_imported_distribution() {
    let app = App::new();
    let stack = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(&app, "Logs");
    let site = CloudFrontSite::from_attributes(stack, "Site", "E1", "d1.cloudfront.net");
    let bucket = Bucket::log_bucket(Duration::days(90)).build(stack, "Bucket");
    DistributionLogs::builder()
        .site(&site)
        .to(SiteLogs::to(bucket))
        .build(stack, "Delivery");
    let synthesis = app.synth();
    Template::of(&synthesis, "Logs").has_properties(
        "AWS::Logs::DeliverySource",
        json!({ "ResourceArn": { "Fn::Sub": "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/E1" } }),
    );
}

#[test]
fn scales_imported_service() {
    let template = Template::of_stack(|stack| {
        let cluster = Cluster::from_name(stack, "Cluster", "shared");
        let service = FargateService::<WithPort>::from_name(stack, "Api", cluster, "api");
        service.auto_scale(2, 10).on_cpu(60);
    });
    template.has_properties(
        "AWS::ApplicationAutoScaling::ScalableTarget",
        json!({ "ResourceId": "service/shared/api", "MaxCapacity": 10 }),
    );
}

/// Runs `build` in a stack with a known environment and the given context; returns the keys of open lookups, or the
/// template.
fn look_up(
    context: &[(&str, Value)],
    build: impl for<'app> FnOnce(Stack<'app>),
) -> (Vec<String>, Template) {
    let app = App::new();
    app.set_context(
        context
            .iter()
            .map(|(key, value)| ((*key).to_owned(), value.clone())),
    );
    let stack = StackProps::new()
        .environment(Environment::new("111122223333", "eu-west-1"))
        .build(&app, "Stack");
    build(stack);
    // A stack has at least one resource.
    infra_lib::CfnResource::new(stack, "Any", "AWS::SNS::Topic", json!({}));
    let synthesis = app.synth();
    let missing = synthesis.missing().iter().map(|one| one.key.clone());
    let mut missing: Vec<String> = missing.collect();
    missing.sort();
    (missing, Template::of(&synthesis, "Stack"))
}

/// The keys are those that `fromLookup` of aws-cdk-lib 2.276.0 asks for.
#[test]
fn asks_for_same_context_keys_as_cdk() {
    let (missing, _) = look_up(&[], |stack| {
        Vpc::from_lookup(stack, "Main", &VpcLookup::by_name("main"));
        Vpc::from_lookup(stack, "Default", &VpcLookup::default_vpc());
        let web = SecurityGroupLookup::by_name("web", "vpc-1");
        SecurityGroup::from_lookup(stack, "Web", &web);
        HostedZone::from_lookup(stack, "Zone", &HostedZoneLookup::public("example.com"));
        let private = HostedZoneLookup::private("example.com", "vpc-1");
        HostedZone::from_lookup(stack, "Private", &private);
        Key::from_lookup(stack, "Key", "alias/shop");
        lookup_availability_zones(stack);
        lookup_endpoint_service_zones(stack, "svc");
        ImageLookup::by_name("al2023-*").owner("amazon").find(stack);
        let shared = LoadBalancerLookup::by_tag("service", "shared");
        ApplicationLoadBalancer::from_lookup(stack, "Balancer", &shared);
        let https = ListenerLookup::of_load_balancer(shared).https();
        Listener::from_lookup(stack, "Https", &https);
        RdsInstance::from_lookup(stack, "Database", "notes");
        StringParameter::lookup(stack, "/notes/level");
    });
    let of = |provider: &str, rest: &str| format!("{provider}:account=111122223333:{rest}");
    let mut expected = vec![
        of(
            "vpc-provider",
            "filter.tag:Name=main:region=eu-west-1:returnAsymmetricSubnets=true",
        ),
        of(
            "vpc-provider",
            "filter.isDefault=true:region=eu-west-1:returnAsymmetricSubnets=true",
        ),
        of(
            "security-group",
            "region=eu-west-1:securityGroupName=web:vpcId=vpc-1",
        ),
        of("security-group", "region=eu-west-1:securityGroupId=sg-1234"),
        of(
            "security-group",
            "region=eu-west-1:securityGroupId=sg-123456789012",
        ),
        of("hosted-zone", "domainName=example.com:region=eu-west-1"),
        of(
            "hosted-zone",
            "domainName=example.com:privateZone=true:region=eu-west-1:vpcId=vpc-1",
        ),
        "key-provider:account=111122223333:aliasName=alias/shop:region=eu-west-1".to_owned(),
        of("availability-zones", "region=eu-west-1"),
        of(
            "endpoint-service-availability-zones",
            "region=eu-west-1:serviceName=svc",
        ),
        of(
            "ami",
            "filters.image-type.0=machine:filters.name.0=al2023-*:filters.state.0=available:owners.0=amazon:region=eu-west-1",
        ),
        of(
            "load-balancer",
            "loadBalancerTags.0.key=service:loadBalancerTags.0.value=shared:loadBalancerType=application:region=eu-west-1",
        ),
        of(
            "load-balancer-listener",
            "listenerProtocol=HTTPS:loadBalancerTags.0.key=service:loadBalancerTags.0.value=shared:loadBalancerType=application:region=eu-west-1",
        ),
        of(
            "cc-api-provider",
            "exactIdentifier=notes:propertiesToReturn.0=DBInstanceArn:propertiesToReturn.1=Endpoint.Address:propertiesToReturn.2=Endpoint.Port:propertiesToReturn.3=DbiResourceId:propertiesToReturn.4=DBSecurityGroups:propertiesToReturn.5=VPCSecurityGroups:region=eu-west-1:typeName=AWS$:$:RDS$:$:DBInstance",
        ),
        of("ssm", "parameterName=/notes/level:region=eu-west-1"),
    ];
    expected.sort();
    assert_eq!(missing, expected);
}

#[test]
fn builds_vpc_of_answer_and_chooses_subnet_groups() {
    let subnet = |id: &str| json!({ "subnetId": id, "cidr": "10.0.0.0/24", "availabilityZone": "eu-west-1a", "routeTableId": "rtb-1" });
    let answer = json!({
        "vpcId": "vpc-1", "vpcCidrBlock": "10.0.0.0/16", "availabilityZones": [],
        "subnetGroups": [
            { "name": "Web", "type": "Private", "subnets": [subnet("subnet-w")] },
            { "name": "Data", "type": "Private", "subnets": [subnet("subnet-d")] },
            { "name": "Edge", "type": "Public", "subnets": [subnet("subnet-e")] },
        ]
    });
    let key = "vpc-provider:account=111122223333:filter.vpc-id=vpc-1:region=eu-west-1:returnAsymmetricSubnets=true";
    let (missing, template) = look_up(&[(key, answer)], |stack| {
        let all = Vpc::from_lookup(stack, "All", &VpcLookup::by_id("vpc-1"));
        assert_eq!(all.private().count(), 2);
        assert_eq!(all.isolated().count(), 0);
        assert!(all.has_internet_egress());
        assert_eq!(all.cidr_block().as_literal(), Some("10.0.0.0/16"));
        let lookup = VpcLookup::by_id("vpc-1").subnet_group(Tier::PrivateWithEgress, "Web");
        let web = Vpc::from_lookup(stack, "Web", &lookup);
        infra_lib::Output::new(
            stack,
            "Subnets",
            infra_lib::intrinsics::join(",", web.private().ids()),
        );
        infra_lib::Output::new(stack, "Vpc", sub![web.id()]);
    });
    assert!(missing.is_empty(), "{missing:?}");
    template.has_output(
        "Subnets",
        json!({ "Value": { "Fn::Join": [",", ["subnet-w"]] } }),
    );
    template.has_output("Vpc", json!({ "Value": "vpc-1" }));
}

#[test]
fn imports_what_lookups_answer() {
    let environment = "account=111122223333";
    let keys = [
        format!("security-group:{environment}:region=eu-west-1:securityGroupId=sg-1"),
        format!("security-group:{environment}:region=eu-west-1:securityGroupId=sg-2"),
        format!("hosted-zone:{environment}:domainName=example.com:region=eu-west-1"),
        format!(
            "load-balancer:{environment}:loadBalancerArn={}:loadBalancerType=application:region=eu-west-1",
            BALANCER.replace(':', "$:")
        ),
        format!(
            "load-balancer-listener:{environment}:listenerArn={}:loadBalancerType=application:region=eu-west-1",
            LISTENER.replace(':', "$:")
        ),
        format!(
            "cc-api-provider:{environment}:propertiesToReturn.0=Arn:propertyMatch.QueueName=jobs:region=eu-west-1:typeName=AWS$:$:SQS$:$:Queue"
        ),
    ];
    let answers = [
        json!({ "securityGroupId": "sg-1", "allowAllOutbound": false }),
        json!({ "securityGroupId": "sg-2", "allowAllOutbound": true }),
        json!({ "Id": "/hostedzone/Z123", "Name": "example.com." }),
        json!({
            "loadBalancerArn": BALANCER, "loadBalancerDnsName": "internal-shared-1.eu-west-1.elb.amazonaws.com",
            "loadBalancerCanonicalHostedZoneId": "Z1", "securityGroupIds": ["sg-2"],
            "vpcId": "vpc-1", "ipAddressType": "ipv4"
        }),
        json!({ "listenerArn": LISTENER, "listenerPort": 443, "securityGroupIds": ["sg-2"] }),
        json!([{ "Identifier": "jobs", "Arn": "arn:jobs" }]),
    ];
    let context: Vec<(&str, Value)> = keys.iter().map(String::as_str).zip(answers).collect();
    let (missing, _) = look_up(&context, |stack| {
        let group = SecurityGroup::from_lookup(stack, "Group", &SecurityGroupLookup::by_id("sg-1"));
        assert!(!group.allows_all_egress());
        let zone = HostedZone::from_lookup(stack, "Zone", &HostedZoneLookup::public("example.com"));
        assert_eq!(zone.hosted_zone_id().as_literal(), Some("Z123"));
        assert_eq!(zone.zone_name().as_literal(), Some("example.com"));
        let lookup = LoadBalancerLookup::by_arn(BALANCER);
        let balancer = ApplicationLoadBalancer::from_lookup(stack, "Balancer", &lookup);
        assert_eq!(balancer.scheme(), Scheme::Internal);
        assert!(balancer.security_group().allows_all_egress());
        assert_eq!(
            balancer.full_name().as_literal(),
            Some("app/shared/50dc6c495c0c9188")
        );
        let listener = Listener::from_lookup(stack, "Listener", &ListenerLookup::by_arn(LISTENER));
        assert_eq!(listener.port(), 443);
        let found = ResourceLookup::by_properties("AWS::SQS::Queue", [("QueueName", "jobs")])
            .returning(["Arn"])
            .find(stack);
        assert_eq!(found[0]["Arn"], "arn:jobs");
    });
    assert!(missing.is_empty(), "{missing:?}");
}
