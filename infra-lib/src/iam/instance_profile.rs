//! Instance profiles, which give a role to EC2 instances.

use super::statement::to_list;
use super::{AsRole, Grantable, Grantee, Identity, Principal, Role, RoleRef};
use crate::cfn::iam::{CfnInstanceProfile, CfnInstanceProfileProps};
use crate::construct::With;
use crate::core::{Arn, Data, Diagnostic, IntoValue, Name, Scope, Value, codes};
use crate::kind;

crate::construct! {
    /// An instance profile: the role of EC2 instances.
    ///
    /// Creates an
    /// [`AWS::IAM::InstanceProfile`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-instanceprofile.html),
    /// and a role unless one is given. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | role | a new one without permissions, which EC2 may assume | required |
    /// | name | generated | generated |
    /// | path | `/` | `/` |
    ///
    /// Grants to the profile are grants to its role.
    ///
    /// ```
    /// use infra_lib::iam::InstanceProfile;
    /// use infra_lib::sns::Topic;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let profile = InstanceProfile::builder().build(stack, "Profile");
    /// Topic::builder().build(stack, "Jobs").grant_publish(&profile);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct InstanceProfile<'app>: "infra-lib.iam.InstanceProfile" {
        profile: CfnInstanceProfile<'app>,
        role: RoleRef<'app>,
    }

    /// Properties of an [`InstanceProfile`], set through [`InstanceProfile::builder`].
    pub struct InstanceProfileProps, InstanceProfileBuilder, instance_profile_builder {
        /// Role of the instances, which `ec2.amazonaws.com` must be able to assume (`INF4609`). Default: a new role.
        reference role: AsRole::as_role => RoleRef<'app>,
        /// Physical name of the instance profile, at most 128 characters. Default: a generated name, so that
        /// CloudFormation can replace the profile.
        text instance_profile_name,
        /// Path of the instance profile, which begins and ends with `/`. Default: `/`, as in CloudFormation.
        text path,
    }
}

impl<'app> InstanceProfile<'app> {
    fn create(scope: Scope<'app>, props: InstanceProfileProps<'app>) -> Self {
        let role = instance_role(scope, props.role);
        let profile = CfnInstanceProfileProps::new([role.role_name()])
            .with(
                props.instance_profile_name,
                CfnInstanceProfileProps::instance_profile_name,
            )
            .with(props.path, CfnInstanceProfileProps::path)
            .build(scope, "Resource");
        Self {
            scope,
            profile,
            role,
        }
    }

    /// Imports an existing instance profile by its ARN. Its role is not known to this app.
    pub fn from_arn(
        arn: impl IntoValue<Arn<kind::iam::InstanceProfile>>,
    ) -> ImportedInstanceProfile {
        ImportedInstanceProfile {
            arn: arn.into_value(),
        }
    }

    /// Returns the ARN of the instance profile.
    pub fn arn(&self) -> Value<Arn<kind::iam::InstanceProfile>> {
        self.profile.attr_arn()
    }

    /// Returns the physical name of the instance profile.
    pub fn instance_profile_name(&self) -> Value<Name<kind::iam::InstanceProfile>> {
        self.profile.ref_()
    }

    /// Returns the role of the instances.
    pub fn role(&self) -> RoleRef<'app> {
        self.role
    }

    /// Returns the L1 binding of the instance profile.
    pub fn cfn(&self) -> CfnInstanceProfile<'app> {
        self.profile
    }
}

/// Returns the role of instances: the given one, which EC2 must be able to assume, or a new one.
#[track_caller]
pub(crate) fn instance_role<'app>(
    scope: Scope<'app>,
    role: Option<RoleRef<'app>>,
) -> RoleRef<'app> {
    match role {
        Some(role) => {
            if let RoleRef::Own(own) = role {
                check_trust(scope, own);
            }
            role
        }
        None => Role::builder()
            .assumed_by(Principal::service("ec2.amazonaws.com"))
            .build(scope, "InstanceRole")
            .as_role(),
    }
}

/// Reports a role whose trust policy consists of literals and does not name EC2.
fn check_trust(scope: Scope<'_>, role: Role<'_>) {
    let Some(trust) = role.cfn().prop("AssumeRolePolicyDocument.Statement") else {
        return;
    };
    let services: Vec<Data> = to_list(trust)
        .iter()
        .filter_map(|statement| statement.pointer("Principal.Service").cloned())
        .flat_map(to_list)
        .collect();
    let is_ec2 = |service: &Data| match service.as_text() {
        Some(name) => name.starts_with("ec2.amazonaws.com"),
        None => true,
    };
    if !services.iter().any(is_ec2) {
        scope.report(
            Diagnostic::new(
                codes::INSTANCE_ROLE_TRUST,
                "EC2 cannot assume the role of an instance profile",
            )
            .expected("a trust policy with `ec2.amazonaws.com`")
            .help("create the role with `.assumed_by(Principal::service(\"ec2.amazonaws.com\"))`, or leave the role out")
            .url("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html"),
        );
    }
}

/// Grants permissions to the role of the instances.
impl<'app> Grantable<'app> for InstanceProfile<'app> {
    fn grantee(&self) -> Grantee<'app> {
        self.role.grantee()
    }
}

impl<'app> Identity<'app> for InstanceProfile<'app> {}

/// An existing instance profile, from [`InstanceProfile::from_arn`].
#[derive(Clone, Debug)]
pub struct ImportedInstanceProfile {
    arn: Value<Arn<kind::iam::InstanceProfile>>,
}

impl ImportedInstanceProfile {
    /// Returns the ARN of the instance profile.
    pub fn arn(&self) -> Value<Arn<kind::iam::InstanceProfile>> {
        self.arn.clone()
    }
}
