//! What can go wrong, in the words of the service; how HTTP says it is decided in one other place.

use std::error::Error as StdError;
use std::fmt;

macro_rules! codes {
    ($(#[doc = $meaning:literal] $code:ident = $word:literal, $title:literal;)+) => {
        /// The kind of a failure: a stable word that programs may compare.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $code,)+
        }

        impl Code {
            /// Every code, in the order of the document.
            pub const ALL: &[Self] = &[$(Self::$code,)+];

            /// The word itself.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$code => $word,)+
                }
            }

            /// The name of the kind, the same for every occurrence.
            pub fn title(self) -> &'static str {
                match self {
                    $(Self::$code => $title,)+
                }
            }

            /// The meaning, as a sentence.
            pub fn meaning(self) -> &'static str {
                let text = match self {
                    $(Self::$code => $meaning,)+
                };
                text.trim_start()
            }
        }
    };
}

// Each with its meaning, its word and its title. All of them are in the document.
codes! {
    /// The request cannot be read: malformed JSON, a parameter that is none.
    MalformedRequest = "malformed_request", "the request cannot be read";
    /// Some values of the request are not allowed.
    ValidationFailed = "validation_failed", "some values are not allowed";
    /// The request has no session and no token, or one that has ended.
    Unauthenticated = "unauthenticated", "not signed in";
    /// The name or the password is wrong; which one is not said.
    InvalidCredentials = "invalid_credentials", "name or password is wrong";
    /// The account asks for a second factor, for which the sign-in waits.
    SecondFactorRequired = "second_factor_required", "a second factor is needed";
    /// No sign-in of this browser waits for a second factor.
    NoPendingSignIn = "no_pending_sign_in", "no sign-in waits for a second factor";
    /// The passkey is unknown, or its answer does not fit.
    PasskeyRejected = "passkey_rejected", "the passkey was not accepted";
    /// The access token may only read.
    ReadOnlyToken = "read_only_token", "the access token may only read";
    /// The access token has no scope for this.
    InsufficientScope = "insufficient_scope", "the access token lacks a scope";
    /// The note is shared for reading only.
    ReadOnlyShare = "read_only_share", "the note is shared for reading only";
    /// A session of a browser is needed, not an access token.
    SessionRequired = "session_required", "an access token cannot do this";
    /// The password or a recent sign-in by another way is needed.
    RecentSignInRequired = "recent_sign_in_required", "a recent sign-in is needed";
    /// An operator has disabled the account.
    AccountDisabled = "account_disabled", "the account is disabled";
    /// Registration is closed: an operator makes the accounts.
    RegistrationClosed = "registration_closed", "registration is closed";
    /// Registration needs the code of an invite.
    InviteRequired = "invite_required", "registration needs an invite";
    /// Guests cannot do this; an account can.
    GuestNotAllowed = "guest_not_allowed", "guests cannot do this";
    /// A page of another site sent the request.
    CrossSiteRequest = "cross_site_request", "the request comes from another site";
    /// The thing does not exist, or belongs to somebody else.
    NotFound = "not_found", "not found";
    /// The path exists, not with this method.
    MethodNotAllowed = "method_not_allowed", "method not allowed";
    /// The address belongs to an account already.
    EmailTaken = "email_taken", "the email address is taken";
    /// The name belongs to an account already.
    UsernameTaken = "username_taken", "the username is taken";
    /// A label with this name exists already.
    LabelNameTaken = "label_name_taken", "a label with this name exists";
    /// Only notes in the trash can be deleted for good.
    NoteNotInTrash = "note_not_in_trash", "the note is not in the trash";
    /// Notes in the trash cannot be changed before they are restored.
    NoteInTrash = "note_in_trash", "the note is in the trash";
    /// A limit of the account is reached.
    LimitReached = "limit_reached", "a limit of the account is reached";
    /// The service sends no mail.
    MailOff = "mail_off", "the service sends no mail";
    /// The service pushes to no browsers.
    PushOff = "push_off", "the service pushes to no browsers";
    /// No provider is configured to sign in by.
    SignInOff = "sign_in_off", "this way to sign in is off";
    /// The provider that people sign in at cannot be reached, or is not understood.
    ProviderUnavailable = "provider_unavailable", "the provider does not answer";
    /// A sign-in at the provider took too long, was finished before, or was begun in another browser.
    SignInExpired = "sign_in_expired", "the sign-in is too old";
    /// The provider did not sign the person in, or they did not want to.
    SignInRefused = "sign_in_refused", "the provider refused";
    /// The answer of the provider does not prove who somebody is.
    SignInFailed = "sign_in_failed", "the provider's answer is not to be trusted";
    /// The provider names no address of the domains that are let in.
    AddressNotAllowed = "address_not_allowed", "the address is none of those that are let in";
    /// The address belongs to an account that the identity is not linked to.
    IdentityNotLinked = "identity_not_linked", "an account has this address, and is not linked";
    /// The identity is linked to another account.
    IdentityTaken = "identity_taken", "the identity belongs to another account";
    /// The service cannot take passkeys: it does not know its address.
    PasskeysOff = "passkeys_off", "the service has no passkeys";
    /// Without it, nothing else would let the user in.
    LastWayIn = "last_way_in", "the last way to sign in stays";
    /// The service keeps no files.
    FilesOff = "files_off", "the service keeps no files";
    /// No guest can be admitted at the moment.
    GuestsFull = "guests_full", "no more guests at the moment";
    /// The request names another account than the one that is signed in.
    OtherAccount = "other_account", "another account is signed in";
    /// The request does not fit the present state.
    Conflict = "conflict", "not possible in the present state";
    /// The changes that were asked for are no longer kept: read everything again.
    ChangesExpired = "changes_expired", "these changes are no longer kept";
    /// Somebody has changed the thing since it was read.
    PreconditionFailed = "precondition_failed", "changed since it was read";
    /// The change needs the header `If-Match` with a version.
    PreconditionRequired = "precondition_required", "If-Match is missing";
    /// The body is larger than allowed.
    PayloadTooLarge = "payload_too_large", "the body is too large";
    /// The type of the body is none of those understood.
    UnsupportedMediaType = "unsupported_media_type", "the type of the body is not understood";
    /// The file has no bytes in the range that was asked for.
    RangeNotSatisfiable = "range_not_satisfiable", "the file has no such bytes";
    /// The idempotency key was used for another request.
    IdempotencyKeyReused = "idempotency_key_reused", "the idempotency key was used for another request";
    /// The body came more slowly than a connection that works.
    BodyTooSlow = "body_too_slow", "the body came too slowly";
    /// Too many requests or attempts came in a short time.
    RateLimited = "rate_limited", "too many attempts";
    /// The service cannot answer at the moment; the same request may succeed later.
    Unavailable = "unavailable", "not available at the moment";
    /// The disk of the database is full; to delete frees room.
    StorageFull = "storage_full", "no room for more";
    /// The request took longer than is allowed.
    TimedOut = "timed_out", "the request took too long";
    /// The service has a defect, which its log describes.
    Internal = "internal", "a defect of the service";
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
