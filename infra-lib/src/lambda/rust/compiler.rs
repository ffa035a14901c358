//! Chooses among the installed programs the one that compiles for Lambda.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::super::architecture::Architecture;
use super::workspace::WithHelp as _;
use super::{RustProgram, not_buildable};
use crate::core::Diagnostic;

/// Version of glibc in Amazon Linux 2023. A program that was linked with a newer one may not start there.
const GLIBC: (u32, u32) = (2, 34);

/// Command that compiles a program for Lambda.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Compiler {
    /// `cargo lambda build`, which brings its own linker.
    CargoLambda,
    /// `cargo zigbuild`, for a target with the version of glibc.
    Zigbuild {
        /// Target with the version of glibc.
        target: String,
    },
    /// `cargo build`.
    Cargo {
        /// Target triple.
        target: String,
        /// Linker for a foreign processor.
        linker: Option<&'static str>,
    },
}

/// Compilers, targets and libraries that are installed on the machine that synthesizes.
#[derive(Clone, Debug, Default)]
pub(super) struct Machine {
    pub(super) cargo_lambda: bool,
    pub(super) zigbuild: bool,
    /// Target triples whose standard library is installed.
    pub(super) targets: Vec<String>,
    /// Processor of a machine that runs Linux, as in a target triple; `None` for other systems.
    pub(super) linux: Option<&'static str>,
    /// Version of glibc.
    pub(super) glibc: Option<(u32, u32)>,
}

impl Machine {
    /// Looks up what is installed.
    pub(super) fn detect() -> Self {
        Self {
            cargo_lambda: is_installed("cargo-lambda"),
            zigbuild: is_installed("cargo-zigbuild"),
            targets: installed_targets(),
            linux: (env::consts::OS == "linux").then_some(env::consts::ARCH),
            glibc: glibc_version(),
        }
    }
}

fn is_installed(program: &str) -> bool {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH").unwrap_or_default();
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    // Cargo looks there for subcommands, too.
    let home = home.or_else(|| env::home_dir().map(|folder| folder.join(".cargo")));
    env::split_paths(&path)
        .chain(home.map(|folder| folder.join("bin")))
        .any(|folder| folder.join(&file).is_file())
}

fn installed_targets() -> Vec<String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let answer = read_output(Command::new(rustc).args(["--print", "sysroot"]));
    let Some(sysroot) = answer else {
        return Vec::new();
    };
    let folder = Path::new(sysroot.trim()).join("lib/rustlib");
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let complete = entries.filter(|entry| entry.path().join("lib").is_dir());
    complete
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect()
}

fn glibc_version() -> Option<(u32, u32)> {
    let answer = read_output(Command::new("getconf").arg("GNU_LIBC_VERSION"))?;
    parse_glibc(&answer)
}

/// Parses `glibc 2.36`.
pub(super) fn parse_glibc(text: &str) -> Option<(u32, u32)> {
    let version = text.trim().strip_prefix("glibc ")?;
    let (major, minor) = version.split_once('.')?;
    let minor = minor.split('.').next()?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

fn read_output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Returns the compiler for a processor, or a finding that names the commands that install one.
pub(super) fn choose_compiler(
    program: &RustProgram,
    architecture: Architecture,
    machine: &Machine,
) -> Result<Compiler, Box<Diagnostic>> {
    if machine.cargo_lambda {
        return Ok(Compiler::CargoLambda);
    }
    let processor = match architecture {
        Architecture::Arm64 => "aarch64",
        Architecture::X86_64 => "x86_64",
    };
    let gnu = format!("{processor}-unknown-linux-gnu");
    let musl = format!("{processor}-unknown-linux-musl");
    let has = |target: &String| machine.targets.contains(target);
    if machine.zigbuild && has(&gnu) {
        let (major, minor) = GLIBC;
        let target = format!("{gnu}.{major}.{minor}");
        return Ok(Compiler::Zigbuild { target });
    }
    let is_native = machine.linux == Some(processor);
    if has(&musl) {
        // The linker of Rust links programs without C code for any processor.
        let linker = (!is_native).then_some("rust-lld");
        return Ok(Compiler::Cargo {
            target: musl,
            linker,
        });
    }
    if is_native && has(&gnu) && machine.glibc.is_some_and(|version| version <= GLIBC) {
        return Ok(Compiler::Cargo {
            target: gnu,
            linker: None,
        });
    }
    let mut finding = *not_buildable(
        program,
        format!("no compiler for {} is installed", architecture.as_str()),
    );
    if machine.zigbuild {
        finding = finding.note(format!(
            "`cargo zigbuild` is installed, but not the standard library of `{gnu}`"
        ));
    } else if is_native && let Some((major, minor)) = machine.glibc {
        finding = finding.note(format!(
            "this machine has glibc {major}.{minor}, and Amazon Linux 2023 has {}.{}: programs built here may not start there",
            GLIBC.0, GLIBC.1
        ));
    }
    let command = if machine.zigbuild {
        format!("`rustup target add {gnu}`")
    } else {
        format!(
            "`rustup target add {musl}`, or for programs with C code `pip install cargo-lambda`"
        )
    };
    Err(Box::new(finding).with_help(&format!("install one: {command}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::render;

    fn machine(targets: &[&str]) -> Machine {
        Machine {
            targets: targets.iter().map(|&target| target.to_owned()).collect(),
            linux: Some("x86_64"),
            glibc: Some((2, 34)),
            ..Machine::default()
        }
    }

    fn choose(machine: &Machine, architecture: Architecture) -> Result<Compiler, Box<Diagnostic>> {
        choose_compiler(&RustProgram::package("orders"), architecture, machine)
    }

    fn cargo(target: &str, linker: Option<&'static str>) -> Compiler {
        Compiler::Cargo {
            target: target.to_owned(),
            linker,
        }
    }

    #[test]
    fn prefers_cargo_lambda() {
        let machine = Machine {
            cargo_lambda: true,
            zigbuild: true,
            ..machine(&["aarch64-unknown-linux-gnu", "aarch64-unknown-linux-musl"])
        };
        let chosen = choose(&machine, Architecture::Arm64);
        assert_eq!(chosen.unwrap(), Compiler::CargoLambda);
    }

    #[test]
    fn links_against_glibc_of_lambda_with_zigbuild() {
        let machine = Machine {
            zigbuild: true,
            ..machine(&["aarch64-unknown-linux-gnu", "aarch64-unknown-linux-musl"])
        };
        let target = "aarch64-unknown-linux-gnu.2.34".to_owned();
        let chosen = choose(&machine, Architecture::Arm64);
        assert_eq!(chosen.unwrap(), Compiler::Zigbuild { target });
    }

    #[test]
    fn uses_musl_without_other_tools() {
        let machine = machine(&["x86_64-unknown-linux-gnu", "x86_64-unknown-linux-musl"]);
        let chosen = choose(&machine, Architecture::X86_64);
        assert_eq!(chosen.unwrap(), cargo("x86_64-unknown-linux-musl", None));
    }

    #[test]
    fn links_for_foreign_processor_with_linker_of_rust() {
        let machine = machine(&["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-musl"]);
        let chosen = choose(&machine, Architecture::Arm64);
        let expected = cargo("aarch64-unknown-linux-musl", Some("rust-lld"));
        assert_eq!(chosen.unwrap(), expected);
    }

    #[test]
    fn uses_glibc_of_machine_only_up_to_that_of_lambda() {
        let mut machine = machine(&["x86_64-unknown-linux-gnu"]);
        let chosen = choose(&machine, Architecture::X86_64);
        assert_eq!(chosen.unwrap(), cargo("x86_64-unknown-linux-gnu", None));
        machine.glibc = Some((2, 35));
        let finding = choose(&machine, Architecture::X86_64).unwrap_err();
        assert!(render(&finding).contains("no compiler for x86_64 is installed"));
        assert!(render(&finding).contains("glibc 2.35"));
    }

    #[test]
    fn names_command_that_installs_missing_target() {
        let without = choose(&machine(&[]), Architecture::Arm64).unwrap_err();
        assert!(render(&without).contains("`rustup target add aarch64-unknown-linux-musl`"));
        let zigbuild = Machine {
            zigbuild: true,
            ..machine(&[])
        };
        let without = choose(&zigbuild, Architecture::Arm64).unwrap_err();
        assert!(render(&without).contains("`rustup target add aarch64-unknown-linux-gnu`"));
    }

    #[test]
    fn parses_version_of_glibc() {
        assert_eq!(parse_glibc("glibc 2.36\n"), Some((2, 36)));
        assert_eq!(parse_glibc("glibc 2.34.1"), Some((2, 34)));
        assert_eq!(parse_glibc("musl 1.2"), None);
    }
}
