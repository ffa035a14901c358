//! Entries that a template has and no construct can express: [`Stack::raw_entry`] keeps them in their [`Section`].

use serde_json::Value as JsonValue;

use crate::diagnostic::{Diagnostic, codes};
use crate::stack::Stack;
use crate::tree::{NodeKind, Scope};
use crate::value::{Data, Map};

/// A section of a template that has entries with logical IDs.
///
/// AWS: [Template sections](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Section {
    /// Values that a deployment passes to the template.
    Parameters,
    /// Assertions about parameters.
    Rules,
    /// Tables of constants.
    Mappings,
    /// Conditions on which CloudFormation creates resources and outputs.
    Conditions,
    /// Resources of the stack.
    Resources,
    /// Values that the stack returns.
    Outputs,
}

impl Section {
    /// Returns the key of the section in a template, for example `Resources`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Parameters => "Parameters",
            Self::Rules => "Rules",
            Self::Mappings => "Mappings",
            Self::Conditions => "Conditions",
            Self::Resources => "Resources",
            Self::Outputs => "Outputs",
        }
    }
}

impl Stack<'_> {
    /// Adds an entry to a section of the template as it is: a loop (`Fn::ForEach::Topics`), a macro (`Fn::Transform`), or an entry that no construct
    /// expresses. `import-template` writes such calls for parts of a template.
    ///
    /// The content names other entries by logical ID, and only CloudFormation checks it. Prefer a construct, or
    /// [`CfnResource`](crate::CfnResource) with [`override_attribute`](crate::Resource::override_attribute): the checks of synthesis read these. An ID
    /// that the section has already is reported (`INF1006`).
    ///
    /// ```
    /// use infra_core::{App, Section, StackProps};
    /// use serde_json::json;
    ///
    /// let app = App::new();
    /// let stack = StackProps::new().transform("AWS::LanguageExtensions").build(&app, "Topics");
    /// let topic = json!({ "Type": "AWS::SNS::Topic" });
    /// stack.raw_entry(Section::Resources, "Fn::ForEach::Topics", json!(["Name", ["Orders", "Bills"], { "Topic${Name}": topic }]));
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    #[track_caller]
    pub fn raw_entry(&self, section: Section, id: impl Into<String>, content: JsonValue) {
        let id = id.into();
        if !keep_entry(self.0, section.as_str(), &id, &Data::from(content)) {
            self.0.report(
                Diagnostic::new(
                    codes::LOGICAL_ID_CLASH,
                    format!("two entries of `{}` have the ID `{id}`", section.as_str()),
                )
                .origin(std::panic::Location::caller())
                .help("use a different ID for one of them"),
            );
        }
    }
}

/// Adds an entry of a section to a stack. Returns `false` if the entry is there with another content, which is kept.
pub(crate) fn keep_entry(stack: Scope<'_>, section: &str, id: &str, content: &Data) -> bool {
    stack.change_tree(|tree| {
        let NodeKind::Stack(node) = &mut tree.node_mut(stack.index).kind else {
            return true;
        };
        let entries = node.props.generators.entry(section.to_owned());
        insert_entry(entries.or_default(), id, content)
    })
}

/// Adds an entry to a map. Returns `false` if it is there with another value, which is kept.
pub(crate) fn insert_entry(map: &mut Map, key: &str, value: &Data) -> bool {
    if let Some(present) = map.get(key) {
        return present == value;
    }
    map.insert(key.to_owned(), value.clone());
    true
}
