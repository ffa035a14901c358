//! Functions that a user pool invokes.

use std::panic::Location;

use super::plan::{self, FeaturePlan};
use crate::cfn::cognito::CfnUserPool;
use crate::core::{Arn, Construct, Data, Diagnostic, IntoValue, Scope, Value, codes};
use crate::kind;
use crate::lambda::Permission;

/// Event on which a user pool invokes a function.
///
/// See [Lambda
/// triggers](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-identity-pools-working-with-aws-lambda-triggers.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Trigger {
    /// Creation of a challenge in a custom flow.
    CreateAuthChallenge,
    /// Choice of the next challenge in a custom flow.
    DefineAuthChallenge,
    /// Check of the answer in a custom flow.
    VerifyAuthChallengeResponse,
    /// Change of a message before it is sent.
    CustomMessage,
    /// Sign-up, which the function can refuse or confirm.
    PreSignUp,
    /// Confirmation of a user.
    PostConfirmation,
    /// Sign-in, which the function can refuse.
    PreAuthentication,
    /// Sign-in that succeeded.
    PostAuthentication,
    /// Generation of tokens, which the function changes.
    PreTokenGeneration(TokenEvent),
    /// Sign-in of a user who is not in the pool, which the function can look up elsewhere.
    UserMigration,
    /// Sign-in through another directory, whose attributes the function can change.
    InboundFederation,
    /// E-mail that the function sends in place of Cognito, through [`UserPool::set_custom_sender`](super::UserPool::set_custom_sender),
    /// which also sets the key.
    CustomEmailSender,
    /// Text message that the function sends in place of Cognito, through
    /// [`UserPool::set_custom_sender`](super::UserPool::set_custom_sender), which also sets the key.
    CustomSmsSender,
}

/// Kind of messages that a function sends in place of Cognito.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum CustomSender {
    /// E-mail.
    Email,
    /// Text messages.
    Sms,
}

/// Version of the event before the generation of tokens.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum TokenEvent {
    /// Version 1: ID tokens.
    IdToken,
    /// Version 2: ID and access tokens of users. It needs the plan Essentials (`INF4961`).
    AccessToken,
    /// Version 3: tokens of applications without a user as well. It needs the plan Essentials (`INF4961`).
    MachineToken,
}

impl Trigger {
    const fn property(self) -> &'static str {
        match self {
            Self::CreateAuthChallenge => "CreateAuthChallenge",
            Self::DefineAuthChallenge => "DefineAuthChallenge",
            Self::VerifyAuthChallengeResponse => "VerifyAuthChallengeResponse",
            Self::CustomMessage => "CustomMessage",
            Self::PreSignUp => "PreSignUp",
            Self::PostConfirmation => "PostConfirmation",
            Self::PreAuthentication => "PreAuthentication",
            Self::PostAuthentication => "PostAuthentication",
            Self::PreTokenGeneration(_) => "PreTokenGeneration",
            Self::UserMigration => "UserMigration",
            Self::InboundFederation => "InboundFederation",
            Self::CustomEmailSender => "CustomEmailSender",
            Self::CustomSmsSender => "CustomSMSSender",
        }
    }

    pub(super) const fn changes_access_tokens(self) -> bool {
        matches!(
            self,
            Self::PreTokenGeneration(TokenEvent::AccessToken | TokenEvent::MachineToken)
        )
    }
}

/// Sets the function of a trigger, and permits the pool, and no other, to invoke it. A second function is reported
/// (`INF4963`).
#[track_caller]
pub(super) fn add<'app>(
    scope: Scope<'app>,
    pool: CfnUserPool<'app>,
    plan: FeaturePlan,
    trigger: Trigger,
    function: Value<Arn<kind::lambda::Function>>,
) {
    plan::check_trigger(scope, plan, trigger);
    let property = trigger.property();
    let id = format!("{property}Permission");
    if scope.child(&id).is_some() {
        scope.report(
            Diagnostic::new(
                codes::USER_POOL_TRIGGER,
                format!("the user pool has two functions for `{property}`"),
            )
            .origin(Location::caller())
            .property(format!("LambdaConfig.{property}"))
            .expected("one function for each trigger")
            .help("call the second function from the first one")
            .url("https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-identity-pools-working-with-aws-lambda-triggers.html"),
        );
        return;
    }
    let arn = function.clone().into_data();
    match trigger {
        Trigger::PreTokenGeneration(event) => {
            let version = match event {
                TokenEvent::IdToken => "V1_0",
                TokenEvent::AccessToken => "V2_0",
                TokenEvent::MachineToken => "V3_0",
            };
            pool.override_prop(
                "LambdaConfig.PreTokenGenerationConfig",
                Data::map([("LambdaArn", arn), ("LambdaVersion", Data::from(version))]),
            );
        }
        Trigger::InboundFederation | Trigger::CustomEmailSender | Trigger::CustomSmsSender => pool
            .override_prop(
                &format!("LambdaConfig.{property}"),
                Data::map([("LambdaArn", arn), ("LambdaVersion", Data::from("V1_0"))]),
            ),
        _ => pool.override_prop(&format!("LambdaConfig.{property}"), arn),
    }
    let pool_arn: Value<String> = pool.attr_arn().into_value();
    Permission::builder()
        .function(function)
        .principal("cognito-idp.amazonaws.com")
        .source_arn(pool_arn)
        .build(scope.scope(), &id);
}
