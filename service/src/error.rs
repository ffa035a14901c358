//! What can go wrong, in the words of the service; how HTTP says it is decided in one other place.

use std::error::Error as StdError;
use std::fmt;

/// The kind of a failure: a stable word that programs may compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// The request cannot be read: malformed JSON, a parameter that is none.
    MalformedRequest,
    /// Values that were read are not allowed.
    ValidationFailed,
    /// No session, no token, or one that has ended.
    Unauthenticated,
    /// Name or password is wrong; which one is not said.
    InvalidCredentials,
    /// The account asks for a second factor, for which the sign-in waits.
    SecondFactorRequired,
    /// No sign-in of this browser waits for a second factor.
    NoPendingSignIn,
    /// The passkey is unknown, or its answer does not fit.
    PasskeyRejected,
    /// The access token may only read.
    ReadOnlyToken,
    /// The access token has no scope for this.
    InsufficientScope,
    /// The note is shared for reading only.
    ReadOnlyShare,
    /// A session of a browser is needed, not an access token.
    SessionRequired,
    /// The password or a recent sign-in by another way is needed.
    RecentSignInRequired,
    /// An operator has disabled the account.
    AccountDisabled,
    /// Nobody registers by themselves: an operator makes accounts.
    RegistrationClosed,
    /// Registration needs the code of an invite.
    InviteRequired,
    /// Guests cannot do this.
    GuestNotAllowed,
    /// A page of another site sent the request.
    CrossSiteRequest,
    /// It does not exist, or belongs to somebody else.
    NotFound,
    /// The path exists, not with this method.
    MethodNotAllowed,
    /// The address belongs to an account already.
    EmailTaken,
    /// The name belongs to an account already.
    UsernameTaken,
    /// A label with this name exists already.
    LabelNameTaken,
    /// Only notes in the trash can be deleted for good.
    NoteNotInTrash,
    /// Notes in the trash cannot be changed before they are restored.
    NoteInTrash,
    /// A limit of the account is reached.
    LimitReached,
    /// The service sends no mail.
    MailOff,
    /// The service pushes to no browsers.
    PushOff,
    /// No provider is configured to sign in by.
    SignInOff,
    /// The provider that people sign in at cannot be reached, or is not understood.
    ProviderUnavailable,
    /// A sign-in at the provider took too long, was finished before, or was begun in another browser.
    SignInExpired,
    /// The provider did not sign the person in, or they did not want to.
    SignInRefused,
    /// The answer of the provider does not prove who somebody is.
    SignInFailed,
    /// The provider names no address of the domains that are let in.
    AddressNotAllowed,
    /// The address belongs to an account that the identity is not linked to.
    IdentityNotLinked,
    /// The identity is linked to another account.
    IdentityTaken,
    /// The service cannot take passkeys: it does not know its address.
    PasskeysOff,
    /// Nothing else would let the user in.
    LastWayIn,
    /// The service keeps no files.
    FilesOff,
    /// No guest can be admitted at the moment.
    GuestsFull,
    /// The request names another account than the one that is signed in.
    OtherAccount,
    /// What is asked does not fit the present state.
    Conflict,
    /// The changes that were asked for are no longer kept: read everything again.
    ChangesExpired,
    /// Somebody changed it since it was read.
    PreconditionFailed,
    /// A change needs `If-Match`.
    PreconditionRequired,
    /// The body is larger than allowed.
    PayloadTooLarge,
    /// The type of the body is none of those understood.
    UnsupportedMediaType,
    /// The file has no bytes in the range that was asked for.
    RangeNotSatisfiable,
    /// The idempotency key was used for another request.
    IdempotencyKeyReused,
    /// The body came more slowly than a connection that works.
    BodyTooSlow,
    /// Too many attempts.
    RateLimited,
    /// The service cannot answer at the moment; the same request may succeed later.
    Unavailable,
    /// The disk of the database is full.
    StorageFull,
    /// The request took longer than is allowed.
    TimedOut,
    /// A defect of the service.
    Internal,
}

impl Code {
    /// Every code. One that is missing here is missing in the document, which debug builds notice.
    pub const ALL: [Self; 54] = [
        Self::MalformedRequest,
        Self::ValidationFailed,
        Self::Unauthenticated,
        Self::InvalidCredentials,
        Self::SecondFactorRequired,
        Self::NoPendingSignIn,
        Self::PasskeyRejected,
        Self::ReadOnlyToken,
        Self::InsufficientScope,
        Self::ReadOnlyShare,
        Self::SessionRequired,
        Self::RecentSignInRequired,
        Self::AccountDisabled,
        Self::RegistrationClosed,
        Self::InviteRequired,
        Self::GuestNotAllowed,
        Self::CrossSiteRequest,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::EmailTaken,
        Self::UsernameTaken,
        Self::LabelNameTaken,
        Self::NoteNotInTrash,
        Self::NoteInTrash,
        Self::LimitReached,
        Self::MailOff,
        Self::PushOff,
        Self::SignInOff,
        Self::ProviderUnavailable,
        Self::SignInExpired,
        Self::SignInRefused,
        Self::SignInFailed,
        Self::AddressNotAllowed,
        Self::IdentityNotLinked,
        Self::IdentityTaken,
        Self::PasskeysOff,
        Self::LastWayIn,
        Self::FilesOff,
        Self::GuestsFull,
        Self::OtherAccount,
        Self::Conflict,
        Self::ChangesExpired,
        Self::PreconditionFailed,
        Self::PreconditionRequired,
        Self::PayloadTooLarge,
        Self::UnsupportedMediaType,
        Self::RangeNotSatisfiable,
        Self::IdempotencyKeyReused,
        Self::BodyTooSlow,
        Self::RateLimited,
        Self::Unavailable,
        Self::StorageFull,
        Self::TimedOut,
        Self::Internal,
    ];

    /// The word itself.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MalformedRequest => "malformed_request",
            Self::ValidationFailed => "validation_failed",
            Self::Unauthenticated => "unauthenticated",
            Self::InvalidCredentials => "invalid_credentials",
            Self::SecondFactorRequired => "second_factor_required",
            Self::NoPendingSignIn => "no_pending_sign_in",
            Self::PasskeyRejected => "passkey_rejected",
            Self::ReadOnlyToken => "read_only_token",
            Self::InsufficientScope => "insufficient_scope",
            Self::ReadOnlyShare => "read_only_share",
            Self::SessionRequired => "session_required",
            Self::RecentSignInRequired => "recent_sign_in_required",
            Self::AccountDisabled => "account_disabled",
            Self::RegistrationClosed => "registration_closed",
            Self::InviteRequired => "invite_required",
            Self::GuestNotAllowed => "guest_not_allowed",
            Self::CrossSiteRequest => "cross_site_request",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::EmailTaken => "email_taken",
            Self::UsernameTaken => "username_taken",
            Self::LabelNameTaken => "label_name_taken",
            Self::NoteNotInTrash => "note_not_in_trash",
            Self::NoteInTrash => "note_in_trash",
            Self::LimitReached => "limit_reached",
            Self::MailOff => "mail_off",
            Self::PushOff => "push_off",
            Self::SignInOff => "sign_in_off",
            Self::ProviderUnavailable => "provider_unavailable",
            Self::SignInExpired => "sign_in_expired",
            Self::SignInRefused => "sign_in_refused",
            Self::SignInFailed => "sign_in_failed",
            Self::AddressNotAllowed => "address_not_allowed",
            Self::IdentityNotLinked => "identity_not_linked",
            Self::IdentityTaken => "identity_taken",
            Self::PasskeysOff => "passkeys_off",
            Self::LastWayIn => "last_way_in",
            Self::FilesOff => "files_off",
            Self::GuestsFull => "guests_full",
            Self::OtherAccount => "other_account",
            Self::Conflict => "conflict",
            Self::ChangesExpired => "changes_expired",
            Self::PreconditionFailed => "precondition_failed",
            Self::PreconditionRequired => "precondition_required",
            Self::PayloadTooLarge => "payload_too_large",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::RangeNotSatisfiable => "range_not_satisfiable",
            Self::IdempotencyKeyReused => "idempotency_key_reused",
            Self::BodyTooSlow => "body_too_slow",
            Self::RateLimited => "rate_limited",
            Self::Unavailable => "unavailable",
            Self::StorageFull => "storage_full",
            Self::TimedOut => "timed_out",
            Self::Internal => "internal",
        }
    }

    /// What it is called, the same for every occurrence.
    pub fn title(self) -> &'static str {
        match self {
            Self::MalformedRequest => "the request cannot be read",
            Self::ValidationFailed => "some values are not allowed",
            Self::Unauthenticated => "not signed in",
            Self::InvalidCredentials => "name or password is wrong",
            Self::SecondFactorRequired => "a second factor is needed",
            Self::NoPendingSignIn => "no sign-in waits for a second factor",
            Self::PasskeyRejected => "the passkey was not accepted",
            Self::ReadOnlyToken => "the access token may only read",
            Self::InsufficientScope => "the access token lacks a scope",
            Self::ReadOnlyShare => "the note is shared for reading only",
            Self::SessionRequired => "an access token cannot do this",
            Self::RecentSignInRequired => "a recent sign-in is needed",
            Self::AccountDisabled => "the account is disabled",
            Self::RegistrationClosed => "registration is closed",
            Self::InviteRequired => "registration needs an invite",
            Self::GuestNotAllowed => "guests cannot do this",
            Self::CrossSiteRequest => "the request comes from another site",
            Self::NotFound => "not found",
            Self::MethodNotAllowed => "method not allowed",
            Self::EmailTaken => "the email address is taken",
            Self::UsernameTaken => "the username is taken",
            Self::LabelNameTaken => "a label with this name exists",
            Self::NoteNotInTrash => "the note is not in the trash",
            Self::NoteInTrash => "the note is in the trash",
            Self::LimitReached => "a limit of the account is reached",
            Self::MailOff => "the service sends no mail",
            Self::PushOff => "the service pushes to no browsers",
            Self::SignInOff => "this way to sign in is off",
            Self::ProviderUnavailable => "the provider does not answer",
            Self::SignInExpired => "the sign-in is too old",
            Self::SignInRefused => "the provider refused",
            Self::SignInFailed => "the provider's answer is not to be trusted",
            Self::AddressNotAllowed => "the address is none of those that are let in",
            Self::IdentityNotLinked => "an account has this address, and is not linked",
            Self::IdentityTaken => "the identity belongs to another account",
            Self::PasskeysOff => "the service has no passkeys",
            Self::LastWayIn => "the last way to sign in stays",
            Self::FilesOff => "the service keeps no files",
            Self::GuestsFull => "no more guests at the moment",
            Self::OtherAccount => "another account is signed in",
            Self::Conflict => "not possible in the present state",
            Self::ChangesExpired => "these changes are no longer kept",
            Self::PreconditionFailed => "changed since it was read",
            Self::PreconditionRequired => "If-Match is missing",
            Self::PayloadTooLarge => "the body is too large",
            Self::UnsupportedMediaType => "the type of the body is not understood",
            Self::RangeNotSatisfiable => "the file has no such bytes",
            Self::IdempotencyKeyReused => "the idempotency key was used for another request",
            Self::BodyTooSlow => "the body came too slowly",
            Self::RateLimited => "too many attempts",
            Self::Unavailable => "not available at the moment",
            Self::StorageFull => "no room for more",
            Self::TimedOut => "the request took too long",
            Self::Internal => "a defect of the service",
        }
    }
}

/// One value that is not allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Where: a JSON pointer into the body (RFC 6901), or the name of a parameter.
    pub field: String,
    /// A stable word for what is wrong, as `too_long`.
    pub code: &'static str,
    /// What is wrong and what would be right.
    pub message: String,
}

/// A failure.
#[derive(Debug)]
pub struct Error {
    code: Code,
    detail: Option<String>,
    fields: Vec<FieldError>,
    retry_after: Option<u32>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// A failure of this kind, about which its kind says everything.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            detail: None,
            fields: Vec::new(),
            retry_after: None,
            source: None,
        }
    }

    /// Says what happened this time: for people, without a final period.
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Seconds after which trying again makes sense.
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The values that are not allowed.
    pub fn fields(mut self, fields: Vec<FieldError>) -> Self {
        self.fields = fields;
        self
    }

    /// One value that is not allowed.
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

    /// Nothing with this id that the caller may know of.
    pub fn not_found(what: &str) -> Self {
        Self::new(Code::NotFound).detail(format!("no {what} with this id"))
    }

    /// A defect: logged with its cause, told without.
    pub fn internal(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let mut error = Self::new(Code::Internal);
        error.source = Some(source.into());
        error
    }

    /// Something the service needs does not answer.
    pub fn unavailable(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let mut error = Self::new(Code::Unavailable).retry_after(2);
        error.source = Some(source.into());
        error
    }

    /// Its kind.
    pub fn code(&self) -> Code {
        self.code
    }

    /// What happened this time, if more is known than the kind.
    pub fn detail_text(&self) -> Option<&str> {
        self.detail.as_deref()
    }

    /// The values that are not allowed.
    pub fn field_errors(&self) -> &[FieldError] {
        &self.fields
    }

    /// Seconds after which trying again makes sense.
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
