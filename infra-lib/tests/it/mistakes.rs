//! Tests of the mistakes in `docs/mistakes.md` that synthesis finds; those that do not compile are in `tests/ui`.

use infra_lib::dynamodb::{Attribute, Table};
use infra_lib::ec2::Vpc;
use infra_lib::ecs::{
    Cluster, ContainerDefinition, ContainerImage, FargateService, FargateTaskDefinition,
};
use infra_lib::elbv2::{HealthCheck, TargetGroup};
use infra_lib::iam::{Principal, Statement};
use infra_lib::lambda::{
    Architecture, Code as FunctionCode, EventSourceMapping, Function, Runtime,
};
use infra_lib::rds::{Availability, InstanceClass, PostgresEngineVersion, RdsInstance, Storage};
use infra_lib::s3::{Bucket, BucketEvent, Notification};
use infra_lib::sqs::{DeadLetterQueue, FifoQueue, Queue, RedriveAllow};
use infra_lib::stepfunctions::{Choice, Condition, Definition, Fail, Pass, StateMachine, Succeed};
use infra_lib::{
    App, Code, Diagnostic, Duration, Size, Stack, cidr, codes, database_name, policy, task_size,
};

use crate::lambda::{folder, inline_function, make_executable, program, role};

/// Returns the codes of the errors that prevent the deployment of a stack.
fn errors(build: impl for<'app> FnOnce(Stack<'app>)) -> Vec<Code> {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    codes_of(app, |found| found.severity > infra_lib::Severity::Warning)
}

/// Returns the codes of errors and warnings of a stack, with those of the recommended policies.
fn findings(build: impl for<'app> FnOnce(Stack<'app>)) -> Vec<Code> {
    let app = App::new();
    app.add_policy(policy::recommended());
    build(Stack::new(&app, "Stack"));
    codes_of(app, |_| true)
}

fn codes_of(app: App, counts: impl Fn(&Diagnostic) -> bool) -> Vec<Code> {
    let synthesis = app.synth();
    let mut codes: Vec<Code> = synthesis
        .findings()
        .iter()
        .filter(|found| counts(found))
        .map(|found| found.code)
        .collect();
    codes.dedup();
    codes
}

fn vpc(stack: Stack<'_>) -> Vpc<'_> {
    Vpc::builder()
        .cidr(cidr!("10.0.0.0/16"))
        .build(stack, "Vpc")
}

#[test]
fn reports_two_constructs_with_same_id() {
    let found = errors(|stack| {
        infra_lib::cfn::sns::CfnTopicProps::new().build(stack, "Topic");
        infra_lib::cfn::sns::CfnTopicProps::new().build(stack, "Topic");
    });
    assert_eq!(found, [codes::DUPLICATE_CONSTRUCT_ID]);
}

#[test]
fn reports_deployment_that_cannot_replace_task() {
    let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let image = ContainerImage::from_registry_digest(format!("public.ecr.aws/x/y@sha256:{digest}"));
    let found = errors(|stack| {
        let task = FargateTaskDefinition::builder()
            .size(task_size!(256 cpu, 512 MiB))
            .container(ContainerDefinition::new("api", image).port(8080))
            .build(stack, "TaskDefinition");
        FargateService::builder()
            .cluster(Cluster::builder().build(stack, "Cluster"))
            .task_definition(task)
            .subnets(vpc(stack).private())
            .min_healthy_percent(100)
            .max_healthy_percent(100)
            .build(stack, "Service");
    });
    assert_eq!(found, [codes::DEPLOYMENT_STUCK]);
}

#[test]
fn reports_health_check_that_outlasts_interval() {
    let found = errors(|stack| {
        let check = HealthCheck::http("/healthz")
            .interval(Duration::seconds(10))
            .timeout(Duration::seconds(30));
        TargetGroup::builder()
            .vpc(vpc(stack))
            .port(8080)
            .health_check(check)
            .build(stack, "Api");
    });
    assert_eq!(found, [codes::HEALTH_CHECK_TIMEOUT]);
}

#[test]
fn reports_vpc_too_small_for_subnets() {
    let too_small = errors(|stack| {
        Vpc::builder()
            .cidr(cidr!("10.0.0.0/30"))
            .build(stack, "Vpc");
    });
    assert!(too_small.contains(&codes::VPC_BLOCK_SIZE), "{too_small:?}");
    let full = errors(|stack| {
        Vpc::builder()
            .cidr(cidr!("10.0.0.0/27"))
            .availability_zones(3)
            .build(stack, "Vpc");
    });
    assert!(full.contains(&codes::VPC_BLOCK_FULL), "{full:?}");
}

#[test]
fn reports_storage_that_cannot_grow() {
    let found = errors(|stack| {
        RdsInstance::builder()
            .subnets(vpc(stack).isolated())
            .version(PostgresEngineVersion::V17_11)
            .instance_class(InstanceClass::T4G_MICRO)
            .storage(Storage::gp3(Size::gib(100)).autoscale_to(Size::gib(50)))
            .availability(Availability::SingleAz)
            .database_name(database_name!("notes"))
            .build(stack, "Database");
    });
    assert_eq!(found, [codes::STORAGE_CANNOT_GROW]);
}

fn function(stack: Stack<'_>) -> Function<'_> {
    inline_function!().build(stack, "Function")
}

#[test]
fn reports_visibility_timeout_below_function_timeout() {
    let found = findings(|stack| {
        let queue = Queue::builder()
            .visibility_timeout(Duration::seconds(30))
            .build(stack, "Jobs");
        let function = inline_function!()
            .timeout(Duration::minutes(1))
            .build(stack, "Function");
        queue.grant_consume(&function);
        EventSourceMapping::builder()
            .function(function)
            .event_source(queue.arn())
            .build(stack, "Source");
    });
    assert_eq!(found, [codes::QUEUE_TIMEOUT]);
}

#[test]
fn reports_notification_without_permission() {
    let found = findings(|stack| {
        let function = Function::from_arn(
            stack,
            "Orders",
            "arn:aws:lambda:eu-west-1:444455556666:function:orders",
        );
        let bucket = Bucket::builder().build(stack, "Files");
        bucket.notify(&function, &Notification::on(BucketEvent::Created));
    });
    assert_eq!(found, [codes::IMPORTED_FUNCTION_POLICY]);
}

#[test]
fn reports_fifo_queue_without_suffix_in_name() {
    let found = findings(|stack| {
        FifoQueue::builder()
            .queue_name("orders")
            .build(stack, "Orders");
    });
    assert_eq!(found, [codes::QUEUE_NAME]);
}

#[test]
fn reports_dead_letter_queue_that_refuses_source() {
    let found = findings(|stack| {
        let failed = Queue::builder()
            .redrive_allow(RedriveAllow::NoQueue)
            .build(stack, "Failed");
        Queue::builder()
            .dead_letter_queue(DeadLetterQueue::new(&failed, 5))
            .build(stack, "Jobs");
    });
    assert_eq!(found, [codes::REDRIVE_REFUSED]);
}

#[test]
fn reports_grant_on_missing_index() {
    let found = findings(|stack| {
        let notes = Table::builder()
            .partition_key(Attribute::string("id"))
            .build(stack, "Notes");
        notes.grant_read_index(&role(stack), "byTags");
    });
    assert_eq!(found, [codes::UNKNOWN_INDEX]);
}

#[test]
fn reports_function_that_causes_its_own_invocation() {
    let found = findings(|stack| {
        let (bucket, function) = (Bucket::builder().build(stack, "Files"), function(stack));
        bucket.grant_put(&function);
        bucket.notify(&function, &Notification::on(BucketEvent::Created));
    });
    assert_eq!(found, [codes::NOTIFICATION_LOOP]);
}

#[test]
fn reports_environment_above_4_kib() {
    let found = findings(|stack| {
        inline_function!()
            .env("TEXT", "x".repeat(5_000))
            .build(stack, "Function");
    });
    assert_eq!(found, [codes::FUNCTION_ENVIRONMENT]);
}

#[test]
fn reports_reserved_name_of_variable() {
    let found = findings(|stack| {
        inline_function!()
            .env("AWS_REGION", "eu-west-1")
            .build(stack, "Function");
    });
    assert_eq!(found, [codes::FUNCTION_ENVIRONMENT]);
}

#[test]
fn reports_bucket_that_notifies_function_with_its_name() {
    let found = findings(|stack| {
        let (bucket, function) = (Bucket::builder().build(stack, "Files"), function(stack));
        function.add_env("BUCKET", bucket.bucket_name());
        bucket.notify(&function, &Notification::on(BucketEvent::Created));
    });
    assert_eq!(found, [codes::RESOURCE_CYCLE]);
}

#[test]
fn reports_unreachable_state() {
    let found = findings(|stack| {
        let steps = Choice::new("Ready?")
            .when(Condition::expression("{% $ready %}"), Succeed::new("Done"))
            .otherwise(Fail::new("Failed"))
            .afterwards(Pass::new("Notify"));
        StateMachine::builder()
            .definition(Definition::new(steps))
            .build(stack, "Machine");
    });
    assert_eq!(found, [codes::UNREACHABLE_STATE]);
}

#[test]
fn reports_wildcard_principal() {
    let found = findings(|stack| {
        let queue = Queue::builder().build(stack, "Jobs");
        queue.add_statement(
            Statement::allow()
                .principal(Principal::any())
                .action("sqs:SendMessage")
                .resource(queue.arn()),
        );
    });
    assert_eq!(found, [codes::WILDCARD_PRINCIPAL]);
}

#[cfg(unix)]
#[test]
fn reports_program_for_another_architecture() {
    let code = folder("mistakes_architecture", &[("bootstrap", &program(62))]);
    make_executable(&code.join("bootstrap"));
    let found = findings(|stack| {
        Function::builder()
            .runtime(Runtime::ProvidedAl2023)
            .handler("bootstrap")
            .code(FunctionCode::folder(&code))
            .architecture(Architecture::Arm64)
            .build(stack, "Function");
    });
    assert_eq!(found, [codes::CODE_ARCHITECTURE]);
}
