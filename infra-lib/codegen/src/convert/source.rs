//! The generated file: heading, imports and function.

use infra_schema::rust_names;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::{Map, Value as JsonValue};

use super::code::{Code, comment_text, string_literal};
use super::expression::scalar_text;
use super::scope::{Scope, Used, item_name, section_entries};
use super::statement::{Ids, Statement};
use super::{Form, Options, Problem, Source};

/// Sections of a template with their own conversion.
const SECTIONS: [&str; 10] = [
    "AWSTemplateFormatVersion",
    "Description",
    "Transform",
    "Metadata",
    "Parameters",
    "Rules",
    "Mappings",
    "Conditions",
    "Resources",
    "Outputs",
];

/// Name of the function if the name of the stack has no letters.
const FALLBACK: &str = "template";

pub(super) fn convert_template(
    document: &Map<String, JsonValue>,
    options: &Options,
) -> Result<Source, Vec<Problem>> {
    check_resources(document).map_err(|problem| vec![problem])?;

    let scope = Scope::from_document(document, &options.comments, options.constructs);
    let mut problems = scope.kept.problems(document);
    let mut ids = Ids::default();
    // The construct IDs are the logical IDs, so that paths resemble the template.
    scope
        .typed_entries(document, "Resources")
        .filter(|(id, _)| *id != "Default")
        .for_each(|(id, _)| ids.reserve_id(scope.plan.construct_id(id).unwrap_or(id)));
    let stack = build_stack_statement(&scope, document, options, &mut problems);
    let parts = [
        ("Parameters", scope.convert_parameters(document, &mut ids)),
        ("Mappings", scope.convert_mappings(document, &mut ids)),
        (
            "Conditions",
            scope.convert_conditions(document, &mut ids, &mut problems),
        ),
        ("Rules", scope.convert_rules(document, &mut ids)),
        (
            "Resources",
            scope.convert_resources(document, &mut ids, &mut problems),
        ),
        ("Outputs", scope.convert_outputs(document, &mut ids)),
    ];

    let mut body = String::new();
    stack.write_to(&mut body, |_| true);
    let several = parts
        .iter()
        .filter(|(_, statements)| !statements.is_empty())
        .count()
        > 1;
    for (name, statements) in &parts {
        if statements.is_empty() {
            continue;
        }
        body.push('\n');
        if several {
            let _ = writeln!(body, "    // {name}");
        }
        let long =
            |statement: &Statement| !statement.follow.is_empty() || statement.comment.is_some();
        for (at, statement) in statements.iter().enumerate() {
            // Separates a comment of the template from the heading.
            let own = several && statement.comment.is_some();
            if at == 0 && own || at > 0 && (*name == "Resources" || long(statement)) {
                body.push('\n');
            }
            statement.write_to(&mut body, |variable| scope.is_used(variable));
        }
    }
    let used = scope.used.borrow();
    let text = render_file(options, document, &used, &body);
    Ok(Source {
        text,
        kept: problems,
        json: uses_json(&used),
        constructs: scope.plan.constructs(),
        services: used.services.clone(),
        features: features(&used),
    })
}

/// Rejects a template that has no resources and no macro that could make them.
fn check_resources(document: &Map<String, JsonValue>) -> Result<(), Problem> {
    match document.get("Resources") {
        Some(JsonValue::Object(entries)) if !entries.is_empty() => Ok(()),
        None | Some(JsonValue::Null | JsonValue::Object(_))
            if document.contains_key("Transform") || document.contains_key("Fn::Transform") =>
        {
            Ok(())
        }
        None | Some(JsonValue::Null | JsonValue::Object(_)) => Err(Problem::new(
            "Resources",
            "a template must have at least one resource",
        )),
        Some(_) => Err(Problem::new("Resources", "the section must be a map")),
    }
}

fn build_stack_statement(
    scope: &Scope<'_>,
    document: &Map<String, JsonValue>,
    options: &Options,
    problems: &mut Vec<Problem>,
) -> Statement {
    let mut calls: Vec<(&str, Vec<Code>)> = Vec::new();
    let text = |text: &str| Code::from_text(string_literal(text));
    if let Some(description) = document.get("Description").and_then(scalar_text) {
        calls.push(("description", vec![text(&description)]));
    }
    if let Some(names) = document.get("Transform").and_then(transform_names) {
        calls.extend(names.map(|name| ("transform", vec![text(name)])));
    }
    for (name, content) in document
        .iter()
        .filter(|(name, content)| !content.is_null() && !is_converted(name, content))
    {
        if SECTIONS.contains(&name.as_str()) && name != "Transform" {
            problems.push(Problem::new(
                name,
                "the section does not have the usual form",
            ));
        }
        calls.push(("section", vec![text(name), scope.json_code(content)]));
    }
    scope.use_core("App");
    scope.use_core("Stack");
    let place = vec![
        Code::from_text("app"),
        Code::from_text(string_literal(&options.stack)),
    ];
    let code = if calls.is_empty() && options.form != Form::Project {
        Code::new_call("Stack::new", place)
    } else {
        scope.use_core("StackProps");
        let mut props = match options.form {
            Form::Project => Code::from_text("props"),
            Form::Module | Form::Program => Code::new_call("StackProps::new", vec![]),
        };
        for (method, arguments) in calls {
            props = props.call_method(method, arguments);
        }
        props.call_method("build", place)
    };
    let mut statement = Statement::with_binding("stack", code);
    for (key, value) in section_entries(document, "Metadata") {
        scope.use_core("Construct");
        let metadata = Code::from_text("stack").call_method("scope", vec![]);
        statement.follow.push(metadata.call_method(
            "add_metadata",
            vec![Code::from_text(string_literal(key)), scope.json_code(value)],
        ));
    }
    statement
}

/// Returns `true` for a section that constructs or properties of the stack express.
fn is_converted(name: &str, content: &JsonValue) -> bool {
    match name {
        "AWSTemplateFormatVersion" => true,
        "Description" => scalar_text(content).is_some(),
        "Transform" => transform_names(content).is_some(),
        _ => SECTIONS.contains(&name) && content.is_object(),
    }
}

/// Returns the names of macros, or `None` if one of them has parameters.
fn transform_names(content: &JsonValue) -> Option<impl Iterator<Item = &str>> {
    let items = match content {
        JsonValue::Array(several) => several.as_slice(),
        one => std::slice::from_ref(one),
    };
    let is_plain = items.iter().all(JsonValue::is_string);
    is_plain.then(|| items.iter().filter_map(JsonValue::as_str))
}

fn render_file(
    options: &Options,
    document: &Map<String, JsonValue>,
    used: &Used,
    body: &str,
) -> String {
    let mut name = rust_names::to_snake_case(&options.stack);
    if !name.is_ascii() || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        FALLBACK.clone_into(&mut name);
    }
    let count = section_entries(document, "Resources").count();
    let resources = if count == 1 {
        "1 resource".to_owned()
    } else {
        format!("{count} resources")
    };
    let mut out = format!(
        "//! The stack `{}`: {resources}, converted ",
        comment_text(&options.stack)
    );
    let (bindings, core) = if options.form == Form::Project {
        let _ = writeln!(out, "from\n//! `{}`.", comment_text(&options.file));
        ("infra_lib::cfn", "infra_lib")
    } else if options.constructs {
        let _ = writeln!(
            out,
            "by `import-template` from\n//! `{}`.\n//!",
            comment_text(&options.file)
        );
        out.push_str(&describe_crates(options, used));
        ("infra_lib::cfn", "infra_lib")
    } else {
        let _ = writeln!(
            out,
            "by `import-template` from\n//! `{}`.\n//!",
            comment_text(&options.file)
        );
        out.push_str(&describe_crates(options, used));
        ("infra_cfn", "infra_core")
    };
    out.push('\n');

    if !used.services.is_empty() {
        // `ec2`, or `ec2::{self, vpc}` with modules of property types.
        let services = used.services.iter().map(|service| {
            let modules = used.modules.iter().filter(|(of, _)| of == service);
            let mut names = Vec::new();
            if used.named_services.contains(service) {
                names.push("self");
            }
            names.extend(modules.map(|(_, module)| module.as_str()));
            match names[..] {
                ["self"] => service.clone(),
                _ => format!("{service}::{}", format_use_group(&names)),
            }
        });
        let services: Vec<String> = services.collect();
        let services: Vec<&str> = services.iter().map(String::as_str).collect();
        let _ = writeln!(out, "use {bindings}::{};", format_use_group(&services));
    }
    out.push_str(&import_items(used));
    if !used.intrinsics.is_empty() {
        let functions: Vec<&str> = used.intrinsics.iter().copied().collect();
        let _ = writeln!(
            out,
            "use {core}::intrinsics::{};",
            format_use_group(&functions)
        );
    }
    // The trait is used for its methods only.
    let names = used.core.iter().map(|name| {
        if *name == "Construct" {
            "Construct as _"
        } else {
            name
        }
    });
    let names: Vec<&str> = names.collect();
    let _ = writeln!(out, "use {core}::{};", format_use_group(&names));
    if used.json {
        out.push_str("use serde_json::json;\n");
    }
    out.push('\n');
    if options.form == Form::Program {
        let _ = write!(
            out,
            "fn main() -> std::process::ExitCode {{\n    infra_runtime::run_simple(|app: &App| {{\n        {name}(app);\n    }})\n}}\n\n"
        );
    }
    let signature = if options.form == Form::Project {
        "build(app: &App, props: StackProps)".to_owned()
    } else {
        format!("{name}(app: &App)")
    };
    let _ = write!(
        out,
        "/// Adds the stack to the app.\npub fn {signature} -> Stack<'_> {{\n{body}\n    stack\n}}\n"
    );
    if used.raw {
        out.push_str(
            "\n/// A value that the bindings have no type for, as the template has it.\n\
             fn raw<T>(json: serde_json::Value) -> Value<T> {\n    Value::from_data(json.into())\n}\n",
        );
    }
    if used.from_text {
        out.push_str(
            "\n/// JSON that is too large for the `json!` macro.\n\
             fn from_text(text: &str) -> serde_json::Value {\n    serde_json::from_str(text).expect(\"the JSON is written out here\")\n}\n",
        );
    }
    out
}

/// Returns the line with the required crates, without versions, which belong to the manifest.
fn describe_crates(options: &Options, used: &Used) -> String {
    let mut crates = Vec::new();
    if !options.constructs {
        crates.push("`infra-core`".to_owned());
    }
    let features = features(used);
    if !features.is_empty() || options.constructs {
        let names: Vec<String> = features.iter().map(|name| format!("`{name}`")).collect();
        let listed = match names.len() {
            0 => String::new(),
            1 => format!(" (feature {})", names[0]),
            _ => format!(" (features {})", names.join(", ")),
        };
        let name = if options.constructs {
            "infra-lib"
        } else {
            "infra-cfn"
        };
        crates.push(format!("`{name}`{listed}"));
    }
    if options.form == Form::Program {
        crates.push("`infra-runtime`".to_owned());
    }
    if uses_json(used) {
        crates.push("`serde_json`".to_owned());
    }
    format!("//! Crates: {}.\n", crates.join(", "))
}

fn uses_json(used: &Used) -> bool {
    used.json || used.raw || used.from_text
}

/// Returns the Cargo features of the bindings and constructs.
fn features(used: &Used) -> BTreeSet<String> {
    let bindings = used.services.iter().map(String::as_str);
    let constructs = used.items.iter().map(|(service, _)| *service);
    bindings
        .chain(constructs)
        .map(|service| infra_schema::feature_of(service).to_owned())
        .collect()
}

/// Returns the imports of constructs and of types for their setters, one line for each service.
fn import_items(used: &Used) -> String {
    let mut services: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (service, name) in &used.items {
        let local = item_name(service, name);
        services
            .entry(service)
            .or_default()
            .push(if local == *name {
                local
            } else {
                format!("{name} as {local}")
            });
    }
    let mut out = String::new();
    for (service, names) in services {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let _ = writeln!(
            out,
            "use infra_lib::{service}::{};",
            format_use_group(&names)
        );
    }
    out
}

fn format_use_group(names: &[&str]) -> String {
    match names {
        [only] => (*only).to_owned(),
        several => format!("{{{}}}", several.join(", ")),
    }
}
