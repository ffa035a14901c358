//! Errors of the service: stable codes, details for people, and the values that were refused. `http::problem` maps them to HTTP responses.

use std::error::Error as StdError;
use std::fmt;

macro_rules! codes {
    ($(#[doc = $meaning:literal] $code:ident = $word:literal, $title:literal;)+) => {
        /// The kind of an error, with a stable code that clients may compare.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $code,)+
        }

        impl Code {
            /// Every code, in the order in which the API document lists them.
            pub const ALL: &[Self] = &[$(Self::$code,)+];

            /// Returns the stable code in snake case, for example `not_found`. It does not change between releases.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$code => $word,)+
                }
            }

            /// Returns the title, a short phrase that is the same for every occurrence of this code.
            pub fn title(self) -> &'static str {
                match self {
                    $(Self::$code => $title,)+
                }
            }

            /// Returns the meaning of the code as a sentence, for the API document.
            pub fn meaning(self) -> &'static str {
                let text = match self {
                    $(Self::$code => $meaning,)+
                };
                text.trim_start()
            }
        }
    };
}

// Each code has its meaning, its stable word and its title. The API document lists all of them.
codes! {
    /// The request cannot be read: its JSON is malformed, or a parameter has the wrong form.
    MalformedRequest = "malformed_request", "malformed request";
    /// One or more values in the request are not allowed; `errors` lists each of them.
    ValidationFailed = "validation_failed", "invalid values";
    /// The request has no session or access token, or one that is unknown, expired or revoked.
    Unauthenticated = "unauthenticated", "not signed in";
    /// The username or the password is wrong; the response does not reveal which.
    InvalidCredentials = "invalid_credentials", "wrong email address, username or password";
    /// The account requires a second factor; the sign-in is pending until it is given.
    SecondFactorRequired = "second_factor_required", "second factor required";
    /// This browser has no sign-in that is waiting for a second factor.
    NoPendingSignIn = "no_pending_sign_in", "no sign-in is in progress";
    /// The passkey is unknown, or its response does not match the challenge.
    PasskeyRejected = "passkey_rejected", "passkey rejected";
    /// The access token is read-only, and the request would change data.
    ReadOnlyToken = "read_only_token", "the access token is read-only";
    /// The access token lacks a scope that this operation requires.
    InsufficientScope = "insufficient_scope", "the access token lacks a required scope";
    /// The note is shared with this account for reading only.
    ReadOnlyShare = "read_only_share", "the note is shared read-only";
    /// The operation requires the session of a browser; access tokens are not accepted.
    SessionRequired = "session_required", "not allowed with an access token";
    /// The operation requires the password, or a recent sign-in by another method.
    RecentSignInRequired = "recent_sign_in_required", "a recent sign-in is required";
    /// The account was disabled by an operator and cannot be used.
    AccountDisabled = "account_disabled", "account disabled";
    /// Registration is closed; an operator creates the accounts.
    RegistrationClosed = "registration_closed", "registration closed";
    /// Registration requires an invite code, which the request lacks.
    InviteRequired = "invite_required", "an invite is required for registration";
    /// Guests cannot use this operation; it requires an account.
    GuestNotAllowed = "guest_not_allowed", "not allowed for guests";
    /// The request was sent by a page of another site, and was refused.
    CrossSiteRequest = "cross_site_request", "cross-site request rejected";
    /// The requested item does not exist, or belongs to another account.
    NotFound = "not_found", "not found";
    /// The path exists, but does not support this HTTP method.
    MethodNotAllowed = "method_not_allowed", "method not allowed";
    /// The email address already belongs to an account.
    EmailTaken = "email_taken", "email address already in use";
    /// The username already belongs to an account.
    UsernameTaken = "username_taken", "username already in use";
    /// The account already has a label with this name.
    LabelNameTaken = "label_name_taken", "label name already in use";
    /// The note is not in the trash; only notes in the trash can be deleted permanently.
    NoteNotInTrash = "note_not_in_trash", "the note is not in the trash";
    /// The note is in the trash and must be restored before it can be changed.
    NoteInTrash = "note_in_trash", "the note is in the trash";
    /// The account has reached one of its limits; the detail names it.
    LimitReached = "limit_reached", "account limit reached";
    /// Mail is not configured, so the service cannot send it.
    MailOff = "mail_off", "mail is not configured";
    /// Web Push is not configured, so the service cannot send push messages.
    PushOff = "push_off", "push messages are not configured";
    /// Sign-in with an identity provider is not configured.
    SignInOff = "sign_in_off", "sign-in method disabled";
    /// The identity provider cannot be reached, or its response cannot be read.
    ProviderUnavailable = "provider_unavailable", "the identity provider does not respond";
    /// The sign-in at the provider took too long, was already completed, or was started in another browser.
    SignInExpired = "sign_in_expired", "the sign-in has expired";
    /// The provider refused the sign-in, or the person cancelled it.
    SignInRefused = "sign_in_refused", "the identity provider refused the sign-in";
    /// The response of the provider does not prove the identity of the person.
    SignInFailed = "sign_in_failed", "invalid response of the identity provider";
    /// The provider reports no verified email address in one of the allowed domains.
    AddressNotAllowed = "address_not_allowed", "email domain not allowed";
    /// The email address belongs to an account that is not linked to this identity.
    IdentityNotLinked = "identity_not_linked", "an account with this address exists, but is not linked";
    /// The identity is already linked to another account.
    IdentityTaken = "identity_taken", "the identity is linked to another account";
    /// Passkeys are not available, because the public address of the service is not configured.
    PasskeysOff = "passkeys_off", "passkeys are not configured";
    /// Removing it would leave the account with no way to sign in.
    LastWayIn = "last_way_in", "the only sign-in method cannot be removed";
    /// File storage is not configured, so the service stores no attachments.
    FilesOff = "files_off", "attachments are not configured";
    /// The service has as many guests as it allows; try again later.
    GuestsFull = "guests_full", "guest limit reached";
    /// The request names an account other than the one that is signed in.
    OtherAccount = "other_account", "another account is signed in";
    /// The request conflicts with the current state; the detail names the reason.
    Conflict = "conflict", "conflict with the current state";
    /// The requested changes are no longer stored; read all data again.
    ChangesExpired = "changes_expired", "the requested changes are no longer stored";
    /// The item was changed since the version in the request was read.
    PreconditionFailed = "precondition_failed", "changed since the version in If-Match";
    /// The request lacks the `If-Match` header, which must name the version to change.
    PreconditionRequired = "precondition_required", "If-Match required";
    /// The request body is larger than this operation allows.
    PayloadTooLarge = "payload_too_large", "request body too large";
    /// The media type of the request body is not supported by this operation.
    UnsupportedMediaType = "unsupported_media_type", "unsupported media type";
    /// The requested range lies outside of the file.
    RangeNotSatisfiable = "range_not_satisfiable", "range not satisfiable";
    /// The idempotency key was already used for a different request.
    IdempotencyKeyReused = "idempotency_key_reused", "idempotency key already used for another request";
    /// The request body arrived more slowly than the minimum rate.
    BodyTooSlow = "body_too_slow", "the request body arrived too slowly";
    /// The client sent too many requests or attempts in a short time.
    RateLimited = "rate_limited", "too many requests";
    /// The service is temporarily unavailable; the same request may succeed later.
    Unavailable = "unavailable", "temporarily unavailable";
    /// The disk of the database is full; deleting data frees space.
    StorageFull = "storage_full", "storage full";
    /// The request took longer than the time limit of the service.
    TimedOut = "timed_out", "request timed out";
    /// The service failed because of a defect; its log has the details.
    Internal = "internal", "internal error";
}

/// One value of a request that is not allowed, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Location of the value: a JSON Pointer into the body (RFC 6901) such as `/title`, or the name of a parameter.
    pub field: String,
    /// Stable code of the reason, for example `too_long`.
    pub code: &'static str,
    /// Explanation for people: the reason, and the values that would be allowed.
    pub message: String,
}

/// An error of the service: its [`Code`] and, where they are known, a detail, the refused values, a time to wait and the cause.
#[derive(Debug)]
pub struct Error {
    code: Code,
    detail: Option<String>,
    fields: Vec<FieldError>,
    retry_after: Option<u32>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// Creates an error with this code and without any detail.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            detail: None,
            fields: Vec::new(),
            retry_after: None,
            source: None,
        }
    }

    /// Sets the explanation of this occurrence. It is written for people, without a final period.
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Sets the number of seconds that clients should wait before they try again.
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Sets the values that are not allowed, replacing those set before.
    pub fn fields(mut self, fields: Vec<FieldError>) -> Self {
        self.fields = fields;
        self
    }

    /// Creates a [`Code::ValidationFailed`] error for one value; `field`, `code` and `message` are those of [`FieldError`].
    pub fn invalid(
        field: impl Into<String>,
        code: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self::new(Code::ValidationFailed).fields(vec![FieldError {
            field: field.into(),
            code,
            message: message.into(),
        }])
    }

    /// Creates a [`Code::NotFound`] error for an item that does not exist or that the caller may not see. `what` names its kind, such as `note`.
    pub fn not_found(what: &str) -> Self {
        Self::new(Code::NotFound).detail(format!("no {what} with this id exists"))
    }

    /// Creates a [`Code::Internal`] error for a defect. The cause is logged, and never sent to clients.
    pub fn internal(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let mut error = Self::new(Code::Internal);
        error.source = Some(source.into());
        error
    }

    /// Creates a [`Code::Unavailable`] error for a dependency that does not respond, with a time to wait of 2 seconds. The cause is logged only.
    pub fn unavailable(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let mut error = Self::new(Code::Unavailable).retry_after(2);
        error.source = Some(source.into());
        error
    }

    /// Returns the code, which decides the HTTP status and the exit code.
    pub fn code(&self) -> Code {
        self.code
    }

    /// Returns the explanation of this occurrence, or `None` if the code says everything.
    pub fn detail_text(&self) -> Option<&str> {
        self.detail.as_deref()
    }

    /// Returns the values that are not allowed; empty unless the code is [`Code::ValidationFailed`].
    pub fn field_errors(&self) -> &[FieldError] {
        &self.fields
    }

    /// Returns the number of seconds to wait before the next attempt, if one is known.
    pub fn retry_after_seconds(&self) -> Option<u32> {
        self.retry_after
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.title())?;
        if let Some(detail) = &self.detail {
            write!(f, ": {detail}")?;
        }
        for field in &self.fields {
            write!(f, "; {}: {}", field.field, field.message)?;
        }
        Ok(())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}
