//! Canary releases of stages.

use std::collections::BTreeMap;

use super::Deployment;
use crate::cfn::apigateway::stage::CanarySetting;
use crate::construct::With;
use crate::core::{Diagnostic, Id, IntoValue, RemovalPolicy, Scope, Value, codes};
use crate::kind;

/// Part of the requests to a stage that the latest deployment of the API answers, while a former one answers the rest.
///
/// The former deployment must still exist, so the API retains its deployments (`INF4937`). The release ends without the
/// property: the latest deployment then answers every request. See [canary
/// releases](https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html). Defaults:
///
/// | property | here | CloudFormation |
/// |---|---|---|
/// | deployment of the canary | the latest one | required |
/// | variables | those of the stage | the same |
/// | cache | its own | the same |
///
/// ```
/// use infra_lib::apigateway::{Canary, HttpMethod, RestApi, RestIntegration};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// let api = RestApi::builder()
///     .retain_deployments(true)
///     .canary(Canary::new("k3f9qz", 5.0).variable("table", "notes-next"))
///     .build(stack, "Api");
/// api.root().add_method(HttpMethod::Get, &RestIntegration::mock(200));
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct Canary {
    stable: Value<Id<kind::apigateway::Deployment>>,
    percent: f64,
    variables: BTreeMap<String, Value<String>>,
    uses_stage_cache: bool,
}

impl Canary {
    /// Creates a release in which the latest deployment answers `percent` of the requests, 0 to 100, and the deployment
    /// with the ID `stable` the rest. The command `aws apigateway get-stage` shows the ID of the deployment in use.
    pub fn new(stable: impl IntoValue<Id<kind::apigateway::Deployment>>, percent: f64) -> Self {
        Self {
            stable: stable.into_value(),
            percent,
            variables: BTreeMap::new(),
            uses_stage_cache: false,
        }
    }

    /// Sets a variable of the stage for the requests that the latest deployment answers. Default: as in the stage.
    pub fn variable(mut self, name: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.variables.insert(name.into(), value.into_value());
        self
    }

    /// Answers from the cache of the stage. Default: the latest deployment has a cache of its own, as in CloudFormation.
    pub fn use_stage_cache(mut self) -> Self {
        self.uses_stage_cache = true;
        self
    }

    /// Returns the ID of the deployment of the stage, and the property with the latest one. Reports an API that does not
    /// retain its deployments (`INF4937`).
    pub(super) fn apply(
        self,
        scope: Scope<'_>,
        latest: Deployment<'_>,
    ) -> (Value<Id<kind::apigateway::Deployment>>, CanarySetting) {
        if latest.cfn().removal_policy() != Some(RemovalPolicy::Retain) {
            scope.report(
                Diagnostic::new(
                    codes::CANARY_DEPLOYMENT,
                    "the deployment that a stage with a canary still uses is deleted",
                )
                .property("DeploymentId")
                .note("a change of the API replaces its deployment, and CloudFormation deletes the former one")
                .help("retain the deployments of the API: `.retain_deployments(true)`")
                .url("https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html"),
            );
        }
        let setting = CanarySetting::new()
            .deployment_id(latest.id())
            .percent_traffic(self.percent)
            .with(
                Some(self.variables).filter(|map| !map.is_empty()),
                CanarySetting::stage_variable_overrides,
            )
            .with(
                self.uses_stage_cache.then_some(true),
                CanarySetting::use_stage_cache,
            );
        (self.stable, setting)
    }
}
