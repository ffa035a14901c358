//! Maintenance of a domain.

use infra_cfn::opensearchservice::domain::{
    OffPeakWindow as Window, OffPeakWindowOptions, WindowStartTime,
};

use crate::{Diagnostic, Scope, codes};

/// Updates of the service software of a domain.
///
/// See [service software updates](https://docs.aws.amazon.com/opensearch-service/latest/developerguide/service-software.html).
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SoftwareUpdates {
    /// Optional updates as well are installed in the off-peak window. The default here.
    #[default]
    Automatic,
    /// Optional updates wait for you. The default of CloudFormation.
    Manual,
}

/// Daily window of ten hours for updates that OpenSearch Service schedules.
///
/// See [off-peak windows](https://docs.aws.amazon.com/opensearch-service/latest/developerguide/off-peak.html).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct OffPeakWindow {
    hour: u8,
    minute: u8,
}

impl OffPeakWindow {
    /// Creates a window from the time in UTC at which it starts: hour 0 to 23 and minute 0 to 59 (`INF4085` otherwise).
    pub const fn starting_at(hour: u8, minute: u8) -> Self {
        Self { hour, minute }
    }

    pub(super) fn options(self) -> OffPeakWindowOptions {
        // Within the range of the schema, so that a mistake has one finding.
        let start = WindowStartTime::new(self.hour.min(23), self.minute.min(59));
        OffPeakWindowOptions::new()
            .enabled(true)
            .off_peak_window(Window::new().window_start_time(start))
    }

    pub(super) fn check_window(self, scope: Scope<'_>) {
        if self.hour > 23 || self.minute > 59 {
            scope.report(
                Diagnostic::new(
                    codes::DOMAIN_SETTING,
                    "OpenSearch Service rejects the off-peak window of a domain",
                )
                .property("OffPeakWindowOptions.OffPeakWindow.WindowStartTime")
                .actual(format!("{}:{:02}", self.hour, self.minute))
                .expected("0:00 to 23:59")
                .url("https://docs.aws.amazon.com/opensearch-service/latest/developerguide/off-peak.html"),
            );
        }
    }
}

/// Reports a name that OpenSearch Service rejects (`INF4085`).
pub(super) fn check_name(scope: Scope<'_>, name: &str) {
    let valid = (3..=28).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !valid {
        scope.report(
            Diagnostic::new(
                codes::DOMAIN_SETTING,
                "OpenSearch Service rejects the name of a domain",
            )
            .property("DomainName")
            .actual(name)
            .expected("3 to 28 lower-case letters, digits and hyphens, starting with a letter")
            .url("https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_CreateDomain.html"),
        );
    }
}
