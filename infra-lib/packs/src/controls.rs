//! Controls of AWS Foundational Security Best Practices that no rule shows, each with the reason, and the standards of Security Hub that list a control.

use std::collections::HashMap;
use std::str::FromStr as _;

use crate::pack::Pack;

/// A control that no rule shows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Uncovered {
    /// ID of the control, such as `IAM.4`.
    pub id: &'static str,
    /// The reason.
    pub reason: &'static str,
}

/// Returns the controls of AWS Foundational Security Best Practices that no rule shows, in the order of their IDs.
pub fn uncovered_controls() -> impl Iterator<Item = Uncovered> {
    let lines = include_str!("../controls/fsbp.txt").lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| {
        let (id, reason) = line.split_once(' ')?;
        Some(Uncovered { id, reason })
    })
}

/// The packs that are standards of Security Hub, by the controls that they list.
pub(crate) struct Standards(HashMap<&'static str, Vec<Pack>>);

impl Standards {
    /// Reads lines `CONTROL PACK…`.
    pub(crate) fn parse(text: &'static str) -> Result<Self, String> {
        let mut standards = HashMap::new();
        for line in text.lines() {
            let mut words = line.split_whitespace();
            let Some(id) = words.next().filter(|id| !id.starts_with('#')) else {
                continue;
            };
            let packs = words.map(|word| Pack::from_str(word).map_err(|error| error.to_string()));
            if standards
                .insert(id, packs.collect::<Result<_, _>>()?)
                .is_some()
            {
                return Err(format!("`{id}` is there twice"));
            }
        }
        Ok(Self(standards))
    }

    /// Returns `true` if a pack may name controls of a rule that shows these controls of Security Hub. Without such controls, and for packs that are
    /// no standard of Security Hub, every pack may.
    pub(crate) fn permit(&self, shown: &[&str], pack: Pack) -> Result<bool, String> {
        let mut is_listed = shown.is_empty() || matches!(pack, Pack::Hipaa | Pack::WellArchitected);
        for id in shown {
            let packs = self.0.get(id);
            is_listed |= packs
                .ok_or_else(|| format!("Security Hub has no control `{id}`"))?
                .contains(&pack);
        }
        Ok(is_listed)
    }
}
