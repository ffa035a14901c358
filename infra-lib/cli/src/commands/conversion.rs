//! Converts a CloudFormation template to Rust, for `import-template` and `new`.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use infra_codegen::convert::{self, Form, Options, Problem, Source};
use infra_core::{Diagnostic, Place, codes};
use infra_template::{Template, comments, read_tree};
use infra_yaml::{Node, decode_template};

use crate::failure::Failure;
use crate::session::Session;

/// A template and the program that it was converted to.
#[derive(Debug)]
pub(super) struct Converted {
    pub(super) template: Template,
    /// Construct ID of the stack.
    pub(super) stack: String,
    /// Warnings about parts of the template that the program has as data.
    pub(super) findings: Vec<Diagnostic>,
    /// Rust program, formatted by `rustfmt` if that is installed.
    pub(super) source: Source,
}

/// Reads a template and converts it to Rust.
///
/// Without a name, the stack is named after the file. A template without resources is refused; parts that no construct expresses are warnings of the
/// result. With `constructs`, constructs of `infra-lib` take the place of bindings where they make the same resources.
pub(super) fn convert_template(
    session: &mut Session<'_>,
    file: &Path,
    name: Option<&str>,
    form: Form,
    constructs: bool,
) -> Result<Converted, Failure> {
    let file = session.directory.join(file);
    let shown = session.format_path(&file);
    let bytes = fs::read(&file).map_err(|error| {
        Diagnostic::new(
            codes::TEMPLATE_NOT_READABLE,
            format!("cannot read `{shown}`: {error}"),
        )
    })?;
    let text = decode_template(&bytes);
    let parsed = text.and_then(|text| {
        let tree = read_tree(text)?;
        Ok((text, Template::from_tree(tree.clone())?, tree))
    });
    let (text, template, tree) = parsed.map_err(|error| {
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
    wanted.constructs = constructs;
    wanted.comments = comments(text);
    let mut source = convert::source(template.document(), &wanted).map_err(|problems| {
        Failure::Findings(
            problems
                .into_iter()
                .map(|problem| describe_problem(&shown, &problem))
                .collect(),
        )
    })?;
    source.text = format_rust(session, source.text)?;
    let findings = source
        .kept
        .iter()
        .map(|kept| describe_kept(&shown, kept, &tree));
    Ok(Converted {
        findings: findings.collect(),
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
    match problem.help {
        Some(help) => finding.help(help),
        None => finding,
    }
}

fn describe_kept(file: &str, kept: &Problem, tree: &Node) -> Diagnostic {
    let mut finding = Diagnostic::new(
        codes::TEMPLATE_PART_KEPT,
        format!("`{}`: {}", kept.place, kept.message),
    );
    let pointer = format!("/{}", kept.place.replace('.', "/"));
    finding = match tree.pointer(&pointer) {
        Some(found) => {
            let at = found.key_or_value_span().start;
            finding.place(Place::new(file, at.line, at.column))
        }
        None => finding.note(format!("in `{file}`")),
    };
    match kept.help {
        Some(help) => finding.help(help),
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
