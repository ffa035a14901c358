//! Where a deployment keeps what it deployed.

use bon::Builder;

use super::{AccessLogs, Bucket};
use crate::core::Output;
use crate::{Construct, Scope};

/// A bucket in which every deployment of the app leaves a record, with the templates and the site that it is made of.
///
/// `releases` shows them, and `rollback --to` brings one back. Put it into the stack that is deployed first. The bucket has the
/// defaults of [`Bucket`]: encrypted, versioned, closed to the public, left behind when it is removed from the
/// template. No lifecycle rule removes releases: their files are shared by their digests, so that the oldest file may be part of
/// the newest release. CloudFormation has no such thing.
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
    /// Where requests are logged. Default: nowhere, as S3's own.
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
    /// Starts a log of releases.
    pub fn builder() -> ReleaseLogBuilder<'app> {
        ReleaseLogProps::builder()
    }

    /// The bucket.
    pub fn bucket(&self) -> Bucket<'app> {
        self.bucket
    }
}

impl<'app> Construct<'app> for ReleaseLog<'app> {
    fn scope(&self) -> Scope<'app> {
        self.scope
    }
}
