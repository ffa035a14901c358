//! Redirects to the identity provider and back: binds both to one browser, and signs the returning user in or links the identity.

use std::time::Duration;

use openidconnect::url::Url;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::timeout;

use super::caller::Visitor;
use super::mails::Notice;
use super::sign_in::{SignInOutcome, second_factor_required};
use super::{App, middleware, session_cookie};
use crate::auth::rates::Kind;
use crate::domain::account::username_of;
use crate::error::{Code, Error};
use crate::oidc::{
    AuthorizationResponse, Failure, Freshness, Person, Provider, SecondFactor, Secrets,
};
use crate::store::Owner;
use crate::store::identities::{NewIdentity, NewPerson};
use crate::store::passkeys::SignInMethods;
use crate::store::sessions::{self, Credential, NewSession};
use crate::store::sign_in::Proof;
use crate::store::sign_in_flows::{Flow, LIFETIME, NewFlow, Purpose};

/// Path of the sign-in page.
pub(super) const LOGIN: &str = "/login";
/// Time limit for all requests to the provider when a user returns.
const PROVIDER_TIMEOUT: Duration = Duration::from_secs(20);

/// Time limit for the provider to name its sign-out page, if that is not known yet.
const SIGN_OUT_TIMEOUT: Duration = Duration::from_secs(2);

/// Redirect to the provider.
pub(super) struct ProviderRedirect {
    /// URL to open in the browser.
    pub(super) location: String,
    /// `Set-Cookie` header that binds the sign-in to the browser.
    pub(super) cookie: String,
}

/// Result of the return from the provider.
pub(super) struct FlowOutcome {
    /// Path of the page to which the browser is redirected.
    pub(super) path: String,
    /// `Set-Cookie` header of the new session, if one began.
    pub(super) result: Result<Option<String>, FlowFailure>,
}

/// Reason for which no session began.
pub(super) struct FlowFailure {
    pub(super) error: Error,
    /// `Set-Cookie` header with which the browser continues in another way.
    pub(super) cookie: Option<String>,
}

impl From<Error> for FlowFailure {
    fn from(error: Error) -> Self {
        Self {
            error,
            cookie: None,
        }
    }
}

impl From<Failure> for FlowFailure {
    fn from(failure: Failure) -> Self {
        Error::from(failure).into()
    }
}

impl App {
    /// Returns the identity provider.
    ///
    /// # Errors
    ///
    /// `sign_in_off` if no provider is configured.
    pub(super) fn require_provider(&self) -> Result<&Provider, Error> {
        self.settings.provider.as_ref().ok_or_else(|| {
            Error::new(Code::SignInOff)
                .detail("no identity provider is configured for this service")
        })
    }

    /// Returns the enabled ways to sign in, apart from passwords.
    pub(super) fn sign_in_methods(&self) -> SignInMethods<'_> {
        let provider = self.settings.provider.as_ref();
        SignInMethods {
            passkeys: self.settings.passkeys.is_some(),
            issuer: provider.map(|provider| provider.settings().issuer.as_str()),
        }
    }

    /// Returns the sign-out URL of the provider, if it has one and answers in time.
    pub(super) async fn sign_out_at_provider(&self) -> Option<String> {
        let provider = self.settings.provider.as_ref()?;
        match timeout(SIGN_OUT_TIMEOUT, provider.sign_out_url()).await {
            Ok(Ok(address)) => address,
            // The session in this service ends in any case.
            Ok(Err(_)) | Err(_) => None,
        }
    }
}

impl Visitor {
    /// Begins a sign-in at the provider for this purpose, and returns the redirect.
    pub(super) async fn begin_provider_flow(
        &self,
        purpose: Purpose,
        return_to: &str,
        invite: Option<&SecretString>,
    ) -> Result<ProviderRedirect, Error> {
        let provider = self.app.require_provider()?;
        self.count_attempt(Kind::GoToProvider).await?;
        let secrets = Secrets::with_cookie(self.flow_token.clone())?;
        let freshness = match purpose {
            Purpose::Confirm { .. } => Freshness::Since(crate::clock::now()),
            Purpose::SignIn | Purpose::Link { .. } => Freshness::Any,
        };
        let location = provider.authorization_url(&secrets, freshness).await?;
        let flow = NewFlow {
            state: &secrets.state,
            browser: &secrets.browser,
            purpose,
            return_to,
            invite,
        };
        self.store().begin_flow(flow).await?;
        Ok(ProviderRedirect {
            location,
            cookie: session_cookie::set_flow(&self.app.settings, &secrets.browser, LIFETIME),
        })
    }

    /// Finishes a sign-in at the provider with the answer that the browser has brought.
    pub(super) async fn finish_provider_flow(
        &self,
        answer: Option<AuthorizationResponse>,
    ) -> FlowOutcome {
        let (answer, secrets, flow) = match self.take_answered_flow(answer).await {
            Ok(taken) => taken,
            Err(error) => {
                return FlowOutcome {
                    path: LOGIN.to_owned(),
                    result: Err(error.into()),
                };
            }
        };
        let result = self.complete_flow(&answer, &secrets, &flow).await;
        let is_sign_in = flow.purpose == Purpose::SignIn;
        FlowOutcome {
            path: match result {
                Err(_) if is_sign_in => LOGIN.to_owned(),
                _ => flow.return_to,
            },
            result,
        }
    }

    /// Returns the sign-in that an answer belongs to, and removes it, so that it cannot be finished twice.
    async fn take_answered_flow(
        &self,
        answer: Option<AuthorizationResponse>,
    ) -> Result<(AuthorizationResponse, Secrets, Flow), Error> {
        self.app.require_provider()?;
        let expired = || {
            Error::new(Code::SignInExpired)
                .detail("it has expired, was completed before, or was begun in another browser")
        };
        let answer = answer.ok_or_else(expired)?;
        let browser = self.flow_token.clone().ok_or_else(expired)?;
        let flow = self.store().take_flow(&answer.state, &browser).await?;
        let flow = flow.ok_or_else(expired)?;
        let secrets = Secrets {
            state: answer.state.clone(),
            browser,
        };
        Ok((answer, secrets, flow))
    }

    async fn complete_flow(
        &self,
        answer: &AuthorizationResponse,
        secrets: &Secrets,
        flow: &Flow,
    ) -> Result<Option<String>, FlowFailure> {
        let provider = self.app.require_provider()?;
        let freshness = match flow.purpose {
            Purpose::Confirm { .. } => Freshness::Since(flow.created_at),
            Purpose::SignIn | Purpose::Link { .. } => Freshness::Any,
        };
        // The session must still be the one that began; checked before any request to the provider.
        let owner = match flow.purpose {
            Purpose::SignIn => None,
            Purpose::Link { user, session } | Purpose::Confirm { user, session } => {
                Some((self.require_same_session(user, session).await?, session))
            }
        };
        let asked = provider.identify_person(answer, secrets, freshness);
        let person = timeout(PROVIDER_TIMEOUT, asked).await.map_err(|_| {
            Failure::Unavailable("the requests exceeded the time limit".to_owned())
        })??;
        let identity = to_new_identity(&person);
        let store = self.store();
        match (flow.purpose, owner) {
            (Purpose::Link { .. }, Some((owner, session))) => {
                provider
                    .settings()
                    .check_email_domain(person.email.as_deref())?;
                if store.link_identity(owner, session, identity).await? {
                    self.app.mail_notice(owner, Notice::IdentityLinked);
                }
                Ok(None)
            }
            (Purpose::Confirm { .. }, Some((owner, session))) => {
                if !store.is_own_identity(owner, &identity).await? {
                    return Err(Error::new(Code::IdentityTaken)
                        .detail("the provider signed in a different person")
                        .into());
                }
                store.confirm_session(owner, session).await?;
                Ok(None)
            }
            _ => {
                provider
                    .settings()
                    .check_email_domain(person.email.as_deref())?;
                self.sign_in(provider, &person, identity, flow).await
            }
        }
    }

    async fn sign_in(
        &self,
        provider: &Provider,
        person: &Person,
        identity: NewIdentity,
        flow: &Flow,
    ) -> Result<Option<String>, FlowFailure> {
        if let Some(cookie) = self.sign_in_known(provider, &identity).await? {
            return Ok(Some(cookie));
        }
        let settings = &self.app.settings;
        let usual = settings.accounts.registration;
        let invite_hash = provider
            .settings()
            .registration
            .admit_account(usual, flow.invite_hash.clone())?;
        self.count_attempt(Kind::Register).await?;
        let new = NewPerson {
            username: username_of(person.name.as_deref(), person.email.as_deref()),
            email: person.email.clone(),
            identity: identity.clone(),
            invite_hash,
        };
        let session = self.new_session()?;
        let made = match self.find_guest().await? {
            Some(guest) => self
                .store()
                .claim_guest_by_identity(guest, new, &session)
                .await
                .map(|account| account.id),
            None => self
                .store()
                .register_by_identity(new, &session)
                .await
                .map(Owner::id),
        };
        match made {
            Ok(id) => Ok(Some(self.replace_session(id, &session).await?)),
            // The same person signed in at the same moment in another tab.
            Err(error) if error.code() == Code::IdentityTaken => {
                let known = self.sign_in_known(provider, &identity).await?;
                Ok(Some(known.ok_or(error)?))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Signs in a user whose identity is linked to an account, and returns the cookie; none if the identity is not linked. Requires a second factor
    /// if the configuration demands it.
    async fn sign_in_known(
        &self,
        provider: &Provider,
        identity: &NewIdentity,
    ) -> Result<Option<String>, FlowFailure> {
        let Some(used) = self.store().find_identity_use(identity).await? else {
            return Ok(None);
        };
        let proof = Proof::Identity {
            used,
            requires_second_factor: provider.settings().second_factor == SecondFactor::Account,
        };
        match self.complete_sign_in(proof).await? {
            SignInOutcome::Session(_, session) => Ok(Some(self.build_session_cookie(&session))),
            SignInOutcome::SecondFactor(cookie) => Err(FlowFailure {
                error: second_factor_required(),
                cookie: Some(cookie),
            }),
        }
    }

    /// Ends the present session of the browser, and returns the `Set-Cookie` header of the new one.
    async fn replace_session(
        &self,
        user: uuid::Uuid,
        session: &NewSession,
    ) -> Result<String, Error> {
        self.end_session().await?;
        middleware::record_user(user);
        Ok(self.build_session_cookie(session))
    }

    fn build_session_cookie(&self, session: &NewSession) -> String {
        let settings = &self.app.settings;
        let lifetime = settings.accounts.lifetimes.session;
        session_cookie::set_session(settings, &session.token, lifetime)
    }

    /// Returns the guest whose session the browser has, if any.
    async fn find_guest(&self) -> Result<Option<Owner>, Error> {
        let Some(token) = &self.session_token else {
            return Ok(None);
        };
        match self
            .store()
            .authenticate_session(token.expose_secret(), sessions::Freshness::Current)
            .await
        {
            Ok(found) => Ok(found.is_guest.then_some(found.owner)),
            Err(error) if error.code() == Code::Unauthenticated => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Returns the owner if the browser still has the session in which the sign-in began.
    async fn require_same_session(
        &self,
        user: uuid::Uuid,
        session: uuid::Uuid,
    ) -> Result<Owner, Error> {
        let token = self
            .session_token
            .as_ref()
            .ok_or_else(|| Error::new(Code::Unauthenticated))?;
        let found = self
            .store()
            .authenticate_session(token.expose_secret(), sessions::Freshness::Current)
            .await?;
        match found.credential {
            Credential::Session { id, .. } if id == session && found.owner.id() == user => {
                middleware::record_user(user);
                Ok(found.owner)
            }
            _ => Err(Error::new(Code::SignInExpired).detail("it was begun in another session")),
        }
    }
}

fn to_new_identity(person: &Person) -> NewIdentity {
    NewIdentity {
        issuer: person.issuer.clone(),
        subject: person.subject.clone(),
        label: person.email.clone().or_else(|| person.name.clone()),
    }
}

/// Checks a path of the web page: it must not lead to another host, or to the API, which could redirect to the provider again. Defaults to `/`.
pub(super) fn return_path(given: Option<String>, field: &str) -> Result<String, Error> {
    let Some(path) = given else {
        return Ok("/".to_owned());
    };
    if is_page_path(&path) {
        return Ok(path);
    }
    Err(Error::invalid(
        field,
        "no_path",
        "is not a path of the web app: it must begin with a single `/`, and consist of ASCII characters without `#`, backslashes, and `.` or `..` as segments",
    ))
}

fn is_page_path(path: &str) -> bool {
    // Any host serves as a base: the path must not leave it, and must be equal to its normalized form.
    let base = Url::parse("https://page.invalid/");
    let Some(url) = base.ok().and_then(|base| base.join(path).ok()) else {
        return false;
    };
    let same = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    url.host_str() == Some("page.invalid")
        && url.fragment().is_none()
        && same == path
        && path.starts_with('/')
        && !path.contains("//")
        && !path.contains('\\')
        && path.bytes().all(|byte| byte.is_ascii_graphic())
        && url.path_segments().and_then(|mut parts| parts.next()) != Some("api")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_only_paths_of_the_page() {
        for path in ["/", "/settings", "/labels/7?sort=name&q=a%2Fb", "/apiary"] {
            assert_eq!(return_path(Some(path.to_owned()), "x").unwrap(), path);
        }
        for path in [
            "",
            "settings",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/a//evil.example",
            "/./evil",
            "/../evil",
            "/a/..//evil.example",
            "/.//evil.example",
            "/%2e%2e/x",
            "https://evil.example/",
            "https:evil.example",
            "javascript:alert(1)",
            "@evil.example",
            "/a#b",
            "/é",
            "/a b",
            "/a\r\nset-cookie: x=y",
            "/api",
            "/api/auth/oidc/start",
            "/api?x",
        ] {
            assert!(return_path(Some(path.to_owned()), "x").is_err(), "{path}");
        }
        assert_eq!(return_path(None, "x").unwrap(), "/");
    }
}
