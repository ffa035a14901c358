//! Scheduled jobs: containers and functions that run at times.

use super::alarms::{Watch, alarm_actions};
use super::cluster;
use super::job::{AsJob, ContainerJob, Job, Work};
use crate::cloudwatch::{Alarm, AlarmAction};
use crate::core::{Construct, Duration, Scope};
use crate::ec2::SecurityGroup;
use crate::ecs::{ClusterRef, FargateTaskDefinition, TaskTarget, WithoutPort, task_security_group};
use crate::events::{EventPattern, Matcher, Rule};
use crate::scheduler::{Schedule, ScheduleExpression, ScheduleState, ScheduleTarget, Target};
use crate::sqs::Queue;

crate::construct! {
    /// A scheduled job: a container on Fargate, a function or another target that runs at times.
    ///
    /// Creates a schedule of EventBridge Scheduler with its role, a dead-letter queue, and an alarm if it has an
    /// [action](ScheduledJobBuilder::alarm_action); for a [`ContainerJob`] a task definition, a security group, and rules that
    /// send tasks which do not start or end with an exit code above 0 to the queue. Defaults, in addition to those of the constructs
    /// behind it:
    ///
    /// | property | here | `ScheduledFargateTask` of the CDK |
    /// |---|---|---|
    /// | schedule | with time zones, of EventBridge Scheduler | in UTC, a rule |
    /// | job that does not start, or fails | kept for 14 days in the dead-letter queue | dropped |
    /// | size of a task | 256 CPU units, 512 MiB | the same |
    /// | cluster | that of the patterns of the stack | that of the patterns of the stack |
    ///
    /// A function that fails is not in the queue, because the schedule only starts it. `configure_async_invoke` sends what
    /// Lambda gives up there as well, as in the second example.
    ///
    /// ```
    /// use infra_lib::cidr;
    /// use infra_lib::ec2::Vpc;
    /// use infra_lib::ecs::{ContainerDefinition, ContainerImage};
    /// use infra_lib::patterns::{ContainerJob, ScheduledJob};
    /// use infra_lib::prelude::*;
    /// use infra_lib::scheduler::ScheduleExpression;
    ///
    /// # let image = ContainerImage::from_registry_digest("public.ecr.aws/x/y@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Reports");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// ScheduledJob::builder()
    ///     .schedule(ScheduleExpression::cron("0 6 ? * MON *").time_zone("Europe/Berlin"))
    ///     .job(ContainerJob::new(vpc, ContainerDefinition::new("report", image)))
    ///     .build(stack, "Weekly");
    /// # let synthesis = app.synth();
    /// # assert!(!synthesis.has_errors(), "{:?}", synthesis.findings());
    /// ```
    ///
    /// A function:
    ///
    /// ```
    /// use infra_lib::lambda::{AsyncInvoke, Code, Function, Runtime};
    /// use infra_lib::patterns::ScheduledJob;
    /// use infra_lib::prelude::*;
    /// use infra_lib::scheduler::ScheduleExpression;
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Cleaning");
    /// let clean = Function::builder()
    ///     .runtime(Runtime::Nodejs24)
    ///     .handler("index.handler")
    ///     .code(Code::inline("exports.handler = async () => {};"))
    ///     .build(stack, "Clean");
    /// let nightly = ScheduledJob::builder()
    ///     .schedule(ScheduleExpression::cron("0 3 * * ? *"))
    ///     .job(clean)
    ///     .build(stack, "Nightly");
    /// clean.configure_async_invoke(AsyncInvoke::new().on_failure(&nightly.dead_letter_queue()));
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ScheduledJob<'app>: "infra-lib.patterns.ScheduledJob" {
        schedule: Schedule<'app>,
        dead_letter_queue: Queue<'app>,
        task: Option<Task<'app>>,
        alarm: Option<Alarm<'app>>,
    }

    /// Properties of a [`ScheduledJob`], set through [`ScheduledJob::builder`].
    pub struct ScheduledJobProps, ScheduledJobBuilder, scheduled_job_builder {
        /// Actions of the alarm.
        list alarm_actions: std::rc::Rc<dyn AlarmAction + 'app>,
        /// Times at which the job runs.
        required schedule: ScheduleExpression,
        /// Work to do: a [`ContainerJob`], a function, or another target of schedules.
        required_reference job: AsJob::as_job => Job<'app>,
        /// State of the schedule. Default: enabled, as in CloudFormation.
        default state: ScheduleState = ScheduleState::Enabled,
    }
}

alarm_actions!(ScheduledJobBuilder, scheduled_job_builder);

/// Parts of a job that only a container has.
#[derive(Clone, Copy, Debug)]
struct Task<'app> {
    cluster: ClusterRef<'app>,
    definition: FargateTaskDefinition<'app, WithoutPort>,
    security_group: SecurityGroup<'app>,
}

impl<'app> ScheduledJob<'app> {
    #[track_caller]
    fn create(scope: Scope<'app>, props: ScheduledJobProps<'app>) -> Self {
        let dead_letter_queue = Queue::builder()
            .retention(Duration::days(14))
            .build(scope, "DeadLetterQueue");
        let (target, task) = match props.job.0 {
            Work::Target(target) => (*target, None),
            Work::Container(job) => {
                let (target, task) = create_task(scope, *job);
                report_failures(scope, &task, dead_letter_queue);
                (target, Some(task))
            }
        };
        let schedule = Schedule::of(props.schedule, target.dead_letter_queue(&dead_letter_queue))
            .state(props.state)
            .build(scope, "Schedule");
        let alarm = Watch::dead_letters(
            dead_letter_queue,
            "The job did not start, or it failed: the messages of the queue tell when and why",
        )
        .add(scope, &props.alarm_actions);
        Self {
            scope,
            schedule,
            dead_letter_queue,
            task,
            alarm,
        }
    }

    /// Returns the schedule.
    pub fn schedule(&self) -> Schedule<'app> {
        self.schedule
    }

    /// Returns the queue of runs that did not start, and of tasks that failed.
    pub fn dead_letter_queue(&self) -> Queue<'app> {
        self.dead_letter_queue
    }

    /// Returns the task definition of a container, to which permissions are granted, or `None` for another target.
    pub fn task_definition(&self) -> Option<FargateTaskDefinition<'app, WithoutPort>> {
        self.task.map(|task| task.definition)
    }

    /// Returns the security group of a container's task, for connections, or `None` for another target.
    pub fn security_group(&self) -> Option<SecurityGroup<'app>> {
        self.task.map(|task| task.security_group)
    }

    /// Returns the cluster of a container's task, or `None` for another target.
    pub fn cluster(&self) -> Option<ClusterRef<'app>> {
        self.task.map(|task| task.cluster)
    }

    /// Returns the alarm on the dead-letter queue, or `None` without an action.
    pub fn alarm(&self) -> Option<Alarm<'app>> {
        self.alarm
    }
}

#[track_caller]
fn create_task<'app>(scope: Scope<'app>, job: ContainerJob<'app>) -> (Target<'app>, Task<'app>) {
    let cluster = cluster::given_or_shared(scope, job.cluster, job.vpc);
    let task_definition = FargateTaskDefinition::builder()
        .size(job.size)
        .container(job.container)
        .cpu_architecture(job.cpu_architecture)
        .maybe_log_group(job.log_group)
        .build(scope, "ScheduledTaskDef");
    let subnets = job.vpc.private();
    let security_group = task_security_group(task_definition.scope(), subnets, task_definition);
    let target = TaskTarget::new(&cluster, &task_definition, subnets, &security_group)
        .schedule_target()
        .max_event_age(job.start_within);
    let task = Task {
        cluster,
        definition: task_definition,
        security_group,
    };
    (target, task)
}

/// Sends the events of tasks that do not start, or fail, to the queue.
///
/// See [task state change
/// events](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html).
#[track_caller]
fn report_failures<'app>(scope: Scope<'app>, task: &Task<'app>, queue: Queue<'app>) {
    let stopped = || {
        EventPattern::new()
            .source("aws.ecs")
            .detail_type("ECS Task State Change")
            .detail("taskDefinitionArn", task.definition.arn())
            .detail("lastStatus", "STOPPED")
    };
    let failed = stopped().detail("containers.exitCode", Matcher::greater_than(0));
    let not_started = stopped().detail("stopCode", "TaskFailedToStart");
    for (id, pattern, description) in [
        (
            "Failed",
            failed,
            "tasks of the job that end with an exit code above 0",
        ),
        (
            "NotStarted",
            not_started,
            "tasks of the job that do not start",
        ),
    ] {
        Rule::on_event(pattern)
            .description(description)
            .target(queue)
            .build(scope, id);
    }
}
