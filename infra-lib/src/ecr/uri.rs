//! URIs of repositories that another stack or account created.

use std::fmt;
use std::str::FromStr;

use crate::core::{Arn, Value, pseudo, sub};
use crate::kind;

/// URI of a repository, `<account>.dkr.ecr.<region>.amazonaws.com/<name>`, without tag or digest.
///
/// ```
/// use infra_lib::ecr::RepositoryUri;
///
/// let proposals = "123456789012.dkr.ecr.us-east-1.amazonaws.com/notes".parse::<RepositoryUri>()?;
/// assert_eq!(proposals.as_str(), "123456789012.dkr.ecr.us-east-1.amazonaws.com/notes");
/// assert!(RepositoryUri::parse("docker.io/library/notes").is_err());
/// # Ok::<(), infra_lib::ecr::InvalidRepositoryUri>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct RepositoryUri {
    text: String,
    account: String,
    region: String,
    name: String,
}

/// Error for text that is not the URI of a repository.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct InvalidRepositoryUri(String);

impl RepositoryUri {
    /// Parses a URI, such as the output of another stack. A tag or digest at its end is an error.
    pub fn parse(text: &str) -> Result<Self, InvalidRepositoryUri> {
        Self::parse_uri(text).ok_or_else(|| InvalidRepositoryUri(text.to_owned()))
    }

    /// Returns the URI as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the ARN of the repository.
    pub fn arn(&self) -> Value<Arn<kind::ecr::Repository>> {
        let Self {
            account,
            region,
            name,
            ..
        } = self;
        let rest = format!(":ecr:{region}:{account}:repository/{name}");
        sub!["arn:", pseudo::partition(), rest].cast()
    }

    fn parse_uri(text: &str) -> Option<Self> {
        let (host, name) = text.split_once('/')?;
        let (account, rest) = host.split_once(".dkr.ecr.")?;
        let (region, domain) = rest.split_once('.')?;
        let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
        let is_region = !region.is_empty()
            && region
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        // https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
        let is_name = (2..=256).contains(&name.len())
            && name.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-/".contains(&byte)
            });
        let is_domain = matches!(domain, "amazonaws.com" | "amazonaws.com.cn");
        (is_account && is_region && is_name && is_domain).then(|| Self {
            text: text.to_owned(),
            account: account.to_owned(),
            region: region.to_owned(),
            name: name.to_owned(),
        })
    }
}

impl FromStr for RepositoryUri {
    type Err = InvalidRepositoryUri;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for RepositoryUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for InvalidRepositoryUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not the address of an ECR repository; expected `<account>.dkr.ecr.<region>.amazonaws.com/<name>`, without tag or digest",
            self.0
        )
    }
}

impl std::error::Error for InvalidRepositoryUri {}
