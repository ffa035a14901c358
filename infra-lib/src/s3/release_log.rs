//! Where a deployment keeps what it deployed.

use super::Bucket;
use crate::core::Output;
use crate::{Construct, Scope};

/// A bucket in which every deployment of the app leaves a record, with the templates and the site that it is made of.
///
/// `releases` shows them, and `rollback --to` brings one back. Put it into the stack that is deployed first. The bucket has the
/// defaults of [`Bucket`]: encrypted, versioned, closed to the public, left behind when it is removed from the
/// template. CloudFormation has no such thing.
///
/// ```
/// use infra_lib::prelude::*;
/// use infra_lib::s3::ReleaseLog;
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Foundation");
/// ReleaseLog::new(stack, "Releases");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ReleaseLog<'app> {
    scope: Scope<'app>,
    bucket: Bucket<'app>,
}

impl<'app> ReleaseLog<'app> {
    /// Adds the log under `scope`, with the output by which deployments find it.
    #[track_caller]
    pub fn new(scope: impl Construct<'app>, id: &str) -> Self {
        let scope = scope
            .scope()
            .library_construct(id, "infra-lib.s3.ReleaseLog");
        let bucket = Bucket::builder().build(scope, "Bucket");
        Output::new(scope, "ReleaseBucketName", bucket.bucket_name())
            .description("Where releases are kept");
        Self { scope, bucket }
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
