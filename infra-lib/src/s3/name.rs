//! Names of buckets, checked where they are written.

use std::fmt;
use std::str::FromStr;

use crate::core::Expr;
use crate::{Data, Value};

/// Name of a bucket: 3 to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit.
///
/// [`bucket_name!`](crate::bucket_name) checks literals at compile time; [`BucketName::parse`] checks names from
/// outside the program. S3 also allows dots; they are refused here, because the TLS certificate of
/// `*.s3.amazonaws.com` does not cover names with dots. See the [naming
/// rules](https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html).
///
/// ```
/// use infra_lib::{bucket_name, pseudo, s3::BucketName, sub};
///
/// let fixed = bucket_name!("notes-exports");
/// let read = BucketName::parse("notes-exports")?;
/// // Known only at deploy time; its literal parts are checked at synthesis (INF4501).
/// let deferred = BucketName::from(sub!["notes-exports-", pseudo::account_id()]);
/// # Ok::<(), infra_lib::s3::BucketNameError>(())
/// ```
///
/// ```compile_fail
/// let wrong = infra_lib::bucket_name!("Notes-Exports");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct BucketName(Value<String>);

/// Reason why a text cannot be the name of a bucket.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum BucketNameError {
    /// The name has fewer than 3 or more than 63 characters.
    Length,
    /// The name contains a character other than a lower-case letter, a digit or a hyphen.
    Character(char),
    /// The name starts or ends with a hyphen.
    Edge,
    /// The name has a prefix or suffix that S3 reserves.
    Reserved(&'static str),
}

impl fmt::Display for BucketNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length => f.write_str("a bucket name has 3 to 63 characters"),
            Self::Character(c) if c.is_ascii_uppercase() => {
                write!(
                    f,
                    "a bucket name cannot contain upper-case letters such as `{c}`"
                )
            }
            Self::Character(c) => write!(
                f,
                "a bucket name contains only lower-case letters, digits and hyphens, not `{c}`"
            ),
            Self::Edge => f.write_str("a bucket name starts and ends with a letter or digit"),
            Self::Reserved(part) => write!(f, "`{part}` in a bucket name is reserved by S3"),
        }
    }
}

impl std::error::Error for BucketNameError {}

const RESERVED_PREFIXES: [&str; 3] = ["xn--", "sthree-", "amzn-s3-demo-"];
const RESERVED_SUFFIXES: [&str; 5] = ["-s3alias", "--ol-s3", "-an", "--x-s3", "--table-s3"];

impl BucketName {
    /// Parses a name from outside the program.
    pub fn parse(name: &str) -> Result<Self, BucketNameError> {
        check_name(name)?;
        Ok(Self(Value::from_data(Data::from(name.to_owned()))))
    }

    /// Creates a name from a literal; implementation of [`bucket_name!`](crate::bucket_name).
    ///
    /// # Panics
    ///
    /// Panics if the name is invalid; in a constant this is a compile error.
    pub const fn literal(name: &'static str) -> Self {
        match check_name(name) {
            Ok(()) => {}
            Err(BucketNameError::Length) => panic!("a bucket name has 3 to 63 characters"),
            Err(BucketNameError::Character(c)) if c.is_ascii_uppercase() => {
                panic!("a bucket name cannot contain upper-case letters: write it in lower case")
            }
            Err(BucketNameError::Character(_)) => {
                panic!("a bucket name contains only lower-case letters, digits and hyphens")
            }
            Err(BucketNameError::Edge) => {
                panic!("a bucket name starts and ends with a letter or digit")
            }
            Err(BucketNameError::Reserved(_)) => {
                panic!("the bucket name has a prefix or suffix that S3 reserves")
            }
        }
        Self(Value::from_data(Data::Text(std::borrow::Cow::Borrowed(
            name,
        ))))
    }

    /// Returns the name as a value.
    pub fn value(&self) -> &Value<String> {
        &self.0
    }

    /// Returns the problem of a name; for a partly deferred name, a character that S3 refuses in any bucket name.
    pub(super) fn find_problem(&self) -> Option<(String, BucketNameError)> {
        if let Some(name) = self.0.as_literal() {
            return check_name(name).err().map(|error| (name.to_owned(), error));
        }
        let Some(Expr::Concat(parts)) = self.0.data().as_expr() else {
            return None;
        };
        parts.iter().filter_map(Data::as_text).find_map(|part| {
            let refused = part.chars().find(|c| !is_allowed_char(*c as u32))?;
            Some((part.to_owned(), BucketNameError::Character(refused)))
        })
    }
}

impl FromStr for BucketName {
    type Err = BucketNameError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::parse(name)
    }
}

impl From<Value<String>> for BucketName {
    /// Creates a name that CloudFormation computes, such as `sub!["notes-", pseudo::account_id()]`.
    fn from(name: Value<String>) -> Self {
        Self(name)
    }
}

const fn is_allowed_char(c: u32) -> bool {
    matches!(c, 0x61..=0x7a | 0x30..=0x39 | 0x2d)
}

const fn check_name(name: &str) -> Result<(), BucketNameError> {
    let bytes = name.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !is_allowed_char(bytes[at] as u32) {
            let shown = if bytes[at].is_ascii() {
                bytes[at] as char
            } else {
                char::REPLACEMENT_CHARACTER
            };
            return Err(BucketNameError::Character(shown));
        }
        at += 1;
    }
    if bytes.len() < 3 || bytes.len() > 63 {
        return Err(BucketNameError::Length);
    }
    if bytes[0] == b'-' || bytes[bytes.len() - 1] == b'-' {
        return Err(BucketNameError::Edge);
    }
    let mut at = 0;
    while at < RESERVED_PREFIXES.len() {
        if matches_at(bytes, RESERVED_PREFIXES[at].as_bytes(), 0) {
            return Err(BucketNameError::Reserved(RESERVED_PREFIXES[at]));
        }
        at += 1;
    }
    at = 0;
    while at < RESERVED_SUFFIXES.len() {
        let suffix = RESERVED_SUFFIXES[at].as_bytes();
        if bytes.len() >= suffix.len() && matches_at(bytes, suffix, bytes.len() - suffix.len()) {
            return Err(BucketNameError::Reserved(RESERVED_SUFFIXES[at]));
        }
        at += 1;
    }
    Ok(())
}

const fn matches_at(bytes: &[u8], part: &[u8], start: usize) -> bool {
    let mut at = 0;
    while at < part.len() {
        if start + at >= bytes.len() || bytes[start + at] != part[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Creates a [bucket name](crate::s3::BucketName) from a literal that the compiler checks.
///
/// ```
/// let name = infra_lib::bucket_name!("notes-exports");
/// ```
#[macro_export]
macro_rules! bucket_name {
    ($name:expr) => {{
        const NAME: $crate::s3::BucketName = $crate::s3::BucketName::literal($name);
        NAME
    }};
}
