//! Checks of the methods of a REST API, when all of them are known.

use super::rest_api::{Authorizations, Chosen};
use crate::cfn::apigateway::CfnMethod;
use crate::core::{Construct, Data, Diagnostic, Expr, Scope, Target, codes};

/// Returns the methods of an API.
pub(super) fn find_methods(api: Scope<'_>) -> Vec<CfnMethod<'_>> {
    let resources = api.resources().into_iter();
    resources.filter_map(CfnMethod::from_resource).collect()
}

/// Mark of a method that answers preflight requests, stored with its node.
pub(super) struct Preflight;

/// Returns `true` for a method that answers preflight requests.
pub(super) fn is_preflight(method: CfnMethod<'_>) -> bool {
    let scope = method.scope().parent();
    scope.and_then(Scope::attached::<Preflight>).is_some()
}

/// Reports an API without methods (`INF4934`), public methods beside a default authorization (`INF4924`), and methods
/// whose API key no usage plan has (`INF4936`).
pub(super) fn check_methods(api: Scope<'_>) {
    let methods = find_methods(api);
    if methods.is_empty() {
        api.report(
            Diagnostic::new(codes::API_WITHOUT_METHODS, "a REST API has no methods")
                .note("API Gateway rejects the deployment of an API without methods")
                .help("add one: `api.root().add_method(HttpMethod::Get, &integration)`")
                .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html"),
        );
    }
    let authorizations = api.attached::<Authorizations>();
    let default = authorizations.as_ref().map(|all| all.default.borrow());
    let is_protected = default
        .as_ref()
        .and_then(|one| one.as_ref())
        .is_some_and(|one| !one.is_public());
    for method in &methods {
        let chosen = method.scope().parent().and_then(Scope::attached::<Chosen>);
        if is_protected && chosen.is_some_and(|chosen| chosen.0.is_public()) {
            method.scope().report(
                Diagnostic::new(
                    codes::PUBLIC_ROUTE,
                    "everybody may use a method of an API that has a default authorization",
                )
                .property("AuthorizationType")
                .actual("NONE")
                .help("require an authorization, or acknowledge the finding with the reason for which the method is public")
                .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html"),
            );
        }
    }
    let keyed = methods.iter().find(|method| {
        let required = method.prop("ApiKeyRequired");
        required.as_ref().and_then(Data::as_bool) == Some(true)
    });
    if let Some(method) = keyed.filter(|_| !has_usage_plan(api)) {
        method.scope().report(
            Diagnostic::new(
                codes::API_KEY_WITHOUT_PLAN,
                "a method requires an API key, but no usage plan has a stage of its API",
            )
            .property("ApiKeyRequired")
            .note("API Gateway accepts a key for the stages of its usage plans only")
            .help("add a plan: `UsagePlan::builder().build(…)` with `add_stage` and `add_key`")
            .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html"),
        );
    }
}

/// Returns `true` if a usage plan of the app has a stage of the API.
fn has_usage_plan(api: Scope<'_>) -> bool {
    let Some(id) = api.default_child().map(|one| one.scope().node_id()) else {
        return false;
    };
    let resources = api.root().resources().into_iter();
    resources
        .filter(|one| one.type_name() == "AWS::ApiGateway::UsagePlan")
        .filter_map(|plan| plan.prop("ApiStages"))
        .any(|stages| {
            let mut found = false;
            stages.for_each_expr(&mut |expr| {
                found |= matches!(expr, Expr::Ref(Target::Node(node)) if *node == id);
            });
            found
        })
}
