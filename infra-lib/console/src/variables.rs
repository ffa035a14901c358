//! Environment variables, including those that are not UTF-8.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::Path;

/// Environment variables of a process.
///
/// Names and values can contain any bytes that the system allows, because paths need not be UTF-8. A variable with an empty value counts as unset.
/// `Debug` prints names only, because values may be secrets.
#[derive(Clone, Default, Eq, Hash, PartialEq)]
pub struct Variables(BTreeMap<OsString, OsString>);

impl Variables {
    /// Sets a variable to a value, which replaces an existing one.
    pub fn set(&mut self, name: impl Into<OsString>, value: impl Into<OsString>) {
        self.0.insert(name.into(), value.into());
    }

    /// Returns the value of a variable as the system stores it; `None` if it is unset or empty.
    pub fn find_value(&self, name: &str) -> Option<&OsStr> {
        let value = self.0.get(OsStr::new(name))?;
        (!value.is_empty()).then_some(value.as_os_str())
    }

    /// Returns the value of a variable as a path; `None` if it is unset or empty.
    pub fn find_path(&self, name: &str) -> Option<&Path> {
        self.find_value(name).map(Path::new)
    }

    /// Returns the value of a variable as text; `None` if it is unset, empty or not UTF-8.
    pub fn find_text(&self, name: &str) -> Option<&str> {
        self.find_value(name)?.to_str()
    }

    /// Returns the names and values of all variables, ordered by name, including empty ones.
    pub fn iter_pairs(&self) -> impl Iterator<Item = (&OsStr, &OsStr)> {
        let variables = self.0.iter();
        variables.map(|(name, value)| (name.as_os_str(), value.as_os_str()))
    }
}

impl<N: Into<OsString>, V: Into<OsString>> FromIterator<(N, V)> for Variables {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        let variables = variables.into_iter();
        Self(
            variables
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Variables;

    #[test]
    fn returns_only_variables_with_values() {
        let mut variables: Variables = [("A", "a"), ("EMPTY", "")].into_iter().collect();
        variables.set("B", "b/c");
        assert_eq!(variables.find_text("A"), Some("a"));
        assert_eq!(variables.find_path("B"), Some(Path::new("b/c")));
        assert_eq!(variables.find_value("EMPTY"), None);
        assert_eq!(variables.find_text("a"), None);
    }

    #[cfg(unix)]
    #[test]
    fn keeps_path_with_invalid_utf_8() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;
        let path = OsStr::from_bytes(b"/opt/\xff/infra");
        let variables: Variables = [("INFRA_TOOL", path)].into_iter().collect();
        assert_eq!(variables.find_path("INFRA_TOOL"), Some(Path::new(path)));
        assert_eq!(variables.find_text("INFRA_TOOL"), None);
    }

    #[test]
    fn omits_values_from_debug_output() {
        let variables: Variables = [("TOKEN", "s3cret")].into_iter().collect();
        assert_eq!(format!("{variables:?}"), "{\"TOKEN\"}");
    }
}
