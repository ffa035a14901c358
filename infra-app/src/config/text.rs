//! Defines string types with a checked format; parsing checks the format once.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

macro_rules! texts {
    ($($(#[doc = $doc:literal])+ $name:ident = $pattern:literal, $example:literal;)*) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// Returns the text, which matches the pattern of the type.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(text: String) -> Result<Self, String> {
                match_pattern($pattern, &text)?;
                Ok(Self(text))
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "type": "string",
                    "description": concat!($($doc),+).trim(),
                    "pattern": $pattern,
                    "examples": [$example],
                })
            }
        }
    )*};
}

texts! {
    /// Name of an environment, which is part of the names of its stacks.
    EnvironmentName = "^[a-z][a-z0-9]{0,11}$", "dev";
    /// Name of a preview, which is part of the names of its stacks.
    PreviewName = "^[a-z][a-z0-9]{0,11}$", "pr7";
    /// Day with year, month and day, quoted in YAML.
    Date = "^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", "2026-12-03";
    /// ID of an AWS account: twelve digits, quoted in YAML.
    AccountId = "^[0-9]{12}$", "123456789012";
    /// AWS region of the commercial partition. Other partitions lack us-east-1, which the edge requires.
    Region = "^(af|ap|ca|eu|il|me|mx|sa|us)-(central|(north|south)?(east|west)?)-[0-9]$", "us-east-1";
    /// GitHub repository, as owner and name.
    GithubRepository = "^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", "octo-org/notes";
    /// ID of a GitHub user, organization or repository, quoted in YAML.
    GithubId = "^[0-9]+$", "123456";
    /// Name of an environment in a GitHub repository.
    GithubEnvironment = "^[A-Za-z0-9_-]+$", "production";
    /// E-mail address with a name and a domain.
    EmailAddress = "^[^@ ]+@[^@ ]+$", "team@example.com";
    /// Domain name in lower case, without a trailing period.
    DomainName = "^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", "notes.example.com";
    /// An address with `https`, without a user, query or fragment.
    HttpsUrl = "^https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~/-]*)?$", "https://login.example.com/realms/team";
    /// The whole ARN of a secret of Secrets Manager, with the six characters at its end.
    SecretArn = "^arn:aws:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+-[A-Za-z0-9]{6}$", "arn:aws:secretsmanager:us-east-1:123456789012:secret:mail-AbCdEf";
    /// ID of a Route 53 hosted zone.
    HostedZoneId = "^Z[A-Z0-9]+$", "Z0123456789ABCDEFGHIJ";
}

fn match_pattern(pattern: &str, text: &str) -> Result<(), String> {
    let regex = regex_lite::Regex::new(pattern).map_err(|error| error.to_string())?;
    if regex.is_match(text) {
        Ok(())
    } else {
        Err(format!("it does not match `{pattern}`"))
    }
}
