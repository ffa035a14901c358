//! Stages of pipelines.

use infra_cfn::codepipeline::pipeline::{
    FailureConditions, FailureConditionsResult, FailureConditionsRetryConfiguration,
    FailureConditionsRetryConfigurationRetryMode as Mode, StageDeclaration,
};

use super::PipelineAction;
use crate::construct::With;

/// Reaction to the failure of a stage.
///
/// See [automatic retry and
/// rollback](https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum StageFailure {
    /// The stage runs again with what it succeeded with last; not for the first stage (`INF4089`).
    RollBack,
    /// The actions that failed run once more.
    RetryFailedActions,
    /// All actions run once more.
    RetryAllActions,
}

/// A stage of a [`Pipeline`](super::Pipeline): actions that change the same thing, such as an environment.
///
/// ```
/// use infra_lib::codepipeline::{PipelineAction, PipelineStage};
///
/// let stage = PipelineStage::new("Release").action(PipelineAction::approval("Review"));
/// ```
#[derive(Clone, Debug)]
pub struct PipelineStage<'app> {
    pub(super) name: String,
    pub(super) actions: Vec<PipelineAction<'app>>,
    pub(super) failure: Option<StageFailure>,
    pub(super) closed: Option<String>,
}

impl<'app> PipelineStage<'app> {
    /// Creates a stage without actions.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            actions: Vec::new(),
            failure: None,
            closed: None,
        }
    }

    /// Adds an action.
    pub fn action(mut self, action: PipelineAction<'app>) -> Self {
        self.actions.push(action);
        self
    }

    /// Sets the reaction to a failure. Default: the execution stops, as in CloudFormation.
    pub const fn on_failure(mut self, reaction: StageFailure) -> Self {
        self.failure = Some(reaction);
        self
    }

    /// Closes the transition into the stage, with the reason that the console shows, until somebody opens it. Default: open, as in
    /// CloudFormation.
    pub fn closed(mut self, reason: impl Into<String>) -> Self {
        self.closed = Some(reason.into());
        self
    }

    /// Returns the declaration for the template, with actions.
    pub(super) fn declaration(&self) -> StageDeclaration {
        let actions: Vec<_> = self
            .actions
            .iter()
            .map(PipelineAction::declaration)
            .collect();
        StageDeclaration::new(actions, &*self.name).with(self.failure, |stage, failure| {
            let retry = |mode| {
                let retry = FailureConditionsRetryConfiguration::new().retry_mode(mode);
                FailureConditions::new()
                    .result(FailureConditionsResult::RETRY)
                    .retry_configuration(retry)
            };
            stage.on_failure(match failure {
                StageFailure::RollBack => {
                    FailureConditions::new().result(FailureConditionsResult::ROLLBACK)
                }
                StageFailure::RetryFailedActions => retry(Mode::FAILED_ACTIONS),
                StageFailure::RetryAllActions => retry(Mode::ALL_ACTIONS),
            })
        })
    }
}
