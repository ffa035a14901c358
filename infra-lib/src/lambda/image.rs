//! Functions from container images.

use super::code::Code;
use super::function::{FunctionBuilder, function_builder};
use super::{Architecture, Function, Runtime};
use crate::cfn::lambda::{CfnFunction, function};
use crate::core::assembly::{DockerImage, ImageAsset};
use crate::core::{Data, Diagnostic, IntoValue, Scope, Value, codes, pseudo, sub};
use crate::docker::{Processor, build_for};
use crate::ecr::{AsRepository, ImageDigest, RepositoryRef};
use crate::iam::{PolicyDocument, Principal, Statement};

const IMAGES: &str = "https://docs.aws.amazon.com/lambda/latest/dg/images-create.html";

/// A container image of a function, in a repository of Amazon ECR of the same region, or built from a Dockerfile.
///
/// ```
/// use infra_lib::ecr::Repository;
/// use infra_lib::lambda::FunctionImage;
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let repository = Repository::builder().build(stack, "Images");
/// let image = FunctionImage::from_tag(&repository, "1.4.2").command(["app.handler"]).working_directory("/srv");
/// ```
#[derive(Clone, Debug)]
pub struct FunctionImage {
    source: Source,
    entry_point: Option<Vec<String>>,
    command: Option<Vec<String>>,
    working_directory: Option<Value<String>>,
}

#[derive(Clone, Debug)]
enum Source {
    Uri(Value<String>),
    Docker(DockerImage),
}

impl FunctionImage {
    /// Uses an image that is built from a Dockerfile and pushed before the deployment, under a hash of its build context:
    /// the function changes if, and only if, the context does. See [`ImageAsset`]. The platform is by default that of the
    /// function; another one is reported (`INF4959`).
    ///
    /// ```
    /// use infra_lib::assets::DockerImage;
    /// use infra_lib::lambda::{FunctionImage, ImageFunction};
    /// use infra_lib::{App, Stack};
    ///
    /// # let folder = std::env::temp_dir().join("infra-function-image");
    /// # std::fs::create_dir_all(&folder).unwrap();
    /// # std::fs::write(folder.join("Dockerfile"), "FROM public.ecr.aws/lambda/provided:al2023").unwrap();
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let image = DockerImage::from_folder(folder).build_arg("LEVEL", "info");
    /// ImageFunction::from_image(FunctionImage::from_docker(image)).build(stack, "Convert");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub fn from_docker(image: DockerImage) -> Self {
        Self::of(Source::Docker(image))
    }

    /// Uses the image with a digest, and allows Lambda to pull from the repository for functions of this account.
    pub fn from_digest<'app>(repository: &impl AsRepository<'app>, digest: &ImageDigest) -> Self {
        let repository = repository.as_repository();
        allow_pull(repository);
        Self::from_uri(sub![repository.uri(), "@", digest.as_str()])
    }

    /// Uses the image with a tag, and allows Lambda to pull from the repository for functions of this account.
    /// CloudFormation does not notice that a tag has moved; the tags of [`Repository`](crate::ecr::Repository) cannot move by default.
    pub fn from_tag<'app>(
        repository: &impl AsRepository<'app>,
        tag: impl IntoValue<String>,
    ) -> Self {
        let repository = repository.as_repository();
        allow_pull(repository);
        Self::from_uri(sub![repository.uri(), ":", tag.into_value()])
    }

    /// Uses an image by its URI with tag or digest. The policy of its repository must allow Lambda to pull it.
    pub fn from_uri(uri: impl IntoValue<String>) -> Self {
        Self::of(Source::Uri(uri.into_value()))
    }

    const fn of(source: Source) -> Self {
        Self {
            source,
            entry_point: None,
            command: None,
            working_directory: None,
        }
    }

    /// Sets the program that is started. Default: the `ENTRYPOINT` of the image.
    #[must_use]
    pub fn entry_point(mut self, words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.entry_point = Some(words.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the arguments of the program; with an image of AWS, the handler. Default: the `CMD` of the image.
    #[must_use]
    pub fn command(mut self, words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.command = Some(words.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the working directory. Default: the `WORKDIR` of the image.
    #[must_use]
    pub fn working_directory(mut self, path: impl IntoValue<String>) -> Self {
        self.working_directory = Some(path.into_value());
        self
    }

    /// Returns the property `Code`, with the asset of an image from a Dockerfile.
    pub(super) fn bind(
        self,
        scope: Scope<'_>,
        architecture: Architecture,
    ) -> (function::Code, Option<ImageAsset>) {
        let code = function::Code::new();
        match self.source {
            Source::Uri(uri) => (code.image_uri(uri), None),
            Source::Docker(image) => {
                let processor = match architecture {
                    Architecture::Arm64 => Processor::Arm64,
                    Architecture::X86_64 => Processor::Amd64,
                };
                let image = build_for(scope, image, processor, "Code.ImageUri");
                let asset = ImageAsset::new(scope, &image);
                (code.image_uri(asset.uri()), Some(asset))
            }
        }
    }

    /// Turns a function into one from this image: without runtime and handler, which the image contains.
    pub(super) fn apply(self, scope: Scope<'_>, resource: CfnFunction<'_>) {
        resource.remove_prop("Runtime");
        resource.remove_prop("Handler");
        resource.override_prop("PackageType", "Image");
        let words = |words: Vec<String>| Data::list(words.into_iter().map(Data::from));
        let parts = [
            ("Command", self.command.map(words)),
            ("EntryPoint", self.entry_point.map(words)),
            (
                "WorkingDirectory",
                self.working_directory.map(Value::into_data),
            ),
        ];
        for (name, data) in parts {
            if let Some(data) = data {
                resource.override_prop(&format!("ImageConfig.{name}"), data);
            }
        }
        let excluded = [
            ("Layers", "layers"),
            ("SnapStart", "SnapStart"),
            ("CodeSigningConfigArn", "code signing"),
        ];
        for (property, name) in excluded {
            if resource.has_prop(property) {
                scope.report(
                    Diagnostic::new(
                        codes::IMAGE_SETTING,
                        format!("a function from a container image cannot have {name}"),
                    )
                    .property(property)
                    .help("remove the setting, or use code from a folder or an archive")
                    .url(IMAGES),
                );
            }
        }
    }
}

/// Allows Lambda to pull images of a repository of the app, for functions of this account and region. The policy of an
/// existing repository belongs to the app that creates it.
fn allow_pull(repository: RepositoryRef<'_>) {
    let RepositoryRef::Own(repository) = repository else {
        return;
    };
    let functions = sub![
        "arn:",
        pseudo::partition(),
        ":lambda:",
        pseudo::region(),
        ":",
        pseudo::account_id(),
        ":function:*"
    ];
    // Repository policies have no `Resource`: it is always the repository.
    let statement = Statement::allow()
        .sid("LambdaPull")
        .principal(Principal::service("lambda.amazonaws.com"))
        .actions(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"])
        .condition("ArnLike", "aws:SourceArn", functions);
    let policy = repository.cfn().prop("RepositoryPolicyText");
    let allowed = policy.is_some_and(|policy| format!("{policy:?}").contains("LambdaPull"));
    if !allowed {
        PolicyDocument::add_to(*repository.cfn(), "RepositoryPolicyText", statement);
    }
}

/// Functions from container images. The method returns the builder of a [`Function`] that has its code, so neither a
/// runtime nor a handler can be set:
///
/// ```compile_fail
/// use infra_lib::lambda::{FunctionImage, ImageFunction, Runtime};
/// let image = FunctionImage::from_uri("111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1");
/// ImageFunction::from_image(image).runtime(Runtime::Nodejs24);
/// ```
///
/// Layers, SnapStart and code signing are reported (`INF4914`). The image must be built for the processor of the
/// function, arm64 by default.
///
/// ```
/// use infra_lib::ecr::Repository;
/// use infra_lib::lambda::{FunctionImage, ImageFunction};
/// use infra_lib::{App, Duration, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let repository = Repository::builder().build(stack, "Images");
/// ImageFunction::from_image(FunctionImage::from_tag(&repository, "1.4.2"))
///     .timeout(Duration::minutes(1))
///     .build(stack, "Convert");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ImageFunction;

/// Builder of a function from a container image.
pub type ImageFunctionBuilder<'app> = FunctionBuilder<
    'app,
    function_builder::SetHandler<function_builder::SetRuntime<function_builder::SetCode>>,
>;

impl ImageFunction {
    /// Begins a function from an image.
    pub fn from_image<'app>(image: FunctionImage) -> ImageFunctionBuilder<'app> {
        Function::builder()
            .code(Code::image(image))
            // Removed when the function is created.
            .runtime(Runtime::Other(String::new()))
            .handler("")
    }
}
