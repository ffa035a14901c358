//! The transforms of a template.
//!
//! AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-section-structure.html>

use crate::function::TRANSFORM;
use crate::tree::Map;

/// The transforms that the template declares.
#[derive(Clone, Debug, Default)]
pub(crate) struct Transforms {
    /// `AWS::LanguageExtensions`
    pub(crate) language_extensions: bool,
    /// `AWS::Serverless-2016-10-31`
    pub(crate) serverless: bool,
    /// Another macro, which can change everything.
    pub(crate) macros: bool,
}

impl Transforms {
    pub(crate) fn of_template(sections: &Map) -> Self {
        let mut found = Self::default();
        if let Some(transform) = sections.get("Transform") {
            let items = transform
                .as_list()
                .unwrap_or(std::slice::from_ref(transform));
            for item in items {
                let named = item
                    .as_map()
                    .and_then(|map| map.get("Name"))
                    .unwrap_or(item);
                found.add(named.as_text().unwrap_or_default());
            }
        }
        if sections.find_entry(TRANSFORM).is_some() {
            found.macros = true;
        }
        found
    }

    fn add(&mut self, name: &str) {
        match name {
            "AWS::LanguageExtensions" => self.language_extensions = true,
            name if name.starts_with("AWS::Serverless-") => self.serverless = true,
            // These add entries to the template; they do not change those that exist.
            "AWS::CodeDeployBlueGreen"
            | "AWS::SecretsManager-2020-07-23"
            | "AWS::SecretsManager-2024-09-16" => {}
            _ => self.macros = true,
        }
    }
}
