//! Caches of builds.

use infra_cfn::codebuild::project::ProjectCache;

use super::source::location;
use crate::iam::RoleRef;
use crate::s3::Bucket;

/// Content of a local cache.
///
/// See [local caching](https://docs.aws.amazon.com/codebuild/latest/userguide/caching-local.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum LocalCache {
    /// Git metadata of the source.
    Source,
    /// Layers of Docker images; needs a Docker daemon.
    DockerLayer,
    /// Folders that the build specification lists.
    Custom,
}

/// Files that later builds find again.
///
/// See [caching](https://docs.aws.amazon.com/codebuild/latest/userguide/build-caching.html).
#[derive(Clone, Debug, Default)]
pub struct BuildCache<'app>(Kind<'app>);

#[derive(Clone, Debug, Default)]
enum Kind<'app> {
    #[default]
    None,
    Local(Vec<LocalCache>),
    Bucket(Bucket<'app>, String),
}

impl<'app> BuildCache<'app> {
    /// Creates no cache. The default here and in CloudFormation.
    pub fn none() -> Self {
        Self::default()
    }

    /// Creates a cache on the computer of the build, which the next build may or may not get.
    pub fn local(contents: impl IntoIterator<Item = LocalCache>) -> Self {
        Self(Kind::Local(contents.into_iter().collect()))
    }

    /// Creates a cache in a bucket, below a prefix; the role may read and write there. Whoever writes there changes the files of
    /// builds.
    pub fn bucket(bucket: &Bucket<'app>, prefix: impl Into<String>) -> Self {
        Self(Kind::Bucket(*bucket, prefix.into()))
    }

    /// Returns the property `Cache`, and gives the role the permissions for it.
    pub(super) fn bind(&self, role: RoleRef<'app>) -> Option<ProjectCache> {
        match &self.0 {
            Kind::None => None,
            Kind::Local(contents) => {
                let modes = contents.iter().map(|content| match content {
                    LocalCache::Source => "LOCAL_SOURCE_CACHE".to_owned(),
                    LocalCache::DockerLayer => "LOCAL_DOCKER_LAYER_CACHE".to_owned(),
                    LocalCache::Custom => "LOCAL_CUSTOM_CACHE".to_owned(),
                });
                Some(ProjectCache::new("LOCAL").modes(modes.collect::<Vec<_>>()))
            }
            Kind::Bucket(bucket, prefix) => {
                bucket.grant_read_write_prefix(&role, prefix);
                Some(ProjectCache::new("S3").location(location(bucket, prefix)))
            }
        }
    }

    /// Returns `true` for a cache of layers, which a Docker daemon fills.
    pub(super) fn has_docker_layers(&self) -> bool {
        matches!(&self.0, Kind::Local(contents) if contents.contains(&LocalCache::DockerLayer))
    }
}
