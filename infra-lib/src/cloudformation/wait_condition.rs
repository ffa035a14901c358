//! The [`WaitCondition`] construct.

use crate::cfn::cloudformation::{
    CfnWaitCondition, CfnWaitConditionHandle, CfnWaitConditionHandleProps, CfnWaitConditionProps,
};
use crate::core::{Diagnostic, Duration, Resource, Scope, Value, codes};

/// Longest time that CloudFormation waits, in seconds: 12 hours.
///
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-waitcondition.html>
const MAX_SECONDS: u64 = 43_200;

crate::construct! {
    /// A wait condition: holds the creation of a stack until programs outside of CloudFormation report success.
    ///
    /// Creates an
    /// [`AWS::CloudFormation::WaitCondition`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-waitcondition.html)
    /// and an `AWS::CloudFormation::WaitConditionHandle`. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | timeout | 1 hour | required |
    /// | signals | 1 | 1 |
    ///
    /// A program reports with a `PUT` request to the presigned URL of [`handle_url`](Self::handle_url), for which it needs no
    /// credentials: everybody who knows the URL can report. For instances and Auto Scaling groups, signals with `cfn-signal`
    /// are simpler. CloudFormation waits when it creates the condition only; change
    /// [`generation`](WaitConditionBuilder::generation) to wait again with an update.
    ///
    /// ```
    /// use infra_lib::cloudformation::WaitCondition;
    /// use infra_lib::prelude::*;
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Appliance");
    /// let ready = WaitCondition::builder().timeout(Duration::minutes(20)).build(stack, "Ready");
    /// Output::new(stack, "Report", ready.handle_url());
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct WaitCondition<'app>: "infra-lib.cloudformation.WaitCondition" {
        resource: CfnWaitCondition<'app>,
        handle: CfnWaitConditionHandle<'app>,
    }

    /// Properties of a [`WaitCondition`], set through [`WaitCondition::builder`].
    pub struct WaitConditionProps, WaitConditionBuilder, wait_condition_builder {
        /// Time after which the deployment fails, at most 12 hours in whole seconds (`INF4051`). Default: 1 hour.
        default timeout: Duration = Duration::hours(1),
        /// Number of signals, each with an ID of its own. Default: 1, as in CloudFormation.
        default count: u32 = 1,
        /// Number of times that the condition was renewed. A change replaces condition and handle, so that CloudFormation
        /// waits again. Default: 0.
        default generation: u32 = 0,
    }
}

impl<'app> WaitCondition<'app> {
    #[expect(
        clippy::needless_pass_by_value,
        reason = "`construct!` passes the properties by value"
    )]
    fn create(scope: Scope<'app>, props: WaitConditionProps<'app>) -> Self {
        check_props(scope, props.timeout, props.count);
        let id = |name: &str| match props.generation {
            0 => name.to_owned(),
            generation => format!("{name}{generation}"),
        };
        let handle = CfnWaitConditionHandleProps::new().build(scope, &id("Handle"));
        let resource = CfnWaitConditionProps::new()
            .count(i64::from(props.count))
            .handle(handle.ref_().cast::<String>())
            .timeout(props.timeout.as_seconds().to_string())
            .build(scope, &id("Condition"));
        Self {
            scope,
            resource,
            handle,
        }
    }

    /// Waits only after a resource is created, such as the server that reports.
    pub fn wait_after(&self, resource: Resource<'app>) {
        self.resource.depends_on(resource);
    }

    /// Returns the presigned URL to which programs report.
    pub fn handle_url(&self) -> Value<String> {
        self.handle.ref_().cast()
    }

    /// Returns the data of all signals by their IDs, as JSON text.
    pub fn data(&self) -> Value<String> {
        self.resource.attr_data().cast()
    }

    /// Returns the L1 binding of the condition.
    pub fn cfn(&self) -> CfnWaitCondition<'app> {
        self.resource
    }
}

fn check_props(scope: Scope<'_>, timeout: Duration, count: u32) {
    let seconds = timeout.as_seconds();
    if !(1..=MAX_SECONDS).contains(&seconds) {
        scope.report(
            Diagnostic::new(
                codes::WAIT_CONDITION,
                format!("a wait condition cannot wait for {seconds} seconds"),
            )
            .property("Timeout")
            .actual(seconds.to_string())
            .expected("1 second to 12 hours")
            .help(
                "start work that takes longer from the stack, and let something else wait for it",
            ),
        );
    }
    if count == 0 {
        scope.report(
            Diagnostic::new(
                codes::WAIT_CONDITION,
                "a wait condition waits for no signal",
            )
            .property("Count")
            .actual("0")
            .expected("at least 1")
            .help("leave out `.count(…)` for one signal"),
        );
    }
}
