//! Paths of values in a resource, written as `Tags[Key=env].Value`.

use std::fmt;

/// A step from a value to one of its members or elements.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Step {
    /// A member of an object.
    Key(String),
    /// An element of a list by position.
    Index(usize),
    /// An element of a list by its identifying member.
    Element {
        /// Name of the identifying member, for example `Key`.
        by: &'static str,
        /// Value of the identifying member.
        name: String,
    },
}

impl Step {
    /// Returns the step to an element of a list by the member that identifies it.
    pub(super) fn from_element(by: &'static str, element: &serde_json::Value) -> Option<Self> {
        let name = match element.get(by)? {
            serde_json::Value::String(name) => name.clone(),
            other => other.to_string(),
        };
        Some(Self::Element { by, name })
    }
}

/// Steps from a resource to one of its values.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Path(pub(super) Vec<Step>);

impl Path {
    /// Returns the path extended by one step.
    pub(super) fn join_step(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    /// Returns the path of a member of the object at this path.
    pub(super) fn join_key(&self, key: &str) -> Self {
        self.join_step(Step::Key(key.to_owned()))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if key.contains(['.', '[', ' ']) => write!(f, "[{key:?}]")?,
                Step::Key(key) if at == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Element { by, name } => write!(f, "[{by}={name}]")?,
            }
        }
        Ok(())
    }
}
