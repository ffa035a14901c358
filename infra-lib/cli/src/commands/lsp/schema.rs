//! Walks the schema of a resource type along a path of a template: [`Spot`].

use infra_schema::{Path, Property, ResourceType, Shape, Type};

use super::place::{Step, is_function};

/// A place in the properties of a resource type.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) ty: &'static ResourceType,
    /// The property, or `None` for `Properties` itself.
    pub(super) property: Option<&'static Property>,
    /// Type of the value: that of the property, or of an item of its list or map. `None` for `Properties` itself.
    pub(super) shape: Option<&'static Shape>,
    /// Path of the property in the notation of the registry, such as `Tags/*/Key`.
    path: String,
}

/// Follows the steps below `Properties`. Returns `None` for a path that the schema does not describe, and within intrinsic functions other than `Fn::If`.
pub(super) fn walk_properties(ty: &'static ResourceType, steps: &[Step<'_>]) -> Option<Spot> {
    let mut spot = Spot {
        ty,
        property: None,
        shape: None,
        path: String::new(),
    };
    let mut steps = steps.iter();
    while let Some(step) = steps.next() {
        match step {
            // The branches have the type of the whole.
            Step::Key("Fn::If") => match steps.next() {
                Some(Step::Index(1 | 2)) => {}
                _ => return None,
            },
            Step::Key(name) if is_function(name) => return None,
            Step::Key(name) => spot.enter_key(name)?,
            Step::Index(_) => spot.enter_item(|ty| matches!(ty, Type::List(_)))?,
        }
    }
    Some(spot)
}

impl Spot {
    /// Returns the place of a property of the object here.
    pub(super) fn enter(&self, name: &str) -> Option<Self> {
        let mut inner = self.clone();
        inner.enter_key(name)?;
        Some(inner)
    }

    fn enter_key(&mut self, name: &str) -> Option<()> {
        if self.property.is_some() && self.members().is_empty() {
            return self.enter_item(|ty| matches!(ty, Type::Map(_)));
        }
        let found = self
            .members()
            .into_iter()
            .find(|property| property.name == name)?;
        if !self.path.is_empty() {
            self.path.push('/');
        }
        self.path.push_str(name);
        self.property = Some(found);
        self.shape = Some(&found.shape);
        Some(())
    }

    /// Enters the item of a list or map.
    fn enter_item(&mut self, is_kind: fn(&Type) -> bool) -> Option<()> {
        let outer = self.shape?;
        let mut open = vec![outer];
        while let Some(shape) = open.pop() {
            match &shape.ty {
                Type::Union(all) => open.extend(all),
                Type::List(item) | Type::Map(item) if is_kind(&shape.ty) => {
                    self.shape = Some(item);
                    self.path.push_str("/*");
                    return Some(());
                }
                _ => {}
            }
        }
        None
    }

    /// Returns the properties that an object has here, sorted by name; none if the value is no object.
    pub(super) fn members(&self) -> Vec<&'static Property> {
        let Some(shape) = self.shape else {
            return self
                .ty
                .properties
                .iter()
                .filter(|one| !one.read_only)
                .collect();
        };
        let mut found = Vec::new();
        let mut open = vec![shape];
        while let Some(shape) = open.pop() {
            match &shape.ty {
                Type::Union(all) => open.extend(all),
                Type::Definition(name) => {
                    if let Some(definition) = self.ty.definition(name) {
                        found.extend(&definition.properties);
                    }
                }
                _ => {}
            }
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        found.dedup_by(|a, b| a.name == b.name);
        found
    }

    /// Returns the shape of the scalar that is expected, which may be a named enumeration.
    pub(super) fn scalar_shape(&self) -> Option<&'static Shape> {
        let shape = self.shape?;
        match &shape.ty {
            Type::Definition(name) => self.ty.definition(name)?.alias.as_ref(),
            _ => Some(shape),
        }
    }

    /// Returns the path of the property without the segments of lists and maps, such as `Tags.Key`.
    pub(super) fn dotted_path(&self) -> String {
        self.path.replace("/*", "").replace('/', ".")
    }

    /// Returns `true` if the paths of the registry contain the property, such as those whose change replaces the resource.
    pub(super) fn is_in(&self, paths: &[Path]) -> bool {
        let own = self.path.trim_end_matches("/*");
        paths.iter().any(|path| path.0 == own)
    }
}
