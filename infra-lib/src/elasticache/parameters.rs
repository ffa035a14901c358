//! Parameter groups of replication groups.

use infra_cfn::elasticache::CfnParameterGroupProps;

use super::NodeEngine;
use crate::{Scope, Value, value};

/// Returns the name of the parameter group: that of ElastiCache, or a new one with the chosen parameters.
pub(super) fn parameter_group(
    scope: Scope<'_>,
    engine: &NodeEngine,
    sharded: bool,
    chosen: Vec<(String, Value<String>)>,
) -> Value<String> {
    if chosen.is_empty() {
        let cluster = if sharded { ".cluster.on" } else { "" };
        return value(format!("default.{}{cluster}", engine.family));
    }
    let mode = sharded.then(|| ("cluster-enabled".to_owned(), value("yes")));
    let parameters: std::collections::BTreeMap<String, Value<String>> =
        chosen.into_iter().chain(mode).collect();
    let inner = scope.library_construct("ParameterGroup", "infra-lib.elasticache.ParameterGroup");
    CfnParameterGroupProps::new(&*engine.family, format!("settings of {}", scope.path()))
        .properties(parameters)
        .build(inner, "Resource")
        .ref_()
        .cast()
}
