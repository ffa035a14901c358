//! Patterns: whole systems in one call, of which every part can be reached.
//!
//! | pattern | consists of | in aws-cdk-lib |
//! |---|---|---|
//! | [`WebService`] | load balancer with HTTPS, Fargate service, scaling, alarms | `ApplicationLoadBalancedFargateService` |
//! | [`Worker`] | queue, dead-letter queue, Fargate service, scaling by the backlog, alarms | `QueueProcessingFargateService` |
//! | [`ScheduledJob`] | schedule, task or function, dead-letter queue, alarm | `ScheduledFargateTask` |
//! | [`EventPipeline`] | rule, queue, function, dead-letter queue, alarms | none |
//! | [`LandingZone`] | delivery stream, bucket with lifecycle rules, alarm | none |
//! | [`CloudFrontSite`](https://docs.rs/infra-lib/latest/infra_lib/cloudfront/struct.CloudFrontSite.html) | bucket, distribution, certificate and records; in the module `cloudfront` | none |
//!
//! A pattern creates its parts with the constructs of their services and their defaults. Methods return them, so that
//! a permission, a connection or another alarm is added as without the pattern. Those of a stack share one cluster for each
//! VPC, unless they are given another one.
//!
//! [Properties of each construct](https://github.com/infra-lib/infra-lib/blob/main/docs/book/src/reference/constructs.md#patterns).

mod alarms;
mod cluster;
mod event_pipeline;
mod job;
mod landing_zone;
mod scheduled_job;
mod task_count;
mod web_address;
mod web_service;
mod worker;

pub use event_pipeline::{EventPipeline, EventPipelineBuilder, EventPipelineProps};
pub use job::{AsJob, ContainerJob, Job};
pub use landing_zone::{LandingZone, LandingZoneBuilder, LandingZoneProps};
pub use scheduled_job::{ScheduledJob, ScheduledJobBuilder, ScheduledJobProps};
pub use task_count::TaskCount;
pub use web_address::WebAddress;
pub use web_service::{WebService, WebServiceBuilder, WebServiceProps};
pub use worker::{Worker, WorkerBuilder, WorkerProps};

/// Makes a pattern stand for one of its parts, where permissions are granted and connections are allowed.
macro_rules! stands_for {
    ($name:ident, $part:ident, $permissions:literal, $connections:literal) => {
        #[doc = $permissions]
        impl<'app> crate::iam::Grantable<'app> for $name<'app> {
            fn grantee(&self) -> crate::iam::Grantee<'app> {
                self.$part.grantee()
            }
        }

        impl<'app> crate::iam::Identity<'app> for $name<'app> {}

        #[doc = $connections]
        impl<'app> crate::ec2::Connectable<'app> for $name<'app> {
            fn connections(&self) -> crate::ec2::Connections<'app> {
                self.$part.connections()
            }
        }
    };
}
use stands_for;
