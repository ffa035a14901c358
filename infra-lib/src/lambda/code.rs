//! Code of a function: a folder, a ZIP archive, an object in a bucket, or text in the template.

use std::path::{Path, PathBuf};

use super::Runtime;
use super::architecture::Architecture;
use super::image::FunctionImage;
use super::runtime::Family;
use super::rust::RustProgram;
use crate::cfn::lambda::function;
use crate::construct::With;
use crate::core::assembly::{AssetPackaging, FileAsset, ImageAsset};
use crate::core::{Diagnostic, IntoValue, Name, Scope, Value, codes};
use crate::kind;

/// Maximum size of inline code in bytes.
const INLINE_LIMIT: usize = 4 * 1_024 * 1_024;

/// Maximum size of a function with its layers, uncompressed, in bytes.
const UNZIPPED_LIMIT: u64 = 250 * 1_024 * 1_024;

const QUOTAS: &str = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html";

/// Code of a [`Function`](super::Function).
///
/// Folders and archives are read at synthesis, published before the deployment under a hash of their content, and
/// named in the template by it: the function changes if, and only if, its code does.
///
/// ```
/// use infra_lib::lambda::Code;
///
/// let folder = Code::folder(concat!(env!("CARGO_MANIFEST_DIR"), "/functions/thumbnails"));
/// let archive = Code::zip("target/lambda/thumbnails/bootstrap.zip");
/// let object = Code::bucket("releases", "thumbnails-1.4.2.zip");
/// let text = Code::inline("exports.handler = async () => 'hello';");
/// ```
#[derive(Clone, Debug)]
pub struct Code(Source);

#[derive(Clone, Debug)]
enum Source {
    Inline(String),
    Folder(PathBuf),
    Zip(PathBuf),
    Bucket {
        bucket: Value<Name<kind::s3::Bucket>>,
        key: Value<String>,
        version: Option<Value<String>>,
    },
    Rust(RustProgram),
    Image(Box<FunctionImage>),
}

impl Code {
    /// Uses text as the file `index.js`, `index.mjs` or `index.py`, for Node.js and Python only, at most 4 MB. The handler
    /// begins with `index.`.
    pub fn inline(text: impl Into<String>) -> Self {
        Self(Source::Inline(text.into()))
    }

    /// Uses the files of a folder. A relative path starts at the working directory of the app.
    pub fn folder(path: impl AsRef<Path>) -> Self {
        Self(Source::Folder(path.as_ref().to_owned()))
    }

    /// Uses a ZIP archive. A relative path starts at the working directory of the app.
    pub fn zip(path: impl AsRef<Path>) -> Self {
        Self(Source::Zip(path.as_ref().to_owned()))
    }

    /// Uses a program in Rust, which Cargo builds at synthesis. The runtime is `provided.al2023`; [`RustFunction`](super::RustFunction) sets it.
    pub fn rust(program: RustProgram) -> Self {
        Self(Source::Rust(program))
    }

    /// Uses a ZIP archive that is already in a bucket of the region. CloudFormation updates the function only if the
    /// bucket, the key or the version changes.
    pub fn bucket(
        bucket: impl IntoValue<Name<kind::s3::Bucket>>,
        key: impl IntoValue<String>,
    ) -> Self {
        Self(Source::Bucket {
            bucket: bucket.into_value(),
            key: key.into_value(),
            version: None,
        })
    }

    /// Uses a container image; [`ImageFunction`](super::ImageFunction) begins a function with one.
    pub(super) fn image(image: FunctionImage) -> Self {
        Self(Source::Image(Box::new(image)))
    }

    /// Returns the container image, if the code is one.
    pub(super) fn as_image(&self) -> Option<&FunctionImage> {
        match &self.0 {
            Source::Image(image) => Some(image),
            _ => None,
        }
    }

    /// Sets the version of the object of [`Code::bucket`]. Default: the newest one when the function is created or
    /// updated. No effect on other kinds of code.
    pub fn object_version(mut self, id: impl IntoValue<String>) -> Self {
        if let Source::Bucket { version, .. } = &mut self.0 {
            *version = Some(id.into_value());
        }
        self
    }

    /// Reads the code, adds it to the stack as an asset, and reports code that Lambda rejects (`INF4901`).
    pub(super) fn bind(
        self,
        scope: Scope<'_>,
        runtime: &Runtime,
        architecture: Architecture,
    ) -> BoundCode {
        let code = function::Code::new();
        match self.0 {
            Source::Inline(text) => {
                check_inline(scope, runtime, &text);
                BoundCode {
                    code: code.zip_file(text),
                    asset: None,
                    image: None,
                    is_inline: true,
                }
            }
            Source::Folder(path) => Self::asset(scope, &path, AssetPackaging::Zip),
            Source::Zip(path) => Self::asset(scope, &path, AssetPackaging::File),
            Source::Rust(program) => {
                let asset = program.bind(scope, architecture);
                Self::use_asset(scope, Path::new("bootstrap"), asset, AssetPackaging::Zip)
            }
            Source::Image(image) => {
                let (code, image) = image.bind(scope, architecture);
                BoundCode {
                    code,
                    asset: None,
                    image,
                    is_inline: false,
                }
            }
            Source::Bucket {
                bucket,
                key,
                version,
            } => BoundCode {
                code: code
                    .s3_bucket(bucket)
                    .s3_key(key)
                    .with(version, function::Code::s3_object_version),
                asset: None,
                image: None,
                is_inline: false,
            },
        }
    }

    fn asset(scope: Scope<'_>, path: &Path, wanted: AssetPackaging) -> BoundCode {
        Self::use_asset(scope, path, FileAsset::new(scope, path), wanted)
    }

    fn use_asset(
        scope: Scope<'_>,
        path: &Path,
        asset: FileAsset,
        wanted: AssetPackaging,
    ) -> BoundCode {
        if !asset.files().is_empty() {
            check_asset(scope, path, &asset, wanted);
        }
        BoundCode {
            code: function::Code::new()
                .s3_bucket(asset.bucket_name().cast::<Name<kind::s3::Bucket>>())
                .s3_key(asset.object_key().to_owned()),
            asset: Some(asset),
            image: None,
            is_inline: false,
        }
    }
}

/// The property `Code`, with information about its files.
pub(super) struct BoundCode {
    pub(super) code: function::Code,
    pub(super) asset: Option<FileAsset>,
    /// Image that is built from a Dockerfile.
    pub(super) image: Option<ImageAsset>,
    pub(super) is_inline: bool,
}

fn check_inline(scope: Scope<'_>, runtime: &Runtime, text: &str) {
    if !matches!(
        runtime.family(),
        Some(Family::Nodejs | Family::Python) | None
    ) {
        scope.report(
            Diagnostic::new(
                codes::FUNCTION_CODE,
                format!("inline code cannot run with `{}`", runtime.as_str()),
            )
            .property("Code.ZipFile")
            .expected("a runtime of Node.js or Python")
            .help("put the built program into a folder: `Code::folder(…)`")
            .url("https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html"),
        );
    }
    if text.is_empty() || text.len() > INLINE_LIMIT {
        scope.report(
            Diagnostic::new(
                codes::FUNCTION_CODE,
                "inline code is empty or too large".to_owned(),
            )
            .property("Code.ZipFile")
            .actual(format!("{} bytes", text.len()))
            .expected(format!("1 to {INLINE_LIMIT} bytes"))
            .help("put it into a folder: `Code::folder(…)`")
            .url(QUOTAS),
        );
    }
}

fn check_asset(scope: Scope<'_>, path: &Path, asset: &FileAsset, wanted: AssetPackaging) {
    let shown = path.display();
    let problem = match (wanted, asset.packaging()) {
        (AssetPackaging::Zip, AssetPackaging::File) => Some((
            format!("`{shown}` is a file, not a folder"),
            "for an archive use `Code::zip(…)`",
        )),
        (AssetPackaging::File, AssetPackaging::Zip) => Some((
            format!("`{shown}` is a folder, not an archive"),
            "for a folder use `Code::folder(…)`",
        )),
        _ => None,
    };
    if let Some((message, help)) = problem {
        let finding = Diagnostic::new(codes::FUNCTION_CODE, message);
        scope.report(finding.property("Code").help(help));
    }
    if asset.bytes() > UNZIPPED_LIMIT {
        scope.report(
            Diagnostic::new(
                codes::FUNCTION_CODE,
                format!("the code in `{shown}` is too large for Lambda"),
            )
            .property("Code")
            .actual(format!("{} bytes", asset.bytes()))
            .expected(format!("at most {UNZIPPED_LIMIT} bytes, with all layers"))
            .help("leave out what the function does not need, such as debug symbols")
            .url(QUOTAS),
        );
    }
}
