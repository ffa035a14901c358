//! Templates of files: placeholders between `@`, and parts that are repeated for each environment.
//!
//! A template is readable as what it makes. A part that is repeated stands between the lines `#each environment` and `#end`.

/// Placeholders and the texts that they stand for.
pub(crate) type Values = Vec<(&'static str, String)>;

/// The text of a template.
pub(crate) fn expand(template: &str, values: &Values, environments: &[Values]) -> String {
    let template = template.replace("\r\n", "\n");
    let mut text = String::new();
    let mut repeated: Option<String> = None;
    for line in template.split_inclusive('\n') {
        match (line.trim(), &mut repeated) {
            ("#each environment", _) => repeated = Some(String::new()),
            ("#end", Some(part)) => {
                for environment in environments {
                    text.push_str(&fill(part, environment));
                }
                repeated = None;
            }
            (_, Some(part)) => part.push_str(line),
            (_, None) => text.push_str(line),
        }
    }
    fill(&text, values)
}

fn fill(text: &str, values: &Values) -> String {
    values
        .iter()
        .fold(text.to_owned(), |text, (placeholder, value)| {
            text.replace(placeholder, value)
        })
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn repeats_a_part_for_each_environment() {
        let environments = ["dev", "prod"].map(|name| vec![("@name@", name.to_owned())]);
        let text = expand(
            "of @app@:\n  #each environment\n  - @name@ of @app@\n  #end\nend\n",
            &vec![("@app@", "shop".to_owned())],
            &environments,
        );
        assert_eq!(text, "of shop:\n  - dev of shop\n  - prod of shop\nend\n");
    }
}
