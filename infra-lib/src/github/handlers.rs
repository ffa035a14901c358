//! Actions that the handlers of an app's resource types declare, divided by the resources to which the roles of a
//! delivery limit them.
//!
//! CloudFormation calls a handler with the permissions of the role that deploys a stack, or, for drift detection, of
//! the caller. <https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html>

use std::collections::BTreeSet;

use infra_schema::handlers::{Handler, find_permissions};
use infra_schema::iam::is_known_action;

use super::boundary::PATH;
use super::undoing::undoes_boundary;
use crate::core::{Data, Scope};

/// Services whose calls go to one region, whatever the region of the stack, and services that CloudFront uses in
/// us-east-1.
const GLOBAL: &[&str] = &[
    "acm",
    "budgets",
    "ce",
    "cloudfront",
    "globalaccelerator",
    "networkmanager",
    "route53",
    "shield",
    "wafv2",
];

/// Actions that CloudFormation needs and that the handlers of a type do not declare.
const UNDECLARED: &[(&str, &[&str])] = &[
    (
        "AWS::EC2::SecurityGroup",
        &["ec2:GetManagedPrefixListEntries"],
    ),
    // Services encrypt with the key of the app on behalf of the caller.
    ("AWS::KMS::Key", &["kms:Decrypt", "kms:GenerateDataKey*"]),
    (
        "AWS::Logs::DeliverySource",
        &["cloudfront:AllowVendedLogDeliveryForResource"],
    ),
];

/// Declared actions that no role of a delivery gets.
const WITHHELD: &[&str] = &[
    // Settings of the account, not of a stack.
    "ecs:PutAccountSetting",
    "ecs:PutAccountSettingDefault",
    "logs:PutBearerTokenAuthentication",
    // Values of secrets are for tasks and functions only.
    "secretsmanager:BatchGetSecretValue",
    "secretsmanager:GetSecretValue",
    // Objects are data: creating a bucket writes and deletes none.
    "s3:DeleteObject",
    "s3:PutObject",
    "s3:PutObjectAcl",
];

/// Declared actions that a role gets for single names or tags only, with separate statements.
const BY_NAME: &[&str] = &["iam:", "ssm:GetParameter"];

/// Declared actions that read data. Roles that detect drift do not get them.
const DATA: &[&str] = &[
    "dynamodb:BatchGetItem",
    "dynamodb:GetItem",
    "dynamodb:Query",
    "dynamodb:Scan",
    "kinesis:GetRecords",
    "kms:Decrypt",
    "logs:FilterLogEvents",
    "logs:GetLogEvents",
    "s3:GetObject",
    "s3:GetObjectVersion",
    "sqs:ReceiveMessage",
];

/// Service-linked roles of services whose principal is not their name in resource types, or that have several. Names
/// are without the domain.
///
/// AWS: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html>
const LINKED: &[(&str, &[&str])] = &[
    ("AmazonMQ", &["mq"]),
    ("ApiGatewayV2", &["ops.apigateway"]),
    ("ApplicationAutoScaling", &["*.application-autoscaling"]),
    ("AppRunner", &["apprunner", "networking.apprunner"]),
    ("APS", &["scraper.aps"]),
    ("Chatbot", &["management.chatbot"]),
    ("CloudFront", &["vpcorigin.cloudfront"]),
    ("Cognito", &["email.cognito-idp"]),
    (
        "DynamoDB",
        &[
            "contributorinsights.dynamodb",
            "kinesisreplication.dynamodb",
            "replication.dynamodb",
        ],
    ),
    (
        "EC2",
        &[
            "delivery.logs",
            "ec2-instance-connect",
            "ipam",
            "verified-access",
        ],
    ),
    ("EFS", &["elasticfilesystem"]),
    ("EKS", &["eks", "eks-fargate", "eks-nodegroup"]),
    ("ElasticLoadBalancingV2", &["elasticloadbalancing"]),
    ("Events", &["apidestinations.events"]),
    ("FSx", &["fsx", "s3.data-source.lustre.fsx"]),
    ("MSK", &["kafka"]),
    ("MWAA", &["airflow"]),
    ("Neptune", &["rds"]),
    ("NetworkFirewall", &["network-firewall"]),
    ("OpenSearchServerless", &["observability.aoss"]),
    ("OpenSearchService", &["es", "opensearchservice"]),
    ("VpcLattice", &["vpc-lattice"]),
    ("WAFv2", &["wafv2"]),
];

/// Resource types of an app, and the services that its roles trust.
#[derive(Clone, Debug, Default)]
pub(crate) struct Contents {
    types: BTreeSet<String>,
    /// Services that roles of the app are passed to, such as `lambda.amazonaws.com`.
    pub(super) trusted: BTreeSet<String>,
}

impl Contents {
    /// Adds the types of all resources below a scope, and the services that their roles trust.
    pub(crate) fn add(&mut self, scope: Scope<'_>) {
        for resource in scope.resources() {
            let type_name = resource.type_name();
            let of_delivery = resource.prop("Path") == Some(Data::from(PATH));
            if type_name == "AWS::IAM::Role" && !of_delivery {
                let trust = resource.prop("AssumeRolePolicyDocument.Statement");
                for statement in trust.as_ref().and_then(Data::as_list).unwrap_or_default() {
                    let services = statement.pointer("Principal.Service");
                    let services =
                        services.map(|one| one.as_list().unwrap_or(std::slice::from_ref(one)));
                    let names = services.into_iter().flatten().filter_map(Data::as_text);
                    self.trusted.extend(names.map(str::to_owned));
                }
            }
            self.types.insert(type_name.into_owned());
        }
    }

    /// Returns the principals of the service-linked roles that the services of the types create at their first use.
    pub(super) fn linked_services(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for name in &self.types {
            let Some(service) = name.split("::").nth(1) else {
                continue;
            };
            let by_load_balancer = service == "ElasticLoadBalancingV2";
            let declared = find_permissions(name).is_some_and(|handlers| {
                [Handler::Create, Handler::Update].into_iter().any(|one| {
                    handlers
                        .actions(one)
                        .any(|action| action == "iam:CreateServiceLinkedRole")
                })
            });
            if !declared && !by_load_balancer {
                continue;
            }
            match LINKED.iter().find(|(known, _)| *known == service) {
                Some((_, names)) => {
                    found.extend(names.iter().map(|one| format!("{one}.amazonaws.com")));
                }
                None => {
                    found.insert(format!("{}.amazonaws.com", service.to_lowercase()));
                }
            }
        }
        found
    }
}

/// Actions on the resources of an app, by the resources to which a statement limits them.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct HandlerActions {
    /// Actions in the regions of the stacks, on any resource: most names that CloudFormation generates do not begin
    /// with the name of the stack.
    pub(super) regional: BTreeSet<String>,
    /// Actions of global services, on any resource.
    pub(super) global: BTreeSet<String>,
    /// Actions on buckets, whose names begin with the name of the stack.
    pub(super) buckets: BTreeSet<String>,
    /// Read actions on objects in buckets of the app, such as code of functions and definitions of state machines. Those
    /// of assets are granted with the permission to publish assets.
    pub(super) objects: BTreeSet<String>,
    /// Actions on nested stacks.
    pub(super) stacks: BTreeSet<String>,
}

impl HandlerActions {
    /// Returns the actions that every change of the resources needs.
    pub(super) fn for_changes(contents: &Contents) -> Self {
        let handlers = [
            Handler::Create,
            Handler::Read,
            Handler::Update,
            Handler::Delete,
            Handler::Tag,
        ];
        let mut found = Self::default();
        for name in &contents.types {
            found.add_declared(name, &handlers, &[]);
            let beyond = UNDECLARED.iter().filter(|(known, _)| known == name);
            for action in beyond.flat_map(|(_, actions)| *actions) {
                found.add(name, (*action).to_owned());
            }
            if name.starts_with("Custom::") || name == "AWS::CloudFormation::CustomResource" {
                found.add(name, "lambda:InvokeFunction".to_owned());
            }
        }
        found
    }

    /// Returns the actions that read the configuration of the resources, and no data.
    pub(super) fn for_reading(contents: &Contents) -> Self {
        let mut found = Self::default();
        for name in &contents.types {
            found.add_declared(name, &[Handler::Read], DATA);
        }
        found
    }

    fn add_declared(&mut self, type_name: &str, handlers: &[Handler], except: &[&str]) {
        let Some(declared) = find_permissions(type_name) else {
            return;
        };
        for action in handlers.iter().flat_map(|one| declared.actions(*one)) {
            let withheld = WITHHELD.contains(&action.as_str())
                || except.contains(&action.as_str())
                || BY_NAME.iter().any(|start| action.starts_with(start))
                || undoes_boundary(&action);
            // Some handlers declare actions that IAM does not have.
            if !withheld && is_known_action(&action) {
                self.add(type_name, action);
            }
        }
    }

    fn add(&mut self, type_name: &str, action: String) {
        let (service, name) = action.split_once(':').unwrap_or_default();
        let list = match service {
            "s3" if name.starts_with("GetObject") && !type_name.starts_with("AWS::S3::") => {
                &mut self.objects
            }
            "s3" => &mut self.buckets,
            "cloudformation" => &mut self.stacks,
            global if GLOBAL.contains(&global) => &mut self.global,
            _ => &mut self.regional,
        };
        list.insert(action);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{BY_NAME, Contents, DATA, HandlerActions, LINKED, UNDECLARED, WITHHELD};
    use crate::github::undoing::undoes_boundary;
    use infra_schema::handlers::find_permissions;
    use infra_schema::iam::is_known_action;

    fn contents(types: &[&str]) -> Contents {
        Contents {
            types: types.iter().map(|one| (*one).to_owned()).collect(),
            trusted: BTreeSet::default(),
        }
    }

    #[test]
    fn tables_name_known_actions_and_types() {
        let actions = WITHHELD.iter().chain(DATA);
        let beyond = UNDECLARED.iter().flat_map(|(_, actions)| *actions);
        for action in actions.chain(beyond) {
            assert!(is_known_action(action), "{action}");
        }
        for (name, _) in UNDECLARED {
            assert!(find_permissions(name).is_some(), "{name}");
        }
        assert!(LINKED.is_sorted_by_key(|(name, _)| name.to_lowercase()));
    }

    #[test]
    fn divides_actions_by_the_resources_that_limit_them() {
        let types = [
            "AWS::CloudFront::Function",
            "AWS::Lambda::Function",
            "AWS::S3::Bucket",
            "AWS::SQS::Queue",
        ];
        let found = HandlerActions::for_changes(&contents(&types));
        assert!(found.regional.contains("sqs:CreateQueue"));
        assert!(found.regional.contains("lambda:UpdateFunctionCode"));
        assert!(found.global.contains("cloudfront:PublishFunction"));
        assert!(found.buckets.contains("s3:CreateBucket"));
        assert!(!found.regional.iter().any(|one| one.starts_with("s3:")));
        let objects: Vec<&str> = found.objects.iter().map(String::as_str).collect();
        assert_eq!(objects, ["s3:GetObject", "s3:GetObjectVersion"]);
        assert!(found.stacks.is_empty());
    }

    #[test]
    fn reads_configuration_but_no_data() {
        let types = ["AWS::Lambda::Function", "AWS::SecretsManager::Secret"];
        let found = HandlerActions::for_reading(&contents(&types));
        assert!(found.regional.contains("lambda:GetFunction"));
        assert!(found.regional.contains("secretsmanager:DescribeSecret"));
        assert!(!found.regional.contains("kms:Decrypt"));
        assert!(!found.regional.contains("lambda:UpdateFunctionCode"));
        let all = HandlerActions::for_changes(&contents(&types));
        assert!(all.regional.contains("kms:Decrypt"));
        assert!(!all.regional.contains("secretsmanager:GetSecretValue"));
    }

    /// No resource type of the registry gives a role the means to leave its boundary.
    #[test]
    fn contains_no_action_that_undoes_boundary() {
        let every: Vec<&str> = infra_schema::handlers::list_types().collect();
        assert!(every.len() > 1_700);
        let found = HandlerActions::for_changes(&contents(&every));
        let lists = [
            &found.regional,
            &found.global,
            &found.buckets,
            &found.objects,
        ];
        for action in lists.into_iter().flatten() {
            assert!(!undoes_boundary(action), "{action}");
            assert!(!BY_NAME.iter().any(|start| action.starts_with(start)));
        }
    }

    #[test]
    fn names_the_service_linked_roles() {
        let services = |types: &[&str]| -> Vec<String> {
            contents(types).linked_services().into_iter().collect()
        };
        assert_eq!(services(&["AWS::ECS::Cluster"]), ["ecs.amazonaws.com"]);
        assert_eq!(
            services(&["AWS::ElasticLoadBalancingV2::LoadBalancer"]),
            ["elasticloadbalancing.amazonaws.com"]
        );
        assert_eq!(
            services(&["AWS::EKS::Cluster"]),
            [
                "eks-fargate.amazonaws.com",
                "eks-nodegroup.amazonaws.com",
                "eks.amazonaws.com"
            ]
        );
        assert!(services(&["AWS::SQS::Queue", "Custom::Thing"]).is_empty());
    }
}
