//! Intrinsic functions as data: [`Expr`] is a function call, [`Target`] the entry it refers to.

use std::borrow::Cow;

use super::{Data, Pseudo};
use crate::node_id::NodeId;

/// The entry of a template to which an intrinsic function refers.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A node of the construct tree. Synthesis replaces it by the logical ID.
    Node(NodeId),
    /// A logical ID given as text, as in untyped JSON.
    Name(Cow<'static, str>),
}

/// The mechanism by which one stack reads a value of another.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ReferenceStrength {
    /// Reads the value at deployment with `Fn::GetStackOutput`, without an export. Producer and consumer can be changed independently.
    Weak,
    /// Exports the value and reads it with `Fn::ImportValue`. CloudFormation refuses to change or remove an export in use.
    Strong,
    /// Adds a parameter to the consumer, for which the deployer supplies the output of the producer.
    ///
    /// Each output needs one parameter, regardless of the number of uses. Its value is part of the plan, so reviewers see it, and conditions can use
    /// it. Other deployers than `infra` require the value as an explicit parameter.
    Resolved,
}

/// A call of an intrinsic function of CloudFormation.
///
/// See the [intrinsic function reference](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Expr {
    /// `Ref`: the reference value of a resource or parameter, as documented for its type.
    Ref(Target),
    /// `Fn::GetAtt`: an attribute of a resource.
    GetAtt(Target, Cow<'static, str>),
    /// `Ref` of a pseudo parameter such as `AWS::Region`.
    Pseudo(Pseudo),
    /// Text joined from parts, written as `Fn::Sub` if the parts allow it, else as `Fn::Join`.
    Concat(Vec<Data>),
    /// `Fn::Join`: separator and list.
    Join(Cow<'static, str>, Data),
    /// `Fn::Select`: index, starting at 0, and list.
    Select(Data, Data),
    /// `Fn::Split`: separator and text.
    Split(Cow<'static, str>, Data),
    /// `Fn::Sub`: template and variables.
    Sub(Cow<'static, str>, Vec<(Cow<'static, str>, Data)>),
    /// `Fn::If`: condition, value if it holds, value otherwise.
    If(Target, Data, Data),
    /// `Fn::And`: true if all conditions hold.
    And(Vec<Data>),
    /// `Fn::Or`: true if any of the conditions holds.
    Or(Vec<Data>),
    /// `Fn::Not`: negation of a condition.
    Not(Data),
    /// `Fn::Equals`: comparison of two values.
    Equals(Data, Data),
    /// `Condition`: another condition by name, within a condition.
    Condition(Target),
    /// `Fn::FindInMap`: mapping, top-level key, second-level key, default.
    FindInMap(Target, Data, Data, Option<Data>),
    /// `Fn::GetAZs`: the Availability Zones of a region.
    GetAzs(Data),
    /// `Fn::Cidr`: address block, number of subnets, host bits of each.
    Cidr(Data, Data, Data),
    /// `Fn::Base64`: text encoded as Base64.
    Base64(Data),
    /// `Fn::ImportValue`: the value of an export.
    ImportValue(Data),
    /// `Fn::GetStackOutput`: an output of another stack, which need not be exported.
    GetStackOutput(Box<StackOutput>),
    /// `Fn::Length`: the number of items of a list. It needs the transform `AWS::LanguageExtensions`, which synthesis adds.
    Length(Data),
    /// `Fn::ToJsonString`: data as JSON text. It needs the transform `AWS::LanguageExtensions`, which synthesis adds.
    ToJsonString(Data),
    /// `Fn::Transform`: name and parameters of a macro.
    Transform(Cow<'static, str>, Data),
    /// A reference whose strength the program overrides.
    WithStrength(ReferenceStrength, Data),
}

/// The arguments of `Fn::GetStackOutput`, which reads an output of another stack without an export.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StackOutput {
    /// Name of the stack that has the output.
    pub stack_name: Data,
    /// Region of the stack that has the output.
    pub region: Data,
    /// Logical ID of the output.
    pub output_name: Data,
    /// ARN of the role with which CloudFormation reads the output, for a stack in another account.
    pub role_arn: Option<Data>,
}

impl Expr {
    /// Calls `visit` for each argument that is data.
    pub(crate) fn for_each_child(&self, visit: &mut dyn FnMut(&Data)) {
        match self {
            Self::Ref(_) | Self::GetAtt(..) | Self::Pseudo(_) | Self::Condition(_) => {}
            Self::Concat(items) | Self::And(items) | Self::Or(items) => {
                items.iter().for_each(visit);
            }
            Self::Join(_, data)
            | Self::Split(_, data)
            | Self::Not(data)
            | Self::GetAzs(data)
            | Self::Base64(data)
            | Self::ImportValue(data)
            | Self::Length(data)
            | Self::ToJsonString(data)
            | Self::Transform(_, data)
            | Self::WithStrength(_, data) => visit(data),
            Self::Select(a, b) | Self::Equals(a, b) | Self::If(_, a, b) => {
                visit(a);
                visit(b);
            }
            Self::Sub(_, variables) => variables.iter().for_each(|(_, data)| visit(data)),
            Self::FindInMap(_, top, second, default) => {
                visit(top);
                visit(second);
                default.iter().for_each(visit);
            }
            Self::Cidr(block, count, bits) => {
                visit(block);
                visit(count);
                visit(bits);
            }
            Self::GetStackOutput(output) => {
                visit(&output.stack_name);
                visit(&output.region);
                visit(&output.output_name);
                output.role_arn.iter().for_each(visit);
            }
        }
    }

    /// Calls `visit` for each argument that is data, to change it.
    pub(crate) fn for_each_child_mut(&mut self, visit: &mut dyn FnMut(&mut Data)) {
        match self {
            Self::Ref(_) | Self::GetAtt(..) | Self::Pseudo(_) | Self::Condition(_) => {}
            Self::Concat(items) | Self::And(items) | Self::Or(items) => {
                items.iter_mut().for_each(visit);
            }
            Self::Join(_, data)
            | Self::Split(_, data)
            | Self::Not(data)
            | Self::GetAzs(data)
            | Self::Base64(data)
            | Self::ImportValue(data)
            | Self::Length(data)
            | Self::ToJsonString(data)
            | Self::Transform(_, data)
            | Self::WithStrength(_, data) => visit(data),
            Self::Select(a, b) | Self::Equals(a, b) | Self::If(_, a, b) => {
                visit(a);
                visit(b);
            }
            Self::Sub(_, variables) => variables.iter_mut().for_each(|(_, data)| visit(data)),
            Self::FindInMap(_, top, second, default) => {
                visit(top);
                visit(second);
                default.iter_mut().for_each(visit);
            }
            Self::Cidr(block, count, bits) => {
                visit(block);
                visit(count);
                visit(bits);
            }
            Self::GetStackOutput(output) => {
                visit(&mut output.stack_name);
                visit(&mut output.region);
                visit(&mut output.output_name);
                output.role_arn.iter_mut().for_each(visit);
            }
        }
    }

    /// Returns the entry to which this function refers. Arguments are not searched.
    pub fn target(&self) -> Option<&Target> {
        match self {
            Self::Ref(target)
            | Self::GetAtt(target, _)
            | Self::If(target, ..)
            | Self::Condition(target)
            | Self::FindInMap(target, ..) => Some(target),
            _ => None,
        }
    }

    pub(crate) fn target_mut(&mut self) -> Option<&mut Target> {
        match self {
            Self::Ref(target)
            | Self::GetAtt(target, _)
            | Self::If(target, ..)
            | Self::Condition(target)
            | Self::FindInMap(target, ..) => Some(target),
            _ => None,
        }
    }
}
