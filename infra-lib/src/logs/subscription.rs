//! Deliveries of log events as they arrive.

use std::fmt;
use std::rc::Rc;

use super::{AsLogGroup, FilterPattern, LogGroupRef, log_group};
use crate::cfn::logs::subscription_filter::Distribution;
use crate::cfn::logs::{
    CfnSubscriptionFilter, CfnSubscriptionFilterProps, CfnSubscriptionFilterRequired,
};
use crate::construct::With;
use crate::core::{Arn, Construct, IntoValue, Scope, Value, pseudo, sub, value};
use crate::iam::{Principal, Role, Statement};
use crate::kind;

/// A construct to which a [`SubscriptionFilter`] can deliver log events.
#[diagnostic::on_unimplemented(
    message = "CloudWatch Logs cannot deliver events to `{Self}`",
    label = "this is not a destination of log events",
    note = "`LogDestination::from_arn(arn)` is a destination by its ARN, with `.statement(…)` for the permission that it needs"
)]
pub trait LogSubscriber<'app> {
    /// Returns the destination, with the permissions that it needs.
    fn log_destination(&self) -> LogDestination<'app>;
}

/// Function that permits the delivery in a scope, and returns the scope of the permission.
type Permit<'app> = Rc<dyn Fn(Scope<'app>, LogGroupRef<'app>) -> Scope<'app> + 'app>;

/// A destination of log events: a resource by its ARN, and the permission to deliver to it.
///
/// ```
/// use infra_lib::logs::LogDestination;
///
/// let central = LogDestination::from_arn("arn:aws:logs:eu-west-1:111122223333:destination:central");
/// ```
#[derive(Clone)]
#[must_use = "a destination has no effect until it is passed to a subscription filter"]
pub struct LogDestination<'app> {
    arn: Value<String>,
    role_arn: Option<Value<Arn<kind::iam::Role>>>,
    statements: Vec<Statement>,
    permit: Option<Permit<'app>>,
}

impl<'app> LogDestination<'app> {
    /// Returns the destination of a construct, such as a function, a data stream or a delivery stream.
    pub fn of(subscriber: &impl LogSubscriber<'app>) -> Self {
        subscriber.log_destination()
    }

    /// Creates a destination from the ARN of a resource. [`statement`](Self::statement) or [`role_arn`](Self::role_arn)
    /// gives the permission to deliver to it.
    pub fn from_arn(arn: impl IntoValue<String>) -> Self {
        Self {
            arn: arn.into_value(),
            role_arn: None,
            statements: Vec::new(),
            permit: None,
        }
    }

    /// Adds a statement to the role of the filter, which only CloudWatch Logs of this account and region can assume.
    pub fn statement(mut self, statement: Statement) -> Self {
        self.statements.push(statement);
        self
    }

    /// Sets an existing role for the delivery, in place of the role of the filter.
    pub fn role_arn(mut self, role_arn: impl IntoValue<Arn<kind::iam::Role>>) -> Self {
        self.role_arn = Some(role_arn.into_value());
        self
    }

    /// Sets the function that permits the delivery in the policy of the destination, and returns the scope of that
    /// permission; the filter is created after it.
    pub fn permission(
        mut self,
        permit: impl Fn(Scope<'app>, LogGroupRef<'app>) -> Scope<'app> + 'app,
    ) -> Self {
        self.permit = Some(Rc::new(permit));
        self
    }

    /// Returns the role of the delivery, which is created if statements need one.
    fn into_role(self, scope: Scope<'app>) -> Option<Value<Arn<kind::iam::Role>>> {
        if self.role_arn.is_some() || self.statements.is_empty() {
            return self.role_arn;
        }
        let log_groups = sub![
            "arn:",
            pseudo::partition(),
            ":logs:",
            pseudo::region(),
            ":",
            pseudo::account_id(),
            ":*"
        ];
        let principal = Principal::service("logs.amazonaws.com").condition(
            "ArnLike",
            "aws:SourceArn",
            log_groups,
        );
        let role = self
            .statements
            .into_iter()
            .fold(Role::builder().assumed_by(principal), |role, statement| {
                role.statement(statement)
            });
        Some(role.build(scope, "CloudWatchLogsCanPutRecords").arn())
    }
}

impl fmt::Debug for LogDestination<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogDestination")
            .field("arn", &self.arn)
            .field("role_arn", &self.role_arn)
            .field("statements", &self.statements)
            .finish_non_exhaustive()
    }
}

crate::construct! {
    /// A filter that delivers the events of a log group to a function, a data stream, a delivery stream or another destination.
    ///
    /// Creates an
    /// [`AWS::Logs::SubscriptionFilter`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-subscriptionfilter.html),
    /// and the permission for the delivery: one to invoke a function, or a role for other destinations. Log groups of the
    /// class Infrequent Access cannot have one (`INF4972`). Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | events | all | required |
    /// | order in a data stream | by log stream | by log stream |
    /// | name | generated | generated |
    ///
    /// ```
    /// use infra_lib::kinesis::Stream;
    /// use infra_lib::logs::{FilterPattern, LogDestination, LogGroup, SubscriptionFilter};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let logs = LogGroup::builder().build(stack, "Logs");
    /// let stream = Stream::builder().build(stack, "Stream");
    /// SubscriptionFilter::builder()
    ///     .log_group(logs)
    ///     .pattern(FilterPattern::any_term(["ERROR", "WARN"]))
    ///     .destination(LogDestination::of(&stream))
    ///     .build(stack, "Errors");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct SubscriptionFilter<'app>: "infra-lib.logs.SubscriptionFilter" {
        resource: CfnSubscriptionFilter<'app>,
    }

    /// Properties of a [`SubscriptionFilter`], set through [`SubscriptionFilter::builder`].
    pub struct SubscriptionFilterProps, SubscriptionFilterBuilder, subscription_filter_builder {
        /// Log group whose events are delivered.
        required_reference log_group: AsLogGroup::as_log_group => LogGroupRef<'app>,
        /// Destination of events.
        required destination: LogDestination<'app>,
        /// Pattern that selects events. Default: every event.
        default pattern: FilterPattern = FilterPattern::every_event(),
        /// Random distribution over the shards of a data stream, in place of one by log stream, which keeps their order.
        default random_distribution: bool = false,
        /// Name of the filter. Default: a generated name.
        text filter_name,
    }
}

impl<'app> SubscriptionFilter<'app> {
    fn create(scope: Scope<'app>, props: SubscriptionFilterProps<'app>) -> Self {
        log_group::check_class(scope, props.log_group, "a subscription filter");
        let destination = props.destination;
        let permission = destination
            .permit
            .as_ref()
            .map(|permit| permit(scope, props.log_group));
        let distribution = props.random_distribution.then_some(Distribution::RANDOM);
        let resource = CfnSubscriptionFilterProps::new(CfnSubscriptionFilterRequired {
            destination_arn: destination.arn.clone(),
            filter_pattern: value(props.pattern.to_string()),
            log_group_name: props.log_group.name(),
        })
        .with(
            destination.into_role(scope),
            CfnSubscriptionFilterProps::role_arn,
        )
        .with(distribution, CfnSubscriptionFilterProps::distribution)
        .with(props.filter_name, CfnSubscriptionFilterProps::filter_name)
        .build(scope, "Resource");
        // CloudWatch Logs tests the delivery when the filter is created.
        if let Some(permission) = permission {
            resource.scope().depends_on(permission);
        }
        Self { scope, resource }
    }

    /// Returns the L1 binding of the filter.
    pub fn cfn(&self) -> CfnSubscriptionFilter<'app> {
        self.resource
    }
}
