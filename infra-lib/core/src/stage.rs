//! Stages: copies of the system, for example `Prod` and `Test`, whose stacks are deployed together.

use crate::environment::Environment;
use crate::tree::{Construct, NodeKind, Scope, StageNode};

/// A stage, like the CDK's `Stage`. Its stacks are named `Stage-Stack` and are written to a nested cloud assembly.
///
/// Stacks of one stage cannot read values of another stage: stages are deployed independently.
#[derive(Clone, Copy, Debug)]
pub struct Stage<'app>(Scope<'app>);

impl<'app> Stage<'app> {
    /// Adds a stage to an app. Its stacks have no environment unless they set one.
    #[track_caller]
    pub fn new(scope: impl Construct<'app>, id: &str) -> Self {
        Self(scope.scope().add_node(id, NodeKind::Stage(Box::default())))
    }

    /// Adds a stage whose stacks are deployed to `environment` unless they set their own.
    #[track_caller]
    pub fn in_environment(scope: impl Construct<'app>, id: &str, environment: Environment) -> Self {
        let node = StageNode {
            environment: Some(environment),
        };
        Self(scope.scope().add_node(id, NodeKind::Stage(Box::new(node))))
    }
}

impl<'app> Construct<'app> for Stage<'app> {
    fn scope(&self) -> Scope<'app> {
        self.0
    }
}
