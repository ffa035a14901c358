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
         * Read the ways in
         * @description What a form for signing in offers: who may register, whether guests are admitted, and whether the service sends mail.
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
         * Register
         * @description Makes an account and begins its first session. Where registration is by invite, `inviteCode` is used up by it; where it is closed, the answer
         *     is `registration_closed`. What a guest has is kept by `POST /api/me/claim` instead.
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
         * @description By address or username. Whether the name or the password was wrong is not said, and takes the same time.
         *
         *     Attempts are counted by address, and by account: an account is never locked, but who fails has to wait longer and longer between attempts.
         *     Addresses from which somebody has signed in before are counted apart, so that strangers who try an account do not keep its user out.
         *
         *     An account with a second factor is not signed in yet: the answer is `second_factor_required` with a cookie for five minutes, and
         *     `POST /api/auth/second-factor` goes on.
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
         * Come as a guest
         * @description Makes an account without a name and a password, with some notes to play with. It ends after a day with everything in it, unless it is
         *     claimed. Only so many guests are admitted at a time.
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
         * @description Ends the session of the cookie at once. To sign out twice is fine. Where the session was signed in by a provider that has a page to sign out
         *     (OpenID Connect RP-Initiated Logout), the header `Location` says where it is: whoever does not go there stays signed in at the provider.
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
         * Read the sign-in that waits
         * @description After the first factor of an account with a second one: which kinds there are. The cookie of the first step says which sign-in it is.
         */
        get: operations["readPendingSignIn"];
        put?: never;
        /**
         * Finish a sign-in
         * @description Takes the second factor. Attempts are counted by address and by account; after five wrong codes the sign-in begins anew with the password.
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
         * Begin the second step by a passkey
         * @description Returns options for `navigator.credentials.get()` that name the passkeys of the account. The answer goes to `POST /api/auth/second-factor`
         *     within five minutes.
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
         * Begin to sign in by a passkey
         * @description Returns options for `navigator.credentials.get()`, by which the browser finds passkeys of this service without a name. The answer goes to
         *     `POST /api/auth/passkey` within five minutes.
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
         * Sign in by a passkey
         * @description Needs neither name nor password, and no second factor: the device has verified its user. A passkey that is not registered, or that was
         *     removed, is `passkey_rejected`.
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
         * Ask for another password
         * @description Sends a link to the address, if an account has it; the answer does not say whether one does. Where the service sends no mail, the answer is
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
         * Set another password
         * @description Takes the token of a mailed link, which works once and for an hour. All sessions and access tokens of the account end; nobody is signed in by it.
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
         * Show that an address is one's own
         * @description Takes the token of a mailed link, from any browser: it works once and for three days.
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
         * Ask for the mail that shows that the address is one's own
         * @description A link before it works no more. Nothing is sent where the address was verified already.
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
         * @description With how much it holds, and how much it may hold.
         *
         *     An access token needs the scope `account:read`.
         */
        get: operations["readAccount"];
        put?: never;
        post?: never;
        /**
         * Delete the account
         * @description With everything in it, at once and for good. Guests send `{}`.
         */
        delete: operations["deleteAccount"];
        options?: never;
        head?: never;
        /**
         * Change address or username
         * @description Guests have neither to change; `POST /api/me/claim` gives them both.
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
         * @description Ends all other sessions and all access tokens, and switches webhooks off: who knew the old password may have made some. An account without a
         *     password gets its first one.
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
         * @description Registers the guest: the account stays, with everything in it, and a new session begins.
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
         * @description An account with codes of an app or with a passkey has a second step when it is signed in to by password or by a provider of identities.
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
         * Begin to ask for codes of an app
         * @description Makes a secret for an app that shows codes (RFC 6238: SHA-1, six digits, 30 seconds). Nothing is asked for until
         *     `POST /api/me/totp/confirm` has shown within an hour that the app has it; another secret replaces it until then.
         */
        post: operations["enrolTotp"];
        /**
         * Ask for codes of an app no more
         * @description Needs the password and a code. Other sessions end; recovery codes end with the last second factor.
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
         * Ask for codes of an app from now on
         * @description Takes the first code, which shows that the app has the secret. Other sessions end: they were signed in to without it.
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
         * Make new recovery codes
         * @description Those before work no more. Needs the password, and an account with a second factor.
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
         * @description There are at most 20, so there are no pages.
         */
        get: operations["listPasskeys"];
        put?: never;
        /**
         * Register a passkey
         * @description From then on it signs its user in, and is asked for after a password. With the first second factor of an account come recovery codes, and its
         *     other sessions end.
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
         * @description Returns options for `navigator.credentials.create()`. The answer goes to `POST /api/passkeys` of the same session within five minutes.
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
         * @description It lets nobody in any more, and other sessions end. The last way to sign in stays: `last_way_in`.
         */
        delete: operations["deletePasskey"];
        options?: never;
        head?: never;
        /**
         * Rename a passkey
         * @description The name is the user's alone; the device does not learn of it.
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
         * Go to the provider
         * @description For a link: the browser is sent to the provider, and comes back to `returnTo` signed in. If the provider does not answer, or there is none,
         *     the browser is sent to `/login#problem=` with the code of the problem instead.
         */
        get: operations["goToProvider"];
        put?: never;
        /**
         * Begin to sign in at the provider
         * @description For a page: answers where to go. A guest who signs in there keeps the notes, if the provider's person has no account yet; somebody without an
         *     account gets one, where registration allows it.
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
         * Come back from the provider
         * @description The provider sends the browser here, with a code or the reason why there is none. It goes on with the page: to `returnTo` with the cookie of a
         *     session; or, with `#problem=` and a code, to `/login` from a sign-in and to `returnTo` from what was begun in an account.
         *
         *     Besides codes that other operations answer, these are told so: `sign_in_expired` (too late, a second time, or in another browser),
         *     `sign_in_refused` (by the provider or the person), `sign_in_failed` (the answer of the provider is not to be trusted), `address_not_allowed`
         *     (no verified address in a domain that is let in), `identity_not_linked` (an account has the address: sign in to it and link the identity
         *     there), `identity_taken` (it is linked to another account), `provider_unavailable`, `registration_closed`, `invite_required`,
         *     `account_disabled`, `second_factor_required` (the sign-in waits for it, in this browser).
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
         * @description People at the provider by whom the account is signed in to. There are at most 10, so there are no pages.
         */
        get: operations["listIdentities"];
        put?: never;
        /**
         * Link an identity
         * @description Needs the password of the account, or a confirmation. Answers where to go; whoever signs in there signs in to this account from then on. Nothing
         *     is linked by an address alone.
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
         * @description Needs the password of the account, or a confirmation. The last way to sign in stays.
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
         * Begin to confirm at the provider
         * @description In place of a password: the user signs in at the provider again, as one of the identities of the account. For five minutes after that, this
         *     session may do what needs the password without it.
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
         * @description There are at most 50, so there are no pages.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /**
         * End all other sessions
         * @description Whoever uses them is signed out at once; the session of this request stays.
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
         * @description Whoever uses it is signed out at once. To end the session of this request is to sign out.
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
         * @description There are at most 50, so there are no pages. Those that have ended are among them until they are deleted.
         */
        get: operations["listTokens"];
        put?: never;
        /**
         * Make an access token
         * @description Needs the password of the account, or a confirmation. The token begins with `notes_pat_` and ends in a checksum, so that scanners find it where it should not
         *     be. It ends after `expiresInDays`, and with a change of the password.
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
         * @description It opens nothing any more, at once.
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
         * @description All labels of the user, in the user's order. There are few, so there are no pages.
         *
         *     An access token needs the scope `labels:read`.
         */
        get: operations["listLabels"];
        put?: never;
        /**
         * Make a label
         * @description It stands after all others.
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
         * @description Labels that are not named follow in the order they have.
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
         * @description Its `ETag` is what a conditional change sends as `If-Match`.
         *
         *     An access token needs the scope `labels:read`.
         */
        get: operations["readLabel"];
        put?: never;
        post?: never;
        /**
         * Delete a label
         * @description Notes that carry it stay and lose it.
         *
         *     An access token needs the scope `labels:write`.
         */
        delete: operations["deleteLabel"];
        options?: never;
        head?: never;
        /**
         * Change a label
         * @description `If-Match` is optional here: two people rarely rename one label at a time.
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
         * @description One place. By position, pinned ones come first, each section in the user's order; by reminder only those come that remind. Pages never lose or repeat a note that nobody touches; what is written
         *     while pages are read is in `GET /api/changes?since=` the `revision` of the pages.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["listNotes"];
        put?: never;
        /**
         * Make a note
         * @description It stands before all others of its section, and may be empty. With `Idempotency-Key`, a request that is sent again within 24 hours makes
         *     no second note.
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
         * @description The notes named exchange the slots that they hold: all others stay where they are, also those that a filter hides or that are not
         *     loaded yet. They must be in one place, and all pinned or none.
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
         * @description Wherever it is: among the active ones, in the archive, or in the trash. Its `ETag` is what a change sends as `If-Match`.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["readNote"];
        put?: never;
        post?: never;
        /**
         * Throw a note away
         * @description It goes to the trash, from where it can be restored until it is deleted for good, by itself after 30 days. `If-Match` is optional:
         *     nothing is lost.
         *
         *     An access token needs the scope `notes:write`.
         */
        delete: operations["trashNote"];
        options?: never;
        head?: never;
        /**
         * Change a note
         * @description `If-Match` names the version that the change is based on, so that nobody overwrites what they have not seen; `*` overwrites whatever is
         *     there. Notes in the trash are restored first.
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
         * @description It leaves the list of active notes and is still found by a search. `If-Match` is optional: nothing is lost.
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
         * Take a note out of the archive
         * @description It stands before all others of its section again. `If-Match` is optional: nothing is lost.
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
         * @description Out of the trash, to where it was before: the archive, if it was archived.
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
         * Put a note beside another
         * @description In the same place; it is pinned from then on if the other one is, or not if it is not.
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
         * Delete a note for good
         * @description It must be in the trash: what happens by one wrong click can be undone.
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
         * @description Everything in it is deleted for good.
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
         * @description In one transaction, one after the other. What is not possible is skipped and said; the others are done.
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
         * @description Changes within five minutes are one. 50 are kept of each note, for 90 days.
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
         * @description By the version that the note had when it said so.
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
         * @description The note says again what it said then. What it says now is kept like any other version.
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
         * @description All of them, also where the note is in the archive or the trash.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["listAttachments"];
        put?: never;
        /**
         * Add an attachment
         * @description The body is the file, at most 100 MiB unless the operator says otherwise. Larger ones and bad connections are for
         *     `POST /api/notes/{id}/uploads`, which can be resumed. The kind of a file and the size of a picture are found by its bytes; of pictures in
         *     PNG, JPEG, GIF and WebP a small one is made. An account has so many bytes, those of notes in the trash included.
         *     With `Idempotency-Key`, a request that is sent again within 24 hours with the same bytes adds no second one.
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
         * Read what is known of an attachment
         * @description Its name, kind and size. Its bytes are in `GET /api/attachments/{id}/content`.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["readAttachment"];
        put?: never;
        post?: never;
        /**
         * Delete an attachment
         * @description For good: there is no trash for attachments. `If-Match` is optional.
         *
         *     An access token needs the scope `notes:write`.
         */
        delete: operations["deleteAttachment"];
        options?: never;
        head?: never;
        /**
         * Change an attachment
         * @description Its name or its words. `If-Match` names the version that the change is based on; `*` overwrites whatever is there. The bytes of an
         *     attachment never change.
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
         * @description With the media type that was found by the bytes. Pictures, sounds, films and PDF may be shown by a browser, in a sandbox; everything else,
         *     pages and SVG among it, is only downloaded. Where files are in a bucket, the answer may be 302 to an address that is good for a minute.
         *     Requests with `Range` for one range of bytes are answered 206 with that range, also with `If-Range`.
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
         * Read a small picture of an attachment
         * @description At most 512 pixels wide and high, turned as the picture says, and without anything else that the picture says of itself, such as where
         *     it was taken. JPEG, or PNG where one sees through it.
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
         * @description For files that are large, and connections that break: the protocol is tus 1.0 with creation, expiration and termination, and its
         *     clients work as they are. Room for the whole file is taken at once. Send the bytes by `PATCH /api/uploads/{id}`; a piece counts when all
         *     of it has come, so that pieces of a few MiB lose little. What is left for 24 hours is forgotten.
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
         * @description `HEAD` has the headers alone, as tus wants it: `Upload-Offset` is where the next piece begins.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["readUpload"];
        put?: never;
        post?: never;
        /**
         * Forget an upload
         * @description What has come of it is deleted, and the room is free again. A complete one is an attachment, and is deleted as such.
         *
         *     An access token needs the scope `notes:write`.
         */
        delete: operations["deleteUpload"];
        options?: never;
        head?: never;
        /**
         * Send a piece
         * @description It must begin where the upload is (409 if it does not), and of two that come at once one is taken. With the last piece the file is looked
         *     at and becomes an attachment with the identifier of the upload; if that fails, the last piece can be sent again.
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
         * @description Read from its Markdown, in the order of the text; the `ETag` is that of the note.
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
         * @description No other byte of the note's Markdown changes. `If-Match` names the version of the note in which the item has this number; with `*` it is
         *     the one that has it now.
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
         * @description All words must be there, in the title or the text; "words in quotation marks" one after the other. Of the last word the beginning is enough.
         *     Accents and case do not count, vowel signs do. Whole words come before longer ones, and a title counts more than the text. Targets of links
         *     and emoji are found too. Searches of nothing but signs find nothing.
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
         * @description As one JSON document, or as a zip archive of Markdown files, each with title, colour, labels and times before its text. Both have what
         *     notes said before, and both can be imported, whatever their size. Attachments are in the archive only.
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
         * @description An export of this service in either form, of Google Keep (Takeout), Joplin (JEX or its raw folder), Evernote (ENEX), Obsidian, Notesnook,
         *     Simplenote or Standard Notes; a zip archive of other Markdown files, one Markdown file, or a page of HTML. The content says which of them
         *     a file is; it may be sent as `application/octet-stream` always.
         *
         *     What can be taken is added above the notes that are there; the answer lists the rest by file, line and reason. Nothing is imported twice
         *     if the file names identifiers: a note that is in the account already stays as it is. Labels are found by their names, and made where
         *     there are none. Notes in the trash stay in it for as long as those thrown away now. An import that was cut off can be sent again.
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
         * @description What was made, changed or deleted since a revision, each thing once and as it is now. All pages of `GET /api/notes` in each place,
         *     `GET /api/shared`, `GET /api/labels` and `GET /api/filters`, then the changes since the revision of the first page, are the exact state, whatever was written in between.
         *
         *     What is deleted for good is remembered for 90 days. A device that was away for longer is answered 410, and reads everything again.
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
         * Listen
         * @description Server-sent events: `changed` with the current revision at once and whenever something was written, by whichever device; `reminder` once
         *     for each reminder that becomes due. A comment comes every 20 s when nothing else does. The stream ends with the session and with the
         *     process; browsers come again by themselves, with `Last-Event-ID`, and are told of reminders that were fired in between, the last 100.
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
         * @description All of them, in the user's order. There are at most 100, so there are no pages.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["listFilters"];
        put?: never;
        /**
         * Save a filter
         * @description The new filter stands after all others. Its notes are in `GET /api/filters/{id}/notes`.
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
         * @description Filters that are not named follow in the order they have.
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
         * @description Its `ETag` is what a conditional change sends as `If-Match`.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["readFilter"];
        put?: never;
        post?: never;
        /**
         * Delete a saved filter
         * @description Notes stay as they are.
         *
         *     An access token needs the scope `notes:write`.
         */
        delete: operations["deleteFilter"];
        options?: never;
        head?: never;
        /**
         * Change a saved filter
         * @description `query` is replaced as a whole. `If-Match` is optional here.
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
         * @description As `GET /api/notes` or, for a filter with `q`, `GET /api/search` would with its parameters. A cursor belongs to the filter as it was.
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
         * @description All webhooks of the user, the oldest first. There are at most 10, so there are no pages.
         *
         *     An access token needs the scope `webhooks:read`.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Make a webhook
         * @description Each event is sent as a `POST` with a JSON body: `id`, `type`, `timestamp`, and `data` with the `revision`, the identifiers, and the note or label as it
         *     is when the event is first sent. It is signed as the Standard Webhooks specification says, with the headers `webhook-id`, `webhook-timestamp` and
         *     `webhook-signature`. A receiver takes it with a status from 200 to 299 within 10 seconds; redirects are not followed.
         *
         *     Events of one webhook come one after the other, in the order of their revisions, at least once: the same `webhook-id` may come again. One that was not
         *     taken is sent again, later and later, and those behind it wait; after about a day of failures the webhook is switched off. Changes of the order alone are no
         *     events.
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
         * @description The state of the webhook says whether it is told anything, and if not, why. Its secret is not shown again.
         *
         *     An access token needs the scope `webhooks:read`.
         */
        get: operations["readWebhook"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description Events that wait for it are not sent any more.
         *
         *     An access token needs the scope `webhooks:write`.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook
         * @description Its secret stays, whatever address it has. `If-Match` is optional here.
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
         * @description The answer shows the new one this once. For 24 hours, what is sent carries a signature by the one before too.
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
         * Call a webhook for a test
         * @description Sends one message of the type `ping`, at once and whether or not the webhook is switched on, and says what came of it. At most 10 in five minutes.
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
         * @description All that wait, and the last 100 that do not any more.
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
         * @description As soon as possible and before all that wait, whether it was taken, given up, or waits for its next attempt. With the same `webhook-id` and the same body.
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
         * @description One that waits is not sent, so that those behind it go on: for an event that its receiver will never take.
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
         * @description The same for everybody and on every replica. Where the service does not push, the answer is `push_off`.
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
         * @description Browsers of the user that are told of reminders: at most one for each session, so there are no pages.
         */
        get: operations["listPushSubscriptions"];
        put?: never;
        /**
         * Subscribe to push messages
         * @description Tells this browser of reminders while its session lasts, by a message as `{"type":"reminder","noteId":…,"reminderAt":…,"title":…}` (RFC 8030,
         *     RFC 8291). It takes the place of what the session had subscribed before; sent again, it changes nothing. When messages are sent, and whether
         *     titles are in them, is in `PATCH /api/me/reminders`.
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
         * @description The browser is told nothing more, whichever of the user's it is. What is on its way to it is dropped.
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
         * @description Events of `GET /api/events` come in any case; this is about what comes besides.
         */
        get: operations["readReminderSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change how reminders are delivered
         * @description Holds for reminders that become due from now on.
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
         * End mails about reminders
         * @description Links of such mails lead here, for whoever has one; programs for mail post here by themselves (RFC 8058). Nothing else ends.
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
         * @description Those that have not ended; there are at most ten, so there are no pages.
         */
        get: operations["listNoteLinks"];
        put?: never;
        /**
         * Make a link to a note
         * @description Whoever has the link reads the note, without an account, until it ends or is revoked; nobody does while the note is in the trash. Guests make
         *     none, and a note has at most ten.
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
         * @description Whoever has it sees nothing any more, at once.
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
         * @description For whoever has the token, which travels in the body: addresses stand in the logs of everything on the way. A token that never was, a link
         *     that has ended, and a note that is gone or in the trash answer the same. One network opens 60 links a minute.
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
         * @description Who has the note besides its owner, and who was invited; there are at most 20, so there are no pages.
         */
        get: operations["listNoteShares"];
        put?: never;
        /**
         * Share a note with somebody
         * @description Invites whoever has the address: the answer is the same whether or not an account has it. Whoever has it finds the invitation in
         *     `GET /api/invitations` for 14 days and accepts it, or does not. An invitation to the same address replaces the one before. A user sends 50 a
         *     day; guests send none.
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
         * @description Or take an invitation back. The recipient has the note no more, at once, and hears of it among the changes.
         */
        delete: operations["endNoteShare"];
        options?: never;
        head?: never;
        /**
         * Change a share of a note
         * @description Its right, from now on: of an open invitation too.
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
         * List invitations to notes of others
         * @description Those that were sent to the address of the account, and are open. Where the service sends mail, there are some only once the address is
         *     verified; where it does not, those that were sent while the account had the address. An event `changed` tells when one comes.
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
         * @description The note is among those of `GET /api/shared` from now on, and its owner sees who accepted. At most 1,000 notes are shared with one account.
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
         * @description Its sender is not told, and sees it as open until it ends.
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
         * List notes of others
         * @description Those that are shared with the caller, but for those in the trash of their owners. With `q`, only those that say this, as in
         *     `GET /api/search`, which finds the caller's own.
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
         * Read a note of somebody else
         * @description Its `ETag` is what a change sends as `If-Match`.
         *
         *     An access token needs the scope `notes:read`.
         */
        get: operations["readSharedNote"];
        put?: never;
        post?: never;
        /**
         * Leave a note of somebody else
         * @description It is not shared with the caller any more, which its owner sees. The note stays as it is.
         *
         *     An access token needs the scope `notes:write`.
         */
        delete: operations["leaveSharedNote"];
        options?: never;
        head?: never;
        /**
         * Change a note of somebody else
         * @description Its title and text, with the right to write. `If-Match` names the version that the change is based on; `*` overwrites whatever is there. What
         *     the note said before is in its history, with the name of who wrote it, for its owner.
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
         * List the items of the checklist of somebody else's note
         * @description Read from its Markdown, in the order of the text; the `ETag` is that of the note.
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
         * Change an item of the checklist of somebody else's note
         * @description With the right to write; no other byte of the note's Markdown changes. `If-Match` names the version of the note in which the item has this
         *     number.
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
         * @description The account of a user or a guest.
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
             * @description Its identifier.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description The address; guests have none, nor has who came by a provider that names none.
             * @example ada@example.com
             */
            email?: string;
            /**
             * @description Whether the address was shown to be its user's, by the link of a mail.
             * @example false
             */
            emailVerified: boolean;
            /**
             * @description The name.
             * @example ada
             */
            username: string;
            /**
             * @description Whether it is a guest's.
             * @example false
             */
            guest: boolean;
            /**
             * Format: date-time
             * @description When it ends with everything in it, if it is a guest's.
             * @example 2026-05-04T09:30:00Z
             */
            expiresAt?: string;
            /** @description What it holds. */
            usage: components["schemas"]["Usage"];
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
        };
        /**
         * AccountPatch
         * @description The changes of an account; what is left out stays.
         * @example {
         *       "email": "ada@example.com",
         *       "username": "ada",
         *       "currentPassword": "seven quiet lanterns"
         *     }
         */
        AccountPatch: {
            /**
             * @description A new address; needs `currentPassword`, or a confirmation in this session within five minutes.
             * @example ada@example.com
             */
            email?: string;
            /**
             * @description A new name.
             * @example ada
             */
            username?: string;
            /**
             * Format: password
             * @description The password of the account.
             * @example seven quiet lanterns
             */
            currentPassword?: string;
        };
        /**
         * Attachment
         * @description A file of a note.
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
             * @description Its identifier.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * Format: uuid
             * @description The note it belongs to.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            noteId: string;
            /**
             * @description Its name without folders, at most 255 characters.
             * @example kitchen.jpg
             */
            name: string;
            /**
             * @description Words for those who do not see it, at most 1,000 characters; perhaps none.
             * @example A kitchen with a blue door
             */
            alt: string;
            /**
             * @description Its media type, which the service has found by its bytes.
             * @example image/jpeg
             */
            mediaType: string;
            /**
             * Format: uint64
             * @description Its size in bytes.
             * @example 482133
             */
            bytes: number;
            /**
             * @description The SHA-256 hash of its bytes, in hexadecimal digits.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            sha256: string;
            /**
             * Format: uint32
             * @description Width of a picture in pixels, as it is shown.
             * @example 1600
             */
            width?: number;
            /**
             * Format: uint32
             * @description Height of a picture in pixels, as it is shown.
             * @example 1200
             */
            height?: number;
            /**
             * @description `true` if `GET /api/attachments/{id}/thumbnail` has a small picture.
             * @example true
             */
            hasThumbnail: boolean;
            /**
             * @description `true` if browsers may show it; everything else is only downloaded.
             * @example true
             */
            inline: boolean;
            /**
             * Format: int64
             * @description Counts changes of its name and its words; the number in its `ETag`.
             * @example 7
             */
            version: number;
            /**
             * Format: date-time
             * @description When it was begun to be sent.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2026-05-04T09:30:00Z
             */
            updatedAt: string;
            /**
             * Format: int64
             * @description The version that its note has because of it; in the answer to the upload only.
             * @example 8
             */
            noteVersion?: number;
        };
        /**
         * AttachmentList
         * @description The attachments of a note.
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
             * @description All of them, in the order in which they came.
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
         * @description The changes of an attachment; what is left out stays.
         * @example {
         *       "name": "kitchen.jpg",
         *       "alt": "A kitchen with a blue door"
         *     }
         */
        AttachmentPatch: {
            /**
             * @description A new name; folders before it are left out.
             * @example kitchen.jpg
             */
            name?: string;
            /**
             * @description New words for those who do not see it.
             * @example A kitchen with a blue door
             */
            alt?: string;
        };
        /**
         * BatchOperation
         * @description One operation on one note of a batch.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-7bdfd7c3cb63",
         *       "op": "addLabel",
         *       "labelId": "01976c8e-4f1a-7c3e-9d2b-000000000001"
         *     }
         */
        BatchOperation: {
            /**
             * Format: uuid
             * @description The note.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /** @description What is done with it. */
            op: components["schemas"]["Verb"];
            /** @description For `setColor`. */
            color?: components["schemas"]["Color"];
            /**
             * Format: uuid
             * @description For `addLabel` and `removeLabel`.
             * @example 01976c8e-4f1a-7c3e-9d2b-000000000001
             */
            labelId?: string;
        };
        /**
         * BatchOutcome
         * @description The result of one operation, with its reason where it failed.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-1c577444f842",
         *       "status": "done"
         *     }
         */
        BatchOutcome: {
            /**
             * Format: uuid
             * @description The note.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /** @description How it ended. */
            status: components["schemas"]["BatchStatus"];
            /**
             * @description Why it was not possible: a code as in problems.
             * @example EXAMPLE
             */
            code?: string;
            /**
             * @description The same in words.
             * @example no such note
             */
            detail?: string;
        };
        /**
         * BatchRequest
         * @description Operations, in the order in which they are done.
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
             * @description The operations.
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
         * @description The results of all operations of a batch.
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
             * @description One for each operation, in the same order.
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
             * @description The user's revision after it.
             * @example 42
             */
            revision: number;
        };
        /**
         * @description The result of one operation of a batch.
         * @example done
         * @enum {string}
         */
        BatchStatus: "done" | "unchanged" | "failed";
        /**
         * ChangeList
         * @description The things that have changed, as they are now.
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
             * @description Notes that were made or changed, also those in the archive and the trash, in the order of their last changes.
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
             * @description Labels that were made or changed.
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
             * @description Saved filters that were made or changed.
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
             * @description Notes that were deleted for good.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
             *     ]
             */
            deletedNotes: string[];
            /**
             * @description Labels that were deleted.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
             *     ]
             */
            deletedLabels: string[];
            /**
             * @description Saved filters that were deleted.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
             *     ]
             */
            deletedFilters: string[];
            /**
             * @description Notes of others that were shared with the caller, or changed since.
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
             * @description Notes of others that are not shared with the caller any more, or were thrown away by their owners.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
             *     ]
             */
            endedShares: string[];
            /**
             * Format: int64
             * @description What `since` must be next time. Where there is more, of a reading that began with 0, it may be a number that is no revision.
             * @example 42
             */
            revision: number;
            /**
             * @description Whether there is more already. Until there is not, a note may carry a label that is still to come.
             * @example false
             */
            more: boolean;
        };
        /**
         * Changed
         * @description The user's data has changed.
         * @example {
         *       "revision": 42
         *     }
         */
        Changed: {
            /**
             * Format: int64
             * @description Up to this revision. What has changed is in `GET /api/changes`.
             * @example 42
             */
            revision: number;
        };
        /**
         * Checklist
         * @description The progress of the checklist of a note.
         * @example {
         *       "done": 1,
         *       "total": 2
         *     }
         */
        Checklist: {
            /**
             * Format: uint32
             * @description Items that are done.
             * @example 1
             */
            done: number;
            /**
             * Format: uint32
             * @description All items.
             * @example 2
             */
            total: number;
        };
        /**
         * @description A colour: a name, so that a theme decides what it looks like.
         * @example white
         * @enum {string}
         */
        Color: "white" | "red" | "orange" | "yellow" | "green" | "teal" | "blue" | "purple" | "pink";
        /**
         * Confirmation
         * @description A confirmation at the provider that is to begin.
         * @example {
         *       "returnTo": "/settings"
         *     }
         */
        Confirmation: {
            /**
             * @description The path of the page to go on with, beginning with one `/`; the board, if it is left out.
             * @example /settings
             */
            returnTo?: string;
        };
        /**
         * Credentials
         * @description The name or address that somebody signs in with: one of `login` and `email`, and the password.
         * @example {
         *       "login": "ada",
         *       "password": "seven quiet lanterns"
         *     }
         */
        Credentials: {
            /**
             * @description The address or the username. Case does not count.
             * @example ada
             */
            login?: string;
            /**
             * @description The same, under the name that it has in the original.
             * @example ada@example.com
             */
            email?: string;
            /**
             * Format: password
             * @description The password.
             * @example seven quiet lanterns
             */
            password: string;
        };
        /**
         * @description Reminders that are delivered in some way: `off` none, `away` those that come while no page of the user is open, `always` all.
         * @example off
         * @enum {string}
         */
        DeliverWhen: "off" | "away" | "always";
        /**
         * @description The kind of a document that was exported.
         * @example notes
         * @enum {string}
         */
        DocumentKind: "notes";
        /**
         * Emptied
         * @description The number of notes that were deleted.
         * @example {
         *       "deleted": 1
         *     }
         */
        Emptied: {
            /**
             * Format: uint64
             * @description How many notes.
             * @example 1
             */
            deleted: number;
        };
        /**
         * @description The data of an event, by its kind.
         * @example {
         *       "revision": 42
         *     }
         */
        Event: components["schemas"]["Changed"] | components["schemas"]["Reminded"];
        /**
         * Export
         * @description Labels and notes of an account.
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
            /** @description What it is. */
            format: components["schemas"]["DocumentKind"];
            /**
             * Format: int32
             * @description Of the format.
             * @example 1
             */
            version: number;
            /**
             * @description All labels, in the user's order.
             * @example [
             *       {
             *         "name": "Errands",
             *         "color": "green"
             *       }
             *     ]
             */
            labels?: components["schemas"]["PortableLabel"][];
            /**
             * @description All filters that were saved, in the user's order; absent in exports of releases before there were any.
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
             * @description The notes: active ones, archived ones, those in the trash, each pinned ones first, in the user's order.
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
         * @description The factors of an account beside its password.
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
             * @description True if signing in by password has a second step.
             * @example true
             */
            secondStep: boolean;
            /**
             * @description True if codes of an app are asked for.
             * @example true
             */
            totp: boolean;
            /**
             * Format: date-time
             * @description The time since which they are asked for.
             * @example 2026-05-04T09:30:00Z
             */
            totpSince?: string;
            /**
             * Format: uint64
             * @description The number of passkeys, at most 20.
             * @example 1
             */
            passkeys: number;
            /**
             * Format: uint64
             * @description The number of recovery codes that are left, at most 10.
             * @example 10
             */
            recoveryCodesLeft: number;
        };
        /**
         * FactorStart
         * @description The permission to change factors: the password.
         * @example {
         *       "currentPassword": "seven quiet lanterns"
         *     }
         */
        FactorStart: {
            /**
             * Format: password
             * @description The password of the account; not needed within ten minutes after signing in by a passkey, or five after confirming at the provider.
             * @example seven quiet lanterns
             */
            currentPassword?: string;
        };
        /**
         * Farewell
         * @description The end of an account.
         * @example {
         *       "currentPassword": "seven quiet lanterns"
         *     }
         */
        Farewell: {
            /**
             * Format: password
             * @description The password of the account; guests have none. Without it, the user has to have confirmed in this session within five minutes.
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
             * @description A JSON pointer into the body (RFC 6901), or the name of a parameter.
             * @example /title
             */
            field: string;
            /**
             * @description What is wrong, as a stable word.
             * @example too_long
             */
            code: string;
            /**
             * @description What is wrong and what would be right.
             * @example has 1001 characters, and at most 1000 are allowed
             */
            message: string;
        };
        /**
         * @description The amount of each note that a list has.
         * @example full
         * @enum {string}
         */
        Fields: "full" | "board";
        /**
         * FilterList
         * @description All saved filters of the user, in their order.
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
             * @description In the user's order.
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
         * @description An order of saved filters.
         * @example {
         *       "ids": [
         *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
         *       ]
         *     }
         */
        FilterOrder: {
            /**
             * @description Filters in their new order; those that are not named follow in the order they have.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
             *     ]
             */
            ids: string[];
        };
        /**
         * FilterPatch
         * @description Changes of a saved filter; properties that are left out stay.
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
             * @description A new name.
             * @example Errands with eggs
             */
            name?: string;
            /** @description The conditions of its notes from now on, all of them. */
            query?: components["schemas"]["FilterQuery"];
        };
        /**
         * FilterQuery
         * @description The conditions of a filter: the parameters of `GET /api/notes`, or with `q` those of `GET /api/search`.
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
            /** @description The place of its notes. If none is named the active ones, with `q` everywhere but in the trash. */
            place?: components["schemas"]["Place"];
            /**
             * @description Only those that are pinned, or those that are not.
             * @example false
             */
            pinned?: boolean;
            /**
             * @description Only those with any of these labels.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-000000000001"
             *     ]
             */
            labelIds?: string[];
            /** @description Only those of this colour. */
            color?: components["schemas"]["Color"];
            /**
             * @description Only those that remind, or those that do not.
             * @example false
             */
            hasReminder?: boolean;
            /** @description Their order: `position` if nothing is said, or `reminder` for only those that remind, the earliest first. Not with `q`, of which the best matches come first. */
            sort?: components["schemas"]["FilterSort"];
            /**
             * @description Words that its notes say, as `GET /api/search` takes them.
             * @example eggs
             */
            q?: string;
        };
        /**
         * @description An order of the notes of a filter.
         * @example position
         * @enum {string}
         */
        FilterSort: "position" | "reminder";
        /**
         * FilteredNotes
         * @description A page of the notes of a filter.
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
             * @description In the order of the filter.
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
             * @description The `cursor` of the next page; absent on the last.
             * @example WyIwMTk3NmM4ZSJd
             */
            nextCursor?: string;
        };
        /**
         * @description The format in which notes are exported.
         * @example json
         * @enum {string}
         */
        Format: "json" | "markdown";
        /**
         * Hit
         * @description A note that was found.
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
            /** @description The note. */
            note: components["schemas"]["Note"];
            /**
             * @description A short extract of its text around what was found; the pieces follow each other without a space.
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
         * @description A page of notes that were found.
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
             * @description The best first; with more than 5,000 the latest.
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
             * @description What `cursor` must be for the next page; absent on the last.
             * @example WyIwMTk3NmM4ZSJd
             */
            nextCursor?: string;
        };
        /**
         * Identity
         * @description A person at a provider.
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
             * @description Its identifier.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description The address of the provider, as it names itself.
             * @example https://login.example.com
             */
            issuer: string;
            /**
             * @description The address or name of the person there when it was linked, for people to recognize it.
             * @example ada@example.com
             */
            label?: string;
            /**
             * Format: date-time
             * @description When it was linked.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last signed in with.
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
             * @description In the order in which they were linked.
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
         * @description One thing that an import could not take as it was.
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
             * @description Path of the file in the archive; absent for a file that was sent alone.
             * @example recipes/eggs.md
             */
            file?: string;
            /**
             * Format: uint64
             * @description Line of the file, from 1; absent if the remark is about all of it.
             * @example 1
             */
            line?: number;
            /** @description Its consequence. */
            effect: components["schemas"]["RemarkEffect"];
            /**
             * @description A stable word for the reason, as `encoding` or `time`.
             * @example time
             */
            code: string;
            /**
             * @description The reason, for people.
             * @example has 1001 characters, and at most 1000 are allowed
             */
            message: string;
        };
        /**
         * Imported
         * @description The outcome of an import.
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
             * @description Notes that were made.
             * @example 1
             */
            notes: number;
            /**
             * Format: uint64
             * @description Labels that were made; those that were there are used.
             * @example 1
             */
            labels: number;
            /**
             * Format: uint64
             * @description Saved filters that were made; those with the name of one that was there are left as they are.
             * @example 1
             */
            filters: number;
            /**
             * Format: uint64
             * @description Attachments that were added, also to notes that were there and lacked them.
             * @example 3
             */
            attachments: number;
            /**
             * Format: uint64
             * @description Notes that were not made, because an earlier import made them or they are those of the account; they are as they were.
             * @example 1
             */
            present: number;
            /**
             * Format: uint64
             * @description Files and notes that were left out.
             * @example 1
             */
            leftOut: number;
            /**
             * Format: uint64
             * @description Values of notes that were left out or changed.
             * @example 1
             */
            changed: number;
            /**
             * @description What was left out or changed and why, at most 1,000 remarks.
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
         * @description The additions that a note is shown with.
         * @example html
         * @enum {string}
         */
        Include: "html";
        /**
         * Invitation
         * @description An invitation to read a note, or to write it too. It shows nothing of the note.
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
             * @description The identifier of the invitation, by which it is accepted.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description The username of the owner of the note.
             * @example grace
             */
            owner: string;
            /** @description The right that it gives. */
            right: components["schemas"]["ShareRight"];
            /**
             * Format: date-time
             * @description When the invitation was made.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the invitation ends, if it is not accepted.
             * @example 2026-05-04T09:30:00Z
             */
            expiresAt: string;
        };
        /**
         * InvitationList
         * @description All invitations that wait for an answer.
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
             * @description The newest 100, the newest first.
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
         * @description An item of a checklist: an entry of a list in the note's Markdown that begins with `[ ]` or `[x]`.
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
             * @description Its number among the items of the note, from 0.
             * @example 1
             */
            index: number;
            /**
             * @description What it says, in Markdown, without items below it.
             * @example eggs
             */
            text: string;
            /**
             * @description Whether it is done.
             * @example false
             */
            checked: boolean;
            /**
             * Format: uint32
             * @description In how many entries of lists it lies.
             * @example 1
             */
            depth: number;
        };
        /**
         * ItemList
         * @description The checklist of a note.
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
             * @description In the order of the text; none if the note has no checklist.
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
         * @description The changes of an item; what is left out stays.
         * @example {
         *       "checked": false,
         *       "text": "eggs"
         *     }
         */
        ItemPatch: {
            /**
             * @description Done, or not.
             * @example false
             */
            checked?: boolean;
            /**
             * @description What it says, in Markdown. It must be text of this one item: what would make another item, or end the list, is refused.
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
             * @description Its identifier.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description Its name, unique among the user's labels whatever the case.
             * @example Errands
             */
            name: string;
            /** @description Its colour. */
            color: components["schemas"]["Color"];
            /**
             * Format: int32
             * @description Its place in the user's order, from 0.
             * @example 1
             */
            sort: number;
            /**
             * Format: int64
             * @description Counts its changes; the number in its `ETag`.
             * @example 7
             */
            version: number;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2026-05-04T09:30:00Z
             */
            updatedAt: string;
        };
        /**
         * LabelList
         * @description All labels of the user, in their order.
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
             * @description In the user's order.
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
         * @description The order in which labels are to stand.
         * @example {
         *       "ids": [
         *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
         *       ]
         *     }
         */
        LabelOrder: {
            /**
             * @description Labels in their new order; those that are not named follow in the order they have.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
             *     ]
             */
            ids: string[];
        };
        /**
         * LabelPatch
         * @description The changes of a label; what is left out stays.
         * @example {
         *       "name": "Errands",
         *       "color": "green"
         *     }
         */
        LabelPatch: {
            /**
             * @description A new name.
             * @example Errands
             */
            name?: string;
            /** @description A new colour. */
            color?: components["schemas"]["Color"];
        };
        /**
         * LinkedNote
         * @description A note as a link shows it: nothing of its owner, its labels or what it said before.
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
             * @description The title of the note, perhaps empty.
             * @example Groceries
             */
            title: string;
            /**
             * @description The text of the note in Markdown, perhaps empty.
             * @example - [x] eggs
             *     - [ ] cream
             */
            content: string;
            /**
             * @description The same text as HTML, safe to put into a page.
             * @example <p>eggs</p>
             */
            html: string;
            /**
             * @description The items of its checklist, in the order of the text; none if it has no checklist.
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
            /** @description The colour of the note. */
            color: components["schemas"]["Color"];
            /**
             * Format: date-time
             * @description When the note was last changed.
             * @example 2026-05-04T09:30:00Z
             */
            updatedAt: string;
        };
        /**
         * NewFilter
         * @description A filter that is to be saved.
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
             * @description Its name, unique among the user's filters whatever the case.
             * @example Errands with eggs
             */
            name: string;
            /** @description The conditions of its notes. */
            query: components["schemas"]["FilterQuery"];
        };
        /**
         * NewIdentity
         * @description An identity that is to be linked.
         * @example {
         *       "returnTo": "/settings",
         *       "currentPassword": "seven quiet lanterns"
         *     }
         */
        NewIdentity: {
            /**
             * @description The path of the page to go on with, beginning with one `/`; the board, if it is left out.
             * @example /settings
             */
            returnTo?: string;
            /**
             * Format: password
             * @description The password of the account; without it, the user has to have confirmed in this session within five minutes, or signed in by a passkey within ten.
             * @example seven quiet lanterns
             */
            currentPassword?: string;
        };
        /**
         * NewLabel
         * @description A label that is to be made.
         * @example {
         *       "name": "Errands",
         *       "color": "green"
         *     }
         */
        NewLabel: {
            /**
             * @description Its name, unique among the user's labels whatever the case.
             * @example Errands
             */
            name: string;
            /** @description Its colour; white if none is named. */
            color?: components["schemas"]["Color"];
        };
        /**
         * NewNote
         * @description A note that is to be made.
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
             * @description Its title; empty if none is named.
             * @example Groceries
             */
            title?: string;
            /**
             * @description Its text in Markdown, at most 100 KiB; empty if none is named.
             * @example - [x] eggs
             *     - [ ] cream
             */
            content?: string;
            /** @description Its colour; white if none is named. */
            color?: components["schemas"]["Color"];
            /**
             * @description Whether it is pinned; not if nothing is said.
             * @example false
             */
            pinned?: boolean;
            /**
             * @description The labels it carries.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-000000000001"
             *     ]
             */
            labelIds?: string[];
            /**
             * Format: date-time
             * @description Time of the reminder: the only one, or the first of a series, whether or not the rule names its day.
             * @example 2026-05-04T09:30:00Z
             */
            reminderAt?: string;
            /** @description Makes the reminder come again. Without `reminderAt` it needs `start`, and reminds for the first time at the next of its times. */
            recurrence?: components["schemas"]["NewRecurrence"];
        };
        /**
         * NewNoteLink
         * @description A link that is to be made.
         * @example {
         *       "label": "for Grace",
         *       "expiresInDays": 90
         *     }
         */
        NewNoteLink: {
            /**
             * @description What to call it: whom it is for, best. Only the owner sees it; at most 100 characters.
             * @example for Grace
             */
            label?: string;
            /**
             * Format: uint32
             * @description Days after which it ends by itself, from 1 to 365; 30 if nothing is said.
             * @default 30
             * @example 90
             */
            expiresInDays: number;
        };
        /**
         * NewPushSubscription
         * @description A browser, as `PushSubscription.toJSON()` describes it.
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
             * @description The URL of its service, with `https`: messages are posted there.
             * @example https://push.example.net/send/kX3b
             */
            endpoint: string;
            /**
             * Format: uint64
             * @description The time at which the browser says that it ends, in milliseconds since 1970; `null` for none. Not needed: the service says when it has ended.
             * @example 1
             */
            expirationTime?: number | null;
            /** @description The keys that messages are encrypted for. */
            keys: components["schemas"]["PushKeys"];
        };
        /**
         * NewRecurrence
         * @description A series of reminders to make.
         * @example {
         *       "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
         *       "timeZone": "Europe/Berlin",
         *       "start": "2026-05-04T11:30:00"
         *     }
         */
        NewRecurrence: {
            /**
             * @description The days, as a rule of RFC 5545: `FREQ` (`DAILY`, `WEEKLY`, `MONTHLY`, `YEARLY`) with `INTERVAL`, `COUNT` or `UNTIL`, `BYMONTH`, `BYMONTHDAY`,
             *     `BYDAY`, `BYSETPOS` and `WKST`. At most 300 characters.
             * @example FREQ=WEEKLY;BYDAY=MO,FR
             */
            rule: string;
            /**
             * @description The zone of its local times, by its name in the IANA database. Nine o'clock stays nine o'clock when the clocks change; a time that the
             *     clocks pass over comes as much later, and of a time that they show twice the first counts.
             * @example Europe/Berlin
             */
            timeZone: string;
            /**
             * @description The local time of the first reminder, to the second; that of `reminderAt` if none is named.
             * @example 2026-05-04T11:30:00
             */
            start?: string;
        };
        /**
         * NewShare
         * @description Whom to share a note with.
         * @example {
         *       "email": "ada@example.com",
         *       "right": "read"
         *     }
         */
        NewShare: {
            /**
             * @description The address of the recipient. Case does not count. Whether an account has it is not told.
             * @example ada@example.com
             */
            email: string;
            /** @description `read`, or `write` for changing title and text too. */
            right: components["schemas"]["ShareRight"];
        };
        /**
         * NewToken
         * @description An access token to make.
         * @example {
         *       "name": "backup script",
         *       "scope": "read",
         *       "expiresInDays": 90,
         *       "currentPassword": "seven quiet lanterns"
         *     }
         */
        NewToken: {
            /**
             * @description What to call it: where it will be used, best.
             * @example backup script
             */
            name: string;
            /** @description Everything that is read, or everything: `read`, or `write` for reading and writing. One of `scope` and `scopes` is needed. */
            scope?: components["schemas"]["TokenScope"];
            /**
             * @description The things it is for, and nothing else. One of `scope` and `scopes` is needed.
             * @example [
             *       "notes:read"
             *     ]
             */
            scopes?: components["schemas"]["TokenPermission"][];
            /**
             * Format: uint32
             * @description Days after which it ends by itself.
             * @default 90
             * @example 90
             */
            expiresInDays: number;
            /**
             * Format: password
             * @description The password of the account: who finds a browser open makes no way in that stays. Without it, the user has to have confirmed in this session
             *     within five minutes.
             * @example seven quiet lanterns
             */
            currentPassword?: string;
        };
        /**
         * NewWebhook
         * @description A webhook that is to be made.
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
             * @description Its name; empty if none is named.
             * @example automation at home
             */
            name?: string;
            /**
             * @description The address to call with `POST`: `https`, on the port 443 or one from 1024 on, of a host with a public address. Nothing in it is shown in logs.
             * @example https://hooks.example.com/notes
             */
            url: string;
            /**
             * @description The kinds of events to be told of, at least one.
             * @example [
             *       "note.created"
             *     ]
             */
            events: components["schemas"]["WebhookEvent"][];
            /**
             * @description `true` for notes with their whole text; without it they come with the beginning that a board shows.
             * @example false
             */
            includeContent?: boolean;
        };
        /**
         * Note
         * @description A note with all that belongs to it.
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
             * @description Its identifier.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description Its title, perhaps empty.
             * @example Groceries
             */
            title: string;
            /**
             * @description Its text in Markdown, perhaps empty.
             * @example - [x] eggs
             *     - [ ] cream
             */
            content: string;
            /**
             * @description `true` where `content` is only the beginning, with `fields=board`: the whole text is in `GET /api/notes/{id}`.
             * @example false
             */
            shortened?: boolean;
            /**
             * @description The same as HTML, safe to put into a page; with `include=html` only.
             * @example <p>eggs</p>
             */
            html?: string;
            /** @description How far its checklist is, if it has one. */
            checklist?: components["schemas"]["Checklist"];
            /** @description Its colour. */
            color: components["schemas"]["Color"];
            /**
             * @description Whether it stands before those that are not.
             * @example false
             */
            pinned: boolean;
            /** @description Where it is. */
            place: components["schemas"]["Place"];
            /**
             * @description The labels it carries, in ascending order of their identifiers.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-000000000001"
             *     ]
             */
            labelIds: string[];
            /**
             * Format: date-time
             * @description Time of the reminder: the next one of a series, or the last one when it has reminded.
             * @example 2026-05-04T09:30:00Z
             */
            reminderAt?: string;
            /** @description The series that the reminder is one of, until its last one was; absent for a reminder that comes once. */
            recurrence?: components["schemas"]["Recurrence"];
            /**
             * Format: date-time
             * @description When it was thrown away.
             * @example 2026-05-04T09:30:00Z
             */
            trashedAt?: string;
            /**
             * @description Its key in the order of its section: text that sorts as the notes do.
             * @example a0
             */
            position: string;
            /**
             * Format: int64
             * @description Counts its changes; the number in its `ETag`.
             * @example 7
             */
            version: number;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2026-05-04T09:30:00Z
             */
            updatedAt: string;
            /**
             * Format: uint32
             * @description Number of its attachments, at most 100.
             * @example 1
             */
            attachmentCount: number;
            /** @description The first picture among its attachments, if there is one. */
            image?: components["schemas"]["NoteImage"];
            /**
             * @description `true` if somebody has accepted a share of it. This is no part of its version.
             * @example false
             */
            shared?: boolean;
            /** @description Who wrote its text last, if it was somebody whom it is or was shared with; absent for the owner. */
            writtenBy?: components["schemas"]["NoteWriter"];
            /**
             * @description Its attachments in the order in which they came; in `GET /api/notes/{id}` only, and only if there are some.
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
         * @description The picture that stands for a note on a board.
         * @example {
         *       "id": "01976c8e-4f1a-7c3e-9d2b-a6fad93b8a49",
         *       "width": 1600,
         *       "height": 1200
         *     }
         */
        NoteImage: {
            /**
             * Format: uuid
             * @description The attachment; `GET /api/attachments/{id}/thumbnail` is a small picture of it.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * Format: uint32
             * @description Its width in pixels, as it is shown.
             * @example 1600
             */
            width: number;
            /**
             * Format: uint32
             * @description Its height in pixels, as it is shown.
             * @example 1200
             */
            height: number;
        };
        /**
         * NoteLink
         * @description A link that shows a note.
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
             * @description The identifier of the link, by which it is revoked.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description What the owner calls it, if anything.
             * @example for Grace
             */
            label?: string;
            /**
             * Format: date-time
             * @description When the link was made.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the link ends by itself.
             * @example 2026-05-04T09:30:00Z
             */
            expiresAt: string;
            /**
             * @description The token itself, which opens the note. Only the answer that makes the link has it: it is not kept. In an address it belongs
             *     behind `#`, which browsers send to nobody.
             * @example EXAMPLE-OF-A-TOKEN
             */
            token?: string;
        };
        /**
         * NoteLinkList
         * @description The links of a note.
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
             * @description Those that have not ended, the newest first.
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
         * @description One page of a list of notes.
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
             * @description In the order that was asked for.
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
             * @description What `cursor` must be for the next page; absent on the last.
             * @example WyIwMTk3NmM4ZSJd
             */
            nextCursor?: string;
            /**
             * Format: int64
             * @description The revision when the first page was read: all pages and `GET /api/changes?since=` this are the exact state.
             * @example 42
             */
            revision: number;
        };
        /**
         * NoteOrder
         * @description The order in which notes are to stand.
         * @example {
         *       "ids": [
         *         "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
         *       ]
         *     }
         */
        NoteOrder: {
            /**
             * @description Notes of one section in their new order.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
             *     ]
             */
            ids: string[];
        };
        /**
         * NotePatch
         * @description The changes of a note; what is left out stays.
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
             * @description A new title.
             * @example Groceries
             */
            title?: string;
            /**
             * @description New text in Markdown, at most 100 KiB.
             * @example - [x] eggs
             *     - [ ] cream
             */
            content?: string;
            /** @description A new colour. */
            color?: components["schemas"]["Color"];
            /**
             * @description Pinned or not; it goes to the top of those.
             * @example false
             */
            pinned?: boolean;
            /**
             * @description The labels it carries from now on.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-000000000001"
             *     ]
             */
            labelIds?: string[];
            /**
             * Format: date-time
             * @description Time of the reminder; `null` for none, which ends a series too. Of a series, a time alone moves the next reminder, and the others stay where they are.
             * @example 2026-05-04T09:30:00Z
             */
            reminderAt?: string | null;
            /**
             * @description Makes the reminder come again, from now on by this series; `null` ends the series, so that `reminderAt` is the last one.
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
         * @description Beside which note another one goes: one of the two.
         * @example {
         *       "before": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
         *     }
         */
        NoteTarget: {
            /**
             * Format: uuid
             * @description Right before this one.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            before?: string;
            /**
             * Format: uuid
             * @description Right after this one.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            after?: string;
        };
        /**
         * NoteWriter
         * @description Somebody whom a note was shared with, and who wrote a text of it.
         * @example {
         *       "username": "ada"
         *     }
         */
        NoteWriter: {
            /**
             * @description The username; absent, if the account was deleted since.
             * @example ada
             */
            username?: string;
        };
        /**
         * OpenedLink
         * @description A link that is to be opened.
         * @example {
         *       "token": "EXAMPLE-OF-A-TOKEN"
         *     }
         */
        OpenedLink: {
            /**
             * Format: password
             * @description The token of the link.
             * @example EXAMPLE-OF-A-TOKEN
             */
            token: string;
        };
        /**
         * Ordered
         * @description The revision that a write has made.
         * @example {
         *       "revision": 42
         *     }
         */
        Ordered: {
            /**
             * Format: int64
             * @description The user's revision after it.
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
             * @description Its identifier.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description The name by which the user tells the device from others.
             * @example Ada's phone
             */
            name: string;
            /**
             * Format: date-time
             * @description The time at which it was registered.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description The time at which somebody signed in by it last.
             * @example 2026-05-04T09:30:00Z
             */
            lastUsedAt?: string;
        };
        /**
         * PasskeyEnd
         * @description The end of a passkey.
         * @example {
         *       "currentPassword": "seven quiet lanterns"
         *     }
         */
        PasskeyEnd: {
            /**
             * Format: password
             * @description The password of the account; not needed within ten minutes after signing in by a passkey, or five after confirming at the provider.
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
             * @description The newest first.
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
         * @description The options that a browser asks for a passkey with.
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
             * @description An object for `PublicKeyCredential.parseCreationOptionsFromJSON()` or `parseRequestOptionsFromJSON()` (WebAuthn Level 3), as the operation says.
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
         * @description The changes of a passkey: its name.
         * @example {
         *       "name": "Ada's phone"
         *     }
         */
        PasskeyPatch: {
            /**
             * @description A name by which the user tells the device from others, as `Ada's phone`.
             * @example Ada's phone
             */
            name: string;
        };
        /**
         * PasskeyProof
         * @description The answer of a passkey.
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
             * @description The result of `navigator.credentials.get()`, as its `toJSON()` writes it (WebAuthn Level 3, AuthenticationResponseJSON).
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
         * @description A passkey that is to be registered.
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
             * @description A name by which the user tells the device from others, as `Ada's phone`.
             * @example Ada's phone
             */
            name: string;
            /**
             * @description The result of `navigator.credentials.create()`, as its `toJSON()` writes it (WebAuthn Level 3, RegistrationResponseJSON).
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
             * @description The password of the account; not needed within ten minutes after signing in by a passkey, or five after confirming at the provider.
             * @example seven quiet lanterns
             */
            currentPassword?: string;
        };
        /**
         * PasswordChange
         * @description A change of the password.
         * @example {
         *       "currentPassword": "seven quiet lanterns",
         *       "newPassword": "nine patient harbours"
         *     }
         */
        PasswordChange: {
            /**
             * Format: password
             * @description The password of the account, if it has one; without it, the user has to have confirmed in this session within five minutes.
             * @example seven quiet lanterns
             */
            currentPassword?: string;
            /**
             * Format: password
             * @description The new one: long rather than complicated. Those that everybody tries first are refused.
             * @example nine patient harbours
             */
            newPassword: string;
        };
        /**
         * PasswordReset
         * @description Another password, by the link of a mail.
         * @example {
         *       "token": "notes_pat_EXAMPLE",
         *       "newPassword": "nine patient harbours"
         *     }
         */
        PasswordReset: {
            /**
             * Format: password
             * @description The token of the link.
             * @example notes_pat_EXAMPLE
             */
            token: string;
            /**
             * Format: password
             * @description The new password: long rather than complicated. Those that are guessed soon are refused.
             * @example nine patient harbours
             */
            newPassword: string;
        };
        /**
         * PendingSignIn
         * @description A sign-in that waits for a second factor.
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
             * @description The kinds of second factors that the account has, the usual one first.
             * @example [
             *       "totp",
             *       "recoveryCode"
             *     ]
             */
            factors: components["schemas"]["SecondFactorKind"][];
            /**
             * Format: date-time
             * @description The time at which the sign-in has to begin anew.
             * @example 2026-05-04T09:30:00Z
             */
            expiresAt: string;
        };
        /**
         * Piece
         * @description A piece of an extract.
         * @example {
         *       "text": "buy eggs",
         *       "found": true
         *     }
         */
        Piece: {
            /**
             * @description The text.
             * @example buy eggs
             */
            text: string;
            /**
             * @description True for text that was searched for.
             * @example true
             */
            found: boolean;
        };
        /**
         * @description The place of a note: on the board, in the archive or in the trash.
         * @example active
         * @enum {string}
         */
        Place: "active" | "archived" | "trash";
        /**
         * PortableFilter
         * @description A saved filter, without its identifier.
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
             * @description Its name.
             * @example Errands with eggs
             */
            name: string;
            /** @description The conditions of its notes. */
            query: components["schemas"]["PortableQuery"];
        };
        /**
         * PortableLabel
         * @description A label, without its identifier.
         * @example {
         *       "name": "Errands",
         *       "color": "green"
         *     }
         */
        PortableLabel: {
            /**
             * @description Its name.
             * @example Errands
             */
            name: string;
            /** @description Its colour; white if none is named. */
            color?: components["schemas"]["Color"];
        };
        /**
         * PortableNote
         * @description A note with its history.
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
             * @description Its identifier: a note whose identifier is in the account already is not imported again.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id?: string;
            /**
             * Format: int64
             * @description Its version; 1 if none is named.
             * @example 7
             */
            version?: number;
            /**
             * @description Its title; empty if none is named.
             * @example Groceries
             */
            title?: string;
            /**
             * @description Its text in Markdown, at most 100 KiB; empty if none is named.
             * @example - [x] eggs
             *     - [ ] cream
             */
            content?: string;
            /** @description Its colour; white if none is named. */
            color?: components["schemas"]["Color"];
            /**
             * @description Whether it is pinned; not if nothing is said.
             * @example false
             */
            pinned?: boolean;
            /** @description Where it is; among the active ones if nothing is said. */
            place?: components["schemas"]["Place"];
            /**
             * @description The names of the labels it carries, at most 50 characters each.
             * @example [
             *       "Errands"
             *     ]
             */
            labels?: string[];
            /**
             * Format: date-time
             * @description When it reminds.
             * @example 2026-05-04T09:30:00Z
             */
            reminderAt?: string;
            /** @description The series that the reminder is one of; absent for one that comes once. */
            recurrence?: components["schemas"]["PortableRecurrence"];
            /**
             * Format: date-time
             * @description When it was made; now if nothing is said.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt?: string;
            /**
             * Format: date-time
             * @description When it was last changed; when it was made if nothing is said.
             * @example 2026-05-04T09:30:00Z
             */
            updatedAt?: string;
            /**
             * @description Earlier versions that are kept, oldest first; absent if there are none.
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
         * @description The conditions of a filter, with its labels by their names.
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
            /** @description The place of its notes. */
            place?: components["schemas"]["Place"];
            /**
             * @description Only those that are pinned, or those that are not.
             * @example false
             */
            pinned?: boolean;
            /**
             * @description Only those with any of the labels of these names, at most 50 characters each.
             * @example [
             *       "Errands"
             *     ]
             */
            labels?: string[];
            /** @description Only those of this colour. */
            color?: components["schemas"]["Color"];
            /**
             * @description Only those that remind, or those that do not.
             * @example false
             */
            hasReminder?: boolean;
            /** @description Their order. */
            sort?: components["schemas"]["FilterSort"];
            /**
             * @description Words that its notes say, as `GET /api/search` takes them.
             * @example eggs
             */
            q?: string;
        };
        /**
         * PortableRecurrence
         * @description A series of reminders that a rule repeats.
         * @example {
         *       "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
         *       "timeZone": "Europe/Berlin",
         *       "start": "2026-05-04T11:30:00"
         *     }
         */
        PortableRecurrence: {
            /**
             * @description The days, as a rule of RFC 5545.
             * @example FREQ=WEEKLY;BYDAY=MO,FR
             */
            rule: string;
            /**
             * @description The zone of its local times, by its name in the IANA database.
             * @example Europe/Berlin
             */
            timeZone: string;
            /**
             * @description The local time of the first reminder, to the second.
             * @example 2026-05-04T11:30:00
             */
            start: string;
        };
        /**
         * PortableRevision
         * @description An earlier version of a note.
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
             * @description The version of the note that said so.
             * @example 7
             */
            version: number;
            /**
             * @description Its title.
             * @example Groceries
             */
            title: string;
            /**
             * @description Its text in Markdown.
             * @example - [x] eggs
             *     - [ ] cream
             */
            content: string;
            /**
             * Format: date-time
             * @description When it was replaced by another.
             * @example 2026-05-04T09:30:00Z
             */
            replacedAt: string;
        };
        /**
         * Problem
         * @description A failure, for programs by `code`, for people by `title` and `detail` (RFC 9457).
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
             * @description Always `about:blank`: the code says which kind it is.
             * @example about:blank
             */
            type: string;
            /**
             * @description The kind in words.
             * @example not found
             */
            title: string;
            /**
             * Format: uint16
             * @description The status of the response.
             * @example 404
             */
            status: number;
            /**
             * @description The kind, as a stable word.
             * @example not_found
             */
            code: string;
            /**
             * @description What happened this time.
             * @example no such note
             */
            detail?: string;
            /**
             * @description The identifier of the request, as in the header `X-Request-Id` and in the logs.
             * @example 01976c8e-5d20-7aa1-8c11-3f2e1d0c9b8a
             */
            requestId: string;
            /**
             * @description Every value that is not allowed.
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
         * @description The page of the provider to open.
         * @example {
         *       "location": "https://login.example.com/authorize?response_type=code&client_id=notes&state=EXAMPLE"
         *     }
         */
        ProviderAddress: {
            /**
             * @description Its address, which works once, within ten minutes, in this browser only.
             * @example https://login.example.com/authorize?response_type=code&client_id=notes&state=EXAMPLE
             */
            location: string;
        };
        /**
         * ProviderStart
         * @description A sign-in at the provider to begin.
         * @example {
         *       "returnTo": "/settings",
         *       "inviteCode": "EXAMPLE-CODE"
         *     }
         */
        ProviderStart: {
            /**
             * @description The path of the page to go on with, beginning with one `/`; the board, if it is left out.
             * @example /settings
             */
            returnTo?: string;
            /**
             * Format: password
             * @description The code of an invite, where somebody without an account needs one.
             * @example EXAMPLE-CODE
             */
            inviteCode?: string;
        };
        /**
         * PushKey
         * @description The key that a browser subscribes with.
         * @example {
         *       "publicKey": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
         *     }
         */
        PushKey: {
            /**
             * @description The public key in base64url, as `applicationServerKey` of `PushManager.subscribe`. A subscription that was made with another key gets nothing.
             * @example BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4
             */
            publicKey: string;
        };
        /**
         * PushKeys
         * @description The keys of a browser, which encrypt messages for it.
         * @example {
         *       "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
         *       "auth": "BTBZMqHH6r4Tts7J_aSIgg"
         *     }
         */
        PushKeys: {
            /**
             * @description Its public key: a point of P-256, 65 bytes in base64url.
             * @example BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4
             */
            p256dh: string;
            /**
             * @description Its secret, 16 bytes in base64url.
             * @example BTBZMqHH6r4Tts7J_aSIgg
             */
            auth: string;
        };
        /**
         * PushSubscription
         * @description A browser that is told of reminders.
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
             * @description Its identifier.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * Format: uuid
             * @description The session that it belongs to, and ends with; `GET /api/sessions` says which browser that is.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            sessionId: string;
            /**
             * @description `true` for the browser that asks.
             * @example false
             */
            current: boolean;
            /**
             * Format: date-time
             * @description Time at which it subscribed.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Time at which the service of the browser last took a message; absent if it has taken none.
             * @example 2026-05-04T09:30:00Z
             */
            deliveredAt?: string;
        };
        /**
         * PushSubscriptionList
         * @description All browsers that are told.
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
             * @description The newest first.
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
         * @description The recovery codes, each for one sign-in.
         * @example {
         *       "recoveryCodes": [
         *         "7k2m-9xq4-p0tc-w3hd"
         *       ]
         *     }
         */
        RecoveryCodes: {
            /**
             * @description Ten codes to write down, each for one sign-in without the other factors, shown this once. Empty, if those from before still work.
             * @example [
             *       "7k2m-9xq4-p0tc-w3hd"
             *     ]
             */
            recoveryCodes: string[];
        };
        /**
         * Recurrence
         * @description A series of reminders that a rule repeats.
         * @example {
         *       "rule": "FREQ=WEEKLY;BYDAY=MO,FR",
         *       "timeZone": "Europe/Berlin",
         *       "start": "2026-05-04T11:30:00"
         *     }
         */
        Recurrence: {
            /**
             * @description The days, as a rule of RFC 5545.
             * @example FREQ=WEEKLY;BYDAY=MO,FR
             */
            rule: string;
            /**
             * @description The zone of its local times, by its name in the IANA database.
             * @example Europe/Berlin
             */
            timeZone: string;
            /**
             * @description The local time of the first reminder, to the second.
             * @example 2026-05-04T11:30:00
             */
            start: string;
        };
        /**
         * RegisteredPasskey
         * @description A passkey that was registered.
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
            /** @description The passkey itself. */
            passkey: components["schemas"]["Passkey"];
            /**
             * @description Ten codes to write down, each for one sign-in without the device; only with the first second factor of an account, and shown this once.
             * @example [
             *       "7k2m-9xq4-p0tc-w3hd"
             *     ]
             */
            recoveryCodes?: string[];
        };
        /**
         * Registration
         * @description The account that somebody wants to have.
         * @example {
         *       "email": "ada@example.com",
         *       "username": "ada",
         *       "password": "seven quiet lanterns",
         *       "inviteCode": "EXAMPLE-CODE"
         *     }
         */
        Registration: {
            /**
             * @description The address. Case does not count.
             * @example ada@example.com
             */
            email: string;
            /**
             * @description The name. Case is kept and does not count.
             * @example ada
             */
            username: string;
            /**
             * Format: password
             * @description The password: long rather than complicated. Those that everybody tries first are refused.
             * @example seven quiet lanterns
             */
            password: string;
            /**
             * @description The code of an invite, where registration needs one.
             * @example EXAMPLE-CODE
             */
            inviteCode?: string;
        };
        /**
         * @description Admission of people who register.
         * @example open
         * @enum {string}
         */
        RegistrationMode: "open" | "invite" | "closed";
        /**
         * @description The consequence of a remark.
         * @example leftOut
         * @enum {string}
         */
        RemarkEffect: "leftOut" | "changed";
        /**
         * Reminded
         * @description The reminder of a note that is due.
         * @example {
         *       "noteId": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
         *       "title": "Groceries",
         *       "reminderAt": "2026-05-04T09:30:00Z"
         *     }
         */
        Reminded: {
            /**
             * Format: uuid
             * @description The note.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            noteId: string;
            /**
             * @description What it is called, perhaps nothing.
             * @example Groceries
             */
            title: string;
            /**
             * Format: date-time
             * @description When it was to remind.
             * @example 2026-05-04T09:30:00Z
             */
            reminderAt: string;
        };
        /**
         * ReminderSettings
         * @description The ways in which reminders are delivered.
         * @example {
         *       "push": "off",
         *       "email": "away",
         *       "showTitle": false
         *     }
         */
        ReminderSettings: {
            /** @description Reminders that browsers are told of which have subscribed. */
            push: components["schemas"]["DeliverWhen"];
            /** @description Reminders that a mail is sent for to the address of the account, if it was verified. */
            email: components["schemas"]["DeliverWhen"];
            /**
             * @description Titles of notes are in messages and mails; without, they say that there is a reminder.
             * @example false
             */
            showTitle: boolean;
        };
        /**
         * ReminderSettingsPatch
         * @description Another delivery of reminders; properties that are left out stay.
         * @example {
         *       "push": "off",
         *       "email": "away",
         *       "showTitle": false
         *     }
         */
        ReminderSettingsPatch: {
            /** @description Reminders that browsers are told of which have subscribed. */
            push?: components["schemas"]["DeliverWhen"];
            /** @description Reminders that a mail is sent for. Other than `off` needs an address that was verified, and a service that sends mail. */
            email?: components["schemas"]["DeliverWhen"];
            /**
             * @description Titles of notes are in messages and mails.
             * @example false
             */
            showTitle?: boolean;
        };
        /**
         * ResetRequest
         * @description The address of an account whose password is forgotten.
         * @example {
         *       "email": "ada@example.com"
         *     }
         */
        ResetRequest: {
            /**
             * @description The address of the account. Case does not count.
             * @example ada@example.com
             */
            email: string;
        };
        /**
         * Revision
         * @description An earlier version of a note, with what it said.
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
             * @description The version of the note that said so.
             * @example 7
             */
            version: number;
            /**
             * @description Its title.
             * @example Groceries
             */
            title: string;
            /**
             * @description Its text.
             * @example - [x] eggs
             *     - [ ] cream
             */
            content: string;
            /**
             * Format: date-time
             * @description When it was replaced by another.
             * @example 2026-05-04T09:30:00Z
             */
            replacedAt: string;
            /** @description Who wrote it, if it was somebody whom the note was shared with; absent for the owner. */
            writtenBy?: components["schemas"]["NoteWriter"];
        };
        /**
         * RevisionList
         * @description A page of earlier versions.
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
             * @description The latest first.
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
             * @description What `cursor` must be for the next page; absent on the last.
             * @example WyIwMTk3NmM4ZSJd
             */
            nextCursor?: string;
        };
        /**
         * SavedFilter
         * @description A filter that was saved.
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
             * @description Its identifier.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description Its name, unique among the user's filters whatever the case.
             * @example Errands with eggs
             */
            name: string;
            /** @description The conditions of its notes. */
            query: components["schemas"]["SavedQuery"];
            /**
             * @description Labels of `query` that were deleted since: no note carries them. The filter stays as it is, and finds nothing where it names no other label.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b"
             *     ]
             */
            missingLabelIds: string[];
            /**
             * Format: int32
             * @description Its place in the user's order, from 0.
             * @example 1
             */
            sort: number;
            /**
             * Format: int64
             * @description Counts its changes; the number in its `ETag`.
             * @example 7
             */
            version: number;
            /**
             * Format: date-time
             * @description The time at which it was made.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description The time of its last change.
             * @example 2026-05-04T09:30:00Z
             */
            updatedAt: string;
        };
        /**
         * SavedQuery
         * @description The conditions of a saved filter: the parameters of `GET /api/notes`, or with `q` those of `GET /api/search`.
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
            /** @description The place of its notes. If none is named the active ones, with `q` everywhere but in the trash. */
            place?: components["schemas"]["Place"];
            /**
             * @description Only those that are pinned, or those that are not.
             * @example false
             */
            pinned?: boolean;
            /**
             * @description Only those with any of these labels.
             * @example [
             *       "01976c8e-4f1a-7c3e-9d2b-000000000001"
             *     ]
             */
            labelIds?: string[];
            /** @description Only those of this colour. */
            color?: components["schemas"]["Color"];
            /**
             * @description Only those that remind, or those that do not.
             * @example false
             */
            hasReminder?: boolean;
            /** @description Their order: `position` if nothing is said, or `reminder` for only those that remind, the earliest first. Absent with `q`, of which the best matches come first. */
            sort?: components["schemas"]["FilterSort"];
            /**
             * @description Words that its notes say, as `GET /api/search` takes them.
             * @example eggs
             */
            q?: string;
        };
        /**
         * @description A kind of second factor.
         * @example totp
         * @enum {string}
         */
        SecondFactorKind: "totp" | "passkey" | "recoveryCode";
        /**
         * SecondFactorProof
         * @description A second factor: one of `code`, `recoveryCode` and `credential`.
         * @example {
         *       "code": "287082"
         *     }
         */
        SecondFactorProof: {
            /**
             * Format: password
             * @description The six digits that the app shows at this moment. Spaces do not count, and each code works once.
             * @example 287082
             */
            code?: string;
            /**
             * Format: password
             * @description One of the recovery codes, which works once. Case, spaces and hyphens do not count.
             * @example 7k2m-9xq4-p0tc-w3hd
             */
            recoveryCode?: string;
            /**
             * @description The result of `navigator.credentials.get()`, as its `toJSON()` writes it (WebAuthn Level 3, AuthenticationResponseJSON).
             * @example {
             *       "rawId": "TzFkYUV4YW1wbGU",
             *       "type": "public-key"
             *     }
             */
            credential?: unknown;
        };
        /**
         * Session
         * @description A session of the user in one browser.
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
             * @description Its identifier.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description Whether it is the one that asks.
             * @example true
             */
            current: boolean;
            /**
             * @description How the browser called itself.
             * @example Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0
             */
            userAgent?: string;
            /**
             * Format: date-time
             * @description When it began.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last used, give or take an hour.
             * @example 2026-05-04T09:30:00Z
             */
            lastSeenAt: string;
            /**
             * Format: date-time
             * @description When it ends, if it is not used.
             * @example 2026-05-04T09:30:00Z
             */
            expiresAt: string;
            /**
             * @description The factors that it was signed in by, in order; empty for guests, and for sessions from before this was kept.
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
             * @description The one that was used last first.
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
         * @description A share of a note.
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
             * @description The identifier of the share; another one, once it is accepted.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description The address that was invited.
             * @example ada@example.com
             */
            email: string;
            /**
             * @description The username of who accepted it; absent before.
             * @example ada
             */
            username?: string;
            /** @description The right that it gives. */
            right: components["schemas"]["ShareRight"];
            /** @description `invited` until somebody with the address accepts, then `accepted`. */
            state: components["schemas"]["ShareState"];
            /**
             * Format: date-time
             * @description When it came into this state.
             * @example 2026-05-04T09:30:00Z
             */
            since: string;
            /**
             * Format: date-time
             * @description When an invitation ends that nobody accepts; absent once it is accepted.
             * @example 2026-05-04T09:30:00Z
             */
            expiresAt?: string;
        };
        /**
         * ShareList
         * @description The shares of a note.
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
             * @description Those that were accepted, then open invitations, each the oldest first.
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
         * @description The changes that a share is to have.
         * @example {
         *       "right": "read"
         *     }
         */
        SharePatch: {
            /** @description The right that it gives from now on. */
            right: components["schemas"]["ShareRight"];
        };
        /**
         * @description The right that a share gives.
         * @example read
         * @enum {string}
         */
        ShareRight: "read" | "write";
        /**
         * @description The state of a share.
         * @example invited
         * @enum {string}
         */
        ShareState: "invited" | "accepted";
        /**
         * SharedNote
         * @description A note of somebody else. Labels, reminder, place and order are its owner's, and not shown.
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
             * @description The identifier of the note, below `/api/shared`.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description The title of the note, perhaps empty.
             * @example Groceries
             */
            title: string;
            /**
             * @description The text of the note in Markdown, perhaps empty.
             * @example - [x] eggs
             *     - [ ] cream
             */
            content: string;
            /**
             * @description `true` where `content` is only the beginning, with `fields=board`: the whole text is in `GET /api/shared/{id}`.
             * @example false
             */
            shortened?: boolean;
            /**
             * @description The same text as HTML, safe to put into a page; with `include=html` only.
             * @example <p>eggs</p>
             */
            html?: string;
            /** @description How far its checklist is, if it has one. */
            checklist?: components["schemas"]["Checklist"];
            /** @description The colour of the note, which its owner chooses. */
            color: components["schemas"]["Color"];
            /**
             * Format: int64
             * @description Counts changes of the note, the owner's own too; the number in its `ETag`.
             * @example 7
             */
            version: number;
            /**
             * Format: date-time
             * @description When the note was made.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the note was last changed.
             * @example 2026-05-04T09:30:00Z
             */
            updatedAt: string;
            /** @description Who wrote its text last; absent for the owner. */
            writtenBy?: components["schemas"]["NoteWriter"];
            /**
             * @description The username of the owner.
             * @example grace
             */
            owner: string;
            /** @description The right of the recipient. */
            right: components["schemas"]["ShareRight"];
            /**
             * Format: date-time
             * @description When the recipient accepted it.
             * @example 2026-05-04T09:30:00Z
             */
            sharedAt: string;
        };
        /**
         * SharedNoteList
         * @description A page of notes of others.
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
             * @description The one that was accepted last first.
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
             * @description What `cursor` must be for the next page; absent on the last.
             * @example WyIwMTk3NmM4ZSJd
             */
            nextCursor?: string;
            /**
             * Format: int64
             * @description The revision when the first page was read: all pages and `GET /api/changes?since=` this are the exact state.
             * @example 42
             */
            revision: number;
        };
        /**
         * SharedNotePatch
         * @description Changes of a note of somebody else; what is left out stays.
         * @example {
         *       "title": "Groceries",
         *       "content": "- [x] eggs\n- [ ] cream"
         *     }
         */
        SharedNotePatch: {
            /**
             * @description A new title, of at most 1000 characters.
             * @example Groceries
             */
            title?: string;
            /**
             * @description New text in Markdown, at most 100 KiB.
             * @example - [x] eggs
             *     - [ ] cream
             */
            content?: string;
        };
        /**
         * @description A factor of a sign-in.
         * @example password
         * @enum {string}
         */
        SignInFactor: "password" | "passkey" | "identity" | "totp" | "recoveryCode";
        /**
         * SignInOptions
         * @description The ways into this service.
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
            /** @description Who may register: everybody, whoever has an invite, or nobody. */
            registration: components["schemas"]["RegistrationMode"];
            /**
             * @description Whether guests are admitted at all.
             * @example false
             */
            guests: boolean;
            /**
             * @description Whether another password can be asked for by mail.
             * @example false
             */
            passwordReset: boolean;
            /**
             * @description True if passkeys can be registered and signed in by.
             * @example false
             */
            passkeys: boolean;
            /** @description The provider that people may sign in at, if there is one. */
            provider?: components["schemas"]["SignInProvider"];
        };
        /**
         * SignInProvider
         * @description A provider that people may sign in at: `GET /api/auth/oidc/start` leads there.
         * @example {
         *       "name": "Example",
         *       "registration": "open"
         *     }
         */
        SignInProvider: {
            /**
             * @description Its name, for a button that leads there.
             * @example Example
             */
            name: string;
            /** @description Who gets an account by signing in there for the first time. */
            registration: components["schemas"]["RegistrationMode"];
        };
        /**
         * @description The order in which notes are listed.
         * @example position
         * @enum {string}
         */
        Sort: "position" | "reminder";
        /**
         * Token
         * @description An access token of the user, for a program.
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
             * @description Its identifier.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description What the user calls it.
             * @example backup script
             */
            name: string;
            /** @description Roughly what it is for: `write`, if it may change anything. `scopes` says it exactly. */
            scope: components["schemas"]["TokenScope"];
            /**
             * @description The things it is for.
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
             * @description When it was made.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last used, give or take an hour.
             * @example 2026-05-04T09:30:00Z
             */
            lastUsedAt?: string;
            /**
             * Format: date-time
             * @description When it ends by itself; those that were made before every token had an end may not.
             * @example 2026-05-04T09:30:00Z
             */
            expiresAt?: string;
            /**
             * @description The token itself, for the header `Authorization: Bearer …`. Only the answer that makes it has it: it is not kept.
             * @example notes_pat_EXAMPLE
             */
            token?: string;
        };
        /**
         * TokenList
         * @description All access tokens of the user that work.
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
             * @description The newest first.
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
         * @description One thing that an access token is for.
         * @example notes:read
         * @enum {string}
         */
        TokenPermission: "notes:read" | "notes:write" | "labels:read" | "labels:write" | "account:read" | "export" | "webhooks:read" | "webhooks:write";
        /**
         * @description The rough purpose of an access token: to read, or everything.
         * @example read
         * @enum {string}
         */
        TokenScope: "read" | "write";
        /**
         * TotpConfirmation
         * @description A code of an app.
         * @example {
         *       "code": "287082"
         *     }
         */
        TotpConfirmation: {
            /**
             * Format: password
             * @description The six digits that the app shows at this moment. Spaces do not count, and each code works once.
             * @example 287082
             */
            code: string;
        };
        /**
         * TotpEnd
         * @description The end of codes of an app.
         * @example {
         *       "currentPassword": "seven quiet lanterns",
         *       "code": "287082"
         *     }
         */
        TotpEnd: {
            /**
             * Format: password
             * @description The password of the account; not needed within ten minutes after signing in by a passkey, or five after confirming at the provider.
             * @example seven quiet lanterns
             */
            currentPassword?: string;
            /**
             * Format: password
             * @description The six digits that the app shows at this moment, or one of the recovery codes.
             * @example 287082
             */
            code: string;
        };
        /**
         * TotpEnrolment
         * @description A secret for an app that shows codes.
         * @example {
         *       "secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
         *       "uri": "otpauth://totp/notes.example.com:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=notes.example.com"
         *     }
         */
        TotpEnrolment: {
            /**
             * @description The secret in base32, for people who type it into an app.
             * @example GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ
             */
            secret: string;
            /**
             * @description The same as an `otpauth:` address, which apps read as a QR code.
             * @example otpauth://totp/notes.example.com:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=notes.example.com
             */
            uri: string;
        };
        /**
         * Unlinking
         * @description The end of an identity's link.
         * @example {
         *       "currentPassword": "seven quiet lanterns"
         *     }
         */
        Unlinking: {
            /**
             * Format: password
             * @description The password of the account; without it, the user has to have confirmed in this session within five minutes, or signed in by a passkey within ten.
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
             * @description Its identifier, and that of the attachment when all bytes are there.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * Format: uuid
             * @description The note it belongs to.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            noteId: string;
            /**
             * @description Its name without folders, at most 255 characters.
             * @example kitchen.jpg
             */
            name: string;
            /**
             * Format: uint64
             * @description Its size in bytes.
             * @example 12582912
             */
            length: number;
            /**
             * Format: uint64
             * @description Number of bytes that have been received: the next piece begins there.
             * @example 4194304
             */
            offset: number;
            /**
             * @description `true` when it is an attachment of its note.
             * @example false
             */
            complete: boolean;
            /**
             * Format: date-time
             * @description When it is forgotten if nothing more comes; absent when it is complete.
             * @example 2026-05-04T09:30:00Z
             */
            expiresAt?: string;
        };
        /**
         * Usage
         * @description The amount that an account holds, and may hold.
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
             * @description Notes, those in the trash included.
             * @example 12
             */
            notes: number;
            /**
             * Format: uint32
             * @description Notes it may hold.
             * @example 10000
             */
            notesLimit: number;
            /**
             * Format: int32
             * @description Labels.
             * @example 1
             */
            labels: number;
            /**
             * Format: uint32
             * @description Labels it may hold.
             * @example 200
             */
            labelsLimit: number;
            /**
             * Format: uint64
             * @description Bytes of attachments, those of notes in the trash, of unfinished uploads and of files that are not deleted yet included.
             * @example 482133
             */
            attachmentBytes: number;
            /**
             * Format: uint64
             * @description Bytes of attachments it may hold.
             * @example 1073741824
             */
            attachmentBytesLimit: number;
        };
        /**
         * @description The action that an operation takes on a note.
         * @example archive
         * @enum {string}
         */
        Verb: "archive" | "unarchive" | "trash" | "restore" | "delete" | "pin" | "unpin" | "setColor" | "addLabel" | "removeLabel";
        /**
         * Verification
         * @description The link of a mail.
         * @example {
         *       "token": "notes_pat_EXAMPLE"
         *     }
         */
        Verification: {
            /**
             * Format: password
             * @description The token of the link.
             * @example notes_pat_EXAMPLE
             */
            token: string;
        };
        /**
         * Webhook
         * @description A webhook: an address that is told what happens to the user's data.
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
             * @description Its identifier, which pings name.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /**
             * @description The name that its user gave it, perhaps empty.
             * @example automation at home
             */
            name: string;
            /**
             * @description The address that is called with `POST`, as it is called.
             * @example https://hooks.example.com/notes
             */
            url: string;
            /**
             * @description The kinds of events that it is told of.
             * @example [
             *       "note.created"
             *     ]
             */
            events: components["schemas"]["WebhookEvent"][];
            /**
             * @description `true` if notes come with their whole text, and not only the beginning that a board shows.
             * @example false
             */
            includeContent: boolean;
            /**
             * @description `true` while it is told of events.
             * @example true
             */
            enabled: boolean;
            /**
             * Format: date-time
             * @description The time at which it was switched off; absent while it is on.
             * @example 2026-05-04T09:30:00Z
             */
            disabledAt?: string;
            /**
             * @description The reason why it was switched off: by its `user`, as `failing` for about a day, as its receiver has answered 410 (`gone`), because more than 1,000 deliveries
             *     waited (`too_many_waiting`), or as everything else that the password opened ended (`access_ended`).
             */
            disabledReason?: components["schemas"]["WebhookDisabledReason"];
            /**
             * Format: uint32
             * @description Attempts in a row that failed; 0 after one that did not.
             * @example 0
             */
            failures: number;
            /**
             * @description The key of its signatures, beginning with `whsec_`. Only the answers that make one have it.
             * @example whsec_EXAMPLE
             */
            secret?: string;
            /**
             * Format: date-time
             * @description The time until which the secret before the present one signs too; absent when none does.
             * @example 2026-05-04T09:30:00Z
             */
            previousSecretUntil?: string;
            /**
             * Format: int64
             * @description Counts its changes; the number in its `ETag`.
             * @example 7
             */
            version: number;
            /**
             * Format: date-time
             * @description The time at which it was made.
             * @example 2026-05-04T09:30:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description The time of the last change by its user.
             * @example 2026-05-04T09:30:00Z
             */
            updatedAt: string;
        };
        /**
         * WebhookDelivery
         * @description An event on its way to a webhook.
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
             * @description Its identifier, which every attempt sends as `webhook-id`.
             * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
             */
            id: string;
            /** @description The kind of the event; absent for one that only a later release knows. */
            event?: components["schemas"]["WebhookEvent"];
            /**
             * Format: int64
             * @description The revision of the user's data that the event belongs to.
             * @example 42
             */
            revision: number;
            /**
             * Format: date-time
             * @description The time of the event.
             * @example 2026-05-04T09:30:00Z
             */
            occurredAt: string;
            /** @description The state: waiting, taken by the receiver, or not sent any more. */
            state: components["schemas"]["WebhookDeliveryState"];
            /**
             * Format: uint32
             * @description The number of attempts to send it.
             * @example 1
             */
            attempts: number;
            /**
             * Format: date-time
             * @description The time of the last attempt.
             * @example 2026-05-04T09:30:00Z
             */
            attemptedAt?: string;
            /**
             * Format: uint16
             * @description The status that the receiver answered last; absent if there was no answer.
             * @example 204
             */
            statusCode?: number;
            /**
             * @description The reason why there was no answer: `no_address`, `no_connection`, `tls`, `no_answer`, `too_slow`, or why the address is not called any more.
             * @example answered with status 503
             */
            failure?: string;
        };
        /**
         * WebhookDeliveryList
         * @description One page of the deliveries of a webhook.
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
             * @description Those of the latest events first.
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
             * @description The `cursor` of the next page; absent on the last.
             * @example WyIwMTk3NmM4ZSJd
             */
            nextCursor?: string;
        };
        /**
         * @description The state of a delivery.
         * @example waiting
         * @enum {string}
         */
        WebhookDeliveryState: "waiting" | "delivered" | "given_up";
        /**
         * @description The reason why a webhook is told nothing.
         * @example user
         * @enum {string}
         */
        WebhookDisabledReason: "user" | "failing" | "gone" | "too_many_waiting" | "access_ended";
        /**
         * @description The kind of an event that webhooks are told of.
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
             * @description The oldest first; without their secrets.
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
         * @description Changes of a webhook; properties that are left out stay.
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
             * @description Its name from now on.
             * @example automation at home
             */
            name?: string;
            /**
             * @description Another address to call.
             * @example https://hooks.example.com/notes
             */
            url?: string;
            /**
             * @description The kinds of events to be told of from now on.
             * @example [
             *       "note.created"
             *     ]
             */
            events?: components["schemas"]["WebhookEvent"][];
            /**
             * @description `true` for notes with their whole text.
             * @example false
             */
            includeContent?: boolean;
            /**
             * @description Switches it off, or on again: then what waits is sent, and what happened in between is in `GET /api/changes`.
             * @example true
             */
            enabled?: boolean;
        };
        /**
         * WebhookPing
         * @description The outcome of a ping.
         * @example {
         *       "delivered": true,
         *       "statusCode": 204,
         *       "milliseconds": 48
         *     }
         */
        WebhookPing: {
            /**
             * @description `true` if the receiver has answered with a status from 200 to 299.
             * @example true
             */
            delivered: boolean;
            /**
             * Format: uint16
             * @description The status that the receiver has answered; absent if there was no answer.
             * @example 204
             */
            statusCode?: number;
            /**
             * @description The reason why there was no answer: `no_address`, `no_connection`, `tls`, `no_answer` or `too_slow`.
             * @example answered with status 503
             */
            failure?: string;
            /**
             * Format: uint32
             * @description Milliseconds until the answer, or until it was given up.
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
         * @description The version, for `If-Match` of a change and `If-None-Match` of a read.
         * @example "7"
         */
        ETag: string;
        /**
         * @description `true` if an earlier request has made it.
         * @example true
         */
        "Idempotency-Replayed": string;
        /**
         * @description The path of the thing that was made.
         * @example /api/notes/01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
         */
        Location: string;
        /**
         * @description The requests that are left of the allowance, and the seconds until all of it is back.
         * @example "user";r=1187;t=7
         */
        RateLimit: string;
        /**
         * @description The allowance of requests in a time.
         * @example "user";q=1200;w=60
         */
        "RateLimit-Policy": string;
        /**
         * @description Seconds until another attempt is worth it.
         * @example 30
         */
        "Retry-After": number;
        /**
         * @description The cookie that holds the session.
         * @example __Host-notes_session=EXAMPLE; Path=/; HttpOnly; Secure; SameSite=Lax
         */
        "Set-Cookie": string;
        /**
         * @description The version of the protocol, `1.0.0`.
         * @example 1.0.0
         */
        "Tus-Resumable": string;
        /**
         * @description The time at which the upload is forgotten if nothing more comes, as HTTP writes times.
         * @example Tue, 05 May 2026 09:30:00 GMT
         */
        "Upload-Expires": string;
        /**
         * @description Number of bytes that have been received: the next piece begins there.
         * @example 4194304
         */
        "Upload-Offset": number;
        /**
         * @description The way to authenticate, as HTTP says it.
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
            /** @description The ways into this service. */
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
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
        /** @description The account that somebody wants to have. */
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
            /** @description The account was made, and the cookie of its first session is set. */
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
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `registration_closed`, `invite_required`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `email_taken`, `username_taken`, `limit_reached`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
        /** @description The name or address that somebody signs in with: one of `login` and `email`, and the password. */
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
            /** @description The cookie of a new session is set. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `invalid_credentials`, `second_factor_required`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    /**
                     * @description With `second_factor_required`: the cookie of the sign-in that waits, for five minutes.
                     * @example __Host-notes_sign_in=EXAMPLE; Path=/; Max-Age=300; HttpOnly; Secure; SameSite=Lax
                     */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `account_disabled`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
            /** @description The account was made, and the cookie of its first session is set. */
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
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `guests_full`, `unavailable`, `storage_full`, `timed_out`. */
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
            /** @description The cookie is cleared. */
            204: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    /**
                     * @description The address where to go to sign out at the provider too; only if the session was signed in by it, and it has such a page.
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
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
            /** @description A sign-in that waits for a second factor. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `invalid_credentials`, `no_pending_sign_in`, `passkey_rejected`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
        /** @description A second factor: one of `code`, `recoveryCode` and `credential`. */
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
            /** @description The cookie of a new session is set. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `invalid_credentials`, `no_pending_sign_in`, `passkey_rejected`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `account_disabled`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `email_taken`, `username_taken`, `limit_reached`, `passkeys_off`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
            /** @description The options that a browser asks for a passkey with. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `invalid_credentials`, `no_pending_sign_in`, `passkey_rejected`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `account_disabled`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `email_taken`, `username_taken`, `limit_reached`, `passkeys_off`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
            /** @description The options that a browser asks for a passkey with. */
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
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `account_disabled`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `email_taken`, `username_taken`, `limit_reached`, `passkeys_off`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
        /** @description The answer of a passkey. */
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
            /** @description The cookie of a new session is set. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `invalid_credentials`, `second_factor_required`, `passkey_rejected`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `account_disabled`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `email_taken`, `username_taken`, `limit_reached`, `passkeys_off`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
        /** @description The address of an account whose password is forgotten. */
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
            /** @description A mail is on its way, if there is somebody to send it to. */
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
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `email_taken`, `username_taken`, `limit_reached`, `mail_off`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
        /** @description Another password, by the link of a mail. */
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
            /** @description Done, and the link works no more. */
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
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
        /** @description The link of a mail. */
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
            /** @description Done, and the link works no more. */
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
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
            /** @description A mail is on its way, if there is somebody to send it to. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `email_taken`, `username_taken`, `limit_reached`, `mail_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
            /** @description The account of a user or a guest. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
        /** @description The end of an account. */
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
            /** @description The account is gone, and the cookie is cleared. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `email_taken`, `username_taken`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
        /** @description The changes of an account; what is left out stays. */
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
            /** @description The account of a user or a guest. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `email_taken`, `username_taken`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
        /** @description A change of the password. */
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
            /** @description It is done. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `email_taken`, `username_taken`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
        /** @description The account that somebody wants to have. */
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
            /** @description The cookie of a new session is set. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `recent_sign_in_required`, `registration_closed`, `invite_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `email_taken`, `username_taken`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
            /** @description The factors of an account beside its password. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
        /** @description The permission to change factors: the password. */
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
            /** @description A secret for an app that shows codes. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `email_taken`, `username_taken`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
        /** @description The end of codes of an app. */
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
            /** @description Codes are asked for no more, and other sessions have ended. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `email_taken`, `username_taken`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
        /** @description A code of an app. */
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
            /** @description The recovery codes, each for one sign-in. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `email_taken`, `username_taken`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
        /** @description The permission to change factors: the password. */
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
            /** @description The recovery codes, each for one sign-in. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `email_taken`, `username_taken`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
        /** @description A passkey that is to be registered. */
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
            /** @description The passkey works from now on. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `limit_reached`, `passkeys_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
            /** @description The options that a browser asks for a passkey with. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `limit_reached`, `passkeys_off`, `last_way_in`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description Names one of those below `/api/passkeys`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description The end of a passkey. */
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
            /** @description It lets nobody in any more, and other sessions have ended. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `limit_reached`, `passkeys_off`, `last_way_in`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description Names one of those below `/api/passkeys`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description The changes of a passkey: its name. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description The path of the page to go on with, beginning with one `/`; the board, if it is left out.
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
            /** @description To the provider, or back to the page: with `#problem=` and the code of a problem, if something went wrong. */
            303: {
                headers: {
                    Location: components["headers"]["Location"];
                    /**
                     * @description The cookie that holds the session.
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
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
        /** @description A sign-in at the provider to begin. */
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
            /** @description The address to open; the cookie binds the sign-in to this browser. */
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
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `email_taken`, `username_taken`, `limit_reached`, `sign_in_off`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `provider_unavailable`, `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description The parameter that the provider was given, which it gives back.
                 * @example EXAMPLE
                 */
                state?: string;
                /**
                 * @description The code that stands for the person, once.
                 * @example EXAMPLE
                 */
                code?: string;
                /**
                 * @description The reason of the protocol why there is no code.
                 * @example access_denied
                 */
                error?: string;
                /**
                 * @description The provider, as it names itself (RFC 9207).
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
            /** @description To the provider, or back to the page: with `#problem=` and the code of a problem, if something went wrong. */
            303: {
                headers: {
                    Location: components["headers"]["Location"];
                    /**
                     * @description The cookie that holds the session.
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
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
        /** @description An identity that is to be linked. */
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
            /** @description The address to open; the cookie binds the sign-in to this browser. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `email_taken`, `username_taken`, `limit_reached`, `sign_in_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `provider_unavailable`, `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description Names one of those below `/api/me/identities`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description The end of an identity's link. */
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
            /** @description Nobody is signed in by it any more; sessions stay. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `email_taken`, `username_taken`, `limit_reached`, `sign_in_off`, `last_way_in`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
        /** @description A confirmation at the provider that is to begin. */
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
            /** @description The address to open; the cookie binds the sign-in to this browser. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `email_taken`, `username_taken`, `limit_reached`, `sign_in_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `provider_unavailable`, `unavailable`, `storage_full`, `timed_out`. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
            /** @description Ended, as of now. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description Names one of those below `/api/sessions`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended, as of now. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
            /** @description All access tokens of the user that work. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
        /** @description An access token to make. */
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
            /** @description The access token, which is shown this once. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description Names one of those below `/api/tokens`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It opens nothing any more. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
            /** @description All labels of the user, in their order. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
        /** @description A label that is to be made. */
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
            /** @description The label was made. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `label_name_taken`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
        /** @description The order in which labels are to stand. */
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
            /** @description All labels of the user, in their order. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description An `ETag` that the client has, a list of such tags, or `*`: if it is the current one, the answer is 304 without a body. What is no list of tags is ignored.
                 * @example "7"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/labels`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The label. */
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
            /** @description Not changed: the client has the version that `If-None-Match` names. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/labels`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/labels`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description The changes of a label; what is left out stays. */
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
            /** @description The label. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `label_name_taken`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description Where they are; the active ones if nothing is said.
                 * @example active
                 */
                place?: components["schemas"]["Place"];
                /**
                 * @description Only those that are pinned, or those that are not.
                 * @example true
                 */
                pinned?: boolean;
                /**
                 * @description Only those with any of these labels; may be repeated.
                 * @example [
                 *       "01976c8e-4f1a-7c3e-9d2b-000000000001"
                 *     ]
                 */
                labelId?: string[];
                /**
                 * @description Only those of this colour.
                 * @example green
                 */
                color?: components["schemas"]["Color"];
                /**
                 * @description Only those that remind, or those that do not.
                 * @example true
                 */
                hasReminder?: boolean;
                /**
                 * @description In which order; by position if nothing is said.
                 * @example position
                 */
                sort?: components["schemas"]["Sort"];
                /**
                 * @description What the notes are shown with besides.
                 * @example html
                 */
                include?: components["schemas"]["Include"];
                /**
                 * @description How much of each note; its whole text if nothing is said.
                 * @example full
                 */
                fields?: components["schemas"]["Fields"];
                /**
                 * @description `nextCursor` of the page before.
                 * @example WyIwMTk3NmM4ZSJd
                 */
                cursor?: string;
                /**
                 * @description How many at most; fewer, and a cursor, where their texts are longer than 1 MiB together.
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
            /** @description One page of a list of notes. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description A key of the client for this one request, best a UUID: a request that is sent again with it within 24 hours changes nothing more.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description A note that is to be made. */
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
            /** @description The note was made, at the top; or an earlier request with the same key has made it. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`, `idempotency_key_reused`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
        /** @description The order in which notes are to stand. */
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
            /** @description The revision that a write has made. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description What it is shown with besides.
                 * @example html
                 */
                include?: components["schemas"]["Include"];
            };
            header?: {
                /**
                 * @description An `ETag` that the client has, a list of such tags, or `*`: if it is the current one, the answer is 304 without a body. What is no list of tags is ignored.
                 * @example "7"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note. */
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
            /** @description Not changed: the client has the version that `If-None-Match` names. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description The changes of a note; what is left out stays. */
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
            /** @description The note. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Beside which note another one goes: one of the two. */
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
            /** @description The note. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
            /** @description The number of notes that were deleted. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
        /** @description Operations, in the order in which they are done. */
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
            /** @description The results of all operations of a batch. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description `nextCursor` of the page before.
                 * @example WyIwMTk3NmM4ZSJd
                 */
                cursor?: string;
                /**
                 * @description How many at most.
                 * @example 20
                 */
                limit?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of earlier versions. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
                /**
                 * @description Names one of those below `/api/notes/{id}/revisions`.
                 * @example 7
                 */
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An earlier version of a note, with what it said. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
                /**
                 * @description Names one of those below `/api/notes/{id}/revisions`.
                 * @example 7
                 */
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The attachments of a note. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description Its name, at most 255 characters; folders before it are left out.
                 * @example kitchen.jpg
                 */
                name: string;
                /**
                 * @description Words for those who do not see it; none if nothing is said.
                 * @example A kitchen with a blue door
                 */
                alt?: string;
            };
            header?: {
                /**
                 * @description A key of the client for this one request, best a UUID: a request that is sent again with it within 24 hours changes nothing more.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description The bytes of the file and nothing else. The kind is found by them, whatever `Content-Type` says; forms (`multipart/form-data`) are refused. */
        requestBody: {
            content: {
                /** @example the bytes of the file */
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description The file is one of the note. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `files_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`, `idempotency_key_reused`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description An `ETag` that the client has, a list of such tags, or `*`: if it is the current one, the answer is 304 without a body. What is no list of tags is ignored.
                 * @example "7"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/attachments`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The attachment. */
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
            /** @description Not changed: the client has the version that `If-None-Match` names. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/attachments`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `note_in_trash`, `limit_reached`, `files_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/attachments`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description The changes of an attachment; what is left out stays. */
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
            /** @description The attachment. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `note_in_trash`, `limit_reached`, `files_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description `true` to download what browsers would show.
                 * @example true
                 */
                download?: boolean;
            };
            header?: {
                /**
                 * @description An `ETag` that the client has, a list of such tags, or `*`: if it is the current one, the answer is 304 without a body. What is no list of tags is ignored.
                 * @example "7"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/attachments`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes, with the media type that the service has found. */
            200: {
                headers: {
                    /**
                     * @description The version, for `If-Match` of a change and `If-None-Match` of a read.
                     * @example "7"
                     */
                    ETag?: string;
                    /**
                     * @description What browsers do with it, and its name.
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
            /** @description The bytes are at another address, which is good for a minute and needs no credentials. */
            302: {
                headers: {
                    /**
                     * @description The address of the bytes.
                     * @example /api/notes/01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                     */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not changed: the client has the version that `If-None-Match` names. */
            304: {
                headers: {
                    /**
                     * @description The version, for `If-Match` of a change and `If-None-Match` of a read.
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `note_in_trash`, `limit_reached`, `files_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The file has no bytes in this range. Codes: `range_not_satisfiable`. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description An `ETag` that the client has, a list of such tags, or `*`: if it is the current one, the answer is 304 without a body. What is no list of tags is ignored.
                 * @example "7"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/attachments`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A small picture: JPEG or PNG, as `Content-Type` says. */
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
            /** @description Not changed: the client has the version that `If-None-Match` names. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `note_in_trash`, `limit_reached`, `files_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description The size of the file in bytes.
                 * @example 12582912
                 */
                "Upload-Length": number;
                /**
                 * @description Pairs of a key and a value in Base64, with commas between them: `filename` is the name of the file, `alt` are words for those who do
                 *     not see it; others are ignored.
                 * @example filename a2l0Y2hlbi5qcGc=,filetype aW1hZ2UvanBlZw==
                 */
                "Upload-Metadata"?: string;
                /**
                 * @description The version of the protocol, `1.0.0`.
                 * @example 1.0.0
                 */
                "Tus-Resumable"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upload waits for its first piece. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `files_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description The version of the protocol, `1.0.0`.
                 * @example 1.0.0
                 */
                "Tus-Resumable"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/uploads`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state of the upload. */
            200: {
                headers: {
                    "Tus-Resumable": components["headers"]["Tus-Resumable"];
                    "Upload-Offset": components["headers"]["Upload-Offset"];
                    /**
                     * @description The size of the file in bytes.
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description The version of the protocol, `1.0.0`.
                 * @example 1.0.0
                 */
                "Tus-Resumable"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/uploads`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is forgotten. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description Number of bytes that come before this piece.
                 * @example 4194304
                 */
                "Upload-Offset": number;
                /**
                 * @description The version of the protocol, `1.0.0`.
                 * @example 1.0.0
                 */
                "Tus-Resumable"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/uploads`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description The bytes of the file from `Upload-Offset` on, as many as the client likes. Clients of tus call them `application/offset+octet-stream`. */
        requestBody: {
            content: {
                /** @example the bytes of the file */
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description The piece was received; with the last one the file is an attachment. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `note_in_trash`, `limit_reached`, `files_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description An `ETag` that the client has, a list of such tags, or `*`: if it is the current one, the answer is 304 without a body. What is no list of tags is ignored.
                 * @example "7"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The items, with the version of the note that they belong to. */
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
            /** @description Not changed: the client has the version that `If-None-Match` names. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
                /**
                 * @description The number of the item.
                 * @example 0
                 */
                index: number;
            };
            cookie?: never;
        };
        /** @description The changes of an item; what is left out stays. */
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
            /** @description The note. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description What is searched for.
                 * @example eggs
                 */
                q: string;
                /**
                 * @description In this place only; else everywhere but in the trash.
                 * @example active
                 */
                place?: components["schemas"]["Place"];
                /**
                 * @description Only notes with any of these labels; may be repeated.
                 * @example [
                 *       "01976c8e-4f1a-7c3e-9d2b-000000000001"
                 *     ]
                 */
                labelId?: string[];
                /**
                 * @description Only those that are pinned, or those that are not.
                 * @example true
                 */
                pinned?: boolean;
                /**
                 * @description Only those of this colour.
                 * @example green
                 */
                color?: components["schemas"]["Color"];
                /**
                 * @description Only those that remind, or those that do not.
                 * @example true
                 */
                hasReminder?: boolean;
                /**
                 * @description `nextCursor` of the page before.
                 * @example WyIwMTk3NmM4ZSJd
                 */
                cursor?: string;
                /**
                 * @description How many at most; fewer, and a cursor, where their texts are longer than 1 MiB together.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description How much of each note; its whole text if nothing is said.
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
            /** @description A page of notes that were found. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description Which of the two.
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
            /** @description All notes and labels, as a file to keep. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description Offset from UTC of times that name no zone, as `+02:00`; UTC if none is named.
                 * @example +02:00
                 */
                offset?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The file, as `application/octet-stream`: the content tells its kind. Where the kind is known it may be named instead, by `application/json`, `application/zip`, `application/x-tar` (JEX), `application/xml` (ENEX), `text/markdown` or `text/html`. */
        requestBody: {
            content: {
                /** @example the bytes of the file */
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Everything that can be taken was imported. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description The revision up to which everything is known; 0 for who knows nothing.
                 * @example 42
                 */
                since: number;
                /**
                 * @description How many at most; more, if one write has changed more.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description How much of each note; its whole text if nothing is said.
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
            /** @description The things that have changed, as they are now. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No longer kept. Codes: `changes_expired`. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description The account that the client means, as the header `Notes-Account` says it: pages cannot send headers with streams of events.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                account?: string;
            };
            header?: {
                /**
                 * @description The `id` of the last event that was received: a revision.
                 * @example 42
                 */
                "Last-Event-ID"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events, until the client leaves, its session ends, or the process does. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
            /** @description All saved filters of the user, in their order. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
        /** @description A filter that is to be saved. */
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
            /** @description The filter was saved. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
        /** @description An order of saved filters. */
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
            /** @description All saved filters of the user, in their order. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description An `ETag` that the client has, a list of such tags, or `*`: if it is the current one, the answer is 304 without a body. What is no list of tags is ignored.
                 * @example "7"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/filters`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The filter. */
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
            /** @description Not changed: the client has the version that `If-None-Match` names. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/filters`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nothing of it is left. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/filters`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Changes of a saved filter; properties that are left out stay. */
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
            /** @description The filter. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description The part of each note that is shown; its whole text if nothing is said.
                 * @example full
                 */
                fields?: components["schemas"]["Fields"];
                /**
                 * @description `nextCursor` of the page before.
                 * @example WyIwMTk3NmM4ZSJd
                 */
                cursor?: string;
                /**
                 * @description The most notes of a page; fewer, and a cursor, where their texts are longer than 1 MiB together.
                 * @example 20
                 */
                limit?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Names one of those below `/api/filters`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the notes of a filter. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
        /** @description A webhook that is to be made. */
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
            /** @description The webhook was made; its secret is shown this once. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description An `ETag` that the client has, a list of such tags, or `*`: if it is the current one, the answer is 304 without a body. What is no list of tags is ignored.
                 * @example "7"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/webhooks`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook. */
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
            /** @description Not changed: the client has the version that `If-None-Match` names. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/webhooks`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nothing of it is left. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/webhooks`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Changes of a webhook; properties that are left out stay. */
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
            /** @description The webhook. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description Names one of those below `/api/webhooks`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description Names one of those below `/api/webhooks`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The outcome of a ping. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description `nextCursor` of the page before.
                 * @example WyIwMTk3NmM4ZSJd
                 */
                cursor?: string;
                /**
                 * @description The most deliveries of a page.
                 * @example 20
                 */
                limit?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Names one of those below `/api/webhooks`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the deliveries of a webhook. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description Names one of those below `/api/webhooks`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
                /**
                 * @description Names one of those below `/api/webhooks/{id}/deliveries`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                delivery: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An event on its way to a webhook. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description Names one of those below `/api/webhooks`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
                /**
                 * @description Names one of those below `/api/webhooks/{id}/deliveries`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                delivery: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nothing of it is sent any more. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
            /** @description The key that a browser subscribes with. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `limit_reached`, `push_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
            /** @description All browsers that are told. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
        /** @description A browser, as `PushSubscription.toJSON()` describes it. */
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
            /** @description The browser is told of reminders from now on. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `limit_reached`, `push_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description Names one of those below `/api/push/subscriptions`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The browser is told nothing more. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
            /** @description The ways in which reminders are delivered. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
        /** @description Another delivery of reminders; properties that are left out stay. */
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
            /** @description The ways in which reminders are delivered. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `recent_sign_in_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `email_taken`, `username_taken`, `limit_reached`, `mail_off`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description The token of the link, 43 characters of base64url.
                 * @example u3fPz0bJ8s1QkqX2v7n5Yw4RtHcLmA9dEoGiBxVZ6TM
                 */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No more such mails are sent. */
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
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The links of a note. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description A link that is to be made. */
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
            /** @description The link, whose token is shown this once. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
                /**
                 * @description Names one of those below `/api/notes/{id}/links`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                link: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It shows nothing any more. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
        /** @description A link that is to be opened. */
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
            /** @description The note, for nobody to keep or to list. */
            200: {
                headers: {
                    /**
                     * @description Nobody keeps it.
                     * @example no-store
                     */
                    "Cache-Control": string;
                    /**
                     * @description Search engines do not list it.
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
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The shares of a note. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Whom to share a note with. */
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
            /** @description The invitation; the same, whether or not an account has the address. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
                /**
                 * @description Names one of those below `/api/notes/{id}/shares`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                share: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recipient has the note no more. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description Names one of those below `/api/notes`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
                /**
                 * @description Names one of those below `/api/notes/{id}/shares`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                share: string;
            };
            cookie?: never;
        };
        /** @description The changes that a share is to have. */
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
            /** @description A share of a note. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
            /** @description All invitations that wait for an answer. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description Names one of those below `/api/invitations`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note that is shared now. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `limit_reached`, `other_account`, `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description Names one of those below `/api/invitations`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is not shown any more. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description Words that the notes say; all notes if nothing is said.
                 * @example eggs
                 */
                q?: string;
                /**
                 * @description `nextCursor` of the page before.
                 * @example WyIwMTk3NmM4ZSJd
                 */
                cursor?: string;
                /**
                 * @description How many at most; fewer, and a cursor, where their texts are longer than 1 MiB together.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description How much of each note; its whole text if nothing is said.
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
            /** @description A page of notes of others. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description What it is shown with besides.
                 * @example html
                 */
                include?: components["schemas"]["Include"];
            };
            header?: {
                /**
                 * @description An `ETag` that the client has, a list of such tags, or `*`: if it is the current one, the answer is 304 without a body. What is no list of tags is ignored.
                 * @example "7"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/shared`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note. */
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
            /** @description Not changed: the client has the version that `If-None-Match` names. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description Names one of those below `/api/shared`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is not shared with the caller any more. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/shared`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Changes of a note of somebody else; what is left out stays. */
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
            /** @description The note. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `read_only_share`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
                 * @description An `ETag` that the client has, a list of such tags, or `*`: if it is the current one, the answer is 304 without a body. What is no list of tags is ignored.
                 * @example "7"
                 */
                "If-None-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/shared`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The items, with the version of the note that they belong to. */
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
            /** @description Not changed: the client has the version that `If-None-Match` names. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `insufficient_scope`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
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
                 * @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there.
                 * @example "7"
                 */
                "If-Match"?: string;
            };
            path: {
                /**
                 * @description Names one of those below `/api/shared`.
                 * @example 01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b
                 */
                id: string;
                /**
                 * @description The number of the item.
                 * @example 0
                 */
                index: number;
            };
            cookie?: never;
        };
        /** @description The changes of an item; what is left out stays. */
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
            /** @description The note. */
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
            /** @description Not signed in, or the credentials are wrong. Codes: `unauthenticated`. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `insufficient_scope`, `read_only_share`, `cross_site_request`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing with this id that the caller may know of. Codes: `not_found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body came too slowly. Codes: `body_too_slow`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `other_account`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Changed since it was read. Codes: `precondition_failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. Codes: `payload_too_large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the body is not understood. Codes: `unsupported_media_type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some values are not allowed; `errors` names all of them. Codes: `validation_failed`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `If-Match` is missing. Codes: `precondition_required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many attempts, or more at once than a caller's share; `Retry-After` says when to try again. Codes: `rate_limited`. */
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
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `storage_full`, `timed_out`. */
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
