//! Files that a build writes into buckets: artifacts and logs.

use infra_cfn::codebuild::project::{Artifacts, S3LogsConfig};

use super::source::location;
use crate::construct::With;
use crate::iam::RoleRef;
use crate::s3::Bucket;

/// Files that a build writes into a bucket, as its specification lists them.
///
/// See [artifacts](https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.artifacts).
#[derive(Clone, Debug)]
pub struct BuildArtifacts<'app> {
    bucket: Bucket<'app>,
    path: Option<String>,
    name: Option<String>,
    zip: bool,
    build_id: bool,
}

impl<'app> BuildArtifacts<'app> {
    /// Creates artifacts in a bucket; the role may write there. They are encrypted with the key of the project.
    pub fn bucket(bucket: &Bucket<'app>) -> Self {
        Self {
            bucket: *bucket,
            path: None,
            name: None,
            zip: true,
            build_id: true,
        }
    }

    /// Sets the folder. Default: the top of the bucket.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Sets the name of the file or folder. Default: that of the build specification.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Writes single files in place of a ZIP file. Default: a ZIP file (CloudFormation: single files).
    pub const fn unpacked(mut self) -> Self {
        self.zip = false;
        self
    }

    /// Overwrites the artifacts of the build before. Default: each build has a folder with its ID (CloudFormation: overwritten).
    pub const fn without_build_id(mut self) -> Self {
        self.build_id = false;
        self
    }

    /// Returns the property `Artifacts`, and gives the role the permission for it.
    pub(super) fn bind(&self, role: RoleRef<'app>) -> Artifacts {
        match &self.path {
            Some(path) => self
                .bucket
                .grant_put_prefix(&role, &format!("{}/", path.trim_matches('/'))),
            None => self.bucket.grant_put(&role),
        };
        Artifacts::new("S3")
            .location(self.bucket.bucket_name().cast::<String>())
            .packaging(if self.zip { "ZIP" } else { "NONE" })
            .namespace_type(if self.build_id { "BUILD_ID" } else { "NONE" })
            .override_artifact_name(self.name.is_none())
            .with(self.path.as_deref(), Artifacts::path)
            .with(self.name.as_deref(), Artifacts::name)
    }
}

/// Logs of builds in a bucket.
#[derive(Clone, Debug)]
pub struct BuildLogs<'app> {
    bucket: Bucket<'app>,
    prefix: String,
}

impl<'app> BuildLogs<'app> {
    /// Creates logs in a bucket below a prefix; the role may write there.
    pub fn bucket(bucket: &Bucket<'app>, prefix: impl Into<String>) -> Self {
        Self {
            bucket: *bucket,
            prefix: prefix.into(),
        }
    }

    /// Returns the property `S3Logs`, and gives the role the permission for it.
    pub(super) fn bind(&self, role: RoleRef<'app>) -> S3LogsConfig {
        self.bucket.grant_put_prefix(&role, &self.prefix);
        S3LogsConfig::new("ENABLED").location(location(&self.bucket, &self.prefix))
    }
}
