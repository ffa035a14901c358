//! `/api/me/reminders`: delivery of reminders by push message and mail.

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
use crate::store::reminder_settings::{Change, DeliveryMode, Settings};

pub(crate) struct Reminders;

/// Condition for the delivery of a reminder: `off` for never, `away` if the user has no page open at that time, `always` for every reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum, Serialize)]
#[oai(rename_all = "lowercase")]
#[serde(rename_all = "lowercase")]
enum DeliverWhen {
    Off,
    Away,
    Always,
}

impl From<DeliverWhen> for DeliveryMode {
    fn from(when: DeliverWhen) -> Self {
        match when {
            DeliverWhen::Off => Self::Off,
            DeliverWhen::Away => Self::Away,
            DeliverWhen::Always => Self::Always,
        }
    }
}

impl From<DeliveryMode> for DeliverWhen {
    fn from(when: DeliveryMode) -> Self {
        match when {
            DeliveryMode::Off => Self::Off,
            DeliveryMode::Away => Self::Away,
            DeliveryMode::Always => Self::Always,
        }
    }
}

/// Settings for the delivery of reminders.
#[derive(Debug, Object, Serialize)]
#[oai(rename_all = "camelCase")]
#[serde(rename_all = "camelCase")]
struct ReminderSettings {
    /// Condition for push messages to the browsers that have subscribed.
    push: DeliverWhen,
    /// Condition for mails to the address of the account, which must be verified.
    email: DeliverWhen,
    /// `true` if messages and mails contain the titles of notes; otherwise they only announce a reminder.
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

/// Changes of the delivery of reminders; omitted properties stay as they are.
#[derive(Debug, Object)]
#[oai(rename_all = "camelCase", deny_unknown_fields)]
struct ReminderSettingsPatch {
    /// Condition for push messages to the browsers that have subscribed.
    push: Option<DeliverWhen>,
    /// Condition for mails. Values other than `off` need a verified address, and a service that sends mail.
    email: Option<DeliverWhen>,
    /// `true` to include the titles of notes in messages and mails.
    show_title: Option<bool>,
}

#[derive(ApiResponse)]
enum Unsubscribed {
    /// Reminder mails to this account are switched off.
    #[oai(status = 204)]
    Done,
}

#[OpenApi(tag = "Tag::Account")]
impl Reminders {
    /// Read how reminders are delivered
    ///
    /// Returns the settings for push messages and mails. The events of `GET /api/events` do not depend on them.
    #[oai(
        path = "/me/reminders",
        method = "get",
        operation_id = "readReminderSettings"
    )]
    async fn read_reminder_settings(
        &self,
        caller: SessionCaller,
    ) -> Result<Out<ReminderSettings>, Problems<{ CALLER }>> {
        let store = caller.caller.store();
        let settings = store.reminder_settings(caller.caller.owner()).await?;
        Ok(Out(settings.into()))
    }

    /// Change how reminders are delivered
    ///
    /// Changes the settings for reminders that become due from now on. Mails need a service that sends mail (`mail_off`) and a verified address
    /// (409).
    #[oai(
        path = "/me/reminders",
        method = "patch",
        operation_id = "changeReminderSettings"
    )]
    async fn change_reminder_settings(
        &self,
        caller: SessionCaller,
        body: Body<ReminderSettingsPatch>,
    ) -> Result<Out<ReminderSettings>, Problems<{ CALLER | JSON | CONFLICT }>> {
        let app = &caller.caller.app;
        let owner = caller.caller.owner();
        let patch = body.0;
        if patch.email.is_some_and(|when| when != DeliverWhen::Off) {
            app.require_mailer()?;
            if app
                .store
                .get_account(owner)
                .await?
                .email_verified_at
                .is_none()
            {
                return Err(Error::new(Code::Conflict)
                    .detail("the email address of the account is not verified; request a verification mail first")
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

    /// Unsubscribe from reminder mails
    ///
    /// Switches reminder mails off for the account that the token belongs to; no other setting changes. Reminder mails contain the link, and mail
    /// programs can send the request for their users (RFC 8058). No sign-in is needed.
    #[oai(
        path = "/unsubscribe/:token",
        method = "post",
        operation_id = "endReminderMails"
    )]
    async fn unsubscribe_from_mails(
        &self,
        visitor: Visitor,
        /// Token from the link in a mail, 43 characters of base64url.
        token: Path<String>,
    ) -> Result<Unsubscribed, Problems<{ FORBIDDEN | NOT_FOUND }>> {
        let key = URL_SAFE_NO_PAD.decode(&token.0).unwrap_or_default();
        if key.len() == 32 && visitor.store().unsubscribe_from_mail(&key).await? {
            return Ok(Unsubscribed::Done);
        }
        Err(Error::not_found("mail").into())
    }
}
