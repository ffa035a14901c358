//! Feature plans, and the features that they include.

use super::mfa::Mfa;
use super::trigger::Trigger;
use crate::cfn::cognito::user_pool::{UserPoolAddOnsAdvancedSecurityMode, UserPoolTier};
use crate::core::{Diagnostic, Scope, codes};

const PLANS: &str =
    "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-sign-in-feature-plans.html";

/// Feature plan of a user pool, which sets its price for each active user.
///
/// See [feature
/// plans](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-sign-in-feature-plans.html).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum FeaturePlan {
    /// Passwords, second factors by app and text message, federation.
    Lite,
    /// Passkeys, sign-in and second factors by e-mail, access tokens that a function changes.
    Essentials,
    /// Threat protection.
    Plus,
}

impl FeaturePlan {
    pub(super) fn tier(self) -> UserPoolTier {
        match self {
            Self::Lite => UserPoolTier::LITE,
            Self::Essentials => UserPoolTier::ESSENTIALS,
            Self::Plus => UserPoolTier::PLUS,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Lite => "Lite",
            Self::Essentials => "Essentials",
            Self::Plus => "Plus",
        }
    }
}

/// Reaction to passwords that are known to others, and to sign-ins that differ from earlier ones. It needs the plan Plus.
///
/// See [threat
/// protection](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ThreatProtection {
    /// No assessment.
    Off,
    /// Risks appear in metrics and logs only.
    Audit,
    /// Risks are acted upon.
    Enforced,
}

impl ThreatProtection {
    pub(super) fn mode(self) -> Option<UserPoolAddOnsAdvancedSecurityMode> {
        match self {
            Self::Off => None,
            Self::Audit => Some(UserPoolAddOnsAdvancedSecurityMode::AUDIT),
            Self::Enforced => Some(UserPoolAddOnsAdvancedSecurityMode::ENFORCED),
        }
    }
}

/// Features of a user pool that depend on its plan.
pub(super) struct Features {
    pub(super) plan: FeaturePlan,
    pub(super) threat_protection: ThreatProtection,
    pub(super) mfa: Mfa,
    pub(super) has_passkeys: bool,
    pub(super) has_first_factors: bool,
}

impl Features {
    /// Reports features that the plan lacks (`INF4961`).
    pub(super) fn check(&self, scope: Scope<'_>) {
        let used = [
            (
                self.threat_protection != ThreatProtection::Off,
                FeaturePlan::Plus,
                "threat protection",
            ),
            (self.has_passkeys, FeaturePlan::Essentials, "passkeys"),
            (
                self.has_first_factors,
                FeaturePlan::Essentials,
                "sign-in with a code",
            ),
            (
                self.mfa.uses_email(),
                FeaturePlan::Essentials,
                "a second factor by e-mail",
            ),
        ];
        for (is_used, needed, feature) in used {
            if is_used {
                check_plan(scope, self.plan, needed, feature);
            }
        }
    }
}

/// Reports reactions to risks without the plan Plus (`INF4961`).
pub(super) fn check_risks(scope: Scope<'_>, plan: FeaturePlan) {
    check_plan(scope, plan, FeaturePlan::Plus, "reactions to risks");
}

/// Reports a trigger that the plan lacks (`INF4961`).
pub(super) fn check_trigger(scope: Scope<'_>, plan: FeaturePlan, trigger: Trigger) {
    if trigger.changes_access_tokens() {
        check_plan(
            scope,
            plan,
            FeaturePlan::Essentials,
            "a function that changes access tokens",
        );
    }
}

fn check_plan(scope: Scope<'_>, plan: FeaturePlan, needed: FeaturePlan, feature: &str) {
    if plan >= needed {
        return;
    }
    scope.report(
        Diagnostic::new(
            codes::USER_POOL_PLAN,
            format!(
                "the plan {} of the user pool does not include {feature}",
                plan.name()
            ),
        )
        .property("UserPoolTier")
        .actual(plan.name())
        .expected(match needed {
            FeaturePlan::Plus => "Plus",
            _ => "Essentials or Plus",
        })
        .help(format!(
            "set `.plan(FeaturePlan::{})`, or do without {feature}",
            needed.name()
        ))
        .url(PLANS),
    );
}
