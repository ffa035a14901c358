//! Intrinsic functions that YAML can write as a tag, such as `!Ref`.

use infra_core::find_nearest;
use infra_yaml::LongForm;

/// Every function with a short form.
///
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html>. The functions of rules (`Contains` and
/// below) are from the page of rule-specific functions.
const SHORT_FORMS: [(&str, LongForm); 28] = [
    short_form("Ref", "Ref"),
    short_form("Condition", "Condition"),
    short_form("And", "Fn::And"),
    short_form("Base64", "Fn::Base64"),
    short_form("Cidr", "Fn::Cidr"),
    short_form("Equals", "Fn::Equals"),
    short_form("FindInMap", "Fn::FindInMap"),
    // `!GetAtt A.B.C` names the resource up to the first dot.
    ("GetAtt", LongForm::new_dotted("Fn::GetAtt")),
    short_form("GetAZs", "Fn::GetAZs"),
    short_form("GetStackOutput", "Fn::GetStackOutput"),
    short_form("If", "Fn::If"),
    short_form("ImportValue", "Fn::ImportValue"),
    short_form("Join", "Fn::Join"),
    short_form("Length", "Fn::Length"),
    short_form("Not", "Fn::Not"),
    short_form("Or", "Fn::Or"),
    short_form("Select", "Fn::Select"),
    short_form("Split", "Fn::Split"),
    short_form("Sub", "Fn::Sub"),
    short_form("ToJsonString", "Fn::ToJsonString"),
    short_form("Transform", "Fn::Transform"),
    short_form("Contains", "Fn::Contains"),
    short_form("EachMemberEquals", "Fn::EachMemberEquals"),
    short_form("EachMemberIn", "Fn::EachMemberIn"),
    short_form("RefAll", "Fn::RefAll"),
    short_form("ValueOf", "Fn::ValueOf"),
    short_form("ValueOfAll", "Fn::ValueOfAll"),
    short_form("GetParam", "Fn::GetParam"),
];

const fn short_form(tag: &'static str, key: &'static str) -> (&'static str, LongForm) {
    (tag, LongForm::new(key))
}

/// Returns the long form of a tag. The error suggests the most similar function.
pub(super) fn find_long_form(tag: &str) -> Result<LongForm, String> {
    let found = SHORT_FORMS.iter().find(|(short, _)| *short == tag);
    found.map(|(_, form)| *form).ok_or_else(|| {
        let meant = find_nearest(tag, SHORT_FORMS.iter().map(|(short, _)| *short));
        let help = meant.map_or_else(String::new, |meant| format!("; did you mean `!{meant}`?"));
        format!("CloudFormation has no function `!{tag}`{help}")
    })
}
