//! Image assets: container images that are built from a Dockerfile and pushed to ECR. [`DockerImage`] describes one,
//! [`ImageAsset`] is the handle.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::asset::{
    Content, PREFIX, UNKNOWN_HASH, list_files, report, to_hexadecimal, with_placeholders,
};
use super::docker_ignore::DockerIgnore;
use crate::asset_source::{AssetPackaging, AssetSource, ImageSource};
use crate::build_options::{
    BuildCache, BuildContext, BuildOptions, BuildSecret, ContextSource, SecretSource,
};
use crate::diagnostic::{Diagnostic, codes};
use crate::resource::Resource;
use crate::synth::asset_repository;
use crate::tree::{Construct, Scope};
use crate::value::Value;

/// Name of the Dockerfile without a setting.
const DOCKER_FILE: &str = "Dockerfile";

/// A container image, built from a Dockerfile in a folder, which is the build context.
///
/// ```
/// use infra_core::assembly::DockerImage;
///
/// let image = DockerImage::from_folder(concat!(env!("CARGO_MANIFEST_DIR"), "/convert"))
///     .docker_file("docker/Dockerfile")
///     .target("release")
///     .build_arg("RUST_VERSION", "1.96")
///     .platform("linux/arm64");
/// # assert_eq!(image.build_platform(), Some("linux/arm64"));
/// ```
///
/// Do not put secrets into build arguments, which the assembly and the history of the image contain; use
/// [`build_secret`](Self::build_secret).
#[derive(Clone, Debug, Eq, PartialEq)]
#[must_use = "an image has no effect until it is used"]
pub struct DockerImage {
    folder: PathBuf,
    docker_file: Option<String>,
    target: Option<String>,
    build_args: BTreeMap<String, String>,
    platform: Option<String>,
    contexts: BTreeMap<String, BuildContext>,
    /// Boxed, because most images have none.
    options: Box<BuildOptions>,
}

/// Parts of an image that synthesis reads.
struct ReadImage {
    /// Files of the build context.
    names: Vec<String>,
    /// Hash of the build context.
    hash: String,
    /// Folders of named contexts, which are copied into the assembly.
    contexts: Vec<AssetSource>,
    /// Options, with the places of named contexts.
    options: BuildOptions,
}

impl DockerImage {
    /// Describes an image from the `Dockerfile` in a folder. A relative path starts at the working directory of the app.
    pub fn from_folder(path: impl AsRef<Path>) -> Self {
        Self {
            folder: path.as_ref().to_owned(),
            docker_file: None,
            target: None,
            build_args: BTreeMap::new(),
            platform: None,
            contexts: BTreeMap::new(),
            options: Box::default(),
        }
    }

    /// Sets the path of the Dockerfile in the folder, with `/`. Default: `Dockerfile`.
    pub fn docker_file(mut self, path: impl Into<String>) -> Self {
        self.docker_file = Some(path.into());
        self
    }

    /// Sets the stage of the Dockerfile to build. Default: the last one.
    pub fn target(mut self, stage: impl Into<String>) -> Self {
        self.target = Some(stage.into());
        self
    }

    /// Sets a build argument, for an `ARG` instruction of the Dockerfile.
    pub fn build_arg(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.build_args.insert(name.into(), value.into());
        self
    }

    /// Sets the platform to build for, such as `linux/arm64`. Default: that of the function or task that runs the image;
    /// with [`ImageAsset::new`] alone, that of the machine that builds it.
    pub fn platform(mut self, platform: impl Into<String>) -> Self {
        self.platform = Some(platform.into());
        self
    }

    /// Adds a named build context: a folder, another image or a URL.
    pub fn build_context(mut self, name: impl Into<String>, context: BuildContext) -> Self {
        self.contexts.insert(name.into(), context);
        self
    }

    /// Adds a secret that instructions of the Dockerfile can read, with `RUN --mount=type=secret,id=ID`. The assembly has its
    /// place and not its value.
    ///
    /// ```
    /// use infra_core::assembly::{BuildSecret, DockerImage};
    ///
    /// let image = DockerImage::from_folder("web").build_secret("npm", BuildSecret::env("NPM_TOKEN"));
    /// ```
    pub fn build_secret(mut self, id: impl Into<String>, secret: BuildSecret) -> Self {
        self.options.secrets.insert(id.into(), secret);
        self
    }

    /// Sets the SSH agent or keys that instructions can use with `RUN --mount=type=ssh`: `default` for the agent of the machine
    /// that builds, or `ID=PATH`. Default: none.
    pub fn ssh(mut self, keys: impl Into<String>) -> Self {
        self.options.ssh = Some(keys.into());
        self
    }

    /// Sets the network of `RUN` instructions: `default`, `none`, `host` or another of the container tool. Default: that of the
    /// container tool.
    pub fn network(mut self, mode: impl Into<String>) -> Self {
        self.options.network = Some(mode.into());
        self
    }

    /// Adds an output of the build, such as `type=docker`. The image must be among those of the container tool afterwards, since
    /// it is pushed from there. Default: the image only.
    pub fn output(mut self, output: impl Into<String>) -> Self {
        self.options.outputs.push(output.into());
        self
    }

    /// Adds a cache from which layers are read. Caches do not change the hash of the image.
    ///
    /// ```
    /// use infra_core::assembly::{BuildCache, DockerImage};
    ///
    /// let cache = || BuildCache::new("gha").param("scope", "web");
    /// let image = DockerImage::from_folder("web")
    ///     .cache_from(cache())
    ///     .cache_to(cache().param("mode", "max"));
    /// ```
    pub fn cache_from(mut self, cache: BuildCache) -> Self {
        self.options.cache_from.push(cache);
        self
    }

    /// Sets the cache to which layers are written after the build. Default: none.
    pub fn cache_to(mut self, cache: BuildCache) -> Self {
        self.options.cache_to = Some(cache);
        self
    }

    /// Builds every layer again, without the cache of the container tool. Default: the cache is used.
    pub fn without_cache(mut self) -> Self {
        self.options.cache_disabled = true;
        self
    }

    /// Returns the platform to build for, or `None` if it is not set.
    pub fn build_platform(&self) -> Option<&str> {
        self.platform.as_deref()
    }

    /// Reads the build context and the folders of named contexts.
    fn read(&self) -> io::Result<ReadImage> {
        let docker_file = self.docker_file.as_deref().unwrap_or(DOCKER_FILE);
        if !fs::metadata(&self.folder)?.is_dir() {
            return Err(io::Error::other("it is not a folder"));
        }
        if !self.folder.join(docker_file).is_file() {
            return Err(io::Error::other(format!(
                "the folder has no `{docker_file}`"
            )));
        }
        // As in BuildKit, the file of one Dockerfile comes before that of the folder.
        let ignore_files = [
            format!("{docker_file}.dockerignore"),
            ".dockerignore".to_owned(),
        ];
        let ignore_file = ignore_files
            .iter()
            .find(|name| self.folder.join(name).is_file());
        let ignore = match ignore_file {
            Some(name) => DockerIgnore::parse(&fs::read_to_string(self.folder.join(name))?)
                .map_err(|why| io::Error::other(format!("`{name}`: {why}")))?,
            None => DockerIgnore::default(),
        };
        let mut names = list_files(&self.folder, &ignore)?;
        // The builder reads both files, even if they are ignored.
        for needed in [Some(docker_file), ignore_file.map(String::as_str)] {
            names.extend(needed.map(str::to_owned));
        }
        names.sort();
        names.dedup();
        let content = Content::read_folder(&self.folder, names.clone())?;
        let mut read = ReadImage {
            names,
            hash: content.hash,
            contexts: Vec::new(),
            options: BuildOptions::clone(&self.options),
        };
        for (name, context) in &self.contexts {
            let place = match &context.0 {
                ContextSource::Text(text) => text.clone(),
                ContextSource::Folder(path) => {
                    let source = named_context(path).map_err(|error| {
                        io::Error::other(format!("its context `{name}`: {error}"))
                    })?;
                    // The container tool runs in the folder of the build context, which is beside it.
                    let place = format!("../{}", source.file);
                    read.contexts.push(source);
                    place
                }
            };
            read.options.contexts.insert(name.clone(), place);
        }
        Ok(read)
    }

    /// Reports secrets in files that are copied into the assembly with the build context or a named one.
    fn check_secrets(&self, scope: Scope<'_>, read: &ReadImage) {
        let main = read.names.iter().map(|name| self.folder.join(name));
        let named = read.contexts.iter().flat_map(|context| {
            let names = list_files(&context.path, &DockerIgnore::default()).unwrap_or_default();
            names.into_iter().map(|name| context.path.join(name))
        });
        let copied: Vec<PathBuf> = main
            .chain(named)
            .filter_map(|path| fs::canonicalize(path).ok())
            .collect();
        for (id, secret) in &self.options.secrets {
            let SecretSource::File(path) = &secret.0 else {
                continue;
            };
            if !fs::canonicalize(path).is_ok_and(|path| copied.contains(&path)) {
                continue;
            }
            let shown = path.display();
            scope.report(
                Diagnostic::new(
                    codes::SECRET_IN_BUILD_CONTEXT,
                    format!("the build secret `{id}` is the file `{shown}` of a build context, which the assembly contains"),
                )
                .actual(shown.to_string())
                .expected("a file outside of the build contexts, or an environment variable")
                .help("name the file in `.dockerignore`, move it, or use `BuildSecret::env(…)`")
                .url("https://docs.docker.com/build/building/secrets/"),
            );
        }
    }

    /// Returns the name of the image: a hash of the content and of the instructions.
    fn identify(&self, read: &ReadImage) -> String {
        let mut hash = Sha256::new();
        let mut add = |text: &str| {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        };
        add(&read.hash);
        for option in [&self.docker_file, &self.target, &self.platform] {
            match option {
                Some(text) => {
                    add("set");
                    add(text);
                }
                None => add("none"),
            }
        }
        for (name, value) in &self.build_args {
            add(name);
            add(value);
        }
        // An image without them keeps the name that it had before there were such options.
        for (kind, text) in read.options.identity() {
            add(kind);
            add(text);
        }
        to_hexadecimal(&hash.finalize())
    }
}

/// Returns the folder of a named context, as it is copied into the assembly.
fn named_context(path: &Path) -> io::Result<AssetSource> {
    if !fs::metadata(path)?.is_dir() {
        return Err(io::Error::other("it is not a folder"));
    }
    let names = list_files(path, &DockerIgnore::default())?;
    let hash = Content::read_folder(path, names)?.hash;
    Ok(AssetSource {
        path: path.to_owned(),
        file: format!("{PREFIX}{hash}"),
        key: hash.clone(),
        hash,
        packaging: AssetPackaging::Zip,
        is_built: true,
        image: None,
    })
}

/// A container image that is built from a [`DockerImage`] and pushed to the repository of the stack before the deployment.
///
/// The tag is a SHA-256 of the build context, the Dockerfile and the options, so an unchanged image is built and pushed once,
/// and a change of them changes the template. Files that `.dockerignore` names have no influence; those of
/// `<Dockerfile>.dockerignore` in its place, if there is one. Symbolic links are followed, and empty folders are not part of
/// the context. What the Dockerfile downloads has no influence either: name base images by digest.
///
/// Synthesis reads the folder and builds nothing. [`write_assembly`](super::write_assembly) copies the context into the cloud
/// assembly as `asset.<hash>` and lists it in the asset manifest of the stack. Both the `cdk` CLI and the tool of this project
/// build and push it from there, with docker or a compatible program. The repository is
/// [`StackProps::asset_repository`](crate::StackProps::asset_repository), by default that of `cdk bootstrap`.
///
/// ```
/// use infra_core::assembly::{DockerImage, ImageAsset};
/// use infra_core::{App, CfnResource, Stack};
/// use serde_json::json;
///
/// # let folder = tempfile::tempdir().unwrap();
/// # std::fs::write(folder.path().join("Dockerfile"), "FROM scratch").unwrap();
/// # let path = folder.path();
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let image = ImageAsset::new(stack, &DockerImage::from_folder(path));
/// let role = "arn:aws:iam::123456789012:role/orders";
/// let function = json!({ "PackageType": "Image", "Code": {}, "Role": role });
/// let function = CfnResource::new(stack, "Function", "AWS::Lambda::Function", function);
/// function.override_prop("Code.ImageUri", image.uri().into_data());
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ImageAsset {
    repository: String,
    id: String,
    file: String,
    docker_file: Option<String>,
}

impl ImageAsset {
    /// Reads the build context of an image and adds it to the stack of `scope`.
    ///
    /// A folder or a Dockerfile that does not exist or cannot be read, and a `.dockerignore` with a pattern that Docker
    /// rejects, are reported (`INF1301`).
    #[track_caller]
    pub fn new<'app>(scope: impl Construct<'app>, image: &DockerImage) -> Self {
        let scope = scope.scope();
        let repository = scope.read_tree(|tree| asset_repository(tree, scope.index));
        let (id, source) = match image.read() {
            Ok(read) => {
                image.check_secrets(scope, &read);
                let id = image.identify(&read);
                let source = Self::source(image, read, &id);
                (id, Some(source))
            }
            Err(error) => {
                report(scope, &image.folder, &error);
                (UNKNOWN_HASH.to_owned(), None)
            }
        };
        let asset = Self {
            repository,
            file: format!("{PREFIX}{id}"),
            docker_file: image.docker_file.clone(),
            id,
        };
        Self::add(scope, source);
        asset
    }

    fn source(image: &DockerImage, read: ReadImage, id: &str) -> AssetSource {
        AssetSource {
            path: image.folder.clone(),
            hash: read.hash,
            file: format!("{PREFIX}{id}"),
            key: id.to_owned(),
            packaging: AssetPackaging::Zip,
            is_built: true,
            image: Some(ImageSource {
                names: read.names,
                docker_file: image.docker_file.clone(),
                target: image.target.clone(),
                build_args: image.build_args.clone(),
                platform: image.platform.clone(),
                contexts: read.contexts,
                options: read.options,
            }),
        }
    }

    fn add(scope: Scope<'_>, source: Option<AssetSource>) {
        scope.change_tree(|tree| {
            let extras = tree.node_mut(scope.index).extras_mut();
            extras.assets.extend(source);
        });
    }

    /// Returns the tag of the image: a SHA-256 of its build context and instructions in hexadecimal digits.
    pub fn tag(&self) -> &str {
        &self.id
    }

    /// Returns the name of the repository, with references to account and region (`Fn::Sub`).
    pub fn repository_name(&self) -> Value<String> {
        with_placeholders(self.repository.clone())
    }

    /// Returns the ARN of the repository, in the account and region of the stack.
    pub fn repository_arn(&self) -> Value<String> {
        with_placeholders(format!(
            "arn:${{AWS::Partition}}:ecr:${{AWS::Region}}:${{AWS::AccountId}}:repository/{}",
            self.repository
        ))
    }

    /// Returns the URI of the image with its tag.
    pub fn uri(&self) -> Value<String> {
        with_placeholders(format!(
            "${{AWS::AccountId}}.dkr.ecr.${{AWS::Region}}.${{AWS::URLSuffix}}/{}:{}",
            self.repository, self.id
        ))
    }

    /// Adds the metadata to a resource by which tools find the content of one of its properties: `aws:asset:path`,
    /// `aws:asset:dockerfile-path` and `aws:asset:property`.
    pub fn annotate(&self, resource: Resource<'_>, property: &'static str) {
        let scope = resource.scope();
        scope.add_metadata("aws:asset:path", self.file.clone());
        if let Some(docker_file) = &self.docker_file {
            scope.add_metadata("aws:asset:dockerfile-path", docker_file.clone());
        }
        scope.add_metadata("aws:asset:property", property);
    }
}
