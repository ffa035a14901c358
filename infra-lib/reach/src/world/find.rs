//! Finds the resource that a user means: [`World::find_resource`].

use infra_template::ResourceName;

use super::{NodeId, World};

/// The error for a name that denotes no resource, or several.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum UnknownName {
    /// No resource has the name.
    #[error("the app has no resource `{name}`")]
    Nothing {
        /// The name as given.
        name: String,
        /// Names of resources that are similar.
        similar: Vec<String>,
    },
    /// Several resources have the name.
    #[error("`{name}` is the name of several resources")]
    Several {
        /// The name as given.
        name: String,
        /// Names that denote one of them.
        candidates: Vec<String>,
    },
}

/// Last components of construct paths that the main resource of a construct has, as in the CDK.
const MAIN: [&str; 3] = ["Resource", "Default", "Service"];

impl World {
    /// Returns the resource with a construct path, a logical ID, or `STACK/LOGICAL_ID`. The path of a construct denotes
    /// its main resource; if it has none, the only resource below it that `fits`.
    ///
    /// # Errors
    ///
    /// Fails if no resource or several have the name.
    pub fn find_resource(
        &self,
        name: &str,
        fits: impl Fn(NodeId) -> bool,
    ) -> Result<NodeId, UnknownName> {
        let wanted = name.trim_matches('/');
        let live = || self.ids().filter(|id| !self.node(*id).type_name.is_empty());
        let path_of = |id: NodeId| {
            self.node(id)
                .name
                .construct_path
                .clone()
                .unwrap_or_default()
        };
        let by_path = live().find(|id| {
            let path = path_of(*id);
            path == wanted
                || MAIN.iter().any(|main| {
                    path.strip_suffix(main)
                        .and_then(|above| above.strip_suffix('/'))
                        == Some(wanted)
                })
        });
        if let Some(found) = by_path.filter(|found| fits(*found)) {
            return Ok(found);
        }
        let by_id: Vec<NodeId> = live()
            .filter(|id| {
                let resource = &self.node(*id).name;
                resource.logical_id == wanted
                    || format!("{}/{}", resource.stack, resource.logical_id) == wanted
            })
            .collect();
        let below: Vec<NodeId> = live()
            .filter(|id| fits(*id) && path_of(*id).starts_with(&format!("{wanted}/")))
            .collect();
        let candidates = match (by_id.as_slice(), below.as_slice(), by_path) {
            ([one], _, _) | ([], [one], _) => return Ok(*one),
            ([], [], Some(found)) => return Ok(found),
            ([], several, _) => several.to_vec(),
            (several, _, _) => several.to_vec(),
        };
        if !candidates.is_empty() {
            return Err(UnknownName::Several {
                name: name.to_owned(),
                candidates: candidates.iter().map(|id| self.unique_name(*id)).collect(),
            });
        }
        let names: Vec<String> = live()
            .map(|id| self.node(id).name.display_name().to_owned())
            .collect();
        let nearest = infra_schema::nearest::find_nearest(wanted, names.iter().map(String::as_str));
        Err(UnknownName::Nothing {
            name: name.to_owned(),
            similar: nearest.map(str::to_owned).into_iter().collect(),
        })
    }

    fn unique_name(&self, id: NodeId) -> String {
        let name: &ResourceName = &self.node(id).name;
        match &name.construct_path {
            Some(_) => name.display_name().to_owned(),
            None => format!("{}/{}", name.stack, name.logical_id),
        }
    }

    /// Returns the name of a resource for display.
    pub(crate) fn show(&self, id: NodeId) -> String {
        self.node(id).name.display_name().to_owned()
    }

    /// Returns a text for display: unknown parts that belong to a resource are written with its name.
    pub(crate) fn show_text(&self, text: &str) -> String {
        if let Some(node) = self.texts.get(text) {
            return self.show(*node);
        }
        let mut out = String::new();
        for c in text.chars() {
            match self.owners.get(&c) {
                Some(node) => out.extend(["${", &self.show(*node), "}"]),
                None => out.push_str(&self.atoms.show(&c.to_string())),
            }
        }
        out
    }
}
