//! `import-template`: a CloudFormation template as Rust source that synthesizes to it.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use infra_codegen::convert::{self, Form, Options, Problem};
use infra_core::{Diagnostic, codes};
use infra_template::{Template, comments};

use crate::ExitCode;
use crate::failure::Failure;
use crate::session::Session;

/// What `import-template` is told.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// The template, JSON or YAML with short forms such as `!Ref`.
    file: PathBuf,

    /// Where the source is written. Default: it is printed.
    #[arg(long, short, value_name = "FILE.rs")]
    out: Option<PathBuf>,

    /// The name of the stack. Default: that of the file.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Writes a whole program in place of a module.
    #[arg(long)]
    program: bool,
}

pub(crate) fn run(session: &mut Session<'_>, options: &Arguments) -> Result<ExitCode, Failure> {
    let file = session.directory.join(&options.file);
    let shown = session.show(&file);
    let text = fs::read_to_string(&file).map_err(|error| {
        Diagnostic::new(
            codes::TEMPLATE_NOT_READABLE,
            format!("cannot read `{shown}`: {error}"),
        )
    })?;
    let template = Template::parse(&text).map_err(|error| {
        Diagnostic::new(
            codes::TEMPLATE_NOT_READABLE,
            format!("`{shown}` is not a template: {error}"),
        )
    })?;
    let stack = match &options.name {
        Some(name) => name.clone(),
        None => stack_name(&file),
    };
    let wanted = Options {
        stack: stack.clone(),
        file: file_name(&file),
        form: if options.program {
            Form::Program
        } else {
            Form::Module
        },
        comments: comments(&text),
    };
    let source = convert::source(template.document(), &wanted).map_err(|problems| {
        Failure::Findings(
            problems
                .into_iter()
                .map(|problem| finding(&shown, &problem))
                .collect(),
        )
    })?;
    let text = match formatted(&source.text) {
        Ok(text) => text,
        Err(reason) => {
            session
                .output
                .talk(&format!("not formatted by rustfmt: {reason}\n"))?;
            source.text
        }
    };
    let Some(out) = &options.out else {
        session.output.data(&text)?;
        return Ok(ExitCode::Ok);
    };
    let out = session.directory.join(out);
    let shown_out = session.show(&out);
    write_new(&out, &text).map_err(|error| not_written(&shown_out, &error))?;
    let resources = template.resources().count();
    session.output.talk(&format!(
        "wrote `{shown_out}`: stack `{stack}` with {resources} resource{}\n",
        if resources == 1 { "" } else { "s" }
    ))?;
    if !source.services.is_empty() {
        let services: Vec<String> = source
            .services
            .iter()
            .map(|service| format!("{service:?}"))
            .collect();
        session.output.talk(&format!(
            "features of `infra-cfn` that it needs: {}\n",
            services.join(", ")
        ))?;
    }
    Ok(ExitCode::Ok)
}

fn finding(file: &str, problem: &Problem) -> Diagnostic {
    let finding = Diagnostic::new(
        codes::TEMPLATE_NOT_CONVERTIBLE,
        format!("`{file}`: `{}`: {}", problem.place, problem.message),
    );
    match &problem.help {
        Some(help) => finding.help(*help),
        None => finding,
    }
}

/// Writes a file that is not there yet: what somebody changed by hand since is not overwritten.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    fs::File::create_new(path)?.write_all(text.as_bytes())
}

fn not_written(shown: &str, error: &io::Error) -> Diagnostic {
    if error.kind() == io::ErrorKind::AlreadyExists {
        return Diagnostic::new(
            codes::FILE_NOT_USABLE,
            format!("`{shown}` exists already and is not overwritten"),
        )
        .help("give another file, or remove it first");
    }
    Diagnostic::new(
        codes::FILE_NOT_USABLE,
        format!("cannot write `{shown}`: {error}"),
    )
}

fn file_name(file: &Path) -> String {
    let name = file.file_name().unwrap_or(file.as_os_str());
    name.to_string_lossy().into_owned()
}

/// `order-service.template.yaml` → `OrderService`.
fn stack_name(file: &Path) -> String {
    let name = file_name(file);
    let stem = name
        .split('.')
        .find(|part| !part.is_empty())
        .unwrap_or_default();
    let words = stem.split(|c: char| !c.is_ascii_alphanumeric());
    let name: String = words
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(letters).collect()
            })
        })
        .collect();
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name
    } else {
        format!("Stack{name}")
    }
}

/// The text as `rustfmt` has it; the program is there wherever Rust is.
fn formatted(text: &str) -> Result<String, String> {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| error.to_string())?;
    let mut input = rustfmt.stdin.take().ok_or("it takes no input")?;
    // It reads everything before it writes anything.
    let written = input.write_all(text.as_bytes());
    drop(input);
    let output = rustfmt
        .wait_with_output()
        .map_err(|error| error.to_string())?;
    match String::from_utf8(output.stdout) {
        Ok(formatted) if written.is_ok() && output.status.success() => Ok(formatted),
        _ => Err("it does not accept the source".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::stack_name;

    #[test]
    fn stacks_are_called_like_files() {
        for (file, name) in [
            ("a/order-service.template.yaml", "OrderService"),
            ("vpc.json", "Vpc"),
            ("2024_network.yml", "Stack2024Network"),
            (".yaml", "Yaml"),
        ] {
            assert_eq!(stack_name(Path::new(file)), name);
        }
    }
}
