//! Tests of the gallery: each example synthesizes without findings, does what its README says, and has its picture.

use std::fs;
use std::path::Path;

use infra_lib::assertions::{Match, Template};
use infra_lib::core::render;
use infra_lib::{App, Stack, Synthesis};
use infra_runtime::testing::Invocation;
use infra_runtime::{Configuration, ExitCode};
use serde_json::json;

/// Declares the program of an example as a module.
macro_rules! example {
    ($module:ident, $path:literal) => {
        #[path = $path]
        #[expect(
            dead_code,
            unreachable_pub,
            reason = "each example is a separate program"
        )]
        mod $module;
    };
}

#[path = "../../infra-lib/cli/tests/import/equivalence.rs"]
#[allow(clippy::unwrap_used, reason = "the tests of the tool share it")]
mod equivalence;
#[path = "imported/mod.rs"]
mod imported;

example!(aurora, "../aurora/main.rs");
example!(cache, "../cache/main.rs");
example!(cross_stack, "../cross-stack/main.rs");
example!(database, "../database/main.rs");
example!(devices, "../devices/main.rs");
example!(domain, "../domain/main.rs");
example!(environments, "../environments/main.rs");
example!(escape_hatch, "../escape-hatch/main.rs");
example!(event_pipeline, "../event-pipeline/main.rs");
example!(existing_vpc, "../existing-vpc/main.rs");
example!(fleet, "../fleet/main.rs");
example!(hello, "../hello/main.rs");
example!(http_api, "../http-api/main.rs");
example!(own_construct, "../own-construct/main.rs");
example!(own_policy, "../own-policy/main.rs");
example!(peered_networks, "../peered-networks/main.rs");
example!(raw_resources, "../raw-resources/main.rs");
example!(rest_api, "../rest-api/main.rs");
example!(scheduled_job, "../scheduled-job/main.rs");
example!(search, "../search/main.rs");
example!(shared_files, "../shared-files/main.rs");
example!(site_pipeline, "../site-pipeline/main.rs");
example!(stack_set, "../stack-set/main.rs");
example!(state_machine, "../state-machine/main.rs");
example!(static_site, "../static-site/main.rs");
example!(stream, "../stream/main.rs");
example!(upload_notifications, "../upload-notifications/main.rs");
example!(user_pool, "../user-pool/main.rs");
example!(web_service, "../web-service/main.rs");

/// Synthesizes an example, which must have no findings.
#[track_caller]
fn synthesize(build: impl Fn(&App)) -> Synthesis {
    let app = App::new();
    build(&app);
    let synthesis = app.synth();
    let findings: Vec<String> = synthesis.findings().iter().map(render).collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    synthesis
}

/// Checks that `picture.svg` of an example is what `graph` draws, or writes it if `UPDATE` is set.
#[track_caller]
fn check_picture(name: &str, build: impl Fn(&App)) {
    let drawn = Invocation::new(["graph", "--format", "svg"]).run_simple(build);
    assert_eq!(drawn.exit_code, ExitCode::Ok, "{drawn}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(name)
        .join("picture.svg");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &drawn.stdout).expect("the folder of the example exists");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == drawn.stdout,
        "{} is out of date; run: UPDATE=1 cargo test -p infra-examples",
        path.display()
    );
}

/// The configuration of an environment, read as the program reads it.
fn configuration(environment: &str) -> environments::Config {
    let folder = Path::new(environments::Config::FOLDER);
    let text = fs::read_to_string(folder.join(format!("{environment}.yaml")));
    let text = text.expect("the environment has a file");
    serde_yaml::from_str(&text).expect("the file is valid")
}

#[test]
fn hello_is_one_queue() {
    let template = Template::of(&synthesize(hello::build), "Hello");
    template.resource_count("AWS::SQS::Queue", 1);
    template.has_properties(
        "AWS::SQS::Queue",
        json!({ "MessageRetentionPeriod": 345_600, "QueueName": Match::absent() }),
    );
    check_picture("hello", hello::build);
}

#[test]
fn static_site_lets_only_cloudfront_read_a_private_bucket() {
    let template = Template::of(&synthesize(static_site::build), "Site");
    template.resource_count("AWS::CloudFront::Distribution", 1);
    for (id, bucket) in template.resources("AWS::S3::Bucket") {
        let blocks = &bucket["Properties"]["PublicAccessBlockConfiguration"];
        assert_eq!(blocks["RestrictPublicBuckets"], json!(true), "{id}");
    }
    template.has_properties(
        "AWS::CloudFront::OriginAccessControl",
        json!({ "OriginAccessControlConfig": { "SigningBehavior": "always" } }),
    );
    template.has_properties(
        "AWS::S3::Bucket",
        json!({ "LoggingConfiguration": { "LogFilePrefix": "bucket/" } }),
    );
    check_picture("static-site", static_site::build);
}

#[test]
fn domain_names_distribution_and_fails_over() {
    let template = Template::of(&synthesize(domain::build), "Shop");
    template.resource_count("AWS::Route53::RecordSet", 7);
    template.has_properties(
        "AWS::CloudFront::Distribution",
        json!({ "DistributionConfig": {
            "Aliases": ["example.com"],
            "DefaultCacheBehavior": { "TargetOriginId": "Origin1", "ViewerProtocolPolicy": "redirect-to-https" },
            "CacheBehaviors": [{ "PathPattern": "/images/*", "TargetOriginId": "OriginGroup1" }],
        } }),
    );
    template.has_properties(
        "AWS::Route53::RecordSet",
        json!({ "Name": "api.example.com.", "Failover": "PRIMARY", "HealthCheckId": Match::any(), "TTL": "60" }),
    );
    template.has_properties(
        "AWS::Route53::RecordSet",
        json!({ "Type": "MX", "ResourceRecords": ["10 mx1.example.net", "20 mx2.example.net"] }),
    );
    check_picture("domain", domain::build);
}

#[test]
fn web_service_answers_https_only_and_runs_in_private_subnets() {
    let synthesis = synthesize(web_service::build);
    let template = Template::of(&synthesis, "Web");
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::Listener",
        json!({ "Port": 80, "DefaultActions": [{ "Type": "redirect" }] }),
    );
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::Listener",
        json!({ "Port": 443, "DefaultActions": [{ "Type": "forward" }] }),
    );
    template.has_properties(
        "AWS::ECS::Service",
        json!({
            "DesiredCount": Match::absent(), // the scaling decides
            "NetworkConfiguration": { "AwsvpcConfiguration": { "AssignPublicIp": "DISABLED" } },
        }),
    );
    template.has_properties(
        "AWS::ApplicationAutoScaling::ScalableTarget",
        json!({ "MinCapacity": 2, "MaxCapacity": 10 }),
    );
    Template::of(&synthesis, "Network").resource_count("AWS::EC2::NatGateway", 1);
    check_picture("web-service", web_service::build);
}

#[test]
fn aurora_has_a_reader_and_backups_that_nobody_deletes() {
    let synthesis = synthesize(aurora::build);
    let template = Template::of(&synthesis, "Data");
    template.has_properties(
        "AWS::RDS::DBCluster",
        json!({ "StorageEncrypted": true, "DeletionProtection": true, "EnableHttpEndpoint": true }),
    );
    template.resource_count("AWS::RDS::DBInstance", 2);
    template.has_properties(
        "AWS::Backup::BackupVault",
        json!({ "LockConfiguration": { "MinRetentionDays": 7 }, "AccessPolicy": Match::any() }),
    );
    check_picture("aurora", aurora::build);
}

#[test]
fn cache_has_one_user_without_password() {
    let synthesis = synthesize(cache::build);
    let template = Template::of(&synthesis, "Sessions");
    template.has_properties(
        "AWS::ElastiCache::User",
        json!({
            "AccessString": "on ~session:* -@all +@read +@write",
            "AuthenticationMode": { "Type": "iam" },
        }),
    );
    template.has_properties(
        "AWS::ElastiCache::ServerlessCache",
        json!({
            "Engine": "valkey",
            "UserGroupId": Match::any(),
            "CacheUsageLimits": { "DataStorage": { "Maximum": 5 }, "ECPUPerSecond": { "Maximum": 5_000 } },
        }),
    );
    check_picture("cache", cache::build);
}

#[test]
fn search_admits_signed_requests_of_one_function() {
    let template = Template::of(&synthesize(search::build), "Search");
    template.has_properties(
        "AWS::OpenSearchService::Domain",
        json!({
            "AccessPolicies": Match::absent(),
            "AdvancedSecurityOptions": { "Enabled": true, "InternalUserDatabaseEnabled": false },
            "ClusterConfig": { "ZoneAwarenessConfig": { "AvailabilityZoneCount": 2 } },
            "VPCOptions": { "SecurityGroupIds": [Match::any()] },
        }),
    );
    template.has_properties(
        "AWS::EC2::SecurityGroupIngress",
        json!({ "FromPort": 443, "SourceSecurityGroupId": Match::any() }),
    );
    check_picture("search", search::build);
}

#[test]
fn site_pipeline_copies_what_was_built_and_approved() {
    let template = Template::of(&synthesize(site_pipeline::build), "Delivery");
    template.has_properties(
        "AWS::CodePipeline::Pipeline",
        json!({
            "PipelineType": "V2",
            "Stages": [
                { "Name": "Source" },
                { "Actions": [{ "OutputArtifacts": [{ "Name": "Pages" }] }] },
                { "Actions": [
                    { "ActionTypeId": { "Provider": "Manual" } },
                    { "InputArtifacts": [{ "Name": "Pages" }], "RunOrder": 2 },
                ] },
            ],
        }),
    );
    template.resource_count("AWS::CodeBuild::Project", 1);
    check_picture("site-pipeline", site_pipeline::build);
}

#[test]
fn shared_files_are_mounted_by_both_functions() {
    let synthesis = synthesize(shared_files::build);
    let template = Template::of(&synthesis, "Files");
    template.resource_count("AWS::EFS::MountTarget", 2);
    let functions = template.resources("AWS::Lambda::Function");
    let mounts = functions.iter().filter(|(_, function)| {
        function["Properties"]["FileSystemConfigs"][0]["LocalMountPath"] == "/mnt/models"
    });
    assert_eq!(mounts.count(), 2);
    template.has_properties(
        "AWS::EFS::FileSystem",
        json!({ "Encrypted": true, "BackupPolicy": { "Status": "ENABLED" } }),
    );
    check_picture("shared-files", shared_files::build);
}

#[test]
fn fleet_replaces_failed_servers_and_scales_by_requests() {
    let synthesis = synthesize(fleet::build);
    let template = Template::of(&synthesis, "Fleet");
    template.has_resource(
        "AWS::AutoScaling::AutoScalingGroup",
        json!({
            "Properties": {
                "HealthCheckType": "ELB",
                "MaxSize": "6",
                "MinSize": "2",
                "TargetGroupARNs": [{ "Ref": Match::string_like("Targets*") }],
            },
            "UpdatePolicy": { "AutoScalingRollingUpdate": { "MinInstancesInService": 2, "PauseTime": "PT2M" } },
        }),
    );
    template.has_properties(
        "AWS::EC2::LaunchTemplate",
        json!({ "LaunchTemplateData": { "KeyName": Match::absent(), "MetadataOptions": { "HttpTokens": "required" } } }),
    );
    template.has_properties(
        "AWS::AutoScaling::ScalingPolicy",
        json!({ "TargetTrackingConfiguration": { "TargetValue": 1_000 } }),
    );
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        json!({ "Scheme": "internal" }),
    );
    check_picture("fleet", fleet::build);
}

#[test]
fn cross_stack_deploys_the_queue_before_the_role() {
    let synthesis = synthesize(cross_stack::build);
    let order: Vec<&str> = synthesis.stacks().iter().map(|s| s.path.as_str()).collect();
    assert_eq!(order, ["Data", "Sender"]);
    let data = Template::of(&synthesis, "Data");
    let outputs = data.json()["Outputs"].as_object();
    assert_eq!(outputs.map(serde_json::Map::len), Some(1), "{outputs:?}");
    let role = Template::of(&synthesis, "Sender");
    let role = role.only("AWS::IAM::Role").to_string();
    assert!(role.contains("sqs:SendMessage"), "{role}");
    check_picture("cross-stack", cross_stack::build);
}

#[test]
fn environments_differ_as_their_files_say() {
    let synthesize = |environment: &str| {
        let config = configuration(environment);
        synthesize(move |app| environments::build(app, &config))
    };
    let (dev, prod) = (synthesize("dev"), synthesize("prod"));
    assert_eq!(dev.stacks()[0].stack_name, "shop-dev-jobs");
    assert_eq!(prod.stacks()[0].stack_name, "shop-jobs");
    let (dev, prod) = (Template::of(&dev, "Jobs"), Template::of(&prod, "Jobs"));
    dev.has_properties(
        "AWS::SQS::Queue",
        json!({ "MessageRetentionPeriod": 86_400 }),
    );
    dev.resource_count("AWS::SNS::Topic", 0);
    prod.has_properties(
        "AWS::SQS::Queue",
        json!({ "MessageRetentionPeriod": 1_209_600 }),
    );
    prod.resource_count("AWS::SNS::Topic", 1);
    check_picture("environments", |app| {
        environments::build(app, &configuration("prod"));
    });
}

#[test]
fn environments_reject_a_value_out_of_range_with_its_key() {
    let arguments = ["synth", "--set", "retention_days=15"];
    let outcome = Invocation::new(arguments).run::<environments::Config>(environments::build);
    assert_ne!(outcome.exit_code, ExitCode::Ok);
    assert!(outcome.stderr.contains("retention_days"), "{outcome}");
}

#[test]
fn existing_vpc_is_used_and_not_created() {
    let template = Template::of(&synthesize(existing_vpc::build), "Internal");
    template.resource_count("AWS::EC2::VPC", 0);
    template.resource_count("AWS::EC2::Subnet", 0);
    template.has_properties(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        json!({
            "Scheme": "internal",
            "Subnets": ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
        }),
    );
    template.has_properties(
        "AWS::EC2::SecurityGroup",
        json!({ "VpcId": "vpc-0a1b2c3d4e5f60718", "SecurityGroupIngress": [{ "CidrIp": "10.20.0.0/16" }] }),
    );
    check_picture("existing-vpc", existing_vpc::build);
}

#[test]
fn devices_are_kept_apart_and_their_messages_handed_on() {
    let template = Template::of(&synthesize(devices::build), "Devices");
    template.has_properties(
        "AWS::IoT::TopicRule",
        json!({ "TopicRulePayload": {
            "Actions": [{ "DynamoDBv2": { "PutItem": { "TableName": Match::any() } } }],
            "ErrorAction": { "CloudwatchLogs": { "LogGroupName": Match::any() } },
        } }),
    );
    template.has_properties(
        "AWS::Lambda::Permission",
        json!({ "Principal": "iot.amazonaws.com", "SourceArn": Match::any() }),
    );
    template.resource_count("AWS::IoT::Policy", 1);
    check_picture("devices", devices::build);
}

#[test]
fn stack_set_carries_a_stack_of_the_program() {
    let template = Template::of(&synthesize(stack_set::build), "Governance");
    template.has_properties(
        "AWS::CloudFormation::StackSet",
        json!({
            "PermissionModel": "SERVICE_MANAGED",
            "StackInstancesGroup": [{ "Regions": ["eu-central-1", "eu-west-1"] }],
            "TemplateBody": Match::string_like("*aws.health*"),
        }),
    );
    check_picture("stack-set", stack_set::build);
}

#[test]
fn peered_networks_reach_each_other_and_filter_packets() {
    let template = Template::of(&synthesize(peered_networks::build), "Networks");
    // Two tiers in two zones of both VPCs.
    let routes = template.resources("AWS::EC2::Route");
    let peered = routes
        .iter()
        .filter(|(_, route)| route["Properties"].get("VpcPeeringConnectionId").is_some());
    assert_eq!(peered.count(), 8);
    template.resource_count("AWS::EC2::SubnetNetworkAclAssociation", 2);
    template.resource_count("AWS::EC2::NetworkAclEntry", 4);
    template.has_properties(
        "AWS::EC2::FlowLog",
        json!({ "LogDestinationType": "s3", "DestinationOptions": { "FileFormat": "parquet" } }),
    );
    template.has_properties(
        "AWS::EC2::DHCPOptions",
        json!({ "DomainNameServers": ["10.1.0.10", "10.1.16.10"] }),
    );
    check_picture("peered-networks", peered_networks::build);
}

#[test]
fn raw_resources_combine_health_checks_for_an_alarm() {
    let template = Template::of(&synthesize(raw_resources::build), "Availability");
    template.resource_count("AWS::Route53::HealthCheck", 3);
    template.has_properties(
        "AWS::Route53::HealthCheck",
        json!({ "HealthCheckConfig": {
            "Type": "CALCULATED",
            "ChildHealthChecks": [{ "Ref": "Website" }, { "Ref": "Api" }],
            "HealthThreshold": 2,
        } }),
    );
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({ "Dimensions": [{ "Name": "HealthCheckId", "Value": { "Ref": "Both" } }] }),
    );
    check_picture("raw-resources", raw_resources::build);
}

#[test]
fn own_construct_sends_messages_to_its_own_dead_letter_queue() {
    let template = Template::of(&synthesize(own_construct::build), "Mail");
    template.resource_count("AWS::SQS::Queue", 4);
    for (attempts, name) in [(3, "Orders"), (10, "Returns")] {
        let queues = template.resources("AWS::SQS::Queue");
        let (_, queue) = queues
            .iter()
            .find(|(_, queue)| queue["Properties"]["RedrivePolicy"]["maxReceiveCount"] == attempts)
            .unwrap();
        let target = &queue["Properties"]["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0];
        assert!(
            target
                .as_str()
                .unwrap()
                .starts_with(&format!("{name}DeadLetters")),
            "{queue}"
        );
    }
    check_picture("own-construct", own_construct::build);
}

#[test]
fn own_policy_reports_a_queue_without_dead_letters_at_its_construct() {
    let app = App::new();
    own_policy::build(&app);
    let stack = Stack::new(&app, "Other");
    infra_lib::cfn::sqs::CfnQueueProps::new().build(stack, "Forgotten");
    let synthesis = app.synth();
    let [finding] = synthesis.findings() else {
        panic!("{:?}", synthesis.findings());
    };
    assert_eq!(finding.code, own_policy::NO_DEAD_LETTERS);
    assert!(
        render(finding).contains("Other/Forgotten"),
        "{}",
        render(finding)
    );
    assert!(synthesis.has_errors());
}

#[test]
fn own_policy_accepts_the_dead_letter_queue_for_the_written_reason() {
    let synthesis = synthesize(own_policy::build);
    assert_eq!(synthesis.acknowledged().len(), 1);
    Template::of(&synthesis, "Orders").has_properties(
        "AWS::SQS::Queue",
        json!({ "RedrivePolicy": { "maxReceiveCount": 5 } }),
    );
    check_picture("own-policy", own_policy::build);
}

#[test]
fn escape_hatch_changes_every_resource_as_it_says() {
    let template = Template::of(&synthesize(escape_hatch::build), "Hatches");
    template.has_properties(
        "AWS::SQS::Queue",
        json!({ "DelaySeconds": 5, "ReceiveMessageWaitTimeSeconds": 20 }),
    );
    template.has_properties("AWS::SNS::Topic", json!({ "DisplayName": "orders" }));
    template.has_properties(
        "AWS::SSM::Parameter",
        json!({ "Value": { "Fn::GetAtt": ["Queue", "Arn"] } }),
    );
    check_picture("escape-hatch", escape_hatch::build);
}

#[test]
fn http_api_function_may_use_its_table_only() {
    let template = Template::of(&synthesize(http_api::build), "Notes");
    template.resource_count("AWS::ApiGatewayV2::Route", 2);
    template.has_properties(
        "AWS::Lambda::Function",
        json!({ "Environment": { "Variables": { "TABLE": { "Ref": Match::any() } } } }),
    );
    let role = template.only("AWS::IAM::Role").to_string();
    assert!(
        role.contains("dynamodb:PutItem") && !role.contains("dynamodb:*"),
        "{role}"
    );
    check_picture("http-api", http_api::build);
}

#[test]
fn rest_api_rejects_wrong_bodies_and_clients_without_key() {
    let template = Template::of(&synthesize(rest_api::build), "Partners");
    template.has_properties(
        "AWS::ApiGateway::Method",
        json!({
            "ApiKeyRequired": true,
            "HttpMethod": "POST",
            "RequestModels": { "application/json": Match::any() },
            "RequestValidatorId": Match::any(),
        }),
    );
    template.has_properties(
        "AWS::ApiGateway::UsagePlan",
        json!({ "Quota": { "Limit": 1000, "Period": "DAY" } }),
    );
    check_picture("rest-api", rest_api::build);
}

#[test]
fn event_pipeline_loses_no_message() {
    let template = Template::of(&synthesize(event_pipeline::build), "Shop");
    let queues = template.resources("AWS::SQS::Queue");
    let without = queues
        .iter()
        .filter(|(_, queue)| queue["Properties"].get("RedrivePolicy").is_none());
    let without: Vec<&str> = without.map(|(id, _)| &**id).collect();
    assert!(
        queues.len() == 4 && without.len() == 1 && without[0].starts_with("Failed"),
        "{without:?}"
    );
    template.resource_count("AWS::Events::Rule", 2);
    template.has_properties(
        "AWS::Pipes::Pipe",
        json!({ "SourceParameters": { "FilterCriteria": Match::any() } }),
    );
    check_picture("event-pipeline", event_pipeline::build);
}

#[test]
fn state_machine_role_may_call_what_the_steps_call() {
    let template = Template::of(&synthesize(state_machine::build), "Checkout");
    let roles = template.resources("AWS::IAM::Role");
    let (_, role) = roles
        .iter()
        .find(|(id, _)| id.starts_with("Machine"))
        .unwrap();
    let role = role.to_string();
    for action in ["lambda:InvokeFunction", "sqs:SendMessage", "sns:Publish"] {
        assert!(role.contains(action), "{action}: {role}");
    }
    let group = template.only("AWS::IAM::Group").to_string();
    assert!(group.contains("states:StartExecution"), "{group}");
    check_picture("state-machine", state_machine::build);
}

#[test]
fn user_pool_protects_every_route() {
    let template = Template::of(&synthesize(user_pool::build), "Accounts");
    template.has_properties(
        "AWS::ApiGatewayV2::Route",
        json!({ "AuthorizationType": "JWT", "AuthorizerId": Match::any() }),
    );
    template.has_properties(
        "AWS::Cognito::UserPool",
        json!({ "DeletionProtection": "ACTIVE", "MfaConfiguration": "ON" }),
    );
    check_picture("user-pool", user_pool::build);
}

#[test]
fn stream_is_delivered_and_counted() {
    let template = Template::of(&synthesize(stream::build), "Clicks");
    template.has_properties(
        "AWS::KinesisFirehose::DeliveryStream",
        json!({ "DeliveryStreamType": "KinesisStreamAsSource" }),
    );
    template.has_properties(
        "AWS::Lambda::EventSourceMapping",
        json!({ "BisectBatchOnFunctionError": true, "MaximumRetryAttempts": 3 }),
    );
    template.resource_count("AWS::Logs::MetricFilter", 1);
    check_picture("stream", stream::build);
}

#[test]
fn scheduled_job_has_a_time_zone_and_an_alarm() {
    let template = Template::of(&synthesize(scheduled_job::build), "Reports");
    template.has_properties(
        "AWS::Scheduler::Schedule",
        json!({ "GroupName": Match::any(), "ScheduleExpressionTimezone": "Europe/Berlin" }),
    );
    template.has_properties(
        "AWS::CloudWatch::Alarm",
        json!({ "AlarmActions": [Match::any()], "MetricName": "Errors" }),
    );
    check_picture("scheduled-job", scheduled_job::build);
}

#[test]
fn upload_notifications_need_no_custom_resource() {
    let template = Template::of(&synthesize(upload_notifications::build), "Pictures");
    template.has_properties(
        "AWS::S3::Bucket",
        json!({ "NotificationConfiguration": {
            "LambdaConfigurations": [{ "Event": "s3:ObjectCreated:*" }],
            "QueueConfigurations": [{ "Event": "s3:ObjectRemoved:*" }],
        } }),
    );
    template.resource_count("AWS::Lambda::Function", 1);
    check_picture("upload-notifications", upload_notifications::build);
}

#[test]
fn every_example_is_in_the_index_with_readme_and_picture() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let index = fs::read_to_string(root.join("README.md")).unwrap();
    let mut count = 0;
    for entry in fs::read_dir(root).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.join("main.rs").exists() {
            continue;
        }
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let readme = fs::read_to_string(folder.join("README.md")).unwrap();
        assert!(readme.contains("(picture.svg)"), "{name}");
        assert!(readme.contains(&format!("--bin {name} -- synth")), "{name}");
        assert!(index.contains(&format!("({name}/README.md)")), "{name}");
        assert!(index.contains(&format!("({name}/picture.svg)")), "{name}");
        count += 1;
    }
    assert_eq!(count, 29);
}
