//! The generated file: heading, imports and function.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Map, Value as JsonValue};

use super::code::{Code, string};
use super::expression::scalar;
use super::scope::{Scope, Used, section};
use super::statement::{Ids, Statement};
use super::{Form, Options, Problem, Source};
use crate::names;

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

pub(super) fn write(
    document: &Map<String, JsonValue>,
    options: &Options,
) -> Result<Source, Vec<Problem>> {
    let mut problems = Vec::new();
    for name in [
        "Parameters",
        "Rules",
        "Mappings",
        "Conditions",
        "Resources",
        "Outputs",
    ] {
        check_section(document, name, &mut problems);
    }
    if section(document, "Resources").next().is_none() {
        problems.push(Problem::new(
            "Resources",
            "a template must have at least one resource",
        ));
    }
    if !problems.is_empty() {
        return Err(problems);
    }

    let scope = Scope::of(document, &options.comments);
    let mut ids = Ids::default();
    // The construct IDs are the logical IDs, so that paths resemble the template.
    section(document, "Resources")
        .filter(|(id, _)| *id != "Default")
        .for_each(|(id, _)| ids.reserve(id));
    let stack = stack(&scope, document, options, &mut problems);
    let parts = [
        (
            "Parameters",
            scope.parameters(document, &mut ids, &mut problems),
        ),
        (
            "Mappings",
            scope.mappings(document, &mut ids, &mut problems),
        ),
        (
            "Conditions",
            scope.conditions(document, &mut ids, &mut problems),
        ),
        ("Rules", scope.rules(document, &mut ids, &mut problems)),
        (
            "Resources",
            scope.resources(document, &mut ids, &mut problems),
        ),
        ("Outputs", scope.outputs(document, &mut ids, &mut problems)),
    ];
    if !problems.is_empty() {
        return Err(problems);
    }

    let mut body = String::new();
    stack.write(&mut body, |_| true);
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
            statement.write(&mut body, |variable| scope.is_used(variable));
        }
    }
    let used = scope.used.borrow();
    let text = file(options, document, &used, &body);
    Ok(Source {
        text,
        json: uses_json(&used),
        services: used.services.clone(),
        features: features(used.services.iter()),
    })
}

fn check_section(document: &Map<String, JsonValue>, name: &str, problems: &mut Vec<Problem>) {
    let Some(section) = document.get(name).filter(|section| !section.is_null()) else {
        return;
    };
    let Some(entries) = section.as_object() else {
        return problems.push(Problem::new(name, "a section must be a map"));
    };
    for id in entries.keys().filter(|_| name != "Resources") {
        let place = format!("{name}.{id}");
        if id.starts_with("Fn::ForEach::") {
            problems.push(Problem::for_each(place));
        } else if id.starts_with("Fn::") {
            problems.push(Problem::macro_in(place));
        } else if id.is_empty() || id.len() > 255 || !id.chars().all(|c| c.is_ascii_alphanumeric())
        {
            problems.push(Problem::new(
                place,
                "a logical ID has 1 to 255 ASCII letters and digits",
            ));
        }
    }
}

fn stack(
    scope: &Scope<'_>,
    document: &Map<String, JsonValue>,
    options: &Options,
    problems: &mut Vec<Problem>,
) -> Statement {
    let mut calls: Vec<(&str, Vec<Code>)> = Vec::new();
    if let Some(description) = document.get("Description").and_then(scalar) {
        calls.push(("description", vec![Code::text(string(&description))]));
    }
    let transforms = match document.get("Transform") {
        None | Some(JsonValue::Null) => &[][..],
        Some(JsonValue::Array(several)) => several.as_slice(),
        Some(one) => std::slice::from_ref(one),
    };
    for transform in transforms {
        match transform.as_str() {
            Some(name) => calls.push(("transform", vec![Code::text(string(name))])),
            None => problems.push(Problem::macro_in("Transform".to_owned())),
        }
    }
    for (name, content) in document
        .iter()
        .filter(|(name, _)| !SECTIONS.contains(&name.as_str()))
    {
        calls.push((
            "section",
            vec![Code::text(string(name)), scope.json(content)],
        ));
    }
    scope.core("App");
    scope.core("Stack");
    let place = vec![Code::text("app"), Code::text(string(&options.stack))];
    let code = if calls.is_empty() && options.form != Form::Project {
        Code::call("Stack::new", place)
    } else {
        scope.core("StackProps");
        let mut props = match options.form {
            Form::Project => Code::text("props"),
            Form::Module | Form::Program => Code::call("StackProps::new", vec![]),
        };
        for (method, arguments) in calls {
            props = props.method(method, arguments);
        }
        props.method("build", place)
    };
    let mut statement = Statement::binding("stack", code);
    for (key, value) in section(document, "Metadata") {
        scope.core("Construct");
        let metadata = Code::text("stack").method("scope", vec![]);
        statement.follow.push(metadata.method(
            "add_metadata",
            vec![Code::text(string(key)), scope.json(value)],
        ));
    }
    statement
}

fn file(options: &Options, document: &Map<String, JsonValue>, used: &Used, body: &str) -> String {
    let mut name = names::snake(&options.stack);
    if !name.is_ascii() || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        FALLBACK.clone_into(&mut name);
    }
    let count = section(document, "Resources").count();
    let resources = if count == 1 {
        "1 resource".to_owned()
    } else {
        format!("{count} resources")
    };
    let mut out = format!("//! The stack `{}`: {resources}, converted ", options.stack);
    let (bindings, core) = if options.form == Form::Project {
        let _ = writeln!(out, "from\n//! `{}`.", options.file);
        ("infra_lib::cfn", "infra_lib")
    } else {
        let _ = writeln!(
            out,
            "by `import-template` from\n//! `{}`.\n//!",
            options.file
        );
        out.push_str(&crates(options, used));
        ("infra_cfn", "infra_core")
    };
    out.push('\n');

    if !used.services.is_empty() {
        // `ec2`, or `ec2::{self, vpc}` with modules of property types.
        let services = used.services.iter().map(|service| {
            let modules = used.modules.iter().filter(|(of, _)| of == service);
            let mut names = vec!["self"];
            names.extend(modules.map(|(_, module)| module.as_str()));
            if names.len() == 1 {
                service.clone()
            } else {
                format!("{service}::{}", group(&names))
            }
        });
        let services: Vec<String> = services.collect();
        let services: Vec<&str> = services.iter().map(String::as_str).collect();
        let _ = writeln!(out, "use {bindings}::{};", group(&services));
    }
    if !used.intrinsics.is_empty() {
        let functions: Vec<&str> = used.intrinsics.iter().copied().collect();
        let _ = writeln!(out, "use {core}::intrinsics::{};", group(&functions));
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
    let _ = writeln!(out, "use {core}::{};", group(&names));
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
fn crates(options: &Options, used: &Used) -> String {
    let mut crates = vec!["`infra-core`".to_owned()];
    if !used.services.is_empty() {
        let features = features(used.services.iter());
        let names: Vec<String> = features.iter().map(|name| format!("`{name}`")).collect();
        let features = if names.len() == 1 {
            "feature"
        } else {
            "features"
        };
        crates.push(format!("`infra-cfn` ({features} {})", names.join(", ")));
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

/// Returns the Cargo features of the services' bindings.
fn features<'s>(services: impl Iterator<Item = &'s String>) -> BTreeSet<String> {
    services
        .map(|service| infra_schema::feature_of(service).to_owned())
        .collect()
}

fn group(names: &[&str]) -> String {
    match names {
        [only] => (*only).to_owned(),
        several => format!("{{{}}}", several.join(", ")),
    }
}
