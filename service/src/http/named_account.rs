//! The header `Notes-Account`: the account that a client expects, which may differ from the account of the browser's session.
//!
//! A page that was loaded by one account holds that account's notes and pending changes. Once another tab signs in to another account, requests of
//! the page carry the new session; with this header, they are refused instead of writing to the wrong account.

use poem::http::HeaderMap;
use poem::{FromRequest, Request, RequestBody, Result};
use uuid::Uuid;

use crate::error::{Code, Error, FieldError};

/// Name of the header.
const HEADER: &str = "Notes-Account";

/// Account that a request names, if any, for operations that need no sign-in.
pub(crate) struct NamedAccount(pub(crate) Option<Uuid>);

impl<'a> FromRequest<'a> for NamedAccount {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> Result<Self> {
        Ok(Self(parse_headers(request.headers())?))
    }
}

/// Refuses a request that names another account than that of its credential. Requests that name no account pass.
pub(crate) fn check_account(request: &Request, account: Uuid) -> Result<(), Error> {
    match parse_headers(request.headers())? {
        Some(named) => compare_accounts(named, account),
        None => Ok(()),
    }
}

/// Refuses a named account that differs from the account of the request.
pub(crate) fn compare_accounts(named: Uuid, account: Uuid) -> Result<(), Error> {
    if named == account {
        return Ok(());
    }
    Err(Error::new(Code::OtherAccount).detail(
        "the session or access token belongs to an account other than the one in the request",
    ))
}

/// Returns the account that the headers name, if any.
fn parse_headers(headers: &HeaderMap) -> Result<Option<Uuid>, Error> {
    let mut values = headers.get_all(HEADER).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    let named = value.to_str().ok().and_then(|text| text.parse().ok());
    match (named, values.next()) {
        (Some(named), None) => Ok(Some(named)),
        _ => Err(Error::new(Code::MalformedRequest)
            .detail(format!("the header `{HEADER}` is not valid text"))
            .fields(vec![FieldError {
                field: HEADER.to_owned(),
                code: "malformed",
                message: "must be a single UUID: the `id` from `GET /api/me`".to_owned(),
            }])),
    }
}
