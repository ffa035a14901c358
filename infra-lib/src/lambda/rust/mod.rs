//! [`RustProgram`], a program in Rust that Cargo builds for Lambda.

mod build;
mod compiler;
mod workspace;

use std::path::{Path, PathBuf};

use super::architecture::Architecture;
use crate::core::assembly::FileAsset;
use crate::core::{Diagnostic, Scope, codes};

/// A program in Rust, which Cargo builds for Lambda at synthesis.
///
/// The package is one of the workspace to which the app belongs. Cargo compiles it in the release profile, in the target folder of that workspace, and
/// skips crates that have not changed. The program is built by the first of these that is installed:
///
/// 1. [cargo-lambda](https://www.cargo-lambda.info),
/// 2. [cargo-zigbuild](https://github.com/rust-cross/cargo-zigbuild), with the standard library of the target,
/// 3. Cargo, with the standard library of `aarch64-unknown-linux-musl` or `x86_64-unknown-linux-musl`; or for the processor of a machine whose glibc is
///    not newer than the 2.34 of Amazon Linux 2023.
///
/// Only the command `synth`, and commands that synthesize in order to deploy or compare, build programs. Everything else, such as `ls`, `validate` and
/// tests, uses a placeholder, which cannot be deployed. A program that cannot be built is reported (`INF4911`).
///
/// ```
/// use infra_lib::lambda::{Code, RustProgram};
///
/// let code = Code::rust(RustProgram::package("orders").binary("worker").feature("kinesis"));
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RustProgram {
    package: String,
    binary: Option<String>,
    manifest: Option<PathBuf>,
    features: Vec<String>,
    profile: String,
}

impl RustProgram {
    /// Names the package that contains the program.
    pub fn package(name: impl Into<String>) -> Self {
        Self {
            package: name.into(),
            binary: None,
            manifest: None,
            features: Vec::new(),
            profile: "release".to_owned(),
        }
    }

    /// Sets the binary of the package. Default: the value of `default-run`, else the binary with the name of the package, else the only one.
    #[must_use]
    pub fn binary(mut self, name: impl Into<String>) -> Self {
        self.binary = Some(name.into());
        self
    }

    /// Sets the path of a `Cargo.toml` in the workspace of the package. Default: that of the app while Cargo runs it, else the one that Cargo finds
    /// from the working folder.
    ///
    /// ```
    /// # use infra_lib::lambda::RustProgram;
    /// RustProgram::package("orders").manifest(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
    /// ```
    #[must_use]
    pub fn manifest(mut self, path: impl AsRef<Path>) -> Self {
        self.manifest = Some(path.as_ref().to_owned());
        self
    }

    /// Enables a feature of the package.
    #[must_use]
    pub fn feature(mut self, name: impl Into<String>) -> Self {
        self.features.push(name.into());
        self
    }

    /// Sets the profile of Cargo. Default: `release`.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = name.into();
        self
    }

    /// Adds the program to the stack as an asset, which is built if the app builds assets.
    pub(super) fn bind(&self, scope: Scope<'_>, architecture: Architecture) -> FileAsset {
        let binary = self.binary.as_deref().unwrap_or_default();
        let name = format!("{} {binary} {}", self.package, architecture.as_str());
        FileAsset::build(scope, &name, || build::build_program(self, architecture))
    }
}

/// Creates the finding for a program that cannot be built.
fn not_buildable(program: &RustProgram, why: impl Into<String>) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::new(
            codes::FUNCTION_BUILD,
            format!(
                "cannot build the package `{}` for Lambda: {}",
                program.package,
                why.into()
            ),
        )
        .property("Code")
        .url("https://docs.aws.amazon.com/lambda/latest/dg/lambda-rust.html"),
    )
}
