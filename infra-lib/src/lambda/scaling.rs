//! Provisioned concurrency of aliases that follows their use.

use super::Alias;
use crate::applicationautoscaling::{
    PredefinedMetric, ScalableResource, ScalableTarget, TargetTracking,
};
use crate::cfn::applicationautoscaling::scalable_target::{ScalableDimension, ServiceNamespace};
use crate::core::{Construct, sub};

impl<'app> Alias<'app> {
    /// Lets Application Auto Scaling adjust the number of environments of the alias that are kept ready, between two
    /// bounds. Each is charged while it exists. Policies and schedules of the target change the number.
    ///
    /// Do not set [`provisioned_concurrency`](super::AliasBuilder::provisioned_concurrency) as well: each deployment
    /// would return to it.
    ///
    /// ```
    /// use infra_lib::applicationautoscaling::Schedule;
    /// use infra_lib::lambda::{Alias, Code, Function, Runtime};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let function = Function::builder()
    ///     .runtime(Runtime::Python314)
    ///     .handler("index.handler")
    ///     .code(Code::inline("def handler(event, context): return event"))
    ///     .build(stack, "Function");
    /// let live = Alias::builder().alias_name("live").version(function.current_version()).build(stack, "Live");
    /// live.scale_provisioned_concurrency(1, 20, 70)
    ///     .on_schedule("Morning", &Schedule::cron("0 7 ? * MON-FRI *"), 5, 20);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    ///
    /// `utilization` is the part of the environments that shall be in use, 10 to 90 percent (`INF4219` otherwise). See
    /// [provisioned concurrency with Application Auto
    /// Scaling](https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html#managing-provisioned-concurency).
    #[track_caller]
    pub fn scale_provisioned_concurrency(
        &self,
        min_capacity: u32,
        max_capacity: u32,
        utilization: u32,
    ) -> ScalableTarget<'app> {
        let resource_id = sub![
            "function:",
            self.function().function_name(),
            ":",
            self.alias_name()
        ];
        let resource = ScalableResource::new(
            ServiceNamespace::LAMBDA,
            ScalableDimension::LAMBDA_FUNCTION_PROVISIONED_CONCURRENCY,
            resource_id,
        );
        let scope = self.scope().at_caller().construct("AliasScaling");
        let target = ScalableTarget::builder()
            .resource(resource)
            .min_capacity(min_capacity)
            .max_capacity(max_capacity)
            .build(scope, "Target");
        // The ID has the name of the alias as text, so nothing else orders the two.
        target.scope().depends_on(self.cfn().scope());
        target.track(
            "Tracking",
            TargetTracking::new(
                PredefinedMetric::LambdaProvisionedConcurrencyUtilization,
                utilization,
            ),
        );
        target
    }
}
