//! Runtimes of Lambda, with the dates on which their support ends.
//!
//! AWS: [Lambda runtimes](https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html).

use std::fmt;

/// A day of the calendar, written as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Creates a day, with months from 1 to 12 and days from 1 to 31.
    pub const fn new(year: u16, month: u8, day: u8) -> Self {
        Self { year, month, day }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Date of the table below. Synthesis reads no clock, so a runtime counts as deprecated if its support had ended on
/// this day: the finding appears with a newer version of this library.
pub(super) const TABLE_DATE: Date = Date::new(2026, 12, 1);

/// Language of a runtime, which determines the meaning of the handler.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Family {
    Nodejs,
    Python,
    Java,
    Dotnet,
    Ruby,
    Provided,
}

macro_rules! runtimes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $family:ident, $year:literal-$month:literal-$day:literal;)+) => {
        /// Runtime of a function. Each documents the day on which AWS ends its support: no more security updates, and
        /// months later no more changes of functions.
        #[derive(Clone, Debug, Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub enum Runtime {
            $(
                $(#[doc = $doc])+
                #[doc = concat!("\n\nSupport ends on ", $year, "-", $month, "-", $day, " (year, month, day).")]
                $variant,
            )+
            /// A runtime that this version of the library does not know, by its identifier.
            Other(String),
        }

        impl Runtime {
            /// Returns the identifier, such as `nodejs24.x`.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $name,)+
                    Self::Other(name) => name,
                }
            }

            /// Returns the day on which AWS ends the support of the runtime, or `None` if it is not known here.
            pub const fn end_of_support(&self) -> Option<Date> {
                match self {
                    $(Self::$variant => Some(Date::new($year, $month, $day)),)+
                    Self::Other(_) => None,
                }
            }

            pub(super) const fn family(&self) -> Option<Family> {
                match self {
                    $(Self::$variant => Some(Family::$family),)+
                    Self::Other(_) => None,
                }
            }
        }
    };
}

runtimes! {
    /// Node.js 24 on Amazon Linux 2023.
    Nodejs24 = "nodejs24.x", Nodejs, 2028-4-30;
    /// Node.js 22 on Amazon Linux 2023.
    Nodejs22 = "nodejs22.x", Nodejs, 2027-4-30;
    /// Node.js 20 on Amazon Linux 2023.
    Nodejs20 = "nodejs20.x", Nodejs, 2026-4-30;
    /// Node.js 18 on Amazon Linux 2.
    Nodejs18 = "nodejs18.x", Nodejs, 2025-9-1;
    /// Python 3.14 on Amazon Linux 2023.
    Python314 = "python3.14", Python, 2029-6-30;
    /// Python 3.13 on Amazon Linux 2023.
    Python313 = "python3.13", Python, 2029-6-30;
    /// Python 3.12 on Amazon Linux 2023.
    Python312 = "python3.12", Python, 2028-10-31;
    /// Python 3.11 on Amazon Linux 2.
    Python311 = "python3.11", Python, 2027-6-30;
    /// Python 3.10 on Amazon Linux 2.
    Python310 = "python3.10", Python, 2026-10-31;
    /// Python 3.9 on Amazon Linux 2.
    Python39 = "python3.9", Python, 2025-12-15;
    /// Java 25 on Amazon Linux 2023.
    Java25 = "java25", Java, 2029-6-30;
    /// Java 21 on Amazon Linux 2023.
    Java21 = "java21", Java, 2029-6-30;
    /// Java 17 on Amazon Linux 2.
    Java17 = "java17", Java, 2027-6-30;
    /// Java 11 on Amazon Linux 2.
    Java11 = "java11", Java, 2027-6-30;
    /// Java 8 on Amazon Linux 2.
    Java8 = "java8.al2", Java, 2027-6-30;
    /// .NET 10 on Amazon Linux 2023.
    Dotnet10 = "dotnet10", Dotnet, 2028-11-14;
    /// .NET 8 on Amazon Linux 2023.
    Dotnet8 = "dotnet8", Dotnet, 2026-11-10;
    /// Ruby 4.0 on Amazon Linux 2023.
    Ruby40 = "ruby4.0", Ruby, 2029-3-31;
    /// Ruby 3.4 on Amazon Linux 2023.
    Ruby34 = "ruby3.4", Ruby, 2028-3-31;
    /// Ruby 3.3 on Amazon Linux 2023.
    Ruby33 = "ruby3.3", Ruby, 2027-3-31;
    /// Ruby 3.2 on Amazon Linux 2.
    Ruby32 = "ruby3.2", Ruby, 2026-3-31;
    /// Amazon Linux 2023 without a language, for programs in Rust, Go and C++. The executable is named `bootstrap`.
    ProvidedAl2023 = "provided.al2023", Provided, 2029-6-30;
    /// Amazon Linux 2 without a language. The executable is named `bootstrap`.
    ProvidedAl2 = "provided.al2", Provided, 2026-7-31;
}

impl Runtime {
    /// Returns `true` if the support of the runtime had ended when this version of the library was made.
    pub fn is_deprecated(&self) -> bool {
        self.end_of_support().is_some_and(|end| end <= TABLE_DATE)
    }

    /// Returns the newest runtime of the same language.
    pub(super) const fn successor(&self) -> Option<Self> {
        match self.family() {
            Some(Family::Nodejs) => Some(Self::Nodejs24),
            Some(Family::Python) => Some(Self::Python314),
            Some(Family::Java) => Some(Self::Java25),
            Some(Family::Dotnet) => Some(Self::Dotnet10),
            Some(Family::Ruby) => Some(Self::Ruby40),
            Some(Family::Provided) => Some(Self::ProvidedAl2023),
            None => None,
        }
    }
}
