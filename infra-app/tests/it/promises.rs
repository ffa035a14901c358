//! Tests that the templates keep the promises of the README.

use std::collections::BTreeSet;

use infra_runtime::testing::Invocation;
use serde_json::{Value, json};

/// Returns the resources of an environment with their types.
fn resources(environment: &str) -> Vec<(String, Value)> {
    let stacks = Invocation::new(["ls", "--json", "--env", environment])
        .run(infra_app::build)
        .stdout;
    let stacks: Value = serde_json::from_str(&stacks).expect("a list of stacks");
    let mut all = Vec::new();
    for stack in stacks.as_array().into_iter().flatten() {
        let path = stack["path"].as_str().unwrap_or_default();
        let arguments = ["synth", "--stack", path, "--env", environment];
        let template = Invocation::new(arguments).run(infra_app::build).stdout;
        let template: Value = serde_json::from_str(&template).expect("a template");
        for resource in template["Resources"]
            .as_object()
            .into_iter()
            .flat_map(|map| map.values())
        {
            all.push((
                resource["Type"].as_str().unwrap_or_default().to_owned(),
                resource.clone(),
            ));
        }
    }
    all
}

#[track_caller]
fn of_type<'r>(resources: &'r [(String, Value)], name: &str) -> Vec<&'r Value> {
    let found: Vec<&Value> = resources
        .iter()
        .filter(|(kind, _)| kind == name)
        .map(|(_, r)| r)
        .collect();
    assert!(!found.is_empty(), "there is no {name}");
    found
}

#[test]
fn encrypts_backs_up_isolates_and_snapshots_database() {
    for environment in ["dev", "prod"] {
        let resources = resources(environment);
        let database = of_type(&resources, "AWS::RDS::DBInstance")[0];
        let properties = &database["Properties"];
        assert_eq!(properties["StorageEncrypted"], true);
        assert_eq!(properties["PubliclyAccessible"], false);
        assert_eq!(properties["ManageMasterUserPassword"], true);
        assert!(properties["BackupRetentionPeriod"].as_u64() >= Some(7));
        assert_eq!(database["DeletionPolicy"], "Snapshot");
        assert_eq!(database["UpdateReplacePolicy"], "Snapshot");
        assert_eq!(properties["MultiAZ"], json!(environment == "prod"));
        assert_eq!(
            properties["DeletionProtection"],
            json!(environment == "prod")
        );
    }
}

#[test]
fn opens_no_security_group_to_internet() {
    for environment in ["dev", "prod"] {
        for (kind, resource) in resources(environment) {
            let properties = &resource["Properties"];
            let inline = properties["SecurityGroupIngress"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            let rules = if kind == "AWS::EC2::SecurityGroupIngress" {
                vec![properties.clone()]
            } else {
                inline
            };
            for rule in rules {
                assert_ne!(rule["CidrIp"], "0.0.0.0/0", "{resource:#}");
                assert_ne!(rule["CidrIpv6"], "::/0", "{resource:#}");
            }
        }
    }
}

#[test]
fn keeps_load_balancer_internal() {
    for environment in ["dev", "prod"] {
        let resources = resources(environment);
        let balancer = of_type(&resources, "AWS::ElasticLoadBalancingV2::LoadBalancer")[0];
        assert_eq!(balancer["Properties"]["Scheme"], "internal");
        of_type(&resources, "AWS::CloudFront::VpcOrigin");
    }
}

#[test]
fn sets_retention_of_all_log_groups() {
    for environment in ["dev", "prod"] {
        for group in of_type(&resources(environment), "AWS::Logs::LogGroup") {
            assert!(group["Properties"]["RetentionInDays"].is_u64(), "{group:#}");
        }
    }
}

#[test]
fn separates_task_roles_and_avoids_wildcard_permissions() {
    for environment in ["dev", "prod"] {
        let resources = resources(environment);
        let tasks = of_type(&resources, "AWS::ECS::TaskDefinition");
        let roles: BTreeSet<String> = tasks
            .iter()
            .flat_map(|task| {
                ["TaskRoleArn", "ExecutionRoleArn"].map(|name| &task["Properties"][name])
            })
            .map(ToString::to_string)
            .collect();
        assert_eq!(roles.len(), 2 * tasks.len(), "{roles:?}");
        for role in of_type(&resources, "AWS::IAM::Role") {
            let properties = &role["Properties"];
            let trusted = &properties["AssumeRolePolicyDocument"];
            if !trusted.to_string().contains("ecs-tasks.amazonaws.com") {
                continue;
            }
            assert!(properties["ManagedPolicyArns"].is_null(), "{role:#}");
            let policies = properties["Policies"].as_array().into_iter().flatten();
            let statements = policies.flat_map(|policy| {
                policy["PolicyDocument"]["Statement"]
                    .as_array()
                    .into_iter()
                    .flatten()
            });
            for statement in statements {
                // These action patterns belong to one key, as AWS documents them for encryption.
                let actions = statement["Action"].to_string();
                let actions = actions
                    .replace("\"kms:GenerateDataKey*\"", "")
                    .replace("\"kms:ReEncrypt*\"", "");
                assert!(!actions.contains('*'), "{statement:#}");
                // An authorization token of ECR is not limited to a repository.
                let everywhere = statement["Resource"] == "*";
                assert!(
                    !everywhere || statement["Action"] == "ecr:GetAuthorizationToken",
                    "{statement:#}"
                );
            }
        }
    }
}

#[test]
fn scans_images_and_makes_tags_immutable() {
    let resources = resources("prod");
    let repository = &of_type(&resources, "AWS::ECR::Repository")[0]["Properties"];
    assert_eq!(repository["ImageTagMutability"], "IMMUTABLE");
    assert_eq!(repository["ImageScanningConfiguration"]["ScanOnPush"], true);
}

#[test]
fn rolls_back_failed_service_deployment() {
    for environment in ["dev", "prod"] {
        let resources = resources(environment);
        let deployment =
            &of_type(&resources, "AWS::ECS::Service")[0]["Properties"]["DeploymentConfiguration"];
        assert_eq!(
            deployment["DeploymentCircuitBreaker"],
            json!({ "Enable": true, "Rollback": true })
        );
        assert_eq!(deployment["Alarms"]["Rollback"], true);
    }
}

#[test]
fn uses_two_nat_gateways_and_two_tasks_in_production() {
    let resources = resources("prod");
    assert_eq!(of_type(&resources, "AWS::EC2::NatGateway").len(), 2);
    let scaling =
        &of_type(&resources, "AWS::ApplicationAutoScaling::ScalableTarget")[0]["Properties"];
    assert!(scaling["MinCapacity"].as_u64() >= Some(2));
}

#[test]
fn creates_alarms_for_key_metrics_and_dashboard() {
    for environment in ["dev", "prod"] {
        let resources = resources(environment);
        let alarms = of_type(&resources, "AWS::CloudWatch::Alarm");
        let watched = |name: &str| {
            alarms
                .iter()
                .any(|alarm| alarm["Properties"]["MetricName"] == name)
        };
        for metric in [
            "HTTPCode_Target_5XX_Count",
            "TargetResponseTime",
            "UnHealthyHostCount",
            "MemoryUtilization",
            "CPUUtilization",
            "FreeStorageSpace",
            "DatabaseConnections",
        ] {
            assert!(watched(metric), "{metric} has no alarm in {environment}");
        }
        of_type(&resources, "AWS::CloudWatch::Dashboard");
    }
}

#[test]
fn keeps_secrets_out_of_templates() {
    for environment in ["dev", "prod"] {
        for (_, resource) in resources(environment) {
            let text = resource.to_string();
            assert!(!text.contains("MasterUserPassword\":\""), "{text}");
            assert!(!text.contains("{{resolve:"), "{text}");
        }
    }
}

/// The response headers of CloudFront have the policy that the page is tested with in a browser, and upgrade requests to HTTPS.
#[test]
fn deploys_page_with_tested_content_security_policy() {
    let rules = |policy: &str| -> BTreeSet<String> {
        policy
            .split(';')
            .map(|rule| rule.trim().to_owned())
            .collect()
    };
    let mut tested = rules(include_str!("../../../web/csp.txt"));
    tested.insert("upgrade-insecure-requests".to_owned());
    for environment in ["dev", "prod"] {
        let resources = resources(environment);
        let mut sandboxes = 0;
        for headers in of_type(&resources, "AWS::CloudFront::ResponseHeadersPolicy") {
            let config =
                &headers["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"];
            let policy = config["ContentSecurityPolicy"]["ContentSecurityPolicy"].as_str();
            let policy = rules(policy.unwrap_or_default());
            // Attachments of users are shown, never run.
            if policy.contains("sandbox") {
                assert!(policy.contains("default-src 'none'"), "{policy:?}");
                sandboxes += 1;
            } else {
                assert_eq!(policy, tested);
            }
        }
        assert_eq!(sandboxes, 1);
    }
}
