//! The intrinsic functions of CloudFormation: their names, the parts of a template in which they are allowed, and the types that they return.
//!
//! AWS: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html>

use infra_core::validation::Returned;

pub(crate) const REF: &str = "Ref";
pub(crate) const CONDITION: &str = "Condition";
pub(crate) const GET_ATT: &str = "Fn::GetAtt";
pub(crate) const SUB: &str = "Fn::Sub";
pub(crate) const IF: &str = "Fn::If";
pub(crate) const FIND_IN_MAP: &str = "Fn::FindInMap";
pub(crate) const TRANSFORM: &str = "Fn::Transform";
/// Prefix of the keys of loops, such as `Fn::ForEach::Topics`.
pub(crate) const FOR_EACH: &str = "Fn::ForEach::";

/// A function and its rules.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent marks of a table"
)]
pub(crate) struct Function {
    pub(crate) name: &'static str,
    /// Type of the value that it returns.
    pub(crate) returned: Returned,
    /// `true` if it is allowed in values: properties, outputs, metadata and policies.
    pub(crate) in_values: bool,
    /// `true` if it is allowed in the section `Conditions`.
    pub(crate) in_conditions: bool,
    /// `true` if it is allowed in the section `Rules`.
    pub(crate) in_rules: bool,
    /// `true` if it requires the transform `AWS::LanguageExtensions`.
    pub(crate) extension: bool,
}

const fn function(
    name: &'static str,
    returned: Returned,
    allowed: [bool; 3],
    extension: bool,
) -> Function {
    Function {
        name,
        returned,
        in_values: allowed[0],
        in_conditions: allowed[1],
        in_rules: allowed[2],
        extension,
    }
}

use Returned::{List, Text, Unknown};

/// Every function. The three marks are: values, conditions, rules.
pub(crate) const FUNCTIONS: &[Function] = &[
    function(REF, Unknown, [true, true, true], false),
    function(CONDITION, Unknown, [false, true, false], false),
    function("Fn::And", Unknown, [false, true, true], false),
    function("Fn::Base64", Text, [true, false, false], false),
    function("Fn::Cidr", List, [true, false, false], false),
    function("Fn::Contains", Unknown, [false, false, true], false),
    function("Fn::EachMemberEquals", Unknown, [false, false, true], false),
    function("Fn::EachMemberIn", Unknown, [false, false, true], false),
    function("Fn::Equals", Unknown, [false, true, true], false),
    function(FIND_IN_MAP, Unknown, [true, true, false], false),
    function("Fn::GetAZs", List, [true, false, false], false),
    function(GET_ATT, Unknown, [true, false, false], false),
    function("Fn::GetStackOutput", Unknown, [true, false, false], false),
    function(IF, Unknown, [true, true, false], false),
    function("Fn::ImportValue", Unknown, [true, false, false], false),
    function("Fn::Join", Text, [true, true, true], false),
    function("Fn::Length", Text, [true, true, false], true),
    function("Fn::Not", Unknown, [false, true, true], false),
    function("Fn::Or", Unknown, [false, true, true], false),
    function("Fn::RefAll", Unknown, [false, false, true], false),
    function("Fn::Select", Unknown, [true, true, true], false),
    function("Fn::Split", List, [true, true, true], false),
    function(SUB, Text, [true, true, true], false),
    function("Fn::ToJsonString", Text, [true, true, false], true),
    function(TRANSFORM, Unknown, [true, true, false], false),
    function("Fn::ValueOf", Unknown, [false, false, true], false),
    function("Fn::ValueOfAll", Unknown, [false, false, true], false),
];

/// Returns the function with a name, or `None` if CloudFormation has no such function.
pub(crate) fn find_function(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// Returns `true` for the key of a map that is a function, known or not.
pub(crate) fn is_function_name(key: &str) -> bool {
    key == REF || key == CONDITION || (key.starts_with("Fn::") && !key.starts_with(FOR_EACH))
}

/// A part of the text of `Fn::Sub`: the name in `${Name}`.
///
/// `${!Name}` is literal text and has no name.
pub(crate) fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split("${")
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.trim()))
        .filter(|name| !name.starts_with('!'))
}

/// Pseudo parameters, and the attributes that a template can read from them with `Ref` alone.
pub(crate) const PSEUDO_PARAMETERS: [&str; 8] = [
    "AWS::AccountId",
    "AWS::NoValue",
    "AWS::NotificationARNs",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
];
