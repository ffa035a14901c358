//! Masks of sensitive data in log events.

use std::borrow::Cow;

use super::AsLogGroup;
use crate::core::{Data, IntoValue, Name, Value, pseudo, sub};
use crate::kind;

macro_rules! identifiers {
    ($($(#[$doc:meta])+ $name:ident = $text:literal;)+) => {
        impl DataIdentifier {
            $($(#[$doc])+ pub const $name: Self = Self(Cow::Borrowed($text));)+
        }
    };
}

/// Kind of sensitive data that CloudWatch Logs finds.
///
/// See [types of data](https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/protect-sensitive-log-data-types.html).
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct DataIdentifier(Cow<'static, str>);

identifiers! {
    /// Secret access keys of AWS.
    AWS_SECRET_KEY = "AwsSecretKey";
    /// Private keys of OpenSSH.
    OPEN_SSH_PRIVATE_KEY = "OpenSshPrivateKey";
    /// Private keys of PGP.
    PGP_PRIVATE_KEY = "PgpPrivateKey";
    /// Private keys in a format of PKCS.
    PKCS_PRIVATE_KEY = "PkcsPrivateKey";
    /// Private keys of PuTTY.
    PUTTY_PRIVATE_KEY = "PuttyPrivateKey";
    /// Postal addresses.
    ADDRESS = "Address";
    /// E-mail addresses.
    EMAIL_ADDRESS = "EmailAddress";
    /// IP addresses.
    IP_ADDRESS = "IpAddress";
    /// Names of people.
    NAME = "Name";
    /// Numbers of credit cards.
    CREDIT_CARD_NUMBER = "CreditCardNumber";
    /// Expiration dates of credit cards.
    CREDIT_CARD_EXPIRATION = "CreditCardExpiration";
    /// Security codes of credit cards.
    CREDIT_CARD_SECURITY_CODE = "CreditCardSecurityCode";
}

impl DataIdentifier {
    /// Returns another identifier of AWS by its ID, such as `PhoneNumber-US` or `DriversLicense-DE`.
    pub fn of_name(name: impl Into<Cow<'static, str>>) -> Self {
        Self(name.into())
    }

    fn arn(&self) -> Data {
        let arn: Value<String> = sub![
            "arn:",
            pseudo::partition(),
            ":dataprotection::aws:data-identifier/",
            self.0.clone().into_owned()
        ];
        arn.into_data()
    }
}

/// Mask of sensitive data in the events of a log group. Only principals with `logs:Unmask` see the data.
///
/// See [data protection](https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/mask-sensitive-log-data.html).
///
/// ```
/// use infra_lib::logs::{DataIdentifier, DataProtection, LogGroup};
/// use infra_lib::{App, Stack};
///
/// let app = App::new();
/// let stack = Stack::new(&app, "Stack");
/// LogGroup::builder()
///     .data_protection(DataProtection::mask(DataIdentifier::EMAIL_ADDRESS).and(DataIdentifier::CREDIT_CARD_NUMBER))
///     .build(stack, "Logs");
/// # assert!(app.synth().findings().is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct DataProtection {
    identifiers: Vec<DataIdentifier>,
    findings: Option<Value<Name<kind::logs::LogGroup>>>,
}

impl DataProtection {
    /// Creates a mask for one kind of data.
    pub fn mask(identifier: DataIdentifier) -> Self {
        Self {
            identifiers: vec![identifier],
            findings: None,
        }
    }

    /// Masks another kind of data as well.
    pub fn and(mut self, identifier: DataIdentifier) -> Self {
        if !self.identifiers.contains(&identifier) {
            self.identifiers.push(identifier);
        }
        self
    }

    /// Sets another log group that receives reports on the data that was found. Default: none; the metric
    /// `LogEventsWithFindings` counts them.
    pub fn report_to<'app>(mut self, log_group: &impl AsLogGroup<'app>) -> Self {
        self.findings = Some(log_group.as_log_group().name());
        self
    }

    /// Returns the policy. CloudWatch Logs requires an audit and a mask for the same data.
    pub(super) fn policy(self) -> Data {
        let identifiers = Data::list(self.identifiers.iter().map(DataIdentifier::arn));
        let destination = match self.findings {
            Some(name) => {
                let group: Value<String> = name.into_value();
                Data::map([(
                    "CloudWatchLogs",
                    Data::map([("LogGroup", group.into_data())]),
                )])
            }
            None => empty(),
        };
        let statement = |sid: &'static str, operation: Data| {
            Data::map([
                ("Sid", Data::from(sid)),
                ("DataIdentifier", identifiers.clone()),
                ("Operation", operation),
            ])
        };
        let audit = Data::map([("FindingsDestination", destination)]);
        let mask = Data::map([("MaskConfig", empty())]);
        Data::map([
            ("Name", Data::from("data-protection-policy")),
            ("Version", Data::from("2021-06-01")),
            (
                "Statement",
                Data::list([
                    statement("audit", Data::map([("Audit", audit)])),
                    statement("mask", Data::map([("Deidentify", mask)])),
                ]),
            ),
        ])
    }
}

fn empty() -> Data {
    Data::map::<&'static str>([])
}
