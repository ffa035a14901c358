//! Versions of engines.

use std::borrow::Cow;

use crate::{Diagnostic, Scope, codes};

/// Engine of a domain with its version, such as `OpenSearch_3.3`.
///
/// See [supported versions](https://docs.aws.amazon.com/opensearch-service/latest/developerguide/what-is.html#choosing-version).
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct EngineVersion(Cow<'static, str>);

macro_rules! versions {
    ($($name:ident = $text:literal;)+) => {
        impl EngineVersion {
            $(
                #[doc = concat!("`", $text, "`.")]
                pub const $name: Self = Self(Cow::Borrowed($text));
            )+
        }
    };
}

versions! {
    ELASTICSEARCH_6_8 = "Elasticsearch_6.8";
    ELASTICSEARCH_7_10 = "Elasticsearch_7.10";
    OPENSEARCH_1_3 = "OpenSearch_1.3";
    OPENSEARCH_2_11 = "OpenSearch_2.11";
    OPENSEARCH_2_13 = "OpenSearch_2.13";
    OPENSEARCH_2_15 = "OpenSearch_2.15";
    OPENSEARCH_2_17 = "OpenSearch_2.17";
    OPENSEARCH_2_19 = "OpenSearch_2.19";
    OPENSEARCH_3_1 = "OpenSearch_3.1";
    OPENSEARCH_3_3 = "OpenSearch_3.3";
}

impl EngineVersion {
    /// Creates another version of OpenSearch, such as `2.9`.
    pub fn open_search(version: impl AsRef<str>) -> Self {
        Self(Cow::Owned(format!("OpenSearch_{}", version.as_ref())))
    }

    /// Creates another version of Elasticsearch, such as `7.9`. The last one is 7.10.
    pub fn elasticsearch(version: impl AsRef<str>) -> Self {
        Self(Cow::Owned(format!("Elasticsearch_{}", version.as_ref())))
    }

    /// Returns the text of the version, such as `OpenSearch_3.3`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns major and minor version of Elasticsearch, or `None` for OpenSearch.
    fn elasticsearch_version(&self) -> Option<(u32, u32)> {
        let (major, minor) = self.0.strip_prefix("Elasticsearch_")?.split_once('.')?;
        Some((major.parse().ok()?, minor.parse().ok()?))
    }

    /// Reports a text that is no version, and a version without the encryption of the construct (`INF4084`).
    pub(super) fn check_version(&self, scope: Scope<'_>, has_access_control: bool) {
        let number = self.0.split_once('_').map_or("", |(_, number)| number);
        let mut parts = number.split('.');
        let is_number = |part: Option<&str>| part.is_some_and(|part| part.parse::<u32>().is_ok());
        let valid = is_number(parts.next()) && is_number(parts.next()) && parts.next().is_none();
        let (first, reason) = if has_access_control {
            ((6, 7), "with fine-grained access control")
        } else {
            ((6, 0), "with encryption between nodes")
        };
        let expected = if !valid {
            "a number such as `3.3`".to_owned()
        } else if self
            .elasticsearch_version()
            .is_some_and(|version| version < first)
        {
            format!(
                "Elasticsearch {}.{} or later {reason}, or OpenSearch",
                first.0, first.1
            )
        } else {
            return;
        };
        scope.report(
            Diagnostic::new(
                codes::DOMAIN_VERSION,
                "OpenSearch Service rejects the version of a domain",
            )
            .property("EngineVersion")
            .actual(&*self.0)
            .expected(expected)
            .help("use a constant, such as `EngineVersion::OPENSEARCH_3_3`")
            .url("https://docs.aws.amazon.com/opensearch-service/latest/developerguide/what-is.html#choosing-version"),
        );
    }
}
