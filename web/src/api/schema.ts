// Generated from service/openapi.json by `npm run api`. Do not edit.

export interface paths {
    "/api/auth/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the options for signing in
         * @description Returns the choices that a sign-in form can offer: registration, guest accounts, password reset by mail, passkeys and an identity provider.
         */
        get: operations["readSignInOptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find the signed-in account
         * @description Returns the account of the session cookie, or no account without a session. Pages call it when they start: unlike `GET /api/me`, it succeeds
         *     for visitors who are not signed in, so that browsers report no failed request. Access tokens are ignored.
         */
        get: operations["findSignedInAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register an account
         * @description Creates an account and begins its first session. Where registration is by invite, `inviteCode` is required and used up; where registration is
         *     closed, the answer is `registration_closed`. A guest who wants to keep notes uses `POST /api/me/claim` instead. An address or username of
         *     another account is refused (`email_taken`, `username_taken`).
         */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Signs in with an email address or username and the password. A wrong name and a wrong password give the same answer (`invalid_credentials`)
         *     after the same time.
         *
         *     Attempts are limited by IP address and by account. An account is never locked, but repeated failures increase the time between attempts. IP
         *     addresses from which the user has signed in before have a limit of their own, so that attempts of others do not keep the user out.
         *
         *     If the account has a second factor, the answer is `second_factor_required` with a cookie that is valid for five minutes; continue with
         *     `POST /api/auth/second-factor`.
         */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/guest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in as a guest
         * @description Creates an account without address and password that contains sample notes, and begins its session. The account and its notes are deleted
         *     after one day unless the guest claims it with `POST /api/me/claim`. The number of guests at a time is limited (`guests_full`).
         */
        post: operations["comeAsGuest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Ends the session of the cookie at once. Signing out without a session succeeds too. If the session was signed in with a provider that has a
         *     sign-out page (OpenID Connect RP-Initiated Logout), the header `Location` contains its URL; unless the browser opens it, the user stays signed
         *     in at the provider.
         */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the sign-in that needs a second factor
         * @description Returns the kinds of second factors of the account and the time at which the sign-in expires. The cookie of the first step identifies the
         *     sign-in; without it the answer is `no_pending_sign_in`.
         */
        get: operations["readPendingSignIn"];
        put?: never;
        /**
         * Finish a sign-in
         * @description Accepts the second factor and begins the session. Attempts are limited by IP address and by account. After five wrong codes, the sign-in has
         *     to start again with the password.
         */
        post: operations["finishSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/second-factor/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin the second step with a passkey
         * @description Returns options for `navigator.credentials.get()` that name the passkeys of the account. Send the result to `POST /api/auth/second-factor`
         *     within five minutes. An account without passkeys answers 409.
         */
        post: operations["startSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/passkey/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to sign in with a passkey
         * @description Returns options for `navigator.credentials.get()` with which the browser offers the passkeys of this service; no username is needed. Send the
         *     result to `POST /api/auth/passkey` within five minutes.
         */
        post: operations["startPasskeySignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a passkey
         * @description Begins a session without username, password or second factor, because the device has verified its user. An unknown or removed passkey answers
         *     `passkey_rejected`.
         */
        post: operations["signInWithPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Request a password reset
         * @description Mails a link to the address if an account has it; the response is the same if none does. If the service sends no mail, the answer is
         *     `mail_off`.
         */
        post: operations["requestPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password-reset/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset the password
         * @description Sets a new password with the token from a mailed link, which works once and for one hour. All sessions and access tokens of the account end,
         *     and the response begins no session.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/email-verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify an email address
         * @description Marks the address of an account as verified. Takes the token from a mailed link, which works once, for three days and in any browser.
         */
        post: operations["verifyAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/email-verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Request a mail to verify the address
         * @description Mails a link that verifies the address of the account; an earlier link becomes invalid. If the address is verified already, no mail is sent.
         *     If the service sends no mail, the answer is `mail_off`.
         */
        post: operations["requestVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the account
         * @description Returns the account of the caller, with the amount of data in it and the limits.
         *
         *     An access token needs the scope `account:read`.
         */
        get: operations["readAccount"];
        put?: never;
        post?: never;
        /**
         * Delete the account
         * @description Deletes the account and everything in it, at once and permanently. Guests send `{}`.
         */
        delete: operations["deleteAccount"];
        options?: never;
        head?: never;
        /**
         * Change address or username
         * @description Changes the email address, the username or both. A new address is unverified until its user opens the link in a mail. Names of other accounts
         *     are refused (`email_taken`, `username_taken`). Guests use `POST /api/me/claim` instead.
         */
        patch: operations["changeAccount"];
        trace?: never;
    };
    "/api/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change the password
         * @description Sets a new password, or the first one of an account without a password. All other sessions and all access tokens end and webhooks are switched
         *     off, because someone with the old password may have created them.
         */
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim a guest's account
         * @description Turns the account of a guest into a registered one. It keeps all notes, and a new session begins. An account that is registered already
         *     answers 409.
         */
        post: operations["claimAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/factors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the second factors
         * @description Returns the second factors of the account. An account with an authenticator app or a passkey has a second step when its user signs in with a
         *     password or an identity provider.
         */
        get: operations["readFactors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to set up an authenticator app
         * @description Creates a secret for an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds). It takes effect once `POST /api/me/totp/confirm` receives
         *     a code of the app, within one hour. Until then, another request replaces the secret.
         */
        post: operations["enrolTotp"];
        /**
         * Remove the authenticator app
         * @description Stops asking for codes of the app. Requires the password or a recent confirmation, and a code. All other sessions end. If this was the last
         *     second factor, recovery codes become invalid too.
         */
        delete: operations["removeTotp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish setting up an authenticator app
         * @description Accepts the first code of the app, and requires codes at sign-in from then on. All other sessions end, because they were signed in without a
         *     code. Returns recovery codes if the account has none.
         */
        post: operations["confirmTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create new recovery codes
         * @description Replaces the recovery codes; earlier codes become invalid. Requires the password or a recent confirmation, and an account with a second
         *     factor.
         */
        post: operations["renewRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List passkeys
         * @description Returns all passkeys of the user on one page; a user has at most 20.
         */
        get: operations["listPasskeys"];
        put?: never;
        /**
         * Register a passkey
         * @description Adds a passkey. The user can sign in with it alone, and signing in with a password then needs a second factor. If it is the first second
         *     factor of the account, the response contains recovery codes and all other sessions end.
         */
        post: operations["createPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to register a passkey
         * @description Returns options for `navigator.credentials.create()`. Send the result to `POST /api/passkeys` in the same session within five minutes.
         */
        post: operations["startPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/passkeys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a passkey
         * @description Removes a passkey and ends all other sessions. If the passkey is the only way to sign in, the answer is `last_way_in`.
         */
        delete: operations["deletePasskey"];
        options?: never;
        head?: never;
        /**
         * Rename a passkey
         * @description Changes the name that the service shows; the device does not store it.
         */
        patch: operations["changePasskey"];
        trace?: never;
    };
    "/api/auth/oidc/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Go to the identity provider
         * @description Redirects the browser to the provider, for use as a link. After signing in, the browser returns to `returnTo`. If the provider does not
         *     answer, or none is configured, the browser is redirected to `/login#problem=` with the code of the problem.
         */
        get: operations["goToProvider"];
        put?: never;
        /**
         * Begin to sign in with the identity provider
         * @description Returns the URL to open, for use by scripts. A guest who signs in keeps the notes if the identity has no account yet; a person without an
         *     account gets one where registration allows it.
         */
        post: operations["startProviderSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/oidc/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return from the identity provider
         * @description The provider redirects the browser here with a code or an error. After success, the browser is redirected to `returnTo` with a session cookie.
         *     After a failure, it is redirected with `#problem=` and a code: to `/login` if it was signing in, to `returnTo` if an account was linking or
         *     confirming an identity.
         *
         *     These codes can occur besides those of other operations: `sign_in_expired` (too late, used before, or another browser), `sign_in_refused` (by
         *     the provider or the user), `sign_in_failed` (the response of the provider is not valid), `address_not_allowed` (no verified address in an
         *     allowed domain), `identity_not_linked` (another account has the address: sign in to it and link the identity), `identity_taken` (linked to
         *     another account), `provider_unavailable`, `registration_closed`, `invite_required`, `account_disabled`, `second_factor_required` (the sign-in
         *     continues in this browser with the second factor).
         */
        get: operations["finishProviderSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List identities
         * @description Returns the identities with which the user can sign in, on one page; an account has at most 10.
         */
        get: operations["listIdentities"];
        put?: never;
        /**
         * Link an identity
         * @description Returns the URL of the provider to open. The identity that signs in there is linked to this account and can sign in to it from then on.
         *     Requires the password of the account or a recent confirmation. Equal email addresses alone never link an identity.
         */
        post: operations["linkIdentity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/identities/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Unlink an identity
         * @description Removes an identity from the account. Requires the password of the account or a recent confirmation. If the identity is the only way to sign
         *     in, the answer is `last_way_in`.
         */
        delete: operations["unlinkIdentity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to confirm at the identity provider
         * @description Returns the URL of the provider to open, for users who confirm an action without a password. The user signs in there again with one of the
         *     identities of the account; for five minutes after that, this session can perform actions that need the password.
         */
        post: operations["startConfirmation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List sessions
         * @description Returns all sessions of the user on one page; a user has at most 50.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /**
         * End all other sessions
         * @description Signs the user out of all browsers except the one that sends the request.
         */
        delete: operations["endOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a session
         * @description Signs the user out of one browser at once. Ending the session of the request itself is the same as signing out.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List access tokens
         * @description Returns all access tokens of the user on one page; a user has at most 50. Expired tokens are listed until they are deleted.
         */
        get: operations["listTokens"];
        put?: never;
        /**
         * Create an access token
         * @description Requires the password of the account or a recent confirmation. The token begins with `notes_pat_` and ends with a checksum, so that secret
         *     scanners recognize it. It expires after `expiresInDays`, and ends when the password changes.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete an access token
         * @description Deletes an access token; requests with it are refused at once.
         */
        delete: operations["deleteToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List labels
         * @description Returns all labels of the user on one page, in the order of the user.
         *
         *     An access token needs the scope `labels:read`.
         */
        get: operations["listLabels"];
        put?: never;
        /**
         * Create a label
         * @description Creates a label after all others. A name that another label has is refused (`label_name_taken`), and so is a label above the limit of the account
         *     (`limit_reached`).
         *
         *     An access token needs the scope `labels:write`.
         */
        post: operations["createLabel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/labels/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Order labels
         * @description Puts the named labels first, in the order of the request; labels that are not named follow in their present order. Returns all labels.
         *
         *     An access token needs the scope `labels:write`.
         */
        put: operations["orderLabels"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/labels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a label
         * @description Returns a label. Send its `ETag` as `If-Match` to change or delete exactly this version.
         *
         *     An access token needs the scope `labels:read`.
         */
        get: operations["readLabel"];
        put?: never;
        post?: never;
        /**
         * Delete a label
         * @description Deletes a label and removes it from all notes; the notes stay. `If-Match` is optional.
         *
         *     An access token needs the scope `labels:write`.
         */
        delete: operations["deleteLabel"];
        options?: never;
        head?: never;
        /**
         * Change a label
         * @description Changes the name or the colour of a label; notes keep the label. `If-Match` is optional. A name that another label has is refused
         *     (`label_name_taken`).
         *
         *     An access token needs the scope `labels:write`.
         */
        patch: operations["changeLabel"];
        trace?: never;
    };
    "/api/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List notes
         * @description Returns the notes of one place, page by page. Sorted by position, pinned notes come first and each section is in the order of the user; sorted
         *     by reminder, only notes with a reminder are listed. Pages neither skip nor repeat a note that stays unchanged while they are read. Use the
         *     `revision` of the pages with `GET /api/changes` to get notes that changed in between.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["listNotes"];
        put?: never;
        /**
         * Create a note
         * @description Creates a note at the top of its section; it may be empty. A request that is sent again with the same `Idempotency-Key` within 24 hours
         *     returns the note of the first one and creates none. An account has a limited number of notes, those in the trash included (`limit_reached`).
         *
         *     An access token needs the scope `notes:write`.
         */
        post: operations["createNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes/reorder": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Order notes
         * @description Puts the named notes into a new order, within the positions that they already have. All other notes keep their positions, including notes that
         *     a filter hides or that the client has not loaded. The notes must be in one place, and either all or none of them pinned; otherwise the answer
         *     is 409.
         *
         *     An access token needs the scope `notes:write`.
         */
        put: operations["reorderNotes"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a note
         * @description Returns a note in any place: on the board, in the archive or in the trash. Send its `ETag` as `If-Match` to change exactly this version.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["readNote"];
        put?: never;
        post?: never;
        /**
         * Move a note to the trash
         * @description Moves a note from the board or the archive to the trash. It can be restored for 30 days; then it is deleted permanently. `If-Match` is
         *     optional.
         *
         *     An access token needs the scope `notes:write`.
         */
        delete: operations["trashNote"];
        options?: never;
        head?: never;
        /**
         * Change a note
         * @description Changes the properties in the body and leaves all others as they are. `If-Match` is required: it names the version that the change is based
         *     on, so that changes of others are not overwritten by accident; `*` overwrites any version. A note in the trash must be restored first
         *     (`note_in_trash`).
         *
         *     An access token needs the scope `notes:write`.
         */
        patch: operations["changeNote"];
        trace?: never;
    };
    "/api/notes/{id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Archive a note
         * @description Moves a note from the board to the archive, where searches still find it. A note in the trash must be restored first (`note_in_trash`).
         *     `If-Match` is optional.
         *
         *     An access token needs the scope `notes:write`.
         */
        post: operations["archiveNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes/{id}/unarchive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a note out of the archive
         * @description Moves a note from the archive to the top of its section on the board. A note in the trash must be restored first (`note_in_trash`). `If-Match`
         *     is optional.
         *
         *     An access token needs the scope `notes:write`.
         */
        post: operations["unarchiveNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a note
         * @description Moves a note from the trash back to the place that it came from: the board or the archive. `If-Match` is optional.
         *
         *     An access token needs the scope `notes:write`.
         */
        post: operations["restoreNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes/{id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a note next to another
         * @description Moves a note directly before or after another one in the same place. The note becomes pinned if the other one is pinned, and unpinned if it is
         *     not. Notes in different places answer 409.
         *
         *     An access token needs the scope `notes:write`.
         */
        post: operations["moveNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes/{id}/permanent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a note permanently
         * @description Deletes a note with its history and attachments. The note must be in the trash (`note_not_in_trash`). `If-Match` is optional.
         *
         *     An access token needs the scope `notes:write`.
         */
        delete: operations["deleteNote"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/trash": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Empty the trash
         * @description Permanently deletes all notes in the trash, and returns their number.
         *
         *     An access token needs the scope `notes:write`.
         */
        delete: operations["emptyTrash"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change many notes
         * @description Applies up to 100 operations in order, in one transaction. An operation that is not possible is skipped and reported as `failed`; the others
         *     take effect.
         *
         *     An access token needs the scope `notes:write`.
         */
        post: operations["batchNotes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes/{id}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List earlier versions of a note
         * @description Returns earlier versions, the latest first. Changes by one author within five minutes count as one version. Up to 50 versions of each note are
         *     kept, for 90 days.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["listRevisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes/{id}/revisions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an earlier version of a note
         * @description Returns the title and text that the note had in a version.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["readRevision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes/{id}/revisions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore an earlier version of a note
         * @description Sets title and text of the note to those of an earlier version. The present version is kept in the history. `If-Match` is required: it names
         *     the present version of the note, or `*` for any.
         *
         *     An access token needs the scope `notes:write`.
         */
        post: operations["restoreRevision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes/{id}/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the attachments of a note
         * @description Returns all attachments of a note, wherever the note is, on one page.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["listAttachments"];
        put?: never;
        /**
         * Add an attachment
         * @description Attaches the file in the body to a note. The file may have 100 MiB unless the operator configures another limit; for large files and
         *     unreliable connections use `POST /api/notes/{id}/uploads`, which can be resumed. The media type of a file and the dimensions of a picture are
         *     detected from its bytes, and pictures in PNG, JPEG, GIF and WebP get a thumbnail. The number of bytes in an account is limited, including
         *     attachments of notes in the trash (`limit_reached`).
         *
         *     A request that is sent again with the same `Idempotency-Key` and the same bytes within 24 hours returns the attachment of the first one and
         *     adds none.
         *
         *     An access token needs the scope `notes:write`.
         */
        post: operations["addAttachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/attachments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the metadata of an attachment
         * @description Returns name, media type and size of an attachment. `GET /api/attachments/{id}/content` returns its bytes.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["readAttachment"];
        put?: never;
        post?: never;
        /**
         * Delete an attachment
         * @description Deletes an attachment permanently; attachments have no trash. `If-Match` is optional.
         *
         *     An access token needs the scope `notes:write`.
         */
        delete: operations["deleteAttachment"];
        options?: never;
        head?: never;
        /**
         * Change an attachment
         * @description Changes the name or the alternative text; the bytes of an attachment never change. `If-Match` is required: it names the version that the
         *     change is based on; `*` overwrites any version.
         *
         *     An access token needs the scope `notes:write`.
         */
        patch: operations["changeAttachment"];
        trace?: never;
    };
    "/api/attachments/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download an attachment
         * @description Returns the bytes with the media type that was detected from them. Browsers may display pictures, audio, video and PDF, in a sandbox; all
         *     other types, including HTML and SVG, are sent as downloads. If files are stored in a bucket, the answer may be 302 with a URL that is valid
         *     for one minute.
         *
         *     Requests with `Range` for one range of bytes, also with `If-Range`, are answered with 206 and that range.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["downloadAttachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/attachments/{id}/thumbnail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the thumbnail of an attachment
         * @description Returns a small picture of at most 512 by 512 pixels. It is rotated as the metadata of the original asks for, and contains no metadata itself,
         *     such as the location. The format is JPEG, or PNG for pictures with transparency. Attachments without a thumbnail answer 404.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["readThumbnail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes/{id}/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin an upload
         * @description Creates an upload for a large file or an unreliable connection. The protocol is tus 1.0 with creation, expiration and termination, so that
         *     existing tus clients work. Space for the whole file is reserved at once (`limit_reached` if the account has too little). Send the bytes with
         *     `PATCH /api/uploads/{id}`; a piece counts only once it has arrived completely, so pieces of a few MiB lose little when a connection breaks. An
         *     upload that receives no piece for 24 hours is deleted.
         *
         *     An access token needs the scope `notes:write`.
         */
        post: operations["createUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the state of an upload
         * @description Returns the number of received bytes, at which the next piece begins. `HEAD` returns only the headers, as tus clients expect.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["readUpload"];
        put?: never;
        post?: never;
        /**
         * Delete an upload
         * @description Deletes an unfinished upload with everything that was received, and releases its space. A complete upload is an attachment; use
         *     `DELETE /api/attachments/{id}` for it.
         *
         *     An access token needs the scope `notes:write`.
         */
        delete: operations["deleteUpload"];
        options?: never;
        head?: never;
        /**
         * Send a piece of an upload
         * @description Appends a piece to an upload. `Upload-Offset` must be the number of bytes received so far, otherwise the answer is 409; of two pieces that
         *     arrive at the same time, one is accepted. After the last piece, the file is examined and becomes an attachment with the identifier of the
         *     upload. If that fails, the last piece can be sent again.
         *
         *     An access token needs the scope `notes:write`.
         */
        patch: operations["sendPiece"];
        trace?: never;
    };
    "/api/notes/{id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the items of a note's checklist
         * @description Returns the checklist items in the Markdown of the note, in the order of the text. The `ETag` is that of the note.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["listItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes/{id}/items/{index}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change an item of a note's checklist
         * @description Checks or unchecks an item, or replaces its text. The rest of the Markdown stays byte for byte as it is. `If-Match` is required: it names the
         *     version of the note that the index refers to; with `*` the index refers to the current version. A note in the trash cannot be changed
         *     (`note_in_trash`).
         *
         *     An access token needs the scope `notes:write`.
         */
        patch: operations["changeItem"];
        trace?: never;
    };
    "/api/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search notes
         * @description Finds notes that contain all words of the query in their title or text. Words in quotation marks must follow each other, and the last word may
         *     be the beginning of a word. Accents and case are ignored; vowel signs are not. Whole words rank before longer ones, and matches in the title
         *     before matches in the text. Targets of links and emoji can be found too. Queries that contain punctuation only find nothing, and words after
         *     the 16th are ignored.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["searchNotes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export all notes
         * @description Returns one JSON document, or a zip archive of Markdown files that begin with title, colour, labels and times. Both contain earlier versions
         *     of notes, and both can be imported regardless of their size. Only the archive contains attachments.
         *
         *     An access token needs the scope `export`.
         */
        get: operations["exportNotes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import notes
         * @description Imports an export of this service in either format, of Google Keep (Takeout), Joplin (JEX or RAW directory), Evernote (ENEX), Obsidian,
         *     Notesnook, Simplenote or Standard Notes; a zip archive of other Markdown files; a Markdown file; or an HTML page. The format is detected from
         *     the content, so that every file can be sent as `application/octet-stream`.
         *
         *     Imported notes are placed above the existing ones, and the response lists everything that was left out or changed by file, line and reason. If
         *     the file contains identifiers, nothing is imported twice: notes that the account contains already stay as they are, and an interrupted import
         *     can be sent again. Labels are matched by name and created if missing. Notes in the trash stay there for as long as notes that are moved to the
         *     trash now. If nothing could be imported, the answer is a problem.
         *
         *     An access token needs the scopes `notes:write` and `labels:write`.
         */
        post: operations["importNotes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List changes
         * @description Returns everything that was created, changed or deleted since a revision, each item once and in its current state. To keep an exact copy, read
         *     all pages of `GET /api/notes` in each place, of `GET /api/shared`, `GET /api/labels` and `GET /api/filters`, then the changes since the
         *     `revision` of the first page; writes in between are included.
         *
         *     Deletions are listed for 90 days. A client that was offline for longer receives 410 (`changes_expired`) and must read everything again.
         *
         *     An access token needs the scopes `notes:read` and `labels:read`.
         */
        get: operations["listChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Listen to events
         * @description Streams server-sent events. `changed` carries the current revision: once when the stream begins, then after every write from any device.
         *     `reminder` is sent once for each reminder that becomes due. A comment follows every 20 s without an event. The stream ends with the session or
         *     the process; browsers reconnect with `Last-Event-ID` and then receive the reminders that they missed, at most the last 100.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["listen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/filters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List saved filters
         * @description Returns all saved filters of the user on one page, in the order of the user; a user has at most 100.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["listFilters"];
        put?: never;
        /**
         * Save a filter
         * @description Saves a filter after all others. `GET /api/filters/{id}/notes` returns its notes. A name that another filter of the user has answers 409.
         *
         *     An access token needs the scope `notes:write`.
         */
        post: operations["createFilter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/filters/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Order saved filters
         * @description Puts the named filters first, in the order of the request; filters that are not named follow in their present order. Returns all filters.
         *
         *     An access token needs the scope `notes:write`.
         */
        put: operations["orderFilters"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/filters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a saved filter
         * @description Returns a saved filter. Send its `ETag` as `If-Match` to change or delete exactly this version.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["readFilter"];
        put?: never;
        post?: never;
        /**
         * Delete a saved filter
         * @description Deletes a saved filter; the notes that it selects stay as they are. `If-Match` is optional.
         *
         *     An access token needs the scope `notes:write`.
         */
        delete: operations["deleteFilter"];
        options?: never;
        head?: never;
        /**
         * Change a saved filter
         * @description Changes the name or replaces the whole `query`. `If-Match` is optional. A name that another filter of the user has answers 409.
         *
         *     An access token needs the scope `notes:write`.
         */
        patch: operations["changeFilter"];
        trace?: never;
    };
    "/api/filters/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the notes of a saved filter
         * @description Returns the notes that `GET /api/notes` or, for a filter with `q`, `GET /api/search` returns with the conditions of the filter. Cursors become
         *     invalid when the filter changes.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["listFilterNotes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks
         * @description Returns all webhooks of the user on one page, the oldest first; a user has at most 10.
         *
         *     An access token needs the scope `webhooks:read`.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Create a webhook
         * @description Creates a webhook. Each event is sent as a `POST` with a JSON body: `id`, `type`, `timestamp`, and `data` with the `revision`, the
         *     identifiers, and the note or label in its state at the first attempt. Requests are signed according to the Standard Webhooks specification,
         *     with the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`. A receiver accepts an event with a status from 200 to 299 within
         *     10 seconds; redirects are not followed.
         *
         *     The events of a webhook are sent one after another, in the order of their revisions, and at least once: the same `webhook-id` can arrive
         *     again. An event that was not accepted is retried with increasing delays while later events wait. After about a day of failures, the webhook is
         *     switched off. Changes of the order alone cause no events. A user has at most 10 webhooks (`limit_reached`); guests cannot create any
         *     (`guest_not_allowed`).
         *
         *     An access token needs the scopes `notes:read` and `labels:read` and `webhooks:write`.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a webhook
         * @description Returns a webhook, with the reason if it is switched off. The secret is not included.
         *
         *     An access token needs the scope `webhooks:read`.
         */
        get: operations["readWebhook"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description Deletes a webhook; events that are waiting are not sent. `If-Match` is optional.
         *
         *     An access token needs the scope `webhooks:write`.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook
         * @description Changes the properties in the body; the secret stays the same, even if the URL changes. `If-Match` is optional.
         *
         *     An access token needs the scopes `notes:read` and `labels:read` and `webhooks:write`.
         */
        patch: operations["changeWebhook"];
        trace?: never;
    };
    "/api/webhooks/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the secret of a webhook
         * @description Creates a new secret, which only this response contains. For 24 hours, requests carry signatures of both the new and the previous secret.
         *
         *     An access token needs the scope `webhooks:write`.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test a webhook
         * @description Sends one message of type `ping` at once, even if the webhook is switched off, and returns the result. A user can send 10 pings in five
         *     minutes.
         *
         *     An access token needs the scope `webhooks:write`.
         */
        post: operations["pingWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deliveries of a webhook
         * @description Returns all deliveries that are waiting, and the last 100 that were delivered or given up.
         *
         *     An access token needs the scope `webhooks:read`.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/deliveries/{delivery}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a delivery again
         * @description Sends a delivery as soon as possible and before all that are waiting, in any state, with the same `webhook-id` and the same body.
         *
         *     An access token needs the scope `webhooks:write`.
         */
        post: operations["redeliverWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/deliveries/{delivery}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a delivery
         * @description Deletes a delivery. If it is waiting it is not sent, and the deliveries behind it continue; use this for an event that the receiver keeps
         *     refusing.
         *
         *     An access token needs the scope `webhooks:write`.
         */
        delete: operations["deleteWebhookDelivery"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/push/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the key for push messages
         * @description Returns the public key of the service, which is the same for all users and replicas. If the service sends no push messages, the answer is
         *     `push_off`.
         */
        get: operations["readPushKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/push/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List push subscriptions
         * @description Returns the push subscriptions of the user on one page; each session has at most one.
         */
        get: operations["listPushSubscriptions"];
        put?: never;
        /**
         * Subscribe to push messages
         * @description Sends reminders to this browser as long as its session lasts, as messages `{"type":"reminder","noteId":…,"reminderAt":…,"title":…}` (RFC 8030,
         *     RFC 8291). The subscription replaces an earlier one of the session; repeating the request changes nothing. `PATCH /api/me/reminders` decides
         *     when messages are sent and if they contain titles. If the service sends no push messages, the answer is `push_off`.
         */
        post: operations["subscribeToPush"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/push/subscriptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a push subscription
         * @description Stops push messages to one browser of the user, and discards messages that were not sent yet.
         */
        delete: operations["removePushSubscription"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/reminders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how reminders are delivered
         * @description Returns the settings for push messages and mails. The events of `GET /api/events` do not depend on them.
         */
        get: operations["readReminderSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change how reminders are delivered
         * @description Changes the settings for reminders that become due from now on. Mails need a service that sends mail (`mail_off`) and a verified address
         *     (409).
         */
        patch: operations["changeReminderSettings"];
        trace?: never;
    };
    "/api/unsubscribe/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unsubscribe from reminder mails
         * @description Switches reminder mails off for the account that the token belongs to; no other setting changes. Reminder mails contain the link, and mail
         *     programs can send the request for their users (RFC 8058). No sign-in is needed.
         */
        post: operations["endReminderMails"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the links of a note
         * @description Returns the links that have not expired, on one page; a note has at most ten.
         */
        get: operations["listNoteLinks"];
        put?: never;
        /**
         * Create a link to a note
         * @description Creates a link with which everyone can read the note, without an account, until the link expires or is revoked. While the note is in the
         *     trash, the link shows nothing. A note has at most ten links (`limit_reached`); guests cannot create any (`guest_not_allowed`).
         */
        post: operations["createNoteLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes/{id}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a link to a note
         * @description Deletes a link; it stops showing the note at once.
         */
        delete: operations["deleteNoteLink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/links/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read the note of a link
         * @description Returns the note that a link shows; no sign-in is needed. The token is in the body, because URLs appear in the logs of servers and proxies. An
         *     unknown token, an expired link, and a note that was deleted or is in the trash all answer 404. One network can open 60 links per minute.
         */
        post: operations["openNoteLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes/{id}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the shares of a note
         * @description Returns the people who can read the note besides its owner, and open invitations, on one page; a note has at most 20.
         */
        get: operations["listNoteShares"];
        put?: never;
        /**
         * Share a note
         * @description Invites the owner of an email address to a note. The response is the same if no account has the address. The recipient finds the invitation in
         *     `GET /api/invitations` for 14 days. Another invitation to the same address replaces the earlier one. A user can send 50 invitations per day;
         *     guests cannot share notes (`guest_not_allowed`).
         */
        post: operations["shareNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notes/{id}/shares/{share}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a share of a note
         * @description Ends a share or revokes an open invitation. The recipient can no longer read the note, and finds its identifier in `endedShares` of
         *     `GET /api/changes`.
         */
        delete: operations["endNoteShare"];
        options?: never;
        head?: never;
        /**
         * Change a share of a note
         * @description Changes the right of the recipient from now on; open invitations can be changed too.
         */
        patch: operations["changeNoteShare"];
        trace?: never;
    };
    "/api/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List invitations to notes of other users
         * @description Returns open invitations that were sent to the address of the account. If the service sends mail, the address must be verified first; if it
         *     does not, only invitations that were sent while the account had the address are listed. The event `changed` announces a new invitation.
         */
        get: operations["listInvitations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation to a note
         * @description Adds the note to those of `GET /api/shared`; its owner sees the username of the caller. At most 1,000 notes can be shared with one account
         *     (`limit_reached`).
         */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Decline an invitation to a note
         * @description Removes the invitation from the list. Its sender receives no notice and sees the invitation as open until it expires.
         */
        delete: operations["declineInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/shared": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List notes of other users
         * @description Returns the notes that other users share with the caller, except those in the trash of their owners. With `q`, only notes that match the query
         *     are returned, as in `GET /api/search`, which searches the caller's own notes.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["listSharedNotes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/shared/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a note of another user
         * @description Returns a note that is shared with the caller. Send its `ETag` as `If-Match` to change exactly this version.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["readSharedNote"];
        put?: never;
        post?: never;
        /**
         * Leave a note of another user
         * @description Ends the share for the caller. The note stays as it is, and its owner sees that the share ended.
         *
         *     An access token needs the scope `notes:write`.
         */
        delete: operations["leaveSharedNote"];
        options?: never;
        head?: never;
        /**
         * Change a note of another user
         * @description Changes title and text of a note, which requires the right `write`. `If-Match` is required: it names the version that the change is based on;
         *     `*` overwrites any version. The owner finds the earlier text in the history of the note, with the username of its author.
         *
         *     An access token needs the scope `notes:write`.
         */
        patch: operations["changeSharedNote"];
        trace?: never;
    };
    "/api/shared/{id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the items of the checklist of another user's note
         * @description Returns the checklist items in the Markdown of the note, in the order of the text. The `ETag` is that of the note.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["listSharedItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/shared/{id}/items/{index}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change an item of the checklist of another user's note
         * @description Checks or unchecks an item, or replaces its text, which requires the right `write`. The rest of the Markdown stays byte for byte as it is.
         *     `If-Match` is required: it names the version of the note that the index refers to.
         *
         *     An access token needs the scope `notes:write`.
         */
        patch: operations["changeSharedItem"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Account
         * @description Account of a user or guest, with its usage and limits.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-835e045a4172",
         *       "email": "ada@example.com",
         *       "emailVerified": false,
         *       "username": "ada",
         *       "guest": false,
         *       "expiresAt": "2026-05-04T09:30:00Z",
         *       "usage": {
         *         "notes": 12,
         *         "notesLimit": 10000,
         *         "labels": 1,
         *         "labelsLimit": 200,
         *         "attachmentBytes": 482133,
         *         "attachmentBytesLimit": 1073741824
         *       },
         *       "createdAt": "2026-05-04T09:30:00Z"
         *     }
         */
        Account: {
            /**
             * Format: uuid
             * @description Identifier of the account (UUID).
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description Email address. Absent for guests, and for users whose identity provider named no address.
             * @example ada@example.com
             */
            email?: string;
            /**
             * @description `true` if the user has proved with a mailed link to own the address.
             * @example false
             */
            emailVerified: boolean;
            /**
             * @description Username, with the case that the user chose.
             * @example ada
             */
            username: string;
            /**
             * @description `true` if the account belongs to a guest.
             * @example false
             */
            guest: boolean;
            /**
             * Format: date-time
             * @description Time at which the account and everything in it is deleted; only for guests.
             * @example 2026-05-04T09:30:00Z
             */
            expiresAt?: string;
            /** @description Amount of data in the account, with the limits. */
            usage: components["schemas"]["Usage"];
            /**
             * Format: date-time
             * @description Time at which the account was created.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
        };
        /**
         * AccountPatch
         * @description Changes of an account; omitted properties stay as they are.
         * @example {
         *       "email": "ada@example.com",
         *       "username": "ada",
         *       "currentPassword": "seven quiet lanterns"
         *     }
         */
        AccountPatch: {
            /**
             * @description New email address, at most 254 characters. Requires `currentPassword` or a recent confirmation, and has to be verified again.
             * @example ada@example.com
             */
            email?: string;
            /**
             * @description New username, 3 to 32 letters, digits, `_`, `.` and `-`.
             * @example ada
             */
            username?: string;
            /**
             * Format: password
             * @description Password of the account. Not needed if the session began with a passkey within the last 10 minutes, or was confirmed at the identity provider
             *     (`POST /api/me/confirmation`) within the last 5 minutes. Only used with `email`.
             * @example seven quiet lanterns
             */
            currentPassword?: string;
        };
        /**
         * Attachment
         * @description A file that is attached to a note.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-17d2b1f7f9a8",
         *       "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
         *       "name": "kitchen.jpg",
         *       "alt": "A kitchen with a blue door",
         *       "mediaType": "image/jpeg",
         *       "bytes": 482133,
         *       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         *       "width": 1600,
         *       "height": 1200,
         *       "hasThumbnail": true,
         *       "inline": true,
         *       "version": 7,
         *       "createdAt": "2026-05-04T09:30:00Z",
         *       "updatedAt": "2026-05-04T09:30:00Z",
         *       "noteVersion": 8
         *     }
         */
        Attachment: {
            /**
             * Format: uuid
             * @description Identifier of the attachment (UUID).
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * Format: uuid
             * @description Identifier of the note that the file is attached to.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            noteId: string;
            /**
             * @description File name without folders, at most 255 characters.
             * @example kitchen.jpg
             */
            name: string;
            /**
             * @description Alternative text for people who cannot see the file, at most 1,000 characters; may be empty.
             * @example A kitchen with a blue door
             */
            alt: string;
            /**
             * @description Media type, detected from the bytes of the file and not from its name.
             * @example image/jpeg
             */
            mediaType: string;
            /**
             * Format: uint64
             * @description Size of the file in bytes.
             * @example 482133
             */
            bytes: number;
            /**
             * @description SHA-256 hash of the file as 64 lowercase hexadecimal digits.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            sha256: string;
            /**
             * Format: uint32
             * @description Width in pixels after the rotation that the metadata asks for; only for pictures.
             * @example 1600
             */
            width?: number;
            /**
             * Format: uint32
             * @description Height in pixels after the rotation that the metadata asks for; only for pictures.
             * @example 1200
             */
            height?: number;
            /**
             * @description `true` if `GET /api/attachments/{id}/thumbnail` returns a small picture.
             * @example true
             */
            hasThumbnail: boolean;
            /**
             * @description `true` if browsers may display the file in place; other files can only be downloaded.
             * @example true
             */
            inline: boolean;
            /**
             * Format: int64
             * @description Version of the attachment, increased when its name or alternative text changes; its `ETag` is this number in quotation marks.
             * @example 7
             */
            version: number;
            /**
             * Format: date-time
             * @description Time at which the upload of the file began.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Time of the last change of the name or alternative text.
             * @example 2026-05-04T09:30:00Z
             */
            updatedAt: string;
            /**
             * Format: int64
             * @description Version of the note after the attachment was added; present only in the response to the upload.
             * @example 8
             */
            noteVersion?: number;
        };
        /**
         * AttachmentList
         * @description All attachments of a note.
         * @example {
         *       "items": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
         *           "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
         *           "name": "kitchen.jpg",
         *           "alt": "A kitchen with a blue door",
         *           "mediaType": "image/jpeg",
         *           "bytes": 482133,
         *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         *           "width": 1600,
         *           "height": 1200,
         *           "hasThumbnail": true,
         *           "inline": true,
         *           "version": 7,
         *           "createdAt": "2026-05-04T09:30:00Z",
         *           "updatedAt": "2026-05-04T09:30:00Z"
         *         }
         *       ]
         *     }
         */
        AttachmentList: {
            /**
             * @description Attachments in the order in which they were added.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
             *         "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
             *         "name": "kitchen.jpg",
             *         "alt": "A kitchen with a blue door",
             *         "mediaType": "image/jpeg",
             *         "bytes": 482133,
             *         "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
             *         "width": 1600,
             *         "height": 1200,
             *         "hasThumbnail": true,
             *         "inline": true,
             *         "version": 7,
             *         "createdAt": "2026-05-04T09:30:00Z",
             *         "updatedAt": "2026-05-04T09:30:00Z"
             *       }
             *     ]
             */
            items: components["schemas"]["Attachment"][];
        };
        /**
         * AttachmentPatch
         * @description Changes of an attachment; omitted properties stay as they are.
         * @example {
         *       "name": "kitchen.jpg",
         *       "alt": "A kitchen with a blue door"
         *     }
         */
        AttachmentPatch: {
            /**
             * @description New file name, 1 to 255 characters; folders in it are dropped.
             * @example kitchen.jpg
             */
            name?: string;
            /**
             * @description New alternative text for people who cannot see the file, at most 1,000 characters.
             * @example A kitchen with a blue door
             */
            alt?: string;
        };
        /**
         * BatchOperation
         * @description One operation of a batch, applied to one note.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-7bdfd7c3cb63",
         *       "op": "addLabel",
         *       "labelId": "01976c8e-4f1a-7c3e-9d2b-000000000001"
         *     }
         */
        BatchOperation: {
            /**
             * Format: uuid
             * @description Identifier of the note that the operation applies to.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /** @description Action to apply to the note. */
            op: components["schemas"]["Verb"];
            /** @description New colour; required with `setColor`, ignored otherwise. */
            color?: components["schemas"]["Color"];
            /**
             * Format: uuid
             * @description Identifier of the label; required with `addLabel` and `removeLabel`, ignored otherwise.
             * @example 01976c8e-4f1a-7c3e-9d2b-000000000001
             */
            labelId?: string;
        };
        /**
         * BatchOutcome
         * @description Outcome of one batch operation, with the reason if it failed.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-1c577444f842",
         *       "status": "done"
         *     }
         */
        BatchOutcome: {
            /**
             * Format: uuid
             * @description Identifier of the note that the operation named.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /** @description Outcome of the operation on this note. */
            status: components["schemas"]["BatchStatus"];
            /**
             * @description Reason of the failure, as the `code` of a problem; present only with `failed`.
             * @example EXAMPLE
             */
            code?: string;
            /**
             * @description Explanation of the failure for people; present only with `failed`.
             * @example no such note
             */
            detail?: string;
        };
        /**
         * BatchRequest
         * @description Operations to apply to notes, in order.
         * @example {
         *       "operations": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-7bdfd7c3cb63",
         *           "op": "addLabel",
         *           "labelId": "01976c8e-4f1a-7c3e-9d2b-000000000001"
         *         }
         *       ]
         *     }
         */
        BatchRequest: {
            /**
             * @description Operations, 1 to 100, which are applied in this order.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-7bdfd7c3cb63",
             *         "op": "addLabel",
             *         "labelId": "01976c8e-4f1a-7c3e-9d2b-000000000001"
             *       }
             *     ]
             */
            operations: components["schemas"]["BatchOperation"][];
        };
        /**
         * BatchResponse
         * @description Outcomes of all operations of a batch.
         * @example {
         *       "results": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-1c577444f842",
         *           "status": "done"
         *         }
         *       ],
         *       "revision": 42
         *     }
         */
        BatchResponse: {
            /**
             * @description One outcome for each operation, in the order of the request.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-1c577444f842",
             *         "status": "done"
             *       }
             *     ]
             */
            results: components["schemas"]["BatchOutcome"][];
            /**
             * Format: int64
             * @description Revision of the user's data after the batch.
             * @example 42
             */
            revision: number;
        };
        /**
         * @description Outcome of one batch operation: `done`, `unchanged` if the note already was as requested, or `failed`.
         * @example done
         * @enum {string}
         */
        BatchStatus: "done" | "unchanged" | "failed";
        /**
         * ChangeList
         * @description Changes since a revision; each entry is the current state.
         * @example {
         *       "notes": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
         *           "title": "Groceries",
         *           "content": "- [x] eggs\n- [ ] cream",
         *           "shortened": false,
         *           "checklist": {
         *             "done": 1,
         *             "total": 2
         *           },
         *           "color": "green",
         *           "pinned": false,
         *           "place": "active",
         *           "labelIds": [
         *             "01976c8e-4f1a-7c3e-9d2b-000000000001"
         *           ],
         *           "reminderAt": "2026-05-04T09:30:00Z",
         *           "recurrence": {
         *             "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
         *             "timeZone": "Europe/Berlin",
         *             "start": "2026-05-04T11:30:00"
         *           },
         *           "position": "a0",
         *           "version": 7,
         *           "createdAt": "2026-05-04T09:30:00Z",
         *           "updatedAt": "2026-05-04T09:30:00Z",
         *           "attachmentCount": 1,
         *           "image": {
         *             "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
         *             "width": 1600,
         *             "height": 1200
         *           },
         *           "shared": false,
         *           "writtenBy": {
         *             "username": "ada"
         *           },
         *           "attachments": [
         *             {
         *               "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
         *               "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
         *               "name": "kitchen.jpg",
         *               "alt": "A kitchen with a blue door",
         *               "mediaType": "image/jpeg",
         *               "bytes": 482133,
         *               "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         *               "width": 1600,
         *               "height": 1200,
         *               "hasThumbnail": true,
         *               "inline": true,
         *               "version": 7,
         *               "createdAt": "2026-05-04T09:30:00Z",
         *               "updatedAt": "2026-05-04T09:30:00Z"
         *             }
         *           ]
         *         }
         *       ],
         *       "labels": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-eff19412189b",
         *           "name": "Errands",
         *           "color": "green",
         *           "sort": 1,
         *           "version": 7,
         *           "createdAt": "2026-05-04T09:30:00Z",
         *           "updatedAt": "2026-05-04T09:30:00Z"
         *         }
         *       ],
         *       "filters": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-d62f27ce72aa",
         *           "name": "Errands with eggs",
         *           "query": {
         *             "place": "active",
         *             "pinned": false,
         *             "labelIds": [
         *               "01976c8e-4f1a-7c3e-9d2b-000000000001"
         *             ],
         *             "color": "green",
         *             "hasReminder": false,
         *             "q": "eggs"
         *           },
         *           "missingLabelIds": [
         *             "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
         *           ],
         *           "sort": 1,
         *           "version": 7,
         *           "createdAt": "2026-05-04T09:30:00Z",
         *           "updatedAt": "2026-05-04T09:30:00Z"
         *         }
         *       ],
         *       "deletedNotes": [
         *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
         *       ],
         *       "deletedLabels": [
         *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
         *       ],
         *       "deletedFilters": [
         *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
         *       ],
         *       "sharedNotes": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-037dd7080e1f",
         *           "title": "Groceries",
         *           "content": "- [x] eggs\n- [ ] cream",
         *           "shortened": false,
         *           "html": "<p>eggs</p>",
         *           "checklist": {
         *             "done": 1,
         *             "total": 2
         *           },
         *           "color": "green",
         *           "version": 7,
         *           "createdAt": "2026-05-04T09:30:00Z",
         *           "updatedAt": "2026-05-04T09:30:00Z",
         *           "writtenBy": {
         *             "username": "ada"
         *           },
         *           "owner": "grace",
         *           "right": "read",
         *           "sharedAt": "2026-05-04T09:30:00Z"
         *         }
         *       ],
         *       "endedShares": [
         *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
         *       ],
         *       "revision": 42,
         *       "more": false
         *     }
         */
        ChangeList: {
            /**
             * @description Notes that were created or changed, including those in the archive and the trash, in the order of their last changes.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
             *         "title": "Groceries",
             *         "content": "- [x] eggs\n- [ ] cream",
             *         "shortened": false,
             *         "checklist": {
             *           "done": 1,
             *           "total": 2
             *         },
             *         "color": "green",
             *         "pinned": false,
             *         "place": "active",
             *         "labelIds": [
             *           "01976c8e-4f1a-7c3e-9d2b-000000000001"
             *         ],
             *         "reminderAt": "2026-05-04T09:30:00Z",
             *         "recurrence": {
             *           "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
             *           "timeZone": "Europe/Berlin",
             *           "start": "2026-05-04T11:30:00"
             *         },
             *         "position": "a0",
             *         "version": 7,
             *         "createdAt": "2026-05-04T09:30:00Z",
             *         "updatedAt": "2026-05-04T09:30:00Z",
             *         "attachmentCount": 1,
             *         "image": {
             *           "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
             *           "width": 1600,
             *           "height": 1200
             *         },
             *         "shared": false,
             *         "writtenBy": {
             *           "username": "ada"
             *         },
             *         "attachments": [
             *           {
             *             "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
             *             "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
             *             "name": "kitchen.jpg",
             *             "alt": "A kitchen with a blue door",
             *             "mediaType": "image/jpeg",
             *             "bytes": 482133,
             *             "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
             *             "width": 1600,
             *             "height": 1200,
             *             "hasThumbnail": true,
             *             "inline": true,
             *             "version": 7,
             *             "createdAt": "2026-05-04T09:30:00Z",
             *             "updatedAt": "2026-05-04T09:30:00Z"
             *           }
             *         ]
             *       }
             *     ]
             */
            notes: components["schemas"]["Note"][];
            /**
             * @description Labels that were created or changed.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-eff19412189b",
             *         "name": "Errands",
             *         "color": "green",
             *         "sort": 1,
             *         "version": 7,
             *         "createdAt": "2026-05-04T09:30:00Z",
             *         "updatedAt": "2026-05-04T09:30:00Z"
             *       }
             *     ]
             */
            labels: components["schemas"]["Label"][];
            /**
             * @description Saved filters that were created or changed.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-d62f27ce72aa",
             *         "name": "Errands with eggs",
             *         "query": {
             *           "place": "active",
             *           "pinned": false,
             *           "labelIds": [
             *             "01976c8e-4f1a-7c3e-9d2b-000000000001"
             *           ],
             *           "color": "green",
             *           "hasReminder": false,
             *           "q": "eggs"
             *         },
             *         "missingLabelIds": [
             *           "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
             *         ],
             *         "sort": 1,
             *         "version": 7,
             *         "createdAt": "2026-05-04T09:30:00Z",
             *         "updatedAt": "2026-05-04T09:30:00Z"
             *       }
             *     ]
             */
            filters: components["schemas"]["SavedFilter"][];
            /**
             * @description Identifiers of notes that were deleted permanently.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
             *     ]
             */
            deletedNotes: string[];
            /**
             * @description Identifiers of labels that were deleted.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
             *     ]
             */
            deletedLabels: string[];
            /**
             * @description Identifiers of saved filters that were deleted.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
             *     ]
             */
            deletedFilters: string[];
            /**
             * @description Notes of other users that are shared with the caller, if they were shared or changed since.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-037dd7080e1f",
             *         "title": "Groceries",
             *         "content": "- [x] eggs\n- [ ] cream",
             *         "shortened": false,
             *         "html": "<p>eggs</p>",
             *         "checklist": {
             *           "done": 1,
             *           "total": 2
             *         },
             *         "color": "green",
             *         "version": 7,
             *         "createdAt": "2026-05-04T09:30:00Z",
             *         "updatedAt": "2026-05-04T09:30:00Z",
             *         "writtenBy": {
             *           "username": "ada"
             *         },
             *         "owner": "grace",
             *         "right": "read",
             *         "sharedAt": "2026-05-04T09:30:00Z"
             *       }
             *     ]
             */
            sharedNotes: components["schemas"]["SharedNote"][];
            /**
             * @description Identifiers of notes of other users that the caller can no longer read: the share ended, or the owner moved the note to the trash.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
             *     ]
             */
            endedShares: string[];
            /**
             * Format: int64
             * @description Value of `since` for the next request. While `more` is `true` in a sequence that began with 0, it may be larger than any revision; treat it as
             *     opaque.
             * @example 42
             */
            revision: number;
            /**
             * @description `true` if more changes follow immediately. Until it is `false`, a note may refer to a label that a later page contains.
             * @example false
             */
            more: boolean;
        };
        /**
         * Changed
         * @description Announcement that the user's data has changed.
         * @example {
         *       "revision": 42
         *     }
         */
        Changed: {
            /**
             * Format: int64
             * @description Current revision of the user's data; `GET /api/changes` returns the changes up to it.
             * @example 42
             */
            revision: number;
        };
        /**
         * Checklist
         * @description Progress of the checklist of a note.
         * @example {
         *       "done": 1,
         *       "total": 2
         *     }
         */
        Checklist: {
            /**
             * Format: uint32
             * @description Number of checklist items that are checked.
             * @example 1
             */
            done: number;
            /**
             * Format: uint32
             * @description Number of all checklist items, checked or not.
             * @example 2
             */
            total: number;
        };
        /**
         * @description Colour of a note or label, as a name that each theme of the web page maps to a shade; `white` by default.
         * @example white
         * @enum {string}
         */
        Color: "white" | "red" | "orange" | "yellow" | "green" | "teal" | "blue" | "purple" | "pink";
        /**
         * Confirmation
         * @description Parameters of a confirmation at the identity provider.
         * @example {
         *       "returnTo": "/settings"
         *     }
         */
        Confirmation: {
            /**
             * @description Path of the page to return to, beginning with one `/`, at most 500 characters; the board by default.
             * @example /settings
             */
            returnTo?: string;
        };
        /**
         * Credentials
         * @description Credentials to sign in with: the password, and exactly one of `login` and `email`.
         * @example {
         *       "login": "ada",
         *       "password": "seven quiet lanterns"
         *     }
         */
        Credentials: {
            /**
             * @description Email address or username of the account, at most 254 characters; case is ignored.
             * @example ada
             */
            login?: string;
            /**
             * @description Alternative name of `login`, for clients that send `email`.
             * @example ada@example.com
             */
            email?: string;
            /**
             * Format: password
             * @description Password of the account, at most 256 characters.
             * @example seven quiet lanterns
             */
            password: string;
        };
        /**
         * @description Condition for the delivery of a reminder: `off` for never, `away` if the user has no page open at that time, `always` for every reminder.
         * @example off
         * @enum {string}
         */
        DeliverWhen: "off" | "away" | "always";
        /**
         * @description Kind of an exported document; always `notes`.
         * @example notes
         * @enum {string}
         */
        DocumentKind: "notes";
        /**
         * Emptied
         * @description Number of notes that were deleted permanently.
         * @example {
         *       "deleted": 1
         *     }
         */
        Emptied: {
            /**
             * Format: uint64
             * @description Number of notes that were deleted.
             * @example 1
             */
            deleted: number;
        };
        /**
         * @description Data of an event, depending on its type.
         * @example {
         *       "revision": 42
         *     }
         */
        Event: components["schemas"]["Changed"] | components["schemas"]["Reminded"];
        /**
         * Export
         * @description Labels, saved filters and notes of an account, as an export file contains them.
         * @example {
         *       "format": "notes",
         *       "version": 1,
         *       "labels": [
         *         {
         *           "name": "Errands",
         *           "color": "green"
         *         }
         *       ],
         *       "filters": [
         *         {
         *           "name": "Errands with eggs",
         *           "query": {
         *             "place": "active",
         *             "pinned": false,
         *             "labels": [
         *               "Errands"
         *             ],
         *             "color": "green",
         *             "hasReminder": false,
         *             "q": "eggs"
         *           }
         *         }
         *       ],
         *       "notes": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-6c5aa89df5f8",
         *           "version": 7,
         *           "title": "Groceries",
         *           "content": "- [x] eggs\n- [ ] cream",
         *           "color": "green",
         *           "pinned": false,
         *           "place": "active",
         *           "labels": [
         *             "Errands"
         *           ],
         *           "reminderAt": "2026-05-04T09:30:00Z",
         *           "recurrence": {
         *             "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
         *             "timeZone": "Europe/Berlin",
         *             "start": "2026-05-04T11:30:00"
         *           },
         *           "createdAt": "2026-05-04T09:30:00Z",
         *           "updatedAt": "2026-05-04T09:30:00Z",
         *           "revisions": [
         *             {
         *               "version": 7,
         *               "title": "Groceries",
         *               "content": "- [x] eggs\n- [ ] cream",
         *               "replacedAt": "2026-05-04T09:30:00Z"
         *             }
         *           ]
         *         }
         *       ]
         *     }
         */
        Export: {
            /** @description Kind of the document, which identifies it as an export of this service. */
            format: components["schemas"]["DocumentKind"];
            /**
             * Format: int32
             * @description Version of the file format; imports refuse versions other than 1.
             * @example 1
             */
            version: number;
            /**
             * @description All labels, in the order of the user.
             * @example [
             *       {
             *         "name": "Errands",
             *         "color": "green"
             *       }
             *     ]
             */
            labels?: components["schemas"]["PortableLabel"][];
            /**
             * @description All saved filters, in the order of the user; absent in exports of releases without saved filters.
             * @example [
             *       {
             *         "name": "Errands with eggs",
             *         "query": {
             *           "place": "active",
             *           "pinned": false,
             *           "labels": [
             *             "Errands"
             *           ],
             *           "color": "green",
             *           "hasReminder": false,
             *           "q": "eggs"
             *         }
             *       }
             *     ]
             */
            filters?: components["schemas"]["PortableFilter"][];
            /**
             * @description Notes on the board, then in the archive, then in the trash, each with pinned notes first and in the order of the user.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-6c5aa89df5f8",
             *         "version": 7,
             *         "title": "Groceries",
             *         "content": "- [x] eggs\n- [ ] cream",
             *         "color": "green",
             *         "pinned": false,
             *         "place": "active",
             *         "labels": [
             *           "Errands"
             *         ],
             *         "reminderAt": "2026-05-04T09:30:00Z",
             *         "recurrence": {
             *           "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
             *           "timeZone": "Europe/Berlin",
             *           "start": "2026-05-04T11:30:00"
             *         },
             *         "createdAt": "2026-05-04T09:30:00Z",
             *         "updatedAt": "2026-05-04T09:30:00Z",
             *         "revisions": [
             *           {
             *             "version": 7,
             *             "title": "Groceries",
             *             "content": "- [x] eggs\n- [ ] cream",
             *             "replacedAt": "2026-05-04T09:30:00Z"
             *           }
             *         ]
             *       }
             *     ]
             */
            notes: components["schemas"]["PortableNote"][];
        };
        /**
         * FactorList
         * @description Second factors of an account.
         * @example {
         *       "secondStep": true,
         *       "totp": true,
         *       "totpSince": "2026-05-04T09:30:00Z",
         *       "passkeys": 1,
         *       "recoveryCodesLeft": 10
         *     }
         */
        FactorList: {
            /**
             * @description `true` if signing in with the password needs a second step.
             * @example true
             */
            secondStep: boolean;
            /**
             * @description `true` if signing in asks for a code of an authenticator app.
             * @example true
             */
            totp: boolean;
            /**
             * Format: date-time
             * @description Time since which codes are required; absent if they are not.
             * @example 2026-05-04T09:30:00Z
             */
            totpSince?: string;
            /**
             * Format: uint64
             * @description Number of passkeys of the account, at most 20.
             * @example 1
             */
            passkeys: number;
            /**
             * Format: uint64
             * @description Number of unused recovery codes, at most 10.
             * @example 10
             */
            recoveryCodesLeft: number;
        };
        /**
         * FactorStart
         * @description Permission to change second factors.
         * @example {
         *       "currentPassword": "seven quiet lanterns"
         *     }
         */
        FactorStart: {
            /**
             * Format: password
             * @description Password of the account. Not needed if the session began with a passkey within the last 10 minutes, or was confirmed at the identity provider
             *     (`POST /api/me/confirmation`) within the last 5 minutes.
             * @example seven quiet lanterns
             */
            currentPassword?: string;
        };
        /**
         * Farewell
         * @description Confirmation to delete an account.
         * @example {
         *       "currentPassword": "seven quiet lanterns"
         *     }
         */
        Farewell: {
            /**
             * Format: password
             * @description Password of the account. Not needed if the session began with a passkey within the last 10 minutes, or was confirmed at the identity provider
             *     (`POST /api/me/confirmation`) within the last 5 minutes. Guests omit it.
             * @example seven quiet lanterns
             */
            currentPassword?: string;
        };
        /**
         * FieldProblem
         * @description One value that is not allowed.
         * @example {
         *       "field": "/title",
         *       "code": "too_long",
         *       "message": "has 1001 characters, and at most 1000 are allowed"
         *     }
         */
        FieldProblem: {
            /**
             * @description JSON pointer into the body (RFC 6901), or name of a parameter.
             * @example /title
             */
            field: string;
            /**
             * @description Stable identifier of the violation, such as `too_long`.
             * @example too_long
             */
            code: string;
            /**
             * @description Explanation of the violation, with the allowed values.
             * @example has 1001 characters, and at most 1000 are allowed
             */
            message: string;
        };
        /**
         * @description Amount of text that a list returns of each note: `full` for all of it (the default), `board` for the beginning, at most 1,000 bytes.
         * @example full
         * @enum {string}
         */
        Fields: "full" | "board";
        /**
         * FilterList
         * @description All saved filters of the user, in the order of the user.
         * @example {
         *       "items": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-d62f27ce72aa",
         *           "name": "Errands with eggs",
         *           "query": {
         *             "place": "active",
         *             "pinned": false,
         *             "labelIds": [
         *               "01976c8e-4f1a-7c3e-9d2b-000000000001"
         *             ],
         *             "color": "green",
         *             "hasReminder": false,
         *             "q": "eggs"
         *           },
         *           "missingLabelIds": [
         *             "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
         *           ],
         *           "sort": 1,
         *           "version": 7,
         *           "createdAt": "2026-05-04T09:30:00Z",
         *           "updatedAt": "2026-05-04T09:30:00Z"
         *         }
         *       ]
         *     }
         */
        FilterList: {
            /**
             * @description Saved filters in the order of the user.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-d62f27ce72aa",
             *         "name": "Errands with eggs",
             *         "query": {
             *           "place": "active",
             *           "pinned": false,
             *           "labelIds": [
             *             "01976c8e-4f1a-7c3e-9d2b-000000000001"
             *           ],
             *           "color": "green",
             *           "hasReminder": false,
             *           "q": "eggs"
             *         },
             *         "missingLabelIds": [
             *           "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
             *         ],
             *         "sort": 1,
             *         "version": 7,
             *         "createdAt": "2026-05-04T09:30:00Z",
             *         "updatedAt": "2026-05-04T09:30:00Z"
             *       }
             *     ]
             */
            items: components["schemas"]["SavedFilter"][];
        };
        /**
         * FilterOrder
         * @description New order of the saved filters of a user.
         * @example {
         *       "ids": [
         *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
         *       ]
         *     }
         */
        FilterOrder: {
            /**
             * @description Identifiers of filters in their new order, at most 100; filters that are not named follow in their present order.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
             *     ]
             */
            ids: string[];
        };
        /**
         * FilterPatch
         * @description Changes of a saved filter; omitted properties stay as they are.
         * @example {
         *       "name": "Errands with eggs",
         *       "query": {
         *         "place": "active",
         *         "pinned": false,
         *         "labelIds": [
         *           "01976c8e-4f1a-7c3e-9d2b-000000000001"
         *         ],
         *         "color": "green",
         *         "hasReminder": false,
         *         "q": "eggs"
         *       }
         *     }
         */
        FilterPatch: {
            /**
             * @description New name, 1 to 100 characters, unique among the filters of the user; case is ignored in the comparison.
             * @example Errands with eggs
             */
            name?: string;
            /** @description New conditions, which replace all present ones. */
            query?: components["schemas"]["FilterQuery"];
        };
        /**
         * FilterQuery
         * @description Conditions of a filter: the parameters of `GET /api/notes`, or with `q` those of `GET /api/search`.
         * @example {
         *       "place": "active",
         *       "pinned": false,
         *       "labelIds": [
         *         "01976c8e-4f1a-7c3e-9d2b-000000000001"
         *       ],
         *       "color": "green",
         *       "hasReminder": false,
         *       "q": "eggs"
         *     }
         */
        FilterQuery: {
            /** @description Place of the notes. By default the board, or with `q` the board and the archive. */
            place?: components["schemas"]["Place"];
            /**
             * @description `true` for pinned notes only, `false` for unpinned notes only.
             * @example false
             */
            pinned?: boolean;
            /**
             * @description Identifiers of labels, at most 20, of which each note has at least one.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-000000000001"
             *     ]
             */
            labelIds?: string[];
            /** @description Colour of the notes; all colours by default. */
            color?: components["schemas"]["Color"];
            /**
             * @description `true` for notes with a reminder only, `false` for notes without one.
             * @example false
             */
            hasReminder?: boolean;
            /**
             * @description Order of the notes: `position` by default, or `reminder` for notes with a reminder only, the earliest reminder first. Not allowed with `q`,
             *     which returns the best matches first.
             */
            sort?: components["schemas"]["FilterSort"];
            /**
             * @description Words to search for, 1 to 200 characters, with the syntax of `GET /api/search`.
             * @example eggs
             */
            q?: string;
        };
        /**
         * @description Order of the notes of a filter: `position` for the order of the user with pinned notes first, `reminder` for notes with a reminder only, the
         *     earliest reminder first.
         * @example position
         * @enum {string}
         */
        FilterSort: "position" | "reminder";
        /**
         * FilteredNotes
         * @description A page of the notes that a filter selects.
         * @example {
         *       "items": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
         *           "title": "Groceries",
         *           "content": "- [x] eggs\n- [ ] cream",
         *           "shortened": false,
         *           "checklist": {
         *             "done": 1,
         *             "total": 2
         *           },
         *           "color": "green",
         *           "pinned": false,
         *           "place": "active",
         *           "labelIds": [
         *             "01976c8e-4f1a-7c3e-9d2b-000000000001"
         *           ],
         *           "reminderAt": "2026-05-04T09:30:00Z",
         *           "recurrence": {
         *             "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
         *             "timeZone": "Europe/Berlin",
         *             "start": "2026-05-04T11:30:00"
         *           },
         *           "position": "a0",
         *           "version": 7,
         *           "createdAt": "2026-05-04T09:30:00Z",
         *           "updatedAt": "2026-05-04T09:30:00Z",
         *           "attachmentCount": 1,
         *           "image": {
         *             "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
         *             "width": 1600,
         *             "height": 1200
         *           },
         *           "shared": false,
         *           "writtenBy": {
         *             "username": "ada"
         *           },
         *           "attachments": [
         *             {
         *               "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
         *               "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
         *               "name": "kitchen.jpg",
         *               "alt": "A kitchen with a blue door",
         *               "mediaType": "image/jpeg",
         *               "bytes": 482133,
         *               "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         *               "width": 1600,
         *               "height": 1200,
         *               "hasThumbnail": true,
         *               "inline": true,
         *               "version": 7,
         *               "createdAt": "2026-05-04T09:30:00Z",
         *               "updatedAt": "2026-05-04T09:30:00Z"
         *             }
         *           ]
         *         }
         *       ],
         *       "nextCursor": "WyIwMTk3NmM4ZSJd"
         *     }
         */
        FilteredNotes: {
            /**
             * @description Notes of the page, in the order of the filter.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
             *         "title": "Groceries",
             *         "content": "- [x] eggs\n- [ ] cream",
             *         "shortened": false,
             *         "checklist": {
             *           "done": 1,
             *           "total": 2
             *         },
             *         "color": "green",
             *         "pinned": false,
             *         "place": "active",
             *         "labelIds": [
             *           "01976c8e-4f1a-7c3e-9d2b-000000000001"
             *         ],
             *         "reminderAt": "2026-05-04T09:30:00Z",
             *         "recurrence": {
             *           "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
             *           "timeZone": "Europe/Berlin",
             *           "start": "2026-05-04T11:30:00"
             *         },
             *         "position": "a0",
             *         "version": 7,
             *         "createdAt": "2026-05-04T09:30:00Z",
             *         "updatedAt": "2026-05-04T09:30:00Z",
             *         "attachmentCount": 1,
             *         "image": {
             *           "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
             *           "width": 1600,
             *           "height": 1200
             *         },
             *         "shared": false,
             *         "writtenBy": {
             *           "username": "ada"
             *         },
             *         "attachments": [
             *           {
             *             "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
             *             "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
             *             "name": "kitchen.jpg",
             *             "alt": "A kitchen with a blue door",
             *             "mediaType": "image/jpeg",
             *             "bytes": 482133,
             *             "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
             *             "width": 1600,
             *             "height": 1200,
             *             "hasThumbnail": true,
             *             "inline": true,
             *             "version": 7,
             *             "createdAt": "2026-05-04T09:30:00Z",
             *             "updatedAt": "2026-05-04T09:30:00Z"
             *           }
             *         ]
             *       }
             *     ]
             */
            items: components["schemas"]["Note"][];
            /**
             * @description Value of `cursor` for the next page; absent on the last page.
             * @example WyIwMTk3NmM4ZSJd
             */
            nextCursor?: string;
        };
        /**
         * @description Format of an export: `json` for one JSON document, `markdown` for a zip archive of Markdown files.
         * @example json
         * @enum {string}
         */
        Format: "json" | "markdown";
        /**
         * Hit
         * @description A note that matches a query, with a snippet.
         * @example {
         *       "note": {
         *         "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
         *         "title": "Groceries",
         *         "content": "- [x] eggs\n- [ ] cream",
         *         "shortened": false,
         *         "checklist": {
         *           "done": 1,
         *           "total": 2
         *         },
         *         "color": "green",
         *         "pinned": false,
         *         "place": "active",
         *         "labelIds": [
         *           "01976c8e-4f1a-7c3e-9d2b-000000000001"
         *         ],
         *         "reminderAt": "2026-05-04T09:30:00Z",
         *         "recurrence": {
         *           "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
         *           "timeZone": "Europe/Berlin",
         *           "start": "2026-05-04T11:30:00"
         *         },
         *         "position": "a0",
         *         "version": 7,
         *         "createdAt": "2026-05-04T09:30:00Z",
         *         "updatedAt": "2026-05-04T09:30:00Z",
         *         "attachmentCount": 1,
         *         "image": {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
         *           "width": 1600,
         *           "height": 1200
         *         },
         *         "shared": false,
         *         "writtenBy": {
         *           "username": "ada"
         *         },
         *         "attachments": [
         *           {
         *             "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
         *             "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
         *             "name": "kitchen.jpg",
         *             "alt": "A kitchen with a blue door",
         *             "mediaType": "image/jpeg",
         *             "bytes": 482133,
         *             "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         *             "width": 1600,
         *             "height": 1200,
         *             "hasThumbnail": true,
         *             "inline": true,
         *             "version": 7,
         *             "createdAt": "2026-05-04T09:30:00Z",
         *             "updatedAt": "2026-05-04T09:30:00Z"
         *           }
         *         ]
         *       },
         *       "snippet": [
         *         {
         *           "text": "buy eggs",
         *           "found": true
         *         }
         *       ]
         *     }
         */
        Hit: {
            /** @description The note that matches the query. */
            note: components["schemas"]["Note"];
            /**
             * @description Short extract of the text around the first match, or its beginning if only the title matches, in parts; concatenate them without separators.
             * @example [
             *       {
             *         "text": "buy eggs",
             *         "found": true
             *       }
             *     ]
             */
            snippet: components["schemas"]["Piece"][];
        };
        /**
         * Hits
         * @description A page of notes that match a query.
         * @example {
         *       "items": [
         *         {
         *           "note": {
         *             "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
         *             "title": "Groceries",
         *             "content": "- [x] eggs\n- [ ] cream",
         *             "shortened": false,
         *             "checklist": {
         *               "done": 1,
         *               "total": 2
         *             },
         *             "color": "green",
         *             "pinned": false,
         *             "place": "active",
         *             "labelIds": [
         *               "01976c8e-4f1a-7c3e-9d2b-000000000001"
         *             ],
         *             "reminderAt": "2026-05-04T09:30:00Z",
         *             "recurrence": {
         *               "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
         *               "timeZone": "Europe/Berlin",
         *               "start": "2026-05-04T11:30:00"
         *             },
         *             "position": "a0",
         *             "version": 7,
         *             "createdAt": "2026-05-04T09:30:00Z",
         *             "updatedAt": "2026-05-04T09:30:00Z",
         *             "attachmentCount": 1,
         *             "image": {
         *               "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
         *               "width": 1600,
         *               "height": 1200
         *             },
         *             "shared": false,
         *             "writtenBy": {
         *               "username": "ada"
         *             },
         *             "attachments": [
         *               {
         *                 "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
         *                 "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
         *                 "name": "kitchen.jpg",
         *                 "alt": "A kitchen with a blue door",
         *                 "mediaType": "image/jpeg",
         *                 "bytes": 482133,
         *                 "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         *                 "width": 1600,
         *                 "height": 1200,
         *                 "hasThumbnail": true,
         *                 "inline": true,
         *                 "version": 7,
         *                 "createdAt": "2026-05-04T09:30:00Z",
         *                 "updatedAt": "2026-05-04T09:30:00Z"
         *               }
         *             ]
         *           },
         *           "snippet": [
         *             {
         *               "text": "buy eggs",
         *               "found": true
         *             }
         *           ]
         *         }
         *       ],
         *       "nextCursor": "WyIwMTk3NmM4ZSJd"
         *     }
         */
        Hits: {
            /**
             * @description Matching notes, the best matches first; if more than 5,000 notes match, the newest notes first.
             * @example [
             *       {
             *         "note": {
             *           "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
             *           "title": "Groceries",
             *           "content": "- [x] eggs\n- [ ] cream",
             *           "shortened": false,
             *           "checklist": {
             *             "done": 1,
             *             "total": 2
             *           },
             *           "color": "green",
             *           "pinned": false,
             *           "place": "active",
             *           "labelIds": [
             *             "01976c8e-4f1a-7c3e-9d2b-000000000001"
             *           ],
             *           "reminderAt": "2026-05-04T09:30:00Z",
             *           "recurrence": {
             *             "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
             *             "timeZone": "Europe/Berlin",
             *             "start": "2026-05-04T11:30:00"
             *           },
             *           "position": "a0",
             *           "version": 7,
             *           "createdAt": "2026-05-04T09:30:00Z",
             *           "updatedAt": "2026-05-04T09:30:00Z",
             *           "attachmentCount": 1,
             *           "image": {
             *             "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
             *             "width": 1600,
             *             "height": 1200
             *           },
             *           "shared": false,
             *           "writtenBy": {
             *             "username": "ada"
             *           },
             *           "attachments": [
             *             {
             *               "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
             *               "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
             *               "name": "kitchen.jpg",
             *               "alt": "A kitchen with a blue door",
             *               "mediaType": "image/jpeg",
             *               "bytes": 482133,
             *               "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
             *               "width": 1600,
             *               "height": 1200,
             *               "hasThumbnail": true,
             *               "inline": true,
             *               "version": 7,
             *               "createdAt": "2026-05-04T09:30:00Z",
             *               "updatedAt": "2026-05-04T09:30:00Z"
             *             }
             *           ]
             *         },
             *         "snippet": [
             *           {
             *             "text": "buy eggs",
             *             "found": true
             *           }
             *         ]
             *       }
             *     ]
             */
            items: components["schemas"]["Hit"][];
            /**
             * @description Value of `cursor` for the next page; absent on the last page.
             * @example WyIwMTk3NmM4ZSJd
             */
            nextCursor?: string;
        };
        /**
         * Identity
         * @description Identity of the user at an identity provider.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-8a237a695ca6",
         *       "issuer": "https://login.example.com",
         *       "label": "ada@example.com",
         *       "createdAt": "2026-05-04T09:30:00Z",
         *       "lastUsedAt": "2026-05-04T09:30:00Z"
         *     }
         */
        Identity: {
            /**
             * Format: uuid
             * @description Identifier of the linked identity (UUID).
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description Issuer identifier of the provider, a URL.
             * @example https://login.example.com
             */
            issuer: string;
            /**
             * @description Email address or name at the provider when the identity was linked, by which the user recognizes it.
             * @example ada@example.com
             */
            label?: string;
            /**
             * Format: date-time
             * @description Time at which the identity was linked.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Time of the last sign-in with the identity; absent if it was never used.
             * @example 2026-05-04T09:30:00Z
             */
            lastUsedAt?: string;
        };
        /**
         * IdentityList
         * @description All identities that are linked to the account.
         * @example {
         *       "items": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-8a237a695ca6",
         *           "issuer": "https://login.example.com",
         *           "label": "ada@example.com",
         *           "createdAt": "2026-05-04T09:30:00Z",
         *           "lastUsedAt": "2026-05-04T09:30:00Z"
         *         }
         *       ]
         *     }
         */
        IdentityList: {
            /**
             * @description Identities in the order in which they were linked.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-8a237a695ca6",
             *         "issuer": "https://login.example.com",
             *         "label": "ada@example.com",
             *         "createdAt": "2026-05-04T09:30:00Z",
             *         "lastUsedAt": "2026-05-04T09:30:00Z"
             *       }
             *     ]
             */
            items: components["schemas"]["Identity"][];
        };
        /**
         * ImportRemark
         * @description Remark on one thing that an import left out or changed.
         * @example {
         *       "file": "recipes/eggs.md",
         *       "line": 1,
         *       "effect": "leftOut",
         *       "code": "time",
         *       "message": "has 1001 characters, and at most 1000 are allowed"
         *     }
         */
        ImportRemark: {
            /**
             * @description Path of the file in the archive; absent for a file that was sent without an archive.
             * @example recipes/eggs.md
             */
            file?: string;
            /**
             * Format: uint64
             * @description Line number in the file, from 1; absent if the remark concerns the whole file.
             * @example 1
             */
            line?: number;
            /** @description Consequence for the note or file. */
            effect: components["schemas"]["RemarkEffect"];
            /**
             * @description Code of the reason, such as `encoding` or `time`; codes are stable.
             * @example time
             */
            code: string;
            /**
             * @description Explanation of the reason for people.
             * @example has 1001 characters, and at most 1000 are allowed
             */
            message: string;
        };
        /**
         * Imported
         * @description Result of an import, with a report on everything that was left out or changed.
         * @example {
         *       "notes": 1,
         *       "labels": 1,
         *       "filters": 1,
         *       "attachments": 3,
         *       "present": 1,
         *       "leftOut": 1,
         *       "changed": 1,
         *       "remarks": [
         *         {
         *           "file": "recipes/eggs.md",
         *           "line": 1,
         *           "effect": "leftOut",
         *           "code": "time",
         *           "message": "has 1001 characters, and at most 1000 are allowed"
         *         }
         *       ]
         *     }
         */
        Imported: {
            /**
             * Format: uint64
             * @description Number of notes that were created.
             * @example 1
             */
            notes: number;
            /**
             * Format: uint64
             * @description Number of labels that were created; labels with the same name are reused.
             * @example 1
             */
            labels: number;
            /**
             * Format: uint64
             * @description Number of saved filters that were created; an existing filter with the same name stays as it is.
             * @example 1
             */
            filters: number;
            /**
             * Format: uint64
             * @description Number of attachments that were added, including those that an existing note lacked.
             * @example 3
             */
            attachments: number;
            /**
             * Format: uint64
             * @description Number of notes that the account contained already, from an earlier import or because the export came from it; they stay as they are.
             * @example 1
             */
            present: number;
            /**
             * Format: uint64
             * @description Number of files and notes that were left out.
             * @example 1
             */
            leftOut: number;
            /**
             * Format: uint64
             * @description Number of values of notes that were left out or changed.
             * @example 1
             */
            changed: number;
            /**
             * @description Remarks on everything that was left out or changed, at most 1,000.
             * @example [
             *       {
             *         "file": "recipes/eggs.md",
             *         "line": 1,
             *         "effect": "leftOut",
             *         "code": "time",
             *         "message": "has 1001 characters, and at most 1000 are allowed"
             *       }
             *     ]
             */
            remarks: components["schemas"]["ImportRemark"][];
        };
        /**
         * @description Optional addition to each returned note: `html` adds the text as HTML.
         * @example html
         * @enum {string}
         */
        Include: "html";
        /**
         * Invitation
         * @description Invitation to read a note of another user, or to change it too. It contains nothing of the note.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-f2c8be46c3e7",
         *       "owner": "grace",
         *       "right": "read",
         *       "createdAt": "2026-05-04T09:30:00Z",
         *       "expiresAt": "2026-05-04T09:30:00Z"
         *     }
         */
        Invitation: {
            /**
             * Format: uuid
             * @description Identifier of the invitation, needed to accept or decline it.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description Username of the owner of the note.
             * @example grace
             */
            owner: string;
            /** @description Right that the invitation offers: reading, or changing title and text too. */
            right: components["schemas"]["ShareRight"];
            /**
             * Format: date-time
             * @description Time at which the invitation was sent.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Time at which the invitation expires if it is not accepted.
             * @example 2026-05-04T09:30:00Z
             */
            expiresAt: string;
        };
        /**
         * InvitationList
         * @description All open invitations for the address of the account.
         * @example {
         *       "items": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-f2c8be46c3e7",
         *           "owner": "grace",
         *           "right": "read",
         *           "createdAt": "2026-05-04T09:30:00Z",
         *           "expiresAt": "2026-05-04T09:30:00Z"
         *         }
         *       ]
         *     }
         */
        InvitationList: {
            /**
             * @description Open invitations, at most the newest 100, with the newest first.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-f2c8be46c3e7",
             *         "owner": "grace",
             *         "right": "read",
             *         "createdAt": "2026-05-04T09:30:00Z",
             *         "expiresAt": "2026-05-04T09:30:00Z"
             *       }
             *     ]
             */
            items: components["schemas"]["Invitation"][];
        };
        /**
         * Item
         * @description An item of a checklist: a list entry in the Markdown of the note that begins with `[ ]` or `[x]`.
         * @example {
         *       "index": 1,
         *       "text": "eggs",
         *       "checked": false,
         *       "depth": 1
         *     }
         */
        Item: {
            /**
             * Format: uint32
             * @description Index of the item among all checklist items of the note, from 0.
             * @example 1
             */
            index: number;
            /**
             * @description Text of the item in Markdown, without the items nested below it.
             * @example eggs
             */
            text: string;
            /**
             * @description `true` if the item is checked.
             * @example false
             */
            checked: boolean;
            /**
             * Format: uint32
             * @description Number of list entries that the item is nested in; 0 for an item of the outermost list.
             * @example 1
             */
            depth: number;
        };
        /**
         * ItemList
         * @description Checklist of a note as a list of items.
         * @example {
         *       "items": [
         *         {
         *           "index": 1,
         *           "text": "eggs",
         *           "checked": false,
         *           "depth": 1
         *         }
         *       ]
         *     }
         */
        ItemList: {
            /**
             * @description Items in the order of the text; empty if the note has no checklist.
             * @example [
             *       {
             *         "index": 1,
             *         "text": "eggs",
             *         "checked": false,
             *         "depth": 1
             *       }
             *     ]
             */
            items: components["schemas"]["Item"][];
        };
        /**
         * ItemPatch
         * @description Changes of a checklist item; omitted properties stay as they are.
         * @example {
         *       "checked": false,
         *       "text": "eggs"
         *     }
         */
        ItemPatch: {
            /**
             * @description `true` to check the item, `false` to uncheck it.
             * @example false
             */
            checked?: boolean;
            /**
             * @description New text of the item in Markdown, at most 10,000 characters. Text that would create another item or end the list is refused.
             * @example eggs
             */
            text?: string;
        };
        /**
         * Label
         * @description A label that notes can have.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-eff19412189b",
         *       "name": "Errands",
         *       "color": "green",
         *       "sort": 1,
         *       "version": 7,
         *       "createdAt": "2026-05-04T09:30:00Z",
         *       "updatedAt": "2026-05-04T09:30:00Z"
         *     }
         */
        Label: {
            /**
             * Format: uuid
             * @description Identifier of the label (UUID).
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description Name of the label, 1 to 50 characters, unique among the labels of the user; case is ignored in the comparison.
             * @example Errands
             */
            name: string;
            /** @description Colour of the label, `white` by default. */
            color: components["schemas"]["Color"];
            /**
             * Format: int32
             * @description Position in the order that the user gave to the labels, from 0.
             * @example 1
             */
            sort: number;
            /**
             * Format: int64
             * @description Version of the label, increased by each change; its `ETag` is this number in quotation marks.
             * @example 7
             */
            version: number;
            /**
             * Format: date-time
             * @description Time at which the label was created.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Time of the last change of the label.
             * @example 2026-05-04T09:30:00Z
             */
            updatedAt: string;
        };
        /**
         * LabelList
         * @description All labels of the user, in the order of the user.
         * @example {
         *       "items": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-eff19412189b",
         *           "name": "Errands",
         *           "color": "green",
         *           "sort": 1,
         *           "version": 7,
         *           "createdAt": "2026-05-04T09:30:00Z",
         *           "updatedAt": "2026-05-04T09:30:00Z"
         *         }
         *       ]
         *     }
         */
        LabelList: {
            /**
             * @description Labels in the order of the user.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-eff19412189b",
             *         "name": "Errands",
             *         "color": "green",
             *         "sort": 1,
             *         "version": 7,
             *         "createdAt": "2026-05-04T09:30:00Z",
             *         "updatedAt": "2026-05-04T09:30:00Z"
             *       }
             *     ]
             */
            items: components["schemas"]["Label"][];
        };
        /**
         * LabelOrder
         * @description New order of the labels of a user.
         * @example {
         *       "ids": [
         *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
         *       ]
         *     }
         */
        LabelOrder: {
            /**
             * @description Identifiers of labels in their new order, at most 200; labels that are not named follow in their present order.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
             *     ]
             */
            ids: string[];
        };
        /**
         * LabelPatch
         * @description Changes of a label; omitted properties stay as they are.
         * @example {
         *       "name": "Errands",
         *       "color": "green"
         *     }
         */
        LabelPatch: {
            /**
             * @description New name, 1 to 50 characters, unique among the labels of the user; case is ignored in the comparison.
             * @example Errands
             */
            name?: string;
            /** @description New colour of the label. */
            color?: components["schemas"]["Color"];
        };
        /**
         * LinkedNote
         * @description A note as a link shows it, without its owner, labels and earlier versions.
         * @example {
         *       "title": "Groceries",
         *       "content": "- [x] eggs\n- [ ] cream",
         *       "html": "<p>eggs</p>",
         *       "items": [
         *         {
         *           "index": 1,
         *           "text": "eggs",
         *           "checked": false,
         *           "depth": 1
         *         }
         *       ],
         *       "color": "green",
         *       "updatedAt": "2026-05-04T09:30:00Z"
         *     }
         */
        LinkedNote: {
            /**
             * @description Title of the note; may be empty.
             * @example Groceries
             */
            title: string;
            /**
             * @description Text of the note in Markdown; may be empty.
             * @example - [x] eggs
             *     - [ ] cream
             */
            content: string;
            /**
             * @description Text of the note as sanitized HTML, safe to insert into a page.
             * @example <p>eggs</p>
             */
            html: string;
            /**
             * @description Items of the checklist in the order of the text; empty if the note has no checklist.
             * @example [
             *       {
             *         "index": 1,
             *         "text": "eggs",
             *         "checked": false,
             *         "depth": 1
             *       }
             *     ]
             */
            items: components["schemas"]["Item"][];
            /** @description Colour that the owner gave to the note. */
            color: components["schemas"]["Color"];
            /**
             * Format: date-time
             * @description Time of the last change of the note.
             * @example 2026-05-04T09:30:00Z
             */
            updatedAt: string;
        };
        /**
         * NewFilter
         * @description A filter to save for the user.
         * @example {
         *       "name": "Errands with eggs",
         *       "query": {
         *         "place": "active",
         *         "pinned": false,
         *         "labelIds": [
         *           "01976c8e-4f1a-7c3e-9d2b-000000000001"
         *         ],
         *         "color": "green",
         *         "hasReminder": false,
         *         "q": "eggs"
         *       }
         *     }
         */
        NewFilter: {
            /**
             * @description Name of the filter, 1 to 100 characters, unique among the filters of the user; case is ignored in the comparison.
             * @example Errands with eggs
             */
            name: string;
            /** @description Conditions of the notes that the filter selects. */
            query: components["schemas"]["FilterQuery"];
        };
        /**
         * NewIdentity
         * @description Parameters for linking an identity to the account.
         * @example {
         *       "returnTo": "/settings",
         *       "currentPassword": "seven quiet lanterns"
         *     }
         */
        NewIdentity: {
            /**
             * @description Path of the page to return to, beginning with one `/`, at most 500 characters; the board by default.
             * @example /settings
             */
            returnTo?: string;
            /**
             * Format: password
             * @description Password of the account. Not needed if the session began with a passkey within the last 10 minutes, or was confirmed at the identity provider
             *     (`POST /api/me/confirmation`) within the last 5 minutes.
             * @example seven quiet lanterns
             */
            currentPassword?: string;
        };
        /**
         * NewLabel
         * @description A label to create for the user.
         * @example {
         *       "name": "Errands",
         *       "color": "green"
         *     }
         */
        NewLabel: {
            /**
             * @description Name of the label, 1 to 50 characters, unique among the labels of the user; case is ignored in the comparison.
             * @example Errands
             */
            name: string;
            /** @description Colour of the label; `white` by default. */
            color?: components["schemas"]["Color"];
        };
        /**
         * NewNote
         * @description A note to create. All properties are optional; without any, the note is empty.
         * @example {
         *       "title": "Groceries",
         *       "content": "- [x] eggs\n- [ ] cream",
         *       "color": "green",
         *       "pinned": false,
         *       "labelIds": [
         *         "01976c8e-4f1a-7c3e-9d2b-000000000001"
         *       ],
         *       "reminderAt": "2026-05-04T09:30:00Z",
         *       "recurrence": {
         *         "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
         *         "timeZone": "Europe/Berlin",
         *         "start": "2026-05-04T11:30:00"
         *       }
         *     }
         */
        NewNote: {
            /**
             * @description Title, at most 1,000 characters; empty by default.
             * @example Groceries
             */
            title?: string;
            /**
             * @description Text in Markdown, at most 100 KiB; empty by default.
             * @example - [x] eggs
             *     - [ ] cream
             */
            content?: string;
            /** @description Colour of the note; `white` by default. */
            color?: components["schemas"]["Color"];
            /**
             * @description `true` to pin the note; `false` by default.
             * @example false
             */
            pinned?: boolean;
            /**
             * @description Identifiers of the labels of the note, at most 20; none by default.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-000000000001"
             *     ]
             */
            labelIds?: string[];
            /**
             * Format: date-time
             * @description Time of the reminder. With `recurrence` it is the first reminder of the series, even on a day that the rule does not name.
             * @example 2026-05-04T09:30:00Z
             */
            reminderAt?: string;
            /** @description Rule by which the reminder repeats. Without `reminderAt` it needs `start`, and the first reminder is the next time of the rule. */
            recurrence?: components["schemas"]["NewRecurrence"];
        };
        /**
         * NewNoteLink
         * @description A link to create for a note.
         * @example {
         *       "label": "for Grace",
         *       "expiresInDays": 90
         *     }
         */
        NewNoteLink: {
            /**
             * @description Label of the link, 1 to 100 characters, such as its recipient. Only the owner of the note sees it.
             * @example for Grace
             */
            label?: string;
            /**
             * Format: uint32
             * @description Lifetime of the link in days, 1 to 365, 30 by default.
             * @default 30
             * @example 90
             */
            expiresInDays: number;
        };
        /**
         * NewPushSubscription
         * @description Push subscription of a browser, as `PushSubscription.toJSON()` returns it.
         * @example {
         *       "endpoint": "https://push.example.net/send/kX3b",
         *       "keys": {
         *         "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
         *         "auth": "BTBZMqHH6r4Tts7J_aSIgg"
         *       }
         *     }
         */
        NewPushSubscription: {
            /**
             * @description URL of the push service of the browser, which messages are posted to: `https`, at most 2,000 characters.
             * @example https://push.example.net/send/kX3b
             */
            endpoint: string;
            /**
             * Format: uint64
             * @description Expiration time of the subscription in milliseconds since 1970, or `null`. The service ignores it, because the push service reports the end of
             *     a subscription.
             * @example 1
             */
            expirationTime?: number | null;
            /** @description Keys with which messages are encrypted. */
            keys: components["schemas"]["PushKeys"];
        };
        /**
         * NewRecurrence
         * @description Rule by which a new or changed reminder repeats.
         * @example {
         *       "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
         *       "timeZone": "Europe/Berlin",
         *       "start": "2026-05-04T11:30:00"
         *     }
         */
        NewRecurrence: {
            /**
             * @description Days on which the reminder repeats, as a recurrence rule of RFC 5545: `FREQ` (`DAILY`, `WEEKLY`, `MONTHLY` or `YEARLY`) with `INTERVAL`,
             *     `COUNT` or `UNTIL`, `BYMONTH`, `BYMONTHDAY`, `BYDAY`, `BYSETPOS` and `WKST`. At most 300 characters.
             * @example FREQ=WEEKLY;BYDAY=MO,FR
             */
            rule: string;
            /**
             * @description IANA name of the time zone in which the rule applies, such as `Europe/Berlin`. A reminder at 9:00 stays at 9:00 when daylight saving time
             *     begins or ends. A local time that the change skips is moved forward by the length of the gap; of a local time that occurs twice, the first
             *     counts.
             * @example Europe/Berlin
             */
            timeZone: string;
            /**
             * @description Local date and time of the first reminder, to the second and without an offset; defaults to `reminderAt` in `timeZone`.
             * @example 2026-05-04T11:30:00
             */
            start?: string;
        };
        /**
         * NewShare
         * @description Invitation of a person to a note.
         * @example {
         *       "email": "ada@example.com",
         *       "right": "read"
         *     }
         */
        NewShare: {
            /**
             * @description Email address of the recipient; case is ignored. The response does not reveal if an account has the address.
             * @example ada@example.com
             */
            email: string;
            /** @description Right of the recipient: `read`, or `write` for changing title and text too. */
            right: components["schemas"]["ShareRight"];
        };
        /**
         * NewToken
         * @description An access token to create, with exactly one of `scope` and `scopes`.
         * @example {
         *       "name": "backup script",
         *       "scope": "read",
         *       "expiresInDays": 90,
         *       "currentPassword": "seven quiet lanterns"
         *     }
         */
        NewToken: {
            /**
             * @description Name of the token, 1 to 100 characters; best the program or device that uses it.
             * @example backup script
             */
            name: string;
            /** @description Coarse scope: `read` for all scopes that read, `write` for all scopes. Exactly one of `scope` and `scopes` is required. */
            scope?: components["schemas"]["TokenScope"];
            /**
             * @description Fine scopes, 1 to 20; the token permits nothing else. Exactly one of `scope` and `scopes` is required.
             * @example [
             *       "notes:read"
             *     ]
             */
            scopes?: components["schemas"]["TokenPermission"][];
            /**
             * Format: uint32
             * @description Lifetime of the token in days, 1 to 365, 90 by default.
             * @default 90
             * @example 90
             */
            expiresInDays: number;
            /**
             * Format: password
             * @description Password of the account. Not needed if the session began with a passkey within the last 10 minutes, or was confirmed at the identity provider
             *     (`POST /api/me/confirmation`) within the last 5 minutes.
             * @example seven quiet lanterns
             */
            currentPassword?: string;
        };
        /**
         * NewWebhook
         * @description A webhook to create for the user.
         * @example {
         *       "name": "automation at home",
         *       "url": "https://hooks.example.com/notes",
         *       "events": [
         *         "note.created"
         *       ],
         *       "includeContent": false
         *     }
         */
        NewWebhook: {
            /**
             * @description Name of the webhook, at most 100 characters; empty by default.
             * @example automation at home
             */
            name?: string;
            /**
             * @description URL that receives a `POST` for each event: `https`, port 443 or 1024 and above, on a host with a public IP address. Logs do not contain it.
             * @example https://hooks.example.com/notes
             */
            url: string;
            /**
             * @description Types of events to send, at least one.
             * @example [
             *       "note.created"
             *     ]
             */
            events: components["schemas"]["WebhookEvent"][];
            /**
             * @description `true` to send notes with their whole text, `false` (the default) to send the beginning that a board shows.
             * @example false
             */
            includeContent?: boolean;
        };
        /**
         * Note
         * @description A note with its text, labels, reminder and attachments.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
         *       "title": "Groceries",
         *       "content": "- [x] eggs\n- [ ] cream",
         *       "shortened": false,
         *       "checklist": {
         *         "done": 1,
         *         "total": 2
         *       },
         *       "color": "green",
         *       "pinned": false,
         *       "place": "active",
         *       "labelIds": [
         *         "01976c8e-4f1a-7c3e-9d2b-000000000001"
         *       ],
         *       "reminderAt": "2026-05-04T09:30:00Z",
         *       "recurrence": {
         *         "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
         *         "timeZone": "Europe/Berlin",
         *         "start": "2026-05-04T11:30:00"
         *       },
         *       "position": "a0",
         *       "version": 7,
         *       "createdAt": "2026-05-04T09:30:00Z",
         *       "updatedAt": "2026-05-04T09:30:00Z",
         *       "attachmentCount": 1,
         *       "image": {
         *         "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
         *         "width": 1600,
         *         "height": 1200
         *       },
         *       "shared": false,
         *       "writtenBy": {
         *         "username": "ada"
         *       },
         *       "attachments": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
         *           "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
         *           "name": "kitchen.jpg",
         *           "alt": "A kitchen with a blue door",
         *           "mediaType": "image/jpeg",
         *           "bytes": 482133,
         *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         *           "width": 1600,
         *           "height": 1200,
         *           "hasThumbnail": true,
         *           "inline": true,
         *           "version": 7,
         *           "createdAt": "2026-05-04T09:30:00Z",
         *           "updatedAt": "2026-05-04T09:30:00Z"
         *         }
         *       ]
         *     }
         */
        Note: {
            /**
             * Format: uuid
             * @description Identifier of the note (UUID).
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description Title of the note, at most 1,000 characters; may be empty.
             * @example Groceries
             */
            title: string;
            /**
             * @description Text of the note in Markdown, at most 100 KiB; may be empty.
             * @example - [x] eggs
             *     - [ ] cream
             */
            content: string;
            /**
             * @description `true` if `content` holds only the beginning of the text, which happens with `fields=board`; `GET /api/notes/{id}` returns the whole text.
             * @example false
             */
            shortened?: boolean;
            /**
             * @description Text of the note as sanitized HTML, safe to insert into a page; present only with `include=html`.
             * @example <p>eggs</p>
             */
            html?: string;
            /** @description Progress of the checklist in the text; absent if the text has no checklist items. */
            checklist?: components["schemas"]["Checklist"];
            /** @description Colour of the note, `white` by default. */
            color: components["schemas"]["Color"];
            /**
             * @description `true` if the note is pinned; pinned notes come before all others.
             * @example false
             */
            pinned: boolean;
            /** @description Place of the note: on the board, in the archive or in the trash. */
            place: components["schemas"]["Place"];
            /**
             * @description Identifiers of the labels of the note in ascending order, at most 20.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-000000000001"
             *     ]
             */
            labelIds: string[];
            /**
             * Format: date-time
             * @description Time of the next reminder; after the last one was delivered, the time of that one. Absent without a reminder.
             * @example 2026-05-04T09:30:00Z
             */
            reminderAt?: string;
            /** @description Rule by which the reminder repeats. Absent for a single reminder, and after the last reminder of a series was delivered. */
            recurrence?: components["schemas"]["Recurrence"];
            /**
             * Format: date-time
             * @description Time at which the note was moved to the trash; absent outside the trash.
             * @example 2026-05-04T09:30:00Z
             */
            trashedAt?: string;
            /**
             * @description Sort key of the note within its section. Comparing keys as plain strings gives the order of the notes.
             * @example a0
             */
            position: string;
            /**
             * Format: int64
             * @description Version of the note, increased by each change; its `ETag` is this number in quotation marks.
             * @example 7
             */
            version: number;
            /**
             * Format: date-time
             * @description Time at which the note was created.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Time of the last change of the note.
             * @example 2026-05-04T09:30:00Z
             */
            updatedAt: string;
            /**
             * Format: uint32
             * @description Number of attachments of the note, at most 100.
             * @example 1
             */
            attachmentCount: number;
            /** @description First picture among the attachments, to show on a board; absent if no attachment is a picture. */
            image?: components["schemas"]["NoteImage"];
            /**
             * @description `true` if at least one user has accepted a share of the note; absent otherwise. Accepting a share does not change the version.
             * @example false
             */
            shared?: boolean;
            /** @description Author of the latest text, if it was a user with whom the note is or was shared; absent if the owner wrote it. */
            writtenBy?: components["schemas"]["NoteWriter"];
            /**
             * @description Attachments in the order in which they were added. Only `GET /api/notes/{id}` returns them; absent if the note has no attachments.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
             *         "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
             *         "name": "kitchen.jpg",
             *         "alt": "A kitchen with a blue door",
             *         "mediaType": "image/jpeg",
             *         "bytes": 482133,
             *         "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
             *         "width": 1600,
             *         "height": 1200,
             *         "hasThumbnail": true,
             *         "inline": true,
             *         "version": 7,
             *         "createdAt": "2026-05-04T09:30:00Z",
             *         "updatedAt": "2026-05-04T09:30:00Z"
             *       }
             *     ]
             */
            attachments?: components["schemas"]["Attachment"][];
        };
        /**
         * NoteImage
         * @description Picture that represents a note on a board.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
         *       "width": 1600,
         *       "height": 1200
         *     }
         */
        NoteImage: {
            /**
             * Format: uuid
             * @description Identifier of the attachment; `GET /api/attachments/{id}/thumbnail` returns a small version of the picture.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * Format: uint32
             * @description Width of the picture in pixels, after the rotation that its metadata asks for.
             * @example 1600
             */
            width: number;
            /**
             * Format: uint32
             * @description Height of the picture in pixels, after the rotation that its metadata asks for.
             * @example 1200
             */
            height: number;
        };
        /**
         * NoteLink
         * @description A link that shows a note without an account.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-80f1769b4d4b",
         *       "label": "for Grace",
         *       "createdAt": "2026-05-04T09:30:00Z",
         *       "expiresAt": "2026-05-04T09:30:00Z",
         *       "token": "EXAMPLE-OF-A-TOKEN"
         *     }
         */
        NoteLink: {
            /**
             * Format: uuid
             * @description Identifier of the link, needed to revoke it.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description Label that the owner gave to the link; absent without one.
             * @example for Grace
             */
            label?: string;
            /**
             * Format: date-time
             * @description Time at which the link was created.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Time at which the link expires.
             * @example 2026-05-04T09:30:00Z
             */
            expiresAt: string;
            /**
             * @description Secret token that opens the note. Present only in the response that creates the link; the service stores a hash. Put it into the fragment of a
             *     URL, after `#`, because browsers do not send fragments to servers.
             * @example EXAMPLE-OF-A-TOKEN
             */
            token?: string;
        };
        /**
         * NoteLinkList
         * @description All valid links of a note.
         * @example {
         *       "items": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-b921f922cc61",
         *           "label": "for Grace",
         *           "createdAt": "2026-05-04T09:30:00Z",
         *           "expiresAt": "2026-05-04T09:30:00Z"
         *         }
         *       ]
         *     }
         */
        NoteLinkList: {
            /**
             * @description Links that have not expired, the newest first.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-b921f922cc61",
             *         "label": "for Grace",
             *         "createdAt": "2026-05-04T09:30:00Z",
             *         "expiresAt": "2026-05-04T09:30:00Z"
             *       }
             *     ]
             */
            items: components["schemas"]["NoteLink"][];
        };
        /**
         * NoteList
         * @description A page of a list of notes.
         * @example {
         *       "items": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
         *           "title": "Groceries",
         *           "content": "- [x] eggs\n- [ ] cream",
         *           "shortened": false,
         *           "checklist": {
         *             "done": 1,
         *             "total": 2
         *           },
         *           "color": "green",
         *           "pinned": false,
         *           "place": "active",
         *           "labelIds": [
         *             "01976c8e-4f1a-7c3e-9d2b-000000000001"
         *           ],
         *           "reminderAt": "2026-05-04T09:30:00Z",
         *           "recurrence": {
         *             "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
         *             "timeZone": "Europe/Berlin",
         *             "start": "2026-05-04T11:30:00"
         *           },
         *           "position": "a0",
         *           "version": 7,
         *           "createdAt": "2026-05-04T09:30:00Z",
         *           "updatedAt": "2026-05-04T09:30:00Z",
         *           "attachmentCount": 1,
         *           "image": {
         *             "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
         *             "width": 1600,
         *             "height": 1200
         *           },
         *           "shared": false,
         *           "writtenBy": {
         *             "username": "ada"
         *           },
         *           "attachments": [
         *             {
         *               "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
         *               "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
         *               "name": "kitchen.jpg",
         *               "alt": "A kitchen with a blue door",
         *               "mediaType": "image/jpeg",
         *               "bytes": 482133,
         *               "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         *               "width": 1600,
         *               "height": 1200,
         *               "hasThumbnail": true,
         *               "inline": true,
         *               "version": 7,
         *               "createdAt": "2026-05-04T09:30:00Z",
         *               "updatedAt": "2026-05-04T09:30:00Z"
         *             }
         *           ]
         *         }
         *       ],
         *       "nextCursor": "WyIwMTk3NmM4ZSJd",
         *       "revision": 42
         *     }
         */
        NoteList: {
            /**
             * @description Notes of the page, in the requested order.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
             *         "title": "Groceries",
             *         "content": "- [x] eggs\n- [ ] cream",
             *         "shortened": false,
             *         "checklist": {
             *           "done": 1,
             *           "total": 2
             *         },
             *         "color": "green",
             *         "pinned": false,
             *         "place": "active",
             *         "labelIds": [
             *           "01976c8e-4f1a-7c3e-9d2b-000000000001"
             *         ],
             *         "reminderAt": "2026-05-04T09:30:00Z",
             *         "recurrence": {
             *           "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
             *           "timeZone": "Europe/Berlin",
             *           "start": "2026-05-04T11:30:00"
             *         },
             *         "position": "a0",
             *         "version": 7,
             *         "createdAt": "2026-05-04T09:30:00Z",
             *         "updatedAt": "2026-05-04T09:30:00Z",
             *         "attachmentCount": 1,
             *         "image": {
             *           "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
             *           "width": 1600,
             *           "height": 1200
             *         },
             *         "shared": false,
             *         "writtenBy": {
             *           "username": "ada"
             *         },
             *         "attachments": [
             *           {
             *             "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
             *             "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
             *             "name": "kitchen.jpg",
             *             "alt": "A kitchen with a blue door",
             *             "mediaType": "image/jpeg",
             *             "bytes": 482133,
             *             "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
             *             "width": 1600,
             *             "height": 1200,
             *             "hasThumbnail": true,
             *             "inline": true,
             *             "version": 7,
             *             "createdAt": "2026-05-04T09:30:00Z",
             *             "updatedAt": "2026-05-04T09:30:00Z"
             *           }
             *         ]
             *       }
             *     ]
             */
            items: components["schemas"]["Note"][];
            /**
             * @description Value of `cursor` for the next page; absent on the last page.
             * @example WyIwMTk3NmM4ZSJd
             */
            nextCursor?: string;
            /**
             * Format: int64
             * @description Revision of the user's data when the first page was read. All pages together with `GET /api/changes?since=` this revision give the exact
             *     state.
             * @example 42
             */
            revision: number;
        };
        /**
         * NoteOrder
         * @description New order of notes within one section.
         * @example {
         *       "ids": [
         *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
         *       ]
         *     }
         */
        NoteOrder: {
            /**
             * @description Identifiers of 1 to 100 different notes of one section, in their new order.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
             *     ]
             */
            ids: string[];
        };
        /**
         * NotePatch
         * @description Changes of a note; omitted properties stay as they are.
         * @example {
         *       "title": "Groceries",
         *       "content": "- [x] eggs\n- [ ] cream",
         *       "color": "green",
         *       "pinned": false,
         *       "labelIds": [
         *         "01976c8e-4f1a-7c3e-9d2b-000000000001"
         *       ],
         *       "reminderAt": "2026-05-04T09:30:00Z",
         *       "recurrence": {
         *         "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
         *         "timeZone": "Europe/Berlin",
         *         "start": "2026-05-04T11:30:00"
         *       }
         *     }
         */
        NotePatch: {
            /**
             * @description New title, at most 1,000 characters; may be empty.
             * @example Groceries
             */
            title?: string;
            /**
             * @description New text in Markdown, at most 100 KiB; may be empty.
             * @example - [x] eggs
             *     - [ ] cream
             */
            content?: string;
            /** @description New colour of the note. */
            color?: components["schemas"]["Color"];
            /**
             * @description `true` to pin the note, `false` to unpin it. The note moves to the top of its new section.
             * @example false
             */
            pinned?: boolean;
            /**
             * @description Identifiers of all labels of the note, at most 20; they replace the present ones.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-000000000001"
             *     ]
             */
            labelIds?: string[];
            /**
             * Format: date-time
             * @description Time of the reminder; `null` removes the reminder and its series. A time without `recurrence` moves only the next reminder of a series; the
             *     later ones keep their times.
             * @example 2026-05-04T09:30:00Z
             */
            reminderAt?: string | null;
            /**
             * @description New rule by which the reminder repeats; `null` ends the series, so that `reminderAt` is the last reminder.
             * @example {
             *       "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
             *       "timeZone": "Europe/Berlin",
             *       "start": "2026-05-04T11:30:00"
             *     }
             */
            recurrence?: components["schemas"]["NewRecurrence"] | null;
        };
        /**
         * NoteTarget
         * @description Note next to which another one is placed: exactly one of `before` and `after`.
         * @example {
         *       "before": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
         *     }
         */
        NoteTarget: {
            /**
             * Format: uuid
             * @description Identifier of the note that will follow directly.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            before?: string;
            /**
             * Format: uuid
             * @description Identifier of the note that will precede directly.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            after?: string;
        };
        /**
         * NoteWriter
         * @description Author of a text of a note: a user with whom the note is or was shared.
         * @example {
         *       "username": "ada"
         *     }
         */
        NoteWriter: {
            /**
             * @description Username of the author; absent if the account was deleted.
             * @example ada
             */
            username?: string;
        };
        /**
         * OpenedLink
         * @description Link whose note is requested, by its token.
         * @example {
         *       "token": "EXAMPLE-OF-A-TOKEN"
         *     }
         */
        OpenedLink: {
            /**
             * Format: password
             * @description Token of the link, at most 100 characters.
             * @example EXAMPLE-OF-A-TOKEN
             */
            token: string;
        };
        /**
         * Ordered
         * @description Revision of the user's data after the notes were ordered.
         * @example {
         *       "revision": 42
         *     }
         */
        Ordered: {
            /**
             * Format: int64
             * @description Revision of the user's data after the request.
             * @example 42
             */
            revision: number;
        };
        /**
         * Passkey
         * @description A passkey that the user has registered.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-eef407ad292e",
         *       "name": "Ada's phone",
         *       "createdAt": "2026-05-04T09:30:00Z",
         *       "lastUsedAt": "2026-05-04T09:30:00Z"
         *     }
         */
        Passkey: {
            /**
             * Format: uuid
             * @description Identifier of the passkey (UUID).
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description Name by which the user recognizes the device.
             * @example Ada's phone
             */
            name: string;
            /**
             * Format: date-time
             * @description Time at which the passkey was registered.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Time of the last sign-in with the passkey; absent if it was never used.
             * @example 2026-05-04T09:30:00Z
             */
            lastUsedAt?: string;
        };
        /**
         * PasskeyEnd
         * @description Permission to remove a passkey.
         * @example {
         *       "currentPassword": "seven quiet lanterns"
         *     }
         */
        PasskeyEnd: {
            /**
             * Format: password
             * @description Password of the account. Not needed if the session began with a passkey within the last 10 minutes, or was confirmed at the identity provider
             *     (`POST /api/me/confirmation`) within the last 5 minutes.
             * @example seven quiet lanterns
             */
            currentPassword?: string;
        };
        /**
         * PasskeyList
         * @description All passkeys that the user has registered.
         * @example {
         *       "items": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-eef407ad292e",
         *           "name": "Ada's phone",
         *           "createdAt": "2026-05-04T09:30:00Z",
         *           "lastUsedAt": "2026-05-04T09:30:00Z"
         *         }
         *       ]
         *     }
         */
        PasskeyList: {
            /**
             * @description Registered passkeys, with the newest first.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-eef407ad292e",
             *         "name": "Ada's phone",
             *         "createdAt": "2026-05-04T09:30:00Z",
             *         "lastUsedAt": "2026-05-04T09:30:00Z"
             *       }
             *     ]
             */
            items: components["schemas"]["Passkey"][];
        };
        /**
         * PasskeyOptions
         * @description Options with which a browser creates or uses a passkey.
         * @example {
         *       "options": {
         *         "challenge": "RVhBTVBMRS1FWEFNUExFLUVYQU1QTEU",
         *         "rpId": "notes.example.com",
         *         "allowCredentials": [],
         *         "userVerification": "required",
         *         "timeout": 240000
         *       }
         *     }
         */
        PasskeyOptions: {
            /**
             * @description Object for `PublicKeyCredential.parseCreationOptionsFromJSON()` or `parseRequestOptionsFromJSON()` (WebAuthn Level 3), depending on the
             *     operation.
             * @example {
             *       "challenge": "RVhBTVBMRS1FWEFNUExFLUVYQU1QTEU",
             *       "rpId": "notes.example.com",
             *       "allowCredentials": [],
             *       "userVerification": "required",
             *       "timeout": 240000
             *     }
             */
            options: unknown;
        };
        /**
         * PasskeyPatch
         * @description Change of the name of a passkey.
         * @example {
         *       "name": "Ada's phone"
         *     }
         */
        PasskeyPatch: {
            /**
             * @description Name by which the user recognizes the device, such as `Ada's phone`, 1 to 100 characters.
             * @example Ada's phone
             */
            name: string;
        };
        /**
         * PasskeyProof
         * @description Response of a passkey to a challenge of the service.
         * @example {
         *       "credential": {
         *         "id": "TzFkYUV4YW1wbGU",
         *         "rawId": "TzFkYUV4YW1wbGU",
         *         "type": "public-key",
         *         "response": {
         *           "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
         *           "authenticatorData": "RVhBTVBMRQ",
         *           "signature": "RVhBTVBMRQ",
         *           "userHandle": "AZdsjk8afD6dK1pvfo2cCw"
         *         },
         *         "clientExtensionResults": {}
         *       }
         *     }
         */
        PasskeyProof: {
            /**
             * @description Result of `navigator.credentials.get()` in the form of its `toJSON()` (WebAuthn Level 3, AuthenticationResponseJSON).
             * @example {
             *       "clientExtensionResults": {},
             *       "rawId": "TzFkYUV4YW1wbGU",
             *       "type": "public-key",
             *       "response": {
             *         "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
             *         "authenticatorData": "RVhBTVBMRQ",
             *         "signature": "RVhBTVBMRQ",
             *         "userHandle": "AZdsjk8afD6dK1pvfo2cCw"
             *       }
             *     }
             */
            credential: unknown;
        };
        /**
         * PasskeyRegistration
         * @description A passkey to register for the user.
         * @example {
         *       "name": "Ada's phone",
         *       "credential": {
         *         "id": "TmV3RXhhbXBsZQ",
         *         "rawId": "TmV3RXhhbXBsZQ",
         *         "type": "public-key",
         *         "response": {
         *           "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0",
         *           "attestationObject": "RVhBTVBMRQ",
         *           "transports": [
         *             "internal"
         *           ]
         *         },
         *         "clientExtensionResults": {}
         *       }
         *     }
         */
        PasskeyRegistration: {
            /**
             * @description Name by which the user recognizes the device, such as `Ada's phone`, 1 to 100 characters.
             * @example Ada's phone
             */
            name: string;
            /**
             * @description Result of `navigator.credentials.create()` in the form of its `toJSON()` (WebAuthn Level 3, RegistrationResponseJSON).
             * @example {
             *       "clientExtensionResults": {},
             *       "rawId": "TmV3RXhhbXBsZQ",
             *       "type": "public-key",
             *       "response": {
             *         "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0",
             *         "attestationObject": "RVhBTVBMRQ",
             *         "transports": [
             *           "internal"
             *         ]
             *       }
             *     }
             */
            credential: unknown;
        };
        /**
         * PasskeyStart
         * @description Permission to register a passkey.
         * @example {
         *       "currentPassword": "seven quiet lanterns"
         *     }
         */
        PasskeyStart: {
            /**
             * Format: password
             * @description Password of the account. Not needed if the session began with a passkey within the last 10 minutes, or was confirmed at the identity provider
             *     (`POST /api/me/confirmation`) within the last 5 minutes.
             * @example seven quiet lanterns
             */
            currentPassword?: string;
        };
        /**
         * PasswordChange
         * @description Change of the password of an account.
         * @example {
         *       "currentPassword": "seven quiet lanterns",
         *       "newPassword": "nine patient harbours"
         *     }
         */
        PasswordChange: {
            /**
             * Format: password
             * @description Password of the account. Not needed if the session began with a passkey within the last 10 minutes, or was confirmed at the identity provider
             *     (`POST /api/me/confirmation`) within the last 5 minutes.
             * @example seven quiet lanterns
             */
            currentPassword?: string;
            /**
             * Format: password
             * @description New password, 8 to 256 characters. Length counts more than variety; passwords that are easy to guess are refused.
             * @example nine patient harbours
             */
            newPassword: string;
        };
        /**
         * PasswordReset
         * @description New password, with the token from a mailed link.
         * @example {
         *       "token": "notes_pat_EXAMPLE",
         *       "newPassword": "nine patient harbours"
         *     }
         */
        PasswordReset: {
            /**
             * Format: password
             * @description Token from the link in the mail, at most 100 characters.
             * @example notes_pat_EXAMPLE
             */
            token: string;
            /**
             * Format: password
             * @description New password, 8 to 256 characters. Length counts more than variety; passwords that are easy to guess are refused.
             * @example nine patient harbours
             */
            newPassword: string;
        };
        /**
         * PendingSignIn
         * @description Sign-in that needs a second factor to finish.
         * @example {
         *       "factors": [
         *         "totp",
         *         "recoveryCode"
         *       ],
         *       "expiresAt": "2026-05-04T09:30:00Z"
         *     }
         */
        PendingSignIn: {
            /**
             * @description Kinds of second factors that the account has, the most common one first.
             * @example [
             *       "totp",
             *       "recoveryCode"
             *     ]
             */
            factors: components["schemas"]["SecondFactorKind"][];
            /**
             * Format: date-time
             * @description Time at which the sign-in expires and has to start again.
             * @example 2026-05-04T09:30:00Z
             */
            expiresAt: string;
        };
        /**
         * Piece
         * @description A part of a snippet, either matched text or the text around it.
         * @example {
         *       "text": "buy eggs",
         *       "found": true
         *     }
         */
        Piece: {
            /**
             * @description Text of the part, without Markdown.
             * @example buy eggs
             */
            text: string;
            /**
             * @description `true` if the text matches the query.
             * @example true
             */
            found: boolean;
        };
        /**
         * @description Place of a note: `active` on the board, `archived` in the archive, or `trash`.
         * @example active
         * @enum {string}
         */
        Place: "active" | "archived" | "trash";
        /**
         * PortableFilter
         * @description A saved filter in an export, without its identifier.
         * @example {
         *       "name": "Errands with eggs",
         *       "query": {
         *         "place": "active",
         *         "pinned": false,
         *         "labels": [
         *           "Errands"
         *         ],
         *         "color": "green",
         *         "hasReminder": false,
         *         "q": "eggs"
         *       }
         *     }
         */
        PortableFilter: {
            /**
             * @description Name of the filter, 1 to 100 characters.
             * @example Errands with eggs
             */
            name: string;
            /** @description Conditions of the notes that the filter selects. */
            query: components["schemas"]["PortableQuery"];
        };
        /**
         * PortableLabel
         * @description A label in an export, without its identifier.
         * @example {
         *       "name": "Errands",
         *       "color": "green"
         *     }
         */
        PortableLabel: {
            /**
             * @description Name of the label, 1 to 50 characters.
             * @example Errands
             */
            name: string;
            /** @description Colour of the label; `white` by default. */
            color?: components["schemas"]["Color"];
        };
        /**
         * PortableNote
         * @description A note in an export, with its earlier versions.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-6c5aa89df5f8",
         *       "version": 7,
         *       "title": "Groceries",
         *       "content": "- [x] eggs\n- [ ] cream",
         *       "color": "green",
         *       "pinned": false,
         *       "place": "active",
         *       "labels": [
         *         "Errands"
         *       ],
         *       "reminderAt": "2026-05-04T09:30:00Z",
         *       "recurrence": {
         *         "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
         *         "timeZone": "Europe/Berlin",
         *         "start": "2026-05-04T11:30:00"
         *       },
         *       "createdAt": "2026-05-04T09:30:00Z",
         *       "updatedAt": "2026-05-04T09:30:00Z",
         *       "revisions": [
         *         {
         *           "version": 7,
         *           "title": "Groceries",
         *           "content": "- [x] eggs\n- [ ] cream",
         *           "replacedAt": "2026-05-04T09:30:00Z"
         *         }
         *       ]
         *     }
         */
        PortableNote: {
            /**
             * Format: uuid
             * @description Identifier of the note (UUID). An import skips a note whose identifier is in the account already.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id?: string;
            /**
             * Format: int64
             * @description Version of the note, at least 1; 1 by default.
             * @example 7
             */
            version?: number;
            /**
             * @description Title, at most 1,000 characters; empty by default.
             * @example Groceries
             */
            title?: string;
            /**
             * @description Text in Markdown, at most 100 KiB; empty by default.
             * @example - [x] eggs
             *     - [ ] cream
             */
            content?: string;
            /** @description Colour of the note; `white` by default. */
            color?: components["schemas"]["Color"];
            /**
             * @description `true` if the note is pinned; `false` by default.
             * @example false
             */
            pinned?: boolean;
            /** @description Place of the note: on the board (the default), in the archive or in the trash. */
            place?: components["schemas"]["Place"];
            /**
             * @description Names of the labels of the note, at most 20 with 50 characters each.
             * @example [
             *       "Errands"
             *     ]
             */
            labels?: string[];
            /**
             * Format: date-time
             * @description Time of the reminder; absent without one.
             * @example 2026-05-04T09:30:00Z
             */
            reminderAt?: string;
            /** @description Rule by which the reminder repeats; absent for a single reminder. */
            recurrence?: components["schemas"]["PortableRecurrence"];
            /**
             * Format: date-time
             * @description Time at which the note was created; the time of the import by default.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt?: string;
            /**
             * Format: date-time
             * @description Time of the last change of the note; `createdAt` by default.
             * @example 2026-05-04T09:30:00Z
             */
            updatedAt?: string;
            /**
             * @description Earlier versions of the note, the oldest first; absent for a note without any.
             * @example [
             *       {
             *         "version": 7,
             *         "title": "Groceries",
             *         "content": "- [x] eggs\n- [ ] cream",
             *         "replacedAt": "2026-05-04T09:30:00Z"
             *       }
             *     ]
             */
            revisions?: components["schemas"]["PortableRevision"][];
        };
        /**
         * PortableQuery
         * @description Conditions of an exported filter, which names labels instead of using their identifiers.
         * @example {
         *       "place": "active",
         *       "pinned": false,
         *       "labels": [
         *         "Errands"
         *       ],
         *       "color": "green",
         *       "hasReminder": false,
         *       "q": "eggs"
         *     }
         */
        PortableQuery: {
            /** @description Place of the notes. If absent the board, or with `q` the board and the archive. */
            place?: components["schemas"]["Place"];
            /**
             * @description `true` for pinned notes only, `false` for unpinned notes only.
             * @example false
             */
            pinned?: boolean;
            /**
             * @description Names of labels, at most 20 with 50 characters each, of which each note has at least one.
             * @example [
             *       "Errands"
             *     ]
             */
            labels?: string[];
            /** @description Colour of the notes; absent for all colours. */
            color?: components["schemas"]["Color"];
            /**
             * @description `true` for notes with a reminder only, `false` for notes without one.
             * @example false
             */
            hasReminder?: boolean;
            /** @description Order of the notes; `position` if absent. Not allowed with `q`. */
            sort?: components["schemas"]["FilterSort"];
            /**
             * @description Words to search for, 1 to 200 characters, with the syntax of `GET /api/search`.
             * @example eggs
             */
            q?: string;
        };
        /**
         * PortableRecurrence
         * @description Rule by which an exported reminder repeats.
         * @example {
         *       "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
         *       "timeZone": "Europe/Berlin",
         *       "start": "2026-05-04T11:30:00"
         *     }
         */
        PortableRecurrence: {
            /**
             * @description Days on which the reminder repeats, as a recurrence rule of RFC 5545, such as `FREQ=WEEKLY;BYDAY=MO`.
             * @example FREQ=WEEKLY;BYDAY=MO,FR
             */
            rule: string;
            /**
             * @description IANA name of the time zone in which the rule applies, such as `Europe/Berlin`.
             * @example Europe/Berlin
             */
            timeZone: string;
            /**
             * @description Local date and time of the first reminder, to the second and without an offset.
             * @example 2026-05-04T11:30:00
             */
            start: string;
        };
        /**
         * PortableRevision
         * @description An earlier version of a note in an export.
         * @example {
         *       "version": 7,
         *       "title": "Groceries",
         *       "content": "- [x] eggs\n- [ ] cream",
         *       "replacedAt": "2026-05-04T09:30:00Z"
         *     }
         */
        PortableRevision: {
            /**
             * Format: int64
             * @description Version of the note that had this title and text, at least 1.
             * @example 7
             */
            version: number;
            /**
             * @description Title of the note in this version.
             * @example Groceries
             */
            title: string;
            /**
             * @description Text of the note in this version, in Markdown.
             * @example - [x] eggs
             *     - [ ] cream
             */
            content: string;
            /**
             * Format: date-time
             * @description Time at which a later version replaced this one.
             * @example 2026-05-04T09:30:00Z
             */
            replacedAt: string;
        };
        /**
         * Problem
         * @description Failure of a request (RFC 9457): `code` for programs, `title` and `detail` for people.
         * @example {
         *       "type": "about:blank",
         *       "title": "not found",
         *       "status": 404,
         *       "code": "not_found",
         *       "detail": "no such note",
         *       "requestId": "01976c8e-5d20-7aa1-8c11-3f2e1d0c9b8a"
         *     }
         */
        Problem: {
            /**
             * @description Always `about:blank`; `code` identifies the kind of failure.
             * @example about:blank
             */
            type: string;
            /**
             * @description Short description of the kind of failure.
             * @example not found
             */
            title: string;
            /**
             * Format: uint16
             * @description HTTP status of the response.
             * @example 404
             */
            status: number;
            /**
             * @description Stable identifier of the kind of failure.
             * @example not_found
             */
            code: string;
            /**
             * @description Explanation of this occurrence; absent if there is nothing to add to the title.
             * @example no such note
             */
            detail?: string;
            /**
             * @description Identifier of the request, as in the header `X-Request-Id` and in the logs.
             * @example 01976c8e-5d20-7aa1-8c11-3f2e1d0c9b8a
             */
            requestId: string;
            /**
             * @description All values that are not allowed; absent if the failure has another reason.
             * @example [
             *       {
             *         "field": "/title",
             *         "code": "too_long",
             *         "message": "has 1001 characters, and at most 1000 are allowed"
             *       }
             *     ]
             */
            errors?: components["schemas"]["FieldProblem"][];
        };
        /**
         * ProviderAddress
         * @description Page of the identity provider to open in the browser.
         * @example {
         *       "location": "https://login.example.com/authorize?response_type=code&client_id=notes&state=EXAMPLE"
         *     }
         */
        ProviderAddress: {
            /**
             * @description URL of the page. It works once, within ten minutes and in this browser only.
             * @example https://login.example.com/authorize?response_type=code&client_id=notes&state=EXAMPLE
             */
            location: string;
        };
        /**
         * ProviderStart
         * @description Parameters of a sign-in with the identity provider.
         * @example {
         *       "returnTo": "/settings",
         *       "inviteCode": "EXAMPLE-CODE"
         *     }
         */
        ProviderStart: {
            /**
             * @description Path of the page to return to, beginning with one `/`, at most 500 characters; the board by default.
             * @example /settings
             */
            returnTo?: string;
            /**
             * Format: password
             * @description Invite code; required for people without an account where registration is by invite.
             * @example EXAMPLE-CODE
             */
            inviteCode?: string;
        };
        /**
         * PushKey
         * @description Public key with which browsers subscribe to push messages.
         * @example {
         *       "publicKey": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
         *     }
         */
        PushKey: {
            /**
             * @description Public key in base64url, for `applicationServerKey` of `PushManager.subscribe`. Subscriptions with another key receive no messages.
             * @example BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4
             */
            publicKey: string;
        };
        /**
         * PushKeys
         * @description Keys of a browser, with which its messages are encrypted.
         * @example {
         *       "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
         *       "auth": "BTBZMqHH6r4Tts7J_aSIgg"
         *     }
         */
        PushKeys: {
            /**
             * @description Public key of the browser: a P-256 point of 65 bytes in base64url.
             * @example BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4
             */
            p256dh: string;
            /**
             * @description Authentication secret of the browser: 16 bytes in base64url.
             * @example BTBZMqHH6r4Tts7J_aSIgg
             */
            auth: string;
        };
        /**
         * PushSubscription
         * @description Push subscription of one browser of the user.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-203e56b44247",
         *       "sessionId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
         *       "current": false,
         *       "createdAt": "2026-05-04T09:30:00Z",
         *       "deliveredAt": "2026-05-04T09:30:00Z"
         *     }
         */
        PushSubscription: {
            /**
             * Format: uuid
             * @description Identifier of the push subscription (UUID).
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * Format: uuid
             * @description Identifier of the session that the subscription belongs to and ends with; `GET /api/sessions` describes the browser.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            sessionId: string;
            /**
             * @description `true` if the subscription belongs to the session that sent the request.
             * @example false
             */
            current: boolean;
            /**
             * Format: date-time
             * @description Time at which the browser subscribed.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Time at which the push service last accepted a message; absent before the first one.
             * @example 2026-05-04T09:30:00Z
             */
            deliveredAt?: string;
        };
        /**
         * PushSubscriptionList
         * @description All push subscriptions of the user.
         * @example {
         *       "items": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-203e56b44247",
         *           "sessionId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
         *           "current": false,
         *           "createdAt": "2026-05-04T09:30:00Z",
         *           "deliveredAt": "2026-05-04T09:30:00Z"
         *         }
         *       ]
         *     }
         */
        PushSubscriptionList: {
            /**
             * @description Push subscriptions, the newest first.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-203e56b44247",
             *         "sessionId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
             *         "current": false,
             *         "createdAt": "2026-05-04T09:30:00Z",
             *         "deliveredAt": "2026-05-04T09:30:00Z"
             *       }
             *     ]
             */
            items: components["schemas"]["PushSubscription"][];
        };
        /**
         * RecoveryCodes
         * @description Recovery codes, each valid for one sign-in.
         * @example {
         *       "recoveryCodes": [
         *         "7k2m-9xq4-p0tc-w3hd"
         *       ]
         *     }
         */
        RecoveryCodes: {
            /**
             * @description Ten codes to write down; only this response contains them. Each replaces the second factor in one sign-in. Empty if earlier codes are still
             *     valid.
             * @example [
             *       "7k2m-9xq4-p0tc-w3hd"
             *     ]
             */
            recoveryCodes: string[];
        };
        /**
         * Recurrence
         * @description Rule by which a reminder repeats.
         * @example {
         *       "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
         *       "timeZone": "Europe/Berlin",
         *       "start": "2026-05-04T11:30:00"
         *     }
         */
        Recurrence: {
            /**
             * @description Days on which the reminder repeats, as a recurrence rule of RFC 5545, such as `FREQ=WEEKLY;BYDAY=MO`.
             * @example FREQ=WEEKLY;BYDAY=MO,FR
             */
            rule: string;
            /**
             * @description IANA name of the time zone in which the rule applies, such as `Europe/Berlin`.
             * @example Europe/Berlin
             */
            timeZone: string;
            /**
             * @description Local date and time of the first reminder, to the second and without an offset.
             * @example 2026-05-04T11:30:00
             */
            start: string;
        };
        /**
         * RegisteredPasskey
         * @description A new passkey, with recovery codes if it is the first second factor.
         * @example {
         *       "passkey": {
         *         "id": "01976c8e-4f1a-7c3e-9d2b-eef407ad292e",
         *         "name": "Ada's phone",
         *         "createdAt": "2026-05-04T09:30:00Z",
         *         "lastUsedAt": "2026-05-04T09:30:00Z"
         *       },
         *       "recoveryCodes": [
         *         "7k2m-9xq4-p0tc-w3hd"
         *       ]
         *     }
         */
        RegisteredPasskey: {
            /** @description The passkey that was registered. */
            passkey: components["schemas"]["Passkey"];
            /**
             * @description Ten recovery codes to write down, each for one sign-in without the device. Present only with the first second factor of an account, and only
             *     in this response.
             * @example [
             *       "7k2m-9xq4-p0tc-w3hd"
             *     ]
             */
            recoveryCodes?: string[];
        };
        /**
         * Registration
         * @description Address, username and password of an account to register.
         * @example {
         *       "email": "ada@example.com",
         *       "username": "ada",
         *       "password": "seven quiet lanterns",
         *       "inviteCode": "EXAMPLE-CODE"
         *     }
         */
        Registration: {
            /**
             * @description Email address of the account, at most 254 characters; case is ignored.
             * @example ada@example.com
             */
            email: string;
            /**
             * @description Username, 3 to 32 letters, digits, `_`, `.` and `-`. Its case is kept, but ignored in comparisons.
             * @example ada
             */
            username: string;
            /**
             * Format: password
             * @description Password, 8 to 256 characters. Length counts more than variety; passwords that are easy to guess are refused.
             * @example seven quiet lanterns
             */
            password: string;
            /**
             * @description Invite code; required where registration is by invite (`invite_required`).
             * @example EXAMPLE-CODE
             */
            inviteCode?: string;
        };
        /**
         * @description Admission of new users: `open` for everyone, `invite` with an invite code only, `closed` for no one.
         * @example open
         * @enum {string}
         */
        RegistrationMode: "open" | "invite" | "closed";
        /**
         * @description Consequence of a remark: `leftOut` if a file or note is missing, `changed` if a note was imported with a missing or different value.
         * @example leftOut
         * @enum {string}
         */
        RemarkEffect: "leftOut" | "changed";
        /**
         * Reminded
         * @description Reminder of a note that became due.
         * @example {
         *       "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
         *       "title": "Groceries",
         *       "reminderAt": "2026-05-04T09:30:00Z"
         *     }
         */
        Reminded: {
            /**
             * Format: uuid
             * @description Identifier of the note (UUID).
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            noteId: string;
            /**
             * @description Title of the note; may be empty.
             * @example Groceries
             */
            title: string;
            /**
             * Format: date-time
             * @description Time at which the reminder became due.
             * @example 2026-05-04T09:30:00Z
             */
            reminderAt: string;
        };
        /**
         * ReminderSettings
         * @description Settings for the delivery of reminders.
         * @example {
         *       "push": "off",
         *       "email": "away",
         *       "showTitle": false
         *     }
         */
        ReminderSettings: {
            /** @description Condition for push messages to the browsers that have subscribed. */
            push: components["schemas"]["DeliverWhen"];
            /** @description Condition for mails to the address of the account, which must be verified. */
            email: components["schemas"]["DeliverWhen"];
            /**
             * @description `true` if messages and mails contain the titles of notes; otherwise they only announce a reminder.
             * @example false
             */
            showTitle: boolean;
        };
        /**
         * ReminderSettingsPatch
         * @description Changes of the delivery of reminders; omitted properties stay as they are.
         * @example {
         *       "push": "off",
         *       "email": "away",
         *       "showTitle": false
         *     }
         */
        ReminderSettingsPatch: {
            /** @description Condition for push messages to the browsers that have subscribed. */
            push?: components["schemas"]["DeliverWhen"];
            /** @description Condition for mails. Values other than `off` need a verified address, and a service that sends mail. */
            email?: components["schemas"]["DeliverWhen"];
            /**
             * @description `true` to include the titles of notes in messages and mails.
             * @example false
             */
            showTitle?: boolean;
        };
        /**
         * ResetRequest
         * @description Email address of an account whose password is forgotten.
         * @example {
         *       "email": "ada@example.com"
         *     }
         */
        ResetRequest: {
            /**
             * @description Email address of the account, at most 254 characters; case is ignored.
             * @example ada@example.com
             */
            email: string;
        };
        /**
         * Revision
         * @description An earlier version of a note, with its title and text.
         * @example {
         *       "version": 7,
         *       "title": "Groceries",
         *       "content": "- [x] eggs\n- [ ] cream",
         *       "replacedAt": "2026-05-04T09:30:00Z",
         *       "writtenBy": {
         *         "username": "ada"
         *       }
         *     }
         */
        Revision: {
            /**
             * Format: int64
             * @description Version of the note that had this title and text.
             * @example 7
             */
            version: number;
            /**
             * @description Title of the note in this version.
             * @example Groceries
             */
            title: string;
            /**
             * @description Text of the note in this version, in Markdown.
             * @example - [x] eggs
             *     - [ ] cream
             */
            content: string;
            /**
             * Format: date-time
             * @description Time at which a later version replaced this one.
             * @example 2026-05-04T09:30:00Z
             */
            replacedAt: string;
            /** @description Author of the version, if the note was shared with the author; absent if the owner wrote it. */
            writtenBy?: components["schemas"]["NoteWriter"];
        };
        /**
         * RevisionList
         * @description A page of earlier versions of a note.
         * @example {
         *       "items": [
         *         {
         *           "version": 7,
         *           "title": "Groceries",
         *           "content": "- [x] eggs\n- [ ] cream",
         *           "replacedAt": "2026-05-04T09:30:00Z",
         *           "writtenBy": {
         *             "username": "ada"
         *           }
         *         }
         *       ],
         *       "nextCursor": "WyIwMTk3NmM4ZSJd"
         *     }
         */
        RevisionList: {
            /**
             * @description Earlier versions of the page, the latest first.
             * @example [
             *       {
             *         "version": 7,
             *         "title": "Groceries",
             *         "content": "- [x] eggs\n- [ ] cream",
             *         "replacedAt": "2026-05-04T09:30:00Z",
             *         "writtenBy": {
             *           "username": "ada"
             *         }
             *       }
             *     ]
             */
            items: components["schemas"]["Revision"][];
            /**
             * @description Value of `cursor` for the next page; absent on the last page.
             * @example WyIwMTk3NmM4ZSJd
             */
            nextCursor?: string;
        };
        /**
         * SavedFilter
         * @description A filter that the user has saved.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-d62f27ce72aa",
         *       "name": "Errands with eggs",
         *       "query": {
         *         "place": "active",
         *         "pinned": false,
         *         "labelIds": [
         *           "01976c8e-4f1a-7c3e-9d2b-000000000001"
         *         ],
         *         "color": "green",
         *         "hasReminder": false,
         *         "q": "eggs"
         *       },
         *       "missingLabelIds": [
         *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
         *       ],
         *       "sort": 1,
         *       "version": 7,
         *       "createdAt": "2026-05-04T09:30:00Z",
         *       "updatedAt": "2026-05-04T09:30:00Z"
         *     }
         */
        SavedFilter: {
            /**
             * Format: uuid
             * @description Identifier of the saved filter (UUID).
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description Name of the filter, unique among the filters of the user; case is ignored in the comparison.
             * @example Errands with eggs
             */
            name: string;
            /** @description Conditions of the notes that the filter selects. */
            query: components["schemas"]["SavedQuery"];
            /**
             * @description Identifiers of labels in `query` that no longer exist. The filter keeps them, and selects nothing if it names no other label.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
             *     ]
             */
            missingLabelIds: string[];
            /**
             * Format: int32
             * @description Position in the order that the user gave to the filters, from 0.
             * @example 1
             */
            sort: number;
            /**
             * Format: int64
             * @description Version of the filter, increased by each change; its `ETag` is this number in quotation marks.
             * @example 7
             */
            version: number;
            /**
             * Format: date-time
             * @description Time at which the filter was created.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Time of the last change of the filter.
             * @example 2026-05-04T09:30:00Z
             */
            updatedAt: string;
        };
        /**
         * SavedQuery
         * @description Conditions of a saved filter: the parameters of `GET /api/notes`, or with `q` those of `GET /api/search`.
         * @example {
         *       "place": "active",
         *       "pinned": false,
         *       "labelIds": [
         *         "01976c8e-4f1a-7c3e-9d2b-000000000001"
         *       ],
         *       "color": "green",
         *       "hasReminder": false,
         *       "q": "eggs"
         *     }
         */
        SavedQuery: {
            /** @description Place of the notes. If absent the board, or with `q` the board and the archive. */
            place?: components["schemas"]["Place"];
            /**
             * @description `true` for pinned notes only, `false` for unpinned notes only.
             * @example false
             */
            pinned?: boolean;
            /**
             * @description Identifiers of labels of which each note has at least one.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-000000000001"
             *     ]
             */
            labelIds?: string[];
            /** @description Colour of the notes; absent for all colours. */
            color?: components["schemas"]["Color"];
            /**
             * @description `true` for notes with a reminder only, `false` for notes without one.
             * @example false
             */
            hasReminder?: boolean;
            /**
             * @description Order of the notes: `position` if absent, or `reminder` for notes with a reminder only, the earliest reminder first. Always absent with `q`,
             *     which returns the best matches first.
             */
            sort?: components["schemas"]["FilterSort"];
            /**
             * @description Words to search for, with the syntax of `GET /api/search`.
             * @example eggs
             */
            q?: string;
        };
        /**
         * @description Kind of a second factor: `totp` for a code of an authenticator app, a passkey, or a recovery code.
         * @example totp
         * @enum {string}
         */
        SecondFactorKind: "totp" | "passkey" | "recoveryCode";
        /**
         * SecondFactorProof
         * @description Second factor: exactly one of `code`, `recoveryCode` and `credential`.
         * @example {
         *       "code": "287082"
         *     }
         */
        SecondFactorProof: {
            /**
             * Format: password
             * @description Six digits that the authenticator app shows at this moment; spaces are ignored. Each code works once.
             * @example 287082
             */
            code?: string;
            /**
             * Format: password
             * @description One of the recovery codes, which works once; case, spaces and hyphens are ignored.
             * @example 7k2m-9xq4-p0tc-w3hd
             */
            recoveryCode?: string;
            /**
             * @description Result of `navigator.credentials.get()` in the form of its `toJSON()` (WebAuthn Level 3, AuthenticationResponseJSON).
             * @example {
             *       "rawId": "TzFkYUV4YW1wbGU",
             *       "type": "public-key"
             *     }
             */
            credential?: unknown;
        };
        /**
         * Session
         * @description Session of the user in one browser.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-fb925ce34869",
         *       "current": true,
         *       "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
         *       "createdAt": "2026-05-04T09:30:00Z",
         *       "lastSeenAt": "2026-05-04T09:30:00Z",
         *       "expiresAt": "2026-05-04T09:30:00Z",
         *       "signedInBy": [
         *         "password",
         *         "totp"
         *       ]
         *     }
         */
        Session: {
            /**
             * Format: uuid
             * @description Identifier of the session (UUID).
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description `true` for the session that sent the request.
             * @example true
             */
            current: boolean;
            /**
             * @description Value of `User-Agent` that the browser sent when the session began.
             * @example Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0
             */
            userAgent?: string;
            /**
             * Format: date-time
             * @description Time at which the session began.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Time of the last request, accurate to one hour.
             * @example 2026-05-04T09:30:00Z
             */
            lastSeenAt: string;
            /**
             * Format: date-time
             * @description Time at which the session ends if it is not used before.
             * @example 2026-05-04T09:30:00Z
             */
            expiresAt: string;
            /**
             * @description Factors that the user signed in with, in order. Empty for guests and for sessions from releases that did not record factors.
             * @example [
             *       "password",
             *       "totp"
             *     ]
             */
            signedInBy: components["schemas"]["SignInFactor"][];
        };
        /**
         * SessionList
         * @description All sessions of the user that have not ended.
         * @example {
         *       "items": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-fb925ce34869",
         *           "current": true,
         *           "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
         *           "createdAt": "2026-05-04T09:30:00Z",
         *           "lastSeenAt": "2026-05-04T09:30:00Z",
         *           "expiresAt": "2026-05-04T09:30:00Z",
         *           "signedInBy": [
         *             "password",
         *             "totp"
         *           ]
         *         }
         *       ]
         *     }
         */
        SessionList: {
            /**
             * @description Sessions, the most recently used first.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-fb925ce34869",
             *         "current": true,
             *         "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
             *         "createdAt": "2026-05-04T09:30:00Z",
             *         "lastSeenAt": "2026-05-04T09:30:00Z",
             *         "expiresAt": "2026-05-04T09:30:00Z",
             *         "signedInBy": [
             *           "password",
             *           "totp"
             *         ]
             *       }
             *     ]
             */
            items: components["schemas"]["Session"][];
        };
        /**
         * Share
         * @description A person with whom a note is shared, or who is invited to it.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-0dcce10b4725",
         *       "email": "ada@example.com",
         *       "right": "read",
         *       "state": "invited",
         *       "since": "2026-05-04T09:30:00Z",
         *       "expiresAt": "2026-05-04T09:30:00Z"
         *     }
         */
        Share: {
            /**
             * Format: uuid
             * @description Identifier of the share. It changes when the invitation is accepted.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description Email address that was invited.
             * @example ada@example.com
             */
            email: string;
            /**
             * @description Username of the recipient who accepted; absent while the invitation is open.
             * @example ada
             */
            username?: string;
            /** @description Right of the recipient: reading, or changing title and text too. */
            right: components["schemas"]["ShareRight"];
            /** @description State of the share: an open invitation, or accepted. */
            state: components["schemas"]["ShareState"];
            /**
             * Format: date-time
             * @description Time at which the share entered its present state.
             * @example 2026-05-04T09:30:00Z
             */
            since: string;
            /**
             * Format: date-time
             * @description Time at which an open invitation expires; absent once it is accepted.
             * @example 2026-05-04T09:30:00Z
             */
            expiresAt?: string;
        };
        /**
         * ShareList
         * @description All shares and open invitations of a note.
         * @example {
         *       "items": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-0dcce10b4725",
         *           "email": "ada@example.com",
         *           "right": "read",
         *           "state": "invited",
         *           "since": "2026-05-04T09:30:00Z",
         *           "expiresAt": "2026-05-04T09:30:00Z"
         *         }
         *       ]
         *     }
         */
        ShareList: {
            /**
             * @description Accepted shares, then open invitations, each with the oldest first.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-0dcce10b4725",
             *         "email": "ada@example.com",
             *         "right": "read",
             *         "state": "invited",
             *         "since": "2026-05-04T09:30:00Z",
             *         "expiresAt": "2026-05-04T09:30:00Z"
             *       }
             *     ]
             */
            items: components["schemas"]["Share"][];
        };
        /**
         * SharePatch
         * @description Change of the right that a share gives.
         * @example {
         *       "right": "read"
         *     }
         */
        SharePatch: {
            /** @description New right of the recipient. */
            right: components["schemas"]["ShareRight"];
        };
        /**
         * @description Right of the recipient of a share: `read`, or `write` for changing title and text too.
         * @example read
         * @enum {string}
         */
        ShareRight: "read" | "write";
        /**
         * @description State of a share: `invited` until the recipient accepts the invitation, then `accepted`.
         * @example invited
         * @enum {string}
         */
        ShareState: "invited" | "accepted";
        /**
         * SharedNote
         * @description A note that another user shares with the caller. Labels, reminder, place and order belong to the owner and are not shown.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-037dd7080e1f",
         *       "title": "Groceries",
         *       "content": "- [x] eggs\n- [ ] cream",
         *       "shortened": false,
         *       "html": "<p>eggs</p>",
         *       "checklist": {
         *         "done": 1,
         *         "total": 2
         *       },
         *       "color": "green",
         *       "version": 7,
         *       "createdAt": "2026-05-04T09:30:00Z",
         *       "updatedAt": "2026-05-04T09:30:00Z",
         *       "writtenBy": {
         *         "username": "ada"
         *       },
         *       "owner": "grace",
         *       "right": "read",
         *       "sharedAt": "2026-05-04T09:30:00Z"
         *     }
         */
        SharedNote: {
            /**
             * Format: uuid
             * @description Identifier of the note, for paths below `/api/shared`.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description Title of the note, at most 1,000 characters; may be empty.
             * @example Groceries
             */
            title: string;
            /**
             * @description Text of the note in Markdown, at most 100 KiB; may be empty.
             * @example - [x] eggs
             *     - [ ] cream
             */
            content: string;
            /**
             * @description `true` if `content` holds only the beginning of the text, which happens with `fields=board`; `GET /api/shared/{id}` returns the whole text.
             * @example false
             */
            shortened?: boolean;
            /**
             * @description Text of the note as sanitized HTML, safe to insert into a page; present only with `include=html`.
             * @example <p>eggs</p>
             */
            html?: string;
            /** @description Progress of the checklist in the text; absent if the text has no checklist items. */
            checklist?: components["schemas"]["Checklist"];
            /** @description Colour that the owner gave to the note. */
            color: components["schemas"]["Color"];
            /**
             * Format: int64
             * @description Version of the note, increased by each change of the owner or a recipient; its `ETag` is this number in quotation marks.
             * @example 7
             */
            version: number;
            /**
             * Format: date-time
             * @description Time at which the note was created.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Time of the last change of the note.
             * @example 2026-05-04T09:30:00Z
             */
            updatedAt: string;
            /** @description Author of the latest text; absent if the owner wrote it. */
            writtenBy?: components["schemas"]["NoteWriter"];
            /**
             * @description Username of the owner of the note.
             * @example grace
             */
            owner: string;
            /** @description Right of the caller: reading, or changing title and text too. */
            right: components["schemas"]["ShareRight"];
            /**
             * Format: date-time
             * @description Time at which the caller accepted the invitation.
             * @example 2026-05-04T09:30:00Z
             */
            sharedAt: string;
        };
        /**
         * SharedNoteList
         * @description A page of notes that other users share with the caller.
         * @example {
         *       "items": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-037dd7080e1f",
         *           "title": "Groceries",
         *           "content": "- [x] eggs\n- [ ] cream",
         *           "shortened": false,
         *           "html": "<p>eggs</p>",
         *           "checklist": {
         *             "done": 1,
         *             "total": 2
         *           },
         *           "color": "green",
         *           "version": 7,
         *           "createdAt": "2026-05-04T09:30:00Z",
         *           "updatedAt": "2026-05-04T09:30:00Z",
         *           "writtenBy": {
         *             "username": "ada"
         *           },
         *           "owner": "grace",
         *           "right": "read",
         *           "sharedAt": "2026-05-04T09:30:00Z"
         *         }
         *       ],
         *       "nextCursor": "WyIwMTk3NmM4ZSJd",
         *       "revision": 42
         *     }
         */
        SharedNoteList: {
            /**
             * @description Notes of the page, the most recently accepted first.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-037dd7080e1f",
             *         "title": "Groceries",
             *         "content": "- [x] eggs\n- [ ] cream",
             *         "shortened": false,
             *         "html": "<p>eggs</p>",
             *         "checklist": {
             *           "done": 1,
             *           "total": 2
             *         },
             *         "color": "green",
             *         "version": 7,
             *         "createdAt": "2026-05-04T09:30:00Z",
             *         "updatedAt": "2026-05-04T09:30:00Z",
             *         "writtenBy": {
             *           "username": "ada"
             *         },
             *         "owner": "grace",
             *         "right": "read",
             *         "sharedAt": "2026-05-04T09:30:00Z"
             *       }
             *     ]
             */
            items: components["schemas"]["SharedNote"][];
            /**
             * @description Value of `cursor` for the next page; absent on the last page.
             * @example WyIwMTk3NmM4ZSJd
             */
            nextCursor?: string;
            /**
             * Format: int64
             * @description Revision of the caller's data when the first page was read. All pages together with `GET /api/changes?since=` this revision give the exact
             *     state.
             * @example 42
             */
            revision: number;
        };
        /**
         * SharedNotePatch
         * @description Changes of a note of another user; omitted properties stay as they are.
         * @example {
         *       "title": "Groceries",
         *       "content": "- [x] eggs\n- [ ] cream"
         *     }
         */
        SharedNotePatch: {
            /**
             * @description New title, at most 1,000 characters; may be empty.
             * @example Groceries
             */
            title?: string;
            /**
             * @description New text in Markdown, at most 100 KiB; may be empty.
             * @example - [x] eggs
             *     - [ ] cream
             */
            content?: string;
        };
        /**
         * @description Factor of a sign-in: `password`, `passkey`, `identity` for an identity provider, `totp` for a code of an authenticator app, or a recovery code.
         * @example password
         * @enum {string}
         */
        SignInFactor: "password" | "passkey" | "identity" | "totp" | "recoveryCode";
        /**
         * SignInOptions
         * @description Ways to register and to sign in that this service offers.
         * @example {
         *       "registration": "open",
         *       "guests": false,
         *       "passwordReset": false,
         *       "passkeys": false,
         *       "provider": {
         *         "name": "Example",
         *         "registration": "open"
         *       }
         *     }
         */
        SignInOptions: {
            /** @description Admission of people who register with a password. */
            registration: components["schemas"]["RegistrationMode"];
            /**
             * @description `true` if the service admits guests.
             * @example false
             */
            guests: boolean;
            /**
             * @description `true` if a forgotten password can be reset by mail.
             * @example false
             */
            passwordReset: boolean;
            /**
             * @description `true` if users can register passkeys and sign in with them.
             * @example false
             */
            passkeys: boolean;
            /** @description Identity provider that users can sign in with; absent if none is configured. */
            provider?: components["schemas"]["SignInProvider"];
        };
        /**
         * SignInProvider
         * @description Identity provider that users can sign in with; `GET /api/auth/oidc/start` redirects to it.
         * @example {
         *       "name": "Example",
         *       "registration": "open"
         *     }
         */
        SignInProvider: {
            /**
             * @description Display name of the provider, for the label of a button.
             * @example Example
             */
            name: string;
            /** @description Admission of people who sign in with the provider for the first time. */
            registration: components["schemas"]["RegistrationMode"];
        };
        /**
         * SignedInAccount
         * @description Account that a browser is signed in to.
         * @example {
         *       "account": {
         *         "id": "01976c8e-4f1a-7c3e-9d2b-835e045a4172",
         *         "email": "ada@example.com",
         *         "emailVerified": false,
         *         "username": "ada",
         *         "guest": false,
         *         "expiresAt": "2026-05-04T09:30:00Z",
         *         "usage": {
         *           "notes": 12,
         *           "notesLimit": 10000,
         *           "labels": 1,
         *           "labelsLimit": 200,
         *           "attachmentBytes": 482133,
         *           "attachmentBytesLimit": 1073741824
         *         },
         *         "createdAt": "2026-05-04T09:30:00Z"
         *       }
         *     }
         */
        SignedInAccount: {
            /** @description The account; absent if the request has no cookie of a session, or if the session has ended. */
            account?: components["schemas"]["Account"];
        };
        /**
         * @description Order of a list of notes: `position` for the order of the user with pinned notes first, `reminder` for notes with a reminder only, the earliest
         *     reminder first.
         * @example position
         * @enum {string}
         */
        Sort: "position" | "reminder";
        /**
         * Token
         * @description Access token of the user, for a program.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-64dc2b0b9b7b",
         *       "name": "backup script",
         *       "scope": "read",
         *       "scopes": [
         *         "notes:read",
         *         "labels:read",
         *         "account:read",
         *         "export"
         *       ],
         *       "createdAt": "2026-05-04T09:30:00Z",
         *       "lastUsedAt": "2026-05-04T09:30:00Z",
         *       "expiresAt": "2026-05-04T09:30:00Z",
         *       "token": "notes_pat_EXAMPLE"
         *     }
         */
        Token: {
            /**
             * Format: uuid
             * @description Identifier of the access token (UUID).
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description Name that the user gave to the token.
             * @example backup script
             */
            name: string;
            /** @description Coarse scope: `write` if any of the `scopes` permits changes, otherwise `read`. */
            scope: components["schemas"]["TokenScope"];
            /**
             * @description All scopes of the access token.
             * @example [
             *       "notes:read",
             *       "labels:read",
             *       "account:read",
             *       "export"
             *     ]
             */
            scopes: components["schemas"]["TokenPermission"][];
            /**
             * Format: date-time
             * @description Time at which the token was created.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Time of the last request with the token, accurate to one hour; absent if it was never used.
             * @example 2026-05-04T09:30:00Z
             */
            lastUsedAt?: string;
            /**
             * Format: date-time
             * @description Time at which the token expires. Absent only for tokens from releases in which tokens did not expire.
             * @example 2026-05-04T09:30:00Z
             */
            expiresAt?: string;
            /**
             * @description The secret token, for the header `Authorization: Bearer …`. Present only in the response that creates it; the service stores a hash.
             * @example notes_pat_EXAMPLE
             */
            token?: string;
        };
        /**
         * TokenList
         * @description All access tokens of the user.
         * @example {
         *       "items": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-831c457fb94e",
         *           "name": "backup script",
         *           "scope": "read",
         *           "scopes": [
         *             "notes:read",
         *             "labels:read",
         *             "account:read",
         *             "export"
         *           ],
         *           "createdAt": "2026-05-04T09:30:00Z",
         *           "lastUsedAt": "2026-05-04T09:30:00Z",
         *           "expiresAt": "2026-05-04T09:30:00Z"
         *         }
         *       ]
         *     }
         */
        TokenList: {
            /**
             * @description Access tokens, the newest first.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-831c457fb94e",
             *         "name": "backup script",
             *         "scope": "read",
             *         "scopes": [
             *           "notes:read",
             *           "labels:read",
             *           "account:read",
             *           "export"
             *         ],
             *         "createdAt": "2026-05-04T09:30:00Z",
             *         "lastUsedAt": "2026-05-04T09:30:00Z",
             *         "expiresAt": "2026-05-04T09:30:00Z"
             *       }
             *     ]
             */
            items: components["schemas"]["Token"][];
        };
        /**
         * @description Fine scope of an access token, which permits one kind of access, such as `notes:read` for reading notes, their versions and changes. Each
         *     operation names the scopes that it needs.
         * @example notes:read
         * @enum {string}
         */
        TokenPermission: "notes:read" | "notes:write" | "labels:read" | "labels:write" | "account:read" | "export" | "webhooks:read" | "webhooks:write";
        /**
         * @description Coarse scope of an access token: `read` for reading only, `write` for reading and writing.
         * @example read
         * @enum {string}
         */
        TokenScope: "read" | "write";
        /**
         * TotpConfirmation
         * @description Code of an authenticator app, which proves that the app has the secret.
         * @example {
         *       "code": "287082"
         *     }
         */
        TotpConfirmation: {
            /**
             * Format: password
             * @description Six digits that the app shows at this moment; spaces are ignored. Each code works once.
             * @example 287082
             */
            code: string;
        };
        /**
         * TotpEnd
         * @description Permission to stop asking for codes of an authenticator app.
         * @example {
         *       "currentPassword": "seven quiet lanterns",
         *       "code": "287082"
         *     }
         */
        TotpEnd: {
            /**
             * Format: password
             * @description Password of the account. Not needed if the session began with a passkey within the last 10 minutes, or was confirmed at the identity provider
             *     (`POST /api/me/confirmation`) within the last 5 minutes.
             * @example seven quiet lanterns
             */
            currentPassword?: string;
            /**
             * Format: password
             * @description Six digits that the app shows at this moment, or one of the recovery codes.
             * @example 287082
             */
            code: string;
        };
        /**
         * TotpEnrolment
         * @description Secret to add to an authenticator app.
         * @example {
         *       "secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
         *       "uri": "otpauth://totp/notes.example.com:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=notes.example.com"
         *     }
         */
        TotpEnrolment: {
            /**
             * @description Secret in base32, to type into an app.
             * @example GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ
             */
            secret: string;
            /**
             * @description Secret as an `otpauth:` URI, to show as a QR code.
             * @example otpauth://totp/notes.example.com:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=notes.example.com
             */
            uri: string;
        };
        /**
         * Unlinking
         * @description Permission to unlink an identity from the account.
         * @example {
         *       "currentPassword": "seven quiet lanterns"
         *     }
         */
        Unlinking: {
            /**
             * Format: password
             * @description Password of the account. Not needed if the session began with a passkey within the last 10 minutes, or was confirmed at the identity provider
             *     (`POST /api/me/confirmation`) within the last 5 minutes.
             * @example seven quiet lanterns
             */
            currentPassword?: string;
        };
        /**
         * Upload
         * @description A file that is being sent in pieces.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-9144fcb58b2b",
         *       "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
         *       "name": "kitchen.jpg",
         *       "length": 12582912,
         *       "offset": 4194304,
         *       "complete": false,
         *       "expiresAt": "2026-05-04T09:30:00Z"
         *     }
         */
        Upload: {
            /**
             * Format: uuid
             * @description Identifier of the upload (UUID), which becomes that of the attachment once all bytes have arrived.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * Format: uuid
             * @description Identifier of the note that the file will be attached to.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            noteId: string;
            /**
             * @description File name without folders, at most 255 characters.
             * @example kitchen.jpg
             */
            name: string;
            /**
             * Format: uint64
             * @description Size of the whole file in bytes.
             * @example 12582912
             */
            length: number;
            /**
             * Format: uint64
             * @description Number of bytes that were received, at which the next piece begins.
             * @example 4194304
             */
            offset: number;
            /**
             * @description `true` once the file is an attachment of its note.
             * @example false
             */
            complete: boolean;
            /**
             * Format: date-time
             * @description Time at which the upload is deleted if no further piece arrives; absent once it is complete.
             * @example 2026-05-04T09:30:00Z
             */
            expiresAt?: string;
        };
        /**
         * Usage
         * @description Amount of data in an account, with the limits.
         * @example {
         *       "notes": 12,
         *       "notesLimit": 10000,
         *       "labels": 1,
         *       "labelsLimit": 200,
         *       "attachmentBytes": 482133,
         *       "attachmentBytesLimit": 1073741824
         *     }
         */
        Usage: {
            /**
             * Format: int32
             * @description Number of notes, including those in the trash.
             * @example 12
             */
            notes: number;
            /**
             * Format: uint32
             * @description Maximum number of notes, including those in the trash.
             * @example 10000
             */
            notesLimit: number;
            /**
             * Format: int32
             * @description Number of labels in the account.
             * @example 1
             */
            labels: number;
            /**
             * Format: uint32
             * @description Maximum number of labels in the account.
             * @example 200
             */
            labelsLimit: number;
            /**
             * Format: uint64
             * @description Bytes of attachments, including those of notes in the trash, unfinished uploads, and files that still await deletion.
             * @example 482133
             */
            attachmentBytes: number;
            /**
             * Format: uint64
             * @description Maximum number of bytes of attachments.
             * @example 1073741824
             */
            attachmentBytesLimit: number;
        };
        /**
         * @description Action of a batch operation. `archive`, `unarchive`, `trash` and `restore` move the note; `delete` deletes a note in the trash permanently; `pin`
         *     and `unpin` pin it; `setColor` needs `color`; `addLabel` and `removeLabel` need `labelId`.
         * @example archive
         * @enum {string}
         */
        Verb: "archive" | "unarchive" | "trash" | "restore" | "delete" | "pin" | "unpin" | "setColor" | "addLabel" | "removeLabel";
        /**
         * Verification
         * @description Token from a mailed link that verifies an email address.
         * @example {
         *       "token": "notes_pat_EXAMPLE"
         *     }
         */
        Verification: {
            /**
             * Format: password
             * @description Token from the link in the mail, at most 100 characters.
             * @example notes_pat_EXAMPLE
             */
            token: string;
        };
        /**
         * Webhook
         * @description A webhook: a URL that receives events about the data of its user.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-6fe309037a1b",
         *       "name": "automation at home",
         *       "url": "https://hooks.example.com/notes",
         *       "events": [
         *         "note.created"
         *       ],
         *       "includeContent": false,
         *       "enabled": true,
         *       "failures": 0,
         *       "secret": "whsec_EXAMPLE",
         *       "previousSecretUntil": "2026-05-04T09:30:00Z",
         *       "version": 7,
         *       "createdAt": "2026-05-04T09:30:00Z",
         *       "updatedAt": "2026-05-04T09:30:00Z"
         *     }
         */
        Webhook: {
            /**
             * Format: uuid
             * @description Identifier of the webhook (UUID), which pings contain.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description Name that the user gave to the webhook; may be empty.
             * @example automation at home
             */
            name: string;
            /**
             * @description URL that receives a `POST` for each event, in normalized form.
             * @example https://hooks.example.com/notes
             */
            url: string;
            /**
             * @description Types of events that the webhook receives.
             * @example [
             *       "note.created"
             *     ]
             */
            events: components["schemas"]["WebhookEvent"][];
            /**
             * @description `true` if notes are sent with their whole text, `false` if only with the beginning that a board shows.
             * @example false
             */
            includeContent: boolean;
            /**
             * @description `true` while events are sent to the webhook.
             * @example true
             */
            enabled: boolean;
            /**
             * Format: date-time
             * @description Time at which the webhook was switched off; absent while it is on.
             * @example 2026-05-04T09:30:00Z
             */
            disabledAt?: string;
            /**
             * @description Reason for which the webhook is switched off: by its `user`; `failing` for about a day; `gone`, because the receiver answered 410;
             *     `too_many_waiting`, because more than 1,000 deliveries waited; `access_ended`, because a change of the password ended all access of programs.
             *     Absent while it is on.
             */
            disabledReason?: components["schemas"]["WebhookDisabledReason"];
            /**
             * Format: uint32
             * @description Number of failed attempts since the last successful one.
             * @example 0
             */
            failures: number;
            /**
             * @description Secret key of the signatures, beginning with `whsec_`. Present only in responses that create a secret.
             * @example whsec_EXAMPLE
             */
            secret?: string;
            /**
             * Format: date-time
             * @description Time until which requests are also signed with the previous secret; absent if they are not.
             * @example 2026-05-04T09:30:00Z
             */
            previousSecretUntil?: string;
            /**
             * Format: int64
             * @description Version of the webhook, increased by each change; its `ETag` is this number in quotation marks.
             * @example 7
             */
            version: number;
            /**
             * Format: date-time
             * @description Time at which the webhook was created.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Time of the last change by the user.
             * @example 2026-05-04T09:30:00Z
             */
            updatedAt: string;
        };
        /**
         * WebhookDelivery
         * @description Delivery of an event to a webhook, with its attempts so far.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-d93132d7c1a2",
         *       "event": "note.created",
         *       "revision": 42,
         *       "occurredAt": "2026-05-04T09:30:00Z",
         *       "state": "delivered",
         *       "attempts": 1,
         *       "attemptedAt": "2026-05-04T09:30:00Z",
         *       "statusCode": 204
         *     }
         */
        WebhookDelivery: {
            /**
             * Format: uuid
             * @description Identifier of the delivery, which every attempt sends as `webhook-id`.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /** @description Type of the event; absent if only a later release of the service knows it. */
            event?: components["schemas"]["WebhookEvent"];
            /**
             * Format: int64
             * @description Revision of the user's data in which the event happened.
             * @example 42
             */
            revision: number;
            /**
             * Format: date-time
             * @description Time at which the event happened.
             * @example 2026-05-04T09:30:00Z
             */
            occurredAt: string;
            /** @description State of the delivery: waiting, delivered, or given up. */
            state: components["schemas"]["WebhookDeliveryState"];
            /**
             * Format: uint32
             * @description Number of attempts to send the event.
             * @example 1
             */
            attempts: number;
            /**
             * Format: date-time
             * @description Time of the last attempt; absent before the first one.
             * @example 2026-05-04T09:30:00Z
             */
            attemptedAt?: string;
            /**
             * Format: uint16
             * @description HTTP status of the last response; absent if there was no response.
             * @example 204
             */
            statusCode?: number;
            /**
             * @description Reason for a missing response: `no_address`, `no_connection`, `tls`, `no_answer`, `too_slow`, or the reason for which the URL is no longer
             *     called.
             * @example answered with status 503
             */
            failure?: string;
        };
        /**
         * WebhookDeliveryList
         * @description A page of the deliveries of a webhook.
         * @example {
         *       "items": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-d93132d7c1a2",
         *           "event": "note.created",
         *           "revision": 42,
         *           "occurredAt": "2026-05-04T09:30:00Z",
         *           "state": "delivered",
         *           "attempts": 1,
         *           "attemptedAt": "2026-05-04T09:30:00Z",
         *           "statusCode": 204
         *         }
         *       ],
         *       "nextCursor": "WyIwMTk3NmM4ZSJd"
         *     }
         */
        WebhookDeliveryList: {
            /**
             * @description Deliveries of the page, those of the latest events first.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-d93132d7c1a2",
             *         "event": "note.created",
             *         "revision": 42,
             *         "occurredAt": "2026-05-04T09:30:00Z",
             *         "state": "delivered",
             *         "attempts": 1,
             *         "attemptedAt": "2026-05-04T09:30:00Z",
             *         "statusCode": 204
             *       }
             *     ]
             */
            items: components["schemas"]["WebhookDelivery"][];
            /**
             * @description Value of `cursor` for the next page; absent on the last page.
             * @example WyIwMTk3NmM4ZSJd
             */
            nextCursor?: string;
        };
        /**
         * @description State of a delivery: waiting for its next attempt, delivered to the receiver, or given up.
         * @example waiting
         * @enum {string}
         */
        WebhookDeliveryState: "waiting" | "delivered" | "given_up";
        /**
         * @description Reason for which a webhook is switched off.
         * @example user
         * @enum {string}
         */
        WebhookDisabledReason: "user" | "failing" | "gone" | "too_many_waiting" | "access_ended";
        /**
         * @description Type of an event that webhooks can receive, such as `note.created`.
         * @example note.created
         * @enum {string}
         */
        WebhookEvent: "note.created" | "note.updated" | "note.trashed" | "note.restored" | "note.deleted" | "notes.imported" | "label.created" | "label.updated" | "label.deleted" | "reminder.fired";
        /**
         * WebhookList
         * @description All webhooks of a user.
         * @example {
         *       "items": [
         *         {
         *           "id": "01976c8e-4f1a-7c3e-9d2b-be19617ee2ee",
         *           "name": "automation at home",
         *           "url": "https://hooks.example.com/notes",
         *           "events": [
         *             "note.created"
         *           ],
         *           "includeContent": false,
         *           "enabled": true,
         *           "failures": 0,
         *           "previousSecretUntil": "2026-05-04T09:30:00Z",
         *           "version": 7,
         *           "createdAt": "2026-05-04T09:30:00Z",
         *           "updatedAt": "2026-05-04T09:30:00Z"
         *         }
         *       ]
         *     }
         */
        WebhookList: {
            /**
             * @description Webhooks without their secrets, the oldest first.
             * @example [
             *       {
             *         "id": "01976c8e-4f1a-7c3e-9d2b-be19617ee2ee",
             *         "name": "automation at home",
             *         "url": "https://hooks.example.com/notes",
             *         "events": [
             *           "note.created"
             *         ],
             *         "includeContent": false,
             *         "enabled": true,
             *         "failures": 0,
             *         "previousSecretUntil": "2026-05-04T09:30:00Z",
             *         "version": 7,
             *         "createdAt": "2026-05-04T09:30:00Z",
             *         "updatedAt": "2026-05-04T09:30:00Z"
             *       }
             *     ]
             */
            items: components["schemas"]["Webhook"][];
        };
        /**
         * WebhookPatch
         * @description Changes of a webhook; omitted properties stay as they are.
         * @example {
         *       "name": "automation at home",
         *       "url": "https://hooks.example.com/notes",
         *       "events": [
         *         "note.created"
         *       ],
         *       "includeContent": false,
         *       "enabled": true
         *     }
         */
        WebhookPatch: {
            /**
             * @description New name of the webhook, at most 100 characters; may be empty.
             * @example automation at home
             */
            name?: string;
            /**
             * @description New URL that receives a `POST` for each event, with the same restrictions as for a new webhook.
             * @example https://hooks.example.com/notes
             */
            url?: string;
            /**
             * @description New types of events to send, at least one; they replace the present ones.
             * @example [
             *       "note.created"
             *     ]
             */
            events?: components["schemas"]["WebhookEvent"][];
            /**
             * @description `true` to send notes with their whole text, `false` to send the beginning only.
             * @example false
             */
            includeContent?: boolean;
            /**
             * @description `false` to switch the webhook off, `true` to switch it on again. Deliveries that are waiting are then sent; read events that happened in
             *     between from `GET /api/changes`.
             * @example true
             */
            enabled?: boolean;
        };
        /**
         * WebhookPing
         * @description Result of a test message to a webhook.
         * @example {
         *       "delivered": true,
         *       "statusCode": 204,
         *       "milliseconds": 48
         *     }
         */
        WebhookPing: {
            /**
             * @description `true` if the receiver answered with a status from 200 to 299.
             * @example true
             */
            delivered: boolean;
            /**
             * Format: uint16
             * @description HTTP status of the response; absent if there was no response.
             * @example 204
             */
            statusCode?: number;
            /**
             * @description Reason for a missing response: `no_address`, `no_connection`, `tls`, `no_answer` or `too_slow`; absent after a response.
             * @example answered with status 503
             */
            failure?: string;
            /**
             * Format: uint32
             * @description Time in milliseconds until the response or the failure.
             * @example 48
             */
            milliseconds: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description Version of the resource, for `If-Match` of a change and `If-None-Match` of a read.
         * @example "7"
         */
        ETag: string;
        /**
         * @description Path of the created resource, or URL to which the browser is redirected.
         * @example /api/notes/01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
         */
        Location: string;
        /**
         * @description Number of requests (`r`) that are left, and of seconds (`t`) until all are available again.
         * @example "user";r=1187;t=7
         */
        RateLimit: string;
        /**
         * @description Number of requests (`q`) that are allowed within a number of seconds (`w`).
         * @example "user";q=1200;w=60
         */
        "RateLimit-Policy": string;
        /**
         * @description Number of seconds after which another attempt can succeed.
         * @example 30
         */
        "Retry-After": number;
        /**
         * @description Cookie of the session or of a sign-in; an empty value clears it.
         * @example __Host-notes_session=EXAMPLE; Path=/; HttpOnly; Secure; SameSite=Lax
         */
        "Set-Cookie": string;
        /**
         * @description Version of the tus protocol, always `1.0.0`.
         * @example 1.0.0
         */
        "Tus-Resumable": string;
        /**
         * @description Time at which the upload is deleted if no further piece arrives, as an HTTP date.
         * @example Tue, 05 May 2026 09:30:00 GMT
         */
        "Upload-Expires": string;
        /**
         * @description Number of bytes that were received, at which the next piece begins.
         * @example 4194304
         */
        "Upload-Offset": number;
        /**
         * @description Authentication scheme that the operation accepts (RFC 9110, section 11.6.1).
         * @example Bearer realm="notes"
         */
        "WWW-Authenticate": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readSignInOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ways to register and to sign in that this service offers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "registration": "open",
                     *       "guests": false,
                     *       "passwordReset": false,
                     *       "passkeys": false,
                     *       "provider": {
                     *         "name": "Example",
                     *         "registration": "open"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SignInOptions"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    findSignedInAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Account that a browser is signed in to. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "account": {
                     *         "id": "01976c8e-4f1a-7c3e-9d2b-835e045a4172",
                     *         "email": "ada@example.com",
                     *         "emailVerified": false,
                     *         "username": "ada",
                     *         "guest": false,
                     *         "expiresAt": "2026-05-04T09:30:00Z",
                     *         "usage": {
                     *           "notes": 12,
                     *           "notesLimit": 10000,
                     *           "labels": 1,
                     *           "labelsLimit": 200,
                     *           "attachmentBytes": 482133,
                     *           "attachmentBytesLimit": 1073741824
                     *         },
                     *         "createdAt": "2026-05-04T09:30:00Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SignedInAccount"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Address, username and password of an account to register. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "username": "ada",
                 *       "password": "seven quiet lanterns",
                 *       "inviteCode": "EXAMPLE-CODE"
                 *     }
                 */
                "application/json": components["schemas"]["Registration"];
            };
        };
        responses: {
            /** @description The account was created; the response sets the cookie of its first session. */
            201: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-835e045a4172",
                     *       "email": "ada@example.com",
                     *       "emailVerified": false,
                     *       "username": "ada",
                     *       "guest": false,
                     *       "expiresAt": "2026-05-04T09:30:00Z",
                     *       "usage": {
                     *         "notes": 12,
                     *         "notesLimit": 10000,
                     *         "labels": 1,
                     *         "labelsLimit": 200,
                     *         "attachmentBytes": 482133,
                     *         "attachmentBytesLimit": 1073741824
                     *       },
                     *       "createdAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `registration_closed`, `invite_required`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `email_taken`, `username_taken`, `limit_reached`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Credentials to sign in with: the password, and exactly one of `login` and `email`. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "login": "ada",
                 *       "password": "seven quiet lanterns"
                 *     }
                 */
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description The user is signed in; the response sets the cookie of a new session. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-835e045a4172",
                     *       "email": "ada@example.com",
                     *       "emailVerified": false,
                     *       "username": "ada",
                     *       "guest": false,
                     *       "expiresAt": "2026-05-04T09:30:00Z",
                     *       "usage": {
                     *         "notes": 12,
                     *         "notesLimit": 10000,
                     *         "labels": 1,
                     *         "labelsLimit": 200,
                     *         "attachmentBytes": 482133,
                     *         "attachmentBytesLimit": 1073741824
                     *       },
                     *       "createdAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `invalid_credentials`, `second_factor_required`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    /**
                     * @description Cookie that identifies the sign-in for five minutes, with `second_factor_required` only.
                     * @example __Host-notes_sign_in=EXAMPLE; Path=/; Max-Age=300; HttpOnly; Secure; SameSite=Lax
                     */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `account_disabled`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    comeAsGuest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account was created; the response sets the cookie of its first session. */
            201: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-835e045a4172",
                     *       "email": "ada@example.com",
                     *       "emailVerified": false,
                     *       "username": "ada",
                     *       "guest": false,
                     *       "expiresAt": "2026-05-04T09:30:00Z",
                     *       "usage": {
                     *         "notes": 12,
                     *         "notesLimit": 10000,
                     *         "labels": 1,
                     *         "labelsLimit": 200,
                     *         "attachmentBytes": 482133,
                     *         "attachmentBytesLimit": 1073741824
                     *       },
                     *       "createdAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `guests_full`, `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session ended; the response clears its cookie. */
            204: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    /**
                     * @description URL of the provider's sign-out page. Present only if the session was signed in with a provider that has such a page.
                     * @example /api/notes/01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                     */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readPendingSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sign-in that needs a second factor to finish. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "factors": [
                     *         "totp",
                     *         "recoveryCode"
                     *       ],
                     *       "expiresAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["PendingSignIn"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `invalid_credentials`, `no_pending_sign_in`, `passkey_rejected`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finishSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Second factor: exactly one of `code`, `recoveryCode` and `credential`. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "287082"
                 *     }
                 */
                "application/json": components["schemas"]["SecondFactorProof"];
            };
        };
        responses: {
            /** @description The user is signed in; the response sets the cookie of a new session. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-835e045a4172",
                     *       "email": "ada@example.com",
                     *       "emailVerified": false,
                     *       "username": "ada",
                     *       "guest": false,
                     *       "expiresAt": "2026-05-04T09:30:00Z",
                     *       "usage": {
                     *         "notes": 12,
                     *         "notesLimit": 10000,
                     *         "labels": 1,
                     *         "labelsLimit": 200,
                     *         "attachmentBytes": 482133,
                     *         "attachmentBytesLimit": 1073741824
                     *       },
                     *       "createdAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `invalid_credentials`, `no_pending_sign_in`, `passkey_rejected`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `account_disabled`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `email_taken`, `username_taken`, `limit_reached`, `passkeys_off`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Options with which a browser creates or uses a passkey. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "options": {
                     *         "challenge": "RVhBTVBMRS1FWEFNUExFLUVYQU1QTEU",
                     *         "rpId": "notes.example.com",
                     *         "allowCredentials": [],
                     *         "userVerification": "required",
                     *         "timeout": 240000
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PasskeyOptions"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `invalid_credentials`, `no_pending_sign_in`, `passkey_rejected`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `account_disabled`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `email_taken`, `username_taken`, `limit_reached`, `passkeys_off`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startPasskeySignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Options with which a browser creates or uses a passkey. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "options": {
                     *         "challenge": "RVhBTVBMRS1FWEFNUExFLUVYQU1QTEU",
                     *         "rpId": "notes.example.com",
                     *         "allowCredentials": [],
                     *         "userVerification": "required",
                     *         "timeout": 240000
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PasskeyOptions"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `account_disabled`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `email_taken`, `username_taken`, `limit_reached`, `passkeys_off`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signInWithPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Response of a passkey to a challenge of the service. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "credential": {
                 *         "id": "TzFkYUV4YW1wbGU",
                 *         "rawId": "TzFkYUV4YW1wbGU",
                 *         "type": "public-key",
                 *         "response": {
                 *           "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
                 *           "authenticatorData": "RVhBTVBMRQ",
                 *           "signature": "RVhBTVBMRQ",
                 *           "userHandle": "AZdsjk8afD6dK1pvfo2cCw"
                 *         },
                 *         "clientExtensionResults": {}
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PasskeyProof"];
            };
        };
        responses: {
            /** @description The user is signed in; the response sets the cookie of a new session. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-835e045a4172",
                     *       "email": "ada@example.com",
                     *       "emailVerified": false,
                     *       "username": "ada",
                     *       "guest": false,
                     *       "expiresAt": "2026-05-04T09:30:00Z",
                     *       "usage": {
                     *         "notes": 12,
                     *         "notesLimit": 10000,
                     *         "labels": 1,
                     *         "labelsLimit": 200,
                     *         "attachmentBytes": 482133,
                     *         "attachmentBytesLimit": 1073741824
                     *       },
                     *       "createdAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `invalid_credentials`, `second_factor_required`, `passkey_rejected`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `account_disabled`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `email_taken`, `username_taken`, `limit_reached`, `passkeys_off`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Email address of an account whose password is forgotten. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["ResetRequest"];
            };
        };
        responses: {
            /** @description The request was accepted; a mail is sent if an account qualifies. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `email_taken`, `username_taken`, `limit_reached`, `mail_off`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description New password, with the token from a mailed link. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "notes_pat_EXAMPLE",
                 *       "newPassword": "nine patient harbours"
                 *     }
                 */
                "application/json": components["schemas"]["PasswordReset"];
            };
        };
        responses: {
            /** @description The request succeeded, and the link is invalid from now on. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyAddress: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Token from a mailed link that verifies an email address. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "notes_pat_EXAMPLE"
                 *     }
                 */
                "application/json": components["schemas"]["Verification"];
            };
        };
        responses: {
            /** @description The request succeeded, and the link is invalid from now on. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestVerification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was accepted; a mail is sent if an account qualifies. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `email_taken`, `username_taken`, `limit_reached`, `mail_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Account of a user or guest, with its usage and limits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-835e045a4172",
                     *       "email": "ada@example.com",
                     *       "emailVerified": false,
                     *       "username": "ada",
                     *       "guest": false,
                     *       "expiresAt": "2026-05-04T09:30:00Z",
                     *       "usage": {
                     *         "notes": 12,
                     *         "notesLimit": 10000,
                     *         "labels": 1,
                     *         "labelsLimit": 200,
                     *         "attachmentBytes": 482133,
                     *         "attachmentBytesLimit": 1073741824
                     *       },
                     *       "createdAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Confirmation to delete an account. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "seven quiet lanterns"
                 *     }
                 */
                "application/json": components["schemas"]["Farewell"];
            };
        };
        responses: {
            /** @description The account was deleted; the response clears the session cookie. */
            204: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `email_taken`, `username_taken`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Changes of an account; omitted properties stay as they are. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "username": "ada",
                 *       "currentPassword": "seven quiet lanterns"
                 *     }
                 */
                "application/json": components["schemas"]["AccountPatch"];
            };
        };
        responses: {
            /** @description Account of a user or guest, with its usage and limits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-835e045a4172",
                     *       "email": "ada@example.com",
                     *       "emailVerified": false,
                     *       "username": "ada",
                     *       "guest": false,
                     *       "expiresAt": "2026-05-04T09:30:00Z",
                     *       "usage": {
                     *         "notes": 12,
                     *         "notesLimit": 10000,
                     *         "labels": 1,
                     *         "labelsLimit": 200,
                     *         "attachmentBytes": 482133,
                     *         "attachmentBytesLimit": 1073741824
                     *       },
                     *       "createdAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `email_taken`, `username_taken`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Change of the password of an account. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "seven quiet lanterns",
                 *       "newPassword": "nine patient harbours"
                 *     }
                 */
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description The password was changed, and other sessions ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `email_taken`, `username_taken`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    claimAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Address, username and password of an account to register. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "username": "ada",
                 *       "password": "seven quiet lanterns",
                 *       "inviteCode": "EXAMPLE-CODE"
                 *     }
                 */
                "application/json": components["schemas"]["Registration"];
            };
        };
        responses: {
            /** @description The user is signed in; the response sets the cookie of a new session. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-835e045a4172",
                     *       "email": "ada@example.com",
                     *       "emailVerified": false,
                     *       "username": "ada",
                     *       "guest": false,
                     *       "expiresAt": "2026-05-04T09:30:00Z",
                     *       "usage": {
                     *         "notes": 12,
                     *         "notesLimit": 10000,
                     *         "labels": 1,
                     *         "labelsLimit": 200,
                     *         "attachmentBytes": 482133,
                     *         "attachmentBytesLimit": 1073741824
                     *       },
                     *       "createdAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `recent_sign_in_required`, `registration_closed`, `invite_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `email_taken`, `username_taken`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readFactors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Second factors of an account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "secondStep": true,
                     *       "totp": true,
                     *       "totpSince": "2026-05-04T09:30:00Z",
                     *       "passkeys": 1,
                     *       "recoveryCodesLeft": 10
                     *     }
                     */
                    "application/json": components["schemas"]["FactorList"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enrolTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission to change second factors. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "seven quiet lanterns"
                 *     }
                 */
                "application/json": components["schemas"]["FactorStart"];
            };
        };
        responses: {
            /** @description Secret to add to an authenticator app. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
                     *       "uri": "otpauth://totp/notes.example.com:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=notes.example.com"
                     *     }
                     */
                    "application/json": components["schemas"]["TotpEnrolment"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `email_taken`, `username_taken`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission to stop asking for codes of an authenticator app. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "seven quiet lanterns",
                 *       "code": "287082"
                 *     }
                 */
                "application/json": components["schemas"]["TotpEnd"];
            };
        };
        responses: {
            /** @description Codes are no longer required, and all other sessions ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `email_taken`, `username_taken`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Code of an authenticator app, which proves that the app has the secret. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "287082"
                 *     }
                 */
                "application/json": components["schemas"]["TotpConfirmation"];
            };
        };
        responses: {
            /** @description Recovery codes, each valid for one sign-in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "recoveryCodes": [
                     *         "7k2m-9xq4-p0tc-w3hd"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `email_taken`, `username_taken`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    renewRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission to change second factors. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "seven quiet lanterns"
                 *     }
                 */
                "application/json": components["schemas"]["FactorStart"];
            };
        };
        responses: {
            /** @description Recovery codes, each valid for one sign-in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "recoveryCodes": [
                     *         "7k2m-9xq4-p0tc-w3hd"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `email_taken`, `username_taken`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPasskeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All passkeys that the user has registered. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-eef407ad292e",
                     *           "name": "Ada's phone",
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "lastUsedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PasskeyList"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A passkey to register for the user. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Ada's phone",
                 *       "credential": {
                 *         "id": "TmV3RXhhbXBsZQ",
                 *         "rawId": "TmV3RXhhbXBsZQ",
                 *         "type": "public-key",
                 *         "response": {
                 *           "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0",
                 *           "attestationObject": "RVhBTVBMRQ",
                 *           "transports": [
                 *             "internal"
                 *           ]
                 *         },
                 *         "clientExtensionResults": {}
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PasskeyRegistration"];
            };
        };
        responses: {
            /** @description The passkey was registered and can be used to sign in. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "passkey": {
                     *         "id": "01976c8e-4f1a-7c3e-9d2b-eef407ad292e",
                     *         "name": "Ada's phone",
                     *         "createdAt": "2026-05-04T09:30:00Z",
                     *         "lastUsedAt": "2026-05-04T09:30:00Z"
                     *       },
                     *       "recoveryCodes": [
                     *         "7k2m-9xq4-p0tc-w3hd"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RegisteredPasskey"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `limit_reached`, `passkeys_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission to register a passkey. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "seven quiet lanterns"
                 *     }
                 */
                "application/json": components["schemas"]["PasskeyStart"];
            };
        };
        responses: {
            /** @description Options with which a browser creates or uses a passkey. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "options": {
                     *         "challenge": "RVhBTVBMRS1FWEFNUExFLUVYQU1QTEU",
                     *         "rpId": "notes.example.com",
                     *         "allowCredentials": [],
                     *         "userVerification": "required",
                     *         "timeout": 240000
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PasskeyOptions"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `limit_reached`, `passkeys_off`, `last_way_in`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deletePasskey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/passkeys`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Permission to remove a passkey. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "seven quiet lanterns"
                 *     }
                 */
                "application/json": components["schemas"]["PasskeyEnd"];
            };
        };
        responses: {
            /** @description The passkey was removed, and all other sessions ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `limit_reached`, `passkeys_off`, `last_way_in`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePasskey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/passkeys`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Change of the name of a passkey. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Ada's phone"
                 *     }
                 */
                "application/json": components["schemas"]["PasskeyPatch"];
            };
        };
        responses: {
            /** @description A passkey that the user has registered. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-eef407ad292e",
                     *       "name": "Ada's phone",
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "lastUsedAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Passkey"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    goToProvider: {
        parameters: {
            query?: {
                /**
                 * @description Path of the page to return to, beginning with one `/`, at most 500 characters; the board by default.
                 * @example /settings
                 */
                returnTo?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Redirect to the provider or back to the web page; after a failure, the fragment is `#problem=` with the code of the problem. */
            303: {
                headers: {
                    Location: components["headers"]["Location"];
                    /**
                     * @description Cookie of the session or of a sign-in; an empty value clears it.
                     * @example __Host-notes_session=EXAMPLE; Path=/; HttpOnly; Secure; SameSite=Lax
                     */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startProviderSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Parameters of a sign-in with the identity provider. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "returnTo": "/settings",
                 *       "inviteCode": "EXAMPLE-CODE"
                 *     }
                 */
                "application/json": components["schemas"]["ProviderStart"];
            };
        };
        responses: {
            /** @description URL to open in the browser; the cookie binds the sign-in to this browser. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "location": "https://login.example.com/authorize?response_type=code&client_id=notes&state=EXAMPLE"
                     *     }
                     */
                    "application/json": components["schemas"]["ProviderAddress"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `email_taken`, `username_taken`, `limit_reached`, `sign_in_off`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `provider_unavailable`, `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finishProviderSignIn: {
        parameters: {
            query?: {
                /**
                 * @description Value of `state` that the service sent to the provider.
                 * @example EXAMPLE
                 */
                state?: string;
                /**
                 * @description Authorization code of the provider, which works once.
                 * @example EXAMPLE
                 */
                code?: string;
                /**
                 * @description OAuth error code, if the provider issued no code.
                 * @example access_denied
                 */
                error?: string;
                /**
                 * @description Issuer identifier of the provider (RFC 9207).
                 * @example https://login.example.com
                 */
                iss?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Redirect to the provider or back to the web page; after a failure, the fragment is `#problem=` with the code of the problem. */
            303: {
                headers: {
                    Location: components["headers"]["Location"];
                    /**
                     * @description Cookie of the session or of a sign-in; an empty value clears it.
                     * @example __Host-notes_session=EXAMPLE; Path=/; HttpOnly; Secure; SameSite=Lax
                     */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listIdentities: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All identities that are linked to the account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-8a237a695ca6",
                     *           "issuer": "https://login.example.com",
                     *           "label": "ada@example.com",
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "lastUsedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["IdentityList"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    linkIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Parameters for linking an identity to the account. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "returnTo": "/settings",
                 *       "currentPassword": "seven quiet lanterns"
                 *     }
                 */
                "application/json": components["schemas"]["NewIdentity"];
            };
        };
        responses: {
            /** @description URL to open in the browser; the cookie binds the sign-in to this browser. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "location": "https://login.example.com/authorize?response_type=code&client_id=notes&state=EXAMPLE"
                     *     }
                     */
                    "application/json": components["schemas"]["ProviderAddress"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `email_taken`, `username_taken`, `limit_reached`, `sign_in_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `provider_unavailable`, `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unlinkIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/me/identities`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Permission to unlink an identity from the account. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "seven quiet lanterns"
                 *     }
                 */
                "application/json": components["schemas"]["Unlinking"];
            };
        };
        responses: {
            /** @description The identity was unlinked; sessions stay signed in. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `email_taken`, `username_taken`, `limit_reached`, `sign_in_off`, `last_way_in`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startConfirmation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Parameters of a confirmation at the identity provider. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "returnTo": "/settings"
                 *     }
                 */
                "application/json": components["schemas"]["Confirmation"];
            };
        };
        responses: {
            /** @description URL to open in the browser; the cookie binds the sign-in to this browser. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "location": "https://login.example.com/authorize?response_type=code&client_id=notes&state=EXAMPLE"
                     *     }
                     */
                    "application/json": components["schemas"]["ProviderAddress"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `email_taken`, `username_taken`, `limit_reached`, `sign_in_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `provider_unavailable`, `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All sessions of the user that have not ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-fb925ce34869",
                     *           "current": true,
                     *           "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "lastSeenAt": "2026-05-04T09:30:00Z",
                     *           "expiresAt": "2026-05-04T09:30:00Z",
                     *           "signedInBy": [
                     *             "password",
                     *             "totp"
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endOtherSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session, or all other sessions, ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/sessions`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session, or all other sessions, ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All access tokens of the user. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-831c457fb94e",
                     *           "name": "backup script",
                     *           "scope": "read",
                     *           "scopes": [
                     *             "notes:read",
                     *             "labels:read",
                     *             "account:read",
                     *             "export"
                     *           ],
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "lastUsedAt": "2026-05-04T09:30:00Z",
                     *           "expiresAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TokenList"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description An access token to create, with exactly one of `scope` and `scopes`. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "backup script",
                 *       "scope": "read",
                 *       "expiresInDays": 90,
                 *       "currentPassword": "seven quiet lanterns"
                 *     }
                 */
                "application/json": components["schemas"]["NewToken"];
            };
        };
        responses: {
            /** @description The access token was created; only this response contains the token. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-64dc2b0b9b7b",
                     *       "name": "backup script",
                     *       "scope": "read",
                     *       "scopes": [
                     *         "notes:read",
                     *         "labels:read",
                     *         "account:read",
                     *         "export"
                     *       ],
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "lastUsedAt": "2026-05-04T09:30:00Z",
                     *       "expiresAt": "2026-05-04T09:30:00Z",
                     *       "token": "notes_pat_EXAMPLE"
                     *     }
                     */
                    "application/json": components["schemas"]["Token"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/tokens`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The access token was deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLabels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All labels of the user, in the order of the user. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-eff19412189b",
                     *           "name": "Errands",
                     *           "color": "green",
                     *           "sort": 1,
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["LabelList"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createLabel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A label to create for the user. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Errands",
                 *       "color": "green"
                 *     }
                 */
                "application/json": components["schemas"]["NewLabel"];
            };
        };
        responses: {
            /** @description The label was created, after all others. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-eff19412189b",
                     *       "name": "Errands",
                     *       "color": "green",
                     *       "sort": 1,
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Label"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `label_name_taken`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    orderLabels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description New order of the labels of a user. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ids": [
                 *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["LabelOrder"];
            };
        };
        responses: {
            /** @description All labels of the user, in the order of the user. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-eff19412189b",
                     *           "name": "Errands",
                     *           "color": "green",
                     *           "sort": 1,
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["LabelList"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readLabel: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the client has, a list of such tags, or `*`. If the current version is among them, the answer is 304 without a body. Invalid lists are ignored.
                 * @example "7"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/labels`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The label, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-eff19412189b",
                     *       "name": "Errands",
                     *       "color": "green",
                     *       "sort": 1,
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Label"];
                };
            };
            /** @description Not modified: the client has a version that `If-None-Match` names. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteLabel: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the change is based on, a list of such tags, or `*` for any version.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/labels`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The label was deleted and removed from all notes. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeLabel: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the change is based on, a list of such tags, or `*` for any version.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/labels`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Changes of a label; omitted properties stay as they are. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Errands",
                 *       "color": "green"
                 *     }
                 */
                "application/json": components["schemas"]["LabelPatch"];
            };
        };
        responses: {
            /** @description The label, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-eff19412189b",
                     *       "name": "Errands",
                     *       "color": "green",
                     *       "sort": 1,
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Label"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `label_name_taken`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNotes: {
        parameters: {
            query?: {
                /**
                 * @description Place to list: on the board (`active`, the default), in the archive or in the trash.
                 * @example active
                 */
                place?: components["schemas"]["Place"];
                /**
                 * @description `true` for pinned notes only, `false` for unpinned notes only.
                 * @example true
                 */
                pinned?: boolean;
                /**
                 * @description Identifier of a label. Repeat the parameter, up to 20 times, for notes with at least one of several labels.
                 * @example [
                 *       "01976c8e-4f1a-7c3e-9d2b-000000000001"
                 *     ]
                 */
                labelId?: string[];
                /**
                 * @description Colour of the notes to return; all colours by default.
                 * @example green
                 */
                color?: components["schemas"]["Color"];
                /**
                 * @description `true` for notes with a reminder only, `false` for notes without one.
                 * @example true
                 */
                hasReminder?: boolean;
                /**
                 * @description Order of the notes; `position` by default.
                 * @example position
                 */
                sort?: components["schemas"]["Sort"];
                /**
                 * @description Optional addition to each note: `html` for the text as HTML.
                 * @example html
                 */
                include?: components["schemas"]["Include"];
                /**
                 * @description Amount of text of each note; the whole text by default.
                 * @example full
                 */
                fields?: components["schemas"]["Fields"];
                /**
                 * @description Value of `nextCursor` on the previous page; omit it for the first page.
                 * @example WyIwMTk3NmM4ZSJd
                 */
                cursor?: string;
                /**
                 * @description Maximum number of notes on a page, 1 to 100, 20 by default. A page has fewer notes if their texts exceed 1 MiB together.
                 * @example 20
                 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of a list of notes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
                     *           "title": "Groceries",
                     *           "content": "- [x] eggs\n- [ ] cream",
                     *           "shortened": false,
                     *           "checklist": {
                     *             "done": 1,
                     *             "total": 2
                     *           },
                     *           "color": "green",
                     *           "pinned": false,
                     *           "place": "active",
                     *           "labelIds": [
                     *             "01976c8e-4f1a-7c3e-9d2b-000000000001"
                     *           ],
                     *           "reminderAt": "2026-05-04T09:30:00Z",
                     *           "recurrence": {
                     *             "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
                     *             "timeZone": "Europe/Berlin",
                     *             "start": "2026-05-04T11:30:00"
                     *           },
                     *           "position": "a0",
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z",
                     *           "attachmentCount": 1,
                     *           "image": {
                     *             "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
                     *             "width": 1600,
                     *             "height": 1200
                     *           },
                     *           "shared": false,
                     *           "writtenBy": {
                     *             "username": "ada"
                     *           },
                     *           "attachments": [
                     *             {
                     *               "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
                     *               "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *               "name": "kitchen.jpg",
                     *               "alt": "A kitchen with a blue door",
                     *               "mediaType": "image/jpeg",
                     *               "bytes": 482133,
                     *               "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *               "width": 1600,
                     *               "height": 1200,
                     *               "hasThumbnail": true,
                     *               "inline": true,
                     *               "version": 7,
                     *               "createdAt": "2026-05-04T09:30:00Z",
                     *               "updatedAt": "2026-05-04T09:30:00Z"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": "WyIwMTk3NmM4ZSJd",
                     *       "revision": 42
                     *     }
                     */
                    "application/json": components["schemas"]["NoteList"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createNote: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Key that the client chooses for this request, such as a UUID. Within 24 hours, a repeated request with the same key has no further effect.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description A note to create. All properties are optional; without any, the note is empty. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Groceries",
                 *       "content": "- [x] eggs\n- [ ] cream",
                 *       "color": "green",
                 *       "pinned": false,
                 *       "labelIds": [
                 *         "01976c8e-4f1a-7c3e-9d2b-000000000001"
                 *       ],
                 *       "reminderAt": "2026-05-04T09:30:00Z",
                 *       "recurrence": {
                 *         "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
                 *         "timeZone": "Europe/Berlin",
                 *         "start": "2026-05-04T11:30:00"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["NewNote"];
            };
        };
        responses: {
            /** @description The note was created at the top of its section, by this request or by an earlier one with the same `Idempotency-Key`. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    /**
                     * @description `true` if an earlier request with the same key created the note.
                     * @example true
                     */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
                     *       "title": "Groceries",
                     *       "content": "- [x] eggs\n- [ ] cream",
                     *       "shortened": false,
                     *       "checklist": {
                     *         "done": 1,
                     *         "total": 2
                     *       },
                     *       "color": "green",
                     *       "pinned": false,
                     *       "place": "active",
                     *       "labelIds": [
                     *         "01976c8e-4f1a-7c3e-9d2b-000000000001"
                     *       ],
                     *       "reminderAt": "2026-05-04T09:30:00Z",
                     *       "recurrence": {
                     *         "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
                     *         "timeZone": "Europe/Berlin",
                     *         "start": "2026-05-04T11:30:00"
                     *       },
                     *       "position": "a0",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z",
                     *       "attachmentCount": 1,
                     *       "image": {
                     *         "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
                     *         "width": 1600,
                     *         "height": 1200
                     *       },
                     *       "shared": false,
                     *       "writtenBy": {
                     *         "username": "ada"
                     *       },
                     *       "attachments": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
                     *           "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *           "name": "kitchen.jpg",
                     *           "alt": "A kitchen with a blue door",
                     *           "mediaType": "image/jpeg",
                     *           "bytes": 482133,
                     *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *           "width": 1600,
                     *           "height": 1200,
                     *           "hasThumbnail": true,
                     *           "inline": true,
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`, `idempotency_key_reused`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reorderNotes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description New order of notes within one section. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ids": [
                 *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NoteOrder"];
            };
        };
        responses: {
            /** @description Revision of the user's data after the notes were ordered. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "revision": 42
                     *     }
                     */
                    "application/json": components["schemas"]["Ordered"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readNote: {
        parameters: {
            query?: {
                /**
                 * @description Optional addition to the note: `html` for the text as HTML.
                 * @example html
                 */
                include?: components["schemas"]["Include"];
            };
            header?: {
                /**
                 * @description `ETag` of the version that the client has, a list of such tags, or `*`. If the current version is among them, the answer is 304 without a body. Invalid lists are ignored.
                 * @example "7"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
                     *       "title": "Groceries",
                     *       "content": "- [x] eggs\n- [ ] cream",
                     *       "shortened": false,
                     *       "checklist": {
                     *         "done": 1,
                     *         "total": 2
                     *       },
                     *       "color": "green",
                     *       "pinned": false,
                     *       "place": "active",
                     *       "labelIds": [
                     *         "01976c8e-4f1a-7c3e-9d2b-000000000001"
                     *       ],
                     *       "reminderAt": "2026-05-04T09:30:00Z",
                     *       "recurrence": {
                     *         "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
                     *         "timeZone": "Europe/Berlin",
                     *         "start": "2026-05-04T11:30:00"
                     *       },
                     *       "position": "a0",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z",
                     *       "attachmentCount": 1,
                     *       "image": {
                     *         "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
                     *         "width": 1600,
                     *         "height": 1200
                     *       },
                     *       "shared": false,
                     *       "writtenBy": {
                     *         "username": "ada"
                     *       },
                     *       "attachments": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
                     *           "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *           "name": "kitchen.jpg",
                     *           "alt": "A kitchen with a blue door",
                     *           "mediaType": "image/jpeg",
                     *           "bytes": 482133,
                     *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *           "width": 1600,
                     *           "height": 1200,
                     *           "hasThumbnail": true,
                     *           "inline": true,
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description Not modified: the client has a version that `If-None-Match` names. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    trashNote: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the change is based on, a list of such tags, or `*` for any version.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
                     *       "title": "Groceries",
                     *       "content": "- [x] eggs\n- [ ] cream",
                     *       "shortened": false,
                     *       "checklist": {
                     *         "done": 1,
                     *         "total": 2
                     *       },
                     *       "color": "green",
                     *       "pinned": false,
                     *       "place": "active",
                     *       "labelIds": [
                     *         "01976c8e-4f1a-7c3e-9d2b-000000000001"
                     *       ],
                     *       "reminderAt": "2026-05-04T09:30:00Z",
                     *       "recurrence": {
                     *         "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
                     *         "timeZone": "Europe/Berlin",
                     *         "start": "2026-05-04T11:30:00"
                     *       },
                     *       "position": "a0",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z",
                     *       "attachmentCount": 1,
                     *       "image": {
                     *         "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
                     *         "width": 1600,
                     *         "height": 1200
                     *       },
                     *       "shared": false,
                     *       "writtenBy": {
                     *         "username": "ada"
                     *       },
                     *       "attachments": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
                     *           "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *           "name": "kitchen.jpg",
                     *           "alt": "A kitchen with a blue door",
                     *           "mediaType": "image/jpeg",
                     *           "bytes": 482133,
                     *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *           "width": 1600,
                     *           "height": 1200,
                     *           "hasThumbnail": true,
                     *           "inline": true,
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeNote: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the change is based on, a list of such tags, or `*` for any version.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Changes of a note; omitted properties stay as they are. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Groceries",
                 *       "content": "- [x] eggs\n- [ ] cream",
                 *       "color": "green",
                 *       "pinned": false,
                 *       "labelIds": [
                 *         "01976c8e-4f1a-7c3e-9d2b-000000000001"
                 *       ],
                 *       "reminderAt": "2026-05-04T09:30:00Z",
                 *       "recurrence": {
                 *         "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
                 *         "timeZone": "Europe/Berlin",
                 *         "start": "2026-05-04T11:30:00"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["NotePatch"];
            };
        };
        responses: {
            /** @description The note, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
                     *       "title": "Groceries",
                     *       "content": "- [x] eggs\n- [ ] cream",
                     *       "shortened": false,
                     *       "checklist": {
                     *         "done": 1,
                     *         "total": 2
                     *       },
                     *       "color": "green",
                     *       "pinned": false,
                     *       "place": "active",
                     *       "labelIds": [
                     *         "01976c8e-4f1a-7c3e-9d2b-000000000001"
                     *       ],
                     *       "reminderAt": "2026-05-04T09:30:00Z",
                     *       "recurrence": {
                     *         "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
                     *         "timeZone": "Europe/Berlin",
                     *         "start": "2026-05-04T11:30:00"
                     *       },
                     *       "position": "a0",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z",
                     *       "attachmentCount": 1,
                     *       "image": {
                     *         "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
                     *         "width": 1600,
                     *         "height": 1200
                     *       },
                     *       "shared": false,
                     *       "writtenBy": {
                     *         "username": "ada"
                     *       },
                     *       "attachments": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
                     *           "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *           "name": "kitchen.jpg",
                     *           "alt": "A kitchen with a blue door",
                     *           "mediaType": "image/jpeg",
                     *           "bytes": 482133,
                     *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *           "width": 1600,
                     *           "height": 1200,
                     *           "hasThumbnail": true,
                     *           "inline": true,
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    archiveNote: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the change is based on, a list of such tags, or `*` for any version.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
                     *       "title": "Groceries",
                     *       "content": "- [x] eggs\n- [ ] cream",
                     *       "shortened": false,
                     *       "checklist": {
                     *         "done": 1,
                     *         "total": 2
                     *       },
                     *       "color": "green",
                     *       "pinned": false,
                     *       "place": "active",
                     *       "labelIds": [
                     *         "01976c8e-4f1a-7c3e-9d2b-000000000001"
                     *       ],
                     *       "reminderAt": "2026-05-04T09:30:00Z",
                     *       "recurrence": {
                     *         "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
                     *         "timeZone": "Europe/Berlin",
                     *         "start": "2026-05-04T11:30:00"
                     *       },
                     *       "position": "a0",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z",
                     *       "attachmentCount": 1,
                     *       "image": {
                     *         "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
                     *         "width": 1600,
                     *         "height": 1200
                     *       },
                     *       "shared": false,
                     *       "writtenBy": {
                     *         "username": "ada"
                     *       },
                     *       "attachments": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
                     *           "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *           "name": "kitchen.jpg",
                     *           "alt": "A kitchen with a blue door",
                     *           "mediaType": "image/jpeg",
                     *           "bytes": 482133,
                     *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *           "width": 1600,
                     *           "height": 1200,
                     *           "hasThumbnail": true,
                     *           "inline": true,
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unarchiveNote: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the change is based on, a list of such tags, or `*` for any version.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
                     *       "title": "Groceries",
                     *       "content": "- [x] eggs\n- [ ] cream",
                     *       "shortened": false,
                     *       "checklist": {
                     *         "done": 1,
                     *         "total": 2
                     *       },
                     *       "color": "green",
                     *       "pinned": false,
                     *       "place": "active",
                     *       "labelIds": [
                     *         "01976c8e-4f1a-7c3e-9d2b-000000000001"
                     *       ],
                     *       "reminderAt": "2026-05-04T09:30:00Z",
                     *       "recurrence": {
                     *         "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
                     *         "timeZone": "Europe/Berlin",
                     *         "start": "2026-05-04T11:30:00"
                     *       },
                     *       "position": "a0",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z",
                     *       "attachmentCount": 1,
                     *       "image": {
                     *         "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
                     *         "width": 1600,
                     *         "height": 1200
                     *       },
                     *       "shared": false,
                     *       "writtenBy": {
                     *         "username": "ada"
                     *       },
                     *       "attachments": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
                     *           "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *           "name": "kitchen.jpg",
                     *           "alt": "A kitchen with a blue door",
                     *           "mediaType": "image/jpeg",
                     *           "bytes": 482133,
                     *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *           "width": 1600,
                     *           "height": 1200,
                     *           "hasThumbnail": true,
                     *           "inline": true,
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restoreNote: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the change is based on, a list of such tags, or `*` for any version.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
                     *       "title": "Groceries",
                     *       "content": "- [x] eggs\n- [ ] cream",
                     *       "shortened": false,
                     *       "checklist": {
                     *         "done": 1,
                     *         "total": 2
                     *       },
                     *       "color": "green",
                     *       "pinned": false,
                     *       "place": "active",
                     *       "labelIds": [
                     *         "01976c8e-4f1a-7c3e-9d2b-000000000001"
                     *       ],
                     *       "reminderAt": "2026-05-04T09:30:00Z",
                     *       "recurrence": {
                     *         "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
                     *         "timeZone": "Europe/Berlin",
                     *         "start": "2026-05-04T11:30:00"
                     *       },
                     *       "position": "a0",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z",
                     *       "attachmentCount": 1,
                     *       "image": {
                     *         "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
                     *         "width": 1600,
                     *         "height": 1200
                     *       },
                     *       "shared": false,
                     *       "writtenBy": {
                     *         "username": "ada"
                     *       },
                     *       "attachments": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
                     *           "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *           "name": "kitchen.jpg",
                     *           "alt": "A kitchen with a blue door",
                     *           "mediaType": "image/jpeg",
                     *           "bytes": 482133,
                     *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *           "width": 1600,
                     *           "height": 1200,
                     *           "hasThumbnail": true,
                     *           "inline": true,
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    moveNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Note next to which another one is placed: exactly one of `before` and `after`. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "before": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
                 *     }
                 */
                "application/json": components["schemas"]["NoteTarget"];
            };
        };
        responses: {
            /** @description The note, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
                     *       "title": "Groceries",
                     *       "content": "- [x] eggs\n- [ ] cream",
                     *       "shortened": false,
                     *       "checklist": {
                     *         "done": 1,
                     *         "total": 2
                     *       },
                     *       "color": "green",
                     *       "pinned": false,
                     *       "place": "active",
                     *       "labelIds": [
                     *         "01976c8e-4f1a-7c3e-9d2b-000000000001"
                     *       ],
                     *       "reminderAt": "2026-05-04T09:30:00Z",
                     *       "recurrence": {
                     *         "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
                     *         "timeZone": "Europe/Berlin",
                     *         "start": "2026-05-04T11:30:00"
                     *       },
                     *       "position": "a0",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z",
                     *       "attachmentCount": 1,
                     *       "image": {
                     *         "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
                     *         "width": 1600,
                     *         "height": 1200
                     *       },
                     *       "shared": false,
                     *       "writtenBy": {
                     *         "username": "ada"
                     *       },
                     *       "attachments": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
                     *           "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *           "name": "kitchen.jpg",
                     *           "alt": "A kitchen with a blue door",
                     *           "mediaType": "image/jpeg",
                     *           "bytes": 482133,
                     *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *           "width": 1600,
                     *           "height": 1200,
                     *           "hasThumbnail": true,
                     *           "inline": true,
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteNote: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the change is based on, a list of such tags, or `*` for any version.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note was deleted permanently. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    emptyTrash: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Number of notes that were deleted permanently. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deleted": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Emptied"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    batchNotes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Operations to apply to notes, in order. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "operations": [
                 *         {
                 *           "id": "01976c8e-4f1a-7c3e-9d2b-7bdfd7c3cb63",
                 *           "op": "addLabel",
                 *           "labelId": "01976c8e-4f1a-7c3e-9d2b-000000000001"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["BatchRequest"];
            };
        };
        responses: {
            /** @description Outcomes of all operations of a batch. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "results": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-1c577444f842",
                     *           "status": "done"
                     *         }
                     *       ],
                     *       "revision": 42
                     *     }
                     */
                    "application/json": components["schemas"]["BatchResponse"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRevisions: {
        parameters: {
            query?: {
                /**
                 * @description Value of `nextCursor` on the previous page; omit it for the first page.
                 * @example WyIwMTk3NmM4ZSJd
                 */
                cursor?: string;
                /**
                 * @description Maximum number of versions on a page, 1 to 100, 20 by default.
                 * @example 20
                 */
                limit?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of earlier versions of a note. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "version": 7,
                     *           "title": "Groceries",
                     *           "content": "- [x] eggs\n- [ ] cream",
                     *           "replacedAt": "2026-05-04T09:30:00Z",
                     *           "writtenBy": {
                     *             "username": "ada"
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": "WyIwMTk3NmM4ZSJd"
                     *     }
                     */
                    "application/json": components["schemas"]["RevisionList"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readRevision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
                /**
                 * @description Version of the note that had this title and text, as in the list of earlier versions.
                 * @example 7
                 */
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An earlier version of a note, with its title and text. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "version": 7,
                     *       "title": "Groceries",
                     *       "content": "- [x] eggs\n- [ ] cream",
                     *       "replacedAt": "2026-05-04T09:30:00Z",
                     *       "writtenBy": {
                     *         "username": "ada"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Revision"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restoreRevision: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the change is based on, a list of such tags, or `*` for any version.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
                /**
                 * @description Version of the note that had this title and text, as in the list of earlier versions.
                 * @example 7
                 */
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
                     *       "title": "Groceries",
                     *       "content": "- [x] eggs\n- [ ] cream",
                     *       "shortened": false,
                     *       "checklist": {
                     *         "done": 1,
                     *         "total": 2
                     *       },
                     *       "color": "green",
                     *       "pinned": false,
                     *       "place": "active",
                     *       "labelIds": [
                     *         "01976c8e-4f1a-7c3e-9d2b-000000000001"
                     *       ],
                     *       "reminderAt": "2026-05-04T09:30:00Z",
                     *       "recurrence": {
                     *         "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
                     *         "timeZone": "Europe/Berlin",
                     *         "start": "2026-05-04T11:30:00"
                     *       },
                     *       "position": "a0",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z",
                     *       "attachmentCount": 1,
                     *       "image": {
                     *         "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
                     *         "width": 1600,
                     *         "height": 1200
                     *       },
                     *       "shared": false,
                     *       "writtenBy": {
                     *         "username": "ada"
                     *       },
                     *       "attachments": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
                     *           "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *           "name": "kitchen.jpg",
                     *           "alt": "A kitchen with a blue door",
                     *           "mediaType": "image/jpeg",
                     *           "bytes": 482133,
                     *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *           "width": 1600,
                     *           "height": 1200,
                     *           "hasThumbnail": true,
                     *           "inline": true,
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAttachments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All attachments of a note. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
                     *           "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *           "name": "kitchen.jpg",
                     *           "alt": "A kitchen with a blue door",
                     *           "mediaType": "image/jpeg",
                     *           "bytes": 482133,
                     *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *           "width": 1600,
                     *           "height": 1200,
                     *           "hasThumbnail": true,
                     *           "inline": true,
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AttachmentList"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addAttachment: {
        parameters: {
            query: {
                /**
                 * @description File name, 1 to 255 characters; folders in it are dropped.
                 * @example kitchen.jpg
                 */
                name: string;
                /**
                 * @description Alternative text for people who cannot see the file, at most 1,000 characters; empty by default.
                 * @example A kitchen with a blue door
                 */
                alt?: string;
            };
            header?: {
                /**
                 * @description Key that the client chooses for this request, such as a UUID. Within 24 hours, a repeated request with the same key has no further effect.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description The bytes of the file and nothing else. The media type is detected from them, not from `Content-Type`; forms (`multipart/form-data`) are refused. */
        requestBody: {
            content: {
                /** @example the bytes of the file */
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description The file was attached to the note. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    /**
                     * @description `true` if an earlier request with the same key added the attachment.
                     * @example true
                     */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-17d2b1f7f9a8",
                     *       "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *       "name": "kitchen.jpg",
                     *       "alt": "A kitchen with a blue door",
                     *       "mediaType": "image/jpeg",
                     *       "bytes": 482133,
                     *       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *       "width": 1600,
                     *       "height": 1200,
                     *       "hasThumbnail": true,
                     *       "inline": true,
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z",
                     *       "noteVersion": 8
                     *     }
                     */
                    "application/json": components["schemas"]["Attachment"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `files_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`, `idempotency_key_reused`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readAttachment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the client has, a list of such tags, or `*`. If the current version is among them, the answer is 304 without a body. Invalid lists are ignored.
                 * @example "7"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/attachments`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The attachment, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-17d2b1f7f9a8",
                     *       "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *       "name": "kitchen.jpg",
                     *       "alt": "A kitchen with a blue door",
                     *       "mediaType": "image/jpeg",
                     *       "bytes": 482133,
                     *       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *       "width": 1600,
                     *       "height": 1200,
                     *       "hasThumbnail": true,
                     *       "inline": true,
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z",
                     *       "noteVersion": 8
                     *     }
                     */
                    "application/json": components["schemas"]["Attachment"];
                };
            };
            /** @description Not modified: the client has a version that `If-None-Match` names. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAttachment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the change is based on, a list of such tags, or `*` for any version.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/attachments`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The attachment was deleted permanently. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `note_in_trash`, `limit_reached`, `files_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeAttachment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the change is based on, a list of such tags, or `*` for any version.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/attachments`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Changes of an attachment; omitted properties stay as they are. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "kitchen.jpg",
                 *       "alt": "A kitchen with a blue door"
                 *     }
                 */
                "application/json": components["schemas"]["AttachmentPatch"];
            };
        };
        responses: {
            /** @description The attachment, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-17d2b1f7f9a8",
                     *       "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *       "name": "kitchen.jpg",
                     *       "alt": "A kitchen with a blue door",
                     *       "mediaType": "image/jpeg",
                     *       "bytes": 482133,
                     *       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *       "width": 1600,
                     *       "height": 1200,
                     *       "hasThumbnail": true,
                     *       "inline": true,
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z",
                     *       "noteVersion": 8
                     *     }
                     */
                    "application/json": components["schemas"]["Attachment"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `note_in_trash`, `limit_reached`, `files_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    downloadAttachment: {
        parameters: {
            query?: {
                /**
                 * @description `true` to send the file as a download even if browsers may display it.
                 * @example true
                 */
                download?: boolean;
            };
            header?: {
                /**
                 * @description `ETag` of the version that the client has, a list of such tags, or `*`. If the current version is among them, the answer is 304 without a body. Invalid lists are ignored.
                 * @example "7"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/attachments`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes of the file, with the media type that was detected from its content. */
            200: {
                headers: {
                    /**
                     * @description Version of the resource, for `If-Match` of a change and `If-None-Match` of a read.
                     * @example "7"
                     */
                    ETag?: string;
                    /**
                     * @description Presentation of the file in browsers, `inline` or `attachment`, and its name.
                     * @example attachment; filename="notes.zip"
                     */
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /** @example the bytes of the file */
                    "application/octet-stream": string;
                };
            };
            /** @description The browser is redirected to another URL of the file, which is valid for one minute and needs no credentials. */
            302: {
                headers: {
                    /**
                     * @description Presigned URL of the file, valid for one minute.
                     * @example /api/notes/01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                     */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not modified: the client has a version that `If-None-Match` names. */
            304: {
                headers: {
                    /**
                     * @description Version of the resource, for `If-Match` of a change and `If-None-Match` of a read.
                     * @example "7"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `note_in_trash`, `limit_reached`, `files_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The range is outside the file. Codes: `range_not_satisfiable`. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readThumbnail: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the client has, a list of such tags, or `*`. If the current version is among them, the answer is 304 without a body. Invalid lists are ignored.
                 * @example "7"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/attachments`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thumbnail, as JPEG or PNG according to `Content-Type`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example the bytes of the file */
                    "application/octet-stream": string;
                };
            };
            /** @description Not modified: the client has a version that `If-None-Match` names. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `note_in_trash`, `limit_reached`, `files_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createUpload: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Size of the whole file in bytes, at least 1.
                 * @example 12582912
                 */
                "Upload-Length": number;
                /**
                 * @description Pairs of a key and a Base64 value, separated by commas: `filename` is the name of the file, and `alt` the alternative text for people who
                 *     cannot see it. Other keys are ignored.
                 * @example filename a2l0Y2hlbi5qcGc=,filetype aW1hZ2UvanBlZw==
                 */
                "Upload-Metadata"?: string;
                /**
                 * @description Version of the tus protocol, `1.0.0`; other versions answer 412.
                 * @example 1.0.0
                 */
                "Tus-Resumable"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upload was created and is waiting for its first piece. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Tus-Resumable": components["headers"]["Tus-Resumable"];
                    "Upload-Offset": components["headers"]["Upload-Offset"];
                    "Upload-Expires": components["headers"]["Upload-Expires"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-9144fcb58b2b",
                     *       "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *       "name": "kitchen.jpg",
                     *       "length": 12582912,
                     *       "offset": 4194304,
                     *       "complete": false,
                     *       "expiresAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Upload"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `files_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readUpload: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Version of the tus protocol, `1.0.0`; other versions answer 412.
                 * @example 1.0.0
                 */
                "Tus-Resumable"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/uploads`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description State of the upload, with the number of received bytes. */
            200: {
                headers: {
                    "Tus-Resumable": components["headers"]["Tus-Resumable"];
                    "Upload-Offset": components["headers"]["Upload-Offset"];
                    /**
                     * @description Size of the whole file in bytes.
                     * @example 12582912
                     */
                    "Upload-Length": number;
                    "Upload-Expires": components["headers"]["Upload-Expires"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-9144fcb58b2b",
                     *       "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *       "name": "kitchen.jpg",
                     *       "length": 12582912,
                     *       "offset": 4194304,
                     *       "complete": false,
                     *       "expiresAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Upload"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteUpload: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Version of the tus protocol, `1.0.0`; other versions answer 412.
                 * @example 1.0.0
                 */
                "Tus-Resumable"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/uploads`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upload was deleted with everything that was received. */
            204: {
                headers: {
                    "Tus-Resumable": components["headers"]["Tus-Resumable"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendPiece: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Number of bytes of the file before this piece.
                 * @example 4194304
                 */
                "Upload-Offset": number;
                /**
                 * @description Version of the tus protocol, `1.0.0`; other versions answer 412.
                 * @example 1.0.0
                 */
                "Tus-Resumable"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/uploads`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description The bytes of the file from `Upload-Offset` on, in any number. Clients of tus send them as `application/offset+octet-stream`. */
        requestBody: {
            content: {
                /** @example the bytes of the file */
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description The piece was received; after the last piece, the file is an attachment. */
            204: {
                headers: {
                    "Tus-Resumable": components["headers"]["Tus-Resumable"];
                    "Upload-Offset": components["headers"]["Upload-Offset"];
                    "Upload-Expires": components["headers"]["Upload-Expires"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `note_in_trash`, `limit_reached`, `files_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listItems: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the client has, a list of such tags, or `*`. If the current version is among them, the answer is 304 without a body. Invalid lists are ignored.
                 * @example "7"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Items of the checklist; the `ETag` is the version of the note that they were read from. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "index": 1,
                     *           "text": "eggs",
                     *           "checked": false,
                     *           "depth": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ItemList"];
                };
            };
            /** @description Not modified: the client has a version that `If-None-Match` names. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeItem: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the change is based on, a list of such tags, or `*` for any version.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
                /**
                 * @description Index of the item among all checklist items of the note, from 0.
                 * @example 0
                 */
                index: number;
            };
            cookie?: never;
        };
        /** @description Changes of a checklist item; omitted properties stay as they are. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "checked": false,
                 *       "text": "eggs"
                 *     }
                 */
                "application/json": components["schemas"]["ItemPatch"];
            };
        };
        responses: {
            /** @description The note, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
                     *       "title": "Groceries",
                     *       "content": "- [x] eggs\n- [ ] cream",
                     *       "shortened": false,
                     *       "checklist": {
                     *         "done": 1,
                     *         "total": 2
                     *       },
                     *       "color": "green",
                     *       "pinned": false,
                     *       "place": "active",
                     *       "labelIds": [
                     *         "01976c8e-4f1a-7c3e-9d2b-000000000001"
                     *       ],
                     *       "reminderAt": "2026-05-04T09:30:00Z",
                     *       "recurrence": {
                     *         "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
                     *         "timeZone": "Europe/Berlin",
                     *         "start": "2026-05-04T11:30:00"
                     *       },
                     *       "position": "a0",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z",
                     *       "attachmentCount": 1,
                     *       "image": {
                     *         "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
                     *         "width": 1600,
                     *         "height": 1200
                     *       },
                     *       "shared": false,
                     *       "writtenBy": {
                     *         "username": "ada"
                     *       },
                     *       "attachments": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
                     *           "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *           "name": "kitchen.jpg",
                     *           "alt": "A kitchen with a blue door",
                     *           "mediaType": "image/jpeg",
                     *           "bytes": 482133,
                     *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *           "width": 1600,
                     *           "height": 1200,
                     *           "hasThumbnail": true,
                     *           "inline": true,
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchNotes: {
        parameters: {
            query: {
                /**
                 * @description Words to search for, at most 200 characters.
                 * @example eggs
                 */
                q: string;
                /**
                 * @description Place to search; by default the board and the archive, but not the trash.
                 * @example active
                 */
                place?: components["schemas"]["Place"];
                /**
                 * @description Identifier of a label. Repeat the parameter, up to 20 times, for notes with at least one of several labels.
                 * @example [
                 *       "01976c8e-4f1a-7c3e-9d2b-000000000001"
                 *     ]
                 */
                labelId?: string[];
                /**
                 * @description `true` for pinned notes only, `false` for unpinned notes only.
                 * @example true
                 */
                pinned?: boolean;
                /**
                 * @description Colour of the notes to return; all colours by default.
                 * @example green
                 */
                color?: components["schemas"]["Color"];
                /**
                 * @description `true` for notes with a reminder only, `false` for notes without one.
                 * @example true
                 */
                hasReminder?: boolean;
                /**
                 * @description Value of `nextCursor` on the previous page; omit it for the first page.
                 * @example WyIwMTk3NmM4ZSJd
                 */
                cursor?: string;
                /**
                 * @description Maximum number of notes on a page, 1 to 100, 20 by default. A page has fewer notes if their texts exceed 1 MiB together.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description Amount of text of each note; the whole text by default.
                 * @example full
                 */
                fields?: components["schemas"]["Fields"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of notes that match a query. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "note": {
                     *             "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
                     *             "title": "Groceries",
                     *             "content": "- [x] eggs\n- [ ] cream",
                     *             "shortened": false,
                     *             "checklist": {
                     *               "done": 1,
                     *               "total": 2
                     *             },
                     *             "color": "green",
                     *             "pinned": false,
                     *             "place": "active",
                     *             "labelIds": [
                     *               "01976c8e-4f1a-7c3e-9d2b-000000000001"
                     *             ],
                     *             "reminderAt": "2026-05-04T09:30:00Z",
                     *             "recurrence": {
                     *               "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
                     *               "timeZone": "Europe/Berlin",
                     *               "start": "2026-05-04T11:30:00"
                     *             },
                     *             "position": "a0",
                     *             "version": 7,
                     *             "createdAt": "2026-05-04T09:30:00Z",
                     *             "updatedAt": "2026-05-04T09:30:00Z",
                     *             "attachmentCount": 1,
                     *             "image": {
                     *               "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
                     *               "width": 1600,
                     *               "height": 1200
                     *             },
                     *             "shared": false,
                     *             "writtenBy": {
                     *               "username": "ada"
                     *             },
                     *             "attachments": [
                     *               {
                     *                 "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
                     *                 "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *                 "name": "kitchen.jpg",
                     *                 "alt": "A kitchen with a blue door",
                     *                 "mediaType": "image/jpeg",
                     *                 "bytes": 482133,
                     *                 "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *                 "width": 1600,
                     *                 "height": 1200,
                     *                 "hasThumbnail": true,
                     *                 "inline": true,
                     *                 "version": 7,
                     *                 "createdAt": "2026-05-04T09:30:00Z",
                     *                 "updatedAt": "2026-05-04T09:30:00Z"
                     *               }
                     *             ]
                     *           },
                     *           "snippet": [
                     *             {
                     *               "text": "buy eggs",
                     *               "found": true
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": "WyIwMTk3NmM4ZSJd"
                     *     }
                     */
                    "application/json": components["schemas"]["Hits"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportNotes: {
        parameters: {
            query: {
                /**
                 * @description Format of the export: one JSON document, or a zip archive.
                 * @example json
                 */
                format: components["schemas"]["Format"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The export as a file, in the requested format. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "format": "notes",
                     *       "version": 1,
                     *       "labels": [
                     *         {
                     *           "name": "Errands",
                     *           "color": "green"
                     *         }
                     *       ],
                     *       "filters": [
                     *         {
                     *           "name": "Errands with eggs",
                     *           "query": {
                     *             "place": "active",
                     *             "pinned": false,
                     *             "labels": [
                     *               "Errands"
                     *             ],
                     *             "color": "green",
                     *             "hasReminder": false,
                     *             "q": "eggs"
                     *           }
                     *         }
                     *       ],
                     *       "notes": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-6c5aa89df5f8",
                     *           "version": 7,
                     *           "title": "Groceries",
                     *           "content": "- [x] eggs\n- [ ] cream",
                     *           "color": "green",
                     *           "pinned": false,
                     *           "place": "active",
                     *           "labels": [
                     *             "Errands"
                     *           ],
                     *           "reminderAt": "2026-05-04T09:30:00Z",
                     *           "recurrence": {
                     *             "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
                     *             "timeZone": "Europe/Berlin",
                     *             "start": "2026-05-04T11:30:00"
                     *           },
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z",
                     *           "revisions": [
                     *             {
                     *               "version": 7,
                     *               "title": "Groceries",
                     *               "content": "- [x] eggs\n- [ ] cream",
                     *               "replacedAt": "2026-05-04T09:30:00Z"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Export"];
                    /** @example the bytes of the file */
                    "application/zip": string;
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importNotes: {
        parameters: {
            query?: {
                /**
                 * @description UTC offset of times without a time zone, such as `+02:00`; UTC by default.
                 * @example +02:00
                 */
                offset?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The file as `application/octet-stream`, whose kind is detected from its content. If the kind is known, it can be sent as `application/json`, `application/zip`, `application/x-tar` (JEX), `application/xml` (ENEX), `text/markdown` or `text/html`. */
        requestBody: {
            content: {
                /** @example the bytes of the file */
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description The file was imported; the remarks list everything that was left out or changed. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "notes": 1,
                     *       "labels": 1,
                     *       "filters": 1,
                     *       "attachments": 3,
                     *       "present": 1,
                     *       "leftOut": 1,
                     *       "changed": 1,
                     *       "remarks": [
                     *         {
                     *           "file": "recipes/eggs.md",
                     *           "line": 1,
                     *           "effect": "leftOut",
                     *           "code": "time",
                     *           "message": "has 1001 characters, and at most 1000 are allowed"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Imported"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listChanges: {
        parameters: {
            query: {
                /**
                 * @description Last revision that the client knows, as returned in `revision`; 0 to read everything.
                 * @example 42
                 */
                since: number;
                /**
                 * @description Maximum number of changes in the response, 1 to 500, 200 by default. One write that changed more is returned as a whole.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description Amount of text of each note; the whole text by default.
                 * @example full
                 */
                fields?: components["schemas"]["Fields"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Changes since a revision; each entry is the current state. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "notes": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
                     *           "title": "Groceries",
                     *           "content": "- [x] eggs\n- [ ] cream",
                     *           "shortened": false,
                     *           "checklist": {
                     *             "done": 1,
                     *             "total": 2
                     *           },
                     *           "color": "green",
                     *           "pinned": false,
                     *           "place": "active",
                     *           "labelIds": [
                     *             "01976c8e-4f1a-7c3e-9d2b-000000000001"
                     *           ],
                     *           "reminderAt": "2026-05-04T09:30:00Z",
                     *           "recurrence": {
                     *             "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
                     *             "timeZone": "Europe/Berlin",
                     *             "start": "2026-05-04T11:30:00"
                     *           },
                     *           "position": "a0",
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z",
                     *           "attachmentCount": 1,
                     *           "image": {
                     *             "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
                     *             "width": 1600,
                     *             "height": 1200
                     *           },
                     *           "shared": false,
                     *           "writtenBy": {
                     *             "username": "ada"
                     *           },
                     *           "attachments": [
                     *             {
                     *               "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
                     *               "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *               "name": "kitchen.jpg",
                     *               "alt": "A kitchen with a blue door",
                     *               "mediaType": "image/jpeg",
                     *               "bytes": 482133,
                     *               "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *               "width": 1600,
                     *               "height": 1200,
                     *               "hasThumbnail": true,
                     *               "inline": true,
                     *               "version": 7,
                     *               "createdAt": "2026-05-04T09:30:00Z",
                     *               "updatedAt": "2026-05-04T09:30:00Z"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "labels": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-eff19412189b",
                     *           "name": "Errands",
                     *           "color": "green",
                     *           "sort": 1,
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ],
                     *       "filters": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-d62f27ce72aa",
                     *           "name": "Errands with eggs",
                     *           "query": {
                     *             "place": "active",
                     *             "pinned": false,
                     *             "labelIds": [
                     *               "01976c8e-4f1a-7c3e-9d2b-000000000001"
                     *             ],
                     *             "color": "green",
                     *             "hasReminder": false,
                     *             "q": "eggs"
                     *           },
                     *           "missingLabelIds": [
                     *             "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
                     *           ],
                     *           "sort": 1,
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ],
                     *       "deletedNotes": [
                     *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
                     *       ],
                     *       "deletedLabels": [
                     *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
                     *       ],
                     *       "deletedFilters": [
                     *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
                     *       ],
                     *       "sharedNotes": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-037dd7080e1f",
                     *           "title": "Groceries",
                     *           "content": "- [x] eggs\n- [ ] cream",
                     *           "shortened": false,
                     *           "html": "<p>eggs</p>",
                     *           "checklist": {
                     *             "done": 1,
                     *             "total": 2
                     *           },
                     *           "color": "green",
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z",
                     *           "writtenBy": {
                     *             "username": "ada"
                     *           },
                     *           "owner": "grace",
                     *           "right": "read",
                     *           "sharedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ],
                     *       "endedShares": [
                     *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
                     *       ],
                     *       "revision": 42,
                     *       "more": false
                     *     }
                     */
                    "application/json": components["schemas"]["ChangeList"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The requested data is no longer available. Codes: `changes_expired`. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listen: {
        parameters: {
            query?: {
                /**
                 * @description Identifier of the account that the client expects, in place of the header `Notes-Account`, because pages cannot set headers for event
                 *     streams. Another account answers `other_account`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                account?: string;
            };
            header?: {
                /**
                 * @description `id` of the last event that the client received, which is a revision.
                 * @example 42
                 */
                "Last-Event-ID"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream of events that lasts until the client disconnects, or the session or process ends. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "revision": 42
                     *       }
                     *     ]
                     */
                    "text/event-stream": components["schemas"]["Event"][];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFilters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All saved filters of the user, in the order of the user. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-d62f27ce72aa",
                     *           "name": "Errands with eggs",
                     *           "query": {
                     *             "place": "active",
                     *             "pinned": false,
                     *             "labelIds": [
                     *               "01976c8e-4f1a-7c3e-9d2b-000000000001"
                     *             ],
                     *             "color": "green",
                     *             "hasReminder": false,
                     *             "q": "eggs"
                     *           },
                     *           "missingLabelIds": [
                     *             "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
                     *           ],
                     *           "sort": 1,
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FilterList"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createFilter: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A filter to save for the user. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Errands with eggs",
                 *       "query": {
                 *         "place": "active",
                 *         "pinned": false,
                 *         "labelIds": [
                 *           "01976c8e-4f1a-7c3e-9d2b-000000000001"
                 *         ],
                 *         "color": "green",
                 *         "hasReminder": false,
                 *         "q": "eggs"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["NewFilter"];
            };
        };
        responses: {
            /** @description The filter was saved, after all others. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-d62f27ce72aa",
                     *       "name": "Errands with eggs",
                     *       "query": {
                     *         "place": "active",
                     *         "pinned": false,
                     *         "labelIds": [
                     *           "01976c8e-4f1a-7c3e-9d2b-000000000001"
                     *         ],
                     *         "color": "green",
                     *         "hasReminder": false,
                     *         "q": "eggs"
                     *       },
                     *       "missingLabelIds": [
                     *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
                     *       ],
                     *       "sort": 1,
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SavedFilter"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    orderFilters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description New order of the saved filters of a user. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ids": [
                 *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["FilterOrder"];
            };
        };
        responses: {
            /** @description All saved filters of the user, in the order of the user. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-d62f27ce72aa",
                     *           "name": "Errands with eggs",
                     *           "query": {
                     *             "place": "active",
                     *             "pinned": false,
                     *             "labelIds": [
                     *               "01976c8e-4f1a-7c3e-9d2b-000000000001"
                     *             ],
                     *             "color": "green",
                     *             "hasReminder": false,
                     *             "q": "eggs"
                     *           },
                     *           "missingLabelIds": [
                     *             "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
                     *           ],
                     *           "sort": 1,
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FilterList"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readFilter: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the client has, a list of such tags, or `*`. If the current version is among them, the answer is 304 without a body. Invalid lists are ignored.
                 * @example "7"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/filters`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The saved filter, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-d62f27ce72aa",
                     *       "name": "Errands with eggs",
                     *       "query": {
                     *         "place": "active",
                     *         "pinned": false,
                     *         "labelIds": [
                     *           "01976c8e-4f1a-7c3e-9d2b-000000000001"
                     *         ],
                     *         "color": "green",
                     *         "hasReminder": false,
                     *         "q": "eggs"
                     *       },
                     *       "missingLabelIds": [
                     *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
                     *       ],
                     *       "sort": 1,
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SavedFilter"];
                };
            };
            /** @description Not modified: the client has a version that `If-None-Match` names. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteFilter: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the change is based on, a list of such tags, or `*` for any version.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/filters`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The saved filter was deleted; notes stay as they are. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeFilter: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the change is based on, a list of such tags, or `*` for any version.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/filters`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Changes of a saved filter; omitted properties stay as they are. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Errands with eggs",
                 *       "query": {
                 *         "place": "active",
                 *         "pinned": false,
                 *         "labelIds": [
                 *           "01976c8e-4f1a-7c3e-9d2b-000000000001"
                 *         ],
                 *         "color": "green",
                 *         "hasReminder": false,
                 *         "q": "eggs"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["FilterPatch"];
            };
        };
        responses: {
            /** @description The saved filter, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-d62f27ce72aa",
                     *       "name": "Errands with eggs",
                     *       "query": {
                     *         "place": "active",
                     *         "pinned": false,
                     *         "labelIds": [
                     *           "01976c8e-4f1a-7c3e-9d2b-000000000001"
                     *         ],
                     *         "color": "green",
                     *         "hasReminder": false,
                     *         "q": "eggs"
                     *       },
                     *       "missingLabelIds": [
                     *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
                     *       ],
                     *       "sort": 1,
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SavedFilter"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFilterNotes: {
        parameters: {
            query?: {
                /**
                 * @description Amount of text of each note; the whole text by default.
                 * @example full
                 */
                fields?: components["schemas"]["Fields"];
                /**
                 * @description Value of `nextCursor` on the previous page; omit it for the first page.
                 * @example WyIwMTk3NmM4ZSJd
                 */
                cursor?: string;
                /**
                 * @description Maximum number of notes on a page, 1 to 100, 20 by default. A page has fewer notes if their texts exceed 1 MiB together.
                 * @example 20
                 */
                limit?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/filters`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the notes that a filter selects. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-0814e962b6d0",
                     *           "title": "Groceries",
                     *           "content": "- [x] eggs\n- [ ] cream",
                     *           "shortened": false,
                     *           "checklist": {
                     *             "done": 1,
                     *             "total": 2
                     *           },
                     *           "color": "green",
                     *           "pinned": false,
                     *           "place": "active",
                     *           "labelIds": [
                     *             "01976c8e-4f1a-7c3e-9d2b-000000000001"
                     *           ],
                     *           "reminderAt": "2026-05-04T09:30:00Z",
                     *           "recurrence": {
                     *             "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
                     *             "timeZone": "Europe/Berlin",
                     *             "start": "2026-05-04T11:30:00"
                     *           },
                     *           "position": "a0",
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z",
                     *           "attachmentCount": 1,
                     *           "image": {
                     *             "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
                     *             "width": 1600,
                     *             "height": 1200
                     *           },
                     *           "shared": false,
                     *           "writtenBy": {
                     *             "username": "ada"
                     *           },
                     *           "attachments": [
                     *             {
                     *               "id": "01976c8e-4f1a-7c3e-9d2b-901ee325033c",
                     *               "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *               "name": "kitchen.jpg",
                     *               "alt": "A kitchen with a blue door",
                     *               "mediaType": "image/jpeg",
                     *               "bytes": 482133,
                     *               "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *               "width": 1600,
                     *               "height": 1200,
                     *               "hasThumbnail": true,
                     *               "inline": true,
                     *               "version": 7,
                     *               "createdAt": "2026-05-04T09:30:00Z",
                     *               "updatedAt": "2026-05-04T09:30:00Z"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": "WyIwMTk3NmM4ZSJd"
                     *     }
                     */
                    "application/json": components["schemas"]["FilteredNotes"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All webhooks of a user. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-be19617ee2ee",
                     *           "name": "automation at home",
                     *           "url": "https://hooks.example.com/notes",
                     *           "events": [
                     *             "note.created"
                     *           ],
                     *           "includeContent": false,
                     *           "enabled": true,
                     *           "failures": 0,
                     *           "previousSecretUntil": "2026-05-04T09:30:00Z",
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A webhook to create for the user. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "automation at home",
                 *       "url": "https://hooks.example.com/notes",
                 *       "events": [
                 *         "note.created"
                 *       ],
                 *       "includeContent": false
                 *     }
                 */
                "application/json": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            /** @description The webhook was created; only this response contains its secret. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-6fe309037a1b",
                     *       "name": "automation at home",
                     *       "url": "https://hooks.example.com/notes",
                     *       "events": [
                     *         "note.created"
                     *       ],
                     *       "includeContent": false,
                     *       "enabled": true,
                     *       "failures": 0,
                     *       "secret": "whsec_EXAMPLE",
                     *       "previousSecretUntil": "2026-05-04T09:30:00Z",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readWebhook: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the client has, a list of such tags, or `*`. If the current version is among them, the answer is 304 without a body. Invalid lists are ignored.
                 * @example "7"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/webhooks`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-6fe309037a1b",
                     *       "name": "automation at home",
                     *       "url": "https://hooks.example.com/notes",
                     *       "events": [
                     *         "note.created"
                     *       ],
                     *       "includeContent": false,
                     *       "enabled": true,
                     *       "failures": 0,
                     *       "secret": "whsec_EXAMPLE",
                     *       "previousSecretUntil": "2026-05-04T09:30:00Z",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Not modified: the client has a version that `If-None-Match` names. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the change is based on, a list of such tags, or `*` for any version.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/webhooks`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook was deleted with its deliveries. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeWebhook: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the change is based on, a list of such tags, or `*` for any version.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/webhooks`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Changes of a webhook; omitted properties stay as they are. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "automation at home",
                 *       "url": "https://hooks.example.com/notes",
                 *       "events": [
                 *         "note.created"
                 *       ],
                 *       "includeContent": false,
                 *       "enabled": true
                 *     }
                 */
                "application/json": components["schemas"]["WebhookPatch"];
            };
        };
        responses: {
            /** @description The webhook, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-6fe309037a1b",
                     *       "name": "automation at home",
                     *       "url": "https://hooks.example.com/notes",
                     *       "events": [
                     *         "note.created"
                     *       ],
                     *       "includeContent": false,
                     *       "enabled": true,
                     *       "failures": 0,
                     *       "secret": "whsec_EXAMPLE",
                     *       "previousSecretUntil": "2026-05-04T09:30:00Z",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/webhooks`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-6fe309037a1b",
                     *       "name": "automation at home",
                     *       "url": "https://hooks.example.com/notes",
                     *       "events": [
                     *         "note.created"
                     *       ],
                     *       "includeContent": false,
                     *       "enabled": true,
                     *       "failures": 0,
                     *       "secret": "whsec_EXAMPLE",
                     *       "previousSecretUntil": "2026-05-04T09:30:00Z",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pingWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/webhooks`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Result of a test message to a webhook. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "delivered": true,
                     *       "statusCode": 204,
                     *       "milliseconds": 48
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookPing"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /**
                 * @description Value of `nextCursor` on the previous page; omit it for the first page.
                 * @example WyIwMTk3NmM4ZSJd
                 */
                cursor?: string;
                /**
                 * @description Maximum number of deliveries on a page, 1 to 100, 20 by default.
                 * @example 20
                 */
                limit?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/webhooks`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the deliveries of a webhook. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-d93132d7c1a2",
                     *           "event": "note.created",
                     *           "revision": 42,
                     *           "occurredAt": "2026-05-04T09:30:00Z",
                     *           "state": "delivered",
                     *           "attempts": 1,
                     *           "attemptedAt": "2026-05-04T09:30:00Z",
                     *           "statusCode": 204
                     *         }
                     *       ],
                     *       "nextCursor": "WyIwMTk3NmM4ZSJd"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookDeliveryList"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redeliverWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/webhooks`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
                /**
                 * @description Identifier of one of the resources below `/api/webhooks/{id}/deliveries`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                delivery: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delivery of an event to a webhook, with its attempts so far. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-d93132d7c1a2",
                     *       "event": "note.created",
                     *       "revision": 42,
                     *       "occurredAt": "2026-05-04T09:30:00Z",
                     *       "state": "delivered",
                     *       "attempts": 1,
                     *       "attemptedAt": "2026-05-04T09:30:00Z",
                     *       "statusCode": 204
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhookDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/webhooks`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
                /**
                 * @description Identifier of one of the resources below `/api/webhooks/{id}/deliveries`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                delivery: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery was deleted and is not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readPushKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Public key with which browsers subscribe to push messages. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "publicKey": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
                     *     }
                     */
                    "application/json": components["schemas"]["PushKey"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `limit_reached`, `push_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPushSubscriptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All push subscriptions of the user. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-203e56b44247",
                     *           "sessionId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *           "current": false,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "deliveredAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PushSubscriptionList"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    subscribeToPush: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Push subscription of a browser, as `PushSubscription.toJSON()` returns it. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "endpoint": "https://push.example.net/send/kX3b",
                 *       "keys": {
                 *         "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                 *         "auth": "BTBZMqHH6r4Tts7J_aSIgg"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["NewPushSubscription"];
            };
        };
        responses: {
            /** @description The browser receives push messages from now on. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-203e56b44247",
                     *       "sessionId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *       "current": false,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "deliveredAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["PushSubscription"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `limit_reached`, `push_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removePushSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/push/subscriptions`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The push subscription was removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readReminderSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Settings for the delivery of reminders. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "push": "off",
                     *       "email": "away",
                     *       "showTitle": false
                     *     }
                     */
                    "application/json": components["schemas"]["ReminderSettings"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeReminderSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Changes of the delivery of reminders; omitted properties stay as they are. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "push": "off",
                 *       "email": "away",
                 *       "showTitle": false
                 *     }
                 */
                "application/json": components["schemas"]["ReminderSettingsPatch"];
            };
        };
        responses: {
            /** @description Settings for the delivery of reminders. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "push": "off",
                     *       "email": "away",
                     *       "showTitle": false
                     *     }
                     */
                    "application/json": components["schemas"]["ReminderSettings"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `email_taken`, `username_taken`, `limit_reached`, `mail_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endReminderMails: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Token from the link in a mail, 43 characters of base64url.
                 * @example u3fPz0bJ8s1QkqX2v7n5Yw4RtHcLmA9dEoGiBxVZ6TM
                 */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Reminder mails to this account are switched off. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNoteLinks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All valid links of a note. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-b921f922cc61",
                     *           "label": "for Grace",
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "expiresAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["NoteLinkList"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createNoteLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description A link to create for a note. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "label": "for Grace",
                 *       "expiresInDays": 90
                 *     }
                 */
                "application/json": components["schemas"]["NewNoteLink"];
            };
        };
        responses: {
            /** @description The link was created; only this response contains its token. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-80f1769b4d4b",
                     *       "label": "for Grace",
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "expiresAt": "2026-05-04T09:30:00Z",
                     *       "token": "EXAMPLE-OF-A-TOKEN"
                     *     }
                     */
                    "application/json": components["schemas"]["NoteLink"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteNoteLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
                /**
                 * @description Identifier of one of the resources below `/api/notes/{id}/links`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                link: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link was revoked and no longer shows the note. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openNoteLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Link whose note is requested, by its token. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "EXAMPLE-OF-A-TOKEN"
                 *     }
                 */
                "application/json": components["schemas"]["OpenedLink"];
            };
        };
        responses: {
            /** @description The note of the link; caches must not store it, and search engines must not index it. */
            200: {
                headers: {
                    /**
                     * @description Always `private, no-store`: caches must not store the response.
                     * @example no-store
                     */
                    "Cache-Control": string;
                    /**
                     * @description Always `noindex, nofollow`: search engines must not index the response.
                     * @example noindex
                     */
                    "X-Robots-Tag": string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "title": "Groceries",
                     *       "content": "- [x] eggs\n- [ ] cream",
                     *       "html": "<p>eggs</p>",
                     *       "items": [
                     *         {
                     *           "index": 1,
                     *           "text": "eggs",
                     *           "checked": false,
                     *           "depth": 1
                     *         }
                     *       ],
                     *       "color": "green",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["LinkedNote"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNoteShares: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All shares and open invitations of a note. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-0dcce10b4725",
                     *           "email": "ada@example.com",
                     *           "right": "read",
                     *           "state": "invited",
                     *           "since": "2026-05-04T09:30:00Z",
                     *           "expiresAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ShareList"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shareNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Invitation of a person to a note. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "right": "read"
                 *     }
                 */
                "application/json": components["schemas"]["NewShare"];
            };
        };
        responses: {
            /** @description The invitation; it is the same if no account has the address. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-0dcce10b4725",
                     *       "email": "ada@example.com",
                     *       "right": "read",
                     *       "state": "invited",
                     *       "since": "2026-05-04T09:30:00Z",
                     *       "expiresAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Share"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endNoteShare: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
                /**
                 * @description Identifier of one of the resources below `/api/notes/{id}/shares`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                share: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The share or invitation ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeNoteShare: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
                /**
                 * @description Identifier of one of the resources below `/api/notes/{id}/shares`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                share: string;
            };
            cookie?: never;
        };
        /** @description Change of the right that a share gives. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "right": "read"
                 *     }
                 */
                "application/json": components["schemas"]["SharePatch"];
            };
        };
        responses: {
            /** @description A person with whom a note is shared, or who is invited to it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-0dcce10b4725",
                     *       "email": "ada@example.com",
                     *       "right": "read",
                     *       "state": "invited",
                     *       "since": "2026-05-04T09:30:00Z",
                     *       "expiresAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Share"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All open invitations for the address of the account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-f2c8be46c3e7",
                     *           "owner": "grace",
                     *           "right": "read",
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "expiresAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["InvitationList"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/invitations`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note, which is shared with the caller from now on. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-037dd7080e1f",
                     *       "title": "Groceries",
                     *       "content": "- [x] eggs\n- [ ] cream",
                     *       "shortened": false,
                     *       "html": "<p>eggs</p>",
                     *       "checklist": {
                     *         "done": 1,
                     *         "total": 2
                     *       },
                     *       "color": "green",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z",
                     *       "writtenBy": {
                     *         "username": "ada"
                     *       },
                     *       "owner": "grace",
                     *       "right": "read",
                     *       "sharedAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SharedNote"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    declineInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/invitations`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The invitation was declined and removed from the list. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSharedNotes: {
        parameters: {
            query?: {
                /**
                 * @description Words to search for, at most 200 characters; all notes by default.
                 * @example eggs
                 */
                q?: string;
                /**
                 * @description Value of `nextCursor` on the previous page; omit it for the first page.
                 * @example WyIwMTk3NmM4ZSJd
                 */
                cursor?: string;
                /**
                 * @description Maximum number of notes on a page, 1 to 100, 20 by default. A page has fewer notes if their texts exceed 1 MiB together.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description Amount of text of each note; the whole text by default.
                 * @example full
                 */
                fields?: components["schemas"]["Fields"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of notes that other users share with the caller. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-037dd7080e1f",
                     *           "title": "Groceries",
                     *           "content": "- [x] eggs\n- [ ] cream",
                     *           "shortened": false,
                     *           "html": "<p>eggs</p>",
                     *           "checklist": {
                     *             "done": 1,
                     *             "total": 2
                     *           },
                     *           "color": "green",
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z",
                     *           "writtenBy": {
                     *             "username": "ada"
                     *           },
                     *           "owner": "grace",
                     *           "right": "read",
                     *           "sharedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ],
                     *       "nextCursor": "WyIwMTk3NmM4ZSJd",
                     *       "revision": 42
                     *     }
                     */
                    "application/json": components["schemas"]["SharedNoteList"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readSharedNote: {
        parameters: {
            query?: {
                /**
                 * @description Optional addition to the note: `html` for the text as HTML.
                 * @example html
                 */
                include?: components["schemas"]["Include"];
            };
            header?: {
                /**
                 * @description `ETag` of the version that the client has, a list of such tags, or `*`. If the current version is among them, the answer is 304 without a body. Invalid lists are ignored.
                 * @example "7"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/shared`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-037dd7080e1f",
                     *       "title": "Groceries",
                     *       "content": "- [x] eggs\n- [ ] cream",
                     *       "shortened": false,
                     *       "html": "<p>eggs</p>",
                     *       "checklist": {
                     *         "done": 1,
                     *         "total": 2
                     *       },
                     *       "color": "green",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z",
                     *       "writtenBy": {
                     *         "username": "ada"
                     *       },
                     *       "owner": "grace",
                     *       "right": "read",
                     *       "sharedAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SharedNote"];
                };
            };
            /** @description Not modified: the client has a version that `If-None-Match` names. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leaveSharedNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/shared`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The share ended for the caller. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeSharedNote: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the change is based on, a list of such tags, or `*` for any version.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/shared`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Changes of a note of another user; omitted properties stay as they are. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Groceries",
                 *       "content": "- [x] eggs\n- [ ] cream"
                 *     }
                 */
                "application/json": components["schemas"]["SharedNotePatch"];
            };
        };
        responses: {
            /** @description The note, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-037dd7080e1f",
                     *       "title": "Groceries",
                     *       "content": "- [x] eggs\n- [ ] cream",
                     *       "shortened": false,
                     *       "html": "<p>eggs</p>",
                     *       "checklist": {
                     *         "done": 1,
                     *         "total": 2
                     *       },
                     *       "color": "green",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z",
                     *       "writtenBy": {
                     *         "username": "ada"
                     *       },
                     *       "owner": "grace",
                     *       "right": "read",
                     *       "sharedAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SharedNote"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `read_only_share`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSharedItems: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the client has, a list of such tags, or `*`. If the current version is among them, the answer is 304 without a body. Invalid lists are ignored.
                 * @example "7"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/shared`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Items of the checklist; the `ETag` is the version of the note that they were read from. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "index": 1,
                     *           "text": "eggs",
                     *           "checked": false,
                     *           "depth": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ItemList"];
                };
            };
            /** @description Not modified: the client has a version that `If-None-Match` names. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeSharedItem: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `ETag` of the version that the change is based on, a list of such tags, or `*` for any version.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Identifier of one of the resources below `/api/shared`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
                /**
                 * @description Index of the item among all checklist items of the note, from 0.
                 * @example 0
                 */
                index: number;
            };
            cookie?: never;
        };
        /** @description Changes of a checklist item; omitted properties stay as they are. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "checked": false,
                 *       "text": "eggs"
                 *     }
                 */
                "application/json": components["schemas"]["ItemPatch"];
            };
        };
        responses: {
            /** @description The note, with its version as `ETag`. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-037dd7080e1f",
                     *       "title": "Groceries",
                     *       "content": "- [x] eggs\n- [ ] cream",
                     *       "shortened": false,
                     *       "html": "<p>eggs</p>",
                     *       "checklist": {
                     *         "done": 1,
                     *         "total": 2
                     *       },
                     *       "color": "green",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z",
                     *       "writtenBy": {
                     *         "username": "ada"
                     *       },
                     *       "owner": "grace",
                     *       "right": "read",
                     *       "sharedAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SharedNote"];
                };
            };
            /** @description The request cannot be read. Codes: `malformed_request`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is not authenticated, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller is not permitted to do this, or a page of another site sent the request. Codes: `read_only_token`, `insufficient_scope`, `read_only_share`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource does not exist, or the caller may not see it. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body arrived too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request conflicts with the current state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The resource has changed since the version in `If-Match`. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body exceeds the size limit. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type of the body is not supported. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` lists all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The required header `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A limit on attempts or concurrent requests is exceeded; `Retry-After` is the number of seconds to wait. Codes: `rate_limited`. */
            429: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is temporarily unavailable; `Retry-After` is the number of seconds to wait. Codes: `unavailable`, `storage_full`, `timed_out`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
