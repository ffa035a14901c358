//! Defines the observability stack: alarms with their notifications, and a dashboard.

use infra_lib::cloudwatch::{Alarm, Dashboard, Statistic, Widget};
use infra_lib::{App, ReferenceStrength};

use super::alarms::MetricAlarm;
use super::{Data, Edge, Foundation, Service};
use crate::Config;
use crate::config::TaskCount;

/// The stack with alarms and dashboard; no other stack refers to it.
#[derive(Clone, Copy, Debug)]
pub struct Observability;

impl Observability {
    /// Adds the stack with the alarms of service and database, and a dashboard with their metrics.
    pub fn build<'app>(
        app: &'app App,
        config: &Config,
        foundation: &Foundation<'app>,
        data: &Data<'app>,
        service: &Service<'app>,
        edge: &Edge<'app>,
    ) {
        let stack = config
            .stack_props("observability", "Alarms and dashboard")
            // The stack reads seven outputs about fifty times: one parameter per output replaces a call of CloudFormation per read.
            .reference_strength(ReferenceStrength::Resolved)
            .build(app, "Observability");
        let alarms: Vec<Alarm<'app>> = list_alarms(config, data, service)
            .into_iter()
            .map(|watch| watch.build(stack, foundation.alarms.as_ref()))
            .collect();
        build_dashboard(config, data, service, edge, &alarms).build(stack, "Dashboard");
    }
}

/// Returns the alarms of service and database.
fn list_alarms(config: &Config, data: &Data<'_>, service: &Service<'_>) -> Vec<MetricAlarm> {
    let (balancer, targets, api) = (service.balancer, service.targets, service.api);
    let database = data.database;
    let per_minute = f64::from(config.alarms.server_errors) / 5.0;
    let tenth_of_storage = gib_to_bytes(config.database.storage_gib) / 10.0;
    vec![
        MetricAlarm::for_values_above(
            "ServerErrors",
            targets.metric_target_5xx(&balancer),
            per_minute,
            "The API returns 5xx responses: find the request IDs in its log",
        ),
        MetricAlarm::for_values_above(
            "BalancerErrors",
            balancer.metric_elb_5xx(),
            per_minute,
            "The load balancer returns 5xx responses: no task is healthy, or a task does not respond",
        ),
        MetricAlarm::for_values_above(
            "SlowRequests",
            targets.metric_target_response_time(&balancer),
            f64::from(config.alarms.latency_p95_ms) / 1_000.0,
            "5 % of requests are slow: compare with the CPU utilization of service and database",
        ),
        MetricAlarm::for_values_above(
            "UnhealthyTasks",
            targets.metric_unhealthy_hosts(&balancer),
            0.0,
            "A task fails its readiness check: see the events of the service",
        ),
        MetricAlarm::for_values_above(
            "ServiceCpu",
            api.metric_cpu_utilization(),
            85.0,
            "CPU utilization of tasks is high despite scaling: check whether the maximum capacity is reached",
        )
        .with_minutes(15),
        MetricAlarm::for_values_above(
            "ServiceMemory",
            api.metric_memory_utilization(),
            85.0,
            "Memory utilization of tasks is high: ECS stops tasks that reach 100 %",
        )
        .with_minutes(15),
        MetricAlarm::for_values_above(
            "DatabaseCpu",
            database.metric_cpu(),
            80.0,
            "CPU utilization of the database is high: Database Insights shows the SQL statements",
        )
        .with_minutes(15),
        MetricAlarm::for_values_below(
            "DatabaseStorage",
            database.metric_free_storage(),
            tenth_of_storage,
            "Less than 10 % of the storage is free, although storage autoscaling is on",
        ),
        MetricAlarm::for_values_above(
            "DatabaseConnections",
            database.metric_connections(),
            config.alarms.database_connections,
            "The database is close to its maximum number of connections",
        ),
    ]
}

fn build_dashboard(
    config: &Config,
    data: &Data<'_>,
    service: &Service<'_>,
    edge: &Edge<'_>,
    alarms: &[Alarm<'_>],
) -> infra_lib::cloudwatch::DashboardBuilder {
    let (balancer, targets, api) = (service.balancer, service.targets, service.api);
    let database = data.database;
    let latency = |statistic| {
        targets
            .metric_target_response_time(&balancer)
            .statistic(statistic)
    };
    let tasks = match config.service.tasks {
        TaskCount::Fixed(count) => count,
        TaskCount::Scaled { min, .. } => min,
    };
    Dashboard::builder()
        .row([Widget::alarm_status("Alarms", alarms)])
        .row(
            [
                Widget::graph("Requests and errors")
                    .left(balancer.metric_request_count())
                    .right(targets.metric_target_5xx(&balancer))
                    .right(balancer.metric_elb_5xx()),
                Widget::graph("Latency in seconds")
                    .left(latency(Statistic::P50))
                    .left(latency(Statistic::P95))
                    .line("alarm", f64::from(config.alarms.latency_p95_ms) / 1_000.0),
            ]
            .into_iter()
            .chain(edge.build_widget(config)),
        )
        .row([
            Widget::graph("Service: CPU and memory in percent")
                .left(api.metric_cpu_utilization())
                .left(api.metric_memory_utilization()),
            Widget::graph("Healthy tasks")
                .left(targets.metric_healthy_hosts(&balancer))
                .line("minimum", tasks),
        ])
        .row([
            Widget::graph("Database: CPU in percent").left(database.metric_cpu()),
            Widget::graph("Database: connections")
                .left(database.metric_connections())
                .line("alarm", config.alarms.database_connections),
            Widget::graph("Database: free storage in bytes").left(database.metric_free_storage()),
        ])
}

/// Converts GiB to bytes, the unit of the metric.
fn gib_to_bytes(gib: u64) -> f64 {
    // At most 65,536 GiB, far below 2^53 bytes.
    #[expect(
        clippy::cast_precision_loss,
        reason = "at most 65,536 GiB, which a float holds exactly"
    )]
    let bytes = (gib * 1_073_741_824) as f64;
    bytes
}
