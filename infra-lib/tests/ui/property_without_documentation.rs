//! Declares a construct with a property that has no documentation comment.
use infra_lib::cfn::sqs::CfnQueueProps;
use infra_lib::construct::With;
use infra_lib::{Scope, construct};

construct! {
    /// A queue for jobs.
    pub struct JobQueue<'app>: "example.JobQueue" {}

    /// Properties of a [`JobQueue`].
    pub struct JobQueueProps, JobQueueBuilder, job_queue_builder {
        text queue_name,
    }
}

impl<'app> JobQueue<'app> {
    fn create(scope: Scope<'app>, props: JobQueueProps<'app>) -> Self {
        CfnQueueProps::new()
            .with(props.queue_name, CfnQueueProps::queue_name)
            .build(scope, "Resource");
        Self { scope }
    }
}

fn main() {}
