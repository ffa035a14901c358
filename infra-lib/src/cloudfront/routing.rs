//! Mapping of paths to objects of the bucket, by a function at the edge.

use infra_cfn::cloudfront::function::{FunctionConfig, FunctionConfigRuntime};
use infra_cfn::cloudfront::{CfnFunction, CfnFunctionProps, CfnFunctionRequired};

use crate::unique_name::unique_name;
use crate::{Scope, value};

/// Mapping of paths to objects of the bucket.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Routing {
    /// `/index.html` for every path whose last part has no dot, for single-page applications that route in the
    /// browser.
    #[default]
    SinglePage,
    /// `…/index.html` for every path whose last part has no dot, for generators of static sites.
    Directories,
    /// The object with exactly that name.
    Files,
}

impl Routing {
    /// Adds the function of the default behavior. It handles no requests of other behaviors, so errors of the API
    /// reach the client unchanged; custom error pages of the distribution would replace them.
    pub(super) fn create_rewrite<'app>(
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
        // `/api/*` does not match `/api`, which is not a page either.
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
        Some(create_function(
            scope,
            "RoutingFunction",
            "Chooses the page for a path",
            code,
        ))
    }
}

/// Adds the function that lets browsers keep existing assets for a year. CloudFront does not call functions for error
/// responses, so missing files are not cached.
pub(super) fn create_asset_caching(scope: Scope<'_>) -> CfnFunction<'_> {
    let code = "function handler(event) {\n    \
         const response = event.response;\n    \
         response.headers['cache-control'] = { value: 'public, max-age=31536000, immutable' };\n    \
         return response;\n}\n";
    create_function(
        scope,
        "AssetFunction",
        "Lets browsers keep files whose names change with their content",
        code.to_owned(),
    )
}

fn create_function<'app>(
    scope: Scope<'app>,
    id: &str,
    comment: &str,
    code: String,
) -> CfnFunction<'app> {
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
