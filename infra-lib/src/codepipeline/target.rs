//! Pipelines as targets of rules.

#[cfg(feature = "events")]
macro_rules! rule_targets {
    ($($(#[$meta:meta])+ $type:ty;)+) => {$(
        $(#[$meta])+
        impl<'app> crate::events::RuleTarget<'app> for $type {
            fn rule_target(&self) -> crate::events::Target<'app> {
                let start = crate::iam::Statement::allow()
                    .action("codepipeline:StartPipelineExecution")
                    .resource(self.arn());
                crate::events::Target::new(self.arn()).statement(start)
            }
        }
    )+};
}

#[cfg(feature = "events")]
rule_targets! {
    /// Starts an execution with the role of the rule.
    super::Pipeline<'app>;
    /// Starts an execution as of a [`Pipeline`](super::Pipeline).
    super::ImportedPipeline<'app>;
}
