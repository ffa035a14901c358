//! Parameter groups of databases.

use infra_cfn::rds::{
    CfnDbClusterParameterGroup, CfnDbClusterParameterGroupProps,
    CfnDbClusterParameterGroupRequired, CfnDbParameterGroup, CfnDbParameterGroupProps,
};

use super::DatabaseEngine;
use crate::core::Map;
use crate::{Data, Scope, Value, value};

/// Creates a parameter group of the engine's family that requires TLS; other values of that parameter are reported.
pub(super) fn parameter_group<'app>(
    scope: Scope<'app>,
    engine: &DatabaseEngine,
    chosen: Vec<(String, Value<String>)>,
) -> CfnDbParameterGroup<'app> {
    let parameters = engine.dialect.with_forced_tls(scope, chosen);
    let inner = scope.library_construct("ParameterGroup", "infra-lib.rds.ParameterGroup");
    CfnDbParameterGroupProps::new(describe(scope), &engine.family)
        .parameters(parameters)
        .build(inner, "Resource")
}

/// Creates a parameter group for every instance of a cluster, as [`parameter_group`] does for an instance.
pub(super) fn cluster_parameter_group<'app>(
    scope: Scope<'app>,
    engine: &DatabaseEngine,
    chosen: Vec<(String, Value<String>)>,
) -> CfnDbClusterParameterGroup<'app> {
    let parameters = engine.dialect.with_forced_tls(scope, chosen);
    let inner = scope.library_construct("ParameterGroup", "infra-lib.rds.ParameterGroup");
    CfnDbClusterParameterGroupProps::new(CfnDbClusterParameterGroupRequired {
        description: value(describe(scope)),
        family: value(&*engine.family),
        parameters: value(parameters),
    })
    .build(inner, "Resource")
}

/// Creates a parameter group for what the instances of a cluster set on their own, if there is such a parameter.
pub(super) fn instance_parameter_group<'app>(
    scope: Scope<'app>,
    engine: &DatabaseEngine,
    chosen: Vec<(String, Value<String>)>,
) -> Option<CfnDbParameterGroup<'app>> {
    if chosen.is_empty() {
        return None;
    }
    let mut parameters = Map::new();
    for (name, value) in chosen {
        parameters.insert(name, value.into_data());
    }
    let inner = scope.library_construct("InstanceParameterGroup", "infra-lib.rds.ParameterGroup");
    let group = CfnDbParameterGroupProps::new(describe(scope), &engine.family)
        .parameters(Data::Map(parameters))
        .build(inner, "Resource");
    Some(group)
}

fn describe(scope: Scope<'_>) -> String {
    format!("settings of {}", scope.path())
}
