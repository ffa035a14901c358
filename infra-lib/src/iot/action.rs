//! Actions of topic rules: the resource that receives messages, and the permissions that it needs.

use std::fmt;
use std::rc::Rc;

use crate::cfn::iot::topic_rule;
use crate::core::{Arn, Value};
use crate::iam::{Role, Statement};
use crate::kind;

/// Function that gives the role of a rule its permissions.
type RoleGrant<'app> = Rc<dyn Fn(&Role<'app>) + 'app>;

/// Function that lets a rule act through the policy of the resource. It gets the ARN of the rule.
type RulePermission<'app> = Rc<dyn Fn(Value<Arn<kind::iot::TopicRule>>) + 'app>;

/// The rendering of an action, which needs the ARN of the role unless the resource has its own policy.
type Render<'app> = Rc<dyn Fn(Value<Arn<kind::iam::Role>>) -> topic_rule::Action + 'app>;

/// An action of a [`TopicRule`](super::TopicRule), with the permissions that it needs and no others.
///
/// All actions of a rule share its role, which only AWS IoT of this account can assume. Functions have a permission for
/// the rule instead.
///
/// See [rule actions](https://docs.aws.amazon.com/iot/latest/developerguide/iot-rule-actions.html).
#[derive(Clone)]
#[must_use = "an action has no effect until it is passed to a rule"]
pub struct TopicAction<'app> {
    pub(super) render: Render<'app>,
    pub(super) grants: Vec<RoleGrant<'app>>,
    pub(super) permission: Option<RulePermission<'app>>,
    /// Topic to which the action publishes, for the check of loops.
    pub(super) republishes: Option<String>,
    pub(super) needs_role: bool,
}

impl<'app> TopicAction<'app> {
    /// Creates an action of any kind from its binding, which gets the ARN of the role of the rule.
    /// [`statement`](Self::statement) gives the role its permissions.
    ///
    /// ```
    /// use infra_lib::cfn::iot::topic_rule::{Action, TimestreamAction, TimestreamActionRequired, TimestreamDimension};
    /// use infra_lib::iam::Statement;
    /// use infra_lib::iot::{TopicAction, TopicRule};
    /// use infra_lib::{App, Stack, value};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Devices");
    /// let write = Statement::allow()
    ///     .action("timestream:WriteRecords")
    ///     .resource("arn:aws:timestream:eu-west-1:111122223333:database/devices/table/state");
    /// let describe = Statement::allow().action("timestream:DescribeEndpoints").resource("*");
    /// let timestream = TopicAction::new(|role| {
    ///     Action::new().timestream(TimestreamAction::new(TimestreamActionRequired {
    ///         database_name: value("devices"),
    ///         dimensions: value(vec![TimestreamDimension::new("device", "${clientid()}")]),
    ///         role_arn: role,
    ///         table_name: value("state"),
    ///     }))
    /// });
    /// TopicRule::builder()
    ///     .sql("SELECT temperature FROM 'devices/+/state'")
    ///     .action(timestream.statement(write).statement(describe))
    ///     .build(stack, "Keep");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub fn new(render: impl Fn(Value<Arn<kind::iam::Role>>) -> topic_rule::Action + 'app) -> Self {
        Self {
            render: Rc::new(render),
            grants: Vec::new(),
            permission: None,
            republishes: None,
            needs_role: true,
        }
    }

    /// Adds a statement to the role of the rule, such as that for the key of an imported resource.
    pub fn statement(self, statement: Statement) -> Self {
        self.granted(move |role| role.add_statement(statement.clone()))
    }

    pub(super) fn granted(mut self, grant: impl Fn(&Role<'app>) + 'app) -> Self {
        self.grants.push(Rc::new(grant));
        self
    }
}

impl fmt::Debug for TopicAction<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TopicAction")
            .field("needs_role", &self.needs_role)
            .field("republishes", &self.republishes)
            .finish_non_exhaustive()
    }
}
