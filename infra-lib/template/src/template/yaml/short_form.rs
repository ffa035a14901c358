//! The functions that YAML can write as a tag, such as `!Ref`.

use infra_core::nearest;
use serde_json::{Map, Value as JsonValue};

/// A function by its tag.
#[derive(Debug)]
pub(super) struct ShortForm {
    /// The tag, without `!`.
    tag: &'static str,
    /// The key of the long form.
    key: &'static str,
}

/// Every function with a short form.
///
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html>, the
/// functions of rules (`Contains` and below) from its page of rule-specific functions.
const SHORT_FORMS: [ShortForm; 28] = [
    short("Ref", "Ref"),
    short("Condition", "Condition"),
    short("And", "Fn::And"),
    short("Base64", "Fn::Base64"),
    short("Cidr", "Fn::Cidr"),
    short("Equals", "Fn::Equals"),
    short("FindInMap", "Fn::FindInMap"),
    short("GetAtt", "Fn::GetAtt"),
    short("GetAZs", "Fn::GetAZs"),
    short("GetStackOutput", "Fn::GetStackOutput"),
    short("If", "Fn::If"),
    short("ImportValue", "Fn::ImportValue"),
    short("Join", "Fn::Join"),
    short("Length", "Fn::Length"),
    short("Not", "Fn::Not"),
    short("Or", "Fn::Or"),
    short("Select", "Fn::Select"),
    short("Split", "Fn::Split"),
    short("Sub", "Fn::Sub"),
    short("ToJsonString", "Fn::ToJsonString"),
    short("Transform", "Fn::Transform"),
    short("Contains", "Fn::Contains"),
    short("EachMemberEquals", "Fn::EachMemberEquals"),
    short("EachMemberIn", "Fn::EachMemberIn"),
    short("RefAll", "Fn::RefAll"),
    short("ValueOf", "Fn::ValueOf"),
    short("ValueOfAll", "Fn::ValueOfAll"),
    short("GetParam", "Fn::GetParam"),
];

const fn short(tag: &'static str, key: &'static str) -> ShortForm {
    ShortForm { tag, key }
}

/// The function of that tag, or the one that was probably meant.
pub(super) fn find(tag: &str) -> Result<&'static ShortForm, Option<&'static str>> {
    SHORT_FORMS
        .iter()
        .find(|form| form.tag == tag)
        .ok_or_else(|| nearest(tag, SHORT_FORMS.iter().map(|form| form.tag)))
}

impl ShortForm {
    /// The long form with that argument.
    pub(super) fn of(&self, argument: JsonValue) -> JsonValue {
        let mut call = Map::new();
        call.insert(self.key.to_owned(), argument);
        JsonValue::Object(call)
    }

    /// The long form of a scalar: `!GetAtt A.B.C` names the resource up to the first dot.
    pub(super) fn of_text(&self, text: &str) -> JsonValue {
        match text.split_once('.') {
            Some((resource, attribute)) if self.tag == "GetAtt" => {
                self.of(JsonValue::from(vec![resource, attribute]))
            }
            _ => self.of(JsonValue::from(text)),
        }
    }
}
