//! Container images: referenced by digest and never by a tag that moves, or built from a Dockerfile.

use crate::core::assembly::{DockerImage, ImageAsset};
use crate::core::{Arn, Data, Diagnostic, Scope, Value, codes, value};
use crate::docker::{Processor, build_for};
use crate::ecr::{AsRepository, ImageDigest, RepositoryUri};
use crate::kind;
use crate::sub;

/// The image of a container, referenced by digest, or built from a Dockerfile.
///
/// Tags of others are not accepted, because a tag can be moved: the tasks of one deployment may then run different code, and a
/// rollback may not restore the previous image. CloudFormation accepts any reference; ECS resolves a tag once for
/// each deployment.
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
    /// The image to build when the task definition is added, which sets the URI and the repository.
    docker: Option<DockerImage>,
}

impl ContainerImage {
    /// Returns an image that is built from a Dockerfile and pushed before the deployment. See [`ImageAsset`]: its tag is a
    /// hash of the build context, in a repository whose tags cannot move. The platform is by default that of the task;
    /// another one is reported (`INF4959`). The task's execution role may pull from that repository and no other.
    ///
    /// ```
    /// use infra_lib::assets::DockerImage;
    /// use infra_lib::ecs::{ContainerDefinition, ContainerImage, FargateTaskDefinition};
    /// use infra_lib::{App, Stack, task_size};
    ///
    /// # let folder = std::env::temp_dir().join("infra-container-image");
    /// # std::fs::create_dir_all(&folder).unwrap();
    /// # std::fs::write(folder.join("Dockerfile"), "FROM scratch").unwrap();
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let image = ContainerImage::from_docker(DockerImage::from_folder(folder));
    /// FargateTaskDefinition::builder()
    ///     .size(task_size!(512 cpu, 1024 MiB))
    ///     .container(ContainerDefinition::new("api", image).port(8080))
    ///     .build(stack, "Task");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub fn from_docker(image: DockerImage) -> Self {
        Self {
            uri: value(""),
            repository: None,
            docker: Some(image),
        }
    }

    /// Adds the asset of an image from a Dockerfile to the stack of a task definition.
    pub(super) fn bind(&mut self, scope: Scope<'_>, processor: Processor) {
        if let Some(image) = self.docker.take() {
            let image = build_for(scope, image, processor, "ContainerDefinitions.Image");
            let asset = ImageAsset::new(scope, &image);
            self.uri = asset.uri();
            self.repository = Some(asset.repository_arn().cast());
        }
    }

    /// Returns the image with the given digest in a repository of this app, or an imported one. The task's execution role may pull from
    /// that repository and no other.
    ///
    /// The image must exist before the service is deployed, so keep the repository in a separate stack.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "an image is made from its digest once"
    )]
    pub fn from_repository<'app>(
        repository: &impl AsRepository<'app>,
        digest: ImageDigest,
    ) -> Self {
        let repository = repository.as_repository();
        Self {
            uri: sub![repository.uri(), "@", digest.as_str()],
            repository: Some(repository.arn()),
            docker: None,
        }
    }

    /// Returns the image with the given digest in a repository of another stack, account or region. The task's
    /// execution role may pull from that repository and no other.
    ///
    /// A repository of another account must permit the pull in its repository policy.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "an image is made from its digest once"
    )]
    pub fn from_repository_uri(repository: &RepositoryUri, digest: ImageDigest) -> Self {
        Self {
            uri: Value::from_data(Data::text(format!("{repository}@{}", digest.as_str()))),
            repository: Some(repository.arn()),
            docker: None,
        }
    }

    /// Returns an image of a public registry, such as `public.ecr.aws/nginx/nginx@sha256:…`.
    ///
    /// An image without a digest is reported when the task definition is built (`INF4211`).
    pub fn from_registry_digest(image: impl Into<String>) -> Self {
        Self {
            uri: Value::from_data(Data::text(image.into())),
            repository: None,
            docker: None,
        }
    }

    pub(super) fn uri(&self) -> &Value<String> {
        &self.uri
    }

    /// Returns the repository that the execution role must be allowed to pull from.
    pub(super) fn repository(&self) -> Option<&Value<Arn<kind::ecr::Repository>>> {
        self.repository.as_ref()
    }

    /// Reports an image without a digest.
    pub(super) fn check_digest(&self, scope: Scope<'_>, container: &str) {
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
                .help("reference the image by the digest that the registry shows, not by a tag"),
            );
        }
    }
}
