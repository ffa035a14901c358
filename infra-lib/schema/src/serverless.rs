//! The types of the serverless transform (AWS SAM), which a template has before the transform only.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::model::ResourceType;
use crate::nearest::find_nearest;
use crate::parse;

/// The types, in the form of `model/`; written by `scripts/schema-update`.
static TEXT: &str = include_str!("../serverless.txt");

/// Name under which the types have the section `Globals` of a template.
///
/// AWS: [Globals](https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html).
pub const GLOBALS: &str = "AWS::Serverless::Globals";

/// Returns a type of the serverless transform, such as `AWS::Serverless::Function`, or [`GLOBALS`]; `None` if the transform has no such type.
///
/// # Panics
///
/// Panics if the embedded text does not parse. A test parses every line of it.
pub fn serverless_type(name: &str) -> Option<&'static ResourceType> {
    static TYPES: OnceLock<BTreeMap<&str, ResourceType>> = OnceLock::new();
    // Templates without the transform do not need the types.
    if !name.starts_with("AWS::Serverless::") {
        return None;
    }
    let types = TYPES.get_or_init(|| {
        let types = parse::split_types(TEXT);
        let types = types.map(|(name, text)| match parse::parse_resource_type(text) {
            Ok(found) => (name, found),
            Err(error) => panic!("the embedded model of {name} does not parse: {error}"),
        });
        types.collect()
    });
    types.get(name)
}

/// Returns the type of the serverless transform with the most similar name, or `None` if all differ too much.
pub fn nearest_serverless_type(name: &str) -> Option<&'static str> {
    let names = parse::split_types(TEXT).map(|(known, _)| known);
    find_nearest(name, names.filter(|known| *known != GLOBALS))
}

#[cfg(test)]
mod tests {
    use super::{GLOBALS, nearest_serverless_type, serverless_type};
    use crate::parse;

    #[test]
    fn every_type_parses() {
        let mut count = 0;
        for (name, text) in parse::split_types(super::TEXT) {
            parse::parse_resource_type(text).unwrap();
            assert_eq!(serverless_type(name).map(|ty| &*ty.name), Some(name));
            count += 1;
        }
        assert!(count >= 15);
        assert!(serverless_type(GLOBALS).is_some());
        assert!(serverless_type("AWS::SQS::Queue").is_none());
    }

    #[test]
    fn finds_type_despite_typo() {
        assert_eq!(
            nearest_serverless_type("AWS::Serverless::Functoin"),
            Some("AWS::Serverless::Function")
        );
        assert_ne!(nearest_serverless_type(GLOBALS), Some(GLOBALS));
        assert_eq!(
            nearest_serverless_type("AWS::Serverless::SomethingElse"),
            None
        );
    }
}
