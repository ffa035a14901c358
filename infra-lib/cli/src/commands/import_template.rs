//! Implements `import-template`: converts a CloudFormation template to Rust that synthesizes to the same template.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use infra_codegen::convert::Form;
use infra_core::{Diagnostic, codes};

use super::conversion::{Converted, convert_template};
use crate::ExitCode;
use crate::failure::Failure;
use crate::session::Session;

/// Options of `import-template`.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// The template, JSON or YAML with short forms such as `!Ref`.
    file: PathBuf,

    /// The file that the source is written to. Default: standard output.
    #[arg(long, short, value_name = "FILE.rs")]
    out: Option<PathBuf>,

    /// The name of the stack. Default: derived from the name of the file.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Uses constructs of `infra-lib` for resources that a construct makes exactly, and bindings for the others.
    #[arg(long)]
    constructs: bool,

    /// Writes a whole program in place of a module.
    #[arg(long)]
    program: bool,
}

pub(crate) fn run_import_template(
    session: &mut Session<'_>,
    options: &Arguments,
) -> Result<ExitCode, Failure> {
    let form = if options.program {
        Form::Program
    } else {
        Form::Module
    };
    let Converted {
        template,
        stack,
        source,
        findings,
    } = convert_template(
        session,
        &options.file,
        options.name.as_deref(),
        form,
        options.constructs,
    )?;
    session.output.write_findings(&findings)?;
    let resources = template.resources().count();
    if options.constructs {
        session.output.write_status(&format!(
            "{} of {resources} resource{} made by constructs\n",
            source.constructs.len(),
            if resources == 1 { "" } else { "s" }
        ))?;
    }
    let Some(out) = &options.out else {
        session.output.write_data(&source.text)?;
        return Ok(ExitCode::Ok);
    };
    let out = session.directory.join(out);
    let shown_out = session.format_path(&out);
    write_new(&out, &source.text).map_err(|error| not_written(&shown_out, &error))?;
    session.output.write_status(&format!(
        "wrote `{shown_out}`: stack `{stack}` with {resources} resource{}\n",
        if resources == 1 { "" } else { "s" }
    ))?;
    if !source.features.is_empty() {
        let features: Vec<&str> = source.features.iter().map(String::as_str).collect();
        session.output.write_status(&format!(
            "required features of `{}`: {}\n",
            if options.constructs {
                "infra-lib"
            } else {
                "infra-cfn"
            },
            features.join(", ")
        ))?;
    }
    Ok(ExitCode::Ok)
}

/// Writes a new file, and fails if it exists: it may have been edited by hand.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    fs::File::create_new(path)?.write_all(text.as_bytes())
}

fn not_written(shown: &str, error: &io::Error) -> Diagnostic {
    if error.kind() == io::ErrorKind::AlreadyExists {
        return Diagnostic::new(
            codes::FILE_NOT_USABLE,
            format!("`{shown}` already exists and was not overwritten"),
        )
        .help("give another file, or remove the existing one first");
    }
    Diagnostic::new(
        codes::FILE_NOT_USABLE,
        format!("cannot write `{shown}`: {error}"),
    )
}
