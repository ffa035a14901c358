//! Relations between resources of one template: `relations/between.txt`, whose lines [`relations`](crate::relations) describes.

use std::sync::OnceLock;

use crate::relations::{Demand, Test, parse_relation};

/// A relation between a resource and others that it names: if all tests hold, the demand applies.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Between {
    /// Type of the resource that names the others.
    pub type_name: &'static str,
    /// The named resources.
    pub named: Vec<Named>,
    /// Tests that must all hold. Paths that start with an alias are properties of the named resource.
    pub tests: Vec<Test>,
    /// The demand.
    pub demand: Demand,
    /// Page of AWS that states the relation.
    pub source: &'static str,
    /// `true` if constructs report the same with a code of their own, so that the relation is for template files.
    pub in_files: bool,
}

/// A resource that another one names.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Named {
    /// Name of the resource in paths of the relation.
    pub alias: &'static str,
    /// Path of the property with the reference. `*` is every item of a list.
    pub path: &'static str,
    /// Type of the named resource.
    pub type_name: &'static str,
    /// `true` if only `Ref` names it, and not `Fn::GetAtt`.
    pub by_ref: bool,
}

/// Returns every relation, parsed on first use.
///
/// ```
/// let found = infra_schema::between::relations_between();
/// assert!(found.iter().any(|relation| relation.type_name == "AWS::SQS::Queue"));
/// ```
///
/// # Panics
///
/// Panics if the embedded text does not parse. A test parses every line of it.
pub fn relations_between() -> &'static [Between] {
    static PARSED: OnceLock<Vec<Between>> = OnceLock::new();
    PARSED.get_or_init(|| match parse(include_str!("../relations/between.txt")) {
        Ok(parsed) => parsed,
        Err(line) => panic!("the embedded relations do not parse: {line}"),
    })
}

/// Parses the text, or returns the first line that has no meaning.
fn parse(text: &'static str) -> Result<Vec<Between>, &'static str> {
    let mut parsed = Vec::new();
    let (mut source, mut current, mut in_files) = ("", None, false);
    for line in text.lines() {
        if line.is_empty() || line.starts_with(';') {
            continue;
        }
        if let Some(url) = line.strip_prefix("@source ") {
            (source, in_files) = (url, false);
        } else if line == "@files" {
            in_files = true;
        } else if line.starts_with("AWS::") {
            current = Some(parse_header(line).ok_or(line)?);
        } else {
            let (type_name, named) = current.clone().ok_or(line)?;
            let (tests, demand) = parse_relation(line.trim_start()).ok_or(line)?;
            parsed.push(Between {
                type_name,
                named,
                tests,
                demand,
                source,
                in_files,
            });
        }
    }
    Ok(parsed)
}

fn parse_header(line: &'static str) -> Option<(&'static str, Vec<Named>)> {
    let mut words = line.split(' ');
    let type_name = words.next()?;
    let named = words.map(|word| {
        let (alias, rest) = word.split_once('=')?;
        let (path, type_name) = rest.split_once(':')?;
        let (path, by_ref) = match path.strip_suffix("/Ref") {
            Some(path) => (path, true),
            None => (path, false),
        };
        Some(Named {
            alias,
            path,
            type_name,
            by_ref,
        })
    });
    let named: Vec<Named> = named.collect::<Option<_>>()?;
    (!named.is_empty()).then_some((type_name, named))
}

#[cfg(test)]
mod tests {
    use super::{parse, relations_between};
    use crate::catalog::resource;
    use crate::relations::{exists, paths_of};

    #[test]
    fn names_types_and_properties_that_exist() {
        let all = relations_between();
        assert!(all.len() > 20, "{}", all.len());
        for relation in all {
            assert!(
                relation.source.starts_with("https://docs.aws.amazon.com/"),
                "{relation:?}"
            );
            let own = resource(relation.type_name).expect(relation.type_name);
            for named in &relation.named {
                assert!(
                    exists(own, &own.properties, named.path),
                    "{} has no {}",
                    own.name,
                    named.path
                );
                assert!(resource(named.type_name).is_some(), "{}", named.type_name);
            }
            for path in paths_of(&relation.tests, &relation.demand) {
                let of_named = relation.named.iter().find_map(|named| {
                    let rest = path.strip_prefix(named.alias)?.strip_prefix('.')?;
                    Some((resource(named.type_name)?, rest))
                });
                let (schema, path) = of_named.unwrap_or((own, path));
                assert!(
                    exists(schema, &schema.properties, path),
                    "{} has no {path}",
                    schema.name
                );
            }
        }
    }

    #[test]
    fn refuses_lines_without_meaning() {
        for wrong in [
            "AWS::A::B\n",
            "AWS::A::B x\n",
            "  A -> requires B\n",
            "AWS::A::B c=P:AWS::C::D\n  A => B\n",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
