//! E-mail of a user pool.

use crate::cfn::cognito::user_pool::{
    EmailConfiguration, EmailConfigurationEmailSendingAccount, VerificationMessageTemplate,
    VerificationMessageTemplateDefaultEmailOption,
};
use crate::construct::With;
use crate::core::{IntoValue, Value};

/// Sender of the e-mail of a user pool, a verified identity of Amazon SES.
///
/// Without one, Cognito sends from its default address, at most 50 messages a day. See [e-mail
/// settings](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html).
///
/// ```
/// use infra_lib::cognito::SesEmail;
///
/// let identity = "arn:aws:ses:eu-west-1:111122223333:identity/example.com";
/// let email = SesEmail::new("Shop <accounts@example.com>", identity).reply_to("help@example.com");
/// ```
#[derive(Clone, Debug)]
pub struct SesEmail {
    from: Value<String>,
    identity_arn: Value<String>,
    reply_to: Option<Value<String>>,
    configuration_set: Option<Value<String>>,
}

impl SesEmail {
    /// Creates a sender from an address, with or without a name, and the ARN of its identity in SES.
    pub fn new(from: impl IntoValue<String>, identity_arn: impl IntoValue<String>) -> Self {
        Self {
            from: from.into_value(),
            identity_arn: identity_arn.into_value(),
            reply_to: None,
            configuration_set: None,
        }
    }

    /// Sets the address for answers. Default: the sender.
    pub fn reply_to(mut self, address: impl IntoValue<String>) -> Self {
        self.reply_to = Some(address.into_value());
        self
    }

    /// Sets the configuration set of SES, which records deliveries. Default: none.
    pub fn configuration_set(mut self, name: impl IntoValue<String>) -> Self {
        self.configuration_set = Some(name.into_value());
        self
    }

    pub(super) fn property(self) -> EmailConfiguration {
        EmailConfiguration::new()
            .email_sending_account(EmailConfigurationEmailSendingAccount::DEVELOPER)
            .from_(self.from)
            .source_arn(self.identity_arn)
            .with(self.reply_to, EmailConfiguration::reply_to_email_address)
            .with(
                self.configuration_set,
                EmailConfiguration::configuration_set,
            )
    }
}

/// E-mail with which users confirm their address.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum VerificationMessage {
    /// Message with a code, which the application asks for.
    Code {
        /// Subject, at most 140 characters.
        subject: String,
        /// Text or HTML with the placeholder `{####}` for the code.
        body: String,
    },
    /// Message with a link, which needs a [`UserPoolDomain`](super::UserPoolDomain).
    Link {
        /// Subject, at most 140 characters.
        subject: String,
        /// Text or HTML with the placeholder `{##text of the link##}`.
        body: String,
    },
}

impl VerificationMessage {
    pub(super) fn property(self) -> VerificationMessageTemplate {
        let template = VerificationMessageTemplate::new();
        match self {
            Self::Code { subject, body } => template
                .default_email_option(
                    VerificationMessageTemplateDefaultEmailOption::CONFIRM_WITH_CODE,
                )
                .email_subject(subject)
                .email_message(body),
            Self::Link { subject, body } => template
                .default_email_option(
                    VerificationMessageTemplateDefaultEmailOption::CONFIRM_WITH_LINK,
                )
                .email_subject_by_link(subject)
                .email_message_by_link(body),
        }
    }
}
