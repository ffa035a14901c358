//! Runtimes of Lambda with the dates on which AWS ends their support and refuses functions with them.
//!
//! AWS: <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html>. The table is that of cfn-lint 1.58.0 (MIT-0).

/// Date of the table, as `YYYY-MM-DD`. Checks read no clock: a date has passed if it is not after this day.
pub const TABLE_DATE: &str = "2026-12-01";

/// A runtime of Lambda. Dates are written as `YYYY-MM-DD`, which sorts by time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Runtime {
    /// Identifier, such as `nodejs24.x`.
    pub name: &'static str,
    /// Day on which AWS ends the support.
    pub end_of_support: &'static str,
    /// Day from which AWS refuses new functions, if it is known.
    pub no_new_functions: Option<&'static str>,
    /// Day from which AWS refuses changes of functions, if it is known.
    pub no_changes: Option<&'static str>,
    /// The newest runtime of the same language, or `None` if that is this one.
    pub successor: Option<&'static str>,
}

impl Runtime {
    /// Returns `true` if the support has ended on the day of the table.
    pub fn is_deprecated(&self) -> bool {
        self.end_of_support <= TABLE_DATE
    }

    /// Returns the day from which AWS refuses new functions, if that is not after the day of the table.
    pub fn refused_since(&self) -> Option<&'static str> {
        self.no_new_functions.filter(|day| *day <= TABLE_DATE)
    }
}

/// Name, end of support, end of new functions, end of changes and successor of each runtime, sorted by name.
#[rustfmt::skip]
const RUNTIMES: &[(&str, &str, &str, &str, &str)] = &[
    ("dotnet10", "2028-11-14", "2028-12-14", "2029-01-15", ""),
    ("dotnet6", "2024-12-20", "2027-02-01", "2027-03-03", "dotnet10"),
    ("dotnet8", "2026-11-10", "2027-02-01", "2027-03-03", "dotnet10"),
    ("dotnet9", "2026-11-10", "", "", "dotnet10"),
    ("dotnetcore1.0", "2019-06-27", "2019-06-30", "2019-07-30", "dotnet10"),
    ("dotnetcore2.0", "2019-05-30", "2019-04-30", "2019-05-30", "dotnet10"),
    ("dotnetcore2.1", "2022-01-05", "2022-01-05", "2022-04-13", "dotnet10"),
    ("dotnetcore3.1", "2023-04-03", "2023-04-03", "2023-05-03", "dotnet10"),
    ("go1.x", "2024-01-08", "2024-02-08", "2027-03-03", "provided.al2023"),
    ("java11", "2027-06-30", "2027-07-31", "2027-08-31", "java25"),
    ("java17", "2027-06-30", "2027-07-31", "2027-08-31", "java25"),
    ("java21", "2029-06-30", "2029-07-31", "2029-08-31", "java25"),
    ("java25", "2029-06-30", "2029-07-31", "2029-08-31", ""),
    ("java8", "2024-01-08", "2024-02-08", "2027-03-03", "java25"),
    ("java8.al2", "2027-06-30", "2027-07-31", "2027-08-31", "java25"),
    ("nodejs", "2016-08-30", "2016-09-30", "2016-10-31", "nodejs24.x"),
    ("nodejs10.x", "2021-07-30", "2021-07-30", "2022-02-14", "nodejs24.x"),
    ("nodejs12.x", "2023-03-31", "2023-03-31", "2023-04-30", "nodejs24.x"),
    ("nodejs14.x", "2023-12-04", "2024-01-09", "2027-03-03", "nodejs24.x"),
    ("nodejs16.x", "2024-06-12", "2027-02-01", "2027-03-03", "nodejs24.x"),
    ("nodejs18.x", "2025-09-01", "2027-02-01", "2027-03-03", "nodejs24.x"),
    ("nodejs20.x", "2026-04-30", "2027-02-01", "2027-03-03", "nodejs24.x"),
    ("nodejs22.x", "2027-04-30", "2027-06-01", "2027-07-01", "nodejs24.x"),
    ("nodejs24.x", "2028-04-30", "2028-06-01", "2028-07-01", ""),
    ("nodejs4.3", "2020-03-05", "2020-02-03", "2020-03-05", "nodejs24.x"),
    ("nodejs4.3-edge", "2020-03-05", "2019-03-31", "2019-04-30", "nodejs24.x"),
    ("nodejs6.10", "2019-08-12", "2019-07-12", "2019-08-12", "nodejs24.x"),
    ("nodejs8.10", "2020-03-06", "2020-02-04", "2020-03-06", "nodejs24.x"),
    ("provided", "2024-01-08", "2024-02-08", "2027-03-03", "provided.al2023"),
    ("provided.al2", "2026-07-31", "2027-02-01", "2027-03-03", "provided.al2023"),
    ("provided.al2023", "2029-06-30", "2029-07-31", "2029-08-31", ""),
    ("python2.7", "2021-07-15", "2021-07-15", "2022-05-30", "python3.14"),
    ("python3.10", "2026-10-31", "2027-02-01", "2027-03-03", "python3.14"),
    ("python3.11", "2027-06-30", "2027-07-31", "2027-08-31", "python3.14"),
    ("python3.12", "2028-10-31", "2028-11-30", "2029-01-10", "python3.14"),
    ("python3.13", "2029-06-30", "2029-07-31", "2029-08-31", "python3.14"),
    ("python3.14", "2029-06-30", "2029-07-31", "2029-08-31", ""),
    ("python3.6", "2022-07-18", "2022-07-18", "2022-08-29", "python3.14"),
    ("python3.7", "2023-12-04", "2024-01-09", "2027-03-03", "python3.14"),
    ("python3.8", "2024-10-14", "2027-02-01", "2027-03-03", "python3.14"),
    ("python3.9", "2025-12-15", "2027-02-01", "2027-03-03", "python3.14"),
    ("ruby2.5", "2021-07-30", "2021-07-30", "2022-03-31", "ruby4.0"),
    ("ruby2.7", "2023-12-07", "2024-01-09", "2027-03-03", "ruby4.0"),
    ("ruby3.2", "2026-03-31", "2027-02-01", "2027-03-03", "ruby4.0"),
    ("ruby3.3", "2027-03-31", "2027-04-30", "2027-05-31", "ruby4.0"),
    ("ruby3.4", "2028-03-31", "2028-04-30", "2028-05-31", "ruby4.0"),
    ("ruby4.0", "2029-03-31", "2029-04-30", "2029-05-31", ""),
];

/// Returns the runtime with an identifier, or `None` if the table does not contain it.
///
/// ```
/// use infra_schema::runtimes::find_runtime;
///
/// assert!(find_runtime("nodejs14.x").unwrap().refused_since().is_some());
/// assert!(!find_runtime("python3.14").unwrap().is_deprecated());
/// assert_eq!(find_runtime("cobol"), None);
/// ```
pub fn find_runtime(name: &str) -> Option<Runtime> {
    let at = RUNTIMES
        .binary_search_by(|(known, ..)| (*known).cmp(name))
        .ok()?;
    let (name, end_of_support, no_new_functions, no_changes, successor) = RUNTIMES[at];
    let given = |text: &'static str| Some(text).filter(|text| !text.is_empty());
    Some(Runtime {
        name,
        end_of_support,
        no_new_functions: given(no_new_functions),
        no_changes: given(no_changes),
        successor: given(successor),
    })
}

#[cfg(test)]
mod tests {
    use super::{RUNTIMES, find_runtime};

    #[test]
    fn names_successors_that_exist() {
        assert!(RUNTIMES.is_sorted());
        for (name, ..) in RUNTIMES {
            let runtime = find_runtime(name).unwrap();
            if let Some(successor) = runtime.successor {
                assert!(!find_runtime(successor).unwrap().is_deprecated(), "{name}");
            }
        }
    }
}
