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
         * @description Ends the session of the cookie at once. To sign out twice is fine.
         */
        post: operations["signOut"];
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
         * @description Ends all other sessions and all access tokens: who knew the old password may have made some.
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
         * @description Needs the password of the account. The token begins with `notes_pat_` and ends in a checksum, so that scanners find it where it should not
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
         */
        get: operations["listLabels"];
        put?: never;
        /**
         * Make a label
         * @description It stands after all others.
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
         */
        get: operations["readLabel"];
        put?: never;
        post?: never;
        /**
         * Delete a label
         * @description Notes that carry it stay and lose it.
         */
        delete: operations["deleteLabel"];
        options?: never;
        head?: never;
        /**
         * Change a label
         * @description `If-Match` is optional here: two people rarely rename one label at a time.
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
         */
        get: operations["listNotes"];
        put?: never;
        /**
         * Make a note
         * @description It stands before all others of its section, and may be empty. With `Idempotency-Key`, a request that is sent again within 24 hours makes
         *     no second note.
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
         */
        get: operations["readNote"];
        put?: never;
        post?: never;
        /**
         * Throw a note away
         * @description It goes to the trash, from where it can be restored until it is deleted for good, by itself after 30 days. `If-Match` is optional:
         *     nothing is lost.
         */
        delete: operations["trashNote"];
        options?: never;
        head?: never;
        /**
         * Change a note
         * @description `If-Match` names the version that the change is based on, so that nobody overwrites what they have not seen; `*` overwrites whatever is
         *     there. Notes in the trash are restored first.
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
         */
        post: operations["restoreRevision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
         *     notes said before, and both can be imported, whatever their size.
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
         *     `GET /api/shared` and `GET /api/labels`, then the changes since the revision of the first page, are the exact state, whatever was written in between.
         *
         *     What is deleted for good is remembered for 90 days. A device that was away for longer is answered 410, and reads everything again.
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
         */
        get: operations["readSharedNote"];
        put?: never;
        post?: never;
        /**
         * Leave a note of somebody else
         * @description It is not shared with the caller any more, which its owner sees. The note stays as it is.
         */
        delete: operations["leaveSharedNote"];
        options?: never;
        head?: never;
        /**
         * Change a note of somebody else
         * @description Its title and text, with the right to write. `If-Match` names the version that the change is based on; `*` overwrites whatever is there. What
         *     the note said before is in its history, with the name of who wrote it, for its owner.
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
         * @description An account.
         */
        Account: {
            /**
             * Format: uuid
             * @description Its identifier.
             */
            id: string;
            /** @description The address; guests have none. */
            email?: string;
            /** @description Whether the address was shown to be its user's, by the link of a mail. */
            emailVerified: boolean;
            /** @description The name. */
            username: string;
            /** @description Whether it is a guest's. */
            guest: boolean;
            /**
             * Format: date-time
             * @description When it ends with everything in it, if it is a guest's.
             */
            expiresAt?: string;
            /** @description What it holds. */
            usage: components["schemas"]["Usage"];
            /**
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
        };
        /**
         * AccountPatch
         * @description What changes of an account. Not `Debug`: it holds a password.
         */
        AccountPatch: {
            /** @description A new address; needs `currentPassword`. */
            email?: string;
            /** @description A new name. */
            username?: string;
            /**
             * Format: password
             * @description The password of the account.
             */
            currentPassword?: string;
        };
        /**
         * BatchOperation
         * @description One operation.
         */
        BatchOperation: {
            /**
             * Format: uuid
             * @description The note.
             */
            id: string;
            /** @description What is done with it. */
            op: components["schemas"]["Verb"];
            /** @description For `setColor`. */
            color?: components["schemas"]["Color"];
            /**
             * Format: uuid
             * @description For `addLabel` and `removeLabel`.
             */
            labelId?: string;
        };
        /**
         * BatchOutcome
         * @description What became of one operation.
         */
        BatchOutcome: {
            /**
             * Format: uuid
             * @description The note.
             */
            id: string;
            /** @description How it ended. */
            status: components["schemas"]["BatchStatus"];
            /** @description Why it was not possible: a code as in problems. */
            code?: string;
            /** @description The same in words. */
            detail?: string;
        };
        /**
         * BatchRequest
         * @description Operations, in the order in which they are done.
         */
        BatchRequest: {
            /** @description The operations. */
            operations: components["schemas"]["BatchOperation"][];
        };
        /**
         * BatchResponse
         * @description What became of all operations.
         */
        BatchResponse: {
            /** @description One for each operation, in the same order. */
            results: components["schemas"]["BatchOutcome"][];
            /**
             * Format: int64
             * @description The user's revision after it.
             */
            revision: number;
        };
        /**
         * @description What became of an operation.
         * @enum {string}
         */
        BatchStatus: "done" | "unchanged" | "failed";
        /**
         * ChangeList
         * @description What has changed, as it is now.
         */
        ChangeList: {
            /** @description Notes that were made or changed, also those in the archive and the trash, in the order of their last changes. */
            notes: components["schemas"]["Note"][];
            /** @description Labels that were made or changed. */
            labels: components["schemas"]["Label"][];
            /** @description Notes that were deleted for good. */
            deletedNotes: string[];
            /** @description Labels that were deleted. */
            deletedLabels: string[];
            /** @description Notes of others that were shared with the caller, or changed since. */
            sharedNotes: components["schemas"]["SharedNote"][];
            /** @description Notes of others that are not shared with the caller any more, or were thrown away by their owners. */
            endedShares: string[];
            /**
             * Format: int64
             * @description What `since` must be next time.
             */
            revision: number;
            /** @description Whether there is more already. Until there is not, a note may carry a label that is still to come. */
            more: boolean;
        };
        /**
         * Changed
         * @description The user's data has changed.
         */
        Changed: {
            /**
             * Format: int64
             * @description Up to this revision. What has changed is in `GET /api/changes`.
             */
            revision: number;
        };
        /**
         * Checklist
         * @description How far the checklist of a note is.
         */
        Checklist: {
            /**
             * Format: uint32
             * @description Items that are done.
             */
            done: number;
            /**
             * Format: uint32
             * @description All items.
             */
            total: number;
        };
        /**
         * @description A colour: a name, so that a theme decides what it looks like.
         * @enum {string}
         */
        Color: "white" | "red" | "orange" | "yellow" | "green" | "teal" | "blue" | "purple" | "pink";
        /**
         * Credentials
         * @description Who somebody says to be: one of `login` and `email`. Not `Debug`: it holds a password.
         */
        Credentials: {
            /** @description The address or the username. Case does not count. */
            login?: string;
            /** @description The same, under the name that it has in the original. */
            email?: string;
            /**
             * Format: password
             * @description The password.
             */
            password: string;
        };
        /**
         * @description What a document is.
         * @enum {string}
         */
        DocumentKind: "notes";
        /**
         * Emptied
         * @description How much was deleted.
         */
        Emptied: {
            /**
             * Format: uint64
             * @description How many notes.
             */
            deleted: number;
        };
        /** @description What the data of an event is. */
        Event: components["schemas"]["Changed"] | components["schemas"]["Reminded"];
        /**
         * Export
         * @description Labels and notes of an account.
         */
        Export: {
            /** @description What it is. */
            format: components["schemas"]["DocumentKind"];
            /**
             * Format: int32
             * @description Of the format.
             */
            version: number;
            /** @description All labels, in the user's order. */
            labels?: components["schemas"]["PortableLabel"][];
            /** @description The notes: active ones, archived ones, those in the trash, each pinned ones first, in the user's order. */
            notes: components["schemas"]["PortableNote"][];
        };
        /**
         * Farewell
         * @description The end of an account. Not `Debug`: it holds a password.
         */
        Farewell: {
            /**
             * Format: password
             * @description The password of the account; guests have none.
             */
            currentPassword?: string;
        };
        /**
         * FieldProblem
         * @description One value that is not allowed.
         */
        FieldProblem: {
            /** @description A JSON pointer into the body (RFC 6901), or the name of a parameter. */
            field: string;
            /** @description What is wrong, as a stable word. */
            code: string;
            /** @description What is wrong and what would be right. */
            message: string;
        };
        /**
         * @description How much of each note a list has.
         * @enum {string}
         */
        Fields: "full" | "board";
        /**
         * @description How notes are exported.
         * @enum {string}
         */
        Format: "json" | "markdown";
        /**
         * Hit
         * @description A note that was found.
         */
        Hit: {
            /** @description The note. */
            note: components["schemas"]["Note"];
            /** @description A short extract of its text around what was found; the pieces follow each other without a space. */
            snippet: components["schemas"]["Piece"][];
        };
        /**
         * Hits
         * @description A page of notes that were found.
         */
        Hits: {
            /** @description The best first; with more than 5,000 the latest. */
            items: components["schemas"]["Hit"][];
            /** @description What `cursor` must be for the next page; absent on the last. */
            nextCursor?: string;
        };
        /**
         * ImportRemark
         * @description One thing that an import could not take as it was.
         */
        ImportRemark: {
            /** @description Path of the file in the archive; absent for a file that was sent alone. */
            file?: string;
            /**
             * Format: uint64
             * @description Line of the file, from 1; absent if the remark is about all of it.
             */
            line?: number;
            /** @description Its consequence. */
            effect: components["schemas"]["RemarkEffect"];
            /** @description A stable word for the reason, as `encoding` or `time`. */
            code: string;
            /** @description The reason, for people. */
            message: string;
        };
        /**
         * Imported
         * @description The outcome of an import.
         */
        Imported: {
            /**
             * Format: uint64
             * @description Notes that were made.
             */
            notes: number;
            /**
             * Format: uint64
             * @description Labels that were made; those that were there are used.
             */
            labels: number;
            /**
             * Format: uint64
             * @description Notes that were not made, because an earlier import made them or they are those of the account; they are as they were.
             */
            present: number;
            /**
             * Format: uint64
             * @description Files and notes that were left out.
             */
            leftOut: number;
            /**
             * Format: uint64
             * @description Values of notes that were left out or changed.
             */
            changed: number;
            /** @description What was left out or changed and why, at most 1,000 remarks. */
            remarks: components["schemas"]["ImportRemark"][];
        };
        /**
         * @description What a note is shown with besides.
         * @enum {string}
         */
        Include: "html";
        /**
         * Invitation
         * @description An invitation to read a note, or to write it too. It shows nothing of the note.
         */
        Invitation: {
            /**
             * Format: uuid
             * @description The identifier of the invitation, by which it is accepted.
             */
            id: string;
            /** @description The username of the owner of the note. */
            owner: string;
            /** @description The right that it gives. */
            right: components["schemas"]["ShareRight"];
            /**
             * Format: date-time
             * @description When the invitation was made.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the invitation ends, if it is not accepted.
             */
            expiresAt: string;
        };
        /**
         * InvitationList
         * @description Open invitations.
         */
        InvitationList: {
            /** @description The newest 100, the newest first. */
            items: components["schemas"]["Invitation"][];
        };
        /**
         * Item
         * @description An item of a checklist: an entry of a list in the note's Markdown that begins with `[ ]` or `[x]`.
         */
        Item: {
            /**
             * Format: uint32
             * @description Its number among the items of the note, from 0.
             */
            index: number;
            /** @description What it says, in Markdown, without items below it. */
            text: string;
            /** @description Whether it is done. */
            checked: boolean;
            /**
             * Format: uint32
             * @description In how many entries of lists it lies.
             */
            depth: number;
        };
        /**
         * ItemList
         * @description The checklist of a note.
         */
        ItemList: {
            /** @description In the order of the text; none if the note has no checklist. */
            items: components["schemas"]["Item"][];
        };
        /**
         * ItemPatch
         * @description What changes of an item; what is left out stays.
         */
        ItemPatch: {
            /** @description Done, or not. */
            checked?: boolean;
            /** @description What it says, in Markdown. It must be text of this one item: what would make another item, or end the list, is refused. */
            text?: string;
        };
        /**
         * Label
         * @description A label.
         */
        Label: {
            /**
             * Format: uuid
             * @description Its identifier.
             */
            id: string;
            /** @description Its name, unique among the user's labels whatever the case. */
            name: string;
            /** @description Its colour. */
            color: components["schemas"]["Color"];
            /**
             * Format: int32
             * @description Its place in the user's order, from 0.
             */
            sort: number;
            /**
             * Format: int64
             * @description Counts its changes; the number in its `ETag`.
             */
            version: number;
            /**
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             */
            updatedAt: string;
        };
        /**
         * LabelList
         * @description All labels.
         */
        LabelList: {
            /** @description In the user's order. */
            items: components["schemas"]["Label"][];
        };
        /**
         * LabelOrder
         * @description An order of labels.
         */
        LabelOrder: {
            /** @description Labels in their new order; those that are not named follow in the order they have. */
            ids: string[];
        };
        /**
         * LabelPatch
         * @description What changes of a label.
         */
        LabelPatch: {
            /** @description A new name. */
            name?: string;
            /** @description A new colour. */
            color?: components["schemas"]["Color"];
        };
        /**
         * LinkedNote
         * @description A note as a link shows it: nothing of its owner, its labels or what it said before.
         */
        LinkedNote: {
            /** @description The title of the note, perhaps empty. */
            title: string;
            /** @description The text of the note in Markdown, perhaps empty. */
            content: string;
            /** @description The same text as HTML, safe to put into a page. */
            html: string;
            /** @description The items of its checklist, in the order of the text; none if it has no checklist. */
            items: components["schemas"]["Item"][];
            /** @description The colour of the note. */
            color: components["schemas"]["Color"];
            /**
             * Format: date-time
             * @description When the note was last changed.
             */
            updatedAt: string;
        };
        /**
         * NewLabel
         * @description A label to make.
         */
        NewLabel: {
            /** @description Its name, unique among the user's labels whatever the case. */
            name: string;
            /** @description Its colour; white if none is named. */
            color?: components["schemas"]["Color"];
        };
        /**
         * NewNote
         * @description A note to make.
         */
        NewNote: {
            /** @description Its title; empty if none is named. */
            title?: string;
            /** @description Its text in Markdown, at most 100 KiB; empty if none is named. */
            content?: string;
            /** @description Its colour; white if none is named. */
            color?: components["schemas"]["Color"];
            /** @description Whether it is pinned; not if nothing is said. */
            pinned?: boolean;
            /** @description The labels it carries. */
            labelIds?: string[];
            /**
             * Format: date-time
             * @description When it reminds.
             */
            reminderAt?: string;
        };
        /**
         * NewNoteLink
         * @description A link to make.
         */
        NewNoteLink: {
            /** @description What to call it: whom it is for, best. Only the owner sees it; at most 100 characters. */
            label?: string;
            /**
             * Format: uint32
             * @description Days after which it ends by itself, from 1 to 365; 30 if nothing is said.
             * @default 30
             */
            expiresInDays: number;
        };
        /**
         * NewShare
         * @description Whom to share a note with.
         */
        NewShare: {
            /** @description The address of the recipient. Case does not count. Whether an account has it is not told. */
            email: string;
            /** @description `read`, or `write` for changing title and text too. */
            right: components["schemas"]["ShareRight"];
        };
        /**
         * NewToken
         * @description An access token to make. Not `Debug`: it holds a password.
         */
        NewToken: {
            /** @description What to call it: where it will be used, best. */
            name: string;
            /** @description `read`, or `write` for reading and writing. */
            scope: components["schemas"]["TokenScope"];
            /**
             * Format: uint32
             * @description Days after which it ends by itself.
             * @default 90
             */
            expiresInDays: number;
            /**
             * Format: password
             * @description The password of the account: who finds a browser open makes no way in that stays.
             */
            currentPassword: string;
        };
        /**
         * Note
         * @description A note.
         */
        Note: {
            /**
             * Format: uuid
             * @description Its identifier.
             */
            id: string;
            /** @description Its title, perhaps empty. */
            title: string;
            /** @description Its text in Markdown, perhaps empty. */
            content: string;
            /** @description `true` where `content` is only the beginning, with `fields=board`: the whole text is in `GET /api/notes/{id}`. */
            shortened?: boolean;
            /** @description The same as HTML, safe to put into a page; with `include=html` only. */
            html?: string;
            /** @description How far its checklist is, if it has one. */
            checklist?: components["schemas"]["Checklist"];
            /** @description Its colour. */
            color: components["schemas"]["Color"];
            /** @description Whether it stands before those that are not. */
            pinned: boolean;
            /** @description Where it is. */
            place: components["schemas"]["Place"];
            /** @description The labels it carries, in ascending order of their identifiers. */
            labelIds: string[];
            /**
             * Format: date-time
             * @description When it reminds.
             */
            reminderAt?: string;
            /**
             * Format: date-time
             * @description When it was thrown away.
             */
            trashedAt?: string;
            /** @description Its key in the order of its section: text that sorts as the notes do. */
            position: string;
            /**
             * Format: int64
             * @description Counts its changes; the number in its `ETag`.
             */
            version: number;
            /**
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             */
            updatedAt: string;
        };
        /**
         * NoteLink
         * @description A link that shows a note.
         */
        NoteLink: {
            /**
             * Format: uuid
             * @description The identifier of the link, by which it is revoked.
             */
            id: string;
            /** @description What the owner calls it, if anything. */
            label?: string;
            /**
             * Format: date-time
             * @description When the link was made.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the link ends by itself.
             */
            expiresAt: string;
            /**
             * @description The token itself, which opens the note. Only the answer that makes the link has it: it is not kept. In an address it belongs
             *     behind `#`, which browsers send to nobody.
             */
            token?: string;
        };
        /**
         * NoteLinkList
         * @description The links of a note.
         */
        NoteLinkList: {
            /** @description Those that have not ended, the newest first. */
            items: components["schemas"]["NoteLink"][];
        };
        /**
         * NoteList
         * @description A page of notes.
         */
        NoteList: {
            /** @description In the order that was asked for. */
            items: components["schemas"]["Note"][];
            /** @description What `cursor` must be for the next page; absent on the last. */
            nextCursor?: string;
            /**
             * Format: int64
             * @description The revision when the first page was read: all pages and `GET /api/changes?since=` this are the exact state.
             */
            revision: number;
        };
        /**
         * NoteOrder
         * @description An order of notes.
         */
        NoteOrder: {
            /** @description Notes of one section in their new order. */
            ids: string[];
        };
        /**
         * NotePatch
         * @description What changes of a note; what is left out stays.
         */
        NotePatch: {
            /** @description A new title. */
            title?: string;
            /** @description New text in Markdown, at most 100 KiB. */
            content?: string;
            /** @description A new colour. */
            color?: components["schemas"]["Color"];
            /** @description Pinned or not; it goes to the top of those. */
            pinned?: boolean;
            /** @description The labels it carries from now on. */
            labelIds?: string[];
            /**
             * Format: date-time
             * @description When it reminds; `null` for never.
             */
            reminderAt?: string | null;
        };
        /**
         * NoteTarget
         * @description Beside which note another one goes: one of the two.
         */
        NoteTarget: {
            /**
             * Format: uuid
             * @description Right before this one.
             */
            before?: string;
            /**
             * Format: uuid
             * @description Right after this one.
             */
            after?: string;
        };
        /**
         * OpenedLink
         * @description A link to open. Not `Debug`: it holds a secret.
         */
        OpenedLink: {
            /**
             * Format: password
             * @description The token of the link.
             */
            token: string;
        };
        /**
         * Ordered
         * @description The revision that a write has made.
         */
        Ordered: {
            /**
             * Format: int64
             * @description The user's revision after it.
             */
            revision: number;
        };
        /**
         * PasswordChange
         * @description A change of the password. Not `Debug`: it holds two.
         */
        PasswordChange: {
            /**
             * Format: password
             * @description The password of the account.
             */
            currentPassword: string;
            /**
             * Format: password
             * @description The new one: long rather than complicated. Those that everybody tries first are refused.
             */
            newPassword: string;
        };
        /**
         * PasswordReset
         * @description Another password, by the link of a mail. Not `Debug`: it holds secrets.
         */
        PasswordReset: {
            /**
             * Format: password
             * @description The token of the link.
             */
            token: string;
            /**
             * Format: password
             * @description The new password: long rather than complicated. Those that are guessed soon are refused.
             */
            newPassword: string;
        };
        /**
         * Piece
         * @description A piece of an extract.
         */
        Piece: {
            /** @description The text. */
            text: string;
            /** @description True for text that was searched for. */
            found: boolean;
        };
        /**
         * @description Where a note is.
         * @enum {string}
         */
        Place: "active" | "archived" | "trash";
        /**
         * PortableLabel
         * @description A label, without its identifier.
         */
        PortableLabel: {
            /** @description Its name. */
            name: string;
            /** @description Its colour; white if none is named. */
            color?: components["schemas"]["Color"];
        };
        /**
         * PortableNote
         * @description A note with its history.
         */
        PortableNote: {
            /**
             * Format: uuid
             * @description Its identifier: a note whose identifier is in the account already is not imported again.
             */
            id?: string;
            /**
             * Format: int64
             * @description Its version; 1 if none is named.
             */
            version?: number;
            /** @description Its title; empty if none is named. */
            title?: string;
            /** @description Its text in Markdown, at most 100 KiB; empty if none is named. */
            content?: string;
            /** @description Its colour; white if none is named. */
            color?: components["schemas"]["Color"];
            /** @description Whether it is pinned; not if nothing is said. */
            pinned?: boolean;
            /** @description Where it is; among the active ones if nothing is said. */
            place?: components["schemas"]["Place"];
            /** @description The names of the labels it carries, at most 50 characters each. */
            labels?: string[];
            /**
             * Format: date-time
             * @description When it reminds.
             */
            reminderAt?: string;
            /**
             * Format: date-time
             * @description When it was made; now if nothing is said.
             */
            createdAt?: string;
            /**
             * Format: date-time
             * @description When it was last changed; when it was made if nothing is said.
             */
            updatedAt?: string;
            /** @description Earlier versions that are kept, oldest first; absent if there are none. */
            revisions?: components["schemas"]["PortableRevision"][];
        };
        /**
         * PortableRevision
         * @description An earlier version of a note.
         */
        PortableRevision: {
            /**
             * Format: int64
             * @description The version of the note that said so.
             */
            version: number;
            /** @description Its title. */
            title: string;
            /** @description Its text in Markdown. */
            content: string;
            /**
             * Format: date-time
             * @description When it was replaced by another.
             */
            replacedAt: string;
        };
        /**
         * Problem
         * @description What went wrong, for programs by `code`, for people by `title` and `detail` (RFC 9457).
         */
        Problem: {
            /** @description Always `about:blank`: the code says which kind it is. */
            type: string;
            /** @description The kind in words. */
            title: string;
            /**
             * Format: uint16
             * @description The status of the response.
             */
            status: number;
            /** @description The kind, as a stable word. */
            code: string;
            /** @description What happened this time. */
            detail?: string;
            /** @description The identifier of the request, as in the header `X-Request-Id` and in the logs. */
            requestId: string;
            /** @description Every value that is not allowed. */
            errors?: components["schemas"]["FieldProblem"][];
        };
        /**
         * Registration
         * @description Who somebody wants to be. Not `Debug`: it holds a password.
         */
        Registration: {
            /** @description The address. Case does not count. */
            email: string;
            /** @description The name. Case is kept and does not count. */
            username: string;
            /**
             * Format: password
             * @description The password: long rather than complicated. Those that everybody tries first are refused.
             */
            password: string;
            /** @description The code of an invite, where registration needs one. */
            inviteCode?: string;
        };
        /**
         * @description Admission of people who register.
         * @enum {string}
         */
        RegistrationMode: "open" | "invite" | "closed";
        /**
         * @description The consequence of a remark.
         * @enum {string}
         */
        RemarkEffect: "leftOut" | "changed";
        /**
         * Reminded
         * @description A reminder is due.
         */
        Reminded: {
            /**
             * Format: uuid
             * @description The note.
             */
            noteId: string;
            /** @description What it is called, perhaps nothing. */
            title: string;
            /**
             * Format: date-time
             * @description When it was to remind.
             */
            reminderAt: string;
        };
        /**
         * ResetRequest
         * @description Whose password is forgotten.
         */
        ResetRequest: {
            /** @description The address of the account. Case does not count. */
            email: string;
        };
        /**
         * Revision
         * @description What a note said in an earlier version.
         */
        Revision: {
            /**
             * Format: int64
             * @description The version of the note that said so.
             */
            version: number;
            /** @description Its title. */
            title: string;
            /** @description Its text. */
            content: string;
            /**
             * Format: date-time
             * @description When it was replaced by another.
             */
            replacedAt: string;
            /** @description Who wrote it, if it was somebody whom the note was shared with; absent for the owner. */
            writtenBy?: components["schemas"]["RevisionAuthor"];
        };
        /**
         * RevisionAuthor
         * @description Somebody whom a note was shared with, and who wrote a version of it.
         */
        RevisionAuthor: {
            /** @description The username of the author; absent, if the account was deleted since. */
            username?: string;
        };
        /**
         * RevisionList
         * @description A page of earlier versions.
         */
        RevisionList: {
            /** @description The latest first. */
            items: components["schemas"]["Revision"][];
            /** @description What `cursor` must be for the next page; absent on the last. */
            nextCursor?: string;
        };
        /**
         * Session
         * @description A session.
         */
        Session: {
            /**
             * Format: uuid
             * @description Its identifier.
             */
            id: string;
            /** @description Whether it is the one that asks. */
            current: boolean;
            /** @description How the browser called itself. */
            userAgent?: string;
            /**
             * Format: date-time
             * @description When it began.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last used, give or take an hour.
             */
            lastSeenAt: string;
            /**
             * Format: date-time
             * @description When it ends, if it is not used.
             */
            expiresAt: string;
        };
        /**
         * SessionList
         * @description All sessions.
         */
        SessionList: {
            /** @description The one that was used last first. */
            items: components["schemas"]["Session"][];
        };
        /**
         * Share
         * @description A share of a note.
         */
        Share: {
            /**
             * Format: uuid
             * @description The identifier of the share; another one, once it is accepted.
             */
            id: string;
            /** @description The address that was invited. */
            email: string;
            /** @description The username of who accepted it; absent before. */
            username?: string;
            /** @description The right that it gives. */
            right: components["schemas"]["ShareRight"];
            /** @description `invited` until somebody with the address accepts, then `accepted`. */
            state: components["schemas"]["ShareState"];
            /**
             * Format: date-time
             * @description When it came into this state.
             */
            since: string;
            /**
             * Format: date-time
             * @description When an invitation ends that nobody accepts; absent once it is accepted.
             */
            expiresAt?: string;
        };
        /**
         * ShareList
         * @description The shares of a note.
         */
        ShareList: {
            /** @description Those that were accepted, then open invitations, each the oldest first. */
            items: components["schemas"]["Share"][];
        };
        /**
         * SharePatch
         * @description Changes of a share.
         */
        SharePatch: {
            /** @description The right that it gives from now on. */
            right: components["schemas"]["ShareRight"];
        };
        /**
         * @description The right that a share gives.
         * @enum {string}
         */
        ShareRight: "read" | "write";
        /**
         * @description The state of a share.
         * @enum {string}
         */
        ShareState: "invited" | "accepted";
        /**
         * SharedNote
         * @description A note of somebody else. Labels, reminder, place and order are its owner's, and not shown.
         */
        SharedNote: {
            /**
             * Format: uuid
             * @description The identifier of the note, below `/api/shared`.
             */
            id: string;
            /** @description The title of the note, perhaps empty. */
            title: string;
            /** @description The text of the note in Markdown, perhaps empty. */
            content: string;
            /** @description `true` where `content` is only the beginning, with `fields=board`: the whole text is in `GET /api/shared/{id}`. */
            shortened?: boolean;
            /** @description The same text as HTML, safe to put into a page; with `include=html` only. */
            html?: string;
            /** @description How far its checklist is, if it has one. */
            checklist?: components["schemas"]["Checklist"];
            /** @description The colour of the note, which its owner chooses. */
            color: components["schemas"]["Color"];
            /**
             * Format: int64
             * @description Counts changes of the note, the owner's own too; the number in its `ETag`.
             */
            version: number;
            /**
             * Format: date-time
             * @description When the note was made.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the note was last changed.
             */
            updatedAt: string;
            /** @description The username of the owner. */
            owner: string;
            /** @description The right of the recipient. */
            right: components["schemas"]["ShareRight"];
            /**
             * Format: date-time
             * @description When the recipient accepted it.
             */
            sharedAt: string;
        };
        /**
         * SharedNoteList
         * @description A page of notes of others.
         */
        SharedNoteList: {
            /** @description The one that was accepted last first. */
            items: components["schemas"]["SharedNote"][];
            /** @description What `cursor` must be for the next page; absent on the last. */
            nextCursor?: string;
            /**
             * Format: int64
             * @description The revision when the first page was read: all pages and `GET /api/changes?since=` this are the exact state.
             */
            revision: number;
        };
        /**
         * SharedNotePatch
         * @description Changes of a note of somebody else; what is left out stays.
         */
        SharedNotePatch: {
            /** @description A new title, of at most 1000 characters. */
            title?: string;
            /** @description New text in Markdown, at most 100 KiB. */
            content?: string;
        };
        /**
         * SignInOptions
         * @description The ways into this service.
         */
        SignInOptions: {
            /** @description Who may register: everybody, whoever has an invite, or nobody. */
            registration: components["schemas"]["RegistrationMode"];
            /** @description Whether guests are admitted at all. */
            guests: boolean;
            /** @description Whether another password can be asked for by mail. */
            passwordReset: boolean;
        };
        /**
         * @description In which order notes are listed.
         * @enum {string}
         */
        Sort: "position" | "reminder";
        /**
         * Token
         * @description An access token.
         */
        Token: {
            /**
             * Format: uuid
             * @description Its identifier.
             */
            id: string;
            /** @description What the user calls it. */
            name: string;
            /** @description What it is for. */
            scope: components["schemas"]["TokenScope"];
            /**
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last used, give or take an hour.
             */
            lastUsedAt?: string;
            /**
             * Format: date-time
             * @description When it ends by itself; those that were made before every token had an end may not.
             */
            expiresAt?: string;
            /** @description The token itself, for the header `Authorization: Bearer …`. Only the answer that makes it has it: it is not kept. */
            token?: string;
        };
        /**
         * TokenList
         * @description All access tokens.
         */
        TokenList: {
            /** @description The newest first. */
            items: components["schemas"]["Token"][];
        };
        /**
         * @description What an access token is for.
         * @enum {string}
         */
        TokenScope: "read" | "write";
        /**
         * Usage
         * @description How much an account holds, and how much it may hold.
         */
        Usage: {
            /**
             * Format: int32
             * @description Notes, those in the trash included.
             */
            notes: number;
            /**
             * Format: uint32
             * @description Notes it may hold.
             */
            notesLimit: number;
            /**
             * Format: int32
             * @description Labels.
             */
            labels: number;
            /**
             * Format: uint32
             * @description Labels it may hold.
             */
            labelsLimit: number;
        };
        /**
         * @description What is done with a note.
         * @enum {string}
         */
        Verb: "archive" | "unarchive" | "trash" | "restore" | "delete" | "pin" | "unpin" | "setColor" | "addLabel" | "removeLabel";
        /**
         * Verification
         * @description The link of a mail. Not `Debug`: it holds a secret.
         */
        Verification: {
            /**
             * Format: password
             * @description The token of the link.
             */
            token: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
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
                     *       "passwordReset": false
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description The cookie of the session. */
                    "Set-Cookie": string;
                    /** @description The path of what was made. */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *       "email": "ada@example.com",
                     *       "emailVerified": false,
                     *       "username": "ada",
                     *       "guest": false,
                     *       "expiresAt": "2026-05-04T09:30:00Z",
                     *       "usage": {
                     *         "notes": 12,
                     *         "notesLimit": 10000,
                     *         "labels": 1,
                     *         "labelsLimit": 200
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description The cookie of the session. */
                    "Set-Cookie": string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *       "email": "ada@example.com",
                     *       "emailVerified": false,
                     *       "username": "ada",
                     *       "guest": false,
                     *       "expiresAt": "2026-05-04T09:30:00Z",
                     *       "usage": {
                     *         "notes": 12,
                     *         "notesLimit": 10000,
                     *         "labels": 1,
                     *         "labelsLimit": 200
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
            /** @description Not signed in, or the credentials are wrong. Codes: `invalid_credentials`. */
            401: {
                headers: {
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description The cookie of the session. */
                    "Set-Cookie": string;
                    /** @description The path of what was made. */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *       "email": "ada@example.com",
                     *       "emailVerified": false,
                     *       "username": "ada",
                     *       "guest": false,
                     *       "expiresAt": "2026-05-04T09:30:00Z",
                     *       "usage": {
                     *         "notes": 12,
                     *         "notesLimit": 10000,
                     *         "labels": 1,
                     *         "labelsLimit": 200
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `guests_full`, `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description The cookie of the session. */
                    "Set-Cookie": string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `session_required`, `guest_not_allowed`, `cross_site_request`. */
            403: {
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
            /** @description An account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *       "email": "ada@example.com",
                     *       "emailVerified": false,
                     *       "username": "ada",
                     *       "guest": false,
                     *       "expiresAt": "2026-05-04T09:30:00Z",
                     *       "usage": {
                     *         "notes": 12,
                     *         "notesLimit": 10000,
                     *         "labels": 1,
                     *         "labelsLimit": 200
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
            /** @description The cookie is cleared. */
            204: {
                headers: {
                    /** @description The cookie of the session. */
                    "Set-Cookie": string;
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `session_required`, `guest_not_allowed`, `cross_site_request`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
            /** @description An account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *       "email": "ada@example.com",
                     *       "emailVerified": false,
                     *       "username": "ada",
                     *       "guest": false,
                     *       "expiresAt": "2026-05-04T09:30:00Z",
                     *       "usage": {
                     *         "notes": 12,
                     *         "notesLimit": 10000,
                     *         "labels": 1,
                     *         "labelsLimit": 200
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `session_required`, `guest_not_allowed`, `cross_site_request`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `session_required`, `guest_not_allowed`, `cross_site_request`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description The cookie of the session. */
                    "Set-Cookie": string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *       "email": "ada@example.com",
                     *       "emailVerified": false,
                     *       "username": "ada",
                     *       "guest": false,
                     *       "expiresAt": "2026-05-04T09:30:00Z",
                     *       "usage": {
                     *         "notes": 12,
                     *         "notesLimit": 10000,
                     *         "labels": 1,
                     *         "labelsLimit": 200
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `session_required`, `registration_closed`, `invite_required`, `guest_not_allowed`, `cross_site_request`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
            /** @description All sessions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *           "current": true,
                     *           "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "lastSeenAt": "2026-05-04T09:30:00Z",
                     *           "expiresAt": "2026-05-04T09:30:00Z"
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `session_required`, `guest_not_allowed`, `cross_site_request`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `session_required`, `guest_not_allowed`, `cross_site_request`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
            /** @description All access tokens. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *           "name": "backup script",
                     *           "scope": "read",
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *       "name": "backup script",
                     *       "scope": "read",
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `session_required`, `guest_not_allowed`, `cross_site_request`. */
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
            /** @description Not possible in the present state. Codes: `limit_reached`, `conflict`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `session_required`, `guest_not_allowed`, `cross_site_request`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
            /** @description All labels. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
                    /** @description The path of what was made. */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `cross_site_request`. */
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
            /** @description Not possible in the present state. Codes: `label_name_taken`, `limit_reached`, `conflict`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
            /** @description All labels. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `cross_site_request`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description An `ETag` that the client has, a list of such tags, or `*`: if it is the current one, the answer is 304 without a body. What is no list of tags is ignored. */
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there. */
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `cross_site_request`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there. */
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `cross_site_request`. */
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
            /** @description Not possible in the present state. Codes: `label_name_taken`, `limit_reached`, `conflict`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description Where they are; the active ones if nothing is said. */
                place?: components["schemas"]["Place"];
                /** @description Only those that are pinned, or those that are not. */
                pinned?: boolean;
                /** @description Only those with any of these labels; may be repeated. */
                labelId?: string[];
                /** @description Only those of this colour. */
                color?: components["schemas"]["Color"];
                /** @description Only those that remind, or those that do not. */
                hasReminder?: boolean;
                /** @description In which order; by position if nothing is said. */
                sort?: components["schemas"]["Sort"];
                /** @description What the notes are shown with besides. */
                include?: components["schemas"]["Include"];
                /** @description How much of each note; its whole text if nothing is said. */
                fields?: components["schemas"]["Fields"];
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most; fewer, and a cursor, where their texts are longer than 1 MiB together. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of notes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                     *           "position": "a0",
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z"
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description A key of the client for this one request, best a UUID: a request that is sent again with it within 24 hours changes nothing more. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
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
                 *       "reminderAt": "2026-05-04T09:30:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["NewNote"];
            };
        };
        responses: {
            /** @description The note was made, at the top; or an earlier request with the same key has made it. */
            201: {
                headers: {
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
                    /** @description The path of what was made. */
                    Location: string;
                    /** @description `true` if an earlier request has made it. */
                    "Idempotency-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                     *       "position": "a0",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `cross_site_request`. */
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
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `conflict`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `cross_site_request`. */
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
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `conflict`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description What it is shown with besides. */
                include?: components["schemas"]["Include"];
            };
            header?: {
                /** @description An `ETag` that the client has, a list of such tags, or `*`: if it is the current one, the answer is 304 without a body. What is no list of tags is ignored. */
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                     *       "position": "a0",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description Not changed: the client has the version that `If-None-Match` names. */
            304: {
                headers: {
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there. */
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                     *       "position": "a0",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `cross_site_request`. */
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
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `conflict`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there. */
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
                 *       "reminderAt": "2026-05-04T09:30:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["NotePatch"];
            };
        };
        responses: {
            /** @description The note. */
            200: {
                headers: {
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                     *       "position": "a0",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `cross_site_request`. */
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
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `conflict`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there. */
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                     *       "position": "a0",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `cross_site_request`. */
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
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `conflict`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there. */
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                     *       "position": "a0",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `cross_site_request`. */
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
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `conflict`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there. */
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                     *       "position": "a0",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `cross_site_request`. */
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
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `conflict`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                     *       "position": "a0",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `cross_site_request`. */
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
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `conflict`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there. */
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `cross_site_request`. */
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
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `conflict`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
            /** @description How much was deleted. */
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `cross_site_request`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "operations": [
                 *         {
                 *           "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
            /** @description What became of all operations. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "results": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `cross_site_request`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
            /** @description What a note said in an earlier version. */
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there. */
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                     *       "position": "a0",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `cross_site_request`. */
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
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `conflict`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description An `ETag` that the client has, a list of such tags, or `*`: if it is the current one, the answer is 304 without a body. What is no list of tags is ignored. */
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there. */
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                     *       "position": "a0",
                     *       "version": 7,
                     *       "createdAt": "2026-05-04T09:30:00Z",
                     *       "updatedAt": "2026-05-04T09:30:00Z"
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `cross_site_request`. */
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
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `conflict`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description In this place only; else everywhere but in the trash. */
                place?: components["schemas"]["Place"];
                /** @description Only notes with any of these labels; may be repeated. */
                labelId?: string[];
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most; fewer, and a cursor, where their texts are longer than 1 MiB together. */
                limit?: number;
                /** @description How much of each note; its whole text if nothing is said. */
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
                     *             "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                     *             "position": "a0",
                     *             "version": 7,
                     *             "createdAt": "2026-05-04T09:30:00Z",
                     *             "updatedAt": "2026-05-04T09:30:00Z"
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                     *       "notes": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description Offset from UTC of times that name no zone, as `+02:00`; UTC if none is named. */
                offset?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The file, as `application/octet-stream`: the content tells its kind. Where the kind is known it may be named instead, by `application/json`, `application/zip`, `application/x-tar` (JEX), `application/xml` (ENEX), `text/markdown` or `text/html`. */
        requestBody: {
            content: {
                /** @example NO SAMPLE */
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `cross_site_request`. */
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
            /** @description Not possible in the present state. Codes: `limit_reached`, `conflict`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description How many at most; more, if one write has changed more. */
                limit?: number;
                /** @description How much of each note; its whole text if nothing is said. */
                fields?: components["schemas"]["Fields"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What has changed, as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "notes": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                     *           "position": "a0",
                     *           "version": 7,
                     *           "createdAt": "2026-05-04T09:30:00Z",
                     *           "updatedAt": "2026-05-04T09:30:00Z"
                     *         }
                     *       ],
                     *       "labels": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
                     *           "name": "Errands",
                     *           "color": "green",
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
                     *       "sharedNotes": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
            query?: never;
            header?: {
                /** @description The `id` of the last event that was received: a revision. */
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the present state. Codes: `limit_reached`, `conflict`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `session_required`, `guest_not_allowed`, `cross_site_request`. */
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
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `conflict`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `session_required`, `guest_not_allowed`, `cross_site_request`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description Nobody keeps it. */
                    "Cache-Control": string;
                    /** @description Search engines do not list it. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `session_required`, `guest_not_allowed`, `cross_site_request`. */
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
            /** @description Not possible in the present state. Codes: `note_not_in_trash`, `note_in_trash`, `limit_reached`, `conflict`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `session_required`, `guest_not_allowed`, `cross_site_request`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `session_required`, `guest_not_allowed`, `cross_site_request`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
            /** @description Open invitations. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `session_required`, `guest_not_allowed`, `cross_site_request`. */
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
            /** @description Not possible in the present state. Codes: `limit_reached`, `conflict`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `session_required`, `guest_not_allowed`, `cross_site_request`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description Words that the notes say; all notes if nothing is said. */
                q?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most; fewer, and a cursor, where their texts are longer than 1 MiB together. */
                limit?: number;
                /** @description How much of each note; its whole text if nothing is said. */
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
                     *           "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description What it is shown with besides. */
                include?: components["schemas"]["Include"];
            };
            header?: {
                /** @description An `ETag` that the client has, a list of such tags, or `*`: if it is the current one, the answer is 304 without a body. What is no list of tags is ignored. */
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `cross_site_request`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there. */
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `read_only_share`, `cross_site_request`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description An `ETag` that the client has, a list of such tags, or `*`: if it is the current one, the answer is 304 without a body. What is no list of tags is ignored. */
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
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
                /** @description The `ETag` of the version that the change is based on, a list of such tags, or `*` for whatever is there. */
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
                    /** @description The version, for `If-Match` of a change and `If-None-Match` of a read. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01976c8e-4f1a-7c3e-9d2b-5a6f7e8d9c0b",
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
                    /** @description The way to authenticate. */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Signed in, and not allowed; or sent by a page of another site. Codes: `read_only_token`, `read_only_share`, `cross_site_request`. */
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
                    /** @description What is left of the allowance, and the seconds until all of it is back. */
                    RateLimit?: string;
                    /** @description The allowance of requests in a time. */
                    "RateLimit-Policy"?: string;
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not available at the moment; `Retry-After` says when to try again. Codes: `unavailable`, `timed_out`. */
            503: {
                headers: {
                    /** @description Seconds until another attempt is worth it. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
