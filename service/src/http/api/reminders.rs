//! `/api/me/reminders`: how a user is reminded while no page is open.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poem_openapi::param::Path;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use serde::Serialize;

use super::Tag;
use crate::error::{Code, Error};
use crate::http::caller::{SessionCaller, Visitor};
use crate::http::payload::{Body, Out};
use crate::http::problem::{CALLER, CONFLICT, FORBIDDEN, JSON, NOT_FOUND, Problems};
use crate::store::reminder_settings::{Change, Settings, When};

pub(crate) struct Reminders;

/// Reminders that are delivered in some way: `off` none, `away` those that come while no page of the user is open, `always` all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "lowercase")]
#[serde(rename_all = "lowercase")]
enum DeliverWhen {
    Off,
    Away,
    Always,
}

impl From<DeliverWhen> for When {
    fn from(when: DeliverWhen) -> Self {
        match when {
            DeliverWhen::Off => Self::Off,
            DeliverWhen::Away => Self::Away,
            DeliverWhen::Always => Self::Always,
        }
    }
}

impl From<When> for DeliverWhen {
    fn from(when: When) -> Self {
        match when {
            When::Off => Self::Off,
            When::Away => Self::Away,
            When::Always => Self::Always,
        }
    }
}

/// The ways in which reminders are delivered.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct ReminderSettings {
    /// Reminders that browsers are told of which have subscribed.
    push: DeliverWhen,
    /// Reminders that a mail is sent for to the address of the account, if it was verified.
    email: DeliverWhen,
    /// Titles of notes are in messages and mails; without, they say that there is a reminder.
    show_title: bool,
}

impl From<Settings> for ReminderSettings {
    fn from(settings: Settings) -> Self {
        Self {
            push: settings.push.into(),
            email: settings.mail.into(),
            show_title: settings.shows_title,
        }
    }
}

/// Another delivery of reminders; properties that are left out stay.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct ReminderSettingsPatch {
    /// Reminders that browsers are told of which have subscribed.
    push: Option<DeliverWhen>,
    /// Reminders that a mail is sent for. Other than `off` needs an address that was verified, and a service that sends mail.
    email: Option<DeliverWhen>,
    /// Titles of notes are in messages and mails.
    show_title: Option<bool>,
}

#[derive(ApiResponse)]
enum Unsubscribed {
    /// No more such mails are sent.
    #[oai(status = 204)]
    Done,
}

#[OpenApi(tag = "Tag::Account")]
impl Reminders {
    /// Read how reminders are delivered
    ///
    /// Events of `GET /api/events` come in any case; this is about what comes besides.
    #[oai(
        path = "/me/reminders",
        method = "get",
        operation_id = "readReminderSettings"
    )]
    async fn read(
        &self,
        caller: SessionCaller,
    ) -> Result<Out<ReminderSettings>, Problems<{ CALLER }>> {
        let store = caller.caller.store();
        let settings = store.reminder_settings(caller.caller.owner()).await?;
        Ok(Out(settings.into()))
    }

    /// Change how reminders are delivered
    ///
    /// Holds for reminders that become due from now on.
    #[oai(
        path = "/me/reminders",
        method = "patch",
        operation_id = "changeReminderSettings"
    )]
    async fn change(
        &self,
        caller: SessionCaller,
        body: Body<ReminderSettingsPatch>,
    ) -> Result<Out<ReminderSettings>, Problems<{ CALLER | JSON | CONFLICT }>> {
        let app = &caller.caller.app;
        let owner = caller.caller.owner();
        let patch = body.0;
        if patch.email.is_some_and(|when| when != DeliverWhen::Off) {
            app.mailer()?;
            if app.store.account(owner).await?.email_verified_at.is_none() {
                return Err(Error::new(Code::Conflict)
                    .detail("the address of the account was not verified; ask for the mail first")
                    .into());
            }
        }
        let change = Change {
            push: patch.push.map(Into::into),
            mail: patch.email.map(Into::into),
            shows_title: patch.show_title,
        };
        let settings = app.store.change_reminder_settings(owner, change).await?;
        Ok(Out(settings.into()))
    }

    /// End mails about reminders
    ///
    /// Links of such mails lead here, for whoever has one; programs for mail post here by themselves (RFC 8058). Nothing else ends.
    #[oai(
        path = "/unsubscribe/:token",
        method = "post",
        operation_id = "endReminderMails"
    )]
    async fn unsubscribe(
        &self,
        visitor: Visitor,
        /// The token of the link, 43 characters of base64url.
        token: Path<String>,
    ) -> Result<Unsubscribed, Problems<{ FORBIDDEN | NOT_FOUND }>> {
        let key = URL_SAFE_NO_PAD.decode(&token.0).unwrap_or_default();
        if key.len() == 32 && visitor.store().unsubscribe_from_mail(&key).await? {
            return Ok(Unsubscribed::Done);
        }
        Err(Error::not_found("mail").into())
    }
}
