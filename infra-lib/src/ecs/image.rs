//! Where a container's image comes from: always a digest, never a tag.

use crate::core::{Arn, Data, Diagnostic, Scope, Value, codes};
use crate::ecr::{ImageDigest, Repository, RepositoryUri};
use crate::kind;
use crate::sub;

/// The image that a container runs, named by digest.
///
/// A tag can be moved: two tasks of one deployment may run different code, and a rollback may not bring back what ran
/// before. CloudFormation takes any image text, and ECS looks up a tag once for each deployment.
///
/// ```no_run
/// use infra_lib::ecs::ContainerImage;
/// # let digest = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
///
/// let proxy = ContainerImage::from_registry_digest(format!("public.ecr.aws/nginx/nginx@{digest}"));
/// ```
#[derive(Clone, Debug)]
pub struct ContainerImage {
    uri: Value<String>,
    repository: Option<Value<Arn<kind::ecr::Repository>>>,
}

impl ContainerImage {
    /// The image with that digest in a repository of this account; the task's execution role may pull from that
    /// repository and from no other.
    ///
    /// Push the image before the service is deployed, so keep the repository in a stack of its own.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "an image is made from its digest once"
    )]
    pub fn from_repository(repository: &Repository<'_>, digest: ImageDigest) -> Self {
        Self {
            uri: sub![repository.uri(), "@", digest.as_str()],
            repository: Some(repository.arn()),
        }
    }

    /// The image with that digest in a repository that another stack made, also in another account or region; the task's
    /// execution role may pull from that repository and from no other.
    ///
    /// A repository of another account has to permit the pull in its own policy.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "an image is made from its digest once"
    )]
    pub fn from_repository_uri(repository: &RepositoryUri, digest: ImageDigest) -> Self {
        Self {
            uri: Value::from_data(Data::text(format!("{repository}@{}", digest.as_str()))),
            repository: Some(repository.arn()),
        }
    }

    /// An image of a registry that needs no credentials, such as `public.ecr.aws/nginx/nginx@sha256:…`.
    ///
    /// An image without a digest is reported when the task definition is built.
    pub fn from_registry_digest(image: impl Into<String>) -> Self {
        Self {
            uri: Value::from_data(Data::text(image.into())),
            repository: None,
        }
    }

    pub(super) fn uri(&self) -> &Value<String> {
        &self.uri
    }

    /// The repository that the execution role must be allowed to pull from.
    pub(super) fn repository(&self) -> Option<&Value<Arn<kind::ecr::Repository>>> {
        self.repository.as_ref()
    }

    /// Reports an image that is not named by digest.
    pub(super) fn check(&self, scope: Scope<'_>, container: &str) {
        let Some(uri) = self.uri.as_literal() else {
            return;
        };
        let digest = uri.split_once('@').map(|(_, digest)| digest);
        if digest.is_none_or(|digest| ImageDigest::parse(digest).is_err()) {
            scope.report(
                Diagnostic::new(
                    codes::IMAGE_WITHOUT_DIGEST,
                    format!("container `{container}` runs `{uri}`, which can change"),
                )
                .property("ContainerDefinitions.Image")
                .actual(uri)
                .expected("an image that ends in `@sha256:` and 64 hexadecimal digits")
                .help("name the image by the digest that the registry shows, not by a tag"),
            );
        }
    }
}
