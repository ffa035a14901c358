//! Behaviors that CloudFront rejects, and the trust of Lambda@Edge.

use super::behavior::{AllowedMethods, Behavior, FunctionEvent};
use crate::iam::{PolicyDocument, Principal, RoleRef, Statement};
use crate::us_east_1::find_wrong_region;
use crate::{Construct, Diagnostic, Scope, codes};

const PATHS: &str = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern";
const GROUPS: &str = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html";
const FUNCTIONS: &str = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-restrictions.html";

/// Service that runs functions at the edge, beside Lambda itself.
const EDGE_SERVICE: &str = "edgelambda.amazonaws.com";

/// Reports path patterns that CloudFront rejects (`INF4531`), and those that are used twice (`INF4077`).
pub(super) fn check_paths<'p>(scope: Scope<'_>, paths: impl Iterator<Item = &'p str>) {
    let mut seen: Vec<&str> = Vec::new();
    for path in paths {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "_-.*?$/~\"'@:+&".contains(c);
        if path.is_empty() || path.len() > 255 || !path.chars().all(allowed) {
            scope.report(
                Diagnostic::new(
                    codes::API_PATH,
                    format!("`{path}` is not a valid path pattern"),
                )
                .property("DistributionConfig.CacheBehaviors.PathPattern")
                .actual(path)
                .expected("up to 255 letters, digits and `_-.*?$/~\"'@:+&`, such as `/api/*`")
                .url(PATHS),
            );
        }
        let repeated = seen.contains(&path) || path == "*" || path == "/*";
        if repeated {
            let default = !seen.contains(&path);
            let message = if default {
                format!("the path pattern `{path}` is that of the default behavior")
            } else {
                format!("two behaviors have the path pattern `{path}`")
            };
            scope.report(
                Diagnostic::new(codes::DUPLICATE_PATH_PATTERN, message)
                    .property("DistributionConfig.CacheBehaviors.PathPattern")
                    .actual(path)
                    .help(if default {
                        "set it with `.default_behavior(…)`"
                    } else {
                        "remove one of them; CloudFront takes the first behavior that matches"
                    })
                    .url(PATHS),
            );
        }
        seen.push(path);
    }
}

/// Reports a behavior whose origin or functions CloudFront rejects (`INF4072`, `INF4073`).
pub(super) fn check_behavior(scope: Scope<'_>, behavior: &Behavior<'_>) {
    if behavior.origin.is_group() && behavior.methods == AllowedMethods::All {
        scope.report(
            group_finding("a group of origins does not accept all methods")
                .property("AllowedMethods")
                .actual("GET, HEAD, OPTIONS, PUT, PATCH, POST, DELETE")
                .expected("GET, HEAD and OPTIONS")
                .help("use `AllowedMethods::ReadAndOptions`, or an origin outside a group"),
        );
    }
    if behavior.origin.has_nested_group() {
        scope.report(
            group_finding("a group of origins contains a group")
                .property("OriginGroups")
                .help("put single origins into the group"),
        );
    }
    check_functions(scope, behavior);
}

fn group_finding(message: &str) -> Diagnostic {
    Diagnostic::new(codes::ORIGIN_GROUP, message).url(GROUPS)
}

fn check_functions(scope: Scope<'_>, behavior: &Behavior<'_>) {
    let report = |event: FunctionEvent, message: String, help: &str| {
        scope.report(
            Diagnostic::new(codes::EDGE_FUNCTION_EVENT, message)
                .property("FunctionAssociations")
                .actual(event.as_str())
                .help(help)
                .url(FUNCTIONS),
        );
    };
    let functions: Vec<FunctionEvent> =
        behavior.functions.iter().map(|(event, _)| *event).collect();
    let edge: Vec<FunctionEvent> = behavior
        .edge_functions
        .iter()
        .map(|(event, _)| *event)
        .collect();
    for list in [&functions, &edge] {
        for (index, event) in list.iter().enumerate() {
            if list[..index].contains(event) {
                let message = format!("a behavior has two functions for `{}`", event.as_str());
                report(*event, message, "put the code into one function");
            }
        }
    }
    for event in functions.iter().filter(|event| !event.is_viewer()) {
        let message = format!("functions of CloudFront do not run on `{}`", event.as_str());
        report(
            *event,
            message,
            "use a version of a Lambda function with `.edge_function(…)`",
        );
    }
    let viewer = |list: &[FunctionEvent]| list.iter().copied().find(|event| event.is_viewer());
    if let (Some(event), Some(_)) = (viewer(&functions), viewer(&edge)) {
        report(
            event,
            "a behavior has a function of CloudFront and Lambda@Edge for events of viewers"
                .to_owned(),
            "use the same kind of function for requests and responses of viewers",
        );
    }
}

/// Lets Lambda@Edge assume the roles of the functions of a behavior; reports functions outside `us-east-1` (`INF4074`).
pub(super) fn allow_edge_functions(scope: Scope<'_>, behavior: &Behavior<'_>) {
    for (_, version) in &behavior.edge_functions {
        let function = version.function();
        let region = function
            .scope()
            .stack()
            .and_then(|stack| stack.environment().region);
        let found = find_wrong_region(
            codes::EDGE_FUNCTION_REGION,
            "the function",
            "CloudFront copies functions",
            region.as_deref(),
        );
        if let Some(found) = found {
            scope.report(
                found
                    .property("LambdaFunctionAssociations")
                    .related("the function is created here", function.scope().origin())
                    .help("create the function in a stack in us-east-1; the distribution can remain in its stack")
                    .url(FUNCTIONS),
            );
        }
        if let RoleRef::Own(role) = function.role() {
            let trusted = role
                .cfn()
                .prop("AssumeRolePolicyDocument")
                .is_some_and(|document| format!("{document:?}").contains(EDGE_SERVICE));
            if !trusted {
                let statement = Statement::allow()
                    .principal(Principal::service(EDGE_SERVICE))
                    .action("sts:AssumeRole");
                PolicyDocument::add_to(*role.cfn(), "AssumeRolePolicyDocument", statement);
            }
        }
    }
}
