//! Expands templates of files: placeholders between `@`, and parts that are repeated for each environment.
//!
//! Templates resemble their output. A repeated part is enclosed in the lines `#each environment` and `#end`; a part enclosed in `#each preview` and
//! `#end` is included once if the pipeline has previews, one in `#each assets` if it publishes assets. `#each published` has a part for each environment whose
//! assets are published.

/// Placeholders with their values.
pub(crate) type Values = Vec<(&'static str, String)>;

/// Values for each repetition of a part, by the name in templates.
pub(crate) type Repeated<'a> = [(&'a str, Vec<Values>)];

/// Expands a template. Parts whose name is not in `repeated` are removed.
pub(crate) fn expand_template(template: &str, values: &Values, repeated: &Repeated<'_>) -> String {
    let template = template.replace("\r\n", "\n");
    let mut text = String::new();
    let mut open: Option<(&[Values], String)> = None;
    for line in template.split_inclusive('\n') {
        match (line.trim().strip_prefix("#each "), &mut open) {
            (Some(name), _) => {
                let found = repeated.iter().find(|(known, _)| *known == name);
                let each = found.map_or(&[][..], |(_, each)| each);
                open = Some((each, String::new()));
            }
            (None, Some((each, part))) if line.trim() == "#end" => {
                for values in *each {
                    text.push_str(&fill_placeholders(part, values));
                }
                open = None;
            }
            (None, Some((_, part))) => part.push_str(line),
            (None, None) => text.push_str(line),
        }
    }
    fill_placeholders(&text, values)
}

fn fill_placeholders(text: &str, values: &Values) -> String {
    values
        .iter()
        .fold(text.to_owned(), |text, (placeholder, value)| {
            text.replace(placeholder, value)
        })
}

#[cfg(test)]
mod tests {
    use super::expand_template;

    #[test]
    fn repeats_section_for_each_environment() {
        let environments = ["dev", "prod"].map(|name| vec![("@name@", name.to_owned())]);
        let text = expand_template(
            "of @app@:\n  #each environment\n  - @name@ of @app@\n  #end\n#each preview\nfor @app@\n#end\nend\n",
            &vec![("@app@", "shop".to_owned())],
            &[("environment", environments.to_vec()), ("preview", vec![])],
        );
        assert_eq!(text, "of shop:\n  - dev of shop\n  - prod of shop\nend\n");
    }
}
