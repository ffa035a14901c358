//! Permissions of CloudFormation's execution role that do not depend on the resource types of the app.

use super::assets::Assets;
use super::boundary::{OF_STACK, PATH, in_regions, of_account, parameter_arns};
use crate::core::{Arn, Construct, Value, pseudo, sub};
use crate::iam::{ManagedPolicy, Role, Statement};
use crate::kind;

/// ID of the execution role, below the scope of the delivery.
pub(super) const EXECUTION_ROLE: &str = "ExecutionRole";

/// ID of the boundary of the execution role, below the scope of the delivery.
pub(super) const EXECUTION_LIMIT: &str = "ExecutionBoundary";

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
    /// `true` if stacks use assets.
    pub(super) has_assets: bool,
    /// Names of parameters that templates read, in addition to those of the app and of AWS; `*` matches any text.
    pub(super) parameters: &'a [String],
}

impl Execution<'_> {
    /// Adds the permissions that stacks of any content need to the role.
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
        for statement in self.reads_assets() {
            role.add_statement(statement);
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

    /// Returns the statements for assets: Lambda reads the code of a function with the permissions of the creator of the function.
    fn reads_assets(&self) -> Vec<Statement> {
        if !self.has_assets {
            return Vec::new();
        }
        let assets = Assets {
            regions: self.regions,
        };
        assets.read_statements().to_vec()
    }

    /// Returns the boundary of the execution role: only those IAM actions that its own policy has. The services that
    /// it deploys are added with its permissions for them. Policies attached later cannot make it an administrator.
    pub(super) fn create_limit<'app>(&self, scope: impl Construct<'app>) -> ManagedPolicy<'app> {
        let policy = ManagedPolicy::builder()
            .path(PATH)
            .statement(
                Statement::allow()
                    .sid("ReadOutputs")
                    .action("cloudformation:DescribeStacks")
                    .resource("*"),
            )
            .build(scope, EXECUTION_LIMIT);
        for statement in self
            .role_statements()
            .into_iter()
            .chain(self.reads_parameters())
            .chain(self.reads_assets())
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
        ]
    }
}
