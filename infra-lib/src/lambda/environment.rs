//! Environment variables of a function.

use crate::cfn::lambda::CfnFunction;
use crate::core::{Data, Diagnostic, Map, Scope, Value, codes};

/// Maximum size of all names and values in bytes.
const LIMIT: usize = 4_096;

const URL: &str = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html";

/// Names that Lambda sets itself and refuses in the environment of a function.
const RESERVED: &[&str] = &[
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "LAMBDA_RUNTIME_DIR",
    "LAMBDA_TASK_ROOT",
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
];

/// Sets a variable; a name that is already set is reported (`INF4904`) and overwritten.
#[track_caller]
pub(super) fn set(scope: Scope<'_>, function: CfnFunction<'_>, name: &str, value: Value<String>) {
    let mut variables = variables(function);
    if variables.get(name).is_some() {
        scope.report(
            Diagnostic::new(
                codes::FUNCTION_ENVIRONMENT,
                format!("the environment variable `{name}` is set twice"),
            )
            .origin(std::panic::Location::caller())
            .property("Environment.Variables")
            .actual(name)
            .help("set each name once"),
        );
    }
    variables.insert(name.to_owned(), value.into_data());
    function.override_prop("Environment.Variables", Data::Map(variables));
}

fn variables(function: CfnFunction<'_>) -> Map {
    match function.prop("Environment.Variables") {
        Some(Data::Map(variables)) => variables,
        _ => Map::new(),
    }
}

/// Reports names and sizes that Lambda refuses (`INF4904`). The size counts literals only.
pub(super) fn check(scope: Scope<'_>) {
    let function = scope
        .child("Resource")
        .and_then(Scope::as_resource)
        .and_then(CfnFunction::from_resource);
    let Some(function) = function else { return };
    let variables = variables(function);
    let mut bytes = 0;
    for (name, value) in variables.iter() {
        bytes += name.len() + literal_bytes(value);
        check_name(scope, name);
    }
    if bytes > LIMIT {
        scope.report(
            Diagnostic::new(
                codes::FUNCTION_ENVIRONMENT,
                "the environment of the function is too large for Lambda",
            )
            .property("Environment.Variables")
            .actual(format!("at least {bytes} bytes"))
            .expected(format!("at most {LIMIT} bytes of names and values"))
            .help("put settings into a file of the code, or into a parameter or secret that the function reads")
            .url(URL),
        );
    }
}

fn check_name(scope: Scope<'_>, name: &str) {
    let (what, expected, help) = if RESERVED.contains(&name) {
        (
            "is reserved by Lambda",
            "a name that Lambda does not set itself",
            "Lambda sets it for every function; choose another name for a value of yours",
        )
    } else if !is_name(name) {
        (
            "is not a name of an environment variable",
            "a letter, then one or more letters, digits and underscores",
            "choose another name",
        )
    } else {
        return;
    };
    scope.report(
        Diagnostic::new(codes::FUNCTION_ENVIRONMENT, format!("`{name}` {what}"))
            .property("Environment.Variables")
            .actual(name)
            .expected(expected)
            .help(help)
            .url(URL),
    );
}

/// Returns `true` for names that match the pattern of the API, `[a-zA-Z]([a-zA-Z0-9_])+`.
fn is_name(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.len() >= 2
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(allowed)
}

fn literal_bytes(data: &Data) -> usize {
    match data {
        Data::Text(text) => text.len(),
        _ => 0,
    }
}
