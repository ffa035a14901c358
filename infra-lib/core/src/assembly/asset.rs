//! File assets: files and folders that are published under a name derived from their content. [`FileAsset`] is the handle, [`AssetFile`] a file of it.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::docker_ignore::DockerIgnore;
use crate::asset_source::{AssetPackaging, AssetSource};
use crate::diagnostic::{Diagnostic, codes};
use crate::resource::Resource;
use crate::synth::asset_bucket;
use crate::tree::{Construct, Scope};
use crate::value::{Expr, Value};

/// Beginning of the name that an asset has in the assembly, as in the CDK.
pub(super) const PREFIX: &str = "asset.";

/// Hash of an asset whose content could not be read. The finding about it prevents a deployment.
pub(super) const UNKNOWN_HASH: &str =
    "0000000000000000000000000000000000000000000000000000000000000000";

/// Beginning of the object key of a placeholder. The tool recognizes it in asset manifests.
const NOT_BUILT: &str = "not-built-";

/// Longest file extension that is kept in the object key.
const MAX_EXTENSION: usize = 10;

/// A file of an asset.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct AssetFile {
    /// Path relative to the folder of the asset, with `/` as separator; the file name for an asset that is a file.
    pub name: String,
    /// `true` if the owner may execute the file. Always `false` on systems without such a permission.
    pub executable: bool,
    /// Size in bytes.
    pub bytes: u64,
    /// Processor for which an ELF file is built, as its number `e_machine`: 62 is x86-64, 183 is arm64. `None` for other files.
    pub elf_machine: Option<u16>,
}

/// A file or folder of the program that is published to the bucket of the stack before the deployment, for instance the code of a function.
///
/// The name of the object is a SHA-256 of the content, so unchanged content is published once, and changed content changes the template. The hash of a
/// folder covers the names, the contents and the executable permission of its files; symbolic links are followed. Dates, owners and the order of the
/// file system have no influence.
///
/// [`write_assembly`](super::write_assembly) copies the content into the cloud assembly as `asset.<hash>`, and lists it in the asset manifest of the stack. Both the
/// `cdk` CLI and the tool of this project publish it from there; a folder becomes a ZIP archive. The bucket is
/// [`StackProps::asset_bucket`](crate::StackProps::asset_bucket), by default that of `cdk bootstrap`.
///
/// A relative path starts at the working directory of the app. `concat!(env!("CARGO_MANIFEST_DIR"), "/functions/hello")` does not depend on it.
///
/// ```
/// use infra_core::assembly::FileAsset;
/// use infra_core::{App, CfnResource, Stack};
/// use serde_json::json;
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let asset = FileAsset::new(stack, concat!(env!("CARGO_MANIFEST_DIR"), "/src/assembly"));
/// let layer = CfnResource::new(stack, "Layer", "AWS::Lambda::LayerVersion", json!({}));
/// layer.override_prop("Content.S3Bucket", asset.bucket_name().into_data());
/// layer.override_prop("Content.S3Key", asset.object_key().to_owned());
/// assert!(asset.file("mod.rs").is_some());
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct FileAsset {
    bucket: Value<String>,
    source: AssetSource,
    files: Vec<AssetFile>,
}

impl FileAsset {
    /// Reads the content of a file or folder and adds it to the stack of `scope`.
    ///
    /// A file or folder that does not exist or cannot be read, and a folder without files, are reported (`INF1301`).
    #[track_caller]
    pub fn new<'app>(scope: impl Construct<'app>, path: impl AsRef<Path>) -> Self {
        let (scope, path) = (scope.scope(), path.as_ref());
        let content = Content::read(path).and_then(|content| {
            if content.files.is_empty() {
                Err(io::Error::other("the folder has no files"))
            } else {
                Ok(content)
            }
        });
        match content {
            Ok(content) => {
                let asset = Self::of(scope, path, content);
                scope.change_tree(|tree| {
                    let extras = tree.node_mut(scope.index).extras_mut();
                    extras.assets.push(asset.source.clone());
                });
                asset
            }
            Err(error) => {
                report(scope, path, &error);
                let missing = Content {
                    packaging: AssetPackaging::Zip,
                    hash: UNKNOWN_HASH.to_owned(),
                    files: Vec::new(),
                };
                Self::of(scope, path, missing)
            }
        }
    }

    /// Builds a file or folder and adds it to the stack of `scope`, if the app [builds assets](crate::App::build_assets).
    ///
    /// Otherwise `build` is not called, and the asset is a placeholder: it has no files, and a key `not-built-….zip` that depends on `name` only. A
    /// placeholder is listed in the asset manifest without its content, so that a deployment fails before it changes anything. Give `name` everything
    /// that distinguishes the asset from others, such as the package, the program and the processor.
    ///
    /// A finding of `build` is reported at the construct, and the asset is a placeholder then, too.
    ///
    /// ```
    /// use infra_core::assembly::FileAsset;
    /// use infra_core::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let asset = FileAsset::build(stack, "orders arm64", || unreachable!("the app builds no assets"));
    /// assert!(asset.is_placeholder());
    /// assert!(asset.object_key().starts_with("not-built-"));
    /// ```
    #[track_caller]
    pub fn build<'app>(
        scope: impl Construct<'app>,
        name: &str,
        build: impl FnOnce() -> Result<PathBuf, Box<Diagnostic>>,
    ) -> Self {
        let scope = scope.scope();
        if scope.app.builds_assets.get() {
            match build() {
                Ok(path) => return Self::new(scope, path),
                Err(finding) => scope.report(*finding),
            }
        }
        let asset = Self::placeholder(scope, name);
        scope.change_tree(|tree| {
            let extras = tree.node_mut(scope.index).extras_mut();
            extras.assets.push(asset.source.clone());
        });
        asset
    }

    fn placeholder(scope: Scope<'_>, name: &str) -> Self {
        let hash = to_hexadecimal(&Sha256::digest(name));
        let name = format!("{NOT_BUILT}{hash}");
        let content = Content {
            packaging: AssetPackaging::Zip,
            hash,
            files: Vec::new(),
        };
        let mut asset = Self::of(scope, Path::new(""), content);
        asset.source.file = format!("{PREFIX}{name}");
        asset.source.key = format!("{name}.zip");
        asset.source.is_built = false;
        asset
    }

    fn of(scope: Scope<'_>, path: &Path, content: Content) -> Self {
        let Content {
            packaging,
            hash,
            files,
        } = content;
        let extension = match packaging {
            AssetPackaging::File => extension(path),
            AssetPackaging::Zip => String::new(),
        };
        let file = format!("{PREFIX}{hash}{extension}");
        let key = match packaging {
            AssetPackaging::File => format!("{hash}{extension}"),
            AssetPackaging::Zip => format!("{hash}.zip"),
        };
        let bucket = scope.read_tree(|tree| asset_bucket(tree, scope.index));
        Self {
            bucket: with_placeholders(bucket),
            source: AssetSource {
                path: path.to_owned(),
                hash,
                file,
                key,
                packaging,
                is_built: true,
                image: None,
            },
            files,
        }
    }

    /// Returns the name of the bucket, with references to account and region (`Fn::Sub`).
    pub fn bucket_name(&self) -> Value<String> {
        self.bucket.clone()
    }

    /// Returns the key of the object in the bucket.
    pub fn object_key(&self) -> &str {
        &self.source.key
    }

    /// Returns the SHA-256 of the content in hexadecimal digits.
    pub fn hash(&self) -> &str {
        &self.source.hash
    }

    /// Returns `true` for an asset that has to be built and was not: see [`build`](Self::build).
    pub const fn is_placeholder(&self) -> bool {
        !self.source.is_built
    }

    /// Returns the form in which the asset is published.
    pub const fn packaging(&self) -> AssetPackaging {
        self.source.packaging
    }

    /// Returns the files, sorted by name. The list is empty if the content could not be read.
    pub fn files(&self) -> &[AssetFile] {
        &self.files
    }

    /// Returns the file with a path relative to the folder of the asset, or `None` if there is none.
    pub fn file(&self, name: &str) -> Option<&AssetFile> {
        self.files.iter().find(|file| file.name == name)
    }

    /// Returns the size of all files in bytes.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    /// Adds the metadata to a resource by which tools find the content of one of its properties: `aws:asset:path` and `aws:asset:property`.
    pub fn annotate(&self, resource: Resource<'_>, property: &'static str) {
        let scope = resource.scope();
        scope.add_metadata("aws:asset:path", self.source.file.clone());
        scope.add_metadata("aws:asset:property", property);
    }
}

/// Returns a text whose placeholders, such as `${AWS::Region}`, are replaced at deployment.
pub(super) fn with_placeholders(text: String) -> Value<String> {
    Value::from_data(if text.contains("${") {
        Expr::Sub(text.into(), Vec::new()).into()
    } else {
        text.into()
    })
}

#[track_caller]
pub(super) fn report(scope: Scope<'_>, path: &Path, error: &io::Error) {
    let shown = path.display();
    let message = match error.kind() {
        io::ErrorKind::NotFound => format!("there is no file or folder `{shown}`"),
        _ => format!("cannot read the asset `{shown}`: {error}"),
    };
    let place = std::panic::Location::caller();
    let finding = Diagnostic::new(codes::ASSET_NOT_READABLE, message);
    // A place within a library construct does not help its user, so that of the construct is reported.
    let is_library = scope.read_tree(|tree| tree.node(scope.index).shares_origin);
    let finding = if is_library {
        finding
    } else {
        finding.origin(place)
    };
    scope.report(
        finding
            .actual(shown.to_string())
            .expected("a file, or a folder with files")
            .help("build the content first; a relative path starts at the working directory of the app, and `concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/…\")` at its package"),
    );
}

/// Returns the extension of a file with its dot, or an empty string for one that is long or has special characters.
fn extension(path: &Path) -> String {
    let found = path.extension().and_then(|text| text.to_str());
    let plain = found.filter(|text| {
        text.len() <= MAX_EXTENSION && text.chars().all(|c| c.is_ascii_alphanumeric())
    });
    plain.map_or_else(String::new, |text| format!(".{text}"))
}

/// Returns `true` for names that assets have in an assembly: `asset.`, 64 hexadecimal digits and an optional extension.
pub(super) fn is_asset_name(name: &str) -> bool {
    let Some((hash, rest)) = name
        .strip_prefix(PREFIX)
        .and_then(|rest| rest.split_at_checked(UNKNOWN_HASH.len()))
    else {
        return false;
    };
    let extension = rest.is_empty() || rest.starts_with('.');
    extension
        && hash
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        && !rest.contains(['/', '\\'])
}

/// The files of an asset with their hash.
pub(super) struct Content {
    packaging: AssetPackaging,
    pub(super) hash: String,
    files: Vec<AssetFile>,
}

impl Content {
    fn read(path: &Path) -> io::Result<Self> {
        if fs::metadata(path)?.is_dir() {
            let names = list_files(path, &DockerIgnore::default())?;
            return Self::read_folder(path, names);
        }
        let name = path.file_name().unwrap_or_default();
        let names = vec![name.to_string_lossy().into_owned()];
        Self::hash(AssetPackaging::File, names, |_| path.to_owned())
    }

    /// Reads these files of a folder.
    pub(super) fn read_folder(path: &Path, names: Vec<String>) -> io::Result<Self> {
        Self::hash(AssetPackaging::Zip, names, |name| path.join(name))
    }

    fn hash(
        packaging: AssetPackaging,
        names: Vec<String>,
        place: impl Fn(&str) -> PathBuf,
    ) -> io::Result<Self> {
        let mut hash = Sha256::new();
        hash.update(packaging.as_str());
        let mut files = Vec::with_capacity(names.len());
        for name in names {
            let mut opened = File::open(place(&name))?;
            let executable = is_executable(&opened.metadata()?);
            // The name of a single file is not part of what is published.
            if packaging == AssetPackaging::Zip {
                hash.update((name.len() as u64).to_le_bytes());
                hash.update(&name);
                hash.update([u8::from(executable)]);
                hash.update(opened.metadata()?.len().to_le_bytes());
            }
            let (bytes, elf_machine) = add(&mut opened, &mut hash)?;
            files.push(AssetFile {
                name,
                executable,
                bytes,
                elf_machine,
            });
        }
        Ok(Self {
            packaging,
            hash: to_hexadecimal(&hash.finalize()),
            files,
        })
    }
}

pub(super) fn to_hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Adds the content of a file to a hash, and returns its size and the processor of an ELF file.
fn add(file: &mut File, hash: &mut Sha256) -> io::Result<(u64, Option<u16>)> {
    let mut buffer = vec![0; 64 * 1_024];
    let (mut bytes, mut machine) = (0, None);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok((bytes, machine)),
            count => {
                if bytes == 0 {
                    machine = elf_machine(&buffer[..count]);
                }
                hash.update(&buffer[..count]);
                bytes += count as u64;
            }
        }
    }
}

/// Returns the field `e_machine` of a little-endian ELF header, the form of both processors of Lambda. `None` for other files.
fn elf_machine(start: &[u8]) -> Option<u16> {
    let is_little_endian = start.get(5) == Some(&1);
    let field = start.get(18..20)?;
    (start.starts_with(b"\x7fELF") && is_little_endian)
        .then(|| u16::from_le_bytes([field[0], field[1]]))
}

/// Returns the names of the files below a folder that are not ignored, with `/` as separator, sorted as in the archive: a
/// file system returns them in any order.
pub(super) fn list_files(folder: &Path, ignore: &DockerIgnore) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    collect(folder, "", ignore, &mut Vec::new(), &mut names)?;
    names.sort();
    Ok(names)
}

/// Collects the names of files below a folder. `above` has the folders that are being read, since a symbolic link may lead
/// back to one of them.
fn collect(
    folder: &Path,
    prefix: &str,
    ignore: &DockerIgnore,
    above: &mut Vec<PathBuf>,
    found: &mut Vec<String>,
) -> io::Result<()> {
    let real = fs::canonicalize(folder)?;
    if above.contains(&real) {
        return Err(io::Error::other(format!(
            "the symbolic link `{}` leads to a folder that contains it",
            prefix.trim_end_matches('/')
        )));
    }
    above.push(real);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!("`{}` is not a name in UTF-8", entry.path().display()),
            ));
        };
        let name = format!("{prefix}{name}");
        let path = entry.path();
        // Before the metadata: a link that leads nowhere may be ignored.
        if ignore.skips_folder(&name) {
            continue;
        }
        if fs::metadata(&path)?.is_dir() {
            collect(&path, &format!("{name}/"), ignore, above, found)?;
        } else if !ignore.is_ignored(&name) {
            found.push(name);
        }
    }
    above.pop();
    Ok(())
}

/// Returns the hash of a file or folder, or `None` if it cannot be read.
pub(super) fn hash_of(path: &Path) -> Option<String> {
    Content::read(path).ok().map(|content| content.hash)
}

/// Copies an asset. Every file gets the permissions 755 or 644, so that Lambda may read it and archives do not depend on the umask.
pub(super) fn copy(source: &AssetSource, to: &Path) -> io::Result<()> {
    if source.packaging == AssetPackaging::File {
        return copy_file(&source.path, to);
    }
    fs::create_dir_all(to)?;
    let names = match &source.image {
        Some(image) => image.names.clone(),
        None => list_files(&source.path, &DockerIgnore::default())?,
    };
    for name in names {
        let target = to.join(&name);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        copy_file(&source.path.join(&name), &target)?;
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to)?;
    set_permissions(to)
}

#[cfg(unix)]
fn set_permissions(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let executable = is_executable(&fs::metadata(path)?);
    let mode = if executable { 0o755 } else { 0o644 };
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_permissions(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn is_executable(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o100 != 0
}

#[cfg(not(unix))]
fn is_executable(_metadata: &fs::Metadata) -> bool {
    false
}
