//! Defines the origin of the crates that a project depends on. Each origin identifies one exact version, because anyone can publish a package under
//! an unused name.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use infra_console::contract;
use infra_core::{Diagnostic, codes};

/// Folders of the crates in a checkout.
const CRATES: &[(&str, &str)] = &[
    ("infra-lib", "infra-lib"),
    ("infra-runtime", "infra-lib/runtime"),
    ("infra-contract", "infra-lib/contract"),
    (contract::TOOL_PACKAGE, "infra-lib/cli"),
];

/// The origin of the crates.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Source {
    /// The registry, in the version of this tool.
    Registry,
    /// A commit of a git repository.
    Git { url: String, commit: String },
    /// The folder of a checkout, absolute or relative to the project.
    Checkout(PathBuf),
}

/// Manifest of this tool, which distinguishes a published package from a checkout.
const MANIFEST: &str = include_str!("../../../Cargo.toml");

impl Source {
    /// Returns the origin of this tool.
    pub(super) fn default_for_tool() -> Result<Self, Box<Diagnostic>> {
        let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
        default_source(MANIFEST, checkout.unwrap_or(Path::new("/")))
    }

    /// Checks that a checkout contains the crates, and that a registry tool is used for the registry. `directory` is the parent folder of the
    /// project.
    pub(super) fn into_checked(self, directory: &Path) -> Result<Self, Box<Diagnostic>> {
        let folder = match self {
            Self::Checkout(folder) => folder,
            Self::Git { .. } => return Ok(self),
            Self::Registry => return require_registry(MANIFEST),
        };
        if !is_checkout(&directory.join(&folder)) {
            let message = format!("`{}` is not a checkout of this library", folder.display());
            return Err(Box::new(
                Diagnostic::new(codes::FILE_NOT_USABLE, message)
                    .expected("a folder with `infra-lib/runtime/Cargo.toml`"),
            ));
        }
        // The project is one level below `directory`, so a relative path gets a `..`.
        let seen = if folder.is_absolute() {
            folder
        } else {
            Path::new("..").join(folder)
        };
        Ok(Self::Checkout(seen))
    }

    /// Returns the manifest keys of a dependency on a crate.
    pub(super) fn manifest_keys(&self, name: &str) -> String {
        match self {
            Self::Registry => format!("version = {}", quote_toml(&exact_version())),
            Self::Git { url, commit } => {
                format!("git = {}, rev = {}", quote_toml(url), quote_toml(commit))
            }
            Self::Checkout(folder) => format!("path = {}", quote_toml(&crate_path(folder, name))),
        }
    }

    /// Returns the arguments of `cargo install` that install the tool, quoted for a shell.
    pub(super) fn install_arguments(&self) -> String {
        let package = contract::TOOL_PACKAGE;
        match self {
            Self::Registry => format!("{package} --version {}", quote_toml(&exact_version())),
            Self::Git { url, commit } => {
                format!("--git {} --rev {commit} {package}", quote_shell(url))
            }
            Self::Checkout(folder) => {
                format!("--path {}", quote_shell(&crate_path(folder, package)))
            }
        }
    }

    /// Returns the README paragraph about the dependencies. `crates` lists those of this library.
    pub(super) fn describe_source(&self, crates: &str) -> String {
        match self {
            Self::Registry => format!(
                "{crates} have the exact version of the tool that created this project, {}. Change them together with the tool.",
                contract::VERSION
            ),
            Self::Git { .. } => {
                format!("{crates} come from one git commit. Change it together with the tool.")
            }
            Self::Checkout(folder) => format!(
                "{crates} are paths to the folder `{}`, which exists only on this machine. Before you share the project, \
                 replace the paths with `git = \"URL\", rev = \"COMMIT\"` in `Cargo.toml`, and use the same commit in `tool` of `infra.toml`.",
                to_slash_path(folder)
            ),
        }
    }
}

impl FromStr for Source {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "registry" {
            return Ok(Self::Registry);
        }
        if let Some(folder) = text
            .strip_prefix("path:")
            .filter(|folder| !folder.is_empty())
        {
            return Ok(Self::Checkout(PathBuf::from(folder)));
        }
        if let Some(named) = text.strip_prefix("git:") {
            let (url, commit) = named.rsplit_once('#').unwrap_or((named, ""));
            // Branches and tags can move, so only commits are accepted.
            if commit.len() != 40 || !commit.chars().all(|c| c.is_ascii_hexdigit()) {
                return Err(
                    "a git revision is a full commit ID, 40 hexadecimal digits: `git:URL#COMMIT`"
                        .to_owned(),
                );
            }
            if !url.contains("://") || url.contains(|c: char| c.is_whitespace() || c.is_control()) {
                return Err(
                    "a git repository is given as a URL, such as `https://HOST/OWNER/NAME`"
                        .to_owned(),
                );
            }
            return Ok(Self::Git {
                url: url.to_owned(),
                commit: commit.to_owned(),
            });
        }
        Err("a source is `registry`, `git:URL#COMMIT` or `path:FOLDER`".to_owned())
    }
}

/// Returns the registry for a tool that was installed from it, and an error otherwise: an unpublished version could be published by anyone.
fn require_registry(manifest: &str) -> Result<Source, Box<Diagnostic>> {
    if contract::is_packaged(manifest) {
        return Ok(Source::Registry);
    }
    let version = contract::VERSION;
    Err(Box::new(
        Diagnostic::new(
            codes::FILE_NOT_USABLE,
            format!("this tool was built from a checkout, so version {version} may not exist in the registry"),
        )
        .note("a package of that name and version could be published by anyone")
        .help("give the checkout, `--source path:FOLDER`, or a commit, `--source git:URL#COMMIT`"),
    ))
}

/// Returns the origin of a tool with this manifest, built in this checkout.
fn default_source(manifest: &str, checkout: &Path) -> Result<Source, Box<Diagnostic>> {
    if contract::is_packaged(manifest) {
        return Ok(Source::Registry);
    }
    let help = "give one: `--source git:URL#COMMIT`, or `--source path:FOLDER` with a checkout";
    let refused =
        |message: String| Box::new(Diagnostic::new(codes::FILE_NOT_USABLE, message).help(help));
    let shown = checkout.display();
    // Cargo removes old folders from its cache.
    if to_slash_path(checkout).contains("/git/checkouts/") {
        return Err(refused(format!(
            "this tool was built in `{shown}`, a cache of cargo, which a project cannot depend on"
        )));
    }
    if !is_checkout(checkout) {
        return Err(refused(format!(
            "the checkout that this tool was built from no longer exists: `{shown}`"
        )));
    }
    Ok(Source::Checkout(checkout.to_owned()))
}

fn is_checkout(folder: &Path) -> bool {
    CRATES
        .iter()
        .all(|(_, path)| folder.join(path).join("Cargo.toml").is_file())
}

fn exact_version() -> String {
    format!("={}", contract::VERSION)
}

/// Returns the folder of a crate in a checkout, separated by `/` on every system.
fn crate_path(checkout: &Path, name: &str) -> String {
    let path = CRATES.iter().find(|(known, _)| *known == name);
    let path = path.map_or(name, |(_, path)| *path);
    to_slash_path(&checkout.join(path))
}

fn to_slash_path(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Quotes a string for TOML, whose escapes include those of JSON.
pub(super) fn quote_toml(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Quotes a word for a shell.
fn quote_shell(text: &str) -> String {
    shlex::try_quote(text).map_or_else(|_| quote_toml(text), std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{MANIFEST, Source, default_source, require_registry};

    const PACKAGED: &str = "# THIS FILE IS AUTOMATICALLY GENERATED BY CARGO\n[package]\n";

    const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

    #[test]
    fn converts_sources_to_manifest_keys() {
        let git = format!("git:https://example.com/infra.git#{COMMIT}");
        let rev = format!("git = \"https://example.com/infra.git\", rev = \"{COMMIT}\"");
        let version = concat!("version = \"=", env!("CARGO_PKG_VERSION"), "\"");
        for (text, keys) in [
            ("registry", version),
            (git.as_str(), rev.as_str()),
            (
                "path:/work dir/x",
                "path = \"/work dir/x/infra-lib/runtime\"",
            ),
        ] {
            let source: Source = text.parse().unwrap();
            assert_eq!(source.manifest_keys("infra-runtime"), keys);
        }
    }

    #[test]
    fn rejects_ambiguous_sources() {
        for text in [
            "",
            "crates",
            "path:",
            "git:https://example.com/x",
            "git:https://example.com/x#main",
            "git:https://example.com/x#0123456",
            "git:x#0123456789abcdef0123456789abcdef01234567",
        ] {
            assert!(text.parse::<Source>().is_err(), "{text}");
        }
    }

    #[test]
    fn defaults_to_registry_for_packaged_tool() {
        assert_eq!(
            default_source(PACKAGED, Path::new("/nowhere")),
            Ok(Source::Registry)
        );
    }

    #[test]
    fn allows_registry_for_packaged_tool_only() {
        assert_eq!(require_registry(PACKAGED), Ok(Source::Registry));
        let refused = require_registry(MANIFEST).unwrap_err();
        assert!(refused.help.unwrap().contains("git:URL#COMMIT"));
        assert!(Source::Registry.into_checked(Path::new("/")).is_err());
    }

    #[test]
    fn uses_existing_checkout() {
        let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let expected = Source::Checkout(checkout.clone());
        assert_eq!(default_source("[package]", &checkout), Ok(expected));
        assert!(Source::default_for_tool().is_ok());
        for (folder, message) in [
            (
                "/nowhere",
                "the checkout that this tool was built from no longer exists: `/nowhere`",
            ),
            (
                "/home/me/.cargo/git/checkouts/infra/0123456",
                "this tool was built in `/home/me/.cargo/git/checkouts/infra/0123456`, a cache of cargo, which a project cannot depend on",
            ),
        ] {
            let refused = default_source("[package]", Path::new(folder)).unwrap_err();
            assert_eq!(refused.message, message);
            assert!(refused.help.unwrap().contains("--source"));
        }
    }

    #[test]
    fn resolves_relative_checkout() {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let source = Source::Checkout(PathBuf::from(".."));
        let checked = source.into_checked(&directory).unwrap();
        assert_eq!(
            checked.manifest_keys("infra-lib"),
            "path = \"../../infra-lib\""
        );
    }
}
