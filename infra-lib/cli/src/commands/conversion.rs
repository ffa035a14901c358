//! Converts a CloudFormation template to Rust, for `import-template` and `new`.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use infra_codegen::convert::{self, Form, Options, Problem, Source};
use infra_core::{Diagnostic, Place, codes};
use infra_template::{Template, comments};

use crate::failure::Failure;
use crate::session::Session;

/// A template and the program that it was converted to.
#[derive(Debug)]
pub(super) struct Converted {
    pub(super) template: Template,
    /// Construct ID of the stack.
    pub(super) stack: String,
    /// Rust program, formatted by `rustfmt` if that is installed.
    pub(super) source: Source,
}

/// Reads a template and converts it to Rust.
///
/// Without a name, the stack is named after the file. Parts of the template that no program can express are reported as findings.
pub(super) fn convert_template(
    session: &mut Session<'_>,
    file: &Path,
    name: Option<&str>,
    form: Form,
) -> Result<Converted, Failure> {
    let file = session.directory.join(file);
    let shown = session.format_path(&file);
    let text = fs::read_to_string(&file).map_err(|error| {
        Diagnostic::new(
            codes::TEMPLATE_NOT_READABLE,
            format!("cannot read `{shown}`: {error}"),
        )
    })?;
    let template = Template::parse(&text).map_err(|error| {
        let finding = Diagnostic::new(
            codes::TEMPLATE_NOT_READABLE,
            format!("`{shown}` is not a template: {}", error.message()),
        );
        match error.position() {
            Some(at) => finding.place(Place::new(&shown, at.line, at.column)),
            None => finding,
        }
    })?;
    let stack = name.map_or_else(|| stack_name(&file), str::to_owned);
    let mut wanted = Options::new(&stack, file_name(&file), form);
    wanted.comments = comments(&text);
    let mut source = convert::source(template.document(), &wanted).map_err(|problems| {
        Failure::Findings(
            problems
                .into_iter()
                .map(|problem| describe_problem(&shown, &problem))
                .collect(),
        )
    })?;
    source.text = format_rust(session, source.text)?;
    Ok(Converted {
        template,
        stack,
        source,
    })
}

/// Formats Rust with `rustfmt`; if that fails, prints the reason and returns the text unchanged.
pub(super) fn format_rust(session: &mut Session<'_>, text: String) -> Result<String, Failure> {
    match run_rustfmt(&text) {
        Ok(text) => Ok(text),
        Err(reason) => {
            let message = format!("not formatted by rustfmt: {reason}\n");
            session.output.write_status(&message)?;
            Ok(text)
        }
    }
}

fn describe_problem(file: &str, problem: &Problem) -> Diagnostic {
    let finding = Diagnostic::new(
        codes::TEMPLATE_NOT_CONVERTIBLE,
        format!("`{file}`: `{}`: {}", problem.place, problem.message),
    );
    match &problem.help {
        Some(help) => finding.help(*help),
        None => finding,
    }
}

pub(super) fn file_name(file: &Path) -> String {
    let name = file.file_name().unwrap_or(file.as_os_str());
    name.to_string_lossy().into_owned()
}

/// Derives the name of a stack from a file: `order-service.template.yaml` → `OrderService`.
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

/// Formats Rust with the `rustfmt` program, which is part of a Rust installation.
fn run_rustfmt(text: &str) -> Result<String, String> {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| error.to_string())?;
    let mut input = rustfmt
        .stdin
        .take()
        .ok_or("cannot write to its standard input")?;
    // `rustfmt` reads its whole input before it writes.
    let written = input.write_all(text.as_bytes());
    drop(input);
    let output = rustfmt
        .wait_with_output()
        .map_err(|error| error.to_string())?;
    match String::from_utf8(output.stdout) {
        Ok(formatted) if written.is_ok() && output.status.success() => Ok(formatted),
        _ => Err("it rejected the source code".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::stack_name;

    #[test]
    fn names_stack_after_file() {
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
