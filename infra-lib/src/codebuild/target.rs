//! Projects as targets of rules.

#[cfg(feature = "events")]
macro_rules! rule_targets {
    ($($(#[$meta:meta])+ $type:ty;)+) => {$(
        $(#[$meta])+
        impl<'app> crate::events::RuleTarget<'app> for $type {
            fn rule_target(&self) -> crate::events::Target<'app> {
                let start = crate::iam::Statement::allow()
                    .action("codebuild:StartBuild")
                    .resource(self.arn());
                crate::events::Target::new(self.arn()).statement(start)
            }
        }
    )+};
}

#[cfg(feature = "events")]
rule_targets! {
    /// Starts a build with the role of the rule. The input overrides properties of the project, such as `sourceVersion`.
    super::Project<'app>;
    /// Starts a build as of a [`Project`](super::Project).
    super::ImportedProject<'app>;
}
