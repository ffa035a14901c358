//! Which object of the bucket answers for which path, decided at the edge.

use infra_cfn::cloudfront::function::{FunctionConfig, FunctionConfigRuntime};
use infra_cfn::cloudfront::{CfnFunction, CfnFunctionProps, CfnFunctionRequired};

use crate::unique_name::unique_name;
use crate::{Scope, value};

/// Which object of the bucket answers for a path.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Routing {
    /// `/index.html` for every path whose last part has no dot: the application in the page decides what it shows.
    #[default]
    SinglePage,
    /// `…/index.html` for every path whose last part has no dot, as generators of static sites lay out their files.
    Directories,
    /// The object of that very name.
    Files,
}

impl Routing {
    /// The function for the default behaviour. It sees no request of other behaviours, so an error of the API reaches
    /// the client as the API gave it. Error pages of a distribution would replace those too.
    pub(super) fn function<'app>(
        self,
        scope: Scope<'app>,
        api_paths: &[String],
    ) -> Option<CfnFunction<'app>> {
        let rewrite = match self {
            Self::SinglePage => "request.uri = '/index.html';",
            Self::Directories => {
                "request.uri = path.endsWith('/') ? path + 'index.html' : path + '/index.html';"
            }
            Self::Files => return None,
        };
        // `/api/*` does not match `/api` itself, which is no page either.
        let bare: Vec<String> = api_paths
            .iter()
            .filter_map(|path| path.strip_suffix("/*"))
            .map(|path| format!("'{path}'"))
            .collect();
        let code = format!(
            "function handler(event) {{\n    \
             const request = event.request;\n    \
             const path = request.uri;\n    \
             const name = path.substring(path.lastIndexOf('/') + 1);\n    \
             if (!name.includes('.') && ![{}].includes(path)) {{\n        \
             {rewrite}\n    \
             }}\n    \
             return request;\n}}\n",
            bare.join(", ")
        );
        Some(function(
            scope,
            "RoutingFunction",
            "Chooses the page for a path",
            code,
        ))
    }
}

/// Lets browsers keep what was found for a year. It runs only when the object was found: CloudFront calls no function
/// for responses with an error, so a missing file is never kept.
pub(super) fn keep_found_assets(scope: Scope<'_>) -> CfnFunction<'_> {
    let code = "function handler(event) {\n    \
         const response = event.response;\n    \
         response.headers['cache-control'] = { value: 'public, max-age=31536000, immutable' };\n    \
         return response;\n}\n";
    function(
        scope,
        "AssetFunction",
        "Lets browsers keep files whose names change with their content",
        code.to_owned(),
    )
}

fn function<'app>(scope: Scope<'app>, id: &str, comment: &str, code: String) -> CfnFunction<'app> {
    CfnFunctionProps::new(CfnFunctionRequired {
        function_code: value(code),
        function_config: value(FunctionConfig::new(
            comment,
            FunctionConfigRuntime::CLOUDFRONT_JS_2_0,
        )),
        name: value(unique_name(scope, id, 64)),
    })
    .auto_publish(true)
    .build(scope, id)
}
