//! Storage for the records of deployments.

use bon::Builder;

use super::{AccessLogs, Bucket};
use crate::core::Output;
use crate::{Construct, Scope};

/// A bucket in which every deployment of the app stores a record, with its templates and site.
///
/// Creates an
/// [`AWS::S3::Bucket`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html)
/// and the output by which deployments find it. `releases` lists the records, and `rollback --to` restores one. Put
/// the log into the stack that is deployed first. The bucket has the defaults of [`Bucket`]: encrypted, versioned,
/// without public access, and retained when it leaves the template. No lifecycle rule deletes releases: files are
/// shared by their digests, so the newest release may use the oldest file. CloudFormation has no equivalent.
///
/// ```
/// use infra_lib::prelude::*;
/// use infra_lib::s3::ReleaseLog;
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Foundation");
/// ReleaseLog::builder().build(stack, "Releases");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ReleaseLog<'app> {
    scope: Scope<'app>,
    bucket: Bucket<'app>,
}

/// Properties of a [`ReleaseLog`], set through [`ReleaseLog::builder`].
#[derive(Builder, Debug)]
#[builder(builder_type(name = ReleaseLogBuilder), finish_fn(name = props, vis = "pub(crate)"), start_fn(vis = "pub(crate)"))]
pub struct ReleaseLogProps<'app> {
    /// Destination of access logs. Default: none, as in S3.
    access_logs: Option<AccessLogs<'app>>,
}

impl<'app, S: release_log_builder::State> ReleaseLogBuilder<'app, S> {
    /// Adds the log under `scope`, with the output by which deployments find it.
    #[track_caller]
    pub fn build(self, scope: impl Construct<'app>, id: &str) -> ReleaseLog<'app>
    where
        S: release_log_builder::IsComplete,
    {
        let props = self.props();
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.s3.ReleaseLog");
        let bucket = Bucket::builder()
            .maybe_access_logs(props.access_logs)
            .build(scope, "Bucket");
        Output::new(scope, "ReleaseBucketName", bucket.bucket_name())
            .description("Where releases are kept");
        ReleaseLog { scope, bucket }
    }
}

impl<'app> ReleaseLog<'app> {
    /// Returns a builder for a log of releases.
    pub fn builder() -> ReleaseLogBuilder<'app> {
        ReleaseLogProps::builder()
    }

    /// Returns the bucket of the log.
    pub fn bucket(&self) -> Bucket<'app> {
        self.bucket
    }
}

impl<'app> Construct<'app> for ReleaseLog<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
