//! Checks that the code of a function contains its handler, built for the right processor.

use super::code::BoundCode;
use super::runtime::Family;
use super::{Architecture, Runtime};
use crate::core::assembly::{AssetPackaging, FileAsset};
use crate::core::{Diagnostic, Scope, codes};

/// Name of the executable of a runtime without a language.
const BOOTSTRAP: &str = "bootstrap";

/// Reports a handler that is not in the code (`INF4902`), and an executable for another processor (`INF4906`).
///
/// Layers may contain the handler, and archives are not read; neither is checked then.
pub(super) fn check(
    scope: Scope<'_>,
    code: &BoundCode,
    runtime: &Runtime,
    handler: Option<&str>,
    architecture: Architecture,
    has_layers: bool,
) {
    if let Some(handler) = handler
        && code.is_inline
        && !handler.starts_with("index.")
    {
        let why = "inline code is the file `index`";
        scope.report(not_found(handler, "index.handler", why));
    }
    let folder = code
        .asset
        .as_ref()
        .filter(|asset| asset.packaging() == AssetPackaging::Zip && !asset.files().is_empty());
    let Some(folder) = folder else { return };
    if !has_layers {
        check_file(scope, folder, runtime, handler);
    }
    if runtime.family() == Some(Family::Provided) {
        check_processor(scope, folder, architecture);
    }
}

fn not_found(handler: &str, expected: &str, why: &str) -> Diagnostic {
    Diagnostic::new(
        codes::HANDLER_NOT_FOUND,
        format!("the code does not contain the handler `{handler}`"),
    )
    .property("Handler")
    .actual(handler)
    .expected(expected)
    .note(why)
    .url("https://docs.aws.amazon.com/lambda/latest/dg/foundation-progmodel.html")
}

/// Reports a folder without the file of the handler.
fn check_file(scope: Scope<'_>, folder: &FileAsset, runtime: &Runtime, handler: Option<&str>) {
    if runtime.family() == Some(Family::Provided) {
        let found = folder.file(BOOTSTRAP);
        // Systems without the permission cannot set it; the copy for Lambda would lack it as well.
        if found.is_none_or(|file| !file.executable) {
            let why = match found {
                None => "the folder has no file `bootstrap`",
                Some(_) => "the file `bootstrap` is not executable",
            };
            let finding = not_found(BOOTSTRAP, "an executable file `bootstrap`", why);
            scope.report(
                finding.help("`cargo lambda build --release` writes it to `target/lambda/NAME`"),
            );
        }
        return;
    }
    let endings: &[&str] = match runtime.family() {
        Some(Family::Nodejs) => &[".js", ".mjs", ".cjs"],
        Some(Family::Python) => &[".py", "/__init__.py"],
        Some(Family::Ruby) => &[".rb"],
        _ => return,
    };
    // A handler that begins with a slash is outside the code, for instance in the image of an extension.
    let Some(handler) = handler.filter(|handler| !handler.starts_with('/')) else {
        return;
    };
    let module = match runtime.family() {
        // Everything after the first dot behind the last slash is a path within the module.
        Some(Family::Nodejs) => {
            let start = handler.rfind('/').map_or(0, |at| at + 1);
            let dot = handler[start..].find('.').map(|at| start + at);
            dot.map(|dot| handler[..dot].to_owned())
        }
        Some(Family::Python) => handler
            .rsplit_once('.')
            .map(|(module, _)| module.replace('.', "/")),
        _ => handler.split_once('.').map(|(file, _)| file.to_owned()),
    };
    let module = module.map(|name| name.trim_start_matches("./").to_owned());
    let expected = match module {
        None => "FILE.FUNCTION".to_owned(),
        Some(module) => {
            let names: Vec<String> = endings.iter().map(|end| format!("{module}{end}")).collect();
            if names.iter().any(|name| folder.file(name).is_some()) {
                return;
            }
            format!("one of the files `{}`", names.join("`, `"))
        }
    };
    let why = "a handler is the path of a file in the folder, a dot and a function";
    scope.report(not_found(handler, &expected, why));
}

/// Reports an executable for another processor than that of the function.
fn check_processor(scope: Scope<'_>, folder: &FileAsset, architecture: Architecture) {
    let machine = folder.file(BOOTSTRAP).and_then(|file| file.elf_machine);
    let built_for = match machine {
        Some(183) => Architecture::Arm64,
        Some(62) => Architecture::X86_64,
        _ => return,
    };
    if built_for != architecture {
        scope.report(
            Diagnostic::new(
                codes::CODE_ARCHITECTURE,
                format!(
                    "the executable `{BOOTSTRAP}` is built for {}, and the function runs on {}",
                    built_for.as_str(),
                    architecture.as_str()
                ),
            )
            .property("Architectures")
            .actual(architecture.as_str())
            .expected(built_for.as_str())
            .help(match architecture {
                Architecture::Arm64 => "build for arm64: `cargo lambda build --release --arm64`; or set `.architecture(Architecture::X86_64)`",
                Architecture::X86_64 => "build for x86_64: `cargo lambda build --release --x86-64`; or set `.architecture(Architecture::Arm64)`",
            })
            .url("https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html"),
        );
    }
}
