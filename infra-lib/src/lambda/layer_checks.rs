//! Checks of the layers of a function.

use crate::core::{Construct, Data, Diagnostic, Expr, Resource, Scope, Target, codes};

const LAYERS: &str = "https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html";

/// Reports layers for other runtimes or processors (`INF4915`).
pub(super) fn check(scope: Scope<'_>) {
    let Some(function) = scope.default_child() else {
        return;
    };
    let layers = function.prop("Layers");
    let layers = layers.as_ref().and_then(Data::as_list).unwrap_or_default();
    for layer in layers {
        let Some(Expr::Ref(Target::Node(id))) = layer.as_expr() else {
            continue;
        };
        if let Some(layer) = scope.node(*id).and_then(Scope::as_resource) {
            let path = layer.scope().path();
            let runtime = function.prop("Runtime");
            compare(scope, layer, &path, "CompatibleRuntimes", runtime.as_ref());
            let processor = function.prop("Architectures.0");
            compare(
                scope,
                layer,
                &path,
                "CompatibleArchitectures",
                processor.as_ref(),
            );
        }
    }
}

fn compare(scope: Scope<'_>, layer: Resource<'_>, path: &str, list: &str, used: Option<&Data>) {
    let stated = layer.prop(list);
    let stated: Vec<&str> = stated
        .as_ref()
        .and_then(Data::as_list)
        .unwrap_or_default()
        .iter()
        .filter_map(Data::as_text)
        .collect();
    let Some(used) = used.and_then(Data::as_text) else {
        return;
    };
    if stated.is_empty() || stated.contains(&used) {
        return;
    }
    scope.report(
        Diagnostic::new(
            codes::LAYER_COMPATIBILITY,
            format!("the layer `{path}` is not made for `{used}`"),
        )
        .property("Layers")
        .actual(used)
        .expected(format!("`{}`", stated.join("`, `")))
        .help(
            "use a layer for this runtime and processor, or state them where the layer is created",
        )
        .url(LAYERS),
    );
}
