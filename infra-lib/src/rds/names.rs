//! Names of databases, checked where they are written.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// Name of the first database of an instance: 1 to 63 letters, digits and underscores, starting with a letter.
///
/// [`database_name!`](crate::database_name) checks literals at compile time; [`DatabaseName::parse`] checks names
/// from outside the program. See
/// [`DBName`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html#cfn-rds-dbinstance-dbname).
///
/// ```
/// use infra_lib::{database_name, rds::DatabaseName};
///
/// let fixed = database_name!("notes");
/// assert_eq!(fixed.to_string().parse(), Ok(fixed));
/// assert!(DatabaseName::parse("my-app").is_err());
/// ```
///
/// ```compile_fail
/// let wrong = infra_lib::database_name!("my-app");
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct DatabaseName(Cow<'static, str>);

/// Reason why a text cannot be the name of a database.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum DatabaseNameError {
    /// The name is empty or has more than 63 characters.
    Length,
    /// The name does not start with a letter.
    Start,
    /// The name contains a character other than a letter, digit or underscore.
    Character(char),
    /// The name is reserved by PostgreSQL or RDS.
    Reserved(&'static str),
}

impl fmt::Display for DatabaseNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length => f.write_str("a database name has 1 to 63 characters"),
            Self::Start => f.write_str("a database name starts with a letter"),
            Self::Character(c) => write!(
                f,
                "a database name contains only letters, digits and underscores, not `{c}`"
            ),
            Self::Reserved(name) => write!(f, "the database `{name}` is reserved"),
        }
    }
}

impl std::error::Error for DatabaseNameError {}

const RESERVED: [&str; 5] = ["rdsadmin", "template0", "template1", "default", "db"];

impl DatabaseName {
    /// Parses a name from outside the program.
    pub fn parse(name: &str) -> Result<Self, DatabaseNameError> {
        check_name(name)?;
        Ok(Self(Cow::Owned(name.to_owned())))
    }

    /// Creates a name from a literal; implementation of [`database_name!`](crate::database_name).
    ///
    /// # Panics
    ///
    /// Panics if the name is invalid; in a constant this is a compile error.
    pub const fn literal(name: &'static str) -> Self {
        match check_name(name) {
            Ok(()) => Self(Cow::Borrowed(name)),
            Err(DatabaseNameError::Length) => panic!("a database name has 1 to 63 characters"),
            Err(DatabaseNameError::Start) => panic!("a database name starts with a letter"),
            Err(DatabaseNameError::Character('-')) => {
                panic!("a database name cannot contain hyphens: use underscores, as in `my_app`")
            }
            Err(DatabaseNameError::Character(_)) => {
                panic!("a database name contains only letters, digits and underscores")
            }
            Err(DatabaseNameError::Reserved(_)) => {
                panic!("the database name is reserved by PostgreSQL or RDS")
            }
        }
    }

    /// Returns the name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DatabaseName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for DatabaseName {
    type Err = DatabaseNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

const fn check_name(name: &str) -> Result<(), DatabaseNameError> {
    let bytes = name.as_bytes();
    if bytes.is_empty() || bytes.len() > 63 {
        return Err(DatabaseNameError::Length);
    }
    let mut at = 0;
    while at < bytes.len() {
        if !(bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_') {
            let shown = if bytes[at].is_ascii() {
                bytes[at] as char
            } else {
                char::REPLACEMENT_CHARACTER
            };
            return Err(DatabaseNameError::Character(shown));
        }
        at += 1;
    }
    if !bytes[0].is_ascii_alphabetic() {
        return Err(DatabaseNameError::Start);
    }
    at = 0;
    while at < RESERVED.len() {
        if bytes.eq_ignore_ascii_case(RESERVED[at].as_bytes()) {
            return Err(DatabaseNameError::Reserved(RESERVED[at]));
        }
        at += 1;
    }
    Ok(())
}

/// Creates a [database name](crate::rds::DatabaseName) from a literal that the compiler checks.
///
/// ```
/// let name = infra_lib::database_name!("notes");
/// ```
#[macro_export]
macro_rules! database_name {
    ($name:expr) => {{
        const NAME: $crate::rds::DatabaseName = $crate::rds::DatabaseName::literal($name);
        NAME
    }};
}
