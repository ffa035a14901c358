//! Outputs of a template: values that people and other stacks read after the deployment.

use crate::condition::Condition;
use crate::tree::{Construct, NodeKind, OutputNode, Scope};
use crate::value::{Data, TextLike, Value};

/// An output in the `Outputs` section of a template.
///
/// AWS: [Outputs](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html).
#[derive(Clone, Copy, Debug)]
pub struct Output<'app>(Scope<'app>);

impl<'app> Output<'app> {
    /// Adds an output to the stack that holds `scope`. Its logical ID is derived from its construct path.
    #[track_caller]
    pub fn new<T: TextLike>(scope: impl Construct<'app>, id: &str, value: Value<T>) -> Self {
        Self::from_data(scope, id, value.into_data())
    }

    #[track_caller]
    pub(crate) fn from_data(scope: impl Construct<'app>, id: &str, value: Data) -> Self {
        let node = OutputNode {
            value,
            description: None,
            export_name: None,
            condition: None,
        };
        Self(scope.scope().add_node(id, NodeKind::Output(Box::new(node))))
    }

    fn change_node(self, change: impl FnOnce(&mut OutputNode)) -> Self {
        self.0.change_tree(|tree| {
            if let NodeKind::Output(node) = &mut tree.node_mut(self.0.index).kind {
                change(node);
            }
        });
        self
    }

    /// Sets the description of the output, at most 1,024 bytes.
    pub fn description(self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.change_node(|node| node.description = Some(text))
    }

    /// Exports the output under a name that is unique within the account and region. An export cannot be changed or removed while another stack
    /// imports it.
    pub fn export(self, name: impl crate::IntoValue<String>) -> Self {
        let name = name.into_value().into_data();
        self.change_node(|node| node.export_name = Some(name))
    }

    /// Creates the output only if the condition holds at deployment.
    pub fn condition(self, condition: Condition<'app>) -> Self {
        let id = condition.node_id();
        self.change_node(|node| node.condition = Some(id))
    }
}

impl<'app> Construct<'app> for Output<'app> {
    fn scope(&self) -> Scope<'app> {
        self.0
    }
}
