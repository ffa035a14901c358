//! The [`UserGroup`] construct.

use std::collections::BTreeSet;

use infra_cfn::elasticache::{CfnUserGroup, CfnUserGroupProps, CfnUserGroupRequired, user_group};

use super::{AsUser, User, UserAuthentication, UserEngine, UserRef, identifier};
use crate::{Arn, Diagnostic, Id, IntoValue, Scope, Value, codes, kind, value};

crate::construct! {
    /// A group of users, to which caches give access.
    ///
    /// Creates an
    /// [`AWS::ElastiCache::UserGroup`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-usergroup.html).
    /// A group for Redis OSS must have a user with the name `default`; without one, a user that is switched off is added.
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | engine | Valkey | required |
    /// | ID | stack name and construct path | required |
    /// | user `default` of Redis OSS | switched off | required |
    ///
    /// ```
    /// use infra_lib::elasticache::{User, UserGroup};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Cache");
    /// let worker = User::builder().access_string("on ~* +@all -@dangerous").build(stack, "Worker");
    /// UserGroup::builder().user(worker).build(stack, "Users");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct UserGroup<'app>: "infra-lib.elasticache.UserGroup" {
        resource: CfnUserGroup<'app>,
    }

    /// Properties of a [`UserGroup`], set through [`UserGroup::builder`].
    pub struct UserGroupProps, UserGroupBuilder, user_group_builder {
        /// Users of the group.
        list users: UserRef<'app>,
        /// Engine of the caches. Default: Valkey.
        default engine: UserEngine = UserEngine::Valkey,
        /// ID of the group, at most 40 lower-case letters, digits and hyphens (`INF4018`). Default: stack name and construct
        /// path. Changing it replaces the group.
        optional user_group_id: String,
    }
}

impl<'app, S: user_group_builder::State> UserGroupBuilder<'app, S> {
    /// Adds a user: a [`User`] or an [`ImportedUser`](super::ImportedUser).
    pub fn user(mut self, user: impl AsUser<'app>) -> Self {
        self.users.push(user.as_user());
        self
    }
}

impl<'app> UserGroup<'app> {
    fn create(scope: Scope<'app>, props: UserGroupProps<'app>) -> Self {
        let id = props
            .user_group_id
            .unwrap_or_else(|| identifier::generate(scope, 40));
        identifier::check(scope, "UserGroupId", &id, 40);
        check_users(scope, props.engine, &props.users);
        let mut ids: Vec<Value<Id<kind::elasticache::User>>> =
            props.users.iter().map(UserRef::user_id).collect();
        if props.engine == UserEngine::Redis && !props.users.iter().any(may_be_default) {
            let default = User::builder()
                .engine(UserEngine::Redis)
                .user_name("default".to_owned())
                .authentication(UserAuthentication::disabled())
                .access_string("off ~* -@all")
                .build(scope, "DefaultUser");
            ids.push(default.user_id());
        }
        let resource = CfnUserGroupProps::new(CfnUserGroupRequired {
            engine: value(match props.engine {
                UserEngine::Valkey => user_group::Engine::VALKEY,
                UserEngine::Redis => user_group::Engine::REDIS,
            }),
            user_group_id: id.into_value(),
            user_ids: value(ids),
        })
        .build(scope, "Resource");
        // The IDs are text, which makes nothing wait for the users.
        for user in scope.children() {
            if let Some(user) = user.default_child() {
                resource.depends_on(user);
            }
        }
        for user in &props.users {
            if let UserRef::Own(user) = user {
                resource.depends_on(*user.cfn());
            }
        }
        Self { scope, resource }
    }

    /// Returns the ID of the group.
    pub fn user_group_id(&self) -> Value<Id<kind::elasticache::UserGroup>> {
        self.resource.ref_()
    }

    /// Returns the ARN of the group.
    pub fn arn(&self) -> Value<Arn<kind::elasticache::UserGroup>> {
        self.resource.attr_arn()
    }

    /// Returns the L1 binding of the group.
    pub fn cfn(&self) -> CfnUserGroup<'app> {
        self.resource
    }
}

/// Returns true for a user named `default`, and for existing users, whose name is not known.
fn may_be_default(user: &UserRef<'_>) -> bool {
    match user {
        UserRef::Own(user) => user.facts().name == "default",
        UserRef::Imported(_) => true,
    }
}

fn check_users(scope: Scope<'_>, engine: UserEngine, users: &[UserRef<'_>]) {
    let report = |message: &str| {
        Diagnostic::new(codes::CACHE_USER_GROUP, message)
            .property("UserIds")
            .url("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html")
    };
    if users.is_empty() {
        scope.report(
            report("a user group has no users")
                .help("add those who may use the cache: `.user(User::builder()…)`"),
        );
    }
    let mut names = BTreeSet::new();
    for user in users {
        let UserRef::Own(user) = user else { continue };
        let facts = user.facts();
        if engine == UserEngine::Redis && facts.engine == UserEngine::Valkey {
            scope.report(
                report("a user group of Redis OSS has a user of Valkey")
                    .actual(&*facts.name)
                    .help("set `.engine(UserEngine::Redis)` for the user, or use Valkey for the group"),
            );
        }
        if !names.insert(facts.name.clone()) {
            scope.report(report("two users of a group have the same name").actual(&*facts.name));
        }
    }
}
