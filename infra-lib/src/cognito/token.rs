//! Validity of tokens.

use crate::cfn::cognito::CfnUserPoolClientProps;
use crate::cfn::cognito::user_pool_client::{
    TokenValidityUnits, TokenValidityUnitsAccessToken, TokenValidityUnitsIdToken,
    TokenValidityUnitsRefreshToken,
};
use crate::construct::With;
use crate::core::{Diagnostic, Duration, Scope, codes};

/// Validity of the tokens of a client.
#[derive(Clone, Copy)]
pub(super) struct Validity {
    pub(super) access: Option<Duration>,
    pub(super) id: Option<Duration>,
    pub(super) refresh: Option<Duration>,
}

impl Validity {
    /// Sets the validity in seconds. Times that Cognito rejects are reported (`INF4966`).
    pub(super) fn apply(
        self,
        scope: Scope<'_>,
        cfn: CfnUserPoolClientProps,
    ) -> CfnUserPoolClientProps {
        let day = Duration::days(1);
        let five = Duration::minutes(5);
        check(scope, "AccessTokenValidity", self.access, five, day);
        check(scope, "IdTokenValidity", self.id, five, day);
        let (hour, decade) = (Duration::hours(1), Duration::days(3_650));
        check(scope, "RefreshTokenValidity", self.refresh, hour, decade);
        if self.access.is_none() && self.id.is_none() && self.refresh.is_none() {
            return cfn;
        }
        let units = TokenValidityUnits::new()
            .with(self.access, |units, _| {
                units.access_token(TokenValidityUnitsAccessToken::SECONDS)
            })
            .with(self.id, |units, _| {
                units.id_token(TokenValidityUnitsIdToken::SECONDS)
            })
            .with(self.refresh, |units, _| {
                units.refresh_token(TokenValidityUnitsRefreshToken::SECONDS)
            });
        let short = |time: Duration| time.to_seconds_i64().clamp(1, 86_400);
        cfn.token_validity_units(units)
            .with(
                self.access.map(short),
                CfnUserPoolClientProps::access_token_validity,
            )
            .with(
                self.id.map(short),
                CfnUserPoolClientProps::id_token_validity,
            )
            .with(
                self.refresh
                    .map(|time| time.to_seconds_i64().clamp(1, 315_360_000)),
                CfnUserPoolClientProps::refresh_token_validity,
            )
    }
}

fn check(
    scope: Scope<'_>,
    property: &str,
    time: Option<Duration>,
    shortest: Duration,
    longest: Duration,
) {
    let Some(time) = time.filter(|time| !(shortest..=longest).contains(time)) else {
        return;
    };
    scope.report(
        Diagnostic::new(
            codes::TOKEN_VALIDITY,
            "Cognito rejects the validity of a token",
        )
        .property(property)
        .actual(time.to_string())
        .expected(format!("{shortest} to {longest}"))
        .url("https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html"),
    );
}
