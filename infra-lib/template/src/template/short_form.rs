//! Intrinsic functions that YAML can write as a tag, such as `!Ref`.

use infra_core::nearest;
use infra_yaml::LongForm;

/// Every function with a short form.
///
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html>. The functions of rules (`Contains` and
/// below) are from the page of rule-specific functions.
const SHORT_FORMS: [(&str, LongForm); 28] = [
    short("Ref", "Ref"),
    short("Condition", "Condition"),
    short("And", "Fn::And"),
    short("Base64", "Fn::Base64"),
    short("Cidr", "Fn::Cidr"),
    short("Equals", "Fn::Equals"),
    short("FindInMap", "Fn::FindInMap"),
    // `!GetAtt A.B.C` names the resource up to the first dot.
    ("GetAtt", LongForm::dotted("Fn::GetAtt")),
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

const fn short(tag: &'static str, key: &'static str) -> (&'static str, LongForm) {
    (tag, LongForm::new(key))
}

/// Returns the long form of a tag. The error suggests the most similar function.
pub(super) fn find_long_form(tag: &str) -> Result<LongForm, String> {
    let found = SHORT_FORMS.iter().find(|(short, _)| *short == tag);
    found.map(|(_, form)| *form).ok_or_else(|| {
        let meant = nearest(tag, SHORT_FORMS.iter().map(|(short, _)| *short));
        let help = meant.map_or_else(String::new, |meant| format!("; did you mean `!{meant}`?"));
        format!("CloudFormation has no function `!{tag}`{help}")
    })
}
