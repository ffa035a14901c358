//! Controls of AWS Foundational Security Best Practices that no rule shows, each with the reason.

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
