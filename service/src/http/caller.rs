//! Who sends a request: the one way into everything that belongs to a user.

use std::sync::Arc;

use poem::http::header;
use poem::{Request, RequestBody, Result};
use poem_openapi::registry::{MetaSecurityScheme, Registry};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

use super::App;
use crate::error::{Code, Error};
use crate::store::sessions::{Credential, Identity};
use crate::store::{Owner, Store};

/// A request's user, authenticated by the cookie of a session or by an access token.
pub(crate) struct Caller {
    /// The application.
    pub(crate) app: Arc<App>,
    /// The user and what was shown.
    pub(crate) identity: Identity,
}

impl Caller {
    /// Whose rows the request is about.
    pub(crate) fn owner(&self) -> Owner {
        self.identity.owner
    }

    /// The database.
    pub(crate) fn store(&self) -> &Store {
        &self.app.store
    }
}

impl<'a> ApiExtractor<'a> for Caller {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        registry.create_security_scheme(
            "session",
            MetaSecurityScheme {
                ty: "apiKey",
                description: Some(
                    "The session of a browser: a cookie that `POST /api/auth/login` sets.",
                ),
                name: Some("__Host-notes_session"),
                key_in: Some("cookie"),
                scheme: None,
                bearer_format: None,
                flows: None,
                openid_connect_url: None,
            },
        );
        registry.create_security_scheme(
            "token",
            MetaSecurityScheme {
                ty: "http",
                description: Some("A personal access token, made by `POST /api/tokens`."),
                name: None,
                key_in: None,
                scheme: Some("bearer"),
                bearer_format: Some("notes_pat_…"),
                flows: None,
                openid_connect_url: None,
            },
        );
    }

    fn security_schemes() -> Vec<&'static str> {
        vec!["session", "token"]
    }

    async fn from_request(
        request: &'a Request,
        _body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let app = super::app_of(request)?;
        let identity = identify(&app, request).await?;
        super::middleware::record_user(identity.owner.id());
        if let Credential::AccessToken {
            can_write: false, ..
        } = identity.credential
            && !request.method().is_safe()
        {
            return Err(Error::new(Code::ReadOnlyToken).into());
        }
        Ok(Self { app, identity })
    }
}

async fn identify(app: &App, request: &Request) -> Result<Identity, Error> {
    // A token that is sent on purpose goes before a cookie that browsers add by themselves.
    if let Some(value) = request.headers().get(header::AUTHORIZATION) {
        let token = value
            .to_str()
            .ok()
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim())
            .ok_or_else(|| Error::new(Code::Unauthenticated))?;
        return app.store.access_token(token).await;
    }
    match cookie(request, app.settings.cookie_name()) {
        Some(token) => app.store.session(token).await,
        None => Err(Error::new(Code::Unauthenticated)),
    }
}

/// The value of a cookie (RFC 6265, section 5.4); the first, if a name is sent twice.
pub(crate) fn cookie<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request
        .headers()
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}
