//! Intrinsic functions, as data.

use std::borrow::Cow;

use super::{Data, Pseudo};
use crate::node_id::NodeId;

/// What an intrinsic function points at.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A node of the construct tree; its logical ID is filled in at synthesis.
    Node(NodeId),
    /// A logical ID given as text, as in raw JSON.
    Name(Cow<'static, str>),
}

/// How one stack depends on a value of another.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ReferenceStrength {
    /// `Fn::GetStackOutput`: read at deploy time, no export, so producer and consumer can change freely.
    Weak,
    /// `Export` and `Fn::ImportValue`: CloudFormation refuses to remove what is in use.
    Strong,
    /// A parameter of the consumer that the deployer fills with the output of the producer.
    ///
    /// One parameter per output, however often it is used. Its value is part of the plan, so it is known at review, and conditions may
    /// read it. Deployers other than `infra` have to be given the value by hand.
    Resolved,
}

/// An intrinsic function of CloudFormation.
///
/// See the [intrinsic function reference](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Expr {
    /// `Ref`.
    Ref(Target),
    /// `Fn::GetAtt`.
    GetAtt(Target, Cow<'static, str>),
    /// A pseudo parameter such as `AWS::Region`.
    Pseudo(Pseudo),
    /// Text made of parts; written as `Fn::Sub` where the parts allow it, else as `Fn::Join`.
    Concat(Vec<Data>),
    /// `Fn::Join`: separator and list.
    Join(Cow<'static, str>, Data),
    /// `Fn::Select`: index and list.
    Select(Data, Data),
    /// `Fn::Split`: separator and text.
    Split(Cow<'static, str>, Data),
    /// `Fn::Sub`: template and variables.
    Sub(Cow<'static, str>, Vec<(Cow<'static, str>, Data)>),
    /// `Fn::If`: condition, value if it holds, value if not.
    If(Target, Data, Data),
    /// `Fn::And`.
    And(Vec<Data>),
    /// `Fn::Or`.
    Or(Vec<Data>),
    /// `Fn::Not`.
    Not(Data),
    /// `Fn::Equals`.
    Equals(Data, Data),
    /// `Condition`: another condition by name, inside a condition.
    Condition(Target),
    /// `Fn::FindInMap`: mapping, top-level key, second-level key, default.
    FindInMap(Target, Data, Data, Option<Data>),
    /// `Fn::GetAZs` of a region.
    GetAzs(Data),
    /// `Fn::Cidr`: block, count, host bits of each.
    Cidr(Data, Data, Data),
    /// `Fn::Base64`.
    Base64(Data),
    /// `Fn::ImportValue`.
    ImportValue(Data),
    /// `Fn::GetStackOutput`.
    GetStackOutput(Box<StackOutput>),
    /// `Fn::Length`; needs the `AWS::LanguageExtensions` transform, which synthesis adds.
    Length(Data),
    /// `Fn::ToJsonString`; needs the `AWS::LanguageExtensions` transform, which synthesis adds.
    ToJsonString(Data),
    /// `Fn::Transform`: macro name and parameters.
    Transform(Cow<'static, str>, Data),
    /// A reference whose strength was chosen by hand.
    WithStrength(ReferenceStrength, Data),
}

/// The arguments of `Fn::GetStackOutput`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StackOutput {
    /// Name of the stack that has the output.
    pub stack_name: Data,
    /// Region of that stack.
    pub region: Data,
    /// Logical ID of the output.
    pub output_name: Data,
    /// Role to read it with, when the stack is in another account.
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

    /// The same, to change the arguments.
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

    /// What this function itself points at; arguments are not searched.
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
