//! Permissions of CloudFormation's execution role, by service.

use std::collections::BTreeSet;

use super::assets::Assets;
use super::boundary::{OF_STACK, PATH, bucket_arns, in_regions, of_account, parameter_arns};
use crate::core::{Arn, Construct, Value, pseudo, sub};
use crate::iam::{ManagedPolicy, Role, Statement};
use crate::kind;

/// Regional services of the reference architecture. CloudFormation generates the names of their resources, which
/// mostly do not begin with the name of the stack, so statements limit the region and the action.
const REGIONAL: &[&str] = &[
    // Network: VPC, subnets, routes, gateways, endpoints, flow logs, security groups.
    "ec2:AllocateAddress",
    "ec2:AssociateRouteTable",
    "ec2:AssociateSubnetCidrBlock",
    "ec2:AssociateVpcCidrBlock",
    "ec2:AttachInternetGateway",
    "ec2:AuthorizeSecurityGroup*",
    "ec2:Create*Gateway",
    "ec2:CreateFlowLogs",
    "ec2:CreateRoute*",
    "ec2:CreateSecurityGroup",
    "ec2:CreateSubnet",
    "ec2:CreateTags",
    "ec2:CreateVpc*",
    "ec2:Delete*Gateway",
    "ec2:DeleteFlowLogs",
    "ec2:DeleteRoute*",
    "ec2:DeleteSecurityGroup",
    "ec2:DeleteSubnet",
    "ec2:DeleteTags",
    "ec2:DeleteVpc*",
    "ec2:Describe*",
    "ec2:DetachInternetGateway",
    "ec2:DisassociateAddress",
    "ec2:DisassociateRouteTable",
    "ec2:DisassociateSubnetCidrBlock",
    "ec2:DisassociateVpcCidrBlock",
    "ec2:GetManagedPrefixListEntries",
    "ec2:ModifySecurityGroupRules",
    "ec2:ModifySubnetAttribute",
    "ec2:ModifyVpc*",
    "ec2:ReleaseAddress",
    "ec2:ReplaceRoute*",
    "ec2:RevokeSecurityGroup*",
    "ec2:UpdateSecurityGroupRuleDescriptions*",
    // Load balancers: all actions.
    "elasticloadbalancing:*",
    // Containers and their scaling.
    "application-autoscaling:*",
    "ecr:BatchGetImage",
    "ecr:CreateRepository",
    "ecr:DeleteLifecyclePolicy",
    "ecr:DeleteRepository*",
    "ecr:Describe*",
    "ecr:Get*Policy",
    "ecr:ListTagsForResource",
    "ecr:PutImageScanningConfiguration",
    "ecr:PutImageTagMutability",
    "ecr:PutLifecyclePolicy",
    "ecr:SetRepositoryPolicy",
    "ecr:TagResource",
    "ecr:UntagResource",
    "ecs:*Cluster*",
    "ecs:*Service*",
    "ecs:*TaskDefinition*",
    "ecs:*agResource",
    "ecs:ListTagsForResource",
    // Database.
    "rds:*DBInstance*",
    "rds:*DBParameterGroup*",
    "rds:*DBSnapshot*",
    "rds:*DBSubnetGroup*",
    "rds:*TagsToResource",
    "rds:DescribeDBClusterSnapshots",
    "rds:DescribeDBClusters",
    "rds:DescribeDBEngineVersions",
    "rds:DescribeDBParameters",
    "rds:DescribeEngineDefaultParameters",
    "rds:DescribeEvents",
    "rds:ListTagsForResource",
    "rds:RemoveTagsFromResource",
    // Secrets, parameters and keys. Reading secrets is not included, except for generating a password at creation.
    "kms:CreateAlias",
    "kms:CreateGrant",
    "kms:CreateKey",
    "kms:Decrypt",
    "kms:DeleteAlias",
    "kms:DisableKey*",
    "kms:Describe*",
    "kms:EnableKey*",
    "kms:GenerateDataKey*",
    "kms:GetKey*",
    "kms:List*",
    "kms:PutKeyPolicy",
    "kms:RetireGrant",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:Update*",
    "secretsmanager:CreateSecret",
    "secretsmanager:DeleteSecret",
    "secretsmanager:DescribeSecret",
    "secretsmanager:GetRandomPassword",
    "secretsmanager:RotateSecret",
    "secretsmanager:TagResource",
    "secretsmanager:UntagResource",
    "secretsmanager:UpdateSecret",
    "ssm:*TagsToResource",
    "ssm:*TagsFromResource",
    "ssm:DeleteParameter",
    "ssm:DescribeParameters",
    "ssm:ListTagsForResource",
    "ssm:PutParameter",
    // Monitoring: alarms, dashboards, logs and topics.
    "cloudwatch:*Alarm*",
    "cloudwatch:*Dashboard*",
    "cloudwatch:*agResource",
    "cloudwatch:ListTagsForResource",
    "logs:*DataProtectionPolicy",
    "logs:*Deliver*",
    "logs:*IndexPolic*",
    "logs:*LogGroup*",
    "logs:*ResourcePolic*",
    "logs:*RetentionPolicy",
    "logs:*agResource",
    "logs:AssociateKmsKey",
    "logs:DisassociateKmsKey",
    "logs:ListTagsForResource",
    "sns:*DataProtectionPolicy",
    "sns:*Subscri*",
    "sns:*Topic*",
    "sns:*agResource",
    "sns:ListTagsForResource",
];

/// Global services, and services that CloudFront uses in us-east-1.
const GLOBAL: &[&str] = &[
    "acm:*Certificate*",
    "cloudfront:*CachePolic*",
    "cloudfront:*Distribution*",
    "cloudfront:*Function*",
    "cloudfront:*OriginAccessControl*",
    "cloudfront:*OriginRequestPolic*",
    "cloudfront:*ResponseHeadersPolic*",
    "cloudfront:*VpcOrigin*",
    "cloudfront:*agResource",
    "cloudfront:AllowVendedLogDeliveryForResource",
    "cloudfront:ListTagsForResource",
    "route53:ChangeResourceRecordSets",
    "route53:GetChange",
    "route53:GetHostedZone",
    "route53:ListHostedZones*",
    "route53:ListResourceRecordSets",
    "wafv2:*LoggingConfiguration*",
    "wafv2:*WebACL*",
    "wafv2:*agResource",
    "wafv2:ListTagsForResource",
];

/// Actions on buckets, whose names begin with the name of the stack.
const BUCKETS: &[&str] = &[
    "s3:CreateBucket",
    "s3:DeleteBucket",
    "s3:DeleteBucketPolicy",
    "s3:Get*Configuration",
    "s3:GetBucket*",
    "s3:ListBucket",
    "s3:ListTagsForResource",
    "s3:Put*Configuration",
    "s3:PutBucket*",
    "s3:TagResource",
    "s3:UntagResource",
];

/// Actions that create roles or extend their permissions, limited by the boundary. Names of roles begin with the name
/// of the stack.
const ROLES_WIDENED: &[&str] = &[
    "iam:AttachRolePolicy",
    "iam:CreateRole",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
];

/// Other actions on roles.
const ROLES: &[&str] = &[
    "iam:DeleteRole",
    "iam:DeleteRolePolicy",
    "iam:DetachRolePolicy",
    "iam:GetRole",
    "iam:GetRolePolicy",
    "iam:List*Role*",
    "iam:TagRole",
    "iam:UntagRole",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateRole*",
];

/// Read access to resources that an administrator deploys, as their read handlers need it.
pub(super) const READ_DELIVERY: &[&str] = &[
    "iam:GetOpenIDConnectProvider",
    "iam:GetPolicy",
    "iam:GetPolicyVersion",
    "iam:GetRole",
    "iam:GetRolePolicy",
    "iam:ListAttachedRolePolicies",
    "iam:ListEntitiesForPolicy",
    "iam:ListRolePolicies",
];

/// Services that assume roles of the reference architecture.
const ROLES_FOR: &[&str] = &[
    "ecs-tasks.amazonaws.com",
    "ecs.amazonaws.com",
    "monitoring.rds.amazonaws.com",
    "vpc-flow-logs.amazonaws.com",
];

/// Services whose service-linked role is created at their first use in an account.
const LINKED_ROLES_FOR: &[&str] = &[
    "ecs.amazonaws.com",
    "ecs.application-autoscaling.amazonaws.com",
    "elasticloadbalancing.amazonaws.com",
    "rds.amazonaws.com",
    "vpcorigin.cloudfront.amazonaws.com",
];

/// Actions that remove a boundary or change its permissions.
const BOUNDARIES: &[&str] = &[
    "iam:CreatePolicyVersion",
    "iam:DeletePolicy*",
    "iam:DeleteRolePermissionsBoundary",
    "iam:SetDefaultPolicyVersion",
];

/// Input for the execution role of CloudFormation.
pub(super) struct Execution<'a> {
    /// Prefix of the names of the stacks.
    pub(super) prefix: &'a str,
    /// Regions of stacks, in addition to the region of the role.
    pub(super) regions: &'a [String],
    /// Permissions boundary of roles that stacks create.
    pub(super) boundary: &'a Value<Arn<kind::iam::ManagedPolicy>>,
    /// Whether stacks use assets.
    pub(super) has_assets: bool,
    /// Names of parameters that templates read, in addition to those of the app and of AWS; `*` matches any text.
    pub(super) parameters: &'a [String],
}

impl Execution<'_> {
    /// Adds the permissions that the stacks need to the role.
    pub(super) fn grant_permissions(&self, role: &Role<'_>) {
        let prefix = self.prefix;
        // `Fn::GetStackOutput` reads outputs of other stacks, in any region, with the role of the stack that reads.
        // <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html>
        role.add_statement(
            Statement::allow()
                .sid("ReadOutputs")
                .action("cloudformation:DescribeStacks")
                .resource(sub![
                    "arn:",
                    pseudo::partition(),
                    ":cloudformation:*:",
                    pseudo::account_id(),
                    ":stack/",
                    prefix,
                    "*/*"
                ]),
        );
        let regional = Statement::allow()
            .sid("Regional")
            .actions(REGIONAL.iter().copied())
            .resource("*");
        role.add_statement(in_regions(regional, self.regions));
        role.add_statement(
            Statement::allow()
                .sid("Global")
                .actions(GLOBAL.iter().copied())
                .resource("*"),
        );
        role.add_statement(
            Statement::allow()
                .sid("Buckets")
                .actions(BUCKETS.iter().copied())
                .resource(bucket_arns(prefix)),
        );
        if self.has_assets {
            // Lambda reads the code of a function with the permissions of whoever creates it.
            let assets = Assets {
                regions: self.regions,
            };
            assets.grant_read(role);
        }
        for statement in self.role_statements() {
            role.add_statement(statement);
        }
        for statement in self.reads_parameters() {
            role.add_statement(in_regions(statement, self.regions));
        }
    }

    /// Returns the statements for parameters whose values CloudFormation puts into templates, and for those that
    /// stacks create. Names that CloudFormation generates do not begin with the name of the stack, so the tag
    /// identifies them.
    ///
    /// CloudFormation resolves references (`{{resolve:ssm:…}}`) and parameters of an SSM type with the execution
    /// role, so every principal that can create change sets can read these values.
    fn reads_parameters(&self) -> [Statement; 2] {
        let read = |sid: &'static str| Statement::allow().sid(sid).action("ssm:GetParameter*");
        let of_aws = sub![
            "arn:",
            pseudo::partition(),
            ":ssm:*:*:parameter/aws/service/*"
        ];
        let named = self.parameters.iter();
        let named = named.map(|name| {
            let name = name.trim_start_matches('/').to_owned();
            of_account("ssm", sub!["parameter/", name])
        });
        let by_name = parameter_arns(self.prefix).into_iter().chain(named);
        [
            by_name.fold(
                read("ParametersByName").resource(of_aws),
                Statement::resource,
            ),
            read("ParametersOfStacks")
                .resource(of_account("ssm", sub!["parameter/*"]))
                .condition("StringLike", OF_STACK, format!("{}*", self.prefix)),
        ]
    }

    /// Returns the boundary of the execution role: the services that it deploys, and only those IAM actions that its
    /// own policy has. Policies attached later cannot make it an administrator.
    pub(super) fn create_limit<'app>(
        &self,
        scope: impl Construct<'app>,
        id: &str,
    ) -> ManagedPolicy<'app> {
        // Secrets are created but never read; only some parameters are read.
        let (secrets, others): (BTreeSet<&str>, BTreeSet<&str>) = [REGIONAL, GLOBAL, BUCKETS]
            .concat()
            .into_iter()
            .partition(|action| {
                action.starts_with("secretsmanager:") || action.starts_with("ssm:")
            });
        let services: BTreeSet<String> = others
            .iter()
            .filter_map(|action| Some(format!("{}:*", action.split_once(':')?.0)))
            .collect();
        let policy = ManagedPolicy::builder()
            .path(PATH)
            .statement(
                Statement::allow()
                    .sid("Services")
                    .action("cloudformation:DescribeStacks")
                    .actions(services)
                    .actions(secrets)
                    .resource("*"),
            )
            .build(scope, id);
        for statement in self
            .role_statements()
            .into_iter()
            .chain(self.reads_parameters())
        {
            policy.add_statement(statement);
        }
        policy
    }

    /// Returns the statements for roles of the stacks, which can be created and changed only within the boundary, and
    /// never those of the delivery.
    fn role_statements(&self) -> Vec<Statement> {
        let of_path = |kind: &str, path: &str, prefix: &str| {
            sub![
                "arn:",
                pseudo::partition(),
                ":iam::",
                pseudo::account_id(),
                ":",
                kind,
                path,
                prefix,
                "*"
            ]
        };
        let roles = of_path("role", "/", self.prefix);
        let of_services = |statement: Statement, key: &str, services: &[&'static str]| {
            services.iter().fold(statement, |statement, service| {
                statement.condition("StringEquals", key, *service)
            })
        };
        vec![
            Statement::deny()
                .sid("KeepBoundary")
                .actions(BOUNDARIES.iter().copied())
                .resource("*"),
            Statement::deny()
                .sid("KeepDelivery")
                .not_actions(["iam:Get*", "iam:List*"])
                .resource(of_path("role", PATH, ""))
                .resource(of_path("policy", PATH, "")),
            Statement::allow()
                .sid("RolesWithinBoundary")
                .actions(ROLES_WIDENED.iter().copied())
                .resource(&roles)
                .condition(
                    "StringEquals",
                    "iam:PermissionsBoundary",
                    self.boundary.clone(),
                ),
            Statement::allow()
                .sid("Roles")
                .actions(ROLES.iter().copied())
                .resource(&roles),
            // Stacks refer to roles, policies and the identity provider of the delivery, and therefore read them.
            Statement::allow()
                .sid("ReadDelivery")
                .actions(READ_DELIVERY.iter().copied())
                .resource(of_path("role", PATH, ""))
                .resource(of_path("policy", PATH, ""))
                .resource(of_path("oidc-provider", "/", "")),
            of_services(
                Statement::allow()
                    .sid("PassRoles")
                    .action("iam:PassRole")
                    .resource(&roles),
                "iam:PassedToService",
                ROLES_FOR,
            ),
            of_services(
                Statement::allow()
                    .sid("ServiceLinkedRoles")
                    .action("iam:CreateServiceLinkedRole")
                    .resource("*"),
                "iam:AWSServiceName",
                LINKED_ROLES_FOR,
            ),
        ]
    }
}
