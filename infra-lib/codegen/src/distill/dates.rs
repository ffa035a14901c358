//! Dates of the upstream packages, from `SOURCES.toml`.

use std::path::Path;

use super::Failure;

/// Dates of both sources, as year, month and day, which compare as texts.
pub(super) struct Dates {
    /// Date of the registry schemas.
    pub(super) registry: String,
    /// Date of the service specification.
    pub(super) specification: String,
}

/// Reads the dates of the sources, in the order of the file: registry schemas, service specification.
pub(super) fn read_dates(path: &Path) -> Result<Dates, Failure> {
    let text =
        std::fs::read_to_string(path).map_err(|error| Failure::from_file_error(path, error))?;
    let mut dates = text
        .lines()
        .filter_map(|line| line.strip_prefix("date = \"")?.strip_suffix('"'));
    let (Some(registry), Some(specification)) = (dates.next(), dates.next()) else {
        let what = "each source needs a line `date = \"YEAR-MONTH-DAY\"`".to_owned();
        return Err(Failure::Override(path.display().to_string(), what));
    };
    Ok(Dates {
        registry: registry.to_owned(),
        specification: specification.to_owned(),
    })
}
