//! Runs Cargo and puts the program into a folder as Lambda expects it.

use std::fs;
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value as JsonValue;

use super::super::architecture::Architecture;
use super::compiler::{Compiler, Machine, choose_compiler};
use super::workspace::{self, Workspace};
use super::{RustProgram, not_buildable};
use crate::core::Diagnostic;

/// Name of the executable that Lambda starts.
const BOOTSTRAP: &str = "bootstrap";

/// Builds a program and returns the folder with the file `bootstrap`, below `lambda` in the target folder.
pub(super) fn build_program(
    program: &RustProgram,
    architecture: Architecture,
) -> Result<PathBuf, Box<Diagnostic>> {
    let workspace = workspace::find_program(program)?;
    let compiler = choose_compiler(program, architecture, &Machine::detect())?;
    let folder = workspace.target.join("lambda").join(format!(
        "{}-{}",
        program.package,
        architecture.as_str()
    ));
    let result = folder.join(&workspace.binary);
    let bootstrap = result.join(BOOTSTRAP);
    let mut command = compile_command(program, architecture, &workspace, &compiler);
    if bootstrap.is_file() {
        // The progress of the first build only.
        command.arg("--quiet");
    }
    let failed = |why: &str| not_buildable(program, why);
    if compiler == Compiler::CargoLambda {
        command.arg("--lambda-dir").arg(&folder);
        // Standard output of the app is data.
        let status = command.stdout(Stdio::null()).status();
        let status = status.map_err(|error| failed(&format!("cargo does not start: {error}")))?;
        if !status.success() {
            return Err(failed("see the errors of `cargo lambda build` above"));
        }
        return Ok(result);
    }
    let built = run_cargo(&mut command, &workspace.binary)
        .map_err(|error| failed(&format!("cargo does not start: {error}")))?;
    let Some(built) = built else {
        return Err(failed("see the errors of cargo above"));
    };
    copy_program(&built, &bootstrap)
        .map_err(|error| failed(&format!("cannot write `{}`: {error}", bootstrap.display())))?;
    Ok(result)
}

/// Returns the command of Cargo that compiles the program.
pub(super) fn compile_command(
    program: &RustProgram,
    architecture: Architecture,
    workspace: &Workspace,
    compiler: &Compiler,
) -> Command {
    let mut command = Command::new(workspace::cargo());
    match compiler {
        Compiler::CargoLambda => {
            command.args(["lambda", "build", "--output-format", "binary"]);
            command.arg(match architecture {
                Architecture::Arm64 => "--arm64",
                Architecture::X86_64 => "--x86-64",
            });
        }
        Compiler::Zigbuild { target } => {
            command.args(["zigbuild", "--target", target]);
        }
        Compiler::Cargo { target, linker } => {
            command.args(["build", "--target", target]);
            let name = target.to_uppercase().replace('-', "_");
            let variable = format!("CARGO_TARGET_{name}_LINKER");
            if let Some(linker) = linker
                && std::env::var_os(&variable).is_none()
            {
                command.env(variable, linker);
            }
        }
    }
    if *compiler != Compiler::CargoLambda {
        command.arg("--message-format=json-render-diagnostics");
    }
    if program.profile == "release" {
        command.arg("--release");
    } else {
        command.args(["--profile", &program.profile]);
    }
    command.args(["--package", &program.package, "--bin", &workspace.binary]);
    if !program.features.is_empty() {
        command.args(["--features", &program.features.join(",")]);
    }
    command.args(&workspace.manifest);
    command
}

/// Runs Cargo and returns the path of the program, or `None` if it did not build.
fn run_cargo(command: &mut Command, binary: &str) -> io::Result<Option<PathBuf>> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let mut built = None;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines() {
            built = built_program(&line?, binary).or(built);
        }
    }
    let succeeded = child.wait()?.success();
    Ok(built.filter(|_| succeeded))
}

/// Returns the path of the program in a message of Cargo.
fn built_program(line: &str, binary: &str) -> Option<PathBuf> {
    let message: JsonValue = serde_json::from_str(line).ok()?;
    let is_wanted = message["target"]["name"] == binary;
    let path = message["executable"].as_str().filter(|_| is_wanted)?;
    Some(PathBuf::from(path))
}

fn copy_program(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to)?;
    Ok(())
}
