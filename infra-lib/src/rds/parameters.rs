//! Parameter groups of databases.

use infra_cfn::rds::{CfnDbParameterGroup, CfnDbParameterGroupProps};

use super::PostgresEngineVersion;
use crate::core::Map;
use crate::{Data, Diagnostic, Scope, Value, codes};

/// Parameter that makes the server refuse connections without TLS.
const FORCE_TLS: &str = "rds.force_ssl";

/// Creates a parameter group of the version's family that requires TLS; other values of that parameter are reported.
pub(super) fn parameter_group<'app>(
    scope: Scope<'app>,
    version: &PostgresEngineVersion,
    chosen: Vec<(String, Value<String>)>,
) -> CfnDbParameterGroup<'app> {
    let mut parameters = Map::new();
    parameters.insert(FORCE_TLS, "1");
    for (name, value) in chosen {
        if name == FORCE_TLS && value.as_literal() != Some("1") {
            scope.report(
                Diagnostic::new(
                    codes::TLS_NOT_FORCED,
                    "the database would accept connections without TLS",
                )
                .property("Parameters")
                .actual(format!(
                    "{FORCE_TLS} = {}",
                    value.as_literal().unwrap_or("unknown")
                ))
                .expected(format!("{FORCE_TLS} = 1"))
                .help("remove the parameter: clients connect with `sslmode=verify-full`"),
            );
        }
        parameters.insert(name, value.into_data());
    }
    let inner = scope.library_construct("ParameterGroup", "infra-lib.rds.ParameterGroup");
    CfnDbParameterGroupProps::new(format!("settings of {}", scope.path()), version.family())
        .parameters(Data::Map(parameters))
        .build(inner, "Resource")
}
