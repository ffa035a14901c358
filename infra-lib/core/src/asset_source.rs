//! The source of an asset: a file, a folder or a build context of the program, with the names derived from its content.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::build_options::BuildOptions;

/// Form in which an asset is published.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum AssetPackaging {
    /// The bytes of a file.
    File,
    /// A ZIP archive of a folder, with sorted names and fixed dates.
    Zip,
}

impl AssetPackaging {
    /// Returns the name in the asset manifest: `file` or `zip`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Zip => "zip",
        }
    }
}

/// Content of an asset in the file system, and its name in the assembly.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct AssetSource {
    pub(crate) path: PathBuf,
    pub(crate) hash: String,
    /// Name in the assembly.
    pub(crate) file: String,
    /// Name of the object in the bucket.
    pub(crate) key: String,
    pub(crate) packaging: AssetPackaging,
    /// `false` for a placeholder: the asset has to be built, and was not.
    pub(crate) is_built: bool,
    /// Instructions for building an image from the folder; `None` for a file asset.
    pub(crate) image: Option<ImageSource>,
}

/// Instructions for building an image from a folder, and the files that are part of it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct ImageSource {
    /// Files of the build context, relative to the folder and sorted.
    pub(crate) names: Vec<String>,
    pub(crate) docker_file: Option<String>,
    pub(crate) target: Option<String>,
    pub(crate) build_args: BTreeMap<String, String>,
    pub(crate) platform: Option<String>,
    /// Folders of named contexts, which are copied into the assembly and not published.
    pub(crate) contexts: Vec<AssetSource>,
    pub(crate) options: BuildOptions,
}
