//! The layer of Powertools for AWS Lambda.

use super::{Architecture, Runtime};
use crate::core::{Diagnostic, Scope, Value, codes, intrinsics};

const LAYERS: &str =
    "https://docs.aws.amazon.com/powertools/python/latest/getting-started/install/";

/// Returns the version of the layer for a runtime and a processor, which CloudFormation reads from the parameter that
/// AWS publishes. Reports a runtime without a layer (`INF4978`).
pub(super) fn layer(
    scope: Scope<'_>,
    runtime: &Runtime,
    architecture: Architecture,
    version: &str,
) -> Option<Value<String>> {
    let name = runtime.as_str();
    // The names, so that runtimes that are newer than this library have their layer as well.
    let path = if name.starts_with("python") {
        format!("python/{}/{name}", architecture.as_str())
    } else if name.starts_with("nodejs") {
        // One layer for all versions of Node.js and both processors.
        "typescript/generic/all".to_owned()
    } else {
        report(scope, name);
        return None;
    };
    let parameter = format!("/aws/service/powertools/{path}/{version}");
    Some(intrinsics::dynamic_ssm(parameter))
}

fn report(scope: Scope<'_>, runtime: &str) {
    let (message, help) = if runtime.is_empty() {
        (
            "a function from a container image cannot have the layer of Powertools".to_owned(),
            "add the library to the image",
        )
    } else {
        (
            format!("AWS publishes no layer of Powertools for the runtime `{runtime}`"),
            "add the library to the code of the function; there are packages for Java and .NET",
        )
    };
    let finding = Diagnostic::new(codes::POWERTOOLS_RUNTIME, message)
        .property("Layers")
        .expected("a runtime of Python or Node.js, and code that is not an image")
        .help(help)
        .url(LAYERS);
    scope.report(if runtime.is_empty() {
        finding
    } else {
        finding.actual(runtime)
    });
}
