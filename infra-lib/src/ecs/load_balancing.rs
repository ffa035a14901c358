//! Registration of services with load balancers.

use super::parts::{ListensOnPort, Ports};
use super::service::FargateService;
use crate::cfn::ecs::service as cfn;
use crate::core::{Construct, Data, Diagnostic, IntoValue, Value, codes};
use crate::elbv2::{AsTargetGroup, TargetGroup, TargetGroupRef, TargetType};

impl<'app, P: Ports> FargateService<'app, P> {
    /// Registers the tasks with a target group: the main container, on its port.
    ///
    /// Container name and port come from the task definition. The service depends on the listeners that forward to
    /// the target group, and every load balancer that forwards to it may connect to the port, in whichever order they
    /// are created.
    ///
    /// A service whose container listens on no port does not compile:
    ///
    /// ```compile_fail
    /// # use infra_lib::ecs::{FargateService, WithoutPort};
    /// # use infra_lib::elbv2::TargetGroup;
    /// # fn wrong<'app>(worker: FargateService<'app, WithoutPort>, target_group: TargetGroup<'app>) {
    /// worker.load_balance(&target_group);
    /// # }
    /// ```
    #[track_caller]
    pub fn load_balance(&self, target_group: &impl AsTargetGroup<'app>)
    where
        P: ListensOnPort,
    {
        let target_group = target_group.as_target_group();
        let first = !self.has_load_balancer();
        let of_container = |property: &str| {
            self.task_definition()
                .main_container(property)
                .unwrap_or(Data::Null)
        };
        let name: Value<String> = Value::from_data(of_container("Name"));
        let port: Value<i64> = Value::from_data(of_container("PortMappings.0.ContainerPort"));
        let registration: Value<cfn::LoadBalancer> = cfn::LoadBalancer::new()
            .container_name(name)
            .container_port(port)
            .target_group_arn(target_group.arn())
            .into_value();
        self.service
            .push_prop("LoadBalancers", Data::from(registration));
        if first {
            let grace = self.health_check_grace_period.to_seconds_i64();
            self.service
                .modify(|props| props.health_check_grace_period_seconds(grace));
        }
        if let TargetGroupRef::Own(target_group) = &target_group {
            self.check_port(target_group);
            target_group.expects(
                self.scope().at_caller(),
                TargetType::Ip,
                "a Fargate service",
            );
            target_group.add_target(self);
            target_group.listeners_before(*self.service);
        }
    }

    /// Reports different ports of container and target group: ECS registers the port of the container, but the load
    /// balancer may connect only to the port of the target group.
    fn check_port(&self, target_group: &TargetGroup<'app>) {
        let (container, group) = (self.container_port(), target_group.port());
        if let Some(container) = container.filter(|port| *port != group) {
            self.scope().report(
                Diagnostic::new(codes::TARGET_PORT, format!("the container listens on port {container}, and the target group is for port {group}"))
                    .property("LoadBalancers.ContainerPort")
                    .actual(container.to_string())
                    .expected(group.to_string())
                    .related("the target group is created here", target_group.scope().origin())
                    .help("give both the same port"),
            );
        }
    }
}
