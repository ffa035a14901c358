//! Checks of settings that a property has as JSON text.

use serde_json::Value;

use crate::evaluate::Outcome;
use crate::operators::equals;

/// Severities of the log of a task in AWS DMS that include the default one.
/// <https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.TaskSettings.Logging.html>
const SEVERITIES: [&str; 3] = [
    "LOGGER_SEVERITY_DEFAULT",
    "LOGGER_SEVERITY_DEBUG",
    "LOGGER_SEVERITY_DETAILED_DEBUG",
];

/// Requires that the settings of a task in AWS DMS enable logs, and that no log of these components has less than the default severity. A component that
/// the settings leave out has the default.
pub(crate) fn check_log_components(value: &Value, components: &[&str]) -> Outcome {
    let parsed = value.as_str().map(serde_json::from_str::<Value>);
    let Some(Ok(settings)) = parsed else {
        // A function, or text that the service refuses.
        return Outcome::unknown();
    };
    let logging = &settings["Logging"];
    let is_on = match &logging["EnableLogging"] {
        Value::Bool(is_on) => *is_on,
        Value::String(text) => equals("true", text),
        _ => false,
    };
    let is_low = |component: &Value| {
        let id = component["Id"].as_str().unwrap_or_default();
        let severity = component["Severity"].as_str();
        components.contains(&id) && !severity.is_none_or(|text| SEVERITIES.contains(&text))
    };
    let listed = logging["LogComponents"].as_array();
    if is_on && !listed.into_iter().flatten().any(is_low) {
        Outcome::Holds
    } else {
        Outcome::missing()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::check_log_components;
    use crate::evaluate::Outcome;

    #[test]
    fn reads_the_severity_of_each_component() {
        let on = |list: &str| {
            format!(r#"{{"Logging": {{"EnableLogging": true, "LogComponents": [{list}]}}}}"#)
        };
        let severity = |id: &str, text: &str| {
            on(&format!(
                r#"{{"Id": "{id}", "Severity": "LOGGER_SEVERITY_{text}"}}"#
            ))
        };
        for (settings, expected) in [
            (on(""), Some(true)),
            (severity("TARGET_LOAD", "DEFAULT"), Some(true)),
            (severity("TARGET_LOAD", "DEBUG"), Some(true)),
            (severity("TARGET_LOAD", "ERROR"), Some(false)),
            (severity("SOURCE_UNLOAD", "ERROR"), Some(true)),
            ("{}".to_owned(), Some(false)),
            (
                r#"{"Logging": {"EnableLogging": false}}"#.to_owned(),
                Some(false),
            ),
            ("{".to_owned(), None),
        ] {
            let found = match check_log_components(&json!(settings), &["TARGET_LOAD"]) {
                Outcome::Holds => Some(true),
                Outcome::Fails(_) => Some(false),
                Outcome::Unknown(_) => None,
            };
            assert_eq!(found, expected, "{settings}");
        }
        let function = json!({"Fn::Sub": "{}"});
        assert!(matches!(
            check_log_components(&function, &[]),
            Outcome::Unknown(_)
        ));
    }
}
