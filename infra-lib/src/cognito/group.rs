//! Groups of users.

use crate::cfn::cognito::{CfnUserPoolGroup, CfnUserPoolGroupProps};
use crate::construct::With;
use crate::core::{Id, Name, Scope, Value};
use crate::iam::{AsRole, RoleRef};
use crate::kind;

crate::construct! {
    /// A group of users, which appears in the claim `cognito:groups` of their tokens.
    ///
    /// Creates an
    /// [`AWS::Cognito::UserPoolGroup`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolgroup.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | name | generated | generated |
    /// | role | none | none |
    /// | precedence | none: behind every group with one | the same |
    ///
    /// ```
    /// use infra_lib::cognito::{UserPool, UserPoolGroup};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let users = UserPool::builder().build(stack, "Users");
    /// UserPoolGroup::builder().user_pool(&users).group_name("editors").precedence(10).build(stack, "Editors");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct UserPoolGroup<'app>: "infra-lib.cognito.UserPoolGroup" {
        resource: CfnUserPoolGroup<'app>,
    }

    /// Properties of a [`UserPoolGroup`], set through [`UserPoolGroup::builder`].
    pub struct UserPoolGroupProps, UserPoolGroupBuilder, user_pool_group_builder {
        /// User pool: a construct, an imported pool, or an ID.
        required_value user_pool: Id<kind::cognito::UserPool>,
        /// Name of the group. Default: a generated name.
        text group_name,
        /// Description of the group. Default: none.
        text description,
        /// Role that an identity pool can give to members. Default: none.
        reference role: AsRole::as_role => RoleRef<'app>,
        /// Rank of the group; the lowest number decides on the role of a user in several groups. Default: none.
        optional precedence: u32,
    }
}

impl<'app> UserPoolGroup<'app> {
    fn create(scope: Scope<'app>, props: UserPoolGroupProps<'app>) -> Self {
        let resource = CfnUserPoolGroupProps::new(props.user_pool)
            .with(props.group_name, CfnUserPoolGroupProps::group_name)
            .with(props.description, CfnUserPoolGroupProps::description)
            .with(props.precedence, CfnUserPoolGroupProps::precedence)
            .with(props.role, |cfn, role| cfn.role_arn(role.arn()))
            .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the name of the group.
    pub fn group_name(&self) -> Value<Name<kind::cognito::UserPoolGroup>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the group.
    pub fn cfn(&self) -> CfnUserPoolGroup<'app> {
        self.resource
    }
}
