//! Workers: containers that process the messages of a queue.

use super::alarms::{Watch, alarm_actions};
use super::task_count::TaskCount;
use super::{cluster, stands_for};
use crate::cloudwatch::{Alarm, AlarmAction, MathExpression, MetricSource, Period};
use crate::core::{Construct, Diagnostic, Duration, Scope, codes};
use crate::ec2::Vpc;
use crate::ecs::{
    AsCluster, Capacity, CircuitBreaker, ClusterRef, ContainerDefinition, CpuArchitecture,
    ExecuteCommand, FargateService, FargateTaskDefinition, FargateTaskDefinitionBuilder,
    TaskScaling, TaskSize, WithoutPort,
};
use crate::logs::{AsLogGroup, LogGroupRef};
use crate::sqs::{AsQueue, DeadLetterQueue, Queue, QueueRef};
use crate::task_size;

crate::construct! {
    /// A worker: a container on Fargate that processes the messages of a queue, in as many tasks as the backlog needs.
    ///
    /// Creates a queue with a dead-letter queue unless a queue is given, a task definition, a service that is scaled, and
    /// alarms if they have an [action](WorkerBuilder::alarm_action). The container may receive and delete messages; its
    /// variables `QUEUE_URL` and `QUEUE_NAME` name the queue. Defaults, in addition to those of the constructs behind it:
    ///
    /// | property | here | `QueueProcessingFargateService` of the CDK |
    /// |---|---|---|
    /// | queue | created: messages are hidden for 5 minutes, and move to a dead-letter queue after 3 receives | created: hidden for 30 seconds, and the same |
    /// | retention of dead letters | 14 days | 14 days |
    /// | tasks | 1 to 10 | 1 to 2 |
    /// | scaling | 100 messages per task | steps of the number of messages, and 50 % of the CPU |
    /// | size of a task | 256 CPU units, 512 MiB | the same |
    /// | failed deployment | rolled back | retried for hours |
    /// | cluster | that of the patterns of the stack | that of the patterns of the stack |
    ///
    /// Scaling divides the number of messages by that of running tasks, [as AWS
    /// recommends](https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking-metric-math.html).
    /// The latter is a metric of Container Insights; a cluster of the app without it is reported (`INF4035`), and an existing
    /// one must have it on. A task that is stopped receives `SIGTERM`: a message that it does not delete returns to the queue.
    ///
    /// Alarms watch the dead-letter queue, if it was created here, and the age of the oldest message. IDs of children are
    /// those of the CDK.
    ///
    /// ```
    /// use infra_lib::cidr;
    /// use infra_lib::ec2::Vpc;
    /// use infra_lib::ecs::{ContainerDefinition, ContainerImage};
    /// use infra_lib::patterns::{TaskCount, Worker};
    /// use infra_lib::prelude::*;
    ///
    /// # let image = ContainerImage::from_registry_digest("public.ecr.aws/x/y@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Mail");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let mail = Worker::builder()
    ///     .vpc(vpc)
    ///     .container(ContainerDefinition::new("mail", image))
    ///     .tasks(TaskCount::Scaled { min: 1, max: 20 })
    ///     .backlog_per_task(50)
    ///     .build(stack, "Worker");
    /// Output::new(stack, "Queue", mail.queue().map(|queue| queue.queue_url()).unwrap());
    /// # let synthesis = app.synth();
    /// # assert!(!synthesis.has_errors(), "{:?}", synthesis.findings());
    /// ```
    pub struct Worker<'app>: "infra-lib.patterns.Worker" {
        queue: Option<Queue<'app>>,
        dead_letter_queue: Option<Queue<'app>>,
        service: FargateService<'app, WithoutPort>,
        scaling: Option<TaskScaling<'app>>,
        alarms: [Option<Alarm<'app>>; 2],
    }

    /// Properties of a [`Worker`], set through [`Worker::builder`].
    pub struct WorkerProps, WorkerBuilder, worker_builder {
        /// Actions of every alarm.
        list alarm_actions: std::rc::Rc<dyn AlarmAction + 'app>,
        /// Containers next to the one that receives messages.
        list sidecars: ContainerDefinition,
        /// VPC of the tasks. Changing it replaces the service.
        required_handle vpc: Vpc<'app>,
        /// Container that receives messages, with its image and environment.
        required container: ContainerDefinition,
        /// Queue whose messages are processed: one of the app, or an imported one. Its dead-letter queue is its own. Default: a
        /// queue that hides received messages for 5 minutes, with a dead-letter queue after 3 receives.
        reference queue: AsQueue::as_queue => QueueRef<'app>,
        /// CPU and memory of a task; see [`task_size!`](crate::task_size). Default: 256 CPU units and 512 MiB.
        default size: TaskSize = task_size!(256 cpu, 512 MiB),
        /// Processor architecture that the image is built for. Default: ARM64 (CloudFormation: X86_64).
        default cpu_architecture: CpuArchitecture = CpuArchitecture::Arm64,
        /// Number of tasks. Default: 1 to 10 (CloudFormation: 1).
        default tasks: TaskCount = TaskCount::Scaled { min: 1, max: 10 },
        /// Number of messages per running task that scaling keeps: the time that a message may wait, divided by the time that a
        /// task needs for one. Without effect for a fixed number of tasks. Default: 100.
        default backlog_per_task: u32 = 100,
        /// Age of the oldest message above which an alarm goes off after 3 minutes. Default: 15 minutes.
        default max_message_age: Duration = Duration::minutes(15),
        /// Capacity that the tasks run on. Default: [`Capacity::Fargate`].
        default capacity: Capacity = Capacity::Fargate,
        /// Reaction to a failed deployment. Default: a rollback (CloudFormation: retried for hours).
        default circuit_breaker: CircuitBreaker = CircuitBreaker::Rollback,
        /// Access to a shell in the containers. Default: off, as in CloudFormation.
        default execute_command: ExecuteCommand = ExecuteCommand::Disabled,
        /// Cluster of the service, with Container Insights. Default: one that the patterns of the stack share for a VPC.
        reference cluster: AsCluster::as_cluster => ClusterRef<'app>,
        /// Log group of the containers. Default: a separate one with limited retention (CloudFormation: none).
        reference log_group: AsLogGroup::as_log_group => LogGroupRef<'app>,
    }
}

alarm_actions!(WorkerBuilder, worker_builder);

impl<S: worker_builder::State> WorkerBuilder<'_, S> {
    /// Adds a container next to the one that receives messages.
    pub fn sidecar(mut self, container: ContainerDefinition) -> Self {
        self.sidecars.push(container);
        self
    }
}

stands_for!(
    Worker,
    service,
    "Grants permissions to the task role, which the containers use.",
    "Connects the tasks, which listen on no port."
);

impl<'app> Worker<'app> {
    #[track_caller]
    fn create(scope: Scope<'app>, props: WorkerProps<'app>) -> Self {
        let cluster = cluster::given_or_shared(scope, props.cluster, props.vpc);
        let (source, queue, dead_letter_queue) = if let Some(given) = props.queue {
            (given, None, None)
        } else {
            let (queue, failed) = create_queues(scope);
            (queue.as_queue(), Some(queue), Some(failed))
        };
        let container = props
            .container
            .env("QUEUE_NAME", source.queue_name().cast::<String>())
            .env("QUEUE_URL", source.queue_url());
        let task_definition = FargateTaskDefinition::builder()
            .size(props.size)
            .container(container)
            .cpu_architecture(props.cpu_architecture)
            .maybe_log_group(props.log_group);
        let task_definition = props
            .sidecars
            .into_iter()
            .fold(task_definition, FargateTaskDefinitionBuilder::sidecar)
            .build(scope, "QueueProcessingTaskDef");
        source.grant_consume(&task_definition);
        let service = FargateService::builder()
            .cluster(cluster)
            .task_definition(task_definition)
            .subnets(props.vpc.private())
            .desired_count(props.tasks.initial())
            .capacity(props.capacity)
            .circuit_breaker(props.circuit_breaker)
            .execute_command(props.execute_command)
            .build(scope, "QueueProcessingFargateService");
        let scaling = match props.tasks.scale(&service) {
            Some(tasks) => {
                check_running_tasks(scope, cluster);
                let backlog = backlog_per_task(&source, &service);
                Some(tasks.on_metric("BacklogScaling", backlog, props.backlog_per_task))
            }
            None => None,
        };
        let dead_letters = match dead_letter_queue {
            Some(queue) => Watch::dead_letters(
                queue,
                "Messages could not be processed: the log of the worker tells why; move them back when it is corrected",
            )
            .add(scope, &props.alarm_actions),
            None => None,
        };
        let oldest = Watch::oldest_message(
            &source,
            props.max_message_age,
            "Messages wait for long: raise the maximum number of tasks, or look for errors in the log of the worker",
        )
        .add(scope, &props.alarm_actions);
        Self {
            scope,
            queue,
            dead_letter_queue,
            service,
            scaling,
            alarms: [dead_letters, oldest],
        }
    }

    /// Returns the queue that was created, or `None` if one was given.
    pub fn queue(&self) -> Option<Queue<'app>> {
        self.queue
    }

    /// Returns the queue of messages that could not be processed, or `None` if a queue was given.
    pub fn dead_letter_queue(&self) -> Option<Queue<'app>> {
        self.dead_letter_queue
    }

    /// Returns the service in ECS.
    pub fn service(&self) -> FargateService<'app, WithoutPort> {
        self.service
    }

    /// Returns the task definition.
    pub fn task_definition(&self) -> FargateTaskDefinition<'app, WithoutPort> {
        self.service.task_definition()
    }

    /// Returns the cluster, created or given.
    pub fn cluster(&self) -> ClusterRef<'app> {
        self.service.cluster()
    }

    /// Returns the scaling of the tasks, for more policies and for schedules, or `None` for a fixed number.
    pub fn scaling(&self) -> Option<TaskScaling<'app>> {
        self.scaling
    }

    /// Returns the alarms on dead letters and on the age of the oldest message; none without an action.
    pub fn alarms(&self) -> Vec<Alarm<'app>> {
        self.alarms.into_iter().flatten().collect()
    }
}

/// Creates the queue and its dead-letter queue.
#[track_caller]
fn create_queues(scope: Scope<'_>) -> (Queue<'_>, Queue<'_>) {
    let failed = Queue::builder()
        .retention(Duration::days(14))
        .build(scope, "EcsProcessingDeadLetterQueue");
    let queue = Queue::builder()
        .visibility_timeout(Duration::minutes(5))
        .dead_letter_queue(DeadLetterQueue::new(&failed, 3))
        .build(scope, "EcsProcessingQueue");
    (queue, failed)
}

/// Returns the number of messages that wait for a running task.
fn backlog_per_task(
    queue: &QueueRef<'_>,
    service: &FargateService<'_, WithoutPort>,
) -> MathExpression {
    let waiting = queue.metric_named("ApproximateNumberOfMessagesVisible");
    MathExpression::new("waiting / tasks")
        .using("waiting", waiting)
        .using("tasks", service.metric_running_tasks())
        .period(Period::ONE_MINUTE)
        .label("messages per task")
}

/// Reports a cluster of the app that does not publish the number of running tasks.
fn check_running_tasks<'app>(scope: Scope<'app>, cluster: ClusterRef<'app>) {
    let ClusterRef::Own(cluster) = cluster else {
        return;
    };
    if !cluster.has_container_insights() {
        scope.report(
            Diagnostic::new(
                codes::NO_RUNNING_TASK_METRIC,
                "the worker would never be scaled, because its cluster does not publish the number of running tasks",
            )
            .property("ClusterSettings")
            .actual("`ContainerInsights::Disabled`")
            .expected("`ContainerInsights::Enabled` or `ContainerInsights::Enhanced`")
            .related("the cluster is created here", cluster.scope().origin())
            .help("switch Container Insights on, or set a number of tasks: `.tasks(TaskCount::Fixed(2))`")
            .url("https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html"),
        );
    }
}
